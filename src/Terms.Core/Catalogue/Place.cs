using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>A country or territory by its ISO 3166-1 alpha-2 code. <c>CN</c> is mainland China: <c>HK</c>, <c>MO</c> and <c>TW</c> are places of their own.</summary>
public readonly record struct Place
{
    /// <summary>All officially assigned codes (ISO 3166-1:2020), in alphabetical order.</summary>
    public static readonly ImmutableArray<string> Codes =
    [
        .. ("AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
            + "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR "
            + "GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP "
            + "KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ "
            + "NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW "
            + "SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ "
            + "UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW").Split(' '),
    ];

    private static readonly FrozenDictionary<string, byte> Indexes =
        Codes.Select((code, index) => (code, index)).ToFrozenDictionary(c => c.code, c => (byte)c.index, StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, byte>.AlternateLookup<ReadOnlySpan<char>> SpanIndexes = Indexes.GetAlternateLookup<ReadOnlySpan<char>>();

    private Place(byte index) => Index = index;

    /// <summary>The place's position in <see cref="Codes"/>.</summary>
    public byte Index { get; }

    /// <summary>The code in capitals.</summary>
    public string Code => Codes[Index];

    /// <summary>Every place.</summary>
    public static IEnumerable<Place> All => Enumerable.Range(0, Codes.Length).Select(i => new Place((byte)i));

    /// <summary>Reads a code in capitals; anything else, <c>UK</c> and lower case included, is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, out Place place)
    {
        var known = SpanIndexes.TryGetValue(code, out var index);
        place = new Place(index);
        return known;
    }

    /// <summary>Reads a code in capitals.</summary>
    /// <exception cref="ArgumentException">The code is not assigned; the message says what to write.</exception>
    public static Place Parse(string code) =>
        TryParse(code, out var place) ? place : throw new ArgumentException($"`{code}` is not an ISO 3166-1 alpha-2 code. Use two capitals, such as FR.", nameof(code));

    /// <inheritdoc/>
    public override string ToString() => Code;
}

/// <summary>A named group of places, such as <c>relevant-jurisdictions</c>.</summary>
/// <param name="Id">Its name in rules.</param>
/// <param name="Name">Its name in English sentences.</param>
/// <param name="Spellings">How texts write it; a clause that a rule about the group cites contains one of them.</param>
/// <param name="Places">Its members.</param>
public sealed record PlaceGroup(string Id, string Name, ImmutableArray<string> Spellings, FrozenSet<Place> Places);
