using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>Reads Markdown and plain text, which in practice are mixed: links, bold type and escaped numbers occur in both.</summary>
internal static partial class MarkdownReader
{
    private const int LongestHeading = 400;
    private const int NearBy = 6;
    private const int LongestTitleLine = 120;

    [GeneratedRegex(@"^ {0,3}(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^\s*(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|(?:=\s*){5,}|(?:~\s*){5,}|[—–─]{3,})$")]
    private static partial Regex Rule();

    [GeneratedRegex(@"^\s{0,3}(=+|-+)\s*$")]
    private static partial Regex Underline();

    [GeneratedRegex(@"^ {0,3}\[\^([^\]\s]{1,10})\]:\s*(.*)$")]
    private static partial Regex Footnote();

    [GeneratedRegex(@"^(\s*)([-+*•●▪◦·○■□–])\s+(?=\S)")]
    private static partial Regex Bullet();

    [GeneratedRegex(@"^\s*((?:<\s?/?\s?[a-z]{1,10}\s?/?>\s*)+)", RegexOptions.IgnoreCase)]
    private static partial Regex LeftOverTag();

    [GeneratedRegex(@"^\|?(?:\s*:?-{2,}:?\s*\|)+\s*:?-*:?\s*$")]
    private static partial Regex TableRule();

    [GeneratedRegex(@"^\s*(?:\d{1,3}\\?[.)]\s*)?(?:\*\*)?\[[^\[\]]{1,300}\]\(#[^()\s]{0,300}\)(?:\*\*)?\s*$")]
    private static partial Regex Jump();

    [GeneratedRegex(@"^\s*(?:Page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();

    /// <summary>The blocks of a text.</summary>
    public static List<Block> Read(string text, bool isPlain, ReportBuilder report)
    {
        var lines = (isPlain ? text : MarkdownMarkup.LeaveOut(text, report)).Split('\n');
        var blocks = isPlain ? [] : FrontMatter.Take(lines);
        var footnotes = lines.Select(l => Footnote().Match(l)).Where(m => m.Success).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var open = new StringBuilder();
        var start = 0;
        var nesting = new MarkdownNesting(isPlain, report);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            Match match;
            if (string.IsNullOrWhiteSpace(line))
            {
                Close();
            }
            else if (open.Length > 0 && !isPlain && Underline().Match(line) is { Success: true } under && under.Groups[1].Length >= 3)
            {
                Close(under.Value.Contains('=') ? 1 : 2);
            }
            else if (Rule().IsMatch(line))
            {
                Close();
                blocks.Add(new Block(BlockKind.Rule, line.Trim(), i + 1));
            }
            else if ((match = Heading().Match(line)).Success)
            {
                Close();
                // What runs on behind the mark is no heading any more.
                Add(match.Groups[2].Length > LongestHeading ? BlockKind.Paragraph : BlockKind.Heading, match.Groups[2].Value, i, match.Groups[1].Length);
            }
            else if ((match = Footnote().Match(line)).Success)
            {
                Close();
                var words = new StringBuilder(match.Groups[2].Value);
                while (i + 1 < lines.Length && lines[i + 1].Length > 0 && (char.IsWhiteSpace(lines[i + 1][0]) && lines[i + 1].Trim().Length > 0))
                {
                    words.Append(' ').Append(lines[++i].Trim());
                }
                blocks.Add(new Block(BlockKind.Footnote, InlineMarkdown.Normalize(words.ToString(), footnotes), i + 1, Number: match.Groups[1].Value));
            }
            else if (TableRule().IsMatch(line) && line.Contains('|'))
            {
                Close();
                report.LeftOut(i + 1, line, "the ruled line of a table");
            }
            else if (line.TrimStart().StartsWith('|') && line.TrimEnd().EndsWith('|'))
            {
                Close();
                if (!(blocks.Count > 0 && blocks[^1] is { IsRow: true } row && row.Line >= i - 1))
                {
                    report.Note(i + 1, "a table is kept as paragraphs, one per row");
                }
                Add(BlockKind.Paragraph, line.Trim().Trim('|').Replace("|", " | ", StringComparison.Ordinal), i, isRow: true);
            }
            else
            {
                if (open.Length > 0 && Begins(lines, i))
                {
                    Close();
                }
                start = open.Length == 0 ? i : start;
                open.Append(open.Length == 0 ? line : " " + line.Trim());
            }
        }
        Close();
        return blocks;

        void Close(int level = -1)
        {
            if (open.Length > 0)
            {
                var words = open.ToString();
                open.Clear();
                Add(level > 0 ? BlockKind.Heading : BlockKind.Paragraph, words, start, level);
            }
        }

        void Add(BlockKind kind, string words, int line, int level = 0, bool isRow = false)
        {
            var indent = MarkdownNesting.Indent(words);
            if (PageNumber().IsMatch(words) && words.Contains("page", StringComparison.OrdinalIgnoreCase))
            {
                report.LeftOut(line + 1, words, "the number of a page");
                return;
            }
            if (words.TrimStart().StartsWith('>'))
            {
                report.LeftOut(line + 1, ">", "the mark of a quotation");
                words = words.TrimStart().TrimStart('>', ' ');
            }
            if (Bullet().Match(words) is { Success: true } bullet)
            {
                report.LeftOut(line + 1, bullet.Groups[2].Value, "the mark of an item without a number");
                words = words[bullet.Length..];
            }
            if (LeftOverTag().Match(words) is { Success: true } tag && words.Length > tag.Length)
            {
                report.LeftOut(line + 1, tag.Groups[1].Value, "left-over markup before the words");
                report.Problem(line + 1, LintForms.MarkupImported, null, tag.Groups[1].Value.Trim());
                words = words[tag.Length..];
            }
            // The gap behind a letter that stands by itself tells a marker from a word.
            var open = BareLetter().Match(words);
            var normal = open.Success ? open.Groups[1].Value + "  " + InlineMarkdown.Normalize(words[open.Length..], footnotes) : InlineMarkdown.Normalize(words, footnotes);
            if (normal.Length > 0)
            {
                nesting.Add(blocks, new Block(kind, normal, line + 1, kind == BlockKind.Heading ? Math.Max(level, 1) : 0) { IsRow = isRow, IsJump = Jump().IsMatch(words) }, indent);
            }
        }
    }

    [GeneratedRegex(@"^\s*([A-Za-z]|[ivx]{2,5})(?:\s{2,}|\t\s*)(?=\S)")]
    private static partial Regex BareLetter();

    /// <summary>Whether a line near by begins with the marker before or behind that of this one.</summary>
    private static bool HasSibling(string[] lines, int at)
    {
        var own = Marker.Read(lines[at].Trim(), false)!.Items[0];
        return lines.Skip(Math.Max(0, at - NearBy)).Take((2 * NearBy) + 1).Select(l => l.Trim()).Any(l => l is [>= '가' and <= '힣', ..] && Marker.Read(l, false) is { Items: [var other] } && Math.Abs(Marker.Letter(other) - Marker.Letter(own)) == 1);
    }

    /// <summary>A line that ends so goes on in the next.</summary>
    [GeneratedRegex(@"\b(?:the|an?|of|and|or|to|in|on|by|for|with|from|at|as|is|are|shall|will|may|must|your|our|this|that|any|all|such|than|within|der|die|das|des|dem|den|und|oder|von|vom|zu|zur|zum|mit|für|bei|nach|im|auf|ab|bis|binnen|innerhalb|mindestens|höchstens|de|du|la|le|les|et|ou|à|dans|sous|par|pour|del|el|los|las|y|o|en|con|por|il|di|e|entro|в|на|с|и|или|по|за|от|до|не|течение)$", RegexOptions.IgnoreCase)]
    private static partial Regex ReadsOn();

    /// <summary>Whether a line begins a block though no empty line stands above it: a marker, a hard break, or a short line before.</summary>
    private static bool Begins(string[] lines, int at)
    {
        var above = lines[at - 1];
        var line = lines[at].Trim();
        if (above.EndsWith("  ", StringComparison.Ordinal) || above.EndsWith('\\') || Bullet().IsMatch(lines[at]) || line.StartsWith("**", StringComparison.Ordinal))
        {
            return true;
        }
        if (Marker.Read(line, false) is { } marker)
        {
            // A wrapped line may begin with a number that belongs to the sentence: the line above then ends inside it.
            var ended = above.TrimEnd() is [.., '.' or ':' or ';' or '!' or '?' or ')' or '。' or '；' or '：' or '”' or '"'] || above.TrimEnd().EndsWith(" and", StringComparison.Ordinal) || above.TrimEnd().EndsWith(" or", StringComparison.Ordinal)
                || above.TrimEnd() is [.., ','] && marker.Kind == MarkerKind.Item;
            if (marker.Kind == MarkerKind.Item && line[0] is >= '가' and <= '힣')
            {
                return ended || HasSibling(lines, at); // The last syllable of a word, carried over, looks like a marker.
            }
            return ended || (above.Trim().Length < 60 && !ReadsOn().IsMatch(above.TrimEnd()) && (marker.Kind == MarkerKind.Item || marker.Rest.Length == 0 || !char.IsLower(marker.Rest[0])));
        }
        // Lines of a wrapped paragraph are nearly as long as each other; a line that ends early and with a full stop ends its paragraph.
        var trimmed = above.Trim();
        if (Marker.Read(trimmed, false) is { } numbered)
        {
            if (Block.IsCapitals(numbered.Rest) && trimmed.Length < 80 && !Block.IsCapitals(line))
            {
                return true;
            }
            if (numbered.Kind is MarkerKind.Number or MarkerKind.Keyword && Block.IsHeadingText(numbered.Rest) && trimmed.Length < 50 && !char.IsLower(line[0]) && !ReadsOn().IsMatch(numbered.Rest))
            {
                return true;
            }
        }
        if (Block.IsCapitals(trimmed) && trimmed.Length <= LongestTitleLine && line.Any(char.IsLower))
        {
            return true;
        }
        return Block.IsHeadingText(trimmed) && trimmed.Length < 50 && !char.IsLower(line[0]) && !ReadsOn().IsMatch(trimmed) || (trimmed is [.., '.' or ':' or '。' or '：'] && (trimmed.Length < 50 || trimmed.Length > 160) && !char.IsLower(line[0]));
    }
}
