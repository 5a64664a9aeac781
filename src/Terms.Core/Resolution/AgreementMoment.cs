using System.Collections.Concurrent;
using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Resolution;

/// <summary>One agreement during a stretch of time in which nothing about it changes, as known at an instant. Keeps the answer of each class of customers.</summary>
internal sealed class AgreementMoment
{
    private readonly ConcurrentDictionary<int, AgreementAnswer> answers = new();
    private readonly ConcurrentDictionary<string, AgreementAnswer> distinct = new(StringComparer.Ordinal);
    private readonly CustomerParts reads;
    private readonly Corpus corpus;
    private readonly Agreement agreement;
    private readonly TimelineSpan span;
    private readonly AgreementVersion? upcoming;
    private readonly VersionState? state;
    private readonly ImmutableArray<OperatorDecision> decisions;

    public AgreementMoment(Corpus corpus, Agreement agreement, TimelineSpan span, AgreementVersion? upcoming, DateTimeOffset knownAt)
    {
        this.corpus = corpus;
        this.agreement = agreement;
        this.span = span;
        this.upcoming = upcoming;
        state = span.Version?.StateAt(knownAt);
        decisions = span.Version is { } v ? [.. corpus.Decisions.GetValueOrDefault(v.Path, []).Where(d => d.At <= knownAt)] : [];
        reads = state is null ? CustomerParts.None : corpus.Knowledge(state).Rules.All.SelectMany(r => new[] { r.When, r.OrReadAs }).Concat(decisions.Select(d => d.When))
            .Aggregate(Applicability.Reads(agreement), (parts, condition) => parts | (condition?.Reads ?? CustomerParts.None));
    }

    /// <summary>The answer for a customer. Only the parts of the class that the rules look at count, and equal answers are one object, so that few are kept.</summary>
    public AgreementAnswer Answer(in Customer customer, CustomerParts customerClass) =>
        answers.TryGetValue((int)(customerClass & reads), out var answer) ? answer : answers.GetOrAdd((int)(customerClass & reads), Distinct(Make(customer)));

    private AgreementAnswer Distinct(AgreementAnswer answer) => distinct.GetOrAdd(
        string.Join('\n',
        [
            $"{answer.Outcome} {answer.Because}",
            .. answer.Party.Considered.Select(c => $"{c.Rule.Id} {c.Holds} {c.IsOpen} {string.Join(',', c.OverriddenBy)} {c.Because}"),
            .. answer.Party.OtherReading.Select(o => string.Join('+', o)),
            $"{answer.Party.Decision?.Decision.Id}",
            .. answer.Law.Laws.Concat(answer.Law.Candidates).Select(l => $"{answer.Law.Outcome} {l.Rule.Id} {l.Party}"),
            .. answer.Forum.Forums.Concat(answer.Forum.Candidates).Select(f => $"{answer.Forum.Outcome} {f.Rule.Id} {f.Party}"),
        ]), answer);

    private AgreementAnswer Make(Customer customer)
    {
        if (span.Version is not { } version || state is null)
        {
            var because = agreement.Withdrawn is { } end && span.From is not null
                ? $"The agreement was withdrawn on {end.ToFullDate()}."
                : span.Until is { } first
                    ? $"No version is known that was in force then; the first known took effect at {first.ToRfc3339()}."
                    : "No version of the agreement was known to the catalogue then.";
            return Without(Outcome.NoVersion, because);
        }
        if (Applicability.WhyNot(agreement, customer) is { } why)
        {
            return Without(Outcome.NotApplicable, why);
        }
        var knowledge = corpus.Knowledge(state);
        var deciding = new Deciding(corpus.Catalogue, version, knowledge.Rules, customer);
        var party = deciding.Party(decisions);
        var law = deciding.Law(party);
        var forum = deciding.Forum(party);
        var worst = (Outcome)Math.Max((int)party.Outcome, Math.Max((int)law.Outcome, (int)forum.Outcome));
        return new AgreementAnswer(
            agreement, worst, null, span, state, party, law, forum, [.. knowledge.Facts.OfType<CapFact>().Where(c => c.Origin.NotStated is null)],
            NoticeAddresses.Of(party, knowledge.Facts), upcoming);
    }

    private AgreementAnswer Without(Outcome outcome, string because) => new(
        agreement, outcome, because, span, state, new PartyAnswer(outcome, [], [], false, [], null, []), new LawAnswer(outcome, [], [], null),
        new ForumAnswer(outcome, [], []), [], new NoticeAddress(outcome, because, []), upcoming);
}

/// <summary>Finds where a notice to the resolved company goes.</summary>
internal static class NoticeAddresses
{
    public static NoticeAddress Of(PartyAnswer party, ImmutableArray<Fact> facts)
    {
        var rules = facts.OfType<NoticeFact>().Where(n => n is { Direction: "to-platform", Event: "general", Address: not null }).ToImmutableArray();
        var companies = (party.Outcome == Outcome.Conflict ? party.Candidates.SelectMany(c => c.Parties) : party.Parties).DistinctBy(p => p.Id).ToList();
        if (rules.IsEmpty)
        {
            return new NoticeAddress(Outcome.NoRule, "The text gives no address for notices to the company.", []);
        }
        if (companies.Count == 0)
        {
            return new NoticeAddress(Outcome.NoRule, "No company is resolved to which a notice could go.", rules);
        }
        var without = companies.Where(c => !rules.Any(r => r.Addressees.Contains(c.Id))).ToList();
        if (without.Count > 0)
        {
            return new NoticeAddress(
                Outcome.NoRule, $"Clause {string.Join(", ", rules.SelectMany(r => r.Clauses).Distinct())} gives addresses, but {string.Join(" and ", without.Select(w => w.Name ?? w.Id))} is not among the addressees.", rules);
        }
        ImmutableArray<NoticeFact> found = [.. companies.SelectMany(c => rules.Where(r => r.Addressees.Contains(c.Id))).Distinct()];
        return found.Select(r => r.Address).Distinct().Count() == 1
            ? new NoticeAddress(Outcome.Decided, null, found)
            : new NoticeAddress(Outcome.Conflict, "The address depends on the company, which is not decided.", found);
    }
}
