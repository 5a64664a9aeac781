namespace Terms.Verifier.Notes;

/// <summary>
/// An ECDSA signature in DER (RFC 3279, section 2.2.3), read so that each pair of numbers has one spelling: shortest lengths, no sign, no needless zero, nothing behind it.
/// Of the two signatures (r, s) and (r, n - s), which anybody can make of each other, both count: they say the same of the same text.
/// </summary>
internal static class DerSignature
{
    /// <summary>Reads r and s as 32 bytes each, behind one another.</summary>
    public static bool TryRead(ReadOnlySpan<byte> der, out byte[] signature)
    {
        signature = new byte[64];
        return der is [0x30, var length, .. var numbers] && length == numbers.Length && length < 0x80
            && TryNumber(ref numbers, signature.AsSpan(0, 32)) && TryNumber(ref numbers, signature.AsSpan(32)) && numbers.IsEmpty;
    }

    private static bool TryNumber(ref ReadOnlySpan<byte> rest, Span<byte> number)
    {
        if (rest is not [0x02, var length, ..] || length is 0 or > 33 || rest.Length < length + 2)
        {
            return false;
        }
        var bytes = rest.Slice(2, length);
        rest = rest[(length + 2)..];
        if (bytes[0] >= 0x80 || (bytes[0] == 0 && (length == 1 || bytes[1] < 0x80)))
        {
            return false; // Negative, zero, or a zero in front that is not needed.
        }
        bytes = bytes[0] == 0 ? bytes[1..] : bytes;
        if (bytes.Length > 32)
        {
            return false;
        }
        bytes.CopyTo(number[(32 - bytes.Length)..]);
        return true;
    }
}
