using System.Globalization;
using System.Xml.Linq;
using static Terms.Import.WordNames;

namespace Terms.Import;

/// <summary>The styles of a Word file: what a paragraph has that does not say so itself.</summary>
internal sealed class WordStyles
{
    private const int MostAncestors = 12;

    private readonly Dictionary<string, XElement> styles = new(StringComparer.Ordinal);
    private readonly string? defaultStyle;

    public WordStyles(XDocument? part)
    {
        foreach (var style in part?.Root?.Elements(W + "style") ?? [])
        {
            styles.TryAdd(style.Value("styleId") ?? "", style);
        }
        defaultStyle = styles.Values.FirstOrDefault(s => s.Value("type") == "paragraph" && s.Value("default") is "1" or "true")?.Value("styleId");
        Language = part?.Root?.Element(W + "docDefaults")?.Descendants(W + "lang").FirstOrDefault().Value() is { Length: >= 2 } tag ? tag[..2].ToLowerInvariant() : null;
    }

    /// <summary>The language of the file, as two letters (ISO 639-1); null if it names none.</summary>
    public string? Language { get; }

    /// <summary>The id of a paragraph's style; null for the default.</summary>
    public static string? Id(XElement paragraph) => paragraph.Element(W + "pPr")?.Element(W + "pStyle").Value();

    /// <summary>The name of a paragraph's style, as people see it; empty for the default.</summary>
    public string Name(XElement paragraph) => Id(paragraph) is { } id ? styles.TryGetValue(id, out var style) ? style.Element(W + "name").Value() ?? id : id : "";

    /// <summary>0 for a title, 1 to 9 for a heading, -1 for neither.</summary>
    public int HeadingLevel(XElement paragraph)
    {
        var name = Name(paragraph);
        if (name.Equals("title", StringComparison.OrdinalIgnoreCase))
        {
            return 0;
        }
        if (name.StartsWith("heading", StringComparison.OrdinalIgnoreCase) && int.TryParse(name.AsSpan(7), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out var level) && level is >= 1 and <= 9)
        {
            return level;
        }
        return int.TryParse(Property(paragraph, "outlineLvl").Value(), NumberStyles.None, CultureInfo.InvariantCulture, out var outline) && outline < 9 ? outline + 1 : -1;
    }

    /// <summary>A property of a paragraph, from itself or its styles.</summary>
    public XElement? Property(XElement paragraph, string name) => paragraph.Element(W + "pPr")?.Element(W + name) ?? StyleProperty(paragraph, name);

    /// <summary>A property that a paragraph has from its styles.</summary>
    public XElement? StyleProperty(XElement paragraph, string name)
    {
        var id = Id(paragraph) ?? defaultStyle;
        for (var i = 0; i < MostAncestors && id is not null && styles.TryGetValue(id, out var style); i++)
        {
            if (style.Element(W + "pPr")?.Element(W + name) is { } inherited)
            {
                return inherited;
            }
            id = style.Element(W + "basedOn").Value();
        }
        return null;
    }
}
