using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Terms.Tests.Export;

/// <summary>A small reader of Word files for tests: paragraphs with the numbers that Word shows, and whether a list or the words give the number.</summary>
internal sealed class WordFile
{
    public static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly Dictionary<string, XElement> parts = new(StringComparer.Ordinal);

    /// <param name="bytes">The file.</param>
    /// <param name="apart">False to count all lists of a definition together, as Word does; true to count each for itself, as some programs do.</param>
    public WordFile(byte[] bytes, bool apart = false)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        foreach (var entry in zip.Entries)
        {
            using var stream = entry.Open();
            parts[entry.FullName] = XElement.Load(stream, LoadOptions.PreserveWhitespace);
        }
        Paragraphs = [.. Read(apart)];
    }

    public sealed record Paragraph(string Style, string? Listed, string Text, XElement Element)
    {
        public string Shown => Listed is null ? Text : $"{Listed}\t{Text}";
    }

    public IReadOnlyList<Paragraph> Paragraphs { get; }

    public XElement this[string part] => parts[part];

    /// <summary>What stands about the text at the top, line by line.</summary>
    public IReadOnlyList<string> FrontMatter =>
        [.. parts["word/document.xml"].Descendants(W + "sdt").First().Descendants(W + "p").Select(p => string.Concat(p.Descendants(W + "r").Elements().Select(e => e.Name == W + "tab" ? "\t" : e.Value)))];

    public bool Has(string part) => parts.ContainsKey(part);

    private IEnumerable<Paragraph> Read(bool apart)
    {
        var numbering = parts["word/numbering.xml"];
        var counters = new Dictionary<string, int[]>(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var p in parts["word/document.xml"].Element(W + "body")!.Elements(W + "p"))
        {
            var text = string.Concat(p.Descendants(W + "r").Elements().Select(e => e.Name == W + "t" ? e.Value : e.Name == W + "tab" ? "\t" : e.Name == W + "footnoteReference" ? "\uFFFC" : ""));
            var properties = p.Element(W + "pPr")!;
            string? listed = null;
            if (properties.Element(W + "numPr") is { } list)
            {
                var (num, level) = (Val(list.Element(W + "numId")), int.Parse(Val(list.Element(W + "ilvl")), CultureInfo.InvariantCulture));
                var instance = numbering.Elements(W + "num").Single(n => Val(n, "numId") == num);
                var definition = numbering.Elements(W + "abstractNum").Single(a => Val(a, "abstractNumId") == Val(instance.Element(W + "abstractNumId")));
                var key = apart ? num : Val(instance.Element(W + "abstractNumId"));
                var counts = counters.TryGetValue(key, out var kept) ? kept : counters[key] = new int[10];
                var start = instance.Elements(W + "lvlOverride").SingleOrDefault(o => Val(o, "ilvl") == $"{level}")?.Element(W + "startOverride");
                counts[level] = start is not null && used.Add(num) ? int.Parse(Val(start), CultureInfo.InvariantCulture) : counts[level] + 1;
                Array.Clear(counts, level + 1, 9 - level);
                listed = Regex.Replace(Val(Level(definition, level).Element(W + "lvlText")), "%([1-9])", m =>
                {
                    var l = m.Groups[1].Value[0] - '1';
                    return Format(counts[l], Val(Level(definition, l).Element(W + "numFmt")));
                });
            }
            yield return new Paragraph(Val(properties.Element(W + "pStyle")), listed, text, p);
        }
    }

    private static XElement Level(XElement definition, int level) => definition.Elements(W + "lvl").Single(l => Val(l, "ilvl") == $"{level}");

    private static string Val(XElement? element, string name = "val") => element!.Attribute(W + name)!.Value;

    private static string Format(int number, string format) => format switch
    {
        "decimal" => $"{number}",
        "lowerLetter" => new string((char)('a' + ((number - 1) % 26)), 1 + ((number - 1) / 26)),
        "upperLetter" => new string((char)('A' + ((number - 1) % 26)), 1 + ((number - 1) / 26)),
        "lowerRoman" => Roman(number),
        "upperRoman" => Roman(number).ToUpperInvariant(),
        _ => throw new FormatException(format),
    };

    private static string Roman(int number) =>
        new string('i', number).Replace("iiiii", "v", StringComparison.Ordinal).Replace("iiii", "iv", StringComparison.Ordinal).Replace("vv", "x", StringComparison.Ordinal)
            .Replace("viv", "ix", StringComparison.Ordinal).Replace("xxxxx", "l", StringComparison.Ordinal).Replace("xxxx", "xl", StringComparison.Ordinal);
}
