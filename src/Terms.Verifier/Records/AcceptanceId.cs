using System.Globalization;
using System.Text;

namespace Terms.Verifier.Records;

/// <summary>The id of an acceptance: <c>a</c>, its place in the log, <c>-</c>, and the first 20 hexadecimal digits of its leaf hash.</summary>
internal static class AcceptanceId
{
    /// <summary>How many bytes of the leaf hash an id shows.</summary>
    public const int HashBytes = 10;

    public static string Of(long entry, ReadOnlySpan<byte> leafHash) => string.Create(CultureInfo.InvariantCulture, $"a{entry}-{Convert.ToHexStringLower(leafHash[..HashBytes])}");

    /// <summary>The place and the beginning of the leaf hash that an id names.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long entry, out byte[] hash)
    {
        (entry, hash) = (0, []);
        var id = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 64)]);
        if (id is not ['a', .. var rest] || rest.Split('-') is not [var place, { Length: 2 * HashBytes } digits]
            || !long.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out entry) || !digits.All(char.IsAsciiHexDigitLower))
        {
            return false;
        }
        hash = Convert.FromHexString(digits);
        return Of(entry, hash) == id && text.Length == id.Length;
    }
}
