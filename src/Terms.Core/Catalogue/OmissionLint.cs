using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>What a contract ought to say and does not: from when it binds, under which law, with whom, and where to write to.</summary>
internal static partial class OmissionLint
{
    public static void Find(TermsText text, LintedText known, LintList found)
    {
        if (!known.HasEffectiveDate && !text.Clauses.TakeWhile(c => !c.Label.Value.StartsWith('§')).Any(c => EffectiveDate().IsMatch(c.Text)) && !EffectiveDate().IsMatch(text.Title))
        {
            found.Add(LintForms.NoDate, null);
        }
        if (!known.IsContract || known.IsExcerpt || known.HasRules || !text.Language.StartsWith("en", StringComparison.Ordinal))
        {
            return;
        }
        var law = text.All.Where(c => LawClause().IsMatch(c.Text)).ToList();
        var names = CompanyNames.In(text).ToList();
        if (law.Count == 0)
        {
            found.Add(LintForms.NoLaw, null);
        }
        if (names.Count == 0)
        {
            found.Add(LintForms.NoCompany, null);
        }
        var parties = names.Where(n => PartyClause().IsMatch(n.Clause.Text) && !law.Contains(n.Clause)).ToList();
        if (parties.Count > 0)
        {
            FindByCompany(text, law, parties, found);
            FindAddresses(text, law, parties, found);
        }
    }

    private static void FindByCompany(TermsText text, List<Clause> law, List<CompanyName> parties, LintList found)
    {
        var provision = law.SelectMany(l => text.All.Where(c => c == l || c.Label.Value.StartsWith(l.Label.Value.Split(" ¶")[0] + " ¶", StringComparison.Ordinal) || c.Label.Value == l.Label.Value.Split(" ¶")[0])).Distinct().ToList();
        var inLaw = provision.SelectMany(CompanyNames.In).ToList();
        if (inLaw.Count == 0)
        {
            return;
        }
        foreach (var stranger in inLaw.Where(n => !parties.Exists(p => IsSame(p, n))).DistinctBy(n => n.Key))
        {
            found.Add(LintForms.OnlyInLaw, stranger.Clause, stranger.Name);
        }
        foreach (var absent in parties.Where(p => !inLaw.Exists(n => IsSame(p, n))).DistinctBy(p => p.Key))
        {
            found.Add(LintForms.NotInLaw, provision[0], absent.Name, absent.Clause.Label.Value);
        }
    }

    private static void FindAddresses(TermsText text, List<Clause> law, List<CompanyName> parties, LintList found)
    {
        var notices = text.All.Where(c => !law.Contains(c) && NoticeClause().IsMatch(c.Text) && CompanyNames.In(c).Any()).ToList();
        if (notices.Count == 0)
        {
            found.Add(LintForms.NoAddresses, null);
            return;
        }
        foreach (var absent in parties.Where(p => !notices.Exists(n => CompanyNames.KeyOf(n.Text).Contains(CoreOf(p.Key), StringComparison.Ordinal))).DistinctBy(p => p.Key))
        {
            found.Add(LintForms.NoAddress, notices[0], absent.Name, absent.Clause.Label.Value);
        }
    }

    private static bool IsSame(CompanyName one, CompanyName other) => one.Key == other.Key;

    /// <summary>The key of a name without its legal form, which lists of addresses tend to leave out.</summary>
    private static string CoreOf(string key) => Form().Replace(key, "");

    [GeneratedRegex(@"\b(?:effective|in force|applies|valid)\b[^.]{0,30}\b(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)\b[^.]{0,12}\d{4}|\beffective\b[^.]{0,20}\b\d{4}-\d\d-\d\d", RegexOptions.IgnoreCase)]
    private static partial Regex EffectiveDate();

    [GeneratedRegex(@"\bgoverned (?:by|under)\b[^.]{0,60}\blaws?\b|\blaws? (?:will|shall) (?:govern|apply)\b|\blaws? of\b[^.]{0,80}\b(?:govern|appl)|\bgoverning law (?:is|shall|of)\b|\bunder the laws? of\b[^.]{0,40}\bgoverned\b|(?-i:\b\p{Lu}\p{Ll}+) law (?:applies|governs|alone applies|is applicable)\b|\bin accordance with\b[^.]{0,30}\blaws? of\b|\bsubject to\b[^.]{0,30}(?-i:\b\p{Lu}\p{Ll}+) law\b", RegexOptions.IgnoreCase)]
    private static partial Regex LawClause();

    [GeneratedRegex(@"\b(?:contract(?:ing)?|agreement|deal)\b[^.]{0,80}\b(?:is |are )?(?:with|between)\b|\b(?:with|between)\b[^.]{0,160}\b(?:Ltd|Limited|Corporation)\b", RegexOptions.IgnoreCase)]
    private static partial Regex PartyClause();

    [GeneratedRegex(@"\b(?:notices?|letters?|demands?)\b.{0,300}\b(?:in writing|sent to|delivered to|addressed to|address:)", RegexOptions.IgnoreCase)]
    private static partial Regex NoticeClause();

    [GeneratedRegex(@"(?: co)?(?: pte)? (?:ltd|corp|inc|llc)$")]
    private static partial Regex Form();
}
