using System.Xml.Linq;
using Terms.Catalogue;
using Terms.Export;
using Terms.Rendering;

namespace Terms.Tests.Export;

public sealed class WordExportTests
{
    private static readonly XNamespace W = WordFile.W;

    public static TheoryData<string, string, int> Texts()
    {
        var texts = new TheoryData<string, string, int>();
        foreach (var (version, text) in All())
        {
            texts.Add(version.Path, text.Language, text.Number);
        }
        return texts;
    }

    private static IEnumerable<(AgreementVersion Version, TermsText Text)> All() =>
        Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.Texts, (v, t) => (v, t));

    private static byte[] Docx(string path, string language = "en", int number = 1) => WordExport.Docx(Shipped.Version(path), Shipped.Version(path).Text(language, number)!);

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_shipped_text_is_a_valid_Word_file(string path, string language, int number) => WordValidity.Check(Docx(path, language, number));

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_same_text_gives_the_same_bytes(string path, string language, int number) => Assert.Equal(Docx(path, language, number), Docx(path, language, number));

    [Theory]
    [MemberData(nameof(Texts))]
    public void Read_back_a_file_has_the_same_labels_in_order_and_the_same_words(string path, string language, int number)
    {
        var text = Shipped.Version(path).Text(language, number)!;
        var wanted = new List<(string Label, string? Heading, string Words)>();
        foreach (var clause in text.All.Where(c => !c.Label.Value.StartsWith("fn", StringComparison.Ordinal)))
        {
            wanted.Add((clause.Label.Value, clause.Heading, clause.Text));
        }

        foreach (var apart in new[] { false, true })
        {
            var file = new WordFile(WordExport.Docx(Shipped.Version(path), text), apart);
            Assert.Equal(text.Title, Assert.Single(file.Paragraphs, p => p.Style == "Title").Text);
            Assert.Equal(wanted, Clauses(file, text));
            Assert.Equal(text.All.Where(c => c.Label.Value.StartsWith("fn", StringComparison.Ordinal)).Select(c => c.Text),
                file["word/footnotes.xml"].Elements(W + "footnote").Skip(2).Select(f => string.Concat(f.Descendants(W + "t").Select(t => t.Value)).Trim()));
        }
    }

    /// <summary>The clauses again, from nothing but styles, numbers and words. Where labels cannot be counted (an excerpt, an explicit preamble) the text says how it starts.</summary>
    private static List<(string Label, string? Heading, string Words)> Clauses(WordFile file, TermsText text)
    {
        var found = new List<(string Label, string? Heading, string Words)>();
        var (start, clause, paragraphs) = (text.Clauses[0].Label.Value.Split(" ¶")[0], "", 0);
        var isCounted = text.Clauses[0].Label.Value.Contains('¶');
        foreach (var p in file.Paragraphs.Where(p => p.Style != "Title"))
        {
            var shown = p.Shown.Replace("\uFFFC", "", StringComparison.Ordinal);
            var tab = shown.IndexOf('\t', StringComparison.Ordinal);
            var (number, words) = tab < 0 ? (null, shown) : (shown[..tab], shown[(tab + 1)..]);
            if (number is null && found.Count > 0 && found[^1] is { Heading: not null, Words: "" } && !found[^1].Label.StartsWith('§'))
            {
                found[^1] = (found[^1].Label, found[^1].Heading, words);
                paragraphs = 1;
            }
            else if (number is null)
            {
                paragraphs++;
                var around = clause.Length > 0 ? clause : start;
                found.Add((paragraphs == 1 && clause.Length == 0 && !isCounted ? start : $"{around} ¶{paragraphs}", null, words));
            }
            else if (number.StartsWith('('))
            {
                found.Add(((clause.Length > 0 ? clause : start) + number, null, words));
            }
            else
            {
                var isSection = number.EndsWith('.');
                var isHeading = p.Style.StartsWith("Heading", StringComparison.Ordinal);
                clause = isSection ? "§" + number[..^1] : number;
                paragraphs = isSection || isHeading ? 0 : 1;
                found.Add((clause, isHeading && words.Length > 0 ? words : null, isHeading ? "" : words));
            }
        }
        return found;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Words_own_lists_give_every_number_save_one_that_is_used_again(string path, string language, int number)
    {
        var text = Shipped.Version(path).Text(language, number)!;
        var written = new WordFile(Docx(path, language, number)).Paragraphs.Where(p => p.Listed is null && p.Text.Contains('\t', StringComparison.Ordinal)).Select(p => p.Text.Split('\t')[0]);

        Assert.Equal(text.All.Where(c => c.Label.Value.Contains('[')).Select(c => ClauseNumber.Of(c.Label)!), written);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Runs_of_a_clause_are_its_words(string path, string language, int number)
    {
        var text = Shipped.Version(path).Text(language, number)!;

        Assert.All(text.All, c => Assert.Equal(c.Text, string.Concat(TextRuns.Of(text, c).Select(r => r.Text))));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_clause_has_a_bookmark_with_its_anchor(string path, string language, int number)
    {
        var text = Shipped.Version(path).Text(language, number)!;
        var file = new WordFile(Docx(path, language, number));
        var bookmarks = file["word/document.xml"].Descendants(W + "bookmarkStart").Concat(file["word/footnotes.xml"].Descendants(W + "bookmarkStart")).Select(b => b.Attribute(W + "name")!.Value);

        Assert.Empty(text.All.Select(c => c.Label.Anchor).Except(bookmarks));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Editors_notes_are_comments_and_no_part_of_the_text(string path, string language, int number)
    {
        var text = Shipped.Version(path).Text(language, number)!;
        var file = new WordFile(Docx(path, language, number));

        Assert.Equal(text.All.SelectMany(c => c.Notes).Order(StringComparer.Ordinal),
            file["word/comments.xml"].Elements(W + "comment").Select(c => string.Concat(c.Descendants(W + "t").Select(t => t.Value))).Order(StringComparer.Ordinal));
        Assert.All(file["word/comments.xml"].Elements(W + "comment"), c => Assert.Equal("Editor’s note", c.Attribute(W + "author")!.Value));
    }

    [Fact]
    public void The_file_says_what_it_is_at_the_top_in_the_header_and_in_its_properties()
    {
        var version = Shipped.Version("free-membership/2025-04-01");
        var file = new WordFile(Docx("free-membership/2025-04-01"));
        var top = file["word/document.xml"].Descendants(W + "sdt").First();

        Assert.Equal("terms-front-matter", top.Descendants(W + "tag").Single().Attribute(W + "val")!.Value);
        Assert.Contains("A restatement, not the operator's official text.", top.Value, StringComparison.Ordinal);
        Assert.Contains(version.TextDigest.Value, top.Value, StringComparison.Ordinal);
        Assert.Contains("AliExpress.com Free Membership Agreement", file["word/header1.xml"].Value, StringComparison.Ordinal);
        Assert.Contains("free-membership/2025-04-01", file["word/header1.xml"].Value, StringComparison.Ordinal);
        Assert.Contains(version.TextDigest.Value, file["word/header1.xml"].Value, StringComparison.Ordinal);
        Assert.Contains(" PAGE ", file["word/footer1.xml"].Value, StringComparison.Ordinal);
        var core = file["docProps/core.xml"].Elements().ToDictionary(e => e.Name.LocalName, e => e.Value, StringComparer.Ordinal);
        Assert.Equal("AliExpress.com Free Membership Agreement", core["title"]);
        Assert.Equal("free-membership/2025-04-01, restatement", core["subject"]);
        Assert.Equal("en", core["language"]);
        Assert.Contains(version.TextDigest.Value, file["docProps/custom.xml"].Value, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_contents_lists_the_headings_and_leads_to_them()
    {
        var file = new WordFile(Docx("merchant-service/2022-01-01"));
        var contents = file["word/document.xml"].Descendants(W + "sdt").ElementAt(1);
        var entries = contents.Descendants(W + "hyperlink").ToList();
        var targets = file["word/document.xml"].Descendants(W + "bookmarkStart").Select(b => b.Attribute(W + "name")!.Value).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(file.Paragraphs.Where(p => p.Style is "Heading1" or "Heading2").Select(p => p.Shown.Replace("\t", "", StringComparison.Ordinal)), entries.Select(e => e.Value));
        Assert.All(entries, e => Assert.Contains(e.Attribute(W + "anchor")!.Value, targets));
    }

    [Fact]
    public void Links_footnotes_and_bold_type_survive()
    {
        var file = new WordFile(Docx("free-membership/2025-04-01"));
        var links = file["word/_rels/document.xml.rels"].Elements().Where(r => r.Attribute("TargetMode")?.Value == "External").Select(r => r.Attribute("Target")!.Value).ToList();

        Assert.Contains("http://terms.alicdn.com/legal-agreement/terms/suit_bu1_aliexpress/suit_bu1_aliexpress201909171350_82407.html", links);
        Assert.Contains("Its former name is AliExpress Russia Holding Private Limited.", file["word/footnotes.xml"].Value, StringComparison.Ordinal);
        var welcome = file.Paragraphs.Single(p => p.Listed == "1.1");
        Assert.Equal("Welcome to the free service of AliExpress.com", welcome.Element.Elements(W + "r").First(r => r.Element(W + "rPr")?.Element(W + "b") is not null).Value);
    }
}
