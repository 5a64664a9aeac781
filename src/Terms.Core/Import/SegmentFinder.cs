using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>Splits a document into its texts: agreements, their versions and renderings.</summary>
internal sealed partial class SegmentFinder(string fileTitle, ReportBuilder report)
{
    private const int LongestTitle = 160;
    private const int MostHeadings = 3;

    [GeneratedRegex(@"^(?:part|часть|teil|partie|parte|deel)\s+(?:[\p{Lu}]|\d{1,2}|[IVX]{1,4})\s*(?:[.:：)]|\s[-–—])\s*(?=.*(?:version|верси|редакци|fassung|versión|versão|versione|versie|effective|updated))|^(?:the\s+)?(?:new|old|current|previous|prior|former|archived|last)\s+version\b|^(?:новая|старая|действующая|предыдущая|прежняя)\s+(?:версия|редакция)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartStart();

    [GeneratedRegex(@"(?:\[(?:…|\.\.\.)\]|\\\[(?:…|\.\.\.)\\\])")]
    private static partial Regex BreakOff();

    /// <summary>The texts, in the order of the document.</summary>
    public List<TextSegment> Find(IReadOnlyList<Block> document)
    {
        if (document.Count(b => BreakOff().IsMatch(b.Text)) is > 1 and var broken && broken * 3 >= document.Count)
        {
            return Excerpts(document);
        }
        var about = document.Where(b => b.Kind == BlockKind.About).ToList();
        var blocks = CutRunOn(TableOfContents.LeaveOut(document.Where(b => b.Kind != BlockKind.About).ToList(), report), out var cutStarts);
        SettleLetters(blocks);
        var starts = Starts(blocks, cutStarts);
        var parts = starts.Select((start, i) => blocks.GetRange(start, (i + 1 < starts.Count ? starts[i + 1] : blocks.Count) - start)).ToList();
        MoveFootnotes(parts);
        var segments = new List<TextSegment>();
        foreach (var part in parts)
        {
            segments.Add(Segment(part, segments.LastOrDefault(), segments.Count == 0 ? about : []));
        }
        return segments;
    }

    /// <summary>Footnotes that stand at the end of the file go to the text that refers to them.</summary>
    private static void MoveFootnotes(List<List<Block>> parts)
    {
        var referring = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; parts.Count > 1 && i < parts.Count; i++)
        {
            foreach (var mark in parts[i].Where(b => b.Kind != BlockKind.Footnote).SelectMany(b => InlineMarkdown.Marks(b.Text)))
            {
                referring.TryAdd(mark, i);
            }
        }
        for (var i = 0; i < parts.Count; i++)
        {
            var moved = parts[i].Where(b => b.Kind == BlockKind.Footnote && referring.TryGetValue($"[^{b.Number}]", out var to) && to != i).ToHashSet(ReferenceEqualityComparer.Instance);
            foreach (var block in parts[i].Where(moved.Contains).ToList())
            {
                parts[referring[$"[^{block.Number}]"]].Add(block);
            }
            parts[i].RemoveAll(b => moved.Contains(b));
        }
    }

    /// <summary>Behind <c>H.</c> an <c>I.</c> is a letter, behind <c>U.</c> a <c>V.</c>: no roman numeral.</summary>
    private static void SettleLetters(List<Block> blocks)
    {
        var last = '\0';
        for (var i = 0; i < blocks.Count; i++)
        {
            if (blocks[i].Marker is not { Items: [var item], Style: MarkerStyle.Dot } marker || !char.IsUpper(item[0]))
            {
                continue;
            }
            if (marker.Keyword == "roman" && item.Length == 1 && item[0] == last + 1)
            {
                blocks[i] = blocks[i] with { IsLettered = true };
                last = item[0];
            }
            else
            {
                last = marker.Keyword.Length == 0 && item.Length == 1 ? item[0] : '\0';
            }
        }
    }

    private static bool IsPart(Block block) => block.Kind is BlockKind.Paragraph or BlockKind.Heading && block.Plain.Length <= 240 && PartStart().IsMatch(block.Plain);

    private List<Block> CutRunOn(IReadOnlyList<Block> document, out HashSet<int> starts)
    {
        var blocks = new List<Block>();
        starts = [];
        var length = document.Sum(b => b.Text.Length);
        foreach (var block in document)
        {
            if (RunOnText.Cut(block, block.Text.Length * 2 > length) is { } cut)
            {
                report.Note(block.Line, $"the numbers of {cut.Count(b => b.Marker is not null)} clauses and items ran on in one paragraph, which was cut into them");
                if (cut.FirstOrDefault(b => b.Marker is not null)?.Marker?.First <= 1)
                {
                    starts.Add(blocks.Count);
                }
                blocks.AddRange(cut);
            }
            else
            {
                blocks.Add(block);
            }
        }
        return blocks;
    }

    /// <summary>Where texts begin.</summary>
    private static List<int> Starts(List<Block> blocks, HashSet<int> cutStarts)
    {
        var starts = new SortedSet<int> { 0 };
        starts.UnionWith(cutStarts);
        var section = 0;
        var lastNumbered = -1;
        var seenPart = false;
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (cutStarts.Contains(i))
            {
                (section, lastNumbered, seenPart) = (0, i - 1, false);
            }
            if (IsPart(block))
            {
                if (seenPart || lastNumbered >= 0 && section > 0)
                {
                    starts.Add(TitleBefore(blocks, i, lastNumbered));
                }
                (seenPart, section, lastNumbered) = (true, 0, i);
            }
            if (lastNumbered >= 0 && block.Marker is null && block.IsSetAsHeading && AnnexTitle().IsMatch(block.Plain) && NumbersAnew(blocks, i))
            {
                starts.Add(i);
                (section, seenPart) = (0, false);
            }
            if (block.Marker is not { } marker)
            {
                continue;
            }
            if (marker is { Kind: MarkerKind.Dotted, Vector: [1, 1] } && section >= 2 && TitleBefore(blocks, i, lastNumbered) is var annex && annex < i)
            {
                starts.Add(annex);
                (section, seenPart) = (0, false);
            }
            if (marker.Kind is MarkerKind.Number or MarkerKind.Keyword && marker.First == 1 && section >= 2 && (marker.Kind == MarkerKind.Keyword ? block.LooksLikeHeading || block.Rest.Length == 0 : NumberingSurvey.IsConfirmed(blocks, i) || block.IsSetAsHeading))
            {
                var title = TitleBefore(blocks, i, lastNumbered);
                if (title < i)
                {
                    starts.Add(title);
                    (section, seenPart) = (0, false);
                }
            }
            lastNumbered = i;
            if (marker.Kind is MarkerKind.Number or MarkerKind.Keyword && marker.First == section + 1 && (block.LooksLikeHeading || NumberingSurvey.IsConfirmed(blocks, i)))
            {
                section++;
            }
            else if (marker.Kind == MarkerKind.Dotted && marker.First == section + 1)
            {
                section++;
            }
        }
        return [.. starts];
    }

    /// <summary>Whether the next number, at most some headings below, is a first one.</summary>
    private static bool NumbersAnew(List<Block> blocks, int at) =>
        blocks.Skip(at + 1).Take(MostHeadings + 1).SkipWhile(b => b.Marker is null && b.LooksLikeHeading).FirstOrDefault()?.Marker is { Kind: not MarkerKind.Item, Vector: [1] or [1, 1] };

    /// <summary>The block with the title of the text that begins at a place; the place itself if there is none.</summary>
    private static int TitleBefore(List<Block> blocks, int at, int after)
    {
        var title = at;
        for (var i = at - 1; i > after; i--)
        {
            if (blocks[i].Kind == BlockKind.Rule)
            {
                return title < at || IsPart(blocks[at]) ? Math.Min(title, i + 1) : i + 1 < at ? i + 1 : at;
            }
            if (IsTitle(blocks[i]) || (title < at && DateReader.IsDateLine(blocks[i].Plain)))
            {
                title = i;
            }
        }
        return title;
    }

    private static bool IsTitle(Block block) =>
        block.Marker is null && block.Kind is BlockKind.Heading or BlockKind.Paragraph && block.Plain.Length is > 2 and <= LongestTitle && !block.IsCut
        && block.LooksLikeHeading && !IsPart(block) && !PartOfText().IsMatch(block.Plain) && !DateReader.Read(block.Plain).IsAny;

    private TextSegment Segment(List<Block> blocks, TextSegment? before, List<Block> about)
    {
        var line = blocks[0].Line;
        var firstNumber = blocks.FindIndex(b => b.Marker is { Kind: not MarkerKind.Item });
        var head = firstNumber < 0 ? Math.Min(blocks.Count, 12) : firstNumber;
        var part = blocks.FindIndex(0, head, IsPart);
        var title = Title(blocks, head, part, about.Find(a => a.Number == FrontMatter.Title)?.Plain, out var at) ?? about.Find(a => a.Number == FrontMatter.PageTitle)?.Plain;
        var body = blocks.ToList();
        var marks = "";
        if (at >= 0)
        {
            var block = blocks[at];
            if (block is { Kind: BlockKind.Heading, Level: <= 2 } || (part >= 0 && block.Kind != BlockKind.Heading))
            {
                body.RemoveAt(at);
                marks = block.Text;
            }
        }
        else if (title is null && before is not null && (part >= 0 || !blocks.Exists(b => b.Kind == BlockKind.Heading)))
        {
            title = before.Title;
        }
        if (title is null)
        {
            report.Problem(line, "the text has no title", "Write one above it; the name of the file stands in for it.");
            title = fileTitle;
        }
        foreach (var rule in body.Where(b => b.Kind == BlockKind.Rule).ToList())
        {
            report.LeftOut(rule.Line, rule.Text, "a ruled line");
            body.Remove(rule);
        }
        var segment = new TextSegment { Title = title, TitleMarks = marks, Blocks = body, Line = line, IsExcerpt = false };
        foreach (var block in about)
        {
            segment.Take(DateReader.Read(block.Plain), block.Line, takesBare: false, report);
            report.LeftOut(block.Line, block.Number == FrontMatter.Title ? $"title: {block.Plain}" : block.Plain, block.Number == FrontMatter.PageTitle ? "the title of the page, which is not part of its text" : "what the head of the file says about the text");
        }
        ReadDates(segment, blocks, head);
        if (before is not null && AnnexTitle().IsMatch(title))
        {
            segment.Main = before.Main ?? before;
            if (segment is { Announced: null, Effective: null })
            {
                (segment.Announced, segment.Effective) = (before.Announced, before.Effective);
            }
            report.Note(line, $"{title} numbers its sections anew and is kept as a text of its own, with the dates of {segment.Main.Title}");
        }
        return segment;
    }

    private static string? Title(List<Block> blocks, int head, int part, string? given, out int at)
    {
        at = blocks.FindIndex(0, head, b => b is { Kind: BlockKind.Heading, Level: 0 });
        if (at < 0)
        {
            at = blocks.FindIndex(0, head, b => b is { Kind: BlockKind.Heading, Level: 1, Marker: null } && IsTitle(b));
        }
        if (at < 0 && given is not null)
        {
            return given;
        }
        var dated = part >= 0 ? part : blocks.FindIndex(0, head, b => !b.IsCut && DateReader.IsDateLine(b.Plain));
        if (at < 0 && dated > 0 && IsTitle(blocks[dated - 1]))
        {
            at = dated - 1;
        }
        if (at < 0)
        {
            at = blocks.FindIndex(0, part >= 0 ? part : head, IsTitle);
        }
        if (at >= 0)
        {
            var shown = InlineMarkdown.Plain(InlineMarkdown.WithoutMarks(blocks[at].Text));
            return Shortened().IsMatch(shown) ? shown : shown.TrimEnd('.', ':');
        }
        // The title runs on with the words of the first paragraph: it ends where the date begins.
        if (head > 0 && blocks[0].IsCut && DateReader.CueBeforeDay(blocks[0].Plain, out _) is > 0 and var cue)
        {
            var words = blocks[0].Plain[..cue].Trim();
            var sentence = words.LastIndexOfAny(['.', '!', '?', '。']);
            words = words[(sentence + 1)..].Trim();
            if (words.Length is > 2 and <= LongestTitle)
            {
                return words;
            }
        }
        return null;
    }

    private void ReadDates(TextSegment segment, List<Block> blocks, int head)
    {
        for (var i = 0; i < head; i++)
        {
            var plain = blocks[i].Plain;
            if (plain.Length <= 240)
            {
                segment.Take(DateReader.Read(plain), blocks[i].Line, IsPart(blocks[i]) || plain.Length <= 60, report);
            }
            else
            {
                segment.Take(DateReader.Read(plain, nearest: 30), blocks[i].Line, takesBare: false, report);
            }
        }
        foreach (var block in blocks.Skip(Math.Max(head, blocks.Count - 3)).Where(b => b.Marker is null && b.Plain.Length <= 120))
        {
            segment.Take(DateReader.Read(block.Plain), block.Line, takesBare: false, report);
        }
    }

    /// <summary>An index page: every text is broken off, and the next begins behind it.</summary>
    private List<TextSegment> Excerpts(IReadOnlyList<Block> document)
    {
        var segments = new List<TextSegment>();
        var open = new List<Block>();
        foreach (var block in document)
        {
            var text = block.Text;
            while (BreakOff().Match(text) is { Success: true } end)
            {
                open.Add(block with { Kind = block.Kind == BlockKind.Footnote ? block.Kind : BlockKind.Paragraph, Text = text[..(end.Index + end.Length)].Trim() });
                Close();
                text = text[(end.Index + end.Length)..].Trim();
            }
            if (text.Length > 0)
            {
                open.Add(block with { Text = text });
            }
        }
        if (open.Count > 0)
        {
            Close();
        }
        return segments;

        void Close()
        {
            var body = open.Where(b => b.Kind != BlockKind.Rule).ToList();
            open.Where(b => b.Kind == BlockKind.Rule).ToList().ForEach(r => report.LeftOut(r.Line, r.Text, "a ruled line"));
            open = [];
            if (body.Count == 0)
            {
                return;
            }
            var title = fileTitle;
            if (body.Count > 1 && body[0].Kind != BlockKind.Footnote && body[0].Plain.Length <= LongestTitle && body[0].LooksLikeHeading)
            {
                title = body[0].Plain;
                body.RemoveAt(0);
            }
            else if (body[0].Kind != BlockKind.Footnote && RepeatedTitle(body[0].Text) is { } length)
            {
                title = InlineMarkdown.Plain(body[0].Text[..length]);
                body[0] = body[0] with { Text = body[0].Text[length..].Trim() };
            }
            else
            {
                report.Problem(body[0].Line, "the text has no title", "Write one above it; the name of the file stands in for it.");
            }
            var segment = new TextSegment { Title = title, Blocks = body, Line = body[0].Line, IsExcerpt = true };
            var first = body[0].Plain;
            segment.Take(DateReader.Read(first[..Math.Min(first.Length, 240)], nearest: 30), body[0].Line, takesBare: false, report);
            segments.Add(segment);
        }
    }

    /// <summary>Where a title ends that the words behind it repeat: "House rules for guests Rules for guests by …".</summary>
    private static int? RepeatedTitle(string text)
    {
        var words = Word().Matches(text[..Math.Min(text.Length, 400)]).ToList();
        for (var length = 6; length >= 2; length--)
        {
            for (var i = 0; i + (2 * length) <= words.Count && i < 12; i++)
            {
                if (Enumerable.Range(0, length).All(k => string.Equals(words[i + k].Value, words[i + length + k].Value, StringComparison.OrdinalIgnoreCase)))
                {
                    return words[i + length - 1].Index + words[i + length - 1].Length;
                }
            }
        }
        return null;
    }

    [GeneratedRegex(@"^(?:schedule|annex|appendix|exhibit|attachment|addendum|anlage|anhang|annexe|anexo|allegato|bijlage|приложение)\b|^(?:附件|附录|별지|부속서)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnexTitle();

    /// <summary>Headings that stand in a text, never above it.</summary>
    [GeneratedRegex(@"^(?:introduction|preamble|overview|summary|(?:table of )?contents|definitions|general|welcome|print|back\b.*|préambule|einleitung|präambel|inhalt(?:sverzeichnis)?|introducción|preámbulo|introduzione|premessa|introdução|введение|преамбула|содержание|оглавление|前言|引言|目录|总则|머리말|목차|총칙)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PartOfText();

    [GeneratedRegex(@"[\w'’.-]+")]
    private static partial Regex Word();

    /// <summary>A full stop that belongs to the last word: <c>Inc.</c>, <c>e.V.</c></summary>
    [GeneratedRegex(@"(?:\b(?:Inc|Ltd|Co|Corp|Bros|No)|\.\p{L})\.$", RegexOptions.IgnoreCase)]
    private static partial Regex Shortened();
}
