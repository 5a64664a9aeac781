using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>How a text numbers its sections, seen from all of its blocks before the first is read.</summary>
internal sealed partial class NumberingSurvey
{
    private const int NoLevel = 9;

    private readonly List<Block> blocks;
    private readonly Dictionary<int, int> lettered = [];
    private readonly HashSet<int> trailingNotes = [];

    public NumberingSurvey(List<Block> blocks)
    {
        this.blocks = blocks;
        var markers = blocks.Where(b => b.Marker is not null).Select(b => b.Marker!).ToList();
        HasDotted = markers.Count(m => m.Kind == MarkerKind.Dotted) >= 2 || markers.Exists(m => m.Kind == MarkerKind.Dotted && m.Vector[^1] == 1);
        Keyword = KeywordOf(markers);
        HasBracketSections = FindBracketSections(markers);
        var headings = blocks.Where(b => b.Marker is null && b.IsSetAsHeading && b.Plain.Length > 0).ToList();
        CountsHeadings = Keyword.Length == 0 && !HasDotted && !HasBracketSections && FindCountedHeadings(headings);
        CountedLevel = headings.Where(h => h.Level > 0).GroupBy(h => h.Level).Where(g => g.Count() >= 2).Select(g => g.Key).DefaultIfEmpty(NoLevel).Min();
        FindLetteredSections();
        var first = blocks.FirstOrDefault(b => b.Marker is { Kind: MarkerKind.Number, First: 1 });
        SectionsAreHeadings = HasDotted || (first is not null && first.LooksLikeHeading);
        FindTrailingNotes();
    }

    /// <summary>The word before the numbers of sections, in lower case: <c>article</c>; empty if there is none.</summary>
    public string Keyword { get; }

    /// <summary>Whether clauses are numbered <c>2.1</c>.</summary>
    public bool HasDotted { get; }

    /// <summary>Whether the sections are numbered <c>(1)</c>.</summary>
    public bool HasBracketSections { get; }

    /// <summary>Whether headings without numbers are the sections.</summary>
    public bool CountsHeadings { get; private set; }

    /// <summary>The level of the headings that are counted as sections; 9 if the format marks none.</summary>
    public int CountedLevel { get; }

    /// <summary>Whether a section begins with a heading, so that a numbered sentence is none.</summary>
    public bool SectionsAreHeadings { get; }

    /// <summary>Whether letters or roman numerals number the sections, and figures what is in them.</summary>
    public bool HasLetteredSections => lettered.Count > 0;

    /// <summary>The number of a section that bears a letter or a roman numeral; 0 if the block is none.</summary>
    public int Lettered(int at) => lettered.GetValueOrDefault(at);

    /// <summary>Whether a block is a numbered remark behind the last clause.</summary>
    public bool IsTrailingNote(int at) => trailingNotes.Contains(at);

    /// <summary>Whether the next number belongs to the section that would begin here.</summary>
    public static bool IsConfirmed(List<Block> blocks, int at)
    {
        for (var i = at + 1; i < blocks.Count; i++)
        {
            if (blocks[i].Marker is { Kind: not MarkerKind.Item } next)
            {
                return next.Kind == MarkerKind.Dotted && next.First == blocks[at].Marker!.First;
            }
        }
        return false;
    }

    private static string KeywordOf(List<Marker> markers) => markers
        .Where(m => m.Kind == MarkerKind.Keyword).GroupBy(m => m.Keyword)
        .Where(g => g.Any(m => m.First == 1) && g.Select(m => m.First).Distinct().Count() >= 2)
        .OrderByDescending(g => g.Select(m => m.First).Distinct().Count())
        .ThenByDescending(g => g.Key is not ("chapter" or "章" or "장" or "глава" or "раздел"))
        .FirstOrDefault()?.Key ?? "";

    private bool FindBracketSections(List<Marker> markers)
    {
        if (Keyword.Length > 0 || HasDotted || markers.Exists(m => m.Kind == MarkerKind.Number))
        {
            return false;
        }
        var bracketed = blocks.Count(b => b.Marker is { Kind: MarkerKind.Item, Items: [var n] } && char.IsAsciiDigit(n[0]) && b.LooksLikeHeading);
        return bracketed >= 2 && bracketed * 2 > markers.Count(m => m.Items is [var n] && char.IsAsciiDigit(n[0])) && blocks.Exists(b => b.Marker is { Items: ["1"] } && b.LooksLikeHeading);
    }

    private bool FindCountedHeadings(List<Block> headings)
    {
        var restarts = blocks.Count(b => b.Marker is { Kind: MarkerKind.Number, First: 1 } && !b.IsSetAsHeading);
        var sections = blocks.Where((b, i) => b.Marker is { Kind: MarkerKind.Number } && (IsConfirmed(blocks, i) || b.LooksLikeHeading)).Select(b => b.Marker!.First).Distinct().Count();
        var numbered = blocks.Count(b => b.Marker is { Kind: MarkerKind.Number, Style: not MarkerStyle.Bare });
        return headings.Count(h => h.Kind == BlockKind.Heading || h.Plain.Length <= 80) >= 2 && (numbered == 0 || restarts >= 2 || (sections < 2 && numbered < headings.Count)) && NumberedHeadingsAreBelow(headings);
    }

    /// <summary>Whether no heading bears a number, or only such as begin anew below other headings.</summary>
    private bool NumberedHeadingsAreBelow(List<Block> headings)
    {
        var numbered = blocks.Where(b => b.Kind == BlockKind.Heading && b.Marker is { Kind: MarkerKind.Number }).ToList();
        return numbered.Count == 0
            || (numbered.Count(b => b.Marker!.First == 1) >= 2 && numbered.Min(b => b.Level) is var level && headings.Count(h => h.Kind == BlockKind.Heading && h.Level < level) >= 2);
    }

    /// <summary>Headings <c>A.</c>, <c>B.</c>, <c>C.</c> or <c>I.</c>, <c>II.</c>, <c>III.</c> are sections if no figure numbers a heading before them.</summary>
    private void FindLetteredSections()
    {
        if (Keyword.Length > 0 || HasDotted || HasBracketSections)
        {
            return;
        }
        var figure = blocks.FindIndex(b => b.Marker is { Kind: MarkerKind.Number, Keyword: "", First: 1 } && b.LooksLikeHeading);
        foreach (var name in new Func<int, string>[] { n => NumberFormat.Letters(n).ToUpperInvariant(), Marker.RomanOf })
        {
            var found = new Dictionary<int, int>();
            for (var i = 0; i < blocks.Count; i++)
            {
                if (blocks[i] is { IsSetAsHeading: true, Marker: { Items: [var item] } marker } && marker.Shown.EndsWith('.') && item == name(found.Count + 1))
                {
                    found[i] = found.Count + 1;
                }
            }
            if (found.Count >= 3 && (figure < 0 || found.Keys.Min() < figure))
            {
                foreach (var (at, number) in found)
                {
                    lettered[at] = number;
                }
                CountsHeadings = false;
                return;
            }
        }
    }

    /// <summary>Numbered remarks behind the last clause are footnotes, unless a clause leads up to them.</summary>
    private void FindTrailingNotes()
    {
        var last = blocks.FindLastIndex(b => b.Kind is BlockKind.Paragraph or BlockKind.Heading);
        var from = last + 1;
        while (from > 0 && blocks[from - 1].Marker is { Kind: MarkerKind.Number, Style: MarkerStyle.Dot, Keyword: "" } && !blocks[from - 1].IsSetAsHeading)
        {
            from--;
        }
        var isRun = from <= last && from > 0 && HasDotted && blocks[from].Marker!.First == 1 && !blocks[from - 1].Plain.EndsWith(':')
            && (!blocks[from - 1].IsSetAsHeading || NotesHeading().IsMatch(blocks[from - 1].Plain));
        for (var i = from; isRun && i <= last; i++)
        {
            isRun = blocks[i].Marker!.First == i - from + 1;
        }
        var sections = blocks.Take(from).Count(b => b.Marker is { Kind: MarkerKind.Dotted or MarkerKind.Keyword });
        if (isRun && sections >= 2)
        {
            trailingNotes.UnionWith(Enumerable.Range(from, last - from + 1));
        }
    }

    /// <summary>A heading that announces numbered remarks, and no list of a schedule.</summary>
    [GeneratedRegex(@"^(?:foot|end)?notes?\b|^remarks?\b|^anmerkung|^fußnote|^notes? de bas|^notas?\b|^примечани|^сноск|^注|^주석", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotesHeading();
}
