using System.Globalization;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>Finds sections, clauses, items, paragraphs and footnotes in the blocks of one text, and writes them in the project's format.</summary>
internal sealed class ClauseFinder
{
    private readonly List<Block> blocks;
    private readonly ReportBuilder report;
    private readonly bool isExcerpt;
    private readonly NumberingSurvey survey;
    private readonly ClauseWriter writer;
    private readonly OpenLists lists = new();
    private readonly SectionSigns signs;
    private readonly HashSet<int> taken = [];

    private readonly Subheadings subheadings = new();
    private int section;
    private int sectionLevel;
    private string owner = "preamble";

    private ClauseFinder(TextSegment segment, ReportBuilder report)
    {
        (blocks, isExcerpt) = (segment.Blocks, segment.IsExcerpt);
        this.report = report;
        survey = new NumberingSurvey(blocks);
        writer = new ClauseWriter(report);
        signs = new SectionSigns(blocks, survey, lists);
    }

    /// <summary>Writes the blocks of a text.</summary>
    public static ClauseWriter Write(TextSegment segment, ReportBuilder report)
    {
        var finder = new ClauseFinder(segment, report);
        finder.writer.CarryMarks(segment.TitleMarks);
        finder.writer.Write($"# {InlineMarkdown.Escape(segment.Title)}", segment.Line);
        for (var i = 0; i < segment.Blocks.Count; i++)
        {
            if (!finder.taken.Contains(i))
            {
                finder.Read(i);
            }
        }
        finder.writer.WriteFootnotes(segment.Blocks, i => !segment.IsExcerpt && finder.survey.IsTrailingNote(i));
        return finder.writer;
    }

    private void Read(int at)
    {
        var block = blocks[at];
        if (block.Kind == BlockKind.Footnote || (!isExcerpt && survey.IsTrailingNote(at)))
        {
            return;
        }
        if (isExcerpt)
        {
            Paragraph(block, block.NumberedText);
            return;
        }
        if (block.Marker is { } marker && Take(at, block, marker))
        {
            return;
        }
        if (block is { Marker: null, IsSetAsHeading: true } && TakeHeading(at, block))
        {
            return;
        }
        if (SectionSigns.InsertedNumber(block.Plain) is { } inserted)
        {
            report.Problem(block.Line, $"the number {inserted} stands between two others, and is kept as words of {(section > 0 ? $"section {section}" : "the preamble")}", "Number the sections anew, if its words are to stand by themselves.");
            Paragraph(block, block.Kind == BlockKind.Heading ? InlineMarkdown.Bold(block.NumberedText) : block.NumberedText);
            return;
        }
        if (block.Kind == BlockKind.Heading && !InlineMarkdown.IsAllBold(block.Text))
        {
            report.Note(block.Line, $"the heading \"{block.Short}\" bears no number; it is kept as a paragraph");
            Paragraph(block, InlineMarkdown.Bold(block.NumberedText));
            return;
        }
        Paragraph(block, block.NumberedText);
    }

    /// <summary>Takes a block for what its marker says; false if it is only words.</summary>
    private bool Take(int at, Block block, Marker marker)
    {
        if (survey.Lettered(at) is > 0 and var lettered)
        {
            Section(at, block, marker with { Vector = [lettered] });
            return true;
        }
        if (marker.Kind is MarkerKind.Number or MarkerKind.Item && IsSubheading(block))
        {
            Subheading(block, marker);
            return true;
        }
        switch (marker.Kind)
        {
            case MarkerKind.Keyword:
                return TakeKeyword(at, block, marker);
            case MarkerKind.Dotted:
                return TakeDotted(at, block, marker);
            case MarkerKind.Number when signs.IsSection(at, marker, section):
                Section(at, block, marker);
                return true;
            case MarkerKind.Number:
                return TakeNumberAsItem(at, block, marker);
            case MarkerKind.Item when survey.HasBracketSections && block.LooksLikeHeading && marker.Items is [var number] && OpenLists.Ordinal("1", number) == section + 1:
                Section(at, block, marker with { Vector = [section + 1] });
                return true;
            default:
                return TakeItem(at, block, marker);
        }
    }

    /// <summary>Takes a heading without a number: it is counted, or heads the section whose clauses follow.</summary>
    private bool TakeHeading(int at, Block block)
    {
        if (survey.HasDotted && at + 1 < blocks.Count && blocks[at + 1].Marker is { Kind: MarkerKind.Dotted, Vector: [var number, ..] } && number == section + 1 && !writer.IsUsed($"§{number}") && block.LooksLikeHeading)
        {
            report.Note(block.Line, $"the heading \"{block.Short}\" bears no number; it heads section {number}, whose clauses follow");
            StartSection(number, block.Text, block);
            return true;
        }
        if (survey.CountsHeadings && block.Level <= survey.CountedLevel && (survey.CountedLevel == 9 || block.Level > 0) && (section > 0 || at > 0 || block.Kind == BlockKind.Heading))
        {
            if (section == 0)
            {
                report.Note(block.Line, "the headings bear no numbers; they are counted");
            }
            StartSection(section + 1, block.Text, block);
            return true;
        }
        if (IsSubheading(block))
        {
            Subheading(block, null);
            return true;
        }
        return false;
    }

    /// <summary>Whether a heading stands below that of the section, in a text whose clauses bear no numbers of their own.</summary>
    private bool IsSubheading(Block block) =>
        section > 0 && !survey.HasDotted && subheadings.Has(block)
        && ((block.Kind == BlockKind.Heading && sectionLevel > 0 && block.Level > sectionLevel) || (survey.HasLetteredSections && block is { IsSetAsHeading: true, Marker.Kind: MarkerKind.Number }));

    private void Subheading(Block block, Marker? marker)
    {
        var label = $"{section}.{subheadings.Number(block, marker)}";
        if (marker is null)
        {
            report.Note(block.Line, $"the heading \"{block.Short}\" bears no number; here it is {label}");
        }
        else
        {
            KeepShown(marker, label, block.Line);
        }
        StartClause(label, block.Line, $"### {{0}} {HeadingWords(marker?.Rest ?? block.Text)}");
    }

    private bool TakeKeyword(int at, Block block, Marker marker)
    {
        if (marker.Keyword != survey.Keyword)
        {
            return false;
        }
        var plain = InlineMarkdown.Plain(marker.Rest);
        var readsOn = plain.Length > 0 && char.IsLower(plain[0]) && !block.IsSetAsHeading && plain[^1] is '.' or ';';
        var isNext = marker.First == section + 1 || (section == 0 && marker.First <= 1) || IsAhead(at, marker, plain);
        if (readsOn || (!isNext && !block.LooksLikeHeading && plain.Length > 0) || marker.First < section - 1 || marker.First > section + SectionSigns.FarthestAhead)
        {
            return false;
        }
        Section(at, block, marker);
        return true;
    }

    /// <summary>Whether numbers were left out before this one: the next section goes on from it, or there is none.</summary>
    private bool IsAhead(int at, Marker marker, string plain) =>
        marker.First > section + 1 && !marker.IsGlued && plain.Length > 0 && !char.IsLower(plain[0])
        && blocks.Skip(at + 1).Select(b => b.Marker).FirstOrDefault(m => m is { Kind: MarkerKind.Keyword } && m.Keyword == marker.Keyword) is var next && (next is null || next.First == marker.First + 1);

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
        if (rest.Length == 0 && at + 1 < blocks.Count && blocks[at + 1] is { Marker: null, Kind: BlockKind.Paragraph or BlockKind.Heading } next && next.LooksLikeHeading)
        {
            taken.Add(at + 1);
            StartSection(marker.First, next.Text, block);
            return;
        }
        if (SectionSigns.WholeHeading(rest) is { } whole && at + 1 < blocks.Count && blocks[at + 1].Marker is { Kind: MarkerKind.Item or MarkerKind.Dotted })
        {
            StartSection(marker.First, whole, block);
            return;
        }
        var bracket = marker.Kind == MarkerKind.Keyword ? SectionSigns.BracketHeading(rest) : null;
        if (block.LooksLikeHeading || InlineMarkdown.Plain(rest).Length == 0 || bracket?.Length == rest.Length)
        {
            StartSection(marker.First, rest, block);
            return;
        }
        if (bracket is not null)
        {
            StartSection(marker.First, bracket, block);
            Below(at, block, rest[bracket.Length..].Trim());
            return;
        }
        var (heading, words) = SectionSigns.RunInHeading(rest);
        StartSection(marker.First, heading, block);
        Below(at, block, words);
    }

    /// <summary>What stands in one paragraph with the number of its section or clause: its words, or the first item of a list that goes on below.</summary>
    private void Below(int at, Block block, string words)
    {
        if (FirstItem(at, block, words) is { } item)
        {
            Item(at, block, item, item.Items[0]);
            return;
        }
        Paragraph(block, words);
    }

    /// <summary>The marker at the head of some words, if it begins a list that a block below goes on with; null if it does not.</summary>
    private Marker? FirstItem(int at, Block block, string words) =>
        (block with { Kind = BlockKind.Paragraph, Number = null, Text = words }).Marker is { Kind: MarkerKind.Item, Style: not MarkerStyle.Bare, Items: ["a" or "A" or "i" or "I" or "1"] } first && Continued(at, first) ? first : null;

    private void StartSection(int number, string heading, Block block)
    {
        section = number;
        sectionLevel = block.Kind == BlockKind.Heading ? block.Level : 0;
        subheadings.Clear();
        lists.Clear();
        var ordinal = writer.Use($"§{number}", block.Line);
        owner = ordinal.Length > 0 ? $"§{number} {ordinal}" : $"§{number}";
        writer.Write($"## {owner[1..]}. {HeadingWords(ClauseWriter.WithoutOrdinal(heading, ordinal))}".TrimEnd(), block.Line);
    }

    /// <summary>A heading as plain words; marks of footnotes move behind the paragraph below it.</summary>
    private string HeadingWords(string heading)
    {
        var words = InlineMarkdown.AsParagraph(InlineMarkdown.Escape(InlineMarkdown.Plain(writer.CarryMarks(heading))));
        return words.EndsWith('#') ? words + "\\ " : words;
    }

    private bool TakeDotted(int at, Block block, Marker marker)
    {
        var vector = marker.Vector;
        var isNear = vector[0] == section || vector[0] == section + 1;
        var plain = InlineMarkdown.Plain(marker.Rest);
        var readsLikeClause = plain.Length == 0 || !char.IsLower(plain[0]) || marker.IsCertain;
        if (!(survey.HasDotted || block.IsSetAsHeading) || (!isNear && !readsLikeClause) || vector.Any(v => v > 999) || (vector[0] == 0 && section > 0 && !block.IsSetAsHeading))
        {
            return false;
        }
        if (vector[0] != section && !writer.IsUsed($"§{vector[0]}"))
        {
            report.Note(block.Line, $"clause {Dots(vector)} has no heading of a section {vector[0]} above it; an empty one stands there");
            StartSection(vector[0], "", block with { Kind = BlockKind.Paragraph });
        }
        else if (vector[0] != section)
        {
            report.Problem(block.Line, LintForms.DisorderImported, Dots(vector), Dots(vector), section.ToString(CultureInfo.InvariantCulture));
        }
        for (var parts = 2; parts < vector.Length; parts++)
        {
            if (Dots(vector[..parts]) is var above && !writer.IsUsed(above))
            {
                report.Note(block.Line, $"clause {Dots(vector)} has no clause {above} above it; an empty one stands there");
                StartClause(above, block.Line, "{0}");
            }
        }
        KeepShown(marker, Dots(vector), block.Line);
        var next = blocks.Skip(at + 1).FirstOrDefault(b => b.Kind != BlockKind.Footnote);
        var leads = next?.Marker is { Kind: MarkerKind.Dotted } child && child.Vector.Length > vector.Length && child.Vector.AsSpan(0, vector.Length).SequenceEqual(vector);
        var isHeading = plain.Length > 0 && (block.Kind == BlockKind.Heading || (leads && block.LooksLikeHeading));
        var item = isHeading ? null : FirstItem(at, block, marker.Rest);
        StartClause(Dots(vector), block.Line, item is not null ? "{0}" : isHeading ? $"### {{0}} {HeadingWords(marker.Rest)}" : $"{{0}} {marker.Rest}".TrimEnd());
        if (marker.IsGlued)
        {
            report.Problem(block.Line, LintForms.SpaceAfterNumberImported, owner, Dots(vector));
        }
        if (item is not null)
        {
            Item(at, block, item, item.Items[0]);
        }
        return true;
    }

    /// <summary>Writes a clause with a number of several parts; <c>{0}</c> in its words stands for the number.</summary>
    private void StartClause(string label, int line, string words)
    {
        lists.Clear();
        var ordinal = writer.Use(label, line);
        owner = ordinal.Length > 0 ? $"{label} {ordinal}" : label;
        var place = words.IndexOf("{0}", StringComparison.Ordinal);
        writer.Write($"{words[..place]}{owner} {ClauseWriter.WithoutOrdinal(words[(place + 3)..].TrimStart(), ordinal)}".TrimEnd(), line);
    }

    private bool TakeNumberAsItem(int at, Block block, Marker marker)
    {
        var isRoman = marker.Keyword == "roman";
        var name = isRoman ? marker.Items[0] : marker.First.ToString(CultureInfo.InvariantCulture);
        if (marker.Style == MarkerStyle.Bare || (marker.First != 1 && !marker.IsCertain && !lists.Continues(name, MarkerStyle.Dot) && !(owner != "preamble" && marker.Style == MarkerStyle.Dot && !isRoman)))
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
            lists.Open(marker.Items);
            WriteItem(block, marker.Rest);
            return true;
        }
        var name = marker.Items[0];
        var isFirst = name is "a" or "A" or "i" or "I" or "1";
        var isSure = marker.Style is MarkerStyle.Bracket or MarkerStyle.HalfBracket or MarkerStyle.Circle || marker.IsCertain || (isFirst && marker.Style == MarkerStyle.Dot);
        if (!isSure && !lists.Continues(name, marker.Style) && !(isFirst && Continued(at, marker)))
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

    private void Item(int at, Block block, Marker marker, string name)
    {
        lists.Add(name, marker.Style, block.Depth, at > 0 && blocks[at - 1].Marker is not null, () => blocks.Skip(at + 1).TakeWhile(b => b.Marker is not { Kind: MarkerKind.Dotted or MarkerKind.Keyword })
            .FirstOrDefault(b => b.Marker is { Kind: MarkerKind.Item } m && m.Style == marker.Style)?.Marker!.Items[0]);
        KeepShown(marker, $"({name})", block.Line);
        WriteItem(block, marker.Rest);
    }

    private void WriteItem(Block block, string rest)
    {
        var label = owner + lists.Path;
        if (lists.IsBegun && writer.IsUsed(label) && !lists.IsAnother)
        {
            lists.IsAnother = true;
            report.Note(block.Line, $"another list begins with {label}; markers that the one above has used are set apart by [2nd], [3rd] and so on");
        }
        var ordinal = writer.Use(label, block.Line, isKnown: lists.IsAnother);
        writer.Write($"{lists.Path}{(ordinal.Length > 0 ? $" {ordinal}" : "")} {ClauseWriter.WithoutOrdinal(rest, ordinal)}".TrimEnd(), block.Line);
    }

    private void Paragraph(Block block, string words)
    {
        if (words.Length == 0)
        {
            return;
        }
        var isWholePreamble = (block.IsCut || block.IsWholePreamble) && owner == "preamble" && ReferenceEquals(block, blocks[0]);
        writer.Write(isWholePreamble ? $"[preamble] {words}" : InlineMarkdown.AsParagraph(words), block.Line);
    }

    private static string Dots(int[] vector) => string.Join('.', vector);
}
