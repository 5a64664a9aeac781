using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Cross references that lead nowhere, or to a clause that does not say what is claimed.</summary>
internal static partial class ReferenceLint
{
    public static void Find(TermsText text, LintList found)
    {
        if (!text.All.Any(c => c.Label.Value.StartsWith('§')))
        {
            return;
        }
        foreach (var clause in text.All)
        {
            var words = Plain(clause.Text);
            foreach (var reference in CrossReferences.In("", words, clause.Label, text).Where(r => !r.IsThere && !IsInline(r.Label, clause, text) && !IsOfOtherDocument(words, r)))
            {
                found.Add(LintForms.NoSuchClause, clause, TextLinter.Around(clause.Text, reference.Start, reference.Length), reference.Label);
            }
            FindClaims(text, clause, TextLinter.Curly(words), found);
        }
    }

    private static void FindClaims(TermsText text, Clause clause, string words, LintList found)
    {
        foreach (Match claim in Claim().Matches(words))
        {
            var term = claim.Groups["term"].Value.Trim();
            if (claim.Groups["label"].Value is { Length: > 0 } label)
            {
                var rest = TextLinter.After(words, claim.Index + claim.Length, 120);
                var target = CrossReferences.Candidates(label, clause.Label.Value).Select(text.Find).FirstOrDefault(c => c is not null);
                if (target is null)
                {
                    if (!OtherDocument().IsMatch(rest) && !claim.Value.Contains("clause", StringComparison.Ordinal))
                    {
                        found.Add(LintForms.DefinedInNoClause, clause, term, label);
                    }
                }
                else if (!OtherDocument().IsMatch(rest) && !target.SelfAndDescendants().Any(c => Defines(c, term)))
                {
                    if (text.All.FirstOrDefault(c => Defines(c, term)) is { } where)
                    {
                        found.Add(LintForms.SaidElsewhere, clause, term, label, target.Label.Value, where.Label.Value);
                    }
                    else
                    {
                        found.Add(LintForms.NotSaidThere, clause, term, label, target.Label.Value);
                    }
                }
            }
            else if (!text.All.Any(c => Defines(c, term)))
            {
                found.Add(LintForms.SaidNowhere, clause, term);
            }
        }
    }

    /// <summary>Whether the label is that of a list inside the words of a clause, which has no address of its own.</summary>
    private static bool IsInline(string label, Clause clause, TermsText text)
    {
        var open = label.LastIndexOf('(');
        var (above, marker) = open < 0 ? (label, "") : (label[..open].Trim(), label[open..]);
        var holders = above.Length == 0 ? ClauseNumber.Around(clause.Label.Value).Select(text.Find) : CrossReferences.Candidates(above, clause.Label.Value).Select(text.Find);
        return marker.Length > 0 && holders.Any(h => h is not null && h.SelfAndDescendants().Any(c => c.Text.Contains(marker, StringComparison.Ordinal) && (c != clause || c.Text.StartsWith(marker, StringComparison.Ordinal) || c.Text.Split(marker).Length > 2)));
    }

    private static bool Defines(Clause clause, string term) => TermLint.Quoted(clause.Text).Any(q => TermLint.Same(q, term)) || TermLint.Leads(clause, term);

    private static bool IsOfOtherDocument(string words, CrossReference reference) =>
        Statute().IsMatch(TextLinter.Before(words, reference.Start, 60)) || OtherDocument().IsMatch(TextLinter.After(words, reference.Start + reference.Length, 120))
        || FromOtherDocument().IsMatch(TextLinter.Before(words, reference.Start, 160));

    /// <summary>Other names of a clause and capitals, written as the finder of references knows them; every place stays where it is.</summary>
    private static string Plain(string words) => Keyword().Replace(words, m => m.Value.ToLowerInvariant() switch { "article" => "section", "articles" => "sections", var word => word });

    [GeneratedRegex(@"\b(?:Article|Articles|ARTICLES?|CLAUSES?|PARAGRAPHS?|SECTIONS?)(?= \(?[\da-z])")]
    private static partial Regex Keyword();

    [GeneratedRegex(@"\b(?<term>\p{Lu}[\w’'-]{0,40}(?: (?:of |and )?\p{Lu}[\w’'-]{0,40}){0,6})[”"" ]*\((?:each |both |all )?(?:as )?(?:further )?defined (?:in (?:clauses? |paragraphs? |sections? )?(?<label>\d+(?:\.\d+)*(?:\([a-z]{1,4}\))*|\([a-z]{1,4}\))|below|above|hereinafter|herein)")]
    private static partial Regex Claim();

    /// <summary>Words behind a reference that lead out of the text.</summary>
    [GeneratedRegex(@"^(?: ?\([a-z\d]{1,4}\))*[),\s]*(?:of|in|under) (?!this|these|Agreement\b)(?:the |that |those |its |their |any |an? )?(?:[a-z]+ ){0,2}(?=\p{Lu}|EU\b|agreement|other)(?!Agreement\b|Terms(?! of)\b)")]
    private static partial Regex OtherDocument();

    [GeneratedRegex(@"(?:\b(?:U\.?S\.?C|Code|Act|Law|Regulation|Directive|Statute|GDPR|DSA|[Tt]reaty|[Cc]onstitution)\b[^;]{0,12})$")]
    private static partial Regex Statute();

    /// <summary>The name of another document in front of a reference, at some distance: <c>the Transaction Services Agreement (and in particular, clause 3.2</c>.</summary>
    [GeneratedRegex(@"(?<!\b[Tt]his |\b[Tt]hese )\b(?:\p{Lu}[\w.]* (?:of )?)+(?:Agreement|Use|Policy|Code|Rules|Act|Law)\b[^.;)]{0,40}$")]
    private static partial Regex FromOtherDocument();
}
