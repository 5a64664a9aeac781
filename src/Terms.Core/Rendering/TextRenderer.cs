using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>Whole texts to keep: a page of HTML that needs nothing else, Markdown, plain text. Each begins with title, version, edition and digest.</summary>
public static class TextRenderer
{
    private const string Style =
        """
        :root{color-scheme:light dark}
        body{max-width:68ch;margin:2rem auto;padding:0 1rem 0 4.5rem;font:1.0625rem/1.6 Charter,"Bitstream Charter",Cambria,Georgia,serif}
        h1{line-height:1.2}
        h2{margin-top:2.5em;line-height:1.3}
        .number{float:left;margin-left:-4rem;width:3.5rem;font-variant-numeric:tabular-nums;color:#595959}
        .item,.footnote{margin-left:2.5rem}
        .item>p>.number{margin-left:-2.5rem;width:2.2rem}
        .edition{border:2px solid;padding:.5rem 1rem;font-weight:bold}
        .about{overflow-wrap:anywhere;font-size:.9rem}
        .conspicuous{font-weight:normal}
        p.conspicuous{border-left:3px solid;padding-left:1rem}
        .capitals{font-size:.86em;letter-spacing:.02em}
        aside{margin:.5rem 0 1rem 2.5rem;padding-left:1rem;border-left:1px solid;font-size:.9rem;font-style:italic}
        @media (prefers-color-scheme:dark){.number{color:#b0b0b0}}
        @media print{body{max-width:none;font-size:11pt}a{color:inherit;text-decoration:none}}
        """;

    /// <summary>The style of <see cref="Html"/> as a source for <c>style-src</c> of a content security policy.</summary>
    public static readonly string StyleSource = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'";

    /// <summary>A complete page without outside resources or scripts, with the anchors of every clause.</summary>
    public static string Html(AgreementVersion version, TermsText text)
    {
        var rendered = RenderedText.Of(text);
        var html = new StringBuilder();
        var title = RenderedText.Escape(text.Title);
        html.Append("<!DOCTYPE html>\n<html lang=\"").Append(RenderedText.Escape(text.Language)).Append("\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>").Append(title).Append(", ").Append(version.Id)
            .Append("</title>\n<style>").Append(Style).Append("</style>\n</head>\n<body>\n<main>\n<h1>").Append(title).Append("</h1>\n<p class=\"edition\" lang=\"en\">")
            .Append(RenderedText.Escape(EditionNotice.Of(version))).Append("</p>\n<ul class=\"about\" lang=\"en\">\n");
        foreach (var (name, value) in About(version, text))
        {
            html.Append("<li>").Append(name).Append(": ").Append(RenderedText.Escape(value)).Append("</li>\n");
        }
        html.Append("</ul>\n");
        foreach (var clause in text.Clauses)
        {
            WriteHtml(html, rendered, clause);
        }
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    /// <summary>The text in the form of the content folder, after a head that says what it is.</summary>
    public static string Markdown(AgreementVersion version, TermsText text)
    {
        var markdown = new StringBuilder().Append("# ").Append(text.Title).Append("\n\n**").Append(EditionNotice.Of(version)).Append("**\n\n");
        foreach (var (name, value) in About(version, text))
        {
            markdown.Append("- ").Append(name).Append(": ").Append(value).Append('\n');
        }
        markdown.Append("\n---\n\n");
        foreach (var clause in text.All)
        {
            WriteMarkdown(markdown, clause);
        }
        return markdown.ToString();
    }

    /// <summary>The words alone, a line for each paragraph, indented as they are nested.</summary>
    public static string PlainText(AgreementVersion version, TermsText text)
    {
        var plain = new StringBuilder().Append(text.Title).Append('\n').Append(EditionNotice.Of(version)).Append('\n');
        foreach (var (name, value) in About(version, text))
        {
            plain.Append(name).Append(": ").Append(value).Append('\n');
        }
        plain.Append('\n');
        foreach (var clause in text.Clauses)
        {
            WritePlain(plain, clause, 0);
        }
        return plain.ToString();
    }

    /// <summary>What the head of every export says.</summary>
    internal static IEnumerable<(string Name, string Value)> About(AgreementVersion version, TermsText text)
    {
        yield return ("Version", version.Path);
        yield return ("Effective", Day(version.Id.Effective));
        yield return ("Announced", Day(version.Details.Announced));
        if (version.Details.IsExcerpt)
        {
            yield return ("Extent", "an excerpt");
        }
        yield return ("Rendering", string.Create(CultureInfo.InvariantCulture, $"{text.Language}, {text.Number} of {version.Texts.Count(t => t.Language == text.Language)}"));
        yield return ("Text digest", version.TextDigest.Value);
        yield return ("Digest of this rendering", text.Digest.Value);
    }

    private static string Day(DateOnly? day) => day?.ToFullDate() ?? "not known";

    private static void WriteHtml(StringBuilder html, RenderedText rendered, Clause clause)
    {
        var number = ClauseNumber.Of(clause.Label) is { } n ? $"<span class=\"number\">{RenderedText.Escape(n)}</span> " : "";
        var section = ClauseNumber.IsSection(clause.Label);
        var kind = section ? "section" : ClauseNumber.IsFootnote(clause.Label) ? "footnote" : clause.Label.Value.EndsWith(')') ? "item" : "clause";
        var own = rendered[clause.Label];
        html.Append("<div class=\"").Append(kind).Append("\" id=\"").Append(RenderedText.Escape(clause.Label.Anchor)).Append("\">\n");
        if (section || clause.Heading is not null)
        {
            var level = section ? "h2" : "h3";
            html.Append('<').Append(level).Append('>').Append(number).Append(RenderedText.Escape(clause.Heading ?? "")).Append("</").Append(level).Append(">\n");
            number = "";
        }
        if (own.Html.Length > 0 || number.Length > 0)
        {
            html.Append(own.IsConspicuous ? "<p class=\"conspicuous\">" : "<p>").Append(number).Append(own.Html).Append("</p>\n");
        }
        foreach (var note in clause.Notes)
        {
            html.Append("<aside lang=\"en\">Editor’s note: ").Append(RenderedText.Escape(note)).Append("</aside>\n");
        }
        foreach (var child in clause.Children)
        {
            WriteHtml(html, rendered, child);
        }
        html.Append("</div>\n");
    }

    private static void WriteMarkdown(StringBuilder markdown, Clause clause)
    {
        var number = ClauseNumber.Of(clause.Label);
        var line = (ClauseNumber.IsFootnote(clause.Label), ClauseNumber.IsSection(clause.Label), clause.Heading) switch
        {
            (true, _, _) => $"[^{number}]: {clause.Markdown}",
            (_, true, _) => $"## {number}. {clause.Heading}".TrimEnd(),
            (_, _, { } heading) => $"### {number} {heading}" + (clause.Markdown.Length > 0 ? $"\n\n{clause.Markdown}" : ""),
            _ => number is null ? clause.Markdown : $"{number} {clause.Markdown}",
        };
        markdown.Append(line.TrimEnd()).Append("\n\n");
        foreach (var note in clause.Notes)
        {
            markdown.Append("> Editor's note: ").Append(note).Append("\n\n");
        }
    }

    private static void WritePlain(StringBuilder plain, Clause clause, int depth)
    {
        var indent = new string(' ', depth * 4);
        string[] parts = [ClauseNumber.Of(clause.Label) ?? "", clause.Heading ?? "", clause.Text];
        plain.Append(indent).AppendJoin(' ', parts.Where(p => p.Length > 0)).Append("\n\n");
        foreach (var note in clause.Notes)
        {
            plain.Append(indent).Append("    [Editor's note: ").Append(note).Append("]\n\n");
        }
        foreach (var child in clause.Children)
        {
            WritePlain(plain, child, ClauseNumber.IsSection(clause.Label) ? depth : depth + 1);
        }
    }
}
