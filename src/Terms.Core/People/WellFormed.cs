namespace Terms.People;

/// <summary>Whether a text consists of whole signs.</summary>
internal static class WellFormed
{
    /// <summary>Whether no half of a surrogate pair stands alone.</summary>
    public static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }
        return true;
    }
}
