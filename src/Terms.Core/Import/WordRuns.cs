using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using static Terms.Import.WordNames;

namespace Terms.Import;

/// <summary>Reads what stands in a paragraph of a Word file: runs, links, fields, tracked changes, marks of footnotes.</summary>
/// <param name="links">The addresses of links by the ids of their relations.</param>
/// <param name="mark">The mark of a footnote or endnote that is referred to; empty if it has no words.</param>
/// <param name="report">Where it is noted what is left out.</param>
internal sealed partial class WordRuns(IReadOnlyDictionary<string, string> links, Func<XElement, string> mark, ReportBuilder report)
{
    private const int DeepestLink = 5;

    private readonly Stack<Field> fields = new();

    /// <summary>How many of the open fields have not come to what they show.</summary>
    private int hidden;

    private readonly record struct Piece(string Text, bool IsBold);

    /// <summary>A field: its instruction, then what it shows.</summary>
    private sealed class Field(List<Piece> pieces, int start)
    {
        public StringBuilder Instruction { get; } = new();
        public bool IsShown { get; set; }
        public List<Piece> Pieces { get; } = pieces;
        public int Start { get; set; } = start;
    }

    /// <summary>The paragraph that is read, for the report.</summary>
    public int Paragraph { get; set; }

    /// <summary>The words of a paragraph as inline Markdown, runs joined; line breaks stay.</summary>
    public string Words(XElement paragraph)
    {
        var pieces = new List<Piece>();
        Gather(paragraph, pieces);
        while (fields.TryPeek(out var open) && !open.IsShown)
        {
            fields.Pop();
            hidden--;
        }
        return Joined(pieces, 0);
    }

    private static string Joined(List<Piece> pieces, int from)
    {
        var words = new StringBuilder();
        for (var i = from; i < pieces.Count;)
        {
            var bold = pieces[i].IsBold;
            var joined = new StringBuilder();
            for (; i < pieces.Count && (pieces[i].IsBold == bold || (bold && pieces[i].Text.Trim().Length == 0)); i++)
            {
                joined.Append(pieces[i].Text);
            }
            words.Append(bold ? string.Join('\n', joined.ToString().Split('\n').Select(Bold)) : joined.ToString());
        }
        return words.ToString();
    }

    private static string Bold(string text)
    {
        var inner = text.Trim();
        return inner.Length == 0 || inner.Contains("**", StringComparison.Ordinal)
            ? text : string.Concat(text.AsSpan(0, text.Length - text.TrimStart().Length), "**", inner, "**") + text[text.TrimEnd().Length..];
    }

    private void Gather(XElement container, List<Piece> pieces)
    {
        foreach (var element in container.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "r":
                    GatherRun(element, pieces);
                    break;
                case "hyperlink":
                    GatherLink(element, element.Attribute(R + "id")?.Value is { } id ? links.GetValueOrDefault(id, "") : "", pieces);
                    break;
                case "fldSimple":
                    GatherLink(element, Address(element.Value("instr") ?? ""), pieces);
                    break;
                case "ins" or "moveTo":
                    report.Note(Paragraph, "tracked changes are taken as accepted");
                    Gather(element, pieces);
                    break;
                case "del" or "moveFrom":
                    LeaveOutDeleted(element);
                    break;
                case "oMath" or "oMathPara":
                    pieces.Add(new Piece(InlineMarkdown.Escape(string.Concat(element.Descendants().Where(d => d.Name.LocalName == "t").Select(t => t.Value))), false));
                    break;
                case "AlternateContent":
                    Gather(element.Element(Compatibility + "Choice") ?? element.Element(Compatibility + "Fallback") ?? element, pieces);
                    break;
                case "pPr" or "sdtPr" or "rPr":
                    break;
                default:
                    // Content controls, smart tags, directions: what is inside counts.
                    Gather(element, pieces);
                    break;
            }
        }
    }

    private void GatherLink(XElement element, string url, List<Piece> pieces)
    {
        var inner = new List<Piece>();
        Gather(element, inner);
        Link(inner, 0, url);
        pieces.AddRange(inner);
    }

    /// <summary>Makes the pieces from a place on a link.</summary>
    private static void Link(List<Piece> pieces, int from, string url)
    {
        if (url.Length == 0)
        {
            return;
        }
        var text = string.Concat(pieces.Skip(from).Select(p => p.Text));
        if (text.Contains("](", StringComparison.Ordinal) || text.Contains("[^", StringComparison.Ordinal))
        {
            return;
        }
        var written = new StringBuilder();
        InlineMarkdown.AppendLink(written, text.Trim(), url);
        var isBold = pieces.Skip(from).All(p => p.IsBold || p.Text.Trim().Length == 0);
        pieces.RemoveRange(from, pieces.Count - from);
        pieces.Add(new Piece(written.ToString(), isBold));
    }

    private void GatherRun(XElement run, List<Piece> pieces)
    {
        var properties = run.Element(W + "rPr");
        var isBold = properties?.Element(W + "b").IsOn() == true;
        var text = new StringBuilder();
        foreach (var element in run.Elements())
        {
            switch (element.Name.LocalName)
            {
                case "fldChar":
                    Flush();
                    ReadField(element.Value("fldCharType"), pieces);
                    break;
                case "instrText" when fields.TryPeek(out var open):
                    open.Instruction.Append(element.Value);
                    break;
                case "t" when hidden > 0:
                    report.LeftOut(Paragraph, element.Value, "the instruction of a field");
                    break;
                case "t":
                    text.Append(InlineMarkdown.Escape(element.Value));
                    break;
                case "br" when element.Value("type") is null or "textWrapping":
                case "cr":
                    text.Append('\n');
                    break;
                case "tab" or "br" or "ptab":
                    text.Append(' ');
                    break;
                case "noBreakHyphen":
                    text.Append('-');
                    break;
                case "sym":
                    text.Append(Symbol(element.Value("char")));
                    break;
                case "footnoteReference" or "endnoteReference":
                    text.Append(mark(element));
                    break;
                case "delText":
                    report.LeftOut(Paragraph, element.Value, "deleted in a tracked change");
                    break;
                case "ruby":
                    report.LeftOut(Paragraph, element.Element(W + "rt")?.Words() ?? "", "the reading above the words");
                    text.Append(InlineMarkdown.Escape(element.Element(W + "rubyBase")?.Words() ?? ""));
                    break;
                case "drawing" or "pict" or "object" or "AlternateContent":
                    Drawing(element);
                    break;
            }
        }
        Flush();

        void Flush()
        {
            if (properties?.Element(W + "vanish").IsOn() == true)
            {
                report.LeftOut(Paragraph, text.ToString(), "the file hides it");
            }
            else if (text.Length > 0)
            {
                pieces.Add(new Piece(text.ToString(), isBold && !text.ToString().Contains("[^", StringComparison.Ordinal)));
            }
            text.Clear();
        }
    }

    private void ReadField(string? type, List<Piece> pieces)
    {
        switch (type)
        {
            case "begin":
                fields.Push(new Field(pieces, pieces.Count));
                hidden++;
                break;
            case "separate" when fields.TryPeek(out var open) && !open.IsShown:
                hidden--;
                (open.IsShown, open.Start) = (true, pieces.Count);
                break;
            case "end" when fields.TryPop(out var field):
                hidden -= field.IsShown ? 0 : 1;
                if (ReferenceEquals(field.Pieces, pieces) && field.Start <= pieces.Count && fields.Count < DeepestLink)
                {
                    Link(pieces, field.Start, Address(field.Instruction.ToString()));
                }
                break;
        }
    }

    /// <summary>The address that a field leads to; empty for other fields and for places in the file.</summary>
    private static string Address(string instruction) => Hyperlink().Match(instruction) is { Success: true } link ? link.Groups[1].Value : "";

    /// <summary>Text in a drawing stands in a box of its own, once in each of two forms.</summary>
    private void Drawing(XElement element)
    {
        var shown = element.Name == Compatibility + "AlternateContent" ? element.Element(Compatibility + "Choice") ?? element : element;
        var words = string.Join(' ', shown.Descendants(W + "txbxContent").Where(b => !b.Ancestors(W + "txbxContent").Any()).Select(b => b.Words()));
        report.LeftOut(Paragraph, words, "a box beside the text");
        if (words.Length == 0 && shown.Descendants().Any(d => d.Name.LocalName is "blip" or "imagedata"))
        {
            report.Note(Paragraph, "a picture was left out");
        }
    }

    /// <summary>Reports what a tracked change deleted.</summary>
    public void LeaveOutDeleted(XElement element)
    {
        report.Note(Paragraph, "tracked changes are taken as accepted");
        report.LeftOut(Paragraph, string.Concat(element.Descendants().Where(d => d.Name == W + "delText" || d.Name == W + "t").Select(t => t.Value)), "deleted in a tracked change");
    }

    private static string Symbol(string? code) =>
        int.TryParse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value) && value is > 32 and < 0xD800 ? ((char)value).ToString() : "•";

    [GeneratedRegex(@"^\s*HYPERLINK\s+""([^""]{1,2000})""", RegexOptions.IgnoreCase)]
    private static partial Regex Hyperlink();
}
