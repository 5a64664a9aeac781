using System.IO.Compression;
using System.Text;

namespace Terms.Tests.Import;

/// <summary>A Word file made of the XML that a test writes.</summary>
internal sealed class WordFile
{
    private const string Namespaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    private readonly Dictionary<string, string> parts = new(StringComparer.Ordinal)
    {
        ["[Content_Types].xml"] = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>",
        ["_rels/.rels"] = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>",
    };

    public static WordFile WithBody(string body) => new WordFile().With("word/document.xml", $"<w:document {Namespaces}><w:body>{body}</w:body></w:document>");

    /// <summary>A paragraph in a style, with a level of a list.</summary>
    public static string P(string text, string? style = null, int? list = null, int level = 0) =>
        $"<w:p><w:pPr>{(style is null ? "" : $"<w:pStyle w:val=\"{style}\"/>")}{(list is null ? "" : $"<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr>")}</w:pPr>{(text.StartsWith('<') ? text : R(text))}</w:p>";

    public static string R(string text) => $"<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    /// <summary>A level of a list.</summary>
    public static string Level(int level, string format, string text, string more = "", int? indent = null) =>
        $"<w:lvl w:ilvl=\"{level}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/>{(indent is null ? "" : $"<w:pPr><w:ind w:left=\"{indent}\"/></w:pPr>")}</w:lvl>";

    public WordFile With(string part, string xml)
    {
        parts[part] = xml;
        return this;
    }

    public WordFile WithNumbering(string xml) => With("word/numbering.xml", $"<w:numbering {Namespaces}>{xml}</w:numbering>");

    public WordFile WithStyles(string xml) => With("word/styles.xml", $"<w:styles {Namespaces}>{xml}</w:styles>");

    public WordFile WithFootnotes(string xml) => With("word/footnotes.xml", $"<w:footnotes {Namespaces}>{xml}</w:footnotes>");

    public WordFile WithLink(string id, string url) =>
        With("word/_rels/document.xml.rels", $"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"{id}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" Target=\"{url}\" TargetMode=\"External\"/></Relationships>");

    public byte[] Bytes()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, xml) in parts)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(xml));
            }
        }
        return memory.ToArray();
    }
}
