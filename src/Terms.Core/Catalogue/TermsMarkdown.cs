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
