using System.Text;
using System.Text.RegularExpressions;
using Terms.Import;

namespace Terms.Tests.Import;

/// <summary>Counts the characters of a document against those of what was made of it.</summary>
internal static partial class Accounting
{
    /// <summary>The words of the source that are in no label, heading, clause or left-out piece, in order; empty if all are there.</summary>
    public static string Missing(string source, ImportedDocument document)
    {
        // A word may be cut in two by a marker ("5.12Member"), so letters and digits are followed one by one through the texts, in order.
        var made = Made(document);
        var missing = new StringBuilder();
        var available = made.GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);
        foreach (var word in Words(source))
        {
            if (available.GetValueOrDefault(word) > 0)
            {
                available[word]--;
            }
            else
            {
                missing.Append(word).Append(' ');
            }
        }
        return missing.ToString().Trim();
    }

    /// <summary>Every single character of the source, white space and marks of markup aside, that is too rare in what was made.</summary>
    public static string MissingCharacters(string source, ImportedDocument document)
    {
        const string markup = "*_#\\`>-=|~.()[]、．（）+:";
        var made = string.Concat(Pieces(document)).GroupBy(c => c).ToDictionary(g => g.Key, g => g.Count());
        return string.Concat(source.Where(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && !markup.Contains(c)).GroupBy(c => c).Where(g => g.Count() > made.GetValueOrDefault(g.Key)).Select(g => g.Key));
    }

    /// <summary>A text without the addresses of its links, which are no words.</summary>
    public static string WithoutAddresses(string text) => LinkTarget().Replace(text, "]");

    private static List<string> Made(ImportedDocument document) => [.. Pieces(document).SelectMany(Words)];

    private static IEnumerable<string> Pieces(ImportedDocument document)
    {
        foreach (var version in document.Versions)
        {
            // The written form has the numbers, and the addresses of links, which do not count here.
            yield return LinkTarget().Replace(version.Markdown, "]");
        }
        foreach (var left in document.Report.LeftOut)
        {
            yield return left.Text;
        }
        foreach (var note in document.Report.Notes.Concat(document.Report.Found))
        {
            yield return note.Words;
        }
    }

    [GeneratedRegex(@"\]\([^\s)]*\)")]
    private static partial Regex LinkTarget();

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var last = '\0';
        foreach (var c in text)
        {
            var isWord = char.IsLetterOrDigit(c);
            if (word.Length > 0 && (!isWord || char.IsDigit(c) != char.IsDigit(last)))
            {
                yield return word.ToString();
                word.Clear();
            }
            if (isWord)
            {
                word.Append(c);
            }
            last = c;
        }
        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
