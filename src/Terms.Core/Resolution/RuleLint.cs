using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Resolution;

/// <summary>Rules and facts of a version that do not go together: companies without a law or an address, and laws without a company.</summary>
public static class RuleLint
{
    /// <summary>The findings about the rules and facts of a version as it is known now.</summary>
    public static IEnumerable<LintFinding> Find(Corpus corpus, AgreementVersion version)
    {
        var knowledge = corpus.Knowledge(version.States[^1]);
        var rules = knowledge.Rules;
        if (!version.Agreement.IsContract || version.Details.IsExcerpt || !HasRules(corpus, version))
        {
            yield break;
        }
        var file = $"agreements/{version.Path}/rules.yaml";
        var produced = rules.Parties.SelectMany(r => r.Parties).Select(p => p.Party).Where(p => p != Party.Unnamed).Distinct().ToList();
        if (rules.Parties.IsEmpty)
        {
            yield return new LintFinding(new Message(LintForms.NoPartyRule), file, 1, null);
        }
        if (rules.Laws.IsEmpty)
        {
            yield return new LintFinding(new Message(LintForms.NoLawRule), file, 1, null);
        }
        if (!rules.Parties.IsEmpty)
        {
            foreach (var (party, clause) in InLaw(corpus, version, rules).Where(p => !produced.Contains(p.Party)).DistinctBy(p => p.Party))
            {
                yield return At(version, LintForms.OnlyInLawRules, clause, Name(party));
            }
        }
        if (!rules.Laws.IsEmpty && !rules.Laws.Any(l => l.Parties.IsEmpty))
        {
            foreach (var absent in produced.Where(p => !rules.Laws.Any(l => l.Parties.Contains(p))))
            {
                yield return At(version, LintForms.NotInLawRules, ClauseOf(rules, absent), Name(absent));
            }
        }
        var addressed = knowledge.Facts.OfType<NoticeFact>().Where(f => f is { Direction: "to-platform", Event: "general", Address: not null }).SelectMany(f => f.Addressees).ToHashSet();
        var without = produced.Where(p => !addressed.Contains(p)).ToList();
        if (without.Count > 0 && without.Count == produced.Count)
        {
            yield return new LintFinding(new Message(LintForms.NoAddressFacts), $"agreements/{version.Path}/facts.yaml", 1, null);
        }
        else
        {
            foreach (var absent in without)
            {
                yield return At(version, LintForms.NoAddressFact, ClauseOf(rules, absent), Name(absent));
            }
        }

        string Name(string party) => corpus.Catalogue.Parties.TryGetValue(party, out var known) ? known.NameIn(version) : party;
    }

    /// <summary>Whether the version has rules on party, law or forum, so that those are judged and not the words alone.</summary>
    public static bool HasRules(Corpus corpus, AgreementVersion version) => corpus.Knowledge(version.States[^1]).Rules.All.Any();

    /// <summary>The companies that rules on law and forum are about, and those that the clauses of the rules on law name.</summary>
    private static IEnumerable<(string Party, string Clause)> InLaw(Corpus corpus, AgreementVersion version, RuleBook rules)
    {
        foreach (var (parties, clauses) in rules.Laws.Select(l => (l.Parties, l.Clauses)).Concat(rules.Forums.Select(f => (f.Parties, f.Clauses))))
        {
            foreach (var party in parties.Where(corpus.Catalogue.Parties.ContainsKey))
            {
                yield return (party, clauses.FirstOrDefault(""));
            }
            foreach (var label in clauses)
            {
                var words = string.Join('\n', version.Texts.Select(t => t.Find(label)?.Text));
                foreach (var party in corpus.Catalogue.Parties.Values.Where(p => p.Names.Any(n => n.IsUsedIn(version) && words.Contains(n.Name, StringComparison.Ordinal))))
                {
                    yield return (party.Id, label);
                }
            }
        }
    }

    private static string ClauseOf(RuleBook rules, string party) => rules.Parties.First(r => r.Parties.Any(p => p.Party == party)).Clauses.FirstOrDefault("");

    private static LintFinding At(AgreementVersion version, MessageForm form, string label, string company)
    {
        var text = version.Texts.FirstOrDefault(t => t.Find(label) is not null) ?? version.Texts[0];
        return new LintFinding(new Message(form, company), text.File, text.Find(label)?.Line ?? 1, label.Length == 0 ? null : label);
    }
}
