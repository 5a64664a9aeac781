using Terms.Import;
using static Terms.Tests.Import.WordFile;

namespace Terms.Tests.Import;

/// <summary>Word files import with the numbers that Word shows, and with everything else that Word shows.</summary>
public sealed class WordImportTests
{
    private static readonly string Legal =
        $"<w:abstractNum w:abstractNumId=\"1\">{Level(0, "decimal", "%1.", "<w:pStyle w:val=\"Head\"/>")}{Level(1, "decimal", "%1.%2")}{Level(2, "lowerLetter", "(%3)")}{Level(3, "lowerRoman", "(%4)")}{Level(4, "upperLetter", "(%5)")}</w:abstractNum>"
        + "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";

    private const string Styles =
        "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>"
        + "<w:style w:type=\"paragraph\" w:styleId=\"Head\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>";

    [Fact]
    public void Multi_level_numbering_becomes_the_numbers_that_Word_shows()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + P("Effective from 5 May 2020") + P("Riding", "Head")
            + P("Two people ride.", list: 1, level: 1) + P("They take turns with:", list: 1, level: 1) + P("the brakes,", list: 1, level: 2) + P("the bell, when", list: 1, level: 2)
            + P("turning,", list: 1, level: 3) + P("stopping.", list: 1, level: 3) + P("Loud bells", list: 1, level: 4) + P("the map.", list: 1, level: 2)
            + P("Paying", "Head") + P("Both pay.", list: 1, level: 1) + P("A paragraph without a number.")).WithNumbering(Legal).WithStyles(Styles);

        var version = Import(word).Versions.Single();

        Assert.Equal("Tandem Rental", version.Title);
        Assert.Equal(new DateOnly(2020, 5, 5), version.Effective);
        Assert.Equal("preamble ¶1|§1|1.1|1.2|1.2(a)|1.2(b)|1.2(b)(i)|1.2(b)(ii)|1.2(b)(ii)(A)|1.2(c)|§2|2.1|2.1 ¶2", Labels(version));
        Assert.Equal("Paying", version.Text.Find("§2")!.Heading);
    }

    [Fact]
    public void A_list_that_starts_anew_counts_from_its_override_and_levels_may_be_replaced()
    {
        var numbering = Legal
            + "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"2\"><w:startOverride w:val=\"3\"/></w:lvlOverride></w:num>"
            + $"<w:num w:numId=\"3\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"1\">{Level(1, "decimal", "%1.%2.", "<w:isLgl/>")}</w:lvlOverride></w:num>";
        var word = WithBody(
            P("Tandem Rental", "Title") + P("Riding", list: 1) + P("First:", list: 1, level: 1) + P("one", list: 2, level: 2) + P("two", list: 2, level: 2) + P("Second.", list: 3, level: 1)
            + P("Paying", list: 1) + P("Third.", list: 3, level: 1)).WithNumbering(numbering).WithStyles(Styles);

        Assert.Equal("§1|1.1|1.1(c)|1.1(d)|1.2|§2|2.1", Labels(Import(word).Versions.Single()));
    }

    [Fact]
    public void Roman_capital_sections_and_restarts_after_another_level_are_counted_as_Word_does()
    {
        var numbering = $"<w:abstractNum w:abstractNumId=\"1\">{Level(0, "upperRoman", "Article %1.")}{Level(1, "decimal", "%1.%2", "<w:isLgl/>")}{Level(2, "upperLetter", "%3)", "<w:lvlRestart w:val=\"0\"/>")}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
        var word = WithBody(
            P("Tandem Rental", "Title") + P("Riding", list: 1) + P("First:", list: 1, level: 1) + P("one", list: 1, level: 2) + P("two", list: 1, level: 2)
            + P("Paying", list: 1) + P("Second:", list: 1, level: 1) + P("three", list: 1, level: 2)).WithNumbering(numbering).WithStyles(Styles);

        Assert.Equal("§1|1.1|1.1(A)|1.1(B)|§2|2.1|2.1(C)", Labels(Import(word).Versions.Single()));
    }

    [Fact]
    public void Links_footnotes_bold_words_and_runs_survive()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + P("1. Riding")
            + P($"{R("1.1 Read the ")}<w:hyperlink r:id=\"l1\">{R("gui")}{R("de")}</w:hyperlink>{R(" and ")}<w:r><w:rPr><w:b/></w:rPr><w:t>be</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\"> careful</w:t></w:r>{R(".")}<w:r><w:footnoteReference w:id=\"7\"/></w:r>")
            + P("1.2 That is * all_of_it [here].")).WithStyles(Styles).WithLink("l1", "https://tandem.example/guide")
            .WithFootnotes($"<w:footnote w:type=\"separator\" w:id=\"0\"><w:p/></w:footnote><w:footnote w:id=\"7\">{P("Always.")}</w:footnote>");

        var version = Import(word).Versions.Single();

        Assert.Equal("§1|1.1|1.2|fn1", Labels(version));
        Assert.Equal("Read the [guide](https://tandem.example/guide) and **be careful**.[^1]", version.Text.Find("1.1")!.Markdown);
        Assert.Equal("That is * all_of_it [here].", version.Text.Find("1.2")!.Text);
        Assert.Equal("Always.", version.Text.Find("fn1")!.Text);
    }

    [Fact]
    public void Tracked_changes_are_accepted_with_a_note_and_deleted_words_are_reported()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + P("1. Riding")
            + P($"{R("1.1 Two ")}<w:del><w:r><w:delText>strong </w:delText></w:r></w:del><w:ins>{R("kind ")}</w:ins>{R("people ride.")}")).WithStyles(Styles);

        var document = Import(word);

        Assert.Equal("Two kind people ride.", document.Versions.Single().Text.Find("1.1")!.Text);
        Assert.Contains(document.Report.LeftOut, l => l.Text == "strong" && l.Reason == "deleted in a tracked change");
        Assert.Contains(document.Report.Notes, n => n.Words == "tracked changes are taken as accepted");
    }

    [Fact]
    public void Tables_are_kept_as_paragraphs_and_tables_of_contents_and_page_heads_are_reported()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + P("Riding … 1", "TOC1") + P("1. Riding") + P("1.1 Prices:")
            + $"<w:tbl><w:tr><w:tc>{P("hour")}</w:tc><w:tc>{P("4 coins")}</w:tc></w:tr><w:tr><w:tc>{P("day")}</w:tc><w:tc>{P("9 coins")}</w:tc></w:tr></w:tbl>")
            .WithStyles(Styles + "<w:style w:type=\"paragraph\" w:styleId=\"TOC1\"><w:name w:val=\"toc 1\"/></w:style>")
            .With("word/header1.xml", "<w:hdr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:r><w:t>Draft of May</w:t></w:r></w:p></w:hdr>");

        var document = Import(word);

        Assert.Equal("§1|1.1|1.1 ¶2|1.1 ¶3", Labels(document.Versions.Single()));
        Assert.Equal("hour | 4 coins", document.Versions.Single().Text.Find("1.1 ¶2")!.Text);
        Assert.Contains(document.Report.LeftOut, l => l.Text == "Draft of May");
        Assert.Contains(document.Report.LeftOut, l => l.Reason == "the table of contents");
    }

    [Fact]
    public void Macros_are_not_read_and_said_to_be_there()
    {
        var word = WithBody(P("Tandem Rental", "Title") + P("1. Riding") + P("1.1 Two people ride.")).WithStyles(Styles).With("word/vbaProject.bin", "x");

        Assert.Contains(Import(word).Report.LeftOut, l => l.Reason == "macros");
    }

    private static ImportedDocument Import(WordFile word) => DocumentImporter.Import("tandem.docx", word.Bytes());

    private static string Labels(ImportedVersion version) => string.Join('|', version.Text.All.Select(c => c.Label));
}
