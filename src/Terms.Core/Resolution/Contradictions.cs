using System.Collections.Immutable;

namespace Terms.Resolution;

/// <summary>
/// Finds where agreements that apply together say different things: the party, if they cover the same subject; law, forum and cap also if one makes the
/// other part of itself. What the texts say about their rank is data; what they leave open is said.
/// </summary>
internal static class Contradictions
{
    public static ImmutableArray<Contradiction> Between(Corpus corpus, ImmutableArray<AgreementAnswer> answers)
    {
        var found = ImmutableArray.CreateBuilder<Contradiction>();
        Add("party", sameSubject: true, a => [.. Parties(a).Select(p => p.Name ?? p.Id)], a => [.. a.Party.Considered.Where(c => c.Stands).SelectMany(c => c.Rule.Clauses)]);
        Add("law", sameSubject: false, a => [.. Laws(a).Select(l => l.Name).Distinct()], a => [.. Laws(a).SelectMany(l => l.Rule.Clauses)]);
        Add("forum", sameSubject: false, a => [.. Forums(a).Select(f => f.Name).Distinct()], a => [.. Forums(a).SelectMany(f => f.Rule.Clauses)]);
        Add("cap", sameSubject: false, a => [.. a.Caps.Select(Describe)], a => [.. a.Caps.SelectMany(c => c.Clauses)]);
        return found.ToImmutable();

        void Add(string about, bool sameSubject, Func<AgreementAnswer, ImmutableArray<string>> values, Func<AgreementAnswer, ImmutableArray<string>> clauses)
        {
            var told = answers.Select(a => (Answer: a, Values: values(a))).Where(t => !t.Values.IsEmpty).ToList();
            var against = told.Where(t => told.Exists(o => AreRelated(t.Answer, o.Answer, sameSubject) && !t.Values.ToHashSet().SetEquals(o.Values))).ToList();
            if (against.Count > 0)
            {
                found.Add(new Contradiction(
                    about, [.. against.Select(t => (t.Answer, t.Values, clauses(t.Answer).Distinct().ToImmutableArray()))],
                    [.. against.SelectMany(t => corpus.Knowledge(t.Answer.State!).Rules.Precedence.Select(p => (t.Answer.Version!, p)))]));
            }
        }
    }

    private static bool AreRelated(AgreementAnswer a, AgreementAnswer b, bool sameSubject) =>
        a != b && (a.Agreement.Covers.Intersect(b.Agreement.Covers).Any() || (!sameSubject && (Incorporates(a, b) || Incorporates(b, a))));

    private static bool Incorporates(AgreementAnswer a, AgreementAnswer b) => a.Version!.Details.Incorporates.Any(i => i.Agreement == b.Agreement.Id.Value);

    private static IEnumerable<NamedParty> Parties(AgreementAnswer a) => a.Party.Parties.Concat(a.Party.Candidates.SelectMany(c => c.Parties)).DistinctBy(p => p.Id);

    private static IEnumerable<LawResult> Laws(AgreementAnswer a) => a.Law.Laws.Concat(a.Law.Candidates);

    private static IEnumerable<ForumResult> Forums(AgreementAnswer a) => a.Forum.Forums.Concat(a.Forum.Candidates);

    private static string Describe(Facts.CapFact cap) => cap.Basis switch
    {
        "fixed" => FormattableString.Invariant($"{cap.Currency} {cap.Amount:0.##}") + (cap.Period == "calendar-year" ? " per calendar year" : ""),
        "fees-paid" => $"fees paid ({cap.Scope})",
        _ => "the greater of the fees paid" + (cap.Period == "calendar-year" ? " in the calendar year" : "") + " and the most that the law permits",
    };
}
