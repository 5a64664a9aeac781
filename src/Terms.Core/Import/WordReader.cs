using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Terms.Catalogue;
using static Terms.Import.WordNames;

namespace Terms.Import;

/// <summary>Reads Word files: the text as Word shows it once all tracked changes are accepted.</summary>
internal sealed class WordReader
{
    /// <summary>The tag of the content control that holds what the workbench itself says about a text at the top of a file. It is no part of the text.</summary>
    public const string FrontMatterTag = "terms-front-matter";

    /// <summary>Up to which length a heading may end like a sentence.</summary>
    private const int LongestSetHeading = 60;

    /// <summary>The bookmark that an exported file sets to a preamble in one paragraph.</summary>
    private static readonly string WholePreamble = new ClauseLabel("preamble").Anchor;

    private static readonly string[] NoteNames = ["footnote", "endnote"];

    private readonly ReportBuilder report;
    private readonly WordNumbering numbering;
    private readonly WordNesting nesting = new();
    private readonly WordStyles styles;
    private readonly WordRuns runs;
    private readonly Dictionary<string, XElement> notes;
    private readonly Dictionary<string, string> marks = new(StringComparer.Ordinal);
    private readonly List<Block> found = [];

    /// <summary>The words of a paragraph whose end was deleted: they run on into the next.</summary>
    private string carried = "";
    private int paragraph;

    private WordReader(WordPackage package, string main, ReportBuilder report)
    {
        this.report = report;
        var folder = main.Contains('/') ? main[..(main.LastIndexOf('/') + 1)] : "";
        numbering = new WordNumbering(package.Read(folder + "numbering.xml"));
        styles = new WordStyles(package.Read(folder + "styles.xml"));
        var links = Relations(package.Read($"{folder}_rels/{main[folder.Length..]}.rels")).Where(r => r.Attribute("TargetMode")?.Value == "External")
            .GroupBy(r => r.Attribute("Id")?.Value ?? "").ToDictionary(g => g.Key, g => g.First().Attribute("Target")?.Value.Trim() ?? "", StringComparer.Ordinal);
        runs = new WordRuns(links, Mark, report) { Paragraph = 1 };
        notes = NoteNames
            .SelectMany(name => package.Read($"{folder}{name}s.xml")?.Root?.Elements(W + name) ?? [])
            .Where(n => n.Value("type") is null or "normal").GroupBy(Key).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var part in package.Parts.Where(p => p.StartsWith(folder + "header", StringComparison.Ordinal) || p.StartsWith(folder + "footer", StringComparison.Ordinal) || p == folder + "comments.xml"))
        {
            report.LeftOut(1, package.Read(part)?.Root?.Words() ?? "", part.EndsWith("comments.xml", StringComparison.Ordinal) ? "comments of people who worked on the file" : "the head or foot of the pages");
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
            if (document?.Root?.Name == StrictDocument)
            {
                throw new ImportRefusedException($"{name} is in the strict form of Open XML. Save it as an ordinary .docx.");
            }
            if (document?.Root?.Name != W + "document" || document.Root.Element(W + "body") is not { } body)
            {
                throw new ImportRefusedException($"{name} is a zip, but no Word file. Import a .docx, .html, .md or .txt file.");
            }
            var reader = new WordReader(package, main, report);
            language = reader.styles.Language;
            reader.ReadBody(body);
            reader.EndCarried();
            reader.ReadNotes();
            return reader.found;
        }
        catch (InvalidDataException e)
        {
            throw new ImportRefusedException($"{name} is a broken or truncated Word file: {e.Message}");
        }
    }

    private static IEnumerable<XElement> Relations(XDocument? part) => part?.Root?.Elements(Packages + "Relationship") ?? [];

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
                    ReadControl(element);
                    break;
                case "del" or "moveFrom":
                    runs.LeaveOutDeleted(element);
                    break;
                case "altChunk":
                    report.Problem(paragraph + 1, "a file embedded in the document is not read", "Open the document in Word, save it, and import it again.");
                    break;
                case "AlternateContent":
                    ReadBody(element.Element(Compatibility + "Choice") ?? element);
                    break;
                default:
                    ReadBody(element);
                    break;
            }
        }
    }

    private void ReadControl(XElement control)
    {
        var properties = control.Element(W + "sdtPr");
        if (properties?.Element(W + "docPartObj")?.Element(W + "docPartGallery").Value() == "Table of Contents")
        {
            report.LeftOut(paragraph + 1, control.Words(), "the table of contents");
        }
        else if (properties?.Element(W + "tag").Value() == FrontMatterTag)
        {
            report.LeftOut(paragraph + 1, control.Words(), "what the workbench says about the text");
        }
        else if (control.Element(W + "sdtContent") is { } content)
        {
            ReadBody(content);
        }
    }

    private void ReadTable(XElement table)
    {
        var rows = table.Descendants(W + "tr").Where(r => r.Ancestors(W + "tbl").First() == table).ToList();
        if (rows.TrueForAll(r => Cells(r).Count() == 1))
        {
            // A frame around paragraphs, as for a notice or a whole contract.
            rows.SelectMany(Cells).ToList().ForEach(ReadBody);
            return;
        }
        report.Note(paragraph + 1, "a table is kept as paragraphs, one per row");
        foreach (var row in rows)
        {
            if (row.Element(W + "trPr")?.Element(W + "del") is not null)
            {
                runs.LeaveOutDeleted(row);
                continue;
            }
            runs.Paragraph = ++paragraph;
            var cells = Cells(row).Select(c => string.Join(' ', c.Descendants(W + "p").Select(p => $"{Numbered(p)?.Shown} {runs.Words(p)}".Trim()).Where(w => w.Length > 0))).ToList();
            var text = InlineMarkdown.Collapse(string.Join(" | ", cells.Where(c => c.Length > 0)));
            if (text.Length > 0)
            {
                found.Add(new Block(BlockKind.Paragraph, text, paragraph) { IsRow = true });
            }
        }
    }

    private static IEnumerable<XElement> Cells(XElement row) => row.Descendants(W + "tc").Where(c => c.Ancestors(W + "tr").First() == row);

    private void ReadParagraph(XElement element)
    {
        runs.Paragraph = ++paragraph;
        var words = runs.Words(element);
        var isEndDeleted = element.Element(W + "pPr")?.Element(W + "rPr")?.Element(W + "del") is not null;
        if (styles.Name(element).StartsWith("toc ", StringComparison.OrdinalIgnoreCase) || styles.Name(element).StartsWith("toc1", StringComparison.OrdinalIgnoreCase))
        {
            report.LeftOut(paragraph, InlineMarkdown.Plain(words), "the table of contents");
            return;
        }
        if (isEndDeleted)
        {
            report.Note(paragraph, "tracked changes are taken as accepted");
            carried += words;
            return;
        }
        words = carried + words;
        carried = "";
        var lines = Lines(words);
        var number = Numbered(element);
        if (lines.Count == 0)
        {
            report.LeftOut(paragraph, number?.Shown ?? "", "the number of an empty paragraph");
            return;
        }
        if (number is { Shown: null })
        {
            report.LeftOut(paragraph, "•", "the mark of an item without a number");
        }
        Add(element, lines[0], number);
        foreach (var line in lines.Skip(1))
        {
            found.Add(new Block(BlockKind.Paragraph, line, paragraph));
        }
    }

    private void Add(XElement element, string text, WordNumber? number)
    {
        // Whole paragraphs are set in the styles of headings for the sake of their numbers.
        var plain = InlineMarkdown.Plain(text);
        var heading = Block.IsHeadingText(plain, isSet: plain.Length <= LongestSetHeading) ? styles.HeadingLevel(element) : -1;
        var left = number?.Left ?? Indent(element) ?? 0;
        if (number is null)
        {
            nesting.Paragraph(left);
        }
        if (heading >= 0)
        {
            nesting.Heading();
        }
        var shown = number?.Shown;
        if (shown is not null && Marker.Read(shown + "\tWords", true) is null)
        {
            // A number of a form that is no clause number stays as words.
            text = $"{InlineMarkdown.Escape(shown)} {text}";
            shown = null;
        }
        if (number is { IsExact: false })
        {
            report.Note(paragraph, $"Word shows the number {number.Shown} in a form that is not known here");
        }
        var depth = shown is null ? 0 : nesting.Depth(number!.Counter, number.Level, left);
        found.Add(new Block(heading >= 0 ? BlockKind.Heading : BlockKind.Paragraph, text, paragraph, Math.Max(heading, 0), shown, depth)
        {
            BulletDepth = number is { Shown: null } ? number.Level + 1 : 0,
            IsWholePreamble = element.Elements(W + "bookmarkStart").Any(b => b.Value("name") == WholePreamble),
        });
    }

    /// <summary>The paragraphs that line breaks part, if the lines begin with numbers; else one.</summary>
    private static List<string> Lines(string words)
    {
        var lines = new List<string>();
        foreach (var line in words.Split('\n').Select(InlineMarkdown.Collapse).Where(l => l.Length > 0))
        {
            if (lines.Count == 0 || Marker.Read(line, false) is { Kind: MarkerKind.Dotted or MarkerKind.Item or MarkerKind.Keyword })
            {
                lines.Add(line);
            }
            else
            {
                lines[^1] = $"{lines[^1]} {line}";
            }
        }
        return lines;
    }

    private WordNumber? Numbered(XElement element)
    {
        var own = element.Element(W + "pPr")?.Element(W + "numPr");
        var inherited = styles.StyleProperty(element, "numPr");
        var list = own?.Element(W + "numId").Value() ?? inherited?.Element(W + "numId").Value();
        if (list is null or "0")
        {
            return null;
        }
        var given = own?.Element(W + "ilvl").Value() ?? (own?.Element(W + "numId") is null ? inherited?.Element(W + "ilvl").Value() : null);
        var level = int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var at) ? at : own is null && WordStyles.Id(element) is { } style ? numbering.LevelOfStyle(list, style) : 0;
        return numbering.Next(list, level) is { } number ? number with { Left = Indent(element) ?? number.Left } : null;
    }

    /// <summary>How far a paragraph itself or its style sets its words in.</summary>
    private int? Indent(XElement element) =>
        WordNumbering.Indent(element.Element(W + "pPr")) ?? (element.Element(W + "pPr")?.Element(W + "numPr") is null ? WordNumbering.Left(styles.StyleProperty(element, "ind")) : null);

    private static string Key(XElement noteOrReference) => $"{noteOrReference.Name.LocalName[0]}{noteOrReference.Value("id")}";

    private string Mark(XElement reference)
    {
        var key = Key(reference);
        if (!notes.TryGetValue(key, out var note) || note.Words().Trim().Length == 0)
        {
            report.Note(paragraph, "the mark of a footnote without words was left out");
            return "";
        }
        if (!marks.TryGetValue(key, out var mark))
        {
            marks[key] = mark = (marks.Count + 1).ToString(CultureInfo.InvariantCulture);
        }
        return $"[^{mark}]";
    }

    private void EndCarried()
    {
        if (InlineMarkdown.Collapse(carried) is { Length: > 0 } rest)
        {
            found.Add(new Block(BlockKind.Paragraph, rest, paragraph));
        }
    }

    private void ReadNotes()
    {
        foreach (var (key, note) in notes)
        {
            runs.Paragraph = ++paragraph;
            var text = InlineMarkdown.Collapse(string.Join(' ', note.Descendants(W + "p").Select(runs.Words)));
            if (marks.TryGetValue(key, out var mark) && text.Length > 0)
            {
                found.Add(new Block(BlockKind.Footnote, text, paragraph, Number: mark));
            }
            else
            {
                report.LeftOut(paragraph, InlineMarkdown.Plain(text), "a footnote that nothing refers to");
            }
        }
    }
}
