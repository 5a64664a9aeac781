using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>Writes the blocks of one text as sections, clauses, items, paragraphs and footnotes in the project's format.</summary>
internal sealed partial class ClauseFinder
{
    private readonly List<Block> blocks;
    private readonly ReportBuilder report;
    private readonly bool isExcerpt;
    private readonly StringBuilder written = new();
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private readonly List<(string Kind, MarkerStyle Style, int Last, string Name, int Depth)> lists = [];
    private readonly List<string> footnoteMarks = [];
    private readonly HashSet<int> taken = [];
    private readonly HashSet<int> trailingNotes = [];
    private string keyword = "";
    private bool hasDotted;
    private bool hasBracketSections;
    private bool countsHeadings;
    private int countedLevel;
    private bool sectionsAreHeadings;
    private int section;
    private string owner = "preamble";
    private int lines = 1;

    private ClauseFinder(List<Block> blocks, bool isExcerpt, ReportBuilder report)
    {
        this.blocks = blocks;
        this.isExcerpt = isExcerpt;
        this.report = report;
    }

    /// <summary>Where each line of the result comes from: line of the result, line of the document.</summary>
    public SortedList<int, int> Places { get; } = [];

    /// <summary>The text in the project's format.</summary>
    public string Markdown => written.ToString();

    /// <summary>How many sections were found.</summary>
    public int Sections { get; private set; }

    /// <summary>Reads the blocks of a text.</summary>
    public static ClauseFinder Read(TextSegment segment, ReportBuilder report)
    {
        var finder = new ClauseFinder(segment.Blocks, segment.IsExcerpt, report);
        finder.Write($"# {InlineMarkdown.Escape(segment.Title)}", segment.Line);
        if (!segment.IsExcerpt)
        {
            finder.Survey();
        }
        for (var i = 0; i < segment.Blocks.Count; i++)
        {
            if (!finder.taken.Contains(i))
            {
                finder.Read(i);
            }
        }
        finder.WriteFootnotes();
        return finder;
    }

    /// <summary>How this text numbers its sections.</summary>
    private void Survey()
    {
        var markers = blocks.Where(b => b.Marker is not null).Select(b => b.Marker!).ToList();
        hasDotted = markers.Count(m => m.Kind == MarkerKind.Dotted) is var dotted && (dotted >= 2 || markers.Exists(m => m.Kind == MarkerKind.Dotted && m.Vector[^1] == 1));
        var families = markers.Where(m => m.Kind == MarkerKind.Keyword).GroupBy(m => m.Keyword).Where(g => g.Any(m => m.First == 1) && g.Select(m => m.First).Distinct().Count() >= 2).ToList();
        keyword = families.OrderByDescending(g => g.Select(m => m.First).Distinct().Count()).ThenByDescending(g => g.Key is not ("chapter" or "章" or "장" or "глава" or "раздел")).FirstOrDefault()?.Key ?? "";
        hasBracketSections = keyword.Length == 0 && !hasDotted && !markers.Exists(m => m.Kind == MarkerKind.Number)
            && blocks.Count(b => b.Marker is { Kind: MarkerKind.Item, Items: [var n] } && char.IsAsciiDigit(n[0]) && b.LooksLikeHeading) is var bracketed && bracketed >= 2
            && bracketed * 2 > markers.Count(m => m.Items is [var n] && char.IsAsciiDigit(n[0])) && blocks.Exists(b => b.Marker is { Items: ["1"] } && b.LooksLikeHeading);
        var headings = blocks.Where(b => b.Marker is null && b.IsSetAsHeading && b.Plain.Length > 0).ToList();
        var restarts = blocks.Count(b => b.Marker is { Kind: MarkerKind.Number, First: 1 } && !b.IsSetAsHeading);
        var sections = blocks.Where((b, i) => b.Marker is { Kind: MarkerKind.Number } && (IsConfirmed(i) || b.LooksLikeHeading)).Select(b => b.Marker!.First).Distinct().Count();
        var numbered = blocks.Count(b => b.Marker is { Kind: MarkerKind.Number, Style: not MarkerStyle.Bare });
        countsHeadings = keyword.Length == 0 && !hasDotted && !hasBracketSections && headings.Count(h => h.Kind == BlockKind.Heading || h.Plain.Length <= 80) >= 2 && (numbered == 0 || restarts >= 2 || (sections < 2 && numbered < headings.Count))
            && !blocks.Exists(b => b.Kind == BlockKind.Heading && b.Marker is { Kind: MarkerKind.Number });
        countedLevel = headings.Where(h => h.Level > 0).GroupBy(h => h.Level).Where(g => g.Count() >= 2).Select(g => g.Key).DefaultIfEmpty(9).Min();
        var first = blocks.FirstOrDefault(b => b.Marker is { Kind: MarkerKind.Number, First: 1 });
        sectionsAreHeadings = hasDotted || (first is not null && first.LooksLikeHeading);
        FindTrailingNotes();
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
        var isRun = from <= last && from > 0 && hasDotted && blocks[from].Marker!.First == 1 && !blocks[from - 1].Plain.EndsWith(':');
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

    private bool IsConfirmed(int at)
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

    private void Read(int at)
    {
        var block = blocks[at];
        if (block.Kind == BlockKind.Footnote || trailingNotes.Contains(at))
        {
            return;
        }
        if (isExcerpt)
        {
            Paragraph(block, WithNumber(block));
            return;
        }
        if (block.Marker is { } marker && Take(at, block, marker))
        {
            return;
        }
        if (block is { Marker: null, IsSetAsHeading: true } && countsHeadings && block.Level <= countedLevel && (countedLevel == 9 || block.Level > 0) && (section > 0 || at > 0 || block.Kind == BlockKind.Heading))
        {
            if (section == 0)
            {
                report.Note(block.Line, "the headings bear no numbers; they are counted");
            }
            StartSection(section + 1, block.Text, block.Line);
            return;
        }
        if (block.Kind == BlockKind.Heading && !InlineMarkdown.IsAllBold(block.Text))
        {
            report.Note(block.Line, $"the heading \"{Short(block.Plain)}\" bears no number; it is kept as a paragraph");
            Paragraph(block, Bold(WithNumber(block)));
            return;
        }
        Paragraph(block, WithNumber(block));
    }

    /// <summary>Takes a block for what its marker says; false if it is only words.</summary>
    private bool Take(int at, Block block, Marker marker)
    {
        switch (marker.Kind)
        {
            case MarkerKind.Keyword:
                return TakeKeyword(at, block, marker);
            case MarkerKind.Dotted:
                return TakeDotted(at, block, marker);
            case MarkerKind.Number when IsSection(at, block, marker):
                Section(at, block, marker);
                return true;
            case MarkerKind.Number:
                return TakeNumberAsItem(at, block, marker);
            case MarkerKind.Item when hasBracketSections && block.LooksLikeHeading && marker.Items is [var number] && Ordinal("1", number) == section + 1:
                Section(at, block, marker with { Vector = [section + 1] });
                return true;
            default:
                return TakeItem(at, block, marker);
        }
    }

    private bool TakeKeyword(int at, Block block, Marker marker)
    {
        if (marker.Keyword != keyword)
        {
            return false;
        }
        var plain = InlineMarkdown.Plain(marker.Rest);
        var readsOn = plain.Length > 0 && char.IsLower(plain[0]) && !block.IsSetAsHeading && plain[^1] is '.' or ';';
        var isNext = marker.First == section + 1 || (section == 0 && marker.First <= 1);
        if (readsOn || (!isNext && !block.LooksLikeHeading && plain.Length > 0) || marker.First < section - 1 || marker.First > section + 20)
        {
            return false;
        }
        Section(at, block, marker);
        return true;
    }

    /// <summary>A number that the format of the texts writes in another way is reported as the document writes it.</summary>
    private void KeepShown(Marker marker, string written, int line)
    {
        if (string.Concat(marker.Shown.Where(char.IsLetterOrDigit)) != string.Concat(written.Where(char.IsLetterOrDigit)))
        {
            report.LeftOut(line, marker.Shown, $"the number as the document writes it; here it is {written}");
        }
    }

    private void Section(int at, Block block, Marker marker)
    {
        KeepShown(marker, $"§{marker.First}", block.Line);
        var rest = marker.Rest;
        var line = block.Line;
        if (rest.Length == 0 && at + 1 < blocks.Count && blocks[at + 1] is { Marker: null, Kind: BlockKind.Paragraph or BlockKind.Heading } next && next.LooksLikeHeading)
        {
            taken.Add(at + 1);
            StartSection(marker.First, next.Text, line);
            return;
        }
        var bracket = marker.Kind == MarkerKind.Keyword ? BracketStart().Match(rest) : Match.Empty;
        if (block.LooksLikeHeading || InlineMarkdown.Plain(rest).Length == 0 || bracket.Length == rest.Length)
        {
            StartSection(marker.First, rest, line);
            return;
        }
        if (bracket.Success)
        {
            StartSection(marker.First, bracket.Value, line);
            Paragraph(block, rest[bracket.Length..].Trim());
            return;
        }
        var (heading, words) = RunInHeading(rest);
        StartSection(marker.First, heading, line);
        Paragraph(block, words);
    }

    private void StartSection(int number, string heading, int line)
    {
        section = number;
        lists.Clear();
        Sections++;
        owner = Unique($"§{number}", line, out var ordinal);
        var plain = InlineMarkdown.Plain(heading);
        Write($"## {number}{(ordinal.Length > 0 ? $" {ordinal}" : "")}. {HeadingWords(plain)}".TrimEnd(), line);
    }

    private static string HeadingWords(string plain)
    {
        var words = InlineMarkdown.AsParagraph(InlineMarkdown.Escape(plain));
        return words.EndsWith('#') ? words + "\\ " : words;
    }

    private bool TakeDotted(int at, Block block, Marker marker)
    {
        var vector = marker.Vector;
        var isNear = vector[0] == section || vector[0] == section + 1;
        var plain = InlineMarkdown.Plain(marker.Rest);
        var readsLikeClause = plain.Length == 0 || !char.IsLower(plain[0]) || marker.IsCertain;
        if (!(hasDotted || block.IsSetAsHeading) || (!isNear && !readsLikeClause) || vector.Any(v => v > 999) || (vector[0] == 0 && section > 0 && !block.IsSetAsHeading))
        {
            return false;
        }
        if (vector[0] != section && !uses.ContainsKey($"§{vector[0]}"))
        {
            report.Note(block.Line, $"clause {Dots(vector)} has no heading of a section {vector[0]} above it; an empty one stands there");
            StartSection(vector[0], "", block.Line);
        }
        else if (vector[0] != section)
        {
            report.Problem(block.Line, $"clause {Dots(vector)} stands in section {section}", "Check its number, or move it.", LintCode.Disorder, Dots(vector));
        }
        lists.Clear();
        KeepShown(marker, Dots(vector), block.Line);
        owner = Unique(Dots(vector), block.Line, out var ordinal);
        if (marker.IsGlued)
        {
            report.Problem(block.Line, $"no space stands behind the number {Dots(vector)}", "Put one there.", LintCode.NumberGlued, owner);
        }
        var number = Dots(vector) + (ordinal.Length > 0 ? $" {ordinal}" : "");
        var next = blocks.Skip(at + 1).FirstOrDefault(b => b.Kind != BlockKind.Footnote);
        var leads = next?.Marker is { Kind: MarkerKind.Dotted } child && child.Vector.Length > vector.Length && child.Vector.AsSpan(0, vector.Length).SequenceEqual(vector);
        if (plain.Length > 0 && (block.Kind == BlockKind.Heading || (leads && block.LooksLikeHeading)))
        {
            Write($"### {number} {HeadingWords(plain)}", block.Line);
        }
        else
        {
            Write($"{number} {marker.Rest}".TrimEnd(), block.Line);
        }
        return true;
    }

    private bool IsSection(int at, Block block, Marker marker)
    {
        if (keyword.Length > 0 || countsHeadings || block.Depth > 1)
        {
            return false;
        }
        var isNext = marker.First == section + 1 || (section == 0 && marker.First == 0);
        if (block.IsCut && isNext && marker.Style == MarkerStyle.Dot)
        {
            return true;
        }
        var isConfirmed = IsConfirmed(at);
        if (marker.Keyword == "roman")
        {
            return isNext && block.LooksLikeHeading && !Continues(marker.Items[0], MarkerStyle.Dot);
        }
        if (hasDotted)
        {
            if (isNext && marker.Style == MarkerStyle.Dot && !LeadsUp(at) && !Continues(marker.First.ToString(CultureInfo.InvariantCulture), MarkerStyle.Dot)
                && (RunInHeading(marker.Rest).Heading.Length > 0 || IsBeforeConfirmed(at, marker.First)))
            {
                return true;
            }
            return (isConfirmed && (marker.First > section || block.LooksLikeHeading) && marker.First <= section + 20) || (isNext && block.LooksLikeHeading && (block.IsSetAsHeading || !LeadsUp(at)));
        }
        if (marker.Style == MarkerStyle.Bare && !(block.LooksLikeHeading && marker.First <= section + 1))
        {
            return false;
        }
        if (!isNext)
        {
            // A number was left out, or is used again, and both headings are set as such.
            return section > 0 && block.IsSetAsHeading && marker.First > 0 && marker.First >= section && marker.First <= section + 3;
        }
        var open = IsListClosed(at) ? -1 : lists.FindLastIndex(l => l.Kind == "1" && l.Style == MarkerStyle.Dot);
        return (open < 0 || lists[open].Last + 1 != marker.First || block.IsSetAsHeading) && (!sectionsAreHeadings || block.LooksLikeHeading || section == 0) && !(LeadsUp(at) && section > 0 && !block.IsSetAsHeading);
    }

    /// <summary>Whether a later section is confirmed by its clauses, and no other block could be this one.</summary>
    private bool IsBeforeConfirmed(int at, int number)
    {
        for (var i = at + 1; i < blocks.Count && i < at + 200; i++)
        {
            if (blocks[i].Marker is { Kind: MarkerKind.Number } other)
            {
                if (other.First == number)
                {
                    return false;
                }
                if (other.First > number && IsConfirmed(i))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>Whether the items above end with commas or semicolons and the last of them with a full stop.</summary>
    private bool IsListClosed(int at) =>
        at > 1 && blocks[at - 1].Plain is [.., '.' or '。'] && blocks[at - 1].Marker is not null && blocks[at - 2].Marker is not null
        && (blocks[at - 2].Plain is [.., ';' or ',' or '；' or '，'] || blocks[at - 2].Plain.EndsWith(" and", StringComparison.Ordinal) || blocks[at - 2].Plain.EndsWith(" or", StringComparison.Ordinal));

    /// <summary>Whether the paragraph above ends with a colon, so that a list follows.</summary>
    private bool LeadsUp(int at) => at > 0 && blocks[at - 1].Plain is [.., ':' or '：'];

    private bool TakeNumberAsItem(int at, Block block, Marker marker)
    {
        var isRoman = marker.Keyword == "roman";
        var name = isRoman ? marker.Items[0] : marker.First.ToString(CultureInfo.InvariantCulture);
        var starts = isRoman ? marker.First == 1 : marker.First == 1;
        if (marker.Style == MarkerStyle.Bare || (!starts && !marker.IsCertain && !Continues(name, MarkerStyle.Dot) && !(owner != "preamble" && marker.Style == MarkerStyle.Dot && !isRoman)))
        {
            return false;
        }
        Item(at, block, marker, name);
        return true;
    }

    private bool TakeItem(int at, Block block, Marker marker)
    {
        if (marker.Items.Length > 1)
        {
            return TakePath(block, marker);
        }
        var name = marker.Items[0];
        var isFirst = name is "a" or "A" or "i" or "I" or "1";
        var isSure = marker.Style == MarkerStyle.Bracket || marker.IsCertain || (isFirst && marker.Style == MarkerStyle.Dot);
        if (!isSure && !Continues(name, marker.Style) && !(isFirst && Continued(at, marker)))
        {
            return false;
        }
        Item(at, block, marker, name);
        return true;
    }

    /// <summary>Whether a following block goes on with a list that would begin here.</summary>
    private bool Continued(int at, Marker marker)
    {
        var second = marker.Items[0] switch { "a" => "b", "A" => "B", "i" => "ii", "I" => "II", _ => "2" };
        return blocks.Skip(at + 1).Take(8).Any(b => b.Marker is { Kind: MarkerKind.Item } next && next.Style == marker.Style && next.Items[0] == second);
    }

    private bool TakePath(Block block, Marker marker)
    {
        lists.Clear();
        for (var i = 0; i < marker.Items.Length; i++)
        {
            var kind = KindOf(marker.Items[i], preferRoman: i > 0 && lists[^1].Kind == "a");
            lists.Add((kind, MarkerStyle.Bracket, Ordinal(kind, marker.Items[i]), marker.Items[i], 0));
        }
        WriteItem(block, marker.Rest);
        return true;
    }

    private bool Continues(string name, MarkerStyle style) =>
        lists.Exists(l => l.Style == style && Ordinal(l.Kind, name) == l.Last + 1);

    private void Item(int at, Block block, Marker marker, string name)
    {
        var style = marker.Style;
        var depth = block.Depth;
        var level = Level(at, name, style, depth, out var kind);
        var ordinal = Ordinal(kind, name);
        if (level >= 0)
        {
            lists.RemoveRange(level + 1, lists.Count - level - 1);
            lists[level] = (kind, style, ordinal, name, depth);
        }
        else if (Nests(kind, style, ordinal, depth))
        {
            while (depth > 0 && lists.Count > 0 && lists[^1].Depth >= depth)
            {
                lists.RemoveAt(lists.Count - 1);
            }
            lists.Add((kind, style, ordinal, name, depth));
        }
        else
        {
            lists.Clear();
            lists.Add((kind, style, ordinal, name, depth));
        }
        KeepShown(marker, $"({name})", block.Line);
        WriteItem(block, marker.Rest);
    }

    /// <summary>The open list that an item goes on with, innermost first; -1 if it begins one.</summary>
    private int Level(int at, string name, MarkerStyle style, int depth, out string kind)
    {
        for (var i = lists.Count - 1; i >= 0; i--)
        {
            if (Ordinal(lists[i].Kind, name) == lists[i].Last + 1 && SameStyle(lists[i].Style, style) && (depth == 0 || lists[i].Depth == depth) && !IsNestedRoman(at, name, lists[i].Kind, style))
            {
                kind = lists[i].Kind;
                return i;
            }
        }
        kind = KindOf(name, preferRoman: name is "i" or "I" || (Ordinal("a", name) is var letter && name.Length > 1 && letter == 0));
        if (Ordinal(kind, name) <= 1 || (depth > 0 && !lists.Exists(l => l.Depth == depth)))
        {
            return -1;
        }
        // The numbering leaves something out or goes back; the list stays the same.
        foreach (var candidate in new[] { kind, char.IsUpper(name[0]) ? "A" : char.IsLower(name[0]) ? "a" : "1" })
        {
            var same = candidate;
            var open = lists.FindLastIndex(l => l.Kind == same && SameStyle(l.Style, style));
            if (open >= 0)
            {
                kind = candidate;
                return open;
            }
        }
        return -1;
    }

    /// <summary>After (h), an (i) that (ii) follows begins a list of its own.</summary>
    private bool IsNestedRoman(int at, string name, string kind, MarkerStyle style)
    {
        if (name is not ("i" or "I" or "v" or "x") || kind is not ("a" or "A"))
        {
            return false;
        }
        var next = blocks.Skip(at + 1).TakeWhile(b => b.Marker is not { Kind: MarkerKind.Dotted or MarkerKind.Keyword }).FirstOrDefault(b => b.Marker is { Kind: MarkerKind.Item } m && SameStyle(m.Style, style));
        return next?.Marker!.Items[0] is "ii" or "II" && name is "i" or "I";
    }

    /// <summary>Whether a list begins inside the open item: as the format's depth says, else by lists that are written alike and count differently.</summary>
    private bool Nests(string kind, MarkerStyle style, int ordinal, int depth)
    {
        if (lists.Count == 0 || lists.Count >= 4)
        {
            return false;
        }
        if (depth > 0)
        {
            return lists.Exists(l => l.Depth < depth) && lists.TrueForAll(l => l.Depth != depth || l == lists[^1]);
        }
        return ordinal == 1 && SameStyle(lists[^1].Style, style) && !lists.Exists(l => l.Kind == kind);
    }

    private static bool SameStyle(MarkerStyle one, MarkerStyle other) => one == other;

    private void WriteItem(Block block, string rest)
    {
        var path = string.Concat(lists.Select(l => $"({l.Name})"));
        Unique(owner + path, block.Line, out var ordinal);
        Write($"{path}{(ordinal.Length > 0 ? $" {ordinal}" : "")} {rest}".TrimEnd(), block.Line);
    }

    private static string KindOf(string name, bool preferRoman) =>
        char.IsAsciiDigit(name[0]) ? "1" : char.IsUpper(name[0]) ? (preferRoman && Marker.Roman(name) > 0 ? "I" : Marker.Letter(name) > 0 ? "A" : "I") : (preferRoman && Marker.Roman(name) > 0 ? "i" : Marker.Letter(name) > 0 ? "a" : "i");

    private static int Ordinal(string kind, string name) => kind switch
    {
        "1" => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
        "a" => char.IsLower(name[0]) ? Marker.Letter(name) : 0,
        "A" => char.IsUpper(name[0]) ? Marker.Letter(name) : 0,
        "i" => char.IsLower(name[0]) ? Marker.Roman(name) : 0,
        _ => char.IsUpper(name[0]) ? Marker.Roman(name) : 0,
    };

    private void Paragraph(Block block, string words)
    {
        if (words.Length == 0)
        {
            return;
        }
        var isWholePreamble = block.IsCut && owner == "preamble" && ReferenceEquals(block, blocks[0]);
        Write(isWholePreamble ? $"[preamble] {words}" : InlineMarkdown.AsParagraph(words), block.Line);
    }

    /// <summary>The words of a block with the number that the format shows before them.</summary>
    private static string WithNumber(Block block) => block.Number is { Length: > 0 } number ? $"{InlineMarkdown.Escape(number)} {block.Text}" : block.Text;

    /// <summary>A heading that runs on into the words: in bold, or a few capitalized words before a full stop.</summary>
    private static (string Heading, string Words) RunInHeading(string rest)
    {
        var match = BoldStart().Match(rest);
        if (match.Success && match.Groups[1].Length <= 100 && rest.Length > match.Length)
        {
            return (match.Groups[1].Value.Trim().TrimEnd('.', ':'), rest[match.Length..].Trim());
        }
        match = TitleStart().Match(rest);
        return match.Success ? (match.Groups[1].Value, rest[match.Length..].Trim()) : ("", rest);
    }

    private string Unique(string label, int line, out string ordinal)
    {
        var count = uses[label] = uses.GetValueOrDefault(label) + 1;
        ordinal = count == 1 ? "" : $"[{count}{(count % 100 is 11 or 12 or 13 ? "th" : (count % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}]";
        if (count > 99)
        {
            throw new ImportRefusedException($"The number {label} is used more than 99 times. Check that the document is an agreement.");
        }
        if (count > 1)
        {
            report.Problem(line, $"the number {label} is used again; here it is {label} {ordinal}", "Number the clause anew.", LintCode.NumberAgain, $"{label} {ordinal}");
        }
        return count == 1 ? label : $"{label} {ordinal}";
    }

    private void Write(string words, int line)
    {
        Places[lines] = line;
        written.Append(words).Append("\n\n");
        lines += 2;
    }

    private void WriteFootnotes()
    {
        var number = 0;
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (block.Kind != BlockKind.Footnote && !trailingNotes.Contains(i))
            {
                continue;
            }
            number++;
            var mark = block.Kind == BlockKind.Footnote ? block.Number! : block.Marker!.First.ToString(CultureInfo.InvariantCulture);
            if (!footnoteMarks.Contains(mark))
            {
                footnoteMarks.Add(mark);
                if (!Markdown.Contains($"[^{mark}]", StringComparison.Ordinal))
                {
                    PlaceMark(mark, block.Line);
                }
                Write($"[^{mark}]: {(trailingNotes.Contains(i) ? block.Rest : block.Text)}", block.Line);
            }
            else
            {
                report.LeftOut(block.Line, $"[^{mark}]: {block.Text}", $"a second footnote with the mark {mark}");
            }
        }
    }

    /// <summary>Puts the reference to a footnote where its number stands in the words; behind the last paragraph if that is nowhere.</summary>
    private void PlaceMark(string mark, int line)
    {
        var text = Markdown;
        var matches = Regex.Matches(text, $@"(?<=[\p{{L}})\]”""][.,]?)(?:\s?{mark}\.\s(?=\s*[(\p{{Ll}}])|\s?\\\[{mark}\\\]|(?<=[.)”""]){mark}(?=[\s,;.]))", RegexOptions.None, TimeSpan.FromSeconds(2));
        if (matches.Count == 1)
        {
            written.Clear().Append(text.AsSpan(0, matches[0].Index)).Append("[^").Append(mark).Append("] ").Append(text.AsSpan(matches[0].Index + matches[0].Length).TrimStart(' '));
            report.Note(line, $"the mark of footnote {mark} was found in the words");
            return;
        }
        var end = text.TrimEnd('\n');
        var last = end.LastIndexOf("\n\n[^", StringComparison.Ordinal) is > 0 and var notes ? end.IndexOf("\n\n[^", StringComparison.Ordinal) is var first && first > 0 ? first : notes : end.Length;
        while (last > 0 && end.LastIndexOf('\n', last - 1) is var start && end.AsSpan(start + 1, last - start - 1).StartsWith("#"))
        {
            last = end.LastIndexOf("\n\n", Math.Max(start - 1, 0), StringComparison.Ordinal) is > 0 and var above ? above : 0;
        }
        written.Clear().Append(end.AsSpan(0, last)).Append(last > 0 ? $"[^{mark}]" : "").Append(end.AsSpan(last)).Append("\n\n");
        report.Problem(line, $"nothing in the text refers to footnote {mark}; the reference was put behind the last paragraph", "Move it to the words that the footnote is about.");
    }

    private static string Dots(int[] vector) => string.Join('.', vector);

    private static string Bold(string words) => words.Contains("**", StringComparison.Ordinal) || words.Trim().Length == 0 ? words : $"**{words.Trim()}**";

    private static string Short(string words) => words.Length <= 60 ? words : words[..57] + "…";

    [GeneratedRegex(@"^[(（【][^)）】]{1,40}[)）】]")]
    private static partial Regex BracketStart();

    [GeneratedRegex(@"^\*\*([^*]{1,120})\*\*[.:]?\s*")]
    private static partial Regex BoldStart();

    [GeneratedRegex(@"^((?:\p{Lu}[\p{L}’'-]*|&|[A-Z]{2,})(?:[ ,/]{1,2}(?:\p{Lu}[\p{L}’'-]*|&|and|of|the|to|or|for|in|on|by|with|your|our)){0,6})[.:](?:\s+(?=\p{Lu}|""|“))")]
    private static partial Regex TitleStart();
}
