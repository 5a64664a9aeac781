using System.Buffers;
using System.Globalization;

namespace Terms.Acceptance;

/// <summary>
/// The id of an acceptance: <c>a</c>, its place in the log, <c>-</c>, and the first 20 hexadecimal digits of its leaf hash. It cannot be guessed, needs no
/// index, and proves itself.
/// </summary>
/// <param name="Entry">The place in the log, from 0.</param>
/// <param name="Proof">20 lower-case hexadecimal digits.</param>
public readonly record struct AcceptanceId(long Entry, string Proof)
{
    private const int Digits = 20;
    private const int MostPlaces = 18;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The id of the leaf with this hash at this place.</summary>
    public static AcceptanceId Of(long entry, ReadOnlySpan<byte> leafHash) => new(entry, Convert.ToHexStringLower(leafHash[..(Digits / 2)]));

    /// <summary>Reads an id as it is written, and nothing else.</summary>
    public static bool TryParse(string? text, out AcceptanceId id)
    {
        id = default;
        if (text is not ['a', ..] || text.IndexOf('-', StringComparison.Ordinal) is not (> 1 and <= MostPlaces + 1 and var dash) || text.Length != dash + 1 + Digits
            || (text[1] == '0' && dash > 2) || text.AsSpan(1, dash - 1).ContainsAnyExceptInRange('0', '9') || text.AsSpan(dash + 1).ContainsAnyExcept(Hexadecimal))
        {
            return false;
        }
        id = new AcceptanceId(long.Parse(text.AsSpan(1, dash - 1), NumberStyles.None, CultureInfo.InvariantCulture), text[(dash + 1)..]);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a{Entry}-{Proof}");
}
