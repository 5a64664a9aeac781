using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using Terms.Catalogue;

namespace Terms.Export;

/// <summary>
/// Proves a redline: it is valid, its ids are unique, accepting all changes gives the new text and rejecting all gives the old. It reads the bytes by
/// itself and uses nothing of what wrote them. Whatever it does not know counts as a failure, so that nothing can hide.
/// </summary>
public static partial class RedlineProof
{
    private const char FootnoteMark = '\uFFFC';

    private static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>The paragraphs of a text as they must be shown: the number, a tab, the words; footnotes at the end, after their mark.</summary>
    public static ImmutableArray<string> Shown(TermsText text)
    {
        var shown = ImmutableArray.CreateBuilder<string>();
        shown.Add(text.Title);
        foreach (var clause in text.All.Where(c => !IsFootnote(c)))
        {
            var number = Catalogue.ClauseNumber.Of(clause.Label);
            var words = TermsTextParser.PlainText(FootnoteReference().Replace(clause.Markdown, m => text.Find("fn" + m.Groups[1].Value) is null ? $"\\[{m.Groups[1].Value}\\]" : "\uE000"))
                .Replace('\uE000', FootnoteMark);
            if (Catalogue.ClauseNumber.IsSection(clause.Label) || clause.Heading is not null)
            {
                shown.Add($"{number}{(Catalogue.ClauseNumber.IsSection(clause.Label) ? "." : "")}\t{clause.Heading}");
                number = null;
            }
            else if (number is not null)
            {
                shown.Add($"{number}\t{words}");
                continue;
            }
            shown.Add(words);
        }
        foreach (Match mark in text.All.Where(c => !IsFootnote(c)).SelectMany(c => FootnoteReference().Matches(c.Markdown)))
        {
            if (text.Find("fn" + mark.Groups[1].Value) is { } footnote)
            {
                shown.Add(FootnoteMark + TermsTextParser.PlainText(FootnoteReference().Replace(footnote.Markdown, @"\[$1\]")));
            }
        }
        return shown.ToImmutable();

        static bool IsFootnote(Clause clause) => Catalogue.ClauseNumber.IsFootnote(clause.Label);
    }

    /// <summary>The paragraphs read from a Word file, in the same form.</summary>
    public static ImmutableArray<string> Shown(IReadOnlyList<WordParagraph> paragraphs) =>
        [.. paragraphs.Select(p => p.Shown), .. paragraphs.SelectMany(p => p.Footnotes).Select(f => FootnoteMark + f.Text)];

    /// <summary>Proves a redline. Empty paragraphs do not count.</summary>
    /// <param name="redline">The bytes of the Word file.</param>
    /// <param name="oldText">The paragraphs that are to be left when all changes are rejected.</param>
    /// <param name="newText">The paragraphs that are to be left when all changes are accepted.</param>
    /// <exception cref="RedlineException">It is not what it has to be; the message says what is wrong and where.</exception>
    public static void Check(byte[] redline, IReadOnlyList<string> oldText, IReadOnlyList<string> newText)
    {
        CheckText(redline, oldText, newText);
        CheckValidity(redline);
    }

    /// <summary>The part of the proof that looks at ids and words.</summary>
    /// <exception cref="RedlineException">It is not what it has to be.</exception>
    public static void CheckText(byte[] redline, IReadOnlyList<string> oldText, IReadOnlyList<string> newText)
    {
        var parts = new Parts(redline);
        CheckIds(parts);
        Compare(new Reading(parts, isAccepted: true).Paragraphs(), newText, "Accepting all changes does not give the new text");
        Compare(new Reading(parts, isAccepted: false).Paragraphs(), oldText, "Rejecting all changes does not give the old text");
    }

    /// <summary>The part of the proof that validates the package against the schemas of Office 2019.</summary>
    /// <exception cref="RedlineException">It is not valid.</exception>
    public static void CheckValidity(byte[] file)
    {
        try
        {
            using var stream = new MemoryStream(file);
            using var document = WordprocessingDocument.Open(stream, isEditable: false);
            var errors = new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Take(3).Select(e => $"{e.Part?.Uri}{e.Path?.XPath}: {e.Description}").ToList();
            if (errors.Count > 0)
            {
                throw new RedlineException("The Word file is not valid. " + string.Join(' ', errors));
            }
        }
        catch (Exception e) when (e is OpenXmlPackageException or IOException or FormatException or XmlException or InvalidDataException)
        {
            throw new RedlineException($"The Word file is not valid. {e.Message}");
        }
    }

    private static void Compare(IEnumerable<string> found, IEnumerable<string> wanted, string failure)
    {
        var (is_, should) = (found.Where(p => p.Length > 0).ToList(), wanted.Where(p => p.Length > 0).ToList());
        for (var i = 0; i < Math.Max(is_.Count, should.Count); i++)
        {
            var (a, b) = (i < is_.Count ? is_[i] : "nothing", i < should.Count ? should[i] : "nothing");
            if (!string.Equals(a, b, StringComparison.Ordinal))
            {
                var at = a.AsSpan().CommonPrefixLength(b);
                throw new RedlineException($"{failure}: paragraph {i + 1} is \"{Around(a, at)}\" and should be \"{Around(b, at)}\".");
            }
        }

        static string Around(string text, int at) => text[Math.Max(0, at - 30)..Math.Min(text.Length, at + 30)];
    }

    /// <summary>Every change has an id, an author and a date; ids are unique; what begins ends.</summary>
    private static void CheckIds(Parts parts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var open = new HashSet<(string Kind, string Id)>();
        foreach (var element in parts.Document.Descendants().Concat(parts.Footnotes?.Descendants() ?? []).Where(e => e.Name.Namespace == W))
        {
            var name = element.Name.LocalName;
            if (name is not ("ins" or "del" or "moveFrom" or "moveTo" or "pPrChange" or "rPrChange" or "bookmarkStart" or "bookmarkEnd" or "moveFromRangeStart" or "moveFromRangeEnd" or "moveToRangeStart" or "moveToRangeEnd"))
            {
                continue;
            }
            var id = Attribute(element, "id") ?? throw new RedlineException($"A w:{name} has no id.");
            if (name.EndsWith("End", StringComparison.Ordinal))
            {
                if (!open.Remove((name[..^3], id)))
                {
                    throw new RedlineException($"The w:{name} with the id {id} ends what did not begin.");
                }
                continue;
            }
            if (!seen.Add(id))
            {
                throw new RedlineException($"The id {id} is used twice.");
            }
            if (name.EndsWith("Start", StringComparison.Ordinal))
            {
                open.Add((name[..^5], id));
            }
            if (name != "bookmarkStart" && (string.IsNullOrEmpty(Attribute(element, "author")) || Attribute(element, "date") is null))
            {
                throw new RedlineException($"The w:{name} with the id {id} has no author or no date.");
            }
        }
        if (open.Count > 0)
        {
            throw new RedlineException($"A w:{open.First().Kind}Start with the id {open.First().Id} has no end.");
        }
        var moves = parts.Document.Descendants().Where(e => e.Name == W + "moveFromRangeStart" || e.Name == W + "moveToRangeStart").GroupBy(e => Attribute(e, "name"));
        if (moves.FirstOrDefault(m => m.Count() != 2 || m.First().Name == m.Last().Name) is { } lonely)
        {
            throw new RedlineException($"The move \"{lonely.Key}\" does not have one beginning and one end.");
        }
    }

    private static string? Attribute(XElement? element, string name) => element?.Attribute(W + name)?.Value;

    private static int Number(XElement? element, string name = "val") =>
        int.TryParse(Attribute(element, name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new RedlineException($"A w:{element?.Name.LocalName} has no number.");

    [GeneratedRegex(@"\[\^([^\]\s]{1,20})\]")]
    private static partial Regex FootnoteReference();

    /// <summary>The parts that hold the text.</summary>
    private sealed class Parts
    {
        private static readonly XmlReaderSettings Settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };

        public Parts(byte[] file)
        {
            try
            {
                using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
                Document = Read(zip, "word/document.xml") ?? throw new RedlineException("The file has no word/document.xml.");
                Numbering = Read(zip, "word/numbering.xml");
                Footnotes = Read(zip, "word/footnotes.xml");
            }
            catch (Exception e) when (e is InvalidDataException or XmlException)
            {
                throw new RedlineException($"The file cannot be read: {e.Message}");
            }
        }

        public XElement Document { get; }
        public XElement? Numbering { get; }
        public XElement? Footnotes { get; }

        private static XElement? Read(ZipArchive zip, string name)
        {
            if (zip.GetEntry(name) is not { } entry)
            {
                return null;
            }
            using var stream = entry.Open();
            using var reader = XmlReader.Create(stream, Settings);
            return XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
    }

    /// <summary>The text with all changes accepted, or with all rejected.</summary>
    private sealed class Reading(Parts parts, bool isAccepted)
    {
        private readonly List<string> paragraphs = [];
        private readonly List<string> footnotes = [];
        private readonly StringBuilder words = new();
        private readonly Counters counters = new(parts.Numbering);

        public List<string> Paragraphs()
        {
            ReadBlocks(parts.Document.Element(W + "body") ?? throw new RedlineException("The document has no body."));
            if (words.Length > 0)
            {
                throw new RedlineException("The mark of the last paragraph is a tracked change, which Word cannot carry out.");
            }
            return [.. paragraphs, .. footnotes];
        }

        private void ReadBlocks(XElement container)
        {
            foreach (var block in container.Elements())
            {
                switch (Name(block))
                {
                    case "p":
                        ReadParagraph(block);
                        break;
                    case "sdt":
                        ReadBlocks(block.Element(W + "sdtContent") ?? throw new RedlineException("A content control has no content."));
                        break;
                    case "sectPr" or "moveFromRangeEnd" or "moveToRangeEnd":
                        break;
                    default:
                        throw Unknown(block);
                }
            }
        }

        /// <summary>A paragraph whose mark goes gives its words to the next one, which keeps its own number and style.</summary>
        private void ReadParagraph(XElement paragraph)
        {
            var properties = paragraph.Element(W + "pPr");
            ReadRuns(paragraph, isGone: false, isDeletion: false);
            var mark = properties?.Element(W + "rPr");
            if (mark?.Element(W + (isAccepted ? "del" : "ins")) is not null || mark?.Element(W + (isAccepted ? "moveFrom" : "moveTo")) is not null)
            {
                return;
            }
            var shown = isAccepted ? properties : properties?.Element(W + "pPrChange")?.Element(W + "pPr") ?? properties;
            var number = shown?.Element(W + "numPr") is { } list ? counters.Next(Number(list.Element(W + "numId")), Number(list.Element(W + "ilvl"))) + "\t" : "";
            paragraphs.Add(number + words);
            words.Clear();
        }

        private void ReadRuns(XElement container, bool isGone, bool isDeletion)
        {
            foreach (var inline in container.Elements())
            {
                switch (Name(inline))
                {
                    case "r":
                        ReadRun(inline, isGone, isDeletion);
                        break;
                    case "hyperlink":
                        ReadRuns(inline, isGone, isDeletion);
                        break;
                    case "ins" or "moveTo":
                        ReadRuns(inline, isGone || !isAccepted, isDeletion);
                        break;
                    case "del":
                        ReadRuns(inline, isGone || isAccepted, isDeletion: true);
                        break;
                    case "moveFrom":
                        ReadRuns(inline, isGone || isAccepted, isDeletion);
                        break;
                    case "pPr" or "bookmarkStart" or "bookmarkEnd" or "moveFromRangeStart" or "moveFromRangeEnd" or "moveToRangeStart" or "moveToRangeEnd":
                        break;
                    default:
                        throw Unknown(inline);
                }
            }
        }

        private void ReadRun(XElement run, bool isGone, bool isDeletion)
        {
            foreach (var part in run.Elements())
            {
                var name = Name(part);
                if (name is "t" or "delText" && name == "delText" != isDeletion)
                {
                    throw new RedlineException($"Words stand in a w:{name} {(isDeletion ? "inside" : "outside")} a deletion: \"{part.Value}\".");
                }
                var read = name switch
                {
                    "t" or "delText" => part.Value,
                    "tab" => "\t",
                    "br" => "\n",
                    "cr" => "\r",
                    "footnoteReference" => FootnoteMark.ToString(),
                    "rPr" => "",
                    _ => throw Unknown(part),
                };
                if (!isGone)
                {
                    words.Append(read);
                    if (name == "footnoteReference")
                    {
                        ReadFootnote(Number(part, "id"));
                    }
                }
            }
        }

        private void ReadFootnote(int id)
        {
            if (parts.Footnotes?.Elements(W + "footnote").Where(f => Number(f, "id") == id).ToList() is not [var footnote])
            {
                throw new RedlineException($"Footnote {id} is not there, or not once.");
            }
            if (footnote.Elements().ToList() is not [var paragraph] || Name(paragraph) != "p")
            {
                throw new RedlineException($"Footnote {id} is not one paragraph.");
            }
            var mark = paragraph.Elements(W + "r").FirstOrDefault();
            if (mark?.Element(W + "footnoteRef") is null || !string.IsNullOrWhiteSpace(mark.Value))
            {
                throw new RedlineException($"Footnote {id} does not begin with its mark.");
            }
            var body = words.ToString();
            words.Clear();
            var copy = new XElement(paragraph);
            copy.Elements(W + "r").First().Remove();
            ReadRuns(copy, isGone: false, isDeletion: false);
            footnotes.Add(FootnoteMark + words.ToString());
            words.Clear().Append(body);
        }

        private static string Name(XElement element) => element.Name.Namespace == W ? element.Name.LocalName : throw Unknown(element);

        private static RedlineException Unknown(XElement element) => new($"The redline holds a {element.Name.LocalName}, which nobody has accounted for.");
    }

    /// <summary>Counts lists as Word shows them (ISO/IEC 29500-1, 17.9): lists made from one definition count on together until a restart.</summary>
    private sealed class Counters
    {
        private readonly Dictionary<int, XElement> definitions;
        private readonly Dictionary<int, XElement> lists;
        private readonly Dictionary<int, int?[]> counters = [];
        private readonly HashSet<(int List, int Level)> restarted = [];

        public Counters(XElement? numbering)
        {
            definitions = ById(numbering?.Elements(W + "abstractNum"), "abstractNumId");
            lists = ById(numbering?.Elements(W + "num"), "numId");
        }

        private static Dictionary<int, XElement> ById(IEnumerable<XElement>? elements, string id)
        {
            var found = new Dictionary<int, XElement>();
            foreach (var element in elements ?? [])
            {
                if (!found.TryAdd(Number(element, id), element))
                {
                    throw new RedlineException($"Two lists have the {id} {Number(element, id)}.");
                }
            }
            return found;
        }

        public string Next(int list, int level)
        {
            if (!lists.TryGetValue(list, out var num) || !definitions.TryGetValue(Number(num.Element(W + "abstractNumId")), out var definition) || level is < 0 or > 8)
            {
                throw new RedlineException($"List {list} with level {level + 1} is not there.");
            }
            var key = Number(definition, "abstractNumId");
            var values = counters.TryGetValue(key, out var kept) ? kept : counters[key] = new int?[9];
            var restart = num.Elements(W + "lvlOverride").FirstOrDefault(o => Number(o, "ilvl") == level)?.Element(W + "startOverride");
            values[level] = restart is not null && restarted.Add((list, level)) ? Number(restart) : values[level] is { } value ? value + 1 : Number(Level(definition, level).Element(W + "start"));
            Array.Clear(values, level + 1, 8 - level);
            return Percent().Replace(Attribute(Level(definition, level).Element(W + "lvlText"), "val") ?? "", m =>
            {
                var at = m.Value[1] - '1';
                var number = values[at] ?? throw new RedlineException($"List {list} shows level {at + 1} before it has begun.");
                return Format(number, Attribute(Level(definition, at).Element(W + "numFmt"), "val"));
            });
        }

        private static XElement Level(XElement definition, int level) =>
            definition.Elements(W + "lvl").FirstOrDefault(l => Number(l, "ilvl") == level) ?? throw new RedlineException($"A list has no level {level + 1}.");

        private static string Format(int number, string? format)
        {
            switch (format)
            {
                case "decimal":
                    return number.ToString(CultureInfo.InvariantCulture);
                case "lowerLetter" or "upperLetter":
                    var letters = new string((char)('a' + ((number - 1) % 26)), ((number - 1) / 26) + 1);
                    return format == "lowerLetter" ? letters : letters.ToUpperInvariant();
                case "lowerRoman" or "upperRoman":
                    int[] values = [100, 90, 50, 40, 10, 9, 5, 4, 1];
                    string[] signs = ["c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"];
                    var roman = new StringBuilder();
                    for (var i = 0; i < values.Length; i++)
                    {
                        for (; number >= values[i]; number -= values[i])
                        {
                            roman.Append(signs[i]);
                        }
                    }
                    return format == "lowerRoman" ? roman.ToString() : roman.ToString().ToUpperInvariant();
                default:
                    throw new RedlineException($"A list counts by {format}, which nobody has accounted for.");
            }
        }
    }

    [GeneratedRegex("%[1-9]")]
    private static partial Regex Percent();
}
