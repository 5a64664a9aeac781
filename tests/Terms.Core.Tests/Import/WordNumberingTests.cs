using Terms.Import;
using static Terms.Tests.Import.WordFile;

namespace Terms.Tests.Import;

/// <summary>The numbers before the paragraphs of a Word file are those that Word shows, and stand as deep as Word sets them.</summary>
public sealed class WordNumberingTests
{
    [Fact]
    public void A_style_carries_the_numbering_of_its_paragraphs_and_hands_it_down()
    {
        var numbering = $"<w:abstractNum w:abstractNumId=\"1\">{Level(0, "decimal", "%1.", "<w:pStyle w:val=\"Head\"/>")}{Level(1, "decimal", "%1.%2", "<w:pStyle w:val=\"Clause\"/>")}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
        const string styles = "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"Head\"><w:name w:val=\"heading 1\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"Clause\"><w:name w:val=\"Clause\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>"
            + "<w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:name w:val=\"Clause indented\"/><w:basedOn w:val=\"Clause\"/></w:style>";
        var word = WithBody(P("Kite Club Rules", "Title") + P("Flying", "Head") + P("Kites fly by day.", "Clause") + P("Strings are short.", "Sub") + P("Landing", "Head") + P("Kites land on grass.", "Sub")).WithNumbering(numbering).WithStyles(styles);

        Assert.Equal("§1|1.1|1.2|§2|2.1", Labels(word));
    }

    [Theory]
    [InlineData("lowerLetter", "%1)", "a)")]
    [InlineData("upperRoman", "%1.", "I.")]
    [InlineData("chineseCounting", "第%1条", "第一条")]
    [InlineData("chineseCounting", "（%1）", "（一）")]
    [InlineData("decimalEnclosedCircle", "%1", "①")]
    [InlineData("decimalZero", "%1.", "01.")]
    [InlineData("decimalFullWidth", "%1.", "１.")]
    [InlineData("russianLower", "%1)", "а)")]
    [InlineData("ganada", "%1.", "가.")]
    [InlineData("numberInDash", "%1", "- 1 -")]
    [InlineData("bullet", "•", null)]
    public void Numbers_are_written_as_Word_writes_them(string format, string text, string? shown)
    {
        var numbering = new WordNumbering(System.Xml.Linq.XDocument.Parse($"<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum w:abstractNumId=\"1\">{Level(0, format, text)}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"));

        var number = numbering.Next("1", 0);

        Assert.Equal(shown, number!.Shown);
        Assert.True(number.IsExact);
    }

    [Fact]
    public void A_form_of_numbers_that_is_not_known_is_said_to_be_so()
    {
        var word = WithBody(P("Kite Club Rules", "Title") + P("1. Flying") + P("by day", list: 1) + P("by night", list: 1)).WithStyles(Title)
            .WithNumbering($"<w:abstractNum w:abstractNumId=\"1\">{Level(0, "hebrew1", "(%1)")}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>");

        Assert.Contains(Import(word).Report.Notes, n => n.Words == "Word shows the number (2) in a form that is not known here");
    }

    [Fact]
    public void A_list_set_in_below_another_stands_inside_it_and_one_set_in_as_far_beside_it()
    {
        var numbering = OneLevel(1, "lowerLetter", "(%1)", 720) + OneLevel(2, "lowerRoman", "%1.", 1440) + OneLevel(3, "decimal", "%1)", 720);
        var word = WithBody(
            P("Kite Club Rules", "Title") + P("1. Flying") + P("1.1 Kites are:") + P("red,", list: 1) + P("blue with", list: 1) + P("a tail,", list: 2) + P("a bell,", list: 2) + P("green.", list: 1)
            + P("1.2 Strings are:") + P("long,", list: 3) + P("strong.", list: 3)).WithNumbering(numbering).WithStyles(Title);

        Assert.Equal("§1|1.1|1.1(a)|1.1(b)|1.1(b)(i)|1.1(b)(ii)|1.1(c)|1.2|1.2(1)|1.2(2)", Labels(word));
    }

    [Fact]
    public void Levels_of_one_list_that_are_set_in_alike_and_do_not_restart_each_other_stand_beside_each_other()
    {
        var beside = $"<w:abstractNum w:abstractNumId=\"1\">{Level(0, "decimal", "%1.")}{Level(1, "decimal", "(%2)", indent: 720)}{Level(2, "upperLetter", "(%3)", "<w:lvlRestart w:val=\"1\"/>", 720)}</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num>";
        var word = WithBody(P("Kite Club Rules", "Title") + P("Flying", list: 1) + P("one", list: 1, level: 1) + P("two", list: 1, level: 1) + P("capital", list: 1, level: 2) + P("letters", list: 1, level: 2)).WithNumbering(beside).WithStyles(Title);

        Assert.Equal("§1|§1(1)|§1(2)|§1(A)|§1(B)", Labels(word));
    }

    private const string Title = "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/></w:style>";

    private static string OneLevel(int id, string format, string text, int indent) =>
        $"<w:abstractNum w:abstractNumId=\"{id}\">{Level(0, format, text, indent: indent)}</w:abstractNum><w:num w:numId=\"{id}\"><w:abstractNumId w:val=\"{id}\"/></w:num>";

    private static ImportedDocument Import(WordFile word) => DocumentImporter.Import("kite.docx", word.Bytes());

    private static string Labels(WordFile word) => string.Join('|', Import(word).Versions.Single().Text.All.Select(c => c.Label));
}
