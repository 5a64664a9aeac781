using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Export;

/// <summary>Resolved answers as documents.</summary>
public static class AnswerDocuments
{
    /// <summary>Stands beside every answer on law and caps.</summary>
    public const string MandatoryLaw =
        "Mandatory law of the place where the customer lives may give more than these texts do, above all to consumers; these answers say what the texts say.";

    /// <summary>The whole answer.</summary>
    public static ApplicableDocument Document(AgreementCatalogue catalogue, in Customer customer, DateTimeOffset at, DateTimeOffset knownAt, ApplicableAnswer answer) => new(
        at.ToRfc3339(), knownAt.ToRfc3339(), catalogue.Zone.Id, Document(customer), Parts(answer).Agreements, Parts(answer).Between, MandatoryLaw);

    /// <summary>The parts of an answer that are the same for every customer of a class.</summary>
    public static (IReadOnlyList<AgreementAnswerDocument> Agreements, IReadOnlyList<ContradictionDocument> Between) Parts(ApplicableAnswer answer) =>
        ([.. answer.Agreements.Select(Document)], [.. answer.Between.Select(Document)]);

    /// <summary>The facts asked about.</summary>
    public static CustomerDocument Document(in Customer customer) => new(
        customer.Residence.Code, customer.AccessFrom.Code, customer.Role.Word(), customer.Site.Word(), customer.Service.Word(), [.. customer.Members.SiteWords()],
        customer.IsBusiness, CatalogueDocuments.Day(customer.Registered));

    /// <summary>The answer of one agreement.</summary>
    public static AgreementAnswerDocument Document(AgreementAnswer answer) => new(
        answer.Agreement.Id.Value, answer.Agreement.Title, answer.Outcome.Word(), answer.Because,
        answer is { Version: not null, State: { } state } ? CatalogueDocuments.Summary(answer.Span, state) : null,
        Document(answer.Party), Document(answer.Law), new(answer.Forum.Outcome.Word(), Documents(answer.Forum.Forums), Documents(answer.Forum.Candidates)),
        [.. answer.Caps.Select(c => new CapDocument(c.Id, c.Basis!, c.Amount, c.Currency, c.Period!, c.Scope, c.Clauses, c.Origin.Rendering, c.Origin.ConflictsWith))],
        Document(answer.NoticeTo), CatalogueDocuments.Incorporated(answer.Version),
        answer.Upcoming is { } next ? UpcomingOf(next, null) : null, null);

    /// <summary>The answer of one agreement for one subject.</summary>
    public static AgreementAnswerDocument Document(BoundAnswer bound)
    {
        var document = Document(bound.Answer);
        return document with
        {
            Version = bound.IsHeld && document.Version is { } version ? version with { Until = bound.UpcomingEffect?.Instant?.ToRfc3339(), UntilKnown = bound.UpcomingEffect?.Instant is not null } : document.Version,
            Upcoming = bound.Upcoming is { } next ? UpcomingOf(next, bound.UpcomingEffect) : null,
            EffectiveFor = bound is { Effect: { } effect, Answer.Version: { } binding } ? Document(binding, effect) : null,
        };
    }

    /// <summary>The answers of several agreements for one subject, and where these contradict each other.</summary>
    public static (IReadOnlyList<AgreementAnswerDocument> Agreements, IReadOnlyList<ContradictionDocument> Between) Parts(Corpus corpus, ImmutableArray<BoundAnswer> answers) =>
        ([.. answers.Select(Document)], [.. Contradictions.Between(corpus, [.. answers.Where(a => a.Answer.Outcome != Outcome.NoVersion).Select(a => a.Answer)]).Select(Document)]);

    /// <summary>From when a version binds a subject.</summary>
    public static EffectiveForDocument Document(AgreementVersion version, EffectiveFor effect) => new(
        version.Id.Value, effect.Instant?.ToRfc3339(), CatalogueDocuments.Day(effect.NotBefore)!, effect.Because,
        [.. effect.Reasons.Select(r => new EffectiveReasonDocument(Word(r.Kind), CatalogueDocuments.Day(r.Day), r.Floor?.Id, r.Floor?.Source, r.Words))]);

    /// <summary>The next version, and from when it will bind the subject that was named.</summary>
    public static UpcomingDocument UpcomingOf(AgreementVersion next, EffectiveFor? effect) => new(
        next.Id.Value, CatalogueDocuments.Day(next.Details.Announced), CatalogueDocuments.Day(next.Id.Effective), CatalogueDocuments.Day(next.Details.ExistingFrom), CatalogueDocuments.Url(next),
        effect is null ? null : Document(next, effect));

    private static string Word(EffectiveReasonKind kind) => kind switch
    {
        EffectiveReasonKind.Scheduled => "scheduled",
        EffectiveReasonKind.ExistingCustomers => "existing-customers",
        EffectiveReasonKind.Floor => "floor",
        EffectiveReasonKind.NoticeOwed => "notice-owed",
        _ => "accepted",
    };

    /// <summary>A sweep.</summary>
    public static SweepDocument Document(Sweep sweep) => new(
        sweep.Version.Agreement.Id.Value, sweep.Version.Id.Value, sweep.Combinations, sweep.Decided, sweep.NotApplicable,
        [.. sweep.Findings.Select(f => new SweepFindingDocument(f.About, f.Outcome.Word(), f.Candidates, f.Combinations, Document(f.Example)))]);

    /// <summary>The word of the API for an outcome.</summary>
    public static string Word(this Outcome outcome) => outcome switch
    {
        Outcome.Decided => "decided",
        Outcome.Conflict => "conflict",
        Outcome.NoRule => "no-rule",
        Outcome.NotApplicable => "not-applicable",
        _ => "no-version",
    };

    private static PartyAnswerDocument Document(PartyAnswer party) => new(
        party.Outcome.Word(), Documents(party.Parties),
        [.. party.Candidates.Select(c => new PartyCandidateDocument(c.Rules[0], c.Rules, c.Clauses, Documents(c.Parties), Documents(c.Laws), Documents(c.Forums), c.IsOpen))],
        party.IsReadingSensitive, [.. party.OtherReading.Select(Documents)],
        party.Decision is { } d
            ? new DecisionDocument(d.Decision.Id, d.Decision.Who, d.Decision.At.ToRfc3339(), d.Decision.Why, Documents(d.Parties), Documents(d.Laws), Documents(d.Forums))
            : null,
        [.. party.Considered.Select(c => new ConsideredDocument(
            c.Rule.Id, c.Rule.Clauses, c.Holds, c.IsOpen, c.OverriddenBy, c.Because, [.. ((PartyRule)c.Rule).Parties.Select(p => p.Party)]))]);

    private static IReadOnlyList<PartyNameDocument> Documents(ImmutableArray<NamedParty> parties) => [.. parties.Select(p => new PartyNameDocument(p.Id, p.Name, p.Part))];

    private static LawAnswerDocument Document(LawAnswer law) => new(
        law.Outcome.Word(), Documents(law.Laws), Documents(law.Candidates),
        law.OtherReading is { } other ? new OtherReadingDocument([other.Law], other.Because, other.Clauses) : null);

    private static IReadOnlyList<LawDocument> Documents(ImmutableArray<LawResult> laws) =>
        [.. laws.Select(l => new LawDocument(l.Rule.Law, l.Name, l.Rule.Excludes, l.Rule.SubjectTo, l.Party, l.Rule.Clauses))];

    private static IReadOnlyList<ForumDocument> Documents(ImmutableArray<ForumResult> forums) =>
    [
        .. forums.Select(f => new ForumDocument(
            f.Rule.Forum, f.Name, f.Rule.Kind, f.Rule.IsExclusive, f.Party, [.. f.Rule.Steps.Select(s => new StepDocument(s.Kind, s.Days, s.From))], f.Rule.Details, f.Rule.Clauses)),
    ];

    private static NoticeToDocument Document(NoticeAddress notice)
    {
        ImmutableArray<NoticeAddressDocument> addresses = [.. notice.Rules.Select(r => new NoticeAddressDocument(r.Addressees, r.Address, r.Attention, r.Channels, r.Clauses))];
        var one = notice.Outcome == Outcome.Decided ? addresses[0] : null;
        return new(notice.Outcome.Word(), notice.Because, addresses, one?.Address, one?.Attention, [.. notice.Rules.SelectMany(r => r.Clauses).Distinct()]);
    }

    private static ContradictionDocument Document(Contradiction c) => new(
        c.About, [.. c.Candidates.Select(a => a.Answer.Agreement.Id.Value)],
        [.. c.Candidates.Select(a => new ContradictionCandidateDocument(a.Answer.Agreement.Id.Value, a.Values, a.Clauses))],
        [.. c.Candidates.SelectMany(a => a.Clauses.Select(l => $"{a.Answer.Version!.Path} {l}"))],
        [.. c.Precedence.Select(p => new PrecedenceDocument(p.Version.Agreement.Id.Value, p.Rule.Says, p.Rule.Open, p.Rule.Clauses))]);
}
