namespace Terms.Web.Editing;

/// <summary>What is wrong with what somebody has sent, ready to be kept or shown.</summary>
internal static class ArgumentWords
{
    /// <summary>What an exception says, without the name of the parameter that the framework adds.</summary>
    public static string Words(this ArgumentException malformed) => malformed.ParamName is { } parameter ? malformed.Message.Replace($" (Parameter '{parameter}')", "", StringComparison.Ordinal) : malformed.Message;
}
