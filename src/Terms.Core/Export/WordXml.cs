using System.Text;

namespace Terms.Export;

/// <summary>Pieces of WordprocessingML (ISO/IEC 29500-1).</summary>
internal static class WordXml
{
    public const string Declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

    public const string Namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

    /// <summary>Words inside an element or a quoted attribute.</summary>
    public static StringBuilder Escaped(this StringBuilder xml, ReadOnlySpan<char> words)
    {
        for (var at = words.IndexOfAny("&<>\""); at >= 0; at = words.IndexOfAny("&<>\""))
        {
            xml.Append(words[..at]).Append(words[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "&quot;" });
            words = words[(at + 1)..];
        }
        return xml.Append(words);
    }

    /// <summary>The inside of a run: its words, with tabs and line ends as Word has them.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="words">The words.</param>
    /// <param name="isDeleted">Whether they stand in a tracked deletion, where Word calls them <c>w:delText</c>.</param>
    public static StringBuilder Words(this StringBuilder xml, ReadOnlySpan<char> words, bool isDeleted = false)
    {
        var name = isDeleted ? "w:delText" : "w:t";
        while (!words.IsEmpty)
        {
            var at = words.IndexOfAny('\t', '\n', '\r');
            var end = at < 0 ? words.Length : at;
            if (end > 0)
            {
                xml.Append('<').Append(name).Append(" xml:space=\"preserve\">").Escaped(words[..end]).Append("</").Append(name).Append('>');
            }
            if (at < 0)
            {
                break;
            }
            xml.Append(words[at] switch { '\t' => "<w:tab/>", '\n' => "<w:br/>", _ => "<w:cr/>" });
            words = words[(at + 1)..];
        }
        return xml;
    }

    /// <summary>How a run is set, in the order of the schema.</summary>
    public static StringBuilder RunLook(this StringBuilder xml, WordRun run)
    {
        if (run.Footnote is not null)
        {
            return xml.Append("<w:rStyle w:val=\"FootnoteReference\"/>");
        }
        xml.Append(run.Link is null ? "" : "<w:rStyle w:val=\"Hyperlink\"/>");
        return xml.Append(run.IsBold ? "<w:b/>" : "").Append(run.IsItalic ? "<w:i/>" : "");
    }

    /// <summary>The inside of <c>w:pPr</c> before its marks and changes: style, list, indent.</summary>
    public static string Properties(WordParagraph paragraph, WordNumber number, WordNumbering numbering)
    {
        var style = (paragraph.Kind, paragraph.Level, paragraph.ItemDepth) switch
        {
            (WordKind.Title, _, _) => "Title",
            (WordKind.Heading, var level, _) => "Heading" + Math.Clamp(level, 1, 3).ToString(System.Globalization.CultureInfo.InvariantCulture),
            (_, _, > 0) => "Item",
            _ => paragraph.Number is null ? "BodyText" : "Clause",
        };
        var properties = $"<w:pStyle w:val=\"{style}\"/>";
        if (number.List > 0)
        {
            properties += string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<w:numPr><w:ilvl w:val=\"{number.Level}\"/><w:numId w:val=\"{number.List}\"/></w:numPr>");
        }
        var left = WordNumbering.Indent * (paragraph.Kind == WordKind.Body ? paragraph.Level : paragraph.Number is null ? 0 : 1);
        var given = number.List > 0 ? numbering.LeftOf(number.Level) : 0;
        if (left != given || (paragraph.Number is not null && number.List == 0))
        {
            var hanging = paragraph.Number is null ? 0 : WordNumbering.Indent;
            properties += string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<w:ind w:left=\"{Math.Max(left, hanging)}\" w:hanging=\"{hanging}\"/>");
        }
        return properties;
    }
}
