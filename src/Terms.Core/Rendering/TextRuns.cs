using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>Words set in one way.</summary>
/// <param name="Text">The words; empty for a footnote's mark.</param>
/// <param name="IsBold">Whether they are set in bold type.</param>
/// <param name="IsItalic">Whether they are set in italics.</param>
/// <param name="Link">Where they lead: an address that <see cref="SafeLink"/> allows, or null.</param>
/// <param name="Footnote">The mark of the footnote that is referred to here, such as <c>1</c>; null for words.</param>
public sealed record TextRun(string Text, bool IsBold = false, bool IsItalic = false, string? Link = null, string? Footnote = null);

/// <summary>A clause's own words as runs: what a format with typefaces and links, but without Markdown, needs.</summary>
public static partial class TextRuns
{
    /// <summary>The runs of a clause of a text. Joined, they are its <see cref="Clause.Text"/>; the mark of a footnote that is not in the text stays as <c>[1]</c>.</summary>
    public static ImmutableArray<TextRun> Of(TermsText text, Clause clause)
    {
        if (clause.Markdown.Length == 0)
        {
            return [];
        }
        // A footnote's mark is kept from the parser, which knows footnotes only of the same file.
        var markdown = FootnoteMark().Replace(clause.Markdown, m => $"\uE000{m.Groups[1].Value}\uE001");
        var found = new List<TextRun>();
        foreach (var block in Markdown.Parse(markdown, TermsMarkdown.Pipeline).Descendants<LeafBlock>())
        {
            Add(found, block.Inline, new TextRun(""));
        }
        return Tidied(found, text);
    }

    private static void Add(List<TextRun> found, ContainerInline? inlines, TextRun style)
    {
        foreach (var inline in inlines ?? Enumerable.Empty<Inline>())
        {
            switch (inline)
            {
                case LiteralInline literal:
                    found.Add(style with { Text = literal.Content.ToString() });
                    break;
                case CodeInline code:
                    found.Add(style with { Text = code.Content });
                    break;
                case LineBreakInline:
                    found.Add(style with { Text = " " });
                    break;
                case HtmlEntityInline entity:
                    found.Add(style with { Text = entity.Transcoded.ToString() });
                    break;
                case AutolinkInline auto:
                    var address = auto.IsEmail ? "mailto:" + auto.Url : auto.Url;
                    found.Add(style with { Text = auto.Url, Link = SafeLink.Allows(address) ? address : style.Link });
                    break;
                case LinkInline { IsImage: false } link:
                    Add(found, link, style with { Link = SafeLink.Allows(link.Url) ? link.Url : style.Link });
                    break;
                case EmphasisInline emphasis:
                    Add(found, emphasis, emphasis.DelimiterCount == 2 ? style with { IsBold = true } : style with { IsItalic = true });
                    break;
                case ContainerInline container:
                    Add(found, container, style);
                    break;
            }
        }
    }

    /// <summary>Joins runs of one style, collapses white space as <see cref="TermsMarkdown.PlainText"/> does, and takes out the footnotes' marks.</summary>
    private static ImmutableArray<TextRun> Tidied(List<TextRun> found, TermsText text)
    {
        var tidied = ImmutableArray.CreateBuilder<TextRun>();
        var words = new StringBuilder();
        var afterSpace = true;
        TextRun? current = null;
        foreach (var run in found)
        {
            if (current is not null && current with { Text = run.Text } != run)
            {
                Flush(current);
            }
            current = run;
            for (var i = 0; i < run.Text.Length; i++)
            {
                var c = run.Text[i];
                if (c == '\uE000' && run.Text.IndexOf('\uE001', i) is var end && end > 0)
                {
                    var mark = run.Text[(i + 1)..end];
                    i = end;
                    afterSpace = false;
                    if (text.Find("fn" + mark) is null)
                    {
                        words.Append('[').Append(mark).Append(']');
                        continue;
                    }
                    Flush(run);
                    tidied.Add(run with { Text = "", Footnote = mark });
                }
                else if (!char.IsWhiteSpace(c))
                {
                    words.Append(c);
                    afterSpace = false;
                }
                else if (!afterSpace)
                {
                    words.Append(' ');
                    afterSpace = true;
                }
            }
        }
        Flush(current);
        if (tidied is [.., { Footnote: null } last] && last.Text.EndsWith(' '))
        {
            tidied[^1] = last with { Text = last.Text.TrimEnd() };
        }
        return [.. tidied.Where(r => r.Text.Length > 0 || r.Footnote is not null)];

        void Flush(TextRun? style)
        {
            if (style is not null && words.Length > 0)
            {
                tidied.Add(style with { Text = words.ToString() });
                words.Clear();
            }
        }
    }

    [GeneratedRegex(@"\[\^([^\]\s]{1,20})\]")]
    private static partial Regex FootnoteMark();
}
