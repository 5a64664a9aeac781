using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>A reference to a clause of the same text.</summary>
/// <param name="Start">Where its words begin.</param>
/// <param name="Length">How long they are.</param>
/// <param name="Label">The label as it is written.</param>
/// <param name="Target">The clause that is meant; null if the text has none with this label, or two.</param>
/// <param name="IsThere">Whether the text has a clause with this label.</param>
internal readonly record struct CrossReference(int Start, int Length, string Label, Clause? Target, bool IsThere);

/// <summary>Finds <c>clause 6.7</c>, <c>paragraph (e)</c>, <c>section 3</c> in words, and the clause of the same text that is meant.</summary>
internal static partial class CrossReferences
{
    /// <summary>The references to this text. One that names another document is left alone.</summary>
    /// <param name="before">What the clause says before these words.</param>
    /// <param name="words">The words to look through.</param>
    /// <param name="clause">The clause that they stand in.</param>
    /// <param name="text">The text that it stands in.</param>
    public static IEnumerable<CrossReference> In(string before, string words, ClauseLabel clause, TermsText text)
    {
        foreach (Match reference in Reference().Matches(words))
        {
            if (ToOtherDocument().IsMatch(TextLinter.After(words, reference.Index + reference.Length, 200)) || FromOtherDocument().IsMatch(reference.Index < 300 ? TextLinter.Before(before, before.Length, 300) + words[..reference.Index] : TextLinter.Before(words, reference.Index, 300)) && !OfThisDocument().IsMatch(TextLinter.After(words, reference.Index + reference.Length, 200)))
            {
                continue;
            }
            var inClause = OfClause().Match(words, reference.Index + reference.Length);
            var targets = reference.Groups["label"].Captures;
            for (var i = 0; i < targets.Count; i++)
            {
                var start = i == 0 ? reference.Index : targets[i].Index;
                var candidates = Candidates(targets[i].Value, inClause.Success ? inClause.Groups[1].Value : clause.Value).ToList();
                yield return new CrossReference(
                    start, targets[i].Index + targets[i].Length - start, targets[i].Value,
                    candidates.Select(c => text.Find(c + " [2nd]") is null ? text.Find(c) : null).FirstOrDefault(c => c is not null),
                    candidates.Exists(c => text.Find(c) is not null));
            }
        }
    }

    /// <summary>The addresses that a label written in a clause can stand for, the likeliest first; a marker alone means the nearest one around.</summary>
    public static IEnumerable<string> Candidates(string label, string from)
    {
        label = label.Replace(" ", "", StringComparison.Ordinal);
        return label.StartsWith('(') ? ClauseNumber.Around(from).Select(a => a + label) : [label, "§" + label];
    }

    [GeneratedRegex(@"(?<!\bthis )\b(?:[Cc]lauses?|[Ss]ub-?clauses?|[Pp]aragraphs?|[Ss]ections?)\s+(?<label>\d+(?:\.\d+)*(?:\([A-Za-z0-9]{1,5}\)| \([a-z]\))*|\([A-Za-z0-9]{1,5}\))(?:(?:, (?:and |or )?| and | or | to )(?<label>\d+(?:\.\d+)*(?:\([A-Za-z0-9]{1,5}\))*(?![\d%])|\([A-Za-z0-9]{1,5}\))(?! (?:days?|months?|years?|working|hours?|per)\b))*(?!\.?\d)(?!\w)")]
    private static partial Regex Reference();

    /// <summary>Words behind a reference that show that another document is meant.</summary>
    [GeneratedRegex(@"^(?:[,)]? (?:there|thereof)\b|,? (?:of|in|under) (?:the|that|those|its|their|any|an?) (?:[a-z]+ )?(?=\p{Lu}|agreement|other)(?!Agreement\b)|,? (?:of|in|under) (?!Agreement\b)\p{Lu})")]
    private static partial Regex ToOtherDocument();

    /// <summary>The name of another document in front of a reference: <c>the Merchant Service Agreement (clause 7.1</c>.</summary>
    [GeneratedRegex(@"(?<!\b[Tt]his |\b[Tt]hese )\b(?:\p{Lu}[\w.]* (?:[a-z]+ )?)+(?:Agreement|Use|Policy|Code|Rules|Act|Law)(?:[’']s)?(?:,? ?\(?(?:under |see |in |its )*|(?: [a-z]+){1,3} \()$|\b(?:Code|Act|DSA|Regulation),? $")]
    private static partial Regex FromOtherDocument();

    /// <summary>Words behind a reference that bring it back to this document, whatever stands before.</summary>
    [GeneratedRegex(@"^ (?:below|above|defines|of this|of these)\b")]
    private static partial Regex OfThisDocument();

    [GeneratedRegex(@"\G of (?:this )?[Cc]lause (\d+(?:\.\d+)*)")]
    private static partial Regex OfClause();
}
