using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;

namespace Terms.Import;

/// <summary>Reads Word files: the text as Word shows it once all tracked changes are accepted.</summary>
internal sealed class WordReader
{
    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private static readonly XNamespace Packages = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace Compatibility = "http://schemas.openxmlformats.org/markup-compatibility/2006";

    /// <summary>The tag of the content control that holds what the workbench itself says about a text at the top of a file. It is no part of the text.</summary>
    public const string FrontMatterTag = "terms-front-matter";

    private readonly ReportBuilder report;
    private readonly WordNumbering numbering;
    private readonly Dictionary<string, string> links;
    private readonly Dictionary<string, XElement> styles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> marks = new(StringComparer.Ordinal);
    private readonly XDocument? footnotes;
    private readonly XDocument? endnotes;
    private readonly List<Block> found = [];
    private int paragraph;
    private int fieldDepth;
    private readonly Stack<bool> fieldShown = new();

    private WordReader(WordPackage package, string main, ReportBuilder report)
    {
        this.report = report;
        var folder = main.Contains('/') ? main[..(main.LastIndexOf('/') + 1)] : "";
        numbering = new WordNumbering(package.Read(folder + "numbering.xml"));
        links = Relations(package.Read($"{folder}_rels/{main[folder.Length..]}.rels")).Where(r => r.Attribute("TargetMode")?.Value == "External")
            .GroupBy(r => r.Attribute("Id")?.Value ?? "").ToDictionary(g => g.Key, g => g.First().Attribute("Target")?.Value ?? "", StringComparer.Ordinal);
        foreach (var style in package.Read(folder + "styles.xml")?.Root?.Elements(W + "style") ?? [])
        {
            styles.TryAdd(style.Attribute(W + "styleId")?.Value ?? "", style);
        }
        footnotes = package.Read(folder + "footnotes.xml");
        endnotes = package.Read(folder + "endnotes.xml");
        foreach (var part in package.Parts.Where(p => p.StartsWith(folder + "header", StringComparison.Ordinal) || p.StartsWith(folder + "footer", StringComparison.Ordinal) || p == folder + "comments.xml"))
        {
            var words = string.Join(' ', package.Read(part)?.Descendants(W + "t").Select(t => t.Value) ?? []);
            report.LeftOut(1, words, part.EndsWith("comments.xml", StringComparison.Ordinal) ? "comments of people who worked on the file" : "the head or foot of the pages");
        }
    }

    /// <summary>Whether a file is a zip, as Word files are.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\u0003\u0004"u8) || bytes.StartsWith("PK\u0005\u0006"u8);

    /// <summary>The blocks of a Word file.</summary>
    public static List<Block> Read(string name, ReadOnlyMemory<byte> bytes, ReportBuilder report, out string? language)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes.ToArray(), writable: false), ZipArchiveMode.Read);
            var package = WordPackage.Open(name, archive);
            if (package.Parts.FirstOrDefault(p => p.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) is { } macros)
            {
                report.Note(1, $"the file holds macros ({macros}); they were not read");
                report.LeftOut(1, macros, "macros");
            }
            var main = Relations(package.Read("_rels/.rels")).FirstOrDefault(r => r.Attribute("Type")?.Value.EndsWith("/officeDocument", StringComparison.Ordinal) == true)?.Attribute("Target")?.Value.TrimStart('/') ?? "word/document.xml";
            var document = package.Read(main);
            if (document?.Root?.Name != W + "document" || document.Root.Element(W + "body") is not { } body)
            {
                throw new ImportRefusedException($"{name} is a zip, but no Word file. Import a .docx, .html, .md or .txt file.");
            }
            var reader = new WordReader(package, main, report);
            language = reader.Language();
            reader.ReadBody(body);
            reader.ReadNotes();
            return reader.found;
        }
        catch (InvalidDataException e)
        {
            throw new ImportRefusedException($"{name} is a broken or truncated Word file: {e.Message}");
        }
    }

    private static IEnumerable<XElement> Relations(XDocument? part) => part?.Root?.Elements(Packages + "Relationship") ?? [];

    private string? Language() =>
        styles.Values.FirstOrDefault(s => s.Attribute(W + "default")?.Value is "1" or "true")?.Parent?.Element(W + "docDefaults")?.Descendants(W + "lang").FirstOrDefault()?.Attribute(W + "val")?.Value is { Length: >= 2 } tag
            ? tag[..2].ToLowerInvariant() : null;

    private void ReadBody(XElement container)
    {
        foreach (var element in container.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "p":
                    ReadParagraph(element);
                    break;
                case "tbl":
                    ReadTable(element);
                    break;
                case "sdt":
                    if (element.Element(W + "sdtPr")?.Element(W + "docPartObj")?.Element(W + "docPartGallery")?.Attribute(W + "val")?.Value == "Table of Contents")
                    {
                        report.LeftOut(paragraph + 1, string.Join(' ', element.Descendants(W + "t").Select(t => t.Value)), "the table of contents");
                    }
                    else if (element.Element(W + "sdtPr")?.Element(W + "tag")?.Attribute(W + "val")?.Value == FrontMatterTag)
                    {
                        report.LeftOut(paragraph + 1, string.Join(' ', element.Descendants(W + "t").Select(t => t.Value)), "what the workbench says about the text");
                    }
                    else if (element.Element(W + "sdtContent") is { } content)
                    {
                        ReadBody(content);
                    }
                    break;
                case "ins" or "moveTo" or "customXml" or "smartTag":
                    ReadBody(element);
                    break;
                case "del" or "moveFrom":
                    LeaveOutDeleted(element);
                    break;
            }
        }
    }

    private void ReadTable(XElement table)
    {
        report.Note(paragraph + 1, "a table is kept as paragraphs, one per row");
        foreach (var row in table.Descendants(W + "tr").Where(r => r.Ancestors(W + "tbl").First() == table))
        {
            if (row.Element(W + "trPr")?.Element(W + "del") is not null)
            {
                LeaveOutDeleted(row);
                continue;
            }
            var cells = new List<string>();
            foreach (var cell in row.Descendants(W + "tc").Where(c => c.Ancestors(W + "tr").First() == row))
            {
                var words = cell.Descendants(W + "p").Select(p => (Numbered(p, out _, out _) is { } n ? n + " " : "") + Words(p)).Where(w => w.Trim().Length > 0);
                cells.Add(string.Join(" ", words));
            }
            paragraph++;
            var text = InlineMarkdown.Collapse(string.Join(" | ", cells.Where(c => c.Length > 0)));
            if (text.Length > 0)
            {
                found.Add(new Block(BlockKind.Paragraph, text, paragraph));
            }
        }
    }

    private void ReadParagraph(XElement element)
    {
        paragraph++;
        var style = Style(element);
        var text = InlineMarkdown.Collapse(Words(element));
        var properties = element.Element(W + "pPr");
        if (properties?.Element(W + "rPr")?.Element(W + "del") is not null)
        {
            report.Note(paragraph, "tracked changes are taken as accepted");
        }
        if (style.StartsWith("toc ", StringComparison.OrdinalIgnoreCase) || style.StartsWith("toc1", StringComparison.OrdinalIgnoreCase))
        {
            report.LeftOut(paragraph, InlineMarkdown.Plain(text), "the table of contents");
            return;
        }
        if (text.Length == 0)
        {
            // Word counts no empty paragraph that a deletion left behind; an empty numbered one it does.
            if (properties?.Element(W + "rPr")?.Element(W + "del") is null && Numbered(element, out _, out _) is { } empty)
            {
                report.LeftOut(paragraph, empty, "the number of an empty paragraph");
            }
            return;
        }
        var number = Numbered(element, out var level, out var isBullet);
        if (isBullet)
        {
            report.LeftOut(paragraph, "•", "the mark of an item without a number");
        }
        var heading = HeadingLevel(element, style);
        var kind = heading >= 0 ? BlockKind.Heading : BlockKind.Paragraph;
        var marker = number is null ? null : Marker.Read(number + "\tWords", true);
        var isOwn = number is not null && marker is null;
        if (isOwn)
        {
            // A number of a form that is no clause number stays as words.
            text = $"{InlineMarkdown.Escape(number!)} {text}";
            number = null;
        }
        found.Add(new Block(kind, text, paragraph, Math.Max(heading, 0), number, number is null ? 0 : level + 1) { BulletDepth = isBullet ? level + 1 : 0 });
    }

    /// <summary>The name of a paragraph's style, as people see it.</summary>
    private string Style(XElement element) =>
        StyleId(element) is { } id && styles.TryGetValue(id, out var style) ? style.Element(W + "name")?.Attribute(W + "val")?.Value ?? id : StyleId(element) ?? "";

    private static string? StyleId(XElement element) => element.Element(W + "pPr")?.Element(W + "pStyle")?.Attribute(W + "val")?.Value;

    /// <summary>0 for a title, 1 to 9 for a heading, -1 for neither.</summary>
    private int HeadingLevel(XElement element, string name)
    {
        if (name.Equals("title", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }
        if (name.StartsWith("heading ", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(8), CultureInfo.InvariantCulture, out var level))
        {
            return level;
        }
        if (name.StartsWith("Heading", StringComparison.OrdinalIgnoreCase) && name.Length == 8 && char.IsAsciiDigit(name[7]))
        {
            return name[7] - '0';
        }
        return Property(element, "outlineLvl") is { } outline && int.TryParse(outline.Attribute(W + "val")?.Value, CultureInfo.InvariantCulture, out var at) && at < 9 ? at + 1 : -1;
    }

    /// <summary>A property of a paragraph, from itself or its styles.</summary>
    private XElement? Property(XElement element, string name)
    {
        if (element.Element(W + "pPr")?.Element(W + name) is { } own)
        {
            return own;
        }
        var id = StyleId(element) ?? styles.Values.FirstOrDefault(s => s.Attribute(W + "type")?.Value == "paragraph" && s.Attribute(W + "default")?.Value is "1" or "true")?.Attribute(W + "styleId")?.Value;
        for (var i = 0; i < 12 && id is not null && styles.TryGetValue(id, out var style); i++)
        {
            if (style.Element(W + "pPr")?.Element(W + name) is { } inherited)
            {
                return inherited;
            }
            id = style.Element(W + "basedOn")?.Attribute(W + "val")?.Value;
        }
        return null;
    }

    private string? Numbered(XElement element, out int level, out bool isBullet)
    {
        level = 0;
        isBullet = false;
        var own = element.Element(W + "pPr")?.Element(W + "numPr");
        var inherited = Property(element, "numPr");
        var list = own?.Element(W + "numId")?.Attribute(W + "val")?.Value ?? (own is null ? inherited : StyleNumbering(element))?.Element(W + "numId")?.Attribute(W + "val")?.Value;
        if (list is null or "0")
        {
            return null;
        }
        var at = own?.Element(W + "ilvl")?.Attribute(W + "val")?.Value ?? inherited?.Element(W + "ilvl")?.Attribute(W + "val")?.Value;
        level = int.TryParse(at, CultureInfo.InvariantCulture, out var given) ? given : own is null && StyleId(element) is { } style ? numbering.LevelOfStyle(list, style) : 0;
        var shown = numbering.Next(list, level);
        isBullet = shown is null;
        return shown;
    }

    private XElement? StyleNumbering(XElement element)
    {
        var copy = new XElement(W + "p", new XElement(W + "pPr", element.Element(W + "pPr")?.Element(W + "pStyle")));
        return Property(copy, "numPr");
    }

    /// <summary>The words of a paragraph as inline Markdown, runs joined.</summary>
    private string Words(XElement container)
    {
        var pieces = new List<(string Text, bool IsBold)>();
        Gather(container, pieces);
        var words = new StringBuilder();
        for (var i = 0; i < pieces.Count;)
        {
            var bold = pieces[i].IsBold;
            var joined = new StringBuilder();
            for (; i < pieces.Count && (pieces[i].IsBold == bold || (bold && pieces[i].Text.Trim().Length == 0)); i++)
            {
                joined.Append(pieces[i].Text);
            }
            var text = joined.ToString();
            var inner = text.Trim();
            if (!bold || inner.Length == 0 || inner.Contains("**", StringComparison.Ordinal))
            {
                words.Append(text);
            }
            else
            {
                words.Append(text.AsSpan(0, text.Length - text.TrimStart().Length)).Append("**").Append(inner).Append("**").Append(text.AsSpan(text.TrimEnd().Length));
            }
        }
        return words.ToString();
    }

    private void Gather(XElement container, List<(string Text, bool IsBold)> pieces)
    {
        foreach (var element in container.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "r":
                    GatherRun(element, pieces);
                    break;
                case "hyperlink":
                    GatherLink(element, pieces);
                    break;
                case "ins" or "moveTo":
                    report.Note(paragraph, "tracked changes are taken as accepted");
                    Gather(element, pieces);
                    break;
                case "del" or "moveFrom":
                    LeaveOutDeleted(element);
                    break;
                case "sdt":
                    if (element.Element(W + "sdtContent") is { } content)
                    {
                        Gather(content, pieces);
                    }
                    break;
                case "smartTag" or "customXml" or "fldSimple" or "dir" or "bdo":
                    Gather(element, pieces);
                    break;
                case "oMath" or "oMathPara":
                    pieces.Add((InlineMarkdown.Escape(string.Concat(element.Descendants().Where(d => d.Name.LocalName == "t").Select(t => t.Value))), false));
                    break;
            }
        }
    }

    private void GatherLink(XElement element, List<(string Text, bool IsBold)> pieces)
    {
        var inner = new List<(string Text, bool IsBold)>();
        Gather(element, inner);
        var text = string.Concat(inner.Select(p => p.Text));
        var written = new StringBuilder();
        if (text.Contains("](", StringComparison.Ordinal) || text.Contains("[^", StringComparison.Ordinal))
        {
            written.Append(text);
        }
        else
        {
            InlineMarkdown.AppendLink(written, text.Trim(), element.Attribute(R + "id")?.Value is { } id && links.TryGetValue(id, out var url) ? url.Trim() : "");
        }
        pieces.Add((written.ToString(), false));
    }

    private void GatherRun(XElement run, List<(string Text, bool IsBold)> pieces)
    {
        var properties = run.Element(W + "rPr");
        var isBold = properties?.Element(W + "b") is { } b && b.Attribute(W + "val")?.Value is not ("0" or "false");
        var isHidden = properties?.Element(W + "vanish") is { } v && v.Attribute(W + "val")?.Value is not ("0" or "false");
        var text = new StringBuilder();
        foreach (var element in run.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "fldChar":
                    Field(element.Attribute(W + "fldCharType")?.Value);
                    break;
                case "t" when fieldDepth == 0 || fieldShown.All(s => s):
                    text.Append(InlineMarkdown.Escape(element.Value));
                    break;
                case "tab" or "br" or "cr" or "ptab":
                    text.Append(' ');
                    break;
                case "noBreakHyphen":
                    text.Append('-');
                    break;
                case "sym":
                    text.Append(Symbol(element.Attribute(W + "char")?.Value));
                    break;
                case "footnoteReference" or "endnoteReference":
                    text.Append(Mark(element));
                    break;
                case "delText":
                    report.LeftOut(paragraph, element.Value, "deleted in a tracked change");
                    break;
                case "drawing" or "pict" or "object" or "AlternateContent":
                    Drawing(element);
                    break;
            }
        }
        if (isHidden && text.Length > 0)
        {
            report.LeftOut(paragraph, text.ToString(), "the file hides it");
        }
        else if (text.Length > 0)
        {
            pieces.Add((text.ToString(), isBold && !text.ToString().Contains("[^", StringComparison.Ordinal)));
        }
    }

    private void Field(string? type)
    {
        switch (type)
        {
            case "begin":
                fieldDepth++;
                fieldShown.Push(false);
                break;
            case "separate" when fieldDepth > 0:
                fieldShown.Pop();
                fieldShown.Push(true);
                break;
            case "end" when fieldDepth > 0:
                fieldDepth--;
                fieldShown.Pop();
                break;
        }
    }

    /// <summary>Text in a drawing stands in a box of its own, once in each of two forms.</summary>
    private void Drawing(XElement element)
    {
        var shown = element.Name == Compatibility + "AlternateContent" ? element.Element(Compatibility + "Choice") ?? element : element;
        var words = string.Join(' ', shown.Descendants(W + "txbxContent").Descendants(W + "t").Select(t => t.Value));
        report.LeftOut(paragraph, words, "a box beside the text");
        if (words.Length == 0 && shown.Descendants().Any(d => d.Name.LocalName is "blip" or "imagedata"))
        {
            report.Note(paragraph, "a picture was left out");
        }
    }

    private static string Symbol(string? code) =>
        int.TryParse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) && value is > 32 and < 0xD800 ? ((char)value).ToString() : "•";

    private string Mark(XElement reference)
    {
        var key = $"{reference.Name.LocalName[0]}{reference.Attribute(W + "id")?.Value}";
        if (!marks.TryGetValue(key, out var mark))
        {
            marks[key] = mark = (marks.Count + 1).ToString(CultureInfo.InvariantCulture);
        }
        return $"[^{mark}]";
    }

    private void ReadNotes()
    {
        foreach (var (part, name) in new[] { (footnotes, "footnote"), (endnotes, "endnote") })
        {
            foreach (var note in part?.Root?.Elements(W + name) ?? [])
            {
                var type = note.Attribute(W + "type")?.Value;
                if (type is "separator" or "continuationSeparator" or "continuationNotice")
                {
                    continue;
                }
                var text = InlineMarkdown.Collapse(string.Join(' ', note.Elements(W + "p").Select(Words)));
                if (marks.TryGetValue($"{name[0]}{note.Attribute(W + "id")?.Value}", out var mark) && text.Length > 0)
                {
                    found.Add(new Block(BlockKind.Footnote, text, ++paragraph, Number: mark));
                }
                else
                {
                    report.LeftOut(paragraph, InlineMarkdown.Plain(text), "a footnote that nothing refers to");
                }
            }
        }
    }

    private void LeaveOutDeleted(XElement element)
    {
        report.Note(Math.Max(paragraph, 1), "tracked changes are taken as accepted");
        report.LeftOut(Math.Max(paragraph, 1), string.Concat(element.Descendants().Where(d => d.Name == W + "delText" || d.Name == W + "t").Select(t => t.Value)), "deleted in a tracked change");
    }
}
