using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Terms.Catalogue;

namespace Terms.Export;

/// <summary>A file is not a Word file that can be read.</summary>
public sealed class WordFileException(string message) : Exception(message);

/// <summary>
/// Reads the paragraphs of any Word file with the numbers that Word shows, for a redline. Tables are read cell by cell, tracked changes as accepted;
/// pictures, text boxes, headers, comments and tables of contents are left out.
/// </summary>
public static partial class WordReader
{
    private const long LargestPart = 64 * 1024 * 1024;
    private const int DeepestNesting = 60;

    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <summary>The paragraphs that hold words, in order.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="name">What to call the file in a message.</param>
    /// <exception cref="WordFileException">It is not a Word file, or too large or too deeply nested to be one.</exception>
    public static ImmutableArray<WordParagraph> Read(byte[] file, string name)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            return new Reading(zip).Paragraphs();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or WordFileException)
        {
            throw new WordFileException($"{name} cannot be read as a Word file: {e.Message} Save it anew from Word as .docx.");
        }
    }

    [GeneratedRegex(@"^(\d{1,3}(?:\.\d{1,3})*)\.?\s|^(\([A-Za-z0-9]{1,5}\))\s")]
    private static partial Regex WrittenNumber();

    [GeneratedRegex(@"^\d{1,4}(\.\d{1,4})*\.?$")]
    private static partial Regex DottedNumber();

    [GeneratedRegex("%[1-9]")]
    private static partial Regex Percent();

    private sealed class Reading
    {
        private readonly XElement body;
        private readonly XElement? notes;
        private readonly Dictionary<string, string> targets;
        private readonly Dictionary<string, XElement> styles;
        private readonly Dictionary<string, XElement> lists;
        private readonly Dictionary<string, XElement> definitions;
        private readonly Dictionary<string, int?[]> counters = new(StringComparer.Ordinal);
        private readonly HashSet<(string List, int Level)> restarted = [];
        private readonly ImmutableArray<WordParagraph>.Builder found = ImmutableArray.CreateBuilder<WordParagraph>();
        private readonly Dictionary<string, int> labels = new(StringComparer.Ordinal);
        private List<WordRun> runs = [];
        private string around = "";
        private int further;
        private int fields;
        private bool isInResult = true;

        public Reading(ZipArchive zip)
        {
            body = Part(zip, "word/document.xml")?.Element(W + "body") ?? throw new WordFileException("it has no word/document.xml.");
            notes = Part(zip, "word/footnotes.xml");
            targets = (Part(zip, "word/_rels/document.xml.rels")?.Elements() ?? []).Where(r => (string?)r.Attribute("TargetMode") == "External")
                .DistinctBy(r => (string?)r.Attribute("Id")).ToDictionary(r => (string?)r.Attribute("Id") ?? "", r => (string?)r.Attribute("Target") ?? "", StringComparer.Ordinal);
            styles = ById(Part(zip, "word/styles.xml"), "style", "styleId");
            var numbering = Part(zip, "word/numbering.xml");
            lists = ById(numbering, "num", "numId");
            definitions = ById(numbering, "abstractNum", "abstractNumId");
        }

        public ImmutableArray<WordParagraph> Paragraphs()
        {
            ReadBlocks(body, 0);
            return found.ToImmutable();
        }

        private static Dictionary<string, XElement> ById(XElement? part, string name, string id) =>
            (part?.Elements(W + name) ?? []).DistinctBy(e => Value(e, id)).ToDictionary(e => Value(e, id) ?? "", StringComparer.Ordinal);

        private static XElement? Part(ZipArchive zip, string name)
        {
            if (zip.GetEntry(name) is not { } entry)
            {
                return null;
            }
            if (entry.Length > LargestPart)
            {
                throw new WordFileException($"{name} is larger than {LargestPart / 1024 / 1024} MB.");
            }
            using var stream = entry.Open();
            using var reader = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LargestPart });
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }

        private static string? Value(XElement? element, string name = "val") => element?.Attribute(W + name)?.Value;

        private static bool IsOn(XElement? toggle) => toggle is not null && Value(toggle) is not ("0" or "false" or "off");

        private void ReadBlocks(XElement container, int depth)
        {
            if (depth > DeepestNesting)
            {
                throw new WordFileException("it is nested too deeply.");
            }
            foreach (var block in container.Elements().Where(e => e.Name.Namespace == W))
            {
                if (block.Name.LocalName == "p")
                {
                    ReadParagraph(block);
                }
                else if (block.Name.LocalName != "sdt" || !IsGenerated(block))
                {
                    ReadBlocks(block, depth + 1);
                }
            }
        }

        private static bool IsGenerated(XElement control) =>
            control.Element(W + "sdtPr") is { } about && (Value(about.Element(W + "tag")) == WordFrame.Tag || Value(about.Descendants(W + "docPartGallery").FirstOrDefault()) == "Table of Contents");

        private void ReadParagraph(XElement paragraph)
        {
            var properties = paragraph.Element(W + "pPr");
            ReadInlines(paragraph, new WordRun(""), 0);
            var mark = properties?.Element(W + "rPr");
            if (mark?.Element(W + "del") is not null || mark?.Element(W + "moveFrom") is not null)
            {
                return;
            }
            var styleId = Value(properties?.Element(W + "pStyle"));
            var style = StylesOf(styleId);
            var number = NumberOf(properties, style, out var listLevel);
            var words = runs;
            runs = [];
            var styleName = (Value(style.FirstOrDefault()?.Element(W + "name")) ?? styleId ?? "").ToLowerInvariant();
            if ((words.All(r => string.IsNullOrWhiteSpace(r.Text)) && number is null) || styleName.StartsWith("toc ", StringComparison.Ordinal))
            {
                return;
            }
            var outline = Value(properties?.Element(W + "outlineLvl") ?? style.Select(s => s.Element(W + "pPr")?.Element(W + "outlineLvl")).FirstOrDefault(o => o is not null));
            var kind = styleName == "title" ? WordKind.Title : outline is not null && outline != "9" ? WordKind.Heading : WordKind.Body;
            var isItem = number is not null && !DottedNumber().IsMatch(number);
            var level = kind == WordKind.Heading ? 1 + (int.TryParse(outline, out var o) ? Math.Clamp(o, 0, 2) : 0)
                : number is null ? 0 : isItem ? Math.Min(listLevel + 1, 6) : Math.Max(1, number.Trim('.').Count(c => c == '.'));
            found.Add(new WordParagraph(number, [.. words], kind, level, isItem ? listLevel + 1 : 0, LabelOf(number, string.Concat(words.Select(r => r.Text)), listLevel)));
        }

        /// <summary>What to pair the paragraph by: its number, that of the clause around it for items, and counting for the rest.</summary>
        private string LabelOf(string? number, string words, int listLevel)
        {
            number ??= WrittenNumber().Match(words) is { Success: true } written ? written.Groups[1].Value + written.Groups[2].Value : null;
            string label;
            if (number is null)
            {
                label = $"{around} ¶{++further}";
            }
            else if (DottedNumber().IsMatch(number))
            {
                around = label = number.TrimEnd('.');
                further = 0;
            }
            else
            {
                label = $"{around} {listLevel} {number}";
            }
            var times = labels[label] = labels.GetValueOrDefault(label) + 1;
            return times == 1 ? label : $"{label} [{times}]";
        }

        private List<XElement> StylesOf(string? id)
        {
            var chain = new List<XElement>();
            while (id is not null && styles.TryGetValue(id, out var style) && chain.Count < 20)
            {
                chain.Add(style);
                id = Value(style.Element(W + "basedOn"));
            }
            return chain;
        }

        private string? NumberOf(XElement? properties, List<XElement> style, out int level)
        {
            var own = properties?.Element(W + "numPr");
            var inherited = style.Select(s => s.Element(W + "pPr")?.Element(W + "numPr")).FirstOrDefault(n => n is not null);
            var list = Value(own?.Element(W + "numId")) ?? Value(inherited?.Element(W + "numId"));
            _ = int.TryParse(Value(own?.Element(W + "ilvl")) ?? Value(inherited?.Element(W + "ilvl")), out level);
            level = Math.Clamp(level, 0, 8);
            if (list is null or "0" || !lists.TryGetValue(list, out var num) || !definitions.TryGetValue(Value(num.Element(W + "abstractNumId")) ?? "", out var definition))
            {
                return null;
            }
            var key = Value(definition, "abstractNumId")!;
            var values = counters.TryGetValue(key, out var kept) ? kept : counters[key] = new int?[9];
            var at = level;
            var start = Override(num, at)?.Element(W + "startOverride");
            values[at] = start is not null && restarted.Add((list, at)) ? IntOf(start) : values[at] + 1 ?? IntOf(LevelOf(num, definition, at)?.Element(W + "start"));
            for (var deeper = at + 1; deeper < 9; deeper++)
            {
                if (Value(LevelOf(num, definition, deeper)?.Element(W + "lvlRestart")) is not { } restart || restart != "0" && at < int.Parse(restart, CultureInfo.InvariantCulture))
                {
                    values[deeper] = null;
                }
            }
            var isLegal = IsOn(LevelOf(num, definition, at)?.Element(W + "isLgl"));
            var shown = Percent().Replace(Value(LevelOf(num, definition, at)?.Element(W + "lvlText")) ?? "", m =>
            {
                var l = m.Value[1] - '1';
                var of = LevelOf(num, definition, l);
                return Format(values[l] ?? IntOf(of?.Element(W + "start")), isLegal ? "decimal" : Value(of?.Element(W + "numFmt")) ?? "decimal");
            }).Trim();
            return shown.Length == 0 ? null : shown.Length == 1 && !char.IsAsciiLetterOrDigit(shown[0]) ? "•" : shown;
        }

        private static int IntOf(XElement? element) => int.TryParse(Value(element), out var value) ? value : 1;

        private static XElement? Override(XElement num, int level) => num.Elements(W + "lvlOverride").FirstOrDefault(o => Value(o, "ilvl") == level.ToString(CultureInfo.InvariantCulture));

        private static XElement? LevelOf(XElement num, XElement definition, int level) =>
            Override(num, level)?.Element(W + "lvl") ?? definition.Elements(W + "lvl").FirstOrDefault(l => Value(l, "ilvl") == level.ToString(CultureInfo.InvariantCulture));

        private static string Format(int number, string format) => format switch
        {
            _ when number is < 1 or > 3000 => number.ToString(CultureInfo.InvariantCulture),
            "lowerLetter" => Letters(number),
            "upperLetter" => Letters(number).ToUpperInvariant(),
            "lowerRoman" => Roman(number),
            "upperRoman" => Roman(number).ToUpperInvariant(),
            "decimalZero" => number.ToString("00", CultureInfo.InvariantCulture),
            "none" => "",
            "bullet" => "•",
            _ => number.ToString(CultureInfo.InvariantCulture),
        };

        private static string Letters(int number) => new((char)('a' + ((number - 1) % 26)), ((number - 1) / 26) + 1);

        private static string Roman(int number)
        {
            var roman = new StringBuilder();
            foreach (var (value, sign) in new[] { (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i") })
            {
                for (; number >= value; number -= value)
                {
                    roman.Append(sign);
                }
            }
            return roman.ToString();
        }

        private void ReadInlines(XElement container, WordRun look, int depth)
        {
            if (depth > DeepestNesting)
            {
                throw new WordFileException("it is nested too deeply.");
            }
            foreach (var inline in container.Elements().Where(e => e.Name.Namespace == W))
            {
                switch (inline.Name.LocalName)
                {
                    case "r":
                        ReadRun(inline, look);
                        break;
                    case "hyperlink":
                        ReadInlines(inline, look with { Link = LinkOf(inline) }, depth + 1);
                        break;
                    case "ins" or "moveTo" or "smartTag" or "sdt" or "sdtContent" or "fldSimple" or "customXml" or "dir" or "bdo":
                        ReadInlines(inline, look, depth + 1);
                        break;
                }
            }
        }

        private string? LinkOf(XElement hyperlink) =>
            (string?)hyperlink.Attribute(R + "id") is { } id && targets.TryGetValue(id, out var target) && SafeLink.Allows(target) && !target.StartsWith('#') ? target : null;

        private void ReadRun(XElement run, WordRun look)
        {
            var properties = run.Element(W + "rPr");
            if (IsOn(properties?.Element(W + "vanish")))
            {
                return;
            }
            look = look with { IsBold = IsOn(properties?.Element(W + "b")), IsItalic = IsOn(properties?.Element(W + "i")) };
            foreach (var part in run.Elements().Where(e => e.Name.Namespace == W))
            {
                switch (part.Name.LocalName)
                {
                    case "fldChar":
                        var kind = Value(part, "fldCharType");
                        fields += kind == "begin" ? 1 : kind == "end" ? -1 : 0;
                        isInResult = kind == "separate" || (kind == "end" && fields <= 0) || (isInResult && kind != "begin");
                        break;
                    case "footnoteReference":
                        Add(look with { Text = WordParagraph.FootnoteMark.ToString(), Link = null, Footnote = FootnoteOf(Value(part, "id")) });
                        break;
                    default:
                        Add(look with { Text = WordsOf(part) });
                        break;
                }
            }
        }

        private static string WordsOf(XElement part) => part.Name.LocalName switch
        {
            "t" => part.Value,
            "tab" or "ptab" => "\t",
            "br" when Value(part, "type") is null or "textWrapping" => "\n",
            "cr" => "\n",
            "noBreakHyphen" => "\u2011",
            "softHyphen" => "\u00AD",
            "sym" => "•",
            _ => "",
        };

        private void Add(WordRun run)
        {
            if (run.Text.Length == 0 || !isInResult)
            {
                return;
            }
            if (run.Footnote is null && runs is [.., { Footnote: null } last] && last with { Text = run.Text } == run)
            {
                runs[^1] = last with { Text = last.Text + run.Text };
            }
            else
            {
                runs.Add(run);
            }
        }

        private WordParagraph FootnoteOf(string? id)
        {
            var footnote = notes?.Elements(W + "footnote").FirstOrDefault(f => Value(f, "id") == id);
            var words = string.Join(' ', (footnote?.Elements(W + "p") ?? []).Select(p => string.Concat(p.Descendants(W + "r").Where(d => !d.Ancestors(W + "del").Any()).Elements().Select(WordsOf)).Trim()));
            return new WordParagraph(null, [new WordRun(words)]);
        }
    }
}
