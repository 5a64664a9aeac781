namespace Terms.Web.Editing;

/// <summary>Words made ready to be kept or shown.</summary>
internal static class ShortWords
{
    /// <summary>The words, or as many characters of them as may be kept; a sign of two is never cut in half.</summary>
    public static string Cut(this string words, int most) => words.Length <= most ? words : words[..(char.IsHighSurrogate(words[most - 1]) ? most - 1 : most)];

    /// <summary>What an exception says, without the name of the parameter that the framework adds.</summary>
    public static string Words(this ArgumentException malformed) => malformed.ParamName is { } parameter ? malformed.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : malformed.Message;
}
