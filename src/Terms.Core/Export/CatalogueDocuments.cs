using Terms.Catalogue;
using Terms.Facts;
using Terms.Rendering;
using Terms.Resolution;

namespace Terms.Export;

/// <summary>Agreements, versions, texts, facts and parties as documents.</summary>
public static class CatalogueDocuments
{
    /// <summary>What stands wherever a restatement is shown.</summary>
    public const string RestatementNotice = Rendering.EditionNotice.Restatement;

    private static readonly string[] NoNames = [];

    /// <summary>An agreement with its timeline, as known at an instant.</summary>
    public static AgreementDocument Document(AgreementCatalogue catalogue, Agreement agreement, DateTimeOffset knownAt) => new(
        agreement.Id.Value, agreement.Title, agreement.IsContract ? "contract" : "rules", agreement.Sites, agreement.Roles, agreement.Membership, agreement.Amendment,
        agreement.Acceptance, agreement.PrevailingLanguage, agreement.EndIsKnown, agreement.Note, $"/agreements/{agreement.Id}",
        [.. Timeline.Of(agreement, catalogue.Zone, knownAt).Where(s => s.Version is not null).Select(s => Summary(s, s.Version!.StateAt(knownAt)!))],
        [
            .. agreement.Versions.Where(v => v.IsWithdrawn(knownAt)).Select(v => (Version: v, Back: v.Details.Withdrawn!)).Select(w => new WithdrawnVersionDocument(
                w.Version.Id.Value, Day(w.Version.Details.Announced), Day(w.Version.Id.Effective), w.Version.TextDigest.Value, w.Back.At.ToRfc3339(), w.Back.Who, w.Back.Why, Url(w.Version))),
        ]);

    /// <summary>A version on its timeline.</summary>
    public static VersionSummaryDocument Summary(TimelineSpan span, VersionState state)
    {
        var version = span.Version!;
        return new(
            version.Id.Value, Day(version.Details.Announced), Day(version.Id.Effective), Day(version.Details.ExistingFrom), span.From?.ToRfc3339(), span.From is not null, span.Until?.ToRfc3339(),
            span.Until is not null || version.Agreement.EndIsKnown, version.TextDigest.Value, state.Digest.Value, Edition(version), Extent(version), Url(version));
    }

    /// <summary>All that is known about a version beside its words.</summary>
    public static VersionDocument Document(AgreementCatalogue catalogue, AgreementVersion version, DateTimeOffset knownAt)
    {
        var span = Timeline.Of(version.Agreement, catalogue.Zone, knownAt).FirstOrDefault(s => s.Version == version) ?? new TimelineSpan(null, null, version);
        var state = version.StateAt(knownAt)!;
        var details = version.Details;
        var api = $"/api/v1/agreements/{version.Agreement.Id}/versions/{version.Id}";
        return new(
            version.Agreement.Id.Value, version.Id.Value, version.Texts[0].Title, Day(details.Announced), Day(version.Id.Effective), Day(details.ExistingFrom), span.From?.ToRfc3339(),
            span.From is not null, span.Until?.ToRfc3339(), span.Until is not null || version.Agreement.EndIsKnown, details.Recorded.ToRfc3339(),
            details.Supersedes?.Value, details.Source, Edition(version), EditionNotice.Of(version), Extent(version), details.Classification, details.Note,
            version.TextDigest.Value, state.Digest.Value,
            [.. version.Texts.Select(t => new RenderingDocument(t.Language, t.Number, t.Title, t.Digest.Value, t.All.Count(), $"{api}/text?lang={t.Language}&rendering={t.Number}"))],
            [.. details.Incorporates.Select(i => new IncorporationDocument(i.Agreement, i.Name, i.Url, i.Clauses))],
            [.. version.States.Where(s => s.Correction is not null && s.KnownFrom <= knownAt).Select(s => new CorrectionDocument(
                s.Correction!.At.ToRfc3339(), s.Correction.Who, s.Correction.Why, s.Correction.Changed, s.Digest.Value))],
            version.IsWithdrawn(knownAt) ? new WithdrawalDocument(details.Withdrawn!.At.ToRfc3339(), details.Withdrawn.Who, details.Withdrawn.Why) : null,
            new Dictionary<string, string>
            {
                ["page"] = Url(version),
                ["text"] = $"{api}/text",
                ["facts"] = $"/api/v1/facts?agreement={version.Agreement.Id}&version={version.Id}",
                ["agreement"] = $"/api/v1/agreements/{version.Agreement.Id}",
            });
    }

    /// <summary>A text as a tree of clauses.</summary>
    public static TextDocument Document(AgreementVersion version, TermsText text) => new(
        version.Agreement.Id.Value, version.Id.Value, text.Language, text.Number, text.Title, Edition(version), EditionNotice.Of(version), Extent(version), version.TextDigest.Value,
        [.. text.Clauses.Select(Document)]);

    /// <summary>A clause and everything below it.</summary>
    public static ClauseDocument Document(Clause clause) => new(
        clause.Label.Value, clause.Label.Anchor, clause.Heading, clause.Text, clause.Markdown, clause.Notes, [.. clause.Children.Select(Document)]);

    /// <summary>A clause with the facts and rules that cite it.</summary>
    public static ClauseAnswerDocument Document(Corpus corpus, AgreementVersion version, TermsText text, Clause clause, DateTimeOffset knownAt)
    {
        var knowledge = corpus.Knowledge(version.StateAt(knownAt)!);
        var label = clause.Label.Value;
        return new(
            version.Agreement.Id.Value, version.Id.Value, text.Language, text.Number, Document(clause),
            [.. knowledge.Facts.Where(f => f.Clauses.Contains(label)).Select(Document)],
            [.. knowledge.Rules.All.Where(r => r.Clauses.Contains(label)).Select(Document)],
            Edition(version), EditionNotice.Of(version), $"{Url(version)}#{clause.Label.Anchor}");
    }

    private static ClauseRuleDocument Document(Rule rule) => rule switch
    {
        PartyRule party => new(rule.Id, "party", rule.Clauses, rule.Overrides, string.Join(", ", party.Parties.Select(p => p.Party))),
        LawRule law => new(rule.Id, "law", rule.Clauses, rule.Overrides, law.Law),
        ForumRule forum => new(rule.Id, "forum", rule.Clauses, rule.Overrides, forum.Forum),
        _ => throw new InvalidOperationException($"{rule.GetType().Name} is a kind of rule that has no document."),
    };

    /// <summary>A party with its names and its addresses for notices, by version.</summary>
    public static PartyDocument Document(Corpus corpus, Party party, DateTimeOffset knownAt) => new(
        party.Id, party.Registration, party.Incorporation, party.Note,
        [.. party.Names.Select(n => new PartyNameUseDocument(n.Name, !n.IsPrincipal, n.IsFormer, n.UsedIn))],
        [
            .. corpus.Catalogue.Agreements.SelectMany(a => a.Versions).Where(v => v.StateAt(knownAt) is not null)
                .SelectMany(v => corpus.Knowledge(v.StateAt(knownAt)!).Facts.OfType<NoticeFact>()
                    .Where(n => n.Address is not null && n.Addressees.Contains(party.Id))
                    .Select(n => new PartyAddressDocument(v.Path, n.Address, n.Attention, n.Channels, n.Clauses))),
        ],
        $"/parties#{party.Id}");

    /// <summary>A fact.</summary>
    public static FactDocument Document(Fact fact)
    {
        var origin = fact.Origin;
        var head = new FactDocument
        {
            Id = fact.Id,
            Agreement = origin.Version.Agreement.Id.Value,
            Version = origin.Version.Id.Value,
            Rendering = origin.Rendering,
            Kind = origin.Kind,
            Clauses = origin.Clauses,
            Quote = origin.Quote,
            Summary = origin.Summary,
            Note = origin.Note,
            NotStated = origin.NotStated,
            ConflictsWith = origin.ConflictsWith,
        };
        return fact switch
        {
            CapFact f => head with
            {
                Basis = f.Basis, Amount = f.Amount, Currency = f.Currency, Period = f.Period, Scope = f.Scope, Per = f.Per, Protects = f.Protects, Binds = f.Binds,
                CarveOuts = f.CarveOuts,
            },
            ExclusionFact f => head with { Scope = f.Scope, Protects = f.Protects, Binds = f.Binds, Damages = f.Damages, CarveOuts = f.CarveOuts },
            IndemnityFact f => head with { Scope = f.Scope, Payer = f.Payer, Payee = f.Payee, Basis = f.Basis },
            LiquidatedDamagesFact f => head with
            {
                Scope = f.Scope, Payer = f.Payer, Payee = f.Payee, Amount = f.Amount, Currency = f.Currency, Rate = f.Rate, RateOf = f.RateOf, RatePer = f.RatePer,
                Exclusive = f.IsExclusive,
            },
            TimeLimitFact f => head with
            {
                Obligor = f.Obligor, What = f.What, Value = f.Value, Unit = f.Unit, Date = Day(f.Date), Open = f.Open, Starts = f.Starts, AtLeast = f.IsAtLeast,
                OrLonger = f.IsOrLonger, Consequence = f.Consequence,
            },
            NoticeFact f => head with
            {
                Direction = f.Direction, Event = f.Event, Form = f.Form, Channels = f.Channels, Addressees = f.Addressees, Address = f.Address, Attention = f.Attention,
                Days = f.Days, DayType = f.DayType, Timing = f.Timing, Deemed = [.. f.Deemed.Select(d => new DeemedDocument(d.Channels, d.On, d.Days))],
            },
            AmountFact f => head with { What = f.What, Value = f.Value, Unit = f.Unit, Binds = f.Binds },
            LanguageFact f => head with { Prevails = f.Prevails, What = f.What },
            AmendmentFact f => head with { How = f.How, Days = f.Days, Effective = f.Effective },
            AcceptanceFact f => head with { How = f.How },
            _ => throw new InvalidOperationException($"{fact.GetType().Name} is a kind of fact that has no document."),
        };
    }

    /// <summary>A computed cap.</summary>
    public static CapAnswerDocument Document(CapAnswer a) => new(a.Outcome, a.Amount, a.AtLeast, a.Currency, a.Because, a.Clauses);

    /// <summary>A computed receipt.</summary>
    public static ReceiptAnswerDocument Document(ReceiptAnswer a) => new(a.Outcome, a.Instant?.ToRfc3339(), Day(a.Date), a.Because, a.Clauses);

    /// <summary>A computed time limit.</summary>
    public static LimitAnswerDocument Document(LimitAnswer a) => new(
        a.Outcome, Day(a.LastDay), Day(a.NotBefore), a.Because, a.Clauses,
        [.. a.Limits.Select(l => new LimitDocument(l.Fact, l.Rendering, l.What, l.Starts, Day(l.LastDay), Day(l.NotBefore), l.Because))]);

    /// <summary>The page of a version.</summary>
    public static string Url(AgreementVersion version) => $"/agreements/{version.Path}";

    /// <summary>A day as it is written: <c>2025-04-01</c>; null for none.</summary>
    public static string? Day(DateOnly? day) => day?.ToFullDate();

    private static string Edition(AgreementVersion version) => version.Details.IsOfficial ? "official" : "restatement";

    private static string Extent(AgreementVersion version) => version.Details.IsExcerpt ? "excerpt" : "full";

    internal static IReadOnlyList<string> Incorporated(AgreementVersion? version) =>
        version is null ? NoNames : [.. version.Details.Incorporates.Select(i => i.Agreement).OfType<string>()];
}
