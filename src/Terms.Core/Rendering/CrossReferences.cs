using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Rendering;

/// <summary>A stretch of words that leads to a clause.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Length">How long it is.</param>
/// <param name="To">The clause.</param>
/// <param name="Term">The defined term, if it is the use of one.</param>
internal readonly record struct TextLink(int Start, int Length, ClauseLabel To, string? Term);

/// <summary>Finds <c>clause 6.7</c>, <c>paragraph (e)</c>, <c>section 3</c> in words, and the clause of the same text that is meant.</summary>
internal static partial class CrossReferences
{
    /// <summary>The references that can be followed. One that names another document, a label that is not there, or a number that the text uses twice is left alone.</summary>
    /// <param name="before">What the clause says before these words.</param>
    /// <param name="words">The words to look through.</param>
    /// <param name="clause">The clause that they stand in.</param>
    /// <param name="text">The text that it stands in.</param>
    public static IEnumerable<TextLink> In(string before, string words, ClauseLabel clause, TermsText text)
    {
        foreach (Match reference in Reference().Matches(words))
        {
            if (ToOtherDocument().IsMatch(words[(reference.Index + reference.Length)..]) || FromOtherDocument().IsMatch(before + words[..reference.Index]) && !OfThisDocument().IsMatch(words[(reference.Index + reference.Length)..]))
            {
                continue;
            }
            var inClause = OfClause().Match(words, reference.Index + reference.Length);
            var targets = reference.Groups["label"].Captures;
            for (var i = 0; i < targets.Count; i++)
            {
                var target = Find(targets[i].Value, inClause.Success ? inClause.Groups[1].Value : clause.Value, text);
                if (target is not null)
                {
                    var start = i == 0 ? reference.Index : targets[i].Index;
                    yield return new TextLink(start, targets[i].Index + targets[i].Length - start, target, null);
                }
            }
        }
    }

    private static ClauseLabel? Find(string label, string from, TermsText text)
    {
        label = label.Replace(" ", "", StringComparison.Ordinal);
        IEnumerable<string> candidates = label.StartsWith('(') ? ClauseNumber.Around(from).Select(a => a + label) : [label, "§" + label];
        return candidates.Select(c => text.Find(c + " [2nd]") is null ? text.Find(c)?.Label : null).FirstOrDefault(l => l is not null);
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
