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

    [Fact]
    public void A_link_that_is_a_field_leads_to_its_address_and_the_instructions_of_fields_are_reported()
    {
        const string begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
        const string separate = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
        const string end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
        var word = WithBody(
            P("Tandem Rental", "Title") + P("1. Riding")
            + P($"{R("1.1 Read the ")}{begin}<w:r><w:instrText xml:space=\"preserve\"> HYPERLINK \"https://tandem.example/map\" </w:instrText></w:r>{separate}{R("map")}{end}{R(" on page ")}{begin}<w:r><w:instrText> PAGEREF x </w:instrText></w:r>{R("odd words")}{separate}{R("4")}{end}{R(".")}")
            + P($"{R("1.2 Or the ")}<w:fldSimple w:instr=\" HYPERLINK &quot;https://tandem.example/book&quot; \">{R("book")}</w:fldSimple>{begin}{R("never shown")}") + P("1.3 Or ask.")).WithStyles(Styles);

        var document = Import(word);

        Assert.Equal("Read the [map](https://tandem.example/map) on page 4.", document.Versions.Single().Text.Find("1.1")!.Markdown);
        Assert.Equal("Or the [book](https://tandem.example/book)", document.Versions.Single().Text.Find("1.2")!.Markdown);
        Assert.Equal("Or ask.", document.Versions.Single().Text.Find("1.3")!.Text);
        Assert.Equal(["odd words", "never shown"], document.Report.LeftOut.Where(l => l.Reason == "the instruction of a field").Select(l => l.Text));
    }

    [Fact]
    public void A_paragraph_whose_end_was_deleted_runs_on_into_the_next()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + P("1. Riding")
            + $"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{R("1.1 Two people ")}</w:p>" + P("ride.") + $"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:del><w:r><w:delText>Gone.</w:delText></w:r></w:del></w:p>" + P("1.2 They pay.")).WithStyles(Styles);

        var version = Import(word).Versions.Single();

        Assert.Equal("§1|1.1|1.2", Labels(version));
        Assert.Equal("Two people ride.", version.Text.Find("1.1")!.Text);
    }

    [Fact]
    public void A_table_with_one_column_is_a_frame_and_its_paragraphs_are_those_of_the_text()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + $"<w:tbl><w:tr><w:tc>{P("Riding", list: 1)}{P("Two people ride.", list: 1, level: 1)}</w:tc></w:tr><w:tr><w:tc>{P("Paying", list: 1)}{P("Both pay.", list: 1, level: 1)}</w:tc></w:tr></w:tbl>")
            .WithNumbering(Legal).WithStyles(Styles);

        Assert.Equal("§1|1.1|§2|2.1", Labels(Import(word).Versions.Single()));
    }

    [Fact]
    public void Notes_in_headings_and_in_the_title_move_behind_the_next_paragraph_and_empty_ones_are_left_out()
    {
        const string first = "<w:r><w:footnoteReference w:id=\"1\"/></w:r>";
        const string second = "<w:r><w:endnoteReference w:id=\"2\"/></w:r>";
        const string empty = "<w:r><w:footnoteReference w:id=\"3\"/></w:r>";
        var word = WithBody(P($"{R("Tandem Rental")}{first}", "Title") + P($"{R("1. Riding")}{second}") + P($"{R("1.1 Two people ride.")}{empty}")).WithStyles(Styles)
            .WithFootnotes($"<w:footnote w:id=\"1\">{P("Since May.")}</w:footnote><w:footnote w:id=\"3\">{P(" ")}</w:footnote>")
            .With("word/endnotes.xml", "<w:endnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:endnote w:id=\"2\"><w:tbl><w:tr><w:tc><w:p><w:r><w:t>On a hill.</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:endnote></w:endnotes>");

        var document = Import(word);
        var version = document.Versions.Single();

        Assert.Equal("Tandem Rental", version.Title);
        Assert.Equal("Riding", version.Text.Find("§1")!.Heading);
        Assert.Equal("Two people ride.[^1] [^2]", version.Text.Find("1.1")!.Markdown);
        Assert.Equal("Since May.|On a hill.", $"{version.Text.Find("fn1")!.Text}|{version.Text.Find("fn2")!.Text}");
        Assert.Contains(document.Report.Notes, n => n.Words == "the mark of a footnote without words was left out");
    }

    [Fact]
    public void Each_text_of_a_file_keeps_the_footnotes_that_it_refers_to()
    {
        static string Note(int id) => $"<w:r><w:footnoteReference w:id=\"{id}\"/></w:r>";
        static string Text(string title, int note) => P(title, "Title") + P("1. Riding") + P($"{R("1.1 Two people ride.")}{Note(note)}") + P("2. Paying") + P("2.1 Both pay.");
        var word = WithBody(Text("Tandem Rental", 1) + Text("Tricycle Rental", 2)).WithStyles(Styles).WithFootnotes($"<w:footnote w:id=\"1\">{P("Always.")}</w:footnote><w:footnote w:id=\"2\">{P("Never.")}</w:footnote>");

        var document = Import(word);

        Assert.Equal(["Always.", "Never."], document.Versions.Select((v, i) => v.Text.Find($"fn{i + 1}")!.Text));
        Assert.DoesNotContain(document.Report.Problems, p => p.What.Contains("footnote", StringComparison.Ordinal));
    }

    [Fact]
    public void A_sentence_in_the_style_of_a_heading_is_a_clause_with_words()
    {
        var word = WithBody(P("Tandem Rental", "Title") + P("Riding", "Head") + P("Two people ride, and each of them rings the bell before every corner of the road.", "Sentence"))
            .WithNumbering(Legal).WithStyles(Styles + "<w:style w:type=\"paragraph\" w:styleId=\"Sentence\"><w:name w:val=\"heading 2\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>");

        var clause = Import(word).Versions.Single().Text.Find("1.1")!;

        Assert.Null(clause.Heading);
        Assert.Equal("Two people ride, and each of them rings the bell before every corner of the road.", clause.Text);
    }

    [Fact]
    public void Lines_of_one_paragraph_that_begin_with_numbers_are_clauses()
    {
        var word = WithBody(P("Tandem Rental", "Title") + P("1. Riding") + P("<w:r><w:t>1.1 Two people ride,</w:t><w:br/><w:t>one behind the other.</w:t><w:br/><w:t>1.2 They take turns.</w:t></w:r>")).WithStyles(Styles);

        var version = Import(word).Versions.Single();

        Assert.Equal("§1|1.1|1.2", Labels(version));
        Assert.Equal("Two people ride, one behind the other.", version.Text.Find("1.1")!.Text);
    }

    [Fact]
    public void Content_controls_are_read_boxes_and_comments_and_readings_are_reported_and_embedded_files_are_a_problem()
    {
        var word = WithBody(
            P("Tandem Rental", "Title") + P("1. Riding")
            + P($"{R("1.1 Ride from ")}<w:sdt><w:sdtPr/><w:sdtContent>{R("noon")}</w:sdtContent></w:sdt>{R(".")}<w:r><w:ruby><w:rt>{R("reading")}</w:rt><w:rubyBase>{R(" Always")}</w:rubyBase></w:ruby></w:r><w:r><w:pict><w:txbxContent>{P("Mind the gap")}</w:txbxContent></w:pict></w:r>")
            + "<w:altChunk/>").WithStyles(Styles)
            .With("word/comments.xml", "<w:comments xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:comment w:id=\"1\"><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment></w:comments>");

        var document = Import(word);

        Assert.Equal("Ride from noon. Always", document.Versions.Single().Text.Find("1.1")!.Text);
        Assert.Contains(document.Report.LeftOut, l => l is { Text: "Mind the gap", Reason: "a box beside the text" });
        Assert.Contains(document.Report.LeftOut, l => l is { Text: "Really?", Reason: "comments of people who worked on the file" });
        Assert.Contains(document.Report.LeftOut, l => l is { Text: "reading", Reason: "the reading above the words" });
        Assert.Contains(document.Report.Problems, p => p.What == "a file embedded in the document is not read");
    }

    private static ImportedDocument Import(WordFile word) => DocumentImporter.Import("tandem.docx", word.Bytes());

    private static string Labels(ImportedVersion version) => string.Join('|', version.Text.All.Select(c => c.Label));
}
