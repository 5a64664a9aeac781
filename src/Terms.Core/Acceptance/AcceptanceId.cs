using System.Globalization;

namespace Terms.Acceptance;

/// <summary>
/// The name of an acceptance: <c>a</c>, its place in the log counted from 0, <c>-</c>, and the first 20 hexadecimal digits of its leaf hash (RFC 9162, section 2.1).
/// It cannot be guessed, and it proves itself against the record.
/// </summary>
public readonly record struct AcceptanceId
{
    private const int Digits = 20;

    private AcceptanceId(long entry, string hash)
    {
        Entry = entry;
        Hash = hash;
    }

    /// <summary>The place in the log, from 0.</summary>
    public long Entry { get; }

    /// <summary>The first 20 hexadecimal digits of the leaf hash, in lower case.</summary>
    public string Hash { get; }

    /// <summary>The name of the entry with this leaf hash of 32 bytes.</summary>
    public static AcceptanceId Of(long entry, ReadOnlySpan<byte> leafHash) =>
        entry >= 0 && leafHash.Length == 32
            ? new AcceptanceId(entry, Convert.ToHexStringLower(leafHash[..(Digits / 2)]))
            : throw new ArgumentException("An entry is counted from 0, and a leaf hash has 32 bytes.");

    /// <summary>Reads a name; anything but the one way of writing it is refused.</summary>
    public static bool TryParse(string? text, out AcceptanceId id)
    {
        id = default;
        if (text is not ['a', .. var rest] || rest.IndexOf('-', StringComparison.Ordinal) is not (> 0 and <= 19 and var dash)
            || !long.TryParse(rest.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var entry) || (rest[0] == '0' && dash > 1)
            || rest[(dash + 1)..] is not { Length: Digits } hash || hash.Any(c => c is not (>= '0' and <= '9' or >= 'a' and <= 'f')))
        {
            return false;
        }
        id = new AcceptanceId(entry, hash);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"a{Entry}-{Hash}");
}
