using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Holds the footnotes of a text against the marks that refer to them.</summary>
/// <param name="file">The name used in problems.</param>
/// <param name="markdown">The whole file.</param>
/// <param name="problems">Where mistakes are noted.</param>
internal sealed partial class TextFootnotes(string file, string markdown, ProblemList problems)
{
    /// <summary>Every footnote that is written is referred to, once only, and so has been read.</summary>
    /// <param name="labels">The labels that were read.</param>
    public void CheckWritten(IReadOnlyDictionary<string, int> labels)
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match footnote in FootnoteStart().Matches(markdown))
        {
            var mark = footnote.Groups[1].Value;
            var line = 1 + markdown.AsSpan(0, footnote.Index).Count('\n');
            if (!written.Add(mark))
            {
                problems.Add(file, line, $"footnote {mark} is written twice", "Give the second another number.");
            }
            else if (!labels.ContainsKey("fn" + mark))
            {
                problems.Add(file, line, $"footnote {mark} is written but nothing refers to it", $"Put `[^{mark}]` behind the words that it belongs to, or remove it.");
            }
        }
    }

    /// <summary>Every mark in a paragraph has its footnote.</summary>
    public void CheckMarks(string paragraph, int line)
    {
        foreach (var mark in TermsMarkdown.FootnoteMark().Matches(paragraph).Select(m => m.Groups[1].Value).Where(m => !markdown.Contains($"\n[^{m}]:", StringComparison.Ordinal)))
        {
            problems.Add(file, line, $"footnote {mark} is referred to but not written", $"Add a line `[^{mark}]: …` at the end.");
        }
    }

    [GeneratedRegex(@"^ {0,3}\[\^([^\]\n]+)\]:", RegexOptions.Multiline)]
    private static partial Regex FootnoteStart();
}
