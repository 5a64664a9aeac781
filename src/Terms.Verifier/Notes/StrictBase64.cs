namespace Terms.Verifier.Notes;

/// <summary>Base64 of RFC 4648, section 4, where each value has one spelling: padded, nothing between the characters, no bits left over.</summary>
internal static class StrictBase64
{
    /// <summary>What is written; null if it is not written so.</summary>
    public static byte[]? Read(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        return text.Length % 4 == 0 && Convert.TryFromBase64Chars(text, bytes, out var length) && text.SequenceEqual(Convert.ToBase64String(bytes, 0, length))
            ? bytes[..length]
            : null;
    }
}
