using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>Gathers the rules of one version that hold for one customer, sets aside those overridden in words, and groups the rest by result.</summary>
internal sealed class Deciding(AgreementCatalogue catalogue, AgreementVersion version, RuleBook rules, Customer customer)
{
    public PartyAnswer Party(ImmutableArray<OperatorDecision> decisions)
    {
        var considered = ConsideredRule.All(rules.Parties, customer, Reading.Residence);
        var results = Results(considered);
        var other = Results(ConsideredRule.All(rules.Parties, customer, Reading.Access));
        var sensitive = !results.Select(Key).ToHashSet().SetEquals(other.Select(Key));
        var outcome = results.Count switch { 0 => Outcome.NoRule, 1 => Outcome.Decided, _ => Outcome.Conflict };
        return new PartyAnswer(
            outcome,
            outcome == Outcome.Decided ? Named(results[0].Parties) : [],
            outcome == Outcome.Conflict ? [.. results.Select(Candidate)] : [],
            sensitive,
            sensitive ? [.. other.Select(o => Named(o.Parties))] : [],
            outcome == Outcome.Conflict ? Decision(decisions) : null,
            considered);
    }

    public LawAnswer Law(PartyAnswer party)
    {
        var (outcome, results) = Follow(party, Laws, r => r.Rule.Law + string.Concat(r.Rule.Excludes));
        var other = outcome == Outcome.NoRule ? null : rules.OtherReadings.FirstOrDefault(o => results.Any(r => r.Rule.Law != o.Law));
        return new LawAnswer(outcome, outcome == Outcome.Decided ? results : [], outcome == Outcome.Conflict ? results : [], other);
    }

    public ForumAnswer Forum(PartyAnswer party)
    {
        var (outcome, results) = Follow(party, Forums, r => r.Rule.Forum);
        return new ForumAnswer(outcome, outcome == Outcome.Decided ? results : [], outcome == Outcome.Conflict ? results : []);
    }

    private readonly record struct Result(ImmutableArray<PartyPart> Parties, ImmutableArray<ConsideredRule> Rules);

    /// <summary>The standing rules by result, in the order of the text.</summary>
    private static List<Result> Results(ImmutableArray<ConsideredRule> considered) =>
        [.. considered.Where(c => c.Stands).GroupBy(c => Key(((PartyRule)c.Rule).Parties)).Select(g => new Result(((PartyRule)g.First().Rule).Parties, [.. g]))];

    private static string Key(Result result) => Key(result.Parties);

    private static string Key(ImmutableArray<PartyPart> parties) => string.Join('+', parties.Select(p => $"{p.Party}:{p.Part}").Order(StringComparer.Ordinal));

    private ImmutableArray<NamedParty> Named(ImmutableArray<PartyPart> parties) =>
        [.. parties.Select(p => new NamedParty(p.Party, catalogue.Parties.GetValueOrDefault(p.Party)?.NameIn(version), p.Part))];

    private PartyCandidate Candidate(Result result) => new(
        [.. result.Rules.Select(r => r.Rule.Id)], [.. result.Rules.SelectMany(r => r.Rule.Clauses).Distinct()], Named(result.Parties),
        Laws(result.Parties).Results, Forums(result.Parties).Results, result.Rules.All(r => r.IsOpen));

    private DecisionAnswer? Decision(ImmutableArray<OperatorDecision> decisions)
    {
        var last = decisions.LastOrDefault(d => d.When.Holds(customer, Reading.Residence));
        return last is null ? null : new DecisionAnswer(last, Named(last.Parties), Laws(last.Parties).Results, Forums(last.Parties).Results);
    }

    private (Outcome Outcome, ImmutableArray<LawResult> Results) Laws(ImmutableArray<PartyPart> parties) =>
        OfParties(parties, rules.Laws, r => r.Parties, r => r.Law + string.Concat(r.Excludes),
            (rule, party) => new LawResult(rule, catalogue.Laws.GetValueOrDefault(rule.Law)?.Name ?? rule.Law, party));

    private (Outcome Outcome, ImmutableArray<ForumResult> Results) Forums(ImmutableArray<PartyPart> parties) =>
        OfParties(parties, rules.Forums, r => r.Parties, r => r.Forum,
            (rule, party) => new ForumResult(rule, catalogue.Forums.GetValueOrDefault(rule.Forum)?.Name ?? rule.Forum, party));

    /// <summary>Law or forum of the resolved company; if the company is in conflict, that of all candidates if they share it.</summary>
    private static (Outcome Outcome, ImmutableArray<T> Results) Follow<T>(
        PartyAnswer party, Func<ImmutableArray<PartyPart>, (Outcome Outcome, ImmutableArray<T> Results)> follow, Func<T, string> key)
    {
        if (party.Outcome != Outcome.Conflict)
        {
            return follow([.. party.Parties.Select(p => new PartyPart(p.Id, p.Part))]);
        }
        var each = party.Candidates.Select(c => follow([.. c.Parties.Select(p => new PartyPart(p.Id, p.Part))])).ToList();
        ImmutableArray<T> all = [.. each.SelectMany(e => e.Results).DistinctBy(key)];
        return (all.Length, each.TrueForAll(e => e.Outcome == Outcome.Decided)) switch
        {
            (0, _) => (Outcome.NoRule, []),
            (1, true) => (Outcome.Decided, all),
            _ => (Outcome.Conflict, all),
        };
    }

    /// <summary>
    /// What the rules give for each of some parties. They may differ by party; a party with two results, or one that rests on one of two readings
    /// while others differ, is in conflict; a party with none leaves a gap.
    /// </summary>
    private (Outcome Outcome, ImmutableArray<TResult> Results) OfParties<TRule, TResult>(
        ImmutableArray<PartyPart> parties, ImmutableArray<TRule> all, Func<TRule, ImmutableArray<string>> of, Func<TRule, string> key, Func<TRule, string?, TResult> make)
        where TRule : Rule
    {
        var standing = ConsideredRule.All(all, customer, Reading.Residence).Where(c => c.Stands).ToList();
        var byParty = parties.Length == 0
            ? [(Party: (string?)null, Rules: standing.Where(s => of((TRule)s.Rule).IsEmpty).ToList())]
            : parties.Select(p => (Party: (string?)p.Party, Rules: standing.Where(s => of((TRule)s.Rule).IsEmpty || of((TRule)s.Rule).Contains(p.Party)).ToList())).ToList();
        var found = byParty.SelectMany(p => p.Rules.DistinctBy(r => key((TRule)r.Rule)).Select(r => (p.Party, Rule: (TRule)r.Rule, r.IsOpen))).ToList();
        var results = found.Select(f => key(f.Rule)).Distinct().ToList();
        if (byParty.Exists(p => p.Rules.Count == 0))
        {
            return (Outcome.NoRule, [.. found.Select(f => make(f.Rule, f.Party))]);
        }
        if (results.Count == 1)
        {
            return (Outcome.Decided, [make(found[0].Rule, null)]);
        }
        var conflict = found.Exists(f => f.IsOpen) || byParty.Exists(p => p.Rules.DistinctBy(r => key((TRule)r.Rule)).Count() > 1);
        return (conflict ? Outcome.Conflict : Outcome.Decided, [.. found.Select(f => make(f.Rule, f.Party))]);
    }
}
