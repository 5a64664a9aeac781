using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>What is known about a text beside its words, as far as findings depend on it.</summary>
/// <param name="IsContract">Whether it is a contract, which needs a company and a law, or a page of rules.</param>
/// <param name="IsExcerpt">Whether only part of the text is known.</param>
/// <param name="HasEffectiveDate">Whether its effective date is known from elsewhere, such as the name of its folder.</param>
/// <param name="HasRules">Whether rules state parties and law, so that those are judged and not the words.</param>
/// <param name="MissingInOriginal">Labels that the original itself leaves out of its numbering.</param>
/// <param name="Lines">The lines of the file that clauses count in <see cref="Clause.Line"/>, if they are still at hand; numbers glued to words show only there.</param>
public sealed record LintedText(
    bool IsContract = true, bool IsExcerpt = false, bool HasEffectiveDate = false, bool HasRules = false,
    ImmutableArray<string> MissingInOriginal = default, ImmutableArray<string> Lines = default);

/// <summary>Finds what an editor should look at in one text: numbering, references, terms, names, signs, and what is not there.</summary>
public static partial class TextLinter
{
    /// <summary>The findings, by line and code.</summary>
    public static ImmutableArray<LintFinding> Find(TermsText text, LintedText known)
    {
        var found = new LintList(text);
        NumberingLint.Find(text, known, found);
        ReferenceLint.Find(text, found);
        TermLint.Find(text, found);
        NameLint.Find(text, found);
        SignLint.Find(text, known, found);
        OmissionLint.Find(text, known, found);
        return found.Sorted();
    }

    /// <summary>Some words for a message: at most 40 characters around a place.</summary>
    internal static string Around(string words, int index, int length)
    {
        var from = Math.Max(0, index - 14);
        while (from > 0 && from < index && !char.IsWhiteSpace(words[from - 1]))
        {
            from++;
        }
        var to = Math.Min(words.Length, index + length + 14);
        while (to < words.Length && to > index + length && !char.IsWhiteSpace(words[to]))
        {
            to--;
        }
        return Spaces().Replace(words[from..to], " ").Trim();
    }

    /// <summary>The words with straight double quotes turned into curly ones, opening and closing in turn.</summary>
    internal static string Curly(string words)
    {
        if (!words.Contains('"', StringComparison.Ordinal))
        {
            return words;
        }
        var open = false;
        return string.Create(words.Length, words, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = source[i] switch { '"' => (open = !open) ? '“' : '”', var c => c };
                open = span[i] switch { '“' => true, '”' => false, _ => open };
            }
        });
    }

    /// <summary>The words with addresses blanked out, so that signs and names inside them do not count; places stay.</summary>
    internal static string WithoutAddresses(string words) => Address().Replace(words, m => new string('_', m.Length));

    /// <summary>The last characters in front of a place, so that looking back never means reading the whole clause again.</summary>
    internal static string Before(string words, int index, int length) => words[Math.Max(0, index - length)..index];

    /// <summary>The first characters behind a place.</summary>
    internal static string After(string words, int index, int length) => words[index..Math.Min(words.Length, index + length)];

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"https?://[^\s()“”""]+|\bwww\.[^\s()“”""]+|\b[\w.-]{1,60}@[\w-]+\.[\w.]+")]
    private static partial Regex Address();
}

/// <summary>Gathers findings about one text; the same words about the same clause are kept once.</summary>
internal sealed class LintList(TermsText text)
{
    private readonly HashSet<LintFinding> found = [];

    public void Add(MessageForm form, Clause? clause, params ImmutableArray<string> arguments) => found.Add(new LintFinding(new Message(form, arguments), text.File, clause?.Line ?? 1, clause?.Label.Value));

    public ImmutableArray<LintFinding> Sorted() => [.. found.OrderBy(f => f.Line).ThenBy(f => f.Code, StringComparer.Ordinal).ThenBy(f => f.What, StringComparer.Ordinal)];
}
