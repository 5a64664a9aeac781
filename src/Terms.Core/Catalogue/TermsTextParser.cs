using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Markdig.Extensions.Footnotes;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Terms.Catalogue;

/// <summary>Turns the Markdown of <c>terms.*.md</c> into a tree of clauses. The format is described in <c>docs/content-format.md</c>.</summary>
public static partial class TermsTextParser
{
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

    [GeneratedRegex(@"^Editor['’]s note:\s*", RegexOptions.IgnoreCase)]
    private static partial Regex NotePrefix();

    private sealed class Run(string file, string markdown, bool isExcerpt, IReadOnlyCollection<string> missing, ProblemList problems)
    {
        private readonly TextFootnotes footnotes = new(file, markdown, problems);
        private readonly List<ClauseDraft> top = [];
        private readonly Dictionary<string, int> seen = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ClauseDraft> numbered = new(StringComparer.Ordinal);
        private readonly ClauseDraft preamble = new(new ClauseLabel(isExcerpt ? "excerpt" : "preamble"), null, 1);
        private ClauseDraft? section;
        private ClauseDraft? clause;
        private string number = "";
        private ClauseDraft? last;
        private string? title;

        public TermsText? Text(string language, int number)
        {
            if (TermsMarkdown.Read(file, markdown, problems) is not { } document)
            {
                return null;
            }
            foreach (var block in document)
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
            new DraftNumbering(file, seen, missing, problems).Check(top, numbered.Values);
            footnotes.CheckWritten(seen);
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
                    ReadParagraph(TermsMarkdown.Spaces().Replace(Source(paragraph), " ").Trim(), paragraph.Line + 1);
                    CheckLinks(paragraph);
                    break;
                case QuoteBlock quote:
                    ReadNote(quote);
                    break;
                case FootnoteGroup group:
                    foreach (var footnote in group.OfType<Footnote>())
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
                case ListBlock:
                    problems.Add(file, block.Line + 1, ContentForms.List);
                    break;
                case CodeBlock:
                    problems.Add(file, block.Line + 1, ContentForms.Code);
                    break;
                case ThematicBreakBlock:
                    problems.Add(file, block.Line + 1, ContentForms.RuledLine);
                    break;
                case HtmlBlock:
                    problems.Add(file, block.Line + 1, ContentForms.Html);
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
                    title = TermsMarkdown.PlainText(Shown(words, line, ContentForms.MarkInTitle));
                    break;
                case 2 when ClauseHeads.Section().Match(words) is { Success: true } match:
                    section = New($"§{match.Groups[1].Value}{ClauseHeads.Ordinal(match)}", line, TermsMarkdown.PlainText(Shown(match.Groups[4].Value, line, ContentForms.MarkInSection, match.Groups[1].Value)));
                    (clause, number) = (null, "");
                    Attach(top, section);
                    break;
                case 3 when ClauseHeads.Clause().Match(words) is { Success: true } match:
                    StartClause(match, line, TermsMarkdown.PlainText(Shown(words[match.Length..], line, ContentForms.MarkInHeading, match.Groups[1].Value)));
                    break;
                default:
                    problems.Add(file, line, ContentForms.Heading, words);
                    break;
            }
        }

        private void ReadParagraph(string words, int line)
        {
            if (!isExcerpt && ClauseHeads.ExplicitLabel().Match(words) is { Success: true } label)
            {
                if (section is not null)
                {
                    problems.Add(file, line, $"the label [{label.Groups[1].Value}] stands after a section", "Move the paragraph above the first section, or take the label away.");
                }
                var draft = New(label.Groups[1].Value, line, null);
                draft.Markdown = Shown(words[label.Length..], line, ContentForms.MarkInWords, draft.Label.Value);
                Attach(top, draft);
            }
            else if (!isExcerpt && ClauseHeads.Clause().Match(words) is { Success: true } number)
            {
                var draft = StartClause(number, line, null);
                draft.Markdown = Shown(words[number.Length..], line, ContentForms.MarkInWords, draft.Label.Value);
                last!.Paragraphs = 1;
            }
            else if (!isExcerpt && ClauseHeads.Item().Match(words) is { Success: true } item)
            {
                var parent = clause ?? section ?? preamble;
                var draft = New(parent.Label.Value + item.Groups[1].Value + ClauseHeads.Ordinal(item), line, null);
                draft.Markdown = Shown(words[item.Length..], line, ContentForms.MarkInWords, draft.Label.Value);
                Attach(parent == preamble ? top : parent.Children, draft);
            }
            else
            {
                ReadFurtherParagraph(words, line);
            }
        }

        /// <summary>Words behind a number, so that every character of them is shown; where one would not be, that is noted.</summary>
        private string Shown(string words, int line, MessageForm form, params ImmutableArray<string> where)
        {
            if (TermsMarkdown.IsParagraph(words))
            {
                return words;
            }
            problems.Add(file, line, form, where);
            return TermsMarkdown.WithoutMark(words);
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

        private ClauseDraft StartClause(Match match, int line, string? heading)
        {
            var value = match.Groups[1].Value;
            clause = New(value + ClauseHeads.Ordinal(match), line, heading);
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
                problems.Add(file, line, above.Contains('.') ? ContentForms.OutsideClause : ContentForms.OutsideSection, value, above);
                Attach(section?.Children ?? top, clause);
            }
            numbered[value] = clause;
            return clause;
        }

        private void ReadNote(QuoteBlock quote)
        {
            var words = string.Join(' ', quote.OfType<ParagraphBlock>().Select(p => TermsMarkdown.PlainText(Source(p))));
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
            draft.Markdown = string.Join(' ', footnote.OfType<ParagraphBlock>().Select(p => TermsMarkdown.Spaces().Replace(p.Inline is null ? "" : InlineSource(p), " ").Trim()));
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

        private ClauseDraft New(string label, int line, string? heading)
        {
            if (!seen.TryAdd(label, line))
            {
                var first = Math.Abs(seen[label]);
                seen[label] = -first;
                problems.Add(file, line, ContentForms.ClauseTwice, label, first.ToString(CultureInfo.InvariantCulture));
            }
            return last = new ClauseDraft(new ClauseLabel(label), heading is "" ? null : heading, line);
        }

        private static void Attach(List<ClauseDraft> siblings, ClauseDraft draft) => siblings.Add(draft);

        private void CheckLinks(ParagraphBlock paragraph)
        {
            var inlines = paragraph.Inline?.Descendants().ToList() ?? [];
            foreach (var url in inlines.OfType<LinkInline>().Select(l => l.Url).Concat(inlines.OfType<AutolinkInline>().Where(l => !l.IsEmail).Select(l => l.Url)))
            {
                if (!SafeLink.Allows(url))
                {
                    problems.Add(file, paragraph.Line + 1, ContentForms.Link, url ?? "");
                }
            }
            footnotes.CheckMarks(Source(paragraph), paragraph.Line + 1);
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
