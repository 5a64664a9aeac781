using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>Writes a text in the project's format, and keeps account of labels and places.</summary>
internal sealed partial class ClauseWriter(ReportBuilder report)
{
    private const int MostUses = 99;
    private const int MostLooseFootnotes = 200;

    private readonly StringBuilder written = new();
    private readonly Dictionary<string, int> uses = new(StringComparer.Ordinal);
    private readonly HashSet<string> footnotes = new(StringComparer.Ordinal);
    private readonly HashSet<string> referred = new(StringComparer.Ordinal);
    private int loose;
    private string carried = "";
    private int lines = 1;

    /// <summary>Where each line of the result comes from: line of the result, line of the document.</summary>
    public SortedList<int, int> Places { get; } = [];

    /// <summary>The text so far.</summary>
    public string Markdown => written.ToString();

    /// <summary>Whether a label has been used.</summary>
    public bool IsUsed(string label) => uses.ContainsKey(label);

    /// <summary>Takes the marks of footnotes out of a heading, which cannot hold them: they go behind the next paragraph.</summary>
    public string CarryMarks(string heading)
    {
        carried += string.Concat(InlineMarkdown.Marks(heading));
        return InlineMarkdown.WithoutMarks(heading);
    }

    /// <summary>Writes a block.</summary>
    /// <param name="words">The block in the project's format.</param>
    /// <param name="line">Where it stands in the document.</param>
    public void Write(string words, int line)
    {
        if (carried.Length > 0 && !words.StartsWith('#'))
        {
            var marks = carried;
            carried = "";
            report.Note(line, $"the mark of a footnote stood in a heading; it stands behind the first paragraph below it");
            if (words.StartsWith("[^", StringComparison.Ordinal))
            {
                Write(marks, line);
            }
            else
            {
                words += marks;
            }
        }
        // Side by side, marks would be read as one link.
        words = MarkBeforeBracket().Replace(words, "$0 ");
        Places[lines] = line;
        foreach (Match reference in FootnoteReference().Matches(words))
        {
            referred.Add(reference.Groups[1].Value);
        }
        written.Append(words).Append("\n\n");
        lines += 2;
    }

    /// <summary>The ordinal that sets a further use of a label apart, such as <c>[2nd]</c>; empty for the first use.</summary>
    /// <param name="label">The label.</param>
    /// <param name="line">Where it is used.</param>
    /// <param name="isKnown">Whether the report says already that the label is used again.</param>
    public string Use(string label, int line, bool isKnown = false)
    {
        var count = uses[label] = uses.GetValueOrDefault(label) + 1;
        if (count > MostUses)
        {
            throw new ImportRefusedException($"The number {label} is used more than {MostUses} times. Check that the document is an agreement.");
        }
        if (count == 1)
        {
            return "";
        }
        var ordinal = string.Create(CultureInfo.InvariantCulture, $"[{count}{(count is 11 or 12 or 13 ? "th" : (count % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}]");
        if (!isKnown)
        {
            report.Problem(line, LintForms.NumberAgainImported, $"{label} {ordinal}", label, $"{label} {ordinal}");
        }
        return ordinal;
    }

    /// <summary>Words without an ordinal that the document itself sets behind a number used again.</summary>
    public static string WithoutOrdinal(string words, string ordinal) =>
        ordinal.Length > 0 && words.StartsWith(InlineMarkdown.Escape(ordinal), StringComparison.Ordinal) ? words[InlineMarkdown.Escape(ordinal).Length..].TrimStart() : words;

    /// <summary>Writes the footnotes of a text, behind its clauses.</summary>
    /// <param name="blocks">The blocks of the text.</param>
    /// <param name="isTrailingNote">Whether a block is one of the numbered notes at its end.</param>
    public void WriteFootnotes(List<Block> blocks, Func<int, bool> isTrailingNote)
    {
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = blocks[i];
            if (block.Kind == BlockKind.Footnote)
            {
                WriteFootnote(block.Number!, block.Text, block.Line);
            }
            else if (isTrailingNote(i))
            {
                WriteFootnote(block.Marker!.First.ToString(CultureInfo.InvariantCulture), block.Rest, block.Line);
            }
        }
        report.LeftOut(blocks.LastOrDefault()?.Line ?? 1, carried, "the mark of a footnote in a heading without a paragraph below it");
    }

    /// <summary>Writes a footnote, and the reference to it if no words refer to it yet.</summary>
    private void WriteFootnote(string mark, string words, int line)
    {
        if (!footnotes.Add(mark))
        {
            report.LeftOut(line, $"[^{mark}]: {words}", $"a second footnote with the mark {mark}");
            return;
        }
        if (!referred.Contains(mark) && !carried.Contains($"[^{mark}]", StringComparison.Ordinal))
        {
            if (++loose > MostLooseFootnotes)
            {
                throw new ImportRefusedException($"Nothing in the document refers to more than {MostLooseFootnotes} of its footnotes. Check that it is whole.");
            }
            PlaceMark(mark, line);
        }
        Write($"[^{mark}]: {words}", line);
    }

    /// <summary>Puts the reference to a footnote where its number stands in the words; behind the last paragraph if that is nowhere.</summary>
    private void PlaceMark(string mark, int line)
    {
        var text = Markdown;
        var shown = Regex.Escape(mark);
        var matches = Regex.Matches(text, $@"(?<=[\p{{L}})\]”""][.,]?)(?:\s?{shown}\.\s(?=\s*[(\p{{Ll}}])|\s?\\\[{shown}\\\]|(?<=[.)”""]){shown}(?=[\s,;.]))");
        if (matches.Count == 1)
        {
            written.Clear().Append(text.AsSpan(0, matches[0].Index)).Append("[^").Append(mark).Append("] ").Append(text.AsSpan(matches[0].Index + matches[0].Length).TrimStart(' '));
            report.Note(line, $"the mark of footnote {mark} was found in the words");
            return;
        }
        var end = text.TrimEnd('\n');
        var last = end.IndexOf("\n\n[^", StringComparison.Ordinal) is > 0 and var notes ? notes : end.Length;
        while (last > 0 && end.LastIndexOf('\n', last - 1) is var start && end.AsSpan(start + 1, last - start - 1).StartsWith("#"))
        {
            last = end.LastIndexOf("\n\n", Math.Max(start - 1, 0), StringComparison.Ordinal) is > 0 and var above ? above : 0;
        }
        written.Clear().Append(end.AsSpan(0, last)).Append(last > 0 ? $"[^{mark}]" : "").Append(end.AsSpan(last)).Append("\n\n");
        report.Problem(line, $"nothing in the text refers to footnote {mark}; the reference was put behind the last paragraph", "Move it to the words that the footnote is about.");
    }

    [GeneratedRegex(@"\[\^([^\]\s\[]{1,10})\]")]
    private static partial Regex FootnoteReference();

    [GeneratedRegex(@"\[\^[^\]\s\[]{1,10}\](?=[\[(])")]
    private static partial Regex MarkBeforeBracket();
}
