using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Rendering;

namespace Terms.Tests.Rendering;

public sealed class TextRendererTests
{
    private static readonly AgreementCatalogue Catalogue = Read();

    public static TheoryData<string, string, int> Texts
    {
        get
        {
            var texts = new TheoryData<string, string, int>();
            foreach (var (version, text) in Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.Texts.Select(t => (v, t))))
            {
                texts.Add(version.Path, text.Language, text.Number);
            }
            return texts;
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_export_begins_with_title_edition_version_and_digest(string path, string language, int number)
    {
        var (version, text) = Find(path, language, number);
        string[] head = [text.Title, EditionNotice.Restatement, path, version.TextDigest.Value];

        foreach (var export in new[] { TextRenderer.PlainText(version, text), TextRenderer.Markdown(version, text) })
        {
            var positions = head.Select(h => export.IndexOf(h, StringComparison.Ordinal)).ToList();
            Assert.DoesNotContain(-1, positions);
            Assert.Equal(positions.Order(), positions);
            Assert.All(text.All.Where(c => c.Text.Length > 0), c => Assert.True(
                export.Contains(c.Text, StringComparison.Ordinal) || export.Contains(c.Markdown, StringComparison.Ordinal), c.Label.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_page_stands_alone_and_every_link_in_it_leads_somewhere(string path, string language, int number)
    {
        var (version, text) = Find(path, language, number);
        var html = TextRenderer.Html(version, text);

        Assert.StartsWith("<!DOCTYPE html>", html, StringComparison.Ordinal);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(script|link|img|iframe)\\b| src=", html);
        var anchors = Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(text.All.Select(c => c.Label.Anchor), anchors);
        Assert.All(Regex.Matches(html, "href=\"#([^\"]+)\"").Select(m => m.Groups[1].Value), target => Assert.Contains(target, anchors));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Html_without_its_marks_says_what_the_clause_says(string path, string language, int number)
    {
        var (_, text) = Find(path, language, number);
        var rendered = RenderedText.Of(text);

        Assert.All(text.All, clause =>
        {
            var words = System.Net.WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(rendered[clause.Label].Html, "<sup>.*?</sup>", ""), "<[^>]+>", ""));
            Assert.Equal(Regex.Replace(clause.Text, @"\[\^[^\]]+\]", ""), Regex.Replace(words, @"\s+", " ").Trim());
        });
    }

    [Fact]
    public void A_text_is_rendered_once()
    {
        var (_, text) = Find("free-membership/2025-04-01", "en", 1);
        Assert.Same(RenderedText.Of(text), RenderedText.Of(text));
    }

    [Fact]
    public void A_paragraph_is_looked_for_in_its_own_clause()
    {
        var html = Clause("free-membership/2025-04-01", "1.1(e)");
        Assert.Contains("<a class=\"reference\" href=\"#c-1.1(a)\">paragraphs (a)</a>", html, StringComparison.Ordinal);
        Assert.Contains("<a class=\"reference\" href=\"#c-1.1(d)\">(d)</a>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_term_leads_to_its_definition_and_pronouns_do_not()
    {
        var (_, text) = Find("free-membership/2025-04-01", "en", 1);
        var terms = RenderedText.Of(text).Terms;

        Assert.Equal("1.1(e)", Assert.Single(terms.All, t => t.Name == "Relevant Jurisdictions").Clauses.Single().Value);
        Assert.DoesNotContain(terms.All, t => t.Name is "we" or "We" or "you" or "our" or "us");
        Assert.Contains("<a class=\"term\" href=\"#c-1.1\">AliExpress Sites</a>", Clause("free-membership/2025-04-01", "1.1(c)"), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#c-1.1(e)\">Relevant", Clause("free-membership/2025-04-01", "1.1(d)"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("See clause 1.1.", "clause 1.1")]
    [InlineData("See clauses 1.1 and 1.2.", "clauses 1.1|1.2")]
    [InlineData("See section 1 and clause 1.1(a).", "section 1|clause 1.1(a)")]
    [InlineData("See paragraph (a) of clause 1.1.", "paragraph (a)|clause 1.1")]
    [InlineData("As defined in paragraph (a) below.", "")]
    [InlineData("See clause 9.9.", "")]
    [InlineData("See clause no. 1.1 there.", "")]
    [InlineData("See clause 1.1 of the Transaction Services Agreement.", "")]
    [InlineData("The Transaction Services Agreement (clause 1.1) applies.", "")]
    [InlineData("The [Transaction Services Agreement](https://example.com) additionally requires (clause 1.1 in particular) more.", "")]
    [InlineData("See clause 1.1 of this Agreement.", "clause 1.1")]
    [InlineData("As this clause 1.1 determines.", "")]
    [InlineData("Health & Safety Code Section 1 requires it.", "")]
    [InlineData("Within section 1 and 30 days of it.", "section 1")]
    [InlineData("See [clause 1.1](https://example.com).", "")]
    public void References_are_linked_where_they_can_be_followed(string words, string linked)
    {
        var text = Parse($"# T\n\n## 1. S\n\n1.1 One.\n\n(a) Item.\n\n1.2 Two.\n\n1.3 {words}\n");
        var html = RenderedText.Of(text)[new ClauseLabel("1.3")].Html;
        Assert.Equal(linked, string.Join('|', Regex.Matches(html, "class=\"reference\" href=\"[^\"]+\">([^<]+)<").Select(m => m.Groups[1].Value)));
    }

    [Fact]
    public void A_number_used_twice_is_not_guessed_at()
    {
        var text = Parse("# T\n\n## 1. S\n\n1.1 One.\n\n1.1 [2nd] Another.\n\n1.2 See clause 1.1.\n");
        Assert.Equal("See clause 1.1.", RenderedText.Of(text)[new ClauseLabel("1.2")].Html);
    }

    [Fact]
    public void Markup_in_a_text_stays_words_and_unsafe_links_are_none()
    {
        var text = Parse("# T\n\n1.1 <script>alert(1)</script> & \"x\" [go](javascript:alert) [mail](mailto:a@example.com).\n", expectProblems: true);
        var html = RenderedText.Of(text).Html();
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"mailto:a@example.com\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Capitals_and_long_bold_passages_are_marked()
    {
        var bold = string.Join(' ', Enumerable.Repeat("liability", 30));
        var text = Parse($"# T\n\n## 1. S\n\n1.1 Then THE SITE IS PROVIDED AS IT STANDS today.\n\n1.2 **{bold}**\n\n1.3 Some words. **{bold}** And others.\n\n1.4 **Short.** PTE LTD only.\n");
        var rendered = RenderedText.Of(text);
        Assert.Equal("Then <span class=\"capitals\">THE SITE IS PROVIDED AS IT STANDS</span> today.", rendered[new ClauseLabel("1.1")].Html);
        Assert.True(rendered[new ClauseLabel("1.2")].IsConspicuous);
        Assert.False(rendered[new ClauseLabel("1.3")].IsConspicuous);
        Assert.Contains("<strong class=\"conspicuous\">", rendered[new ClauseLabel("1.3")].Html, StringComparison.Ordinal);
        Assert.Equal("<strong>Short.</strong> PTE LTD only.", rendered[new ClauseLabel("1.4")].Html);
    }

    [Theory]
    [InlineData("§6", "6")]
    [InlineData("6.7", "6.7")]
    [InlineData("1.1(c)", "(c)")]
    [InlineData("2.1 ¶3", null)]
    [InlineData("8.3 [2nd]", "8.3 [2nd]")]
    [InlineData("preamble ¶1", null)]
    [InlineData("fn1", "1")]
    [InlineData("excerpt", null)]
    public void A_clause_shows_its_number(string label, string? number) => Assert.Equal(number, ClauseNumber.Of(new ClauseLabel(label)));

    private static string Clause(string path, string label) => RenderedText.Of(Find(path, "en", 1).Text)[new ClauseLabel(label)].Html;

    private static (AgreementVersion Version, TermsText Text) Find(string path, string language, int number)
    {
        var version = Catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);
        return (version, version.Text(language, number)!);
    }

    private static TermsText Parse(string markdown, bool expectProblems = false)
    {
        var problems = new ProblemList();
        var text = TermsTextParser.Parse("terms.en.md", markdown, "en", 1, false, ImmutableArray<string>.Empty, problems)!;
        Assert.Equal(expectProblems, problems.Count > 0);
        return text;
    }

    private static AgreementCatalogue Read()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "content", "catalogue.yaml")))
        {
            folder = folder.Parent!;
        }
        return CatalogueReader.Read(Path.Combine(folder.FullName, "content"), new ProblemList());
    }
}

internal static class Rendered
{
    public static string Html(this RenderedText text) => text[new ClauseLabel("1.1")].Html;
}
