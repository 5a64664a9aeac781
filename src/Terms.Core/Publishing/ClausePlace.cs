using System.Globalization;

namespace Terms.Publishing;

/// <summary>What bears a label.</summary>
internal enum ClauseKind
{
    /// <summary><c>§6</c>.</summary>
    Section,

    /// <summary><c>6.7</c>, <c>6.7.1</c>.</summary>
    Numbered,

    /// <summary><c>1.1(c)</c>, <c>1.1(c)(ii)</c>.</summary>
    Item,

    /// <summary><c>2.1 ¶3</c>: counted, never written.</summary>
    Paragraph,

    /// <summary>A footnote, an explicit label.</summary>
    Other,
}

/// <summary>A label taken apart: what it shares with its siblings, and its own number among them.</summary>
/// <param name="Kind">What bears it.</param>
/// <param name="Above">What its siblings begin with: <c>6.</c> of <c>6.7</c>, <c>1.1(</c> of <c>1.1(c)</c>.</param>
/// <param name="Own">Its own number or letter.</param>
/// <param name="Again"><c> [2nd]</c> if the number is used again, else empty.</param>
internal sealed record ClausePlace(ClauseKind Kind, string Above, string Own, string Again)
{
    private static readonly string[] Roman =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"];

    /// <summary>The label.</summary>
    public string Label => Above + Own + (Kind == ClauseKind.Item ? ")" : "") + Again;

    /// <summary>The clause that it stands below, as far as the label tells; a numbered clause may stand below a section of that number.</summary>
    public string Parent => Kind switch
    {
        ClauseKind.Numbered => Above[..^1] is var above && above.Contains('.') ? above : "§" + above,
        ClauseKind.Item => Above[..^1],
        ClauseKind.Paragraph => Above[..^2],
        _ => "",
    };

    /// <summary>Takes a label apart. What no text can number so is another kind of label, and is not counted.</summary>
    public static ClausePlace Of(string label)
    {
        if (label.LastIndexOf(" ¶", StringComparison.Ordinal) is var mark and > 0)
        {
            return new(ClauseKind.Paragraph, label[..(mark + 2)], label[(mark + 2)..], "");
        }
        var (value, again) = label.EndsWith(']') && label.LastIndexOf(" [", StringComparison.Ordinal) is var cut and > 0 ? (label[..cut], label[cut..]) : (label, "");
        if (value.EndsWith(')') && value.LastIndexOf('(') is var open and > 0 && value[(open + 1)..^1] is var marker && (IsNumber(marker) || IsLetters(marker)))
        {
            return new(ClauseKind.Item, value[..(open + 1)], marker, again);
        }
        return value switch
        {
            ['§', .. var number] when IsNumber(number) => new(ClauseKind.Section, "§", number, again),
            [>= '0' and <= '9', ..] when value.LastIndexOf('.') is var dot and > 0 && IsNumber(value[(dot + 1)..]) => new(ClauseKind.Numbered, value[..(dot + 1)], value[(dot + 1)..], again),
            _ => new(ClauseKind.Other, "", value, again),
        };
    }

    /// <summary>Whether two labels are counted in one row.</summary>
    public bool IsBeside(ClausePlace other) => Kind == other.Kind && Above == other.Above && (Kind != ClauseKind.Item || Style(Own) == Style(other.Own));

    /// <summary>Its number among its siblings, from 1; 0 if it cannot be counted.</summary>
    /// <param name="isRoman">Whether the letters of its row are Roman numerals.</param>
    public int Count(bool isRoman) => Own switch
    {
        [>= '0' and <= '9', ..] => int.Parse(Own, CultureInfo.InvariantCulture),
        _ when isRoman => Array.IndexOf(Roman, Own) + 1,
        [>= 'a' and <= 'z'] => Own[0] - 'a' + 1,
        [>= 'A' and <= 'Z'] => Own[0] - 'A' + 1,
        _ => 0,
    };

    /// <summary>The same place in the row under another number; null if there is no letter for it.</summary>
    public ClausePlace? At(int count, bool isRoman) => Own switch
    {
        _ when count < 1 => null,
        [>= '0' and <= '9', ..] => this with { Own = count.ToString(CultureInfo.InvariantCulture) },
        _ when isRoman => count <= Roman.Length ? this with { Own = Roman[count - 1] } : null,
        _ when count > 26 => null,
        [>= 'A' and <= 'Z', ..] => this with { Own = ((char)('A' + count - 1)).ToString() },
        _ => this with { Own = ((char)('a' + count - 1)).ToString() },
    };

    /// <summary>Whether a row of letters is one of Roman numerals: it has no <c>a</c>, and all are such numerals.</summary>
    public static bool IsRoman(IEnumerable<ClausePlace> row) => row.ToList() is var all && all.Count > 0 && !all.Exists(p => p.Own == "a") && all.TrueForAll(p => Array.IndexOf(Roman, p.Own) >= 0);

    /// <summary>What a label becomes when the clause that it names, or stands below, gets another; itself if that is not so.</summary>
    public static string Relabel(string label, string from, string to)
    {
        var (old, @new) = (Number(from), Number(to));
        return label == from ? to
            : IsPartOf(label, from) ? to + label[from.Length..]
            : old is not null && label.StartsWith(old + ".", StringComparison.Ordinal) ? @new + label[old.Length..]
            : label;
    }

    /// <summary>Whether a label is that of an item or a paragraph of a clause.</summary>
    public static bool IsPartOf(string label, string clause) => label.StartsWith(clause + "(", StringComparison.Ordinal) || label.StartsWith(clause + " ¶", StringComparison.Ordinal);

    /// <summary>The number that clauses below this one begin with; null if there can be none.</summary>
    private static string? Number(string label) => Of(label) is { Kind: ClauseKind.Section or ClauseKind.Numbered } place ? (place.Above + place.Own).TrimStart('§') : null;

    /// <summary>A number as texts have it: one to three digits.</summary>
    private static bool IsNumber(string own) => own.Length is > 0 and <= 3 && own.All(char.IsAsciiDigit);

    /// <summary>Letters as items have them: one to five.</summary>
    private static bool IsLetters(string own) => own.Length is > 0 and <= 5 && own.All(char.IsAsciiLetter);

    private static int Style(string own) => own switch { [>= '0' and <= '9', ..] => 0, [>= 'A' and <= 'Z', ..] => 1, _ => 2 };
}
