using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Export;

/// <summary>
/// Proves a redline: its ids are unique, accepting all changes gives the new text and rejecting all gives the old, numbers included. It reads the bytes
/// by itself and uses nothing of what wrote them. Whatever it does not know counts as a failure, so that nothing can hide.
/// </summary>
public static partial class RedlineProof
{
    private const char FootnoteMark = '\uFFFC';

    /// <summary>The paragraphs of a text as they must be shown: the number, a tab, the words; footnotes at the end, after their mark.</summary>
    public static ImmutableArray<string> Shown(TermsText text)
    {
        var shown = ImmutableArray.CreateBuilder<string>();
        shown.Add(text.Title);
        foreach (var clause in text.All.Where(c => !IsFootnote(c)))
        {
            var number = Catalogue.ClauseNumber.Of(clause.Label);
            var words = TermsMarkdown.PlainText(FootnoteReference().Replace(clause.Markdown, m => text.Find("fn" + m.Groups[1].Value) is null ? $"\\[{m.Groups[1].Value}\\]" : "\uE000"))
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
                shown.Add(FootnoteMark + TermsMarkdown.PlainText(FootnoteReference().Replace(footnote.Markdown, @"\[$1\]")));
            }
        }
        return shown.ToImmutable();

        static bool IsFootnote(Clause clause) => Catalogue.ClauseNumber.IsFootnote(clause.Label);
    }

    /// <summary>The paragraphs read from a Word file, in the same form.</summary>
    public static ImmutableArray<string> Shown(IReadOnlyList<WordParagraph> paragraphs) =>
        [.. paragraphs.Select(p => p.Shown), .. paragraphs.SelectMany(p => p.Footnotes).Select(f => FootnoteMark + f.Text)];

    /// <summary>Proves a redline but for its validity, which <see cref="WordValidity"/> is asked for. Empty paragraphs do not count.</summary>
    /// <param name="redline">The bytes of the Word file.</param>
    /// <param name="oldText">The paragraphs that are to be left when all changes are rejected.</param>
    /// <param name="newText">The paragraphs that are to be left when all changes are accepted.</param>
    /// <exception cref="RedlineException">It is not what it has to be; the message says what is wrong and where.</exception>
    public static void CheckText(byte[] redline, IReadOnlyList<string> oldText, IReadOnlyList<string> newText)
    {
        var reading = ProofParts.Read(redline);
        Compare(reading.Accepted, newText, "Accepting all changes does not give the new text");
        Compare(reading.Rejected, oldText, "Rejecting all changes does not give the old text");
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

    [GeneratedRegex(@"\[\^([^\]\s]{1,20})\]")]
    private static partial Regex FootnoteReference();
}
