using System.IO.Compression;
using System.Text;
using Terms.Export;
using Terms.Import;

namespace Terms.Tests.Export;

public sealed class WordDocumentTests
{
    private static readonly DateTimeOffset At = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private const string Open = "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><w:body>";

    private static byte[] Zip(params (string Name, string Xml)[] parts)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, xml) in parts)
            {
                using var writer = zip.CreateEntry(name).Open();
                writer.Write(Encoding.UTF8.GetBytes(xml));
            }
        }
        return stream.ToArray();
    }

    private static byte[] Document(string body, string? numbering = null, string? styles = null)
    {
        const string Name = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
        return Zip(("word/document.xml", Open + body + "</w:body></w:document>"), ("word/numbering.xml", $"<w:numbering {Name}>{numbering}</w:numbering>"), ("word/styles.xml", $"<w:styles {Name}>{styles}</w:styles>"));
    }

    private static byte[] Between(byte[] before, byte[] after) => Redline.Between(WordDocument.Read("old.docx", before), WordDocument.Read("new.docx", after), At);

    private static string Text(string words) => $"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>";

    [Fact]
    public void An_exported_file_is_read_as_it_was_written()
    {
        var version = Shipped.Version("free-membership/2025-04-01");

        Assert.Equal(RedlineProof.Shown(version.Texts[0]).Where(p => p.Length > 0), RedlineProof.Shown(WordDocument.Read("a.docx", WordExport.Docx(version, version.Texts[0])).Paragraphs));
    }

    [Fact]
    public void Two_exported_files_have_a_redline_that_is_proved()
    {
        var (before, after) = (Shipped.Version("free-membership/2024-07-12"), Shipped.Version("free-membership/2025-04-01"));
        byte[] Make() => Between(WordExport.Docx(before, before.Texts[0]), WordExport.Docx(after, after.Texts[0]));

        Assert.Equal(Make(), Make());
    }

    [Fact]
    public void Lists_of_styles_tables_fields_and_tracked_changes_are_read_as_Word_shows_them()
    {
        var file = Document(
            """
            <w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>First</w:t></w:r></w:p>
            <w:tbl><w:tr><w:tc><w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>In a cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
            <w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t xml:space="preserve">As </w:t></w:r><w:del w:id="1"><w:r><w:delText>rejected</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>accepted</w:t></w:r></w:ins></w:p>
            <w:p><w:r><w:t xml:space="preserve">See </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>clause 1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>.</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="H"/></w:pPr><w:r><w:t>Second</w:t></w:r></w:p>
            """,
            """
            <w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
            <w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>
            """,
            """<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>""");

        Assert.Equal(["Article I\tFirst", "1.1 In a cell", "1.2\tAs accepted", "See clause 1.", "Article II\tSecond"], WordDocument.Read("a.docx", file).Paragraphs.Select(p => p.Shown));
        Assert.NotEmpty(Between(file, Document(Text("First") + Text("See clause 2."))));
    }

    [Fact]
    public void A_paragraph_that_changed_without_a_number_is_still_followed()
    {
        var redline = Between(Document(Text("You pay the fee within ten days.") + Text("We reply.")), Document(Text("A new beginning.") + Text("You pay the fee within five days.") + Text("We reply.")));

        Assert.Equal("ten", Assert.Single(new WordFile(redline)["word/document.xml"].Descendants(WordFile.W + "delText")).Value);
    }

    [Fact]
    public void What_is_left_out_or_changed_is_said_at_the_top_of_the_redline()
    {
        var file = Document(
            "<w:tbl><w:tr><w:tc>" + Text("Lamp") + "</w:tc><w:tc>" + Text("Ten dollars") + "</w:tc></w:tr></w:tbl>" + Text("The hirer pays.")
            + "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>A secret.</w:t></w:r></w:p><w:p><w:r><w:t>We reply.</w:t></w:r></w:p>");
        var document = WordDocument.Read("a.docx", file);

        Assert.Equal(["Lamp | Ten dollars", "The hirer pays.", "We reply."], document.Paragraphs.Select(p => p.Shown));
        Assert.Equal(["Left out: the file hides it (paragraph 3), “A secret.”", "A table is kept as paragraphs, one per row (paragraph 1)"], document.Omissions.AsEnumerable());
        Assert.Contains("Of the old file\tLeft out: the file hides it (paragraph 3), “A secret.”",
            new WordFile(Between(file, Document(Text("The hirer pays.")))).FrontMatter);
    }

    [Fact]
    public void Bullets_bold_type_links_and_footnotes_are_taken_over()
    {
        var file = Zip(
            ("word/document.xml", Open
                + "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t xml:space=\"preserve\">See </w:t></w:r><w:hyperlink r:id=\"l\"><w:r><w:rPr><w:b/></w:rPr><w:t>the list</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id=\"2\"/></w:r></w:p>"
                + "</w:body></w:document>"),
            ("word/_rels/document.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"l\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"https://lamps.example/list\" TargetMode=\"External\"/></Relationships>"),
            ("word/numbering.xml", "<w:numbering xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"o\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"),
            ("word/footnotes.xml", "<w:footnotes xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:footnote w:id=\"2\"><w:p><w:r><w:t>As of May.</w:t></w:r></w:p></w:footnote></w:footnotes>"));
        var document = WordDocument.Read("a.docx", file);
        var paragraph = Assert.Single(document.Paragraphs);

        Assert.Equal("•\tSee the list\uFFFC", paragraph.Shown);
        Assert.Equal("https://lamps.example/list", paragraph.Runs.Single(r => r.Text == "the list").Link);
        Assert.Equal("As of May.", Assert.Single(paragraph.Footnotes).Text);
        Assert.Empty(document.Omissions);
        Assert.NotEmpty(Between(file, file));
    }

    public static TheoryData<string, byte[]> Hostile() => new()
    {
        { "no package", Encoding.UTF8.GetBytes("This is plain text.") },
        { "empty", [] },
        { "no document", Zip(("word/other.xml", "<x/>")) },
        { "an entity", Zip(("word/document.xml", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + Open + "<w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>")) },
        { "nested", Document(string.Concat(Enumerable.Repeat("<w:sdt><w:sdtContent>", 5000)) + string.Concat(Enumerable.Repeat("</w:sdtContent></w:sdt>", 5000))) },
        { "not closed", Zip(("word/document.xml", Open)) },
        { "large", Zip(("word/document.xml", Open + Text(new string('x', 70_000_000)) + "</w:body></w:document>")) },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_file_that_is_no_Word_file_is_refused_by_name(string what, byte[] file)
    {
        var failure = Assert.Throws<ImportRefusedException>(() => WordDocument.Read("bad.docx", file));

        Assert.True(failure.Message.StartsWith("bad.docx ", StringComparison.Ordinal), $"{what}: {failure.Message}");
    }
}
