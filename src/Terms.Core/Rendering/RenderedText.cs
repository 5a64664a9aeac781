using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>One rendering as HTML: a fragment for each clause's own words, made once, because a text never changes.</summary>
public sealed partial class RenderedText
{
    private static readonly ConditionalWeakTable<TermsText, RenderedText> Kept = [];

    private readonly FrozenDictionary<string, RenderedClause> clauses;

    private RenderedText(TermsText text)
    {
        Terms = new DefinedTerms(text);
        clauses = text.All.ToFrozenDictionary(c => c.Label.Value, c => new Writing(text, c, Terms).Clause(), StringComparer.Ordinal);
    }

    /// <summary>The terms that the text defines.</summary>
    public DefinedTerms Terms { get; }

    /// <summary>The own words of a clause of the text.</summary>
    public RenderedClause this[ClauseLabel label] => clauses[label.Value];

    /// <summary>The text as HTML.</summary>
    public static RenderedText Of(TermsText text) => Kept.GetValue(text, t => new RenderedText(t));

    /// <summary>One clause as HTML, for a text that is still written: the others are not rendered for it.</summary>
    public static RenderedClause Of(TermsText text, Clause clause) => new Writing(text, clause, new DefinedTerms(text)).Clause();

    /// <summary>Words without meaning for HTML.</summary>
    public static string Escape(string words) =>
        words.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);

    /// <summary>Four words in capitals or more, one after the other.</summary>
    [GeneratedRegex(@"(?<![\p{L}\d])(?:[\p{Lu}\d][\p{Lu}\d.,;:’'&()/-]*\p{Lu}[\p{Lu}\d.,;:’'&()/-]*|\p{Lu}{2,})(?: [\p{Lu}\d&(][\p{Lu}\d.,;:’'&()/-]*){3,}(?![\p{L}])")]
    private static partial Regex Capitals();

    [GeneratedRegex(@"\[\^([^\]\s]{1,20})\]")]
    private static partial Regex FootnoteMark();

    [GeneratedRegex("\uE000([^\uE001]+)\uE001")]
    private static partial Regex KeptFootnoteMark();

    /// <summary>Writes the words of one clause.</summary>
    private sealed class Writing(TermsText text, Clause clause, DefinedTerms terms)
    {
        /// <summary>Bold words are a passage, and set as one, from this length on.</summary>
        private const int Passage = 200;

        private readonly StringBuilder html = new();
        private readonly StringBuilder said = new();
        private readonly HashSet<string> linkedTerms = new(StringComparer.Ordinal);
        private bool isConspicuous;

        public RenderedClause Clause()
        {
            // A footnote's mark is kept from the parser, which knows footnotes only of the same file.
            var markdown = FootnoteMark().Replace(clause.Markdown, m => $"\uE000{m.Groups[1].Value}\uE001");
            foreach (var block in Markdown.Parse(markdown, TermsMarkdown.Pipeline).Descendants<LeafBlock>())
            {
                var whole = block.Inline?.ToList() ?? [];
                isConspicuous |= whole is [EmphasisInline { DelimiterCount: 2 } only] && LengthOf(only) >= Passage;
                Write(whole, inLink: false);
            }
            return new RenderedClause(html.ToString(), isConspicuous);
        }

        private void Write(IReadOnlyList<Inline> inlines, bool inLink)
        {
            var run = new StringBuilder();
            foreach (var inline in inlines)
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        run.Append(literal.Content.AsSpan());
                        continue;
                    case HtmlEntityInline entity:
                        run.Append(entity.Transcoded.AsSpan());
                        continue;
                    case LineBreakInline:
                        run.Append(' ');
                        continue;
                }
                WriteRun(run, inLink);
                switch (inline)
                {
                    case LinkInline { IsImage: false } link when SafeLink.Allows(link.Url):
                        html.Append("<a href=\"").Append(Escape(link.Url!)).Append(link.Url!.StartsWith('#') ? "\">" : "\" rel=\"noopener noreferrer\">");
                        Write([.. link], inLink: true);
                        html.Append("</a>");
                        break;
                    case AutolinkInline auto when SafeLink.Allows(auto.IsEmail ? "mailto:" + auto.Url : auto.Url):
                        html.Append("<a href=\"").Append(Escape(auto.IsEmail ? "mailto:" + auto.Url : auto.Url)).Append("\" rel=\"noopener noreferrer\">").Append(Escape(auto.Url)).Append("</a>");
                        break;
                    case AutolinkInline auto:
                        html.Append(Escape(auto.Url));
                        break;
                    case CodeInline code:
                        html.Append(Escape(code.Content));
                        break;
                    case EmphasisInline emphasis:
                        var name = emphasis.DelimiterCount == 2 ? "strong" : "em";
                        html.Append('<').Append(name).Append(name == "strong" && LengthOf(emphasis) >= Passage ? " class=\"conspicuous\">" : ">");
                        Write([.. emphasis], inLink);
                        html.Append("</").Append(name).Append('>');
                        break;
                    case ContainerInline container:
                        Write([.. container], inLink);
                        break;
                }
            }
            WriteRun(run, inLink);
        }

        /// <summary>Writes a run of plain words, with its links and with long capitals marked.</summary>
        private void WriteRun(StringBuilder run, bool inLink)
        {
            var words = run.ToString();
            run.Clear();
            var links = inLink ? [] : Links(words);
            said.Append(words);
            var at = 0;
            foreach (Match capitals in Capitals().Matches(words))
            {
                WriteLinked(words, at, capitals.Index, links);
                html.Append("<span class=\"capitals\">");
                WriteLinked(words, capitals.Index, capitals.Index + capitals.Length, links);
                html.Append("</span>");
                at = capitals.Index + capitals.Length;
            }
            WriteLinked(words, at, words.Length, links);
        }

        private List<TextLink> Links(string words)
        {
            var links = CrossReferences.In(said.ToString(), words, clause.Label, text)
                .Where(r => r.Target is not null).Select(r => new TextLink(r.Start, r.Length, r.Target!.Label, null)).ToList();
            var taken = links.Count;
            foreach (var use in terms.Uses(words, clause.Label))
            {
                if (!links.Take(taken).Any(l => use.Start < l.Start + l.Length && l.Start < use.Start + use.Length) && linkedTerms.Add(use.Term!))
                {
                    links.Add(use);
                }
            }
            return [.. links.OrderBy(l => l.Start)];
        }

        private void WriteLinked(string words, int from, int to, List<TextLink> links)
        {
            foreach (var link in links.Where(l => l.Start >= from && l.Start + l.Length <= to))
            {
                WriteWords(words[from..link.Start]);
                html.Append(link.Term is null ? "<a class=\"reference\" href=\"#" : "<a class=\"term\" href=\"#").Append(Escape(link.To.Anchor)).Append("\">");
                WriteWords(words.Substring(link.Start, link.Length));
                html.Append("</a>");
                from = link.Start + link.Length;
            }
            WriteWords(words[from..to]);
        }

        private void WriteWords(string words) =>
            html.Append(KeptFootnoteMark().Replace(Escape(words), m => text.Find("fn" + m.Groups[1].Value) is { } footnote
                ? $"<sup><a class=\"footnote-mark\" href=\"#{Escape(footnote.Label.Anchor)}\">[{m.Groups[1].Value}]</a></sup>"
                : $"[{m.Groups[1].Value}]"));

        private static int LengthOf(ContainerInline inlines) => inlines.Descendants<LiteralInline>().Sum(l => l.Content.Length);
    }
}

/// <summary>A clause's own words as HTML.</summary>
/// <param name="Html">The words with links, emphasis and escapes: the inside of a paragraph. Empty for a mere heading.</param>
/// <param name="IsConspicuous">Whether the original sets the whole of a long passage off, in capitals or bold type.</param>
public sealed record RenderedClause(string Html, bool IsConspicuous);
