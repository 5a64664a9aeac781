using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Terms.Catalogue;

/// <summary>Turns the Markdown of <c>terms.*.md</c> into a tree of clauses. The format is described in <c>docs/content-format.md</c>.</summary>
public static partial class TermsTextParser
{
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseFootnotes().UsePreciseSourceLocation().Build();

    /// <summary>Reads one rendering. Whatever does not fit the format is noted; null only if there is no text at all.</summary>
    /// <param name="file">The name used in problems.</param>
    /// <param name="markdown">The whole file, with <c>\n</c> line ends.</param>
    /// <param name="language">The language of the words.</param>
    /// <param name="number">1 for the first rendering in this language.</param>
    /// <param name="isExcerpt">Whether the whole text bears the label <c>excerpt</c>.</param>
    /// <param name="missing">Labels that the original itself leaves out of its numbering.</param>
    /// <param name="problems">Where mistakes are noted.</param>
    public static TermsText? Parse(string file, string markdown, string language, int number, bool isExcerpt, IReadOnlyCollection<string> missing, ProblemList problems) =>
        new Run(file, markdown, isExcerpt, missing, problems).Text(language, number);

    /// <summary>Markdown without its marks: what a reader hears.</summary>
    public static string PlainText(string markdown)
    {
        var plain = new StringBuilder();
        foreach (var block in Markdown.Parse(markdown, Pipeline).Descendants<LeafBlock>())
        {
            Append(plain, block.Inline);
        }
        return Spaces().Replace(plain.ToString(), " ").Trim();
    }

    private static void Append(StringBuilder plain, ContainerInline? inlines)
    {
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    plain.Append(literal.Content.AsSpan());
                    break;
                case CodeInline code:
                    plain.Append(code.Content);
                    break;
                case LineBreakInline:
                    plain.Append(' ');
                    break;
                case HtmlEntityInline entity:
                    plain.Append(entity.Transcoded.AsSpan());
                    break;
                case AutolinkInline link:
                    plain.Append(link.Url);
                    break;
                case ContainerInline container:
                    Append(plain, container);
                    break;
            }
        }
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^§?(?:Section |Article |Chapter )?(\d{1,3})(?: \[(\d{1,2})(st|nd|rd|th)\])?\.?(?:\s+(.*))?$")]
    internal static partial Regex SectionHeading();

    [GeneratedRegex(@"^(\d{1,3}(?:\.\d{1,3}){1,6})(?: \[(\d{1,2})(st|nd|rd|th)\])?\.?(?:\s+|$)")]
    internal static partial Regex ClauseNumber();

    [GeneratedRegex(@"^((?:\([A-Za-z]{1,5}\)|\(\d{1,3}\)){1,4})(?: \[(\d{1,2})(st|nd|rd|th)\])?(?:\s+|$)")]
    internal static partial Regex ItemMarker();

    [GeneratedRegex(@"^\[(preamble|excerpt)\](?!\()\s+")]
    internal static partial Regex ExplicitLabel();

    [GeneratedRegex(@"^Editor['’]s note:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex NotePrefix();

    [GeneratedRegex(@"\[\^([^\]]+)\]")]
    private static partial Regex FootnoteMark();

    [GeneratedRegex(@"^ {0,3}\[\^([^\]\n]+)\]:", RegexOptions.Multiline)]
    private static partial Regex FootnoteStart();

    /// <summary>A clause while the text is read.</summary>
    private sealed class Draft(ClauseLabel label, string? heading, int line)
    {
        public ClauseLabel Label { get; } = label;
        public string? Heading { get; set; } = heading;
        public string Markdown { get; set; } = "";
        public int Line { get; } = line;
        public int Paragraphs { get; set; }
        public List<string> Notes { get; } = [];
        public List<Draft> Children { get; } = [];

        public Clause Build() =>
            new(Label, Heading, Markdown, PlainText(FootnoteMark().Replace(Markdown, "")), [.. Notes], [.. Children.Select(c => c.Build())], Line);
    }

    private sealed class Run(string file, string markdown, bool isExcerpt, IReadOnlyCollection<string> missing, ProblemList problems)
    {
        private readonly List<Draft> top = [];
        private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Draft> numbered = new(StringComparer.Ordinal);
        private readonly Draft preamble = new(new ClauseLabel(isExcerpt ? "excerpt" : "preamble"), null, 1);
        private Draft? section;
        private Draft? clause;
        private string number = "";
        private Draft? last;
        private string? title;

        public TermsText? Text(string language, int number)
        {
            foreach (var block in Markdown.Parse(markdown, Pipeline))
            {
                Read(block);
            }
            if (title is null)
            {
                problems.Add(file, 1, "the text has no title", "Begin with a line `# Title`.");
            }
            if (top.Count == 0)
            {
                problems.Add(file, 1, "the text has no clauses", "Write at least one paragraph under the title.");
                return null;
            }
            CheckNumbering();
            CheckFootnotes();
            return seen.Values.Any(lines => lines < 0) ? null : new TermsText(file, language, number, title ?? "", [.. top.Select(t => t.Build())]);
        }

        private void Read(Block block)
        {
            switch (block)
            {
                case HeadingBlock heading:
                    ReadHeading(heading, Source(heading).TrimStart('#').Trim());
                    break;
                case ParagraphBlock paragraph:
                    ReadParagraph(Spaces().Replace(Source(paragraph), " ").Trim(), paragraph.Line + 1);
                    CheckLinks(paragraph);
                    break;
                case QuoteBlock quote:
                    ReadNote(quote);
                    break;
                case FootnoteGroup footnotes:
                    foreach (var footnote in footnotes.OfType<Footnote>())
                    {
                        ReadFootnote(footnote);
                    }
                    break;
                case LinkReferenceDefinitionGroup definitions:
                    foreach (var definition in definitions.OfType<LinkReferenceDefinition>().Where(d => d is not FootnoteLinkReferenceDefinition))
                    {
                        problems.Add(file, definition.Line + 1, $"the link definition `[{definition.Label}]` is not part of the format", "Put the address behind the words: `[words](https://…)`.");
                    }
                    break;
                default:
                    problems.Add(file, block.Line + 1, $"a {Kind(block)} is not part of the format", "Write a paragraph that begins with its number or its marker in brackets, such as `(a)`.");
                    break;
            }
        }

        private void ReadHeading(HeadingBlock heading, string words)
        {
            var line = heading.Line + 1;
            switch (heading.Level)
            {
                case 1 when title is null:
                    title = PlainText(words);
                    break;
                case 2 when SectionHeading().Match(words) is { Success: true } match:
                    section = New($"§{match.Groups[1].Value}{Ordinal(match)}", line, PlainText(match.Groups[4].Value));
                    (clause, number) = (null, "");
                    Attach(top, section);
                    break;
                case 3 when ClauseNumber().Match(words) is { Success: true } match:
                    StartClause(match, line, PlainText(words[match.Length..]));
                    break;
                default:
                    problems.Add(file, line, $"the heading `{words}` has no place", "Write `# Title` once, `## 1. Heading` for a section and `### 1.1 Heading` for a clause with a heading.");
                    break;
            }
        }

        private void ReadParagraph(string words, int line)
        {
            if (!isExcerpt && ExplicitLabel().Match(words) is { Success: true } label)
            {
                if (section is not null)
                {
                    problems.Add(file, line, $"the label [{label.Groups[1].Value}] stands after a section", "Move the paragraph above the first section, or take the label away.");
                }
                var draft = New(label.Groups[1].Value, line, null);
                draft.Markdown = words[label.Length..];
                Attach(top, draft);
            }
            else if (!isExcerpt && ClauseNumber().Match(words) is { Success: true } number)
            {
                StartClause(number, line, null).Markdown = words[number.Length..];
                last!.Paragraphs = 1;
            }
            else if (!isExcerpt && ItemMarker().Match(words) is { Success: true } item)
            {
                var parent = clause ?? section ?? preamble;
                var draft = New(parent.Label.Value + item.Groups[1].Value + Ordinal(item), line, null);
                draft.Markdown = words[item.Length..];
                Attach(parent == preamble ? top : parent.Children, draft);
            }
            else
            {
                ReadFurtherParagraph(words, line);
            }
        }

        /// <summary>A paragraph without a number: the first of a clause that has only a heading, or the next of the clause above it.</summary>
        private void ReadFurtherParagraph(string words, int line)
        {
            var parent = clause ?? section ?? preamble;
            parent.Paragraphs++;
            if (parent.Paragraphs == 1 && parent == clause)
            {
                parent.Markdown = words;
                last = parent;
                return;
            }
            var label = isExcerpt && parent.Paragraphs == 1 ? parent.Label : parent.Label.Paragraph(parent.Paragraphs);
            var draft = New(label.Value, line, null);
            draft.Markdown = words;
            Attach(parent == preamble ? top : parent.Children, draft);
        }

        private Draft StartClause(Match match, int line, string? heading)
        {
            var value = match.Groups[1].Value;
            clause = New(value + Ordinal(match), line, heading);
            var above = value[..value.LastIndexOf('.')];
            var isBelow = number == above || number.StartsWith(above + ".", StringComparison.Ordinal);
            number = value;
            if (isBelow && numbered.TryGetValue(above, out var parent))
            {
                Attach(parent.Children, clause);
            }
            else if (section is not null && section.Label.Value.Split(" [")[0] == "§" + above)
            {
                Attach(section.Children, clause);
            }
            else
            {
                var wanted = above.Contains('.') ? $"clause {above}" : $"section {above}";
                problems.Add(file, line, $"clause {value} stands outside {wanted}", $"Move it below {wanted}, or mend its number.");
                Attach(section?.Children ?? top, clause);
            }
            numbered[value] = clause;
            return clause;
        }

        private void ReadNote(QuoteBlock quote)
        {
            var words = string.Join(' ', quote.OfType<ParagraphBlock>().Select(p => PlainText(Source(p))));
            if (last is null || NotePrefix().Match(words) is not { Success: true } prefix)
            {
                problems.Add(file, quote.Line + 1, "a quotation is read as an editor's note", "Begin it with `> Editor's note:` and put it under the paragraph that it is about.");
                return;
            }
            ExpectParagraphs(quote, "an editor's note");
            last.Notes.Add(words[prefix.Length..]);
        }

        private void ReadFootnote(Footnote footnote)
        {
            var label = "fn" + (footnote.Label ?? "").TrimStart('^');
            if (label.Length > 12)
            {
                problems.Add(file, footnote.Line + 1, $"the footnote mark `{label[2..]}` is too long", "Use a number.");
                label = label[..12];
            }
            var draft = New(label, footnote.Line + 1, null);
            draft.Markdown = string.Join(' ', footnote.OfType<ParagraphBlock>().Select(p => Spaces().Replace(p.Inline is null ? "" : InlineSource(p), " ").Trim()));
            Attach(top, draft);
            foreach (var paragraph in footnote.OfType<ParagraphBlock>())
            {
                CheckLinks(paragraph);
            }
            foreach (var quote in footnote.OfType<QuoteBlock>())
            {
                ReadNote(quote);
            }
            ExpectParagraphs(footnote, "a footnote");
        }

        private void ExpectParagraphs(ContainerBlock container, string what)
        {
            foreach (var block in container.Where(b => b is not (ParagraphBlock or QuoteBlock)))
            {
                problems.Add(file, block.Line + 1, $"a {Kind(block)} inside {what} is not part of the format", "Write plain paragraphs.");
            }
        }

        private Draft New(string label, int line, string? heading)
        {
            if (!seen.TryAdd(label, line))
            {
                var first = Math.Abs(seen[label]);
                seen[label] = -first;
                problems.Add(file, line, $"clause \"{label}\" appears twice, first on line {first}", $"Number the second anew, or write `{label} [2nd]` if the original repeats the number.");
            }
            return last = new Draft(new ClauseLabel(label), heading is "" ? null : heading, line);
        }

        private static void Attach(List<Draft> siblings, Draft draft) => siblings.Add(draft);

        private static string Ordinal(Match match) => match.Groups[2].Success ? $" [{match.Groups[2].Value}{match.Groups[3].Value}]" : "";

        /// <summary>Sections, clauses and items of a level follow each other without gaps, save those that the original itself leaves out.</summary>
        private void CheckNumbering()
        {
            Check(top.Where(t => t.Label.Value.StartsWith('§')), label => int.Parse(label[1..].Split(' ')[0], CultureInfo.InvariantCulture), n => $"§{n}");
            foreach (var draft in numbered.Values.Concat(top.Where(t => t.Label.Value.StartsWith('§'))))
            {
                var prefix = draft.Label.Value.Split(" [")[0].TrimStart('§') + ".";
                Check(
                    draft.Children.Where(c => c.Label.Value.StartsWith(prefix, StringComparison.Ordinal) && c.Label.Value.AsSpan(prefix.Length).IndexOfAny('(', '.') < 0 && !c.Label.Value.Contains('¶')),
                    label => int.Parse(label[prefix.Length..].Split(' ')[0], CultureInfo.InvariantCulture),
                    n => $"{prefix}{n}");
                CheckItems(draft);
            }
        }

        private void Check(IEnumerable<Draft> siblings, Func<string, int> index, Func<int, string> name)
        {
            var expected = 1;
            foreach (var draft in siblings)
            {
                var found = index(draft.Label.Value);
                for (; expected < found; expected++)
                {
                    if (!missing.Contains(name(expected)) && !seen.ContainsKey(name(expected)))
                    {
                        problems.Add(file, draft.Line, $"clause {name(expected)} is missing before {draft.Label}", "Add it, or list it under `missing-in-original` in version.yaml if the original leaves it out.");
                    }
                }
                // Where a number is used again, its place is the original's.
                if (found < expected && seen[draft.Label.Value] > 0 && !draft.Label.Value.EndsWith(']'))
                {
                    problems.Add(file, draft.Line, $"clause {draft.Label} is out of order", "Move it to its place.");
                }
                expected = Math.Max(expected, found + 1);
            }
        }

        private static string? MarkerOf(string label)
        {
            label = label.Split(" [")[0];
            var open = label.LastIndexOf('(');
            return label.EndsWith(')') && open >= 0 ? label[(open + 1)..^1] : null;
        }

        private void CheckItems(Draft parent)
        {
            foreach (var list in parent.Children.Where(c => MarkerOf(c.Label.Value) is not null).GroupBy(c => ListOf(c.Label.Value)))
            {
                CheckList(list.Key, [.. list]);
            }
        }

        /// <summary>What the items of one list share: <c>1.1</c> for <c>1.1(c)</c>, <c>1.1(c)</c> for <c>1.1(c)(ii)</c>.</summary>
        private static string ListOf(string label) => label[..label.LastIndexOf('(')];

        private void CheckList(string of, List<Draft> items)
        {
            string Name(string marker) => $"{of}({marker})";
            bool IsMarked(Draft item, Func<char, bool> kind) => kind(MarkerOf(item.Label.Value)![0]);

            Check(items.Where(i => IsMarked(i, char.IsAsciiDigit)), l => int.Parse(MarkerOf(l)!, CultureInfo.InvariantCulture), n => Name(n.ToString(CultureInfo.InvariantCulture)));
            foreach (var letters in new[] { items.Where(i => IsMarked(i, char.IsAsciiLetterUpper)).ToList(), items.Where(i => IsMarked(i, char.IsAsciiLetterLower)).ToList() })
            {
                var isUpper = letters.Count > 0 && char.IsUpper(MarkerOf(letters[0].Label.Value)![0]);
                var isRoman = !letters.Exists(i => MarkerOf(i.Label.Value) is "a" or "A") && letters.Exists(i => Roman.Contains(MarkerOf(i.Label.Value), StringComparer.OrdinalIgnoreCase));
                Func<int, string> marker = isRoman ? n => Roman.ElementAtOrDefault(n - 1) ?? "?" : n => new string((char)('a' + ((n - 1) % 26)), 1 + ((n - 1) / 26));
                Check(letters, l => isRoman ? RomanValue(MarkerOf(l)!) : LetterValue(MarkerOf(l)!), n => Name(isUpper ? marker(n).ToUpperInvariant() : marker(n)));
            }
        }

        /// <summary>The place of <c>a</c>, <c>z</c>, <c>aa</c>, <c>bb</c> in a list.</summary>
        private static int LetterValue(string marker) => ((marker.Length - 1) * 26) + char.ToLowerInvariant(marker[0]) - 'a' + 1;

        private static int RomanValue(string marker) => Array.FindIndex(Roman, r => r.Equals(marker, StringComparison.OrdinalIgnoreCase)) + 1;

        private static readonly string[] Roman = [.. Enumerable.Range(1, 50).Select(RomanOf)];

        private static string RomanOf(int number)
        {
            var roman = "";
            foreach (var (value, letters) in new[] { (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i") })
            {
                for (; number >= value; number -= value)
                {
                    roman += letters;
                }
            }
            return roman;
        }

        /// <summary>Every footnote that is written is referred to, once only, and so has been read.</summary>
        private void CheckFootnotes()
        {
            var written = new HashSet<string>(StringComparer.Ordinal);
            foreach (Match footnote in FootnoteStart().Matches(markdown))
            {
                var mark = footnote.Groups[1].Value;
                var line = 1 + markdown.AsSpan(0, footnote.Index).Count('\n');
                if (!written.Add(mark))
                {
                    problems.Add(file, line, $"footnote {mark} is written twice", "Give the second another number.");
                }
                else if (!seen.ContainsKey("fn" + mark))
                {
                    problems.Add(file, line, $"footnote {mark} is written but nothing refers to it", $"Put `[^{mark}]` behind the words that it belongs to, or remove it.");
                }
            }
        }

        private void CheckLinks(ParagraphBlock paragraph)
        {
            var inlines = paragraph.Inline?.Descendants().ToList() ?? [];
            foreach (var url in inlines.OfType<LinkInline>().Select(l => l.Url).Concat(inlines.OfType<AutolinkInline>().Where(l => !l.IsEmail).Select(l => l.Url)))
            {
                if (!SafeLink.Allows(url))
                {
                    problems.Add(file, paragraph.Line + 1, $"the link `{url}` is not allowed", "Link to http, https, mailto, or `#c-…` in the page.");
                }
            }
            foreach (var mark in FootnoteMark().Matches(Source(paragraph)).Select(m => m.Groups[1].Value).Where(m => !markdown.Contains($"\n[^{m}]:", StringComparison.Ordinal)))
            {
                problems.Add(file, paragraph.Line + 1, $"footnote {mark} is referred to but not written", $"Add a line `[^{mark}]: …` at the end.");
            }
        }

        private string Source(LeafBlock block) => markdown.Substring(block.Span.Start, block.Span.Length);

        private string InlineSource(ParagraphBlock paragraph) => markdown.Substring(paragraph.Span.Start, paragraph.Span.Length);

        private static string Kind(Block block) => block switch
        {
            ListBlock => "list",
            CodeBlock => "code block (four spaces of indent make one)",
            ThematicBreakBlock => "ruled line",
            HtmlBlock => "piece of HTML",
            _ => block.GetType().Name,
        };
    }
}
