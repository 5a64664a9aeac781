using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Terms.Export;

/// <summary>What stands around the words of a Word file.</summary>
/// <param name="Title">The title, in the header and in the properties.</param>
/// <param name="Subject">What the file is, in the properties.</param>
/// <param name="Name">The version's name, in the header.</param>
/// <param name="Digest">The digest, in the header.</param>
/// <param name="Language">The language of the words, as an IETF tag.</param>
/// <param name="Notice">Whose words they are: stands at the top and in the header.</param>
/// <param name="About">What the top says about the text, name and value.</param>
/// <param name="At">The moment given as that of the file; no clock is read.</param>
/// <param name="Properties">Further document properties, name and value.</param>
public sealed record WordFrame(
    string Title, string Subject, string Name, string Digest, string Language, string Notice, ImmutableArray<(string Name, string Value)> About,
    DateTimeOffset At, ImmutableArray<(string Name, string Value)> Properties)
{
    /// <summary>The content control that holds the notice and what is said about the text. It is no part of the text.</summary>
    public const string Tag = Import.WordReader.FrontMatterTag;

    /// <summary>What stands at the top, as it is shown.</summary>
    public IEnumerable<string> Shown => About.Select(a => a.Name + "\t" + a.Value).Prepend(Notice);
}

/// <summary>Gathers the parts of a Word file and puts them into a package. The same calls give the same bytes.</summary>
internal sealed class WordPackage(WordFrame frame)
{
    private const string Content = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    private const string Relationship = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";

    /// <summary>Zip has no earlier moment; every entry bears this one.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private readonly LinkList links = new();
    private readonly LinkList footnoteLinks = new();
    private readonly StringBuilder footnotes = new();
    private readonly StringBuilder comments = new();
    private int footnoteCount;
    private int commentCount;
    private int ids;

    /// <summary>The paragraphs.</summary>
    public StringBuilder Body { get; } = new(64 * 1024);

    /// <summary>An id that no other mark of the file bears.</summary>
    public string NewId() => (++ids).ToString(CultureInfo.InvariantCulture);

    /// <summary>The opening tag of a hyperlink in the body or in a footnote.</summary>
    public void OpenLink(StringBuilder xml, string link, bool inFootnote) => _ = link.StartsWith('#')
        ? xml.Append("<w:hyperlink w:anchor=\"").Escaped(link.AsSpan(1)).Append("\" w:history=\"1\">")
        : xml.Append("<w:hyperlink r:id=\"").Append((inFootnote ? footnoteLinks : links).IdOf(link)).Append("\" w:history=\"1\">");

    /// <summary>Adds a footnote whose paragraph has these runs, and returns its number.</summary>
    public int AddFootnote(string runs)
    {
        footnoteCount++;
        footnotes.Append(CultureInfo.InvariantCulture, $"<w:footnote w:id=\"{footnoteCount}\"><w:p><w:pPr><w:pStyle w:val=\"FootnoteText\"/></w:pPr>")
            .Append("<w:r><w:rPr><w:rStyle w:val=\"FootnoteReference\"/></w:rPr><w:footnoteRef/><w:t xml:space=\"preserve\"> </w:t></w:r>").Append(runs).Append("</w:p></w:footnote>");
        return footnoteCount;
    }

    /// <summary>Adds an editor's note as a comment, and returns its id.</summary>
    public int AddComment(string words)
    {
        comments.Append(CultureInfo.InvariantCulture, $"<w:comment w:id=\"{commentCount}\" w:author=\"Editor’s note\" w:initials=\"EN\"><w:p><w:pPr><w:pStyle w:val=\"CommentText\"/></w:pPr>")
            .Append("<w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r><w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr>").Words(words).Append("</w:r></w:p></w:comment>");
        return commentCount++;
    }

    /// <summary>The notice and what is said about the text, in a locked content control.</summary>
    public void WriteFrontMatter()
    {
        Body.Append("<w:sdt><w:sdtPr><w:alias w:val=\"About this text\"/><w:tag w:val=\"" + WordFrame.Tag + "\"/><w:id w:val=\"757501\"/><w:lock w:val=\"sdtContentLocked\"/></w:sdtPr><w:sdtContent>")
            .Append("<w:p><w:pPr><w:pStyle w:val=\"EditionNotice\"/></w:pPr><w:r>").Words(frame.Notice).Append("</w:r></w:p>");
        foreach (var (name, value) in frame.About)
        {
            var space = name == frame.About[^1].Name ? "<w:spacing w:after=\"280\"/>" : "";
            Body.Append("<w:p><w:pPr><w:pStyle w:val=\"AboutText\"/>").Append(space).Append("</w:pPr><w:r>").Words(name).Append("<w:tab/>").Words(value).Append("</w:r></w:p>");
        }
        Body.Append("</w:sdtContent></w:sdt>");
    }

    /// <summary>The whole package.</summary>
    public byte[] Zip(WordNumbering numbering)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part("[Content_Types].xml", ContentTypes());
            Part("_rels/.rels", PackageRelationships);
            Part("docProps/core.xml", CoreProperties());
            Part("docProps/app.xml", ApplicationProperties);
            Part("docProps/custom.xml", CustomProperties());
            WriteDocument(Entry("word/document.xml"));
            Part("word/_rels/document.xml.rels", DocumentRelationships());
            Part("word/styles.xml", WordStyles.Xml(LanguageOf(frame.Language)));
            Part("word/settings.xml", Settings);
            Part("word/numbering.xml", numbering.Xml());
            Part("word/header1.xml", Header());
            Part("word/footer1.xml", Footer);
            Part("word/footnotes.xml", Footnotes());
            if (footnoteLinks.Xml is { Length: > 0 } targets)
            {
                Part("word/_rels/footnotes.xml.rels", $"{WordXml.Declaration}<Relationships xmlns=\"{Relationships}\">{targets}</Relationships>");
            }
            Part("word/comments.xml", $"{WordXml.Declaration}<w:comments {WordXml.Namespaces}>{comments}</w:comments>");

            StreamWriter Entry(string name)
            {
                var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
                entry.LastWriteTime = Stamp;
                return new StreamWriter(entry.Open(), Utf8, bufferSize: 16 * 1024);
            }

            void Part(string name, string xml)
            {
                using var writer = Entry(name);
                writer.Write(xml);
            }
        }
        return bytes.ToArray();
    }

    /// <summary>A tag as Word knows it: with a country where the text names none.</summary>
    private static string LanguageOf(string tag) => tag switch { "en" => "en-GB", "ru" => "ru-RU", "zh" => "zh-CN", "ko" => "ko-KR", _ => tag };

    private void WriteDocument(StreamWriter writer)
    {
        const string Section = """<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/><w:footerReference w:type="default" r:id="rIdFooter"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1701" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/></w:sectPr>""";
        using (writer)
        {
            writer.Write(WordXml.Declaration + "<w:document " + WordXml.Namespaces + "><w:body>");
            writer.Write(Body);
            writer.Write(Section + "</w:body></w:document>");
        }
    }

    private string Footnotes()
    {
        const string Separators = """<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>""";
        return $"{WordXml.Declaration}<w:footnotes {WordXml.Namespaces}>{Separators}{footnotes}</w:footnotes>";
    }

    private string Header() => new StringBuilder(WordXml.Declaration).Append("<w:hdr ").Append(WordXml.Namespaces).Append("><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r>")
        .Words(frame.Title).Append("<w:tab/>").Words(frame.Name).Append("</w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"HeaderDigest\"/></w:pPr><w:r>")
        .Words(frame.Notice).Append("<w:tab/>").Words(frame.Digest).Append("</w:r></w:p></w:hdr>").ToString();

    private const string Footer = $"""
        {WordXml.Declaration}<w:ftr {WordXml.Namespaces}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t xml:space="preserve"> / </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> NUMPAGES </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p></w:ftr>
        """;

    private const string Settings = $"""
        {WordXml.Declaration}<w:settings {WordXml.Namespaces}><w:zoom w:percent="100"/><w:defaultTabStop w:val="680"/><w:characterSpacingControl w:val="doNotCompress"/><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>
        """;

    private static string ContentTypes() =>
        $"""
        {WordXml.Declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/><Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-officedocument.custom-properties+xml"/><Override PartName="/word/document.xml" ContentType="{Content}document.main+xml"/><Override PartName="/word/styles.xml" ContentType="{Content}styles+xml"/><Override PartName="/word/settings.xml" ContentType="{Content}settings+xml"/><Override PartName="/word/numbering.xml" ContentType="{Content}numbering+xml"/><Override PartName="/word/header1.xml" ContentType="{Content}header+xml"/><Override PartName="/word/footer1.xml" ContentType="{Content}footer+xml"/><Override PartName="/word/footnotes.xml" ContentType="{Content}footnotes+xml"/><Override PartName="/word/comments.xml" ContentType="{Content}comments+xml"/></Types>
        """;

    private const string PackageRelationships = $"""
        {WordXml.Declaration}<Relationships xmlns="{Relationships}"><Relationship Id="rId1" Type="{Relationship}officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/><Relationship Id="rId3" Type="{Relationship}extended-properties" Target="docProps/app.xml"/><Relationship Id="rId4" Type="{Relationship}custom-properties" Target="docProps/custom.xml"/></Relationships>
        """;

    private string DocumentRelationships()
    {
        var xml = new StringBuilder(WordXml.Declaration).Append("<Relationships xmlns=\"" + Relationships + "\">");
        foreach (var (id, type) in new[] { ("rIdStyles", "styles"), ("rIdSettings", "settings"), ("rIdNumbering", "numbering"), ("rIdHeader", "header"), ("rIdFooter", "footer"), ("rIdFootnotes", "footnotes"), ("rIdComments", "comments") })
        {
            xml.Append("<Relationship Id=\"").Append(id).Append("\" Type=\"" + Relationship).Append(type).Append("\" Target=\"").Append(type).Append(type is "header" or "footer" ? "1" : "").Append(".xml\"/>");
        }
        return xml.Append(links.Xml).Append("</Relationships>").ToString();
    }

    private string CoreProperties()
    {
        var at = frame.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        return new StringBuilder(WordXml.Declaration)
            .Append("<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">")
            .Append("<dc:title>").Escaped(frame.Title).Append("</dc:title><dc:subject>").Escaped(frame.Subject).Append("</dc:subject><dc:creator>" + Redline.Author + "</dc:creator><cp:keywords>")
            .Escaped(frame.Digest).Append("</cp:keywords><dc:description>").Escaped(frame.Notice).Append("</dc:description><dcterms:created xsi:type=\"dcterms:W3CDTF\">").Append(at)
            .Append("</dcterms:created><dcterms:modified xsi:type=\"dcterms:W3CDTF\">").Append(at).Append("</dcterms:modified><dc:language>").Escaped(frame.Language)
            .Append("</dc:language><cp:version>").Escaped(frame.Name).Append("</cp:version></cp:coreProperties>").ToString();
    }

    private const string ApplicationProperties = $"""
        {WordXml.Declaration}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>{Redline.Author}</Application></Properties>
        """;

    private string CustomProperties()
    {
        var xml = new StringBuilder(WordXml.Declaration)
            .Append("<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties\" xmlns:vt=\"http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes\">");
        for (var i = 0; i < frame.Properties.Length; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<property fmtid=\"{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}\" pid=\"{i + 2}\" name=\"").Escaped(frame.Properties[i].Name)
                .Append("\"><vt:lpwstr>").Escaped(frame.Properties[i].Value).Append("</vt:lpwstr></property>");
        }
        return xml.Append("</Properties>").ToString();
    }

    /// <summary>The outside addresses of a part, each once.</summary>
    private sealed class LinkList
    {
        private readonly Dictionary<string, string> ids = new(StringComparer.Ordinal);

        public StringBuilder Xml { get; } = new();

        public string IdOf(string url)
        {
            if (!ids.TryGetValue(url, out var id))
            {
                ids[url] = id = string.Create(CultureInfo.InvariantCulture, $"rIdLink{ids.Count + 1}");
                var target = Uri.IsWellFormedUriString(url, UriKind.Absolute) ? url : new Uri(url).AbsoluteUri;
                Xml.Append("<Relationship Id=\"").Append(id).Append("\" Type=\"" + Relationship + "hyperlink\" Target=\"").Escaped(target).Append("\" TargetMode=\"External\"/>");
            }
            return id;
        }
    }
}
