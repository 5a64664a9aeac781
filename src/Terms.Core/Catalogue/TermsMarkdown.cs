using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Terms.Catalogue;

/// <summary>The Markdown that texts are written in, and what a reader hears of it.</summary>
public static partial class TermsMarkdown
{
    internal static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseFootnotes().UsePreciseSourceLocation().Build();

    /// <summary>A text as Markdown; null, with the problem noted, if it is nested more deeply than is read.</summary>
    /// <param name="file">The name used in the problem.</param>
    /// <param name="markdown">The whole file.</param>
    /// <param name="problems">Takes the problem.</param>
    internal static MarkdownDocument? Read(string file, string markdown, ProblemList problems)
    {
        try
        {
            return Markdown.Parse(markdown, Pipeline);
        }
        catch (ArgumentException) // Markdig has no other word for it.
        {
            problems.Add(file, 1, "quotations, lists or bold words stand in one another more deeply than is read", "Write each as a paragraph of its own.");
            return null;
        }
    }

    /// <summary>
    /// Whether words behind a number are one paragraph by themselves. If not, Markdown would take what they begin with for the mark of a list, a heading, a quotation or a definition, and no reader would see it.
    /// </summary>
    internal static bool IsParagraph(string words)
    {
        if (words.Length == 0 || !char.IsAscii(words[0]) || char.IsAsciiLetter(words[0]))
        {
            return true;
        }
        try
        {
            return Markdown.Parse(words, Pipeline) is [ParagraphBlock];
        }
        catch (ArgumentException) // They are nested more deeply than is read.
        {
            return false;
        }
    }

    /// <summary>Words with a backslash before the mark that they begin with, so that it is shown.</summary>
    internal static string WithoutMark(string words) => char.IsAsciiDigit(words[0]) ? words.Insert(words.AsSpan().IndexOfAnyExceptInRange('0', '9'), "\\") : "\\" + words;

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

    /// <summary>The mark of a footnote, <c>[^1]</c>.</summary>
    [GeneratedRegex(@"\[\^([^\]]+)\]")]
    internal static partial Regex FootnoteMark();

    [GeneratedRegex(@"\s+")]
    internal static partial Regex Spaces();
}
