using System.Text.Json;
using System.Text.Json.Serialization;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Export;

#pragma warning disable CS1591 // the names are those of docs/openapi.json, where they are explained

/// <summary>One agreement with its versions.</summary>
public sealed record AgreementDocument(
    string Id, string Title, string Kind, IReadOnlyList<string> Sites, IReadOnlyList<string> Roles, string? Membership, string? Amendment, string? Acceptance,
    string? PrevailingLanguage, bool EndKnown, string? Note, string Url, IReadOnlyList<VersionSummaryDocument> Versions, IReadOnlyList<WithdrawnVersionDocument> Withdrawn);

/// <summary>A version that was taken back before it took effect.</summary>
public sealed record WithdrawnVersionDocument(string Id, string? Announced, string? Effective, string TextDigest, string At, string Who, string Why, string Url);

public sealed record WithdrawalDocument(string At, string Who, string Why);

/// <summary>A version on the timeline of its agreement. Instants are UTC; <c>announced</c>, <c>effective</c> and <c>existingCustomersFrom</c>, the later day for those who were customers before, are days in the catalogue's zone.</summary>
public sealed record VersionSummaryDocument(
    string Id, string? Announced, string? Effective, string? ExistingCustomersFrom, string? From, bool FromKnown, string? Until, bool UntilKnown, string TextDigest, string Digest, string Edition,
    string Extent, string Url);

/// <summary>All that is known about a version beside its words.</summary>
public sealed record VersionDocument(
    string Agreement, string Id, string Title, string? Announced, string? Effective, string? ExistingCustomersFrom, string? From, bool FromKnown, string? Until, bool UntilKnown, string Recorded,
    string? Supersedes, string? Source, string Edition, string EditionNotice, string Extent, string? Classification, string? Note, string TextDigest, string Digest,
    IReadOnlyList<RenderingDocument> Renderings, IReadOnlyList<IncorporationDocument> Incorporates, IReadOnlyList<CorrectionDocument> Corrections,
    WithdrawalDocument? Withdrawn, IReadOnlyDictionary<string, string> Links);

public sealed record RenderingDocument(string Language, int Number, string Title, string Digest, int Clauses, string Url);

public sealed record IncorporationDocument(string? Agreement, string Name, string? Url, IReadOnlyList<string> Clauses);

public sealed record CorrectionDocument(string At, string Who, string Why, IReadOnlyList<string> Changed, string Digest);

/// <summary>A text as a tree of clauses.</summary>
public sealed record TextDocument(
    string Agreement, string Version, string Language, int Rendering, string Title, string Edition, string EditionNotice, string Extent, string TextDigest,
    IReadOnlyList<ClauseDocument> Clauses);

public sealed record ClauseDocument(
    string Label, string Anchor, string? Heading, string Text, string Markdown, IReadOnlyList<string> Notes, IReadOnlyList<ClauseDocument> Children);

/// <summary>One clause with what cites it.</summary>
public sealed record ClauseAnswerDocument(
    string Agreement, string Version, string Language, int Rendering, ClauseDocument Clause, IReadOnlyList<FactDocument> Facts, IReadOnlyList<ClauseRuleDocument> Rules,
    string Edition, string EditionNotice, string Url);

public sealed record ClauseRuleDocument(string Rule, string About, IReadOnlyList<string> Clauses, IReadOnlyList<string> Overrides, string Result);

/// <summary>A fact; the values of kinds other than its own are null.</summary>
public sealed record FactDocument
{
    public required string Id { get; init; }
    public required string Agreement { get; init; }
    public required string Version { get; init; }
    public required int Rendering { get; init; }
    public required string Kind { get; init; }
    public required IReadOnlyList<string> Clauses { get; init; }
    public required string? Quote { get; init; }
    public required string? Summary { get; init; }
    public required string? Note { get; init; }
    public required string? NotStated { get; init; }
    public required IReadOnlyList<string> ConflictsWith { get; init; }
    public string? Basis { get; init; }
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public string? Period { get; init; }
    public string? Scope { get; init; }
    public string? Per { get; init; }
    public string? Protects { get; init; }
    public string? Binds { get; init; }
    public IReadOnlyList<string>? CarveOuts { get; init; }
    public IReadOnlyList<string>? Damages { get; init; }
    public string? Payer { get; init; }
    public string? Payee { get; init; }
    public decimal? Rate { get; init; }
    public string? RateOf { get; init; }
    public string? RatePer { get; init; }
    public bool? Exclusive { get; init; }
    public decimal? Value { get; init; }
    public string? Unit { get; init; }
    public string? Date { get; init; }
    public string? Open { get; init; }
    public string? Starts { get; init; }
    public bool? AtLeast { get; init; }
    public bool? OrLonger { get; init; }
    public string? Obligor { get; init; }
    public string? What { get; init; }
    public string? Consequence { get; init; }
    public string? Direction { get; init; }
    public string? Event { get; init; }
    public string? Form { get; init; }
    public IReadOnlyList<string>? Channels { get; init; }
    public IReadOnlyList<string>? Addressees { get; init; }
    public string? Address { get; init; }
    public string? Attention { get; init; }
    public decimal? Days { get; init; }
    public string? DayType { get; init; }
    public string? Timing { get; init; }
    public IReadOnlyList<DeemedDocument>? Deemed { get; init; }
    public string? Prevails { get; init; }
    public string? How { get; init; }
    public string? Effective { get; init; }
}

public sealed record DeemedDocument(IReadOnlyList<string> Channels, string On, int Days);

/// <summary>What applies to a customer at an instant, as known at an instant.</summary>
public sealed record ApplicableDocument(
    string At, string KnownAt, string Zone, CustomerDocument Customer, IReadOnlyList<AgreementAnswerDocument> Agreements, IReadOnlyList<ContradictionDocument> Between,
    string MandatoryLaw);

public sealed record CustomerDocument(
    string Residence, string AccessFrom, string Role, string Site, string? Service, IReadOnlyList<string> Member, bool? Business, string? Registered);

public sealed record AgreementAnswerDocument(
    string Agreement, string Title, string Outcome, string? Because, VersionSummaryDocument? Version, PartyAnswerDocument Party, LawAnswerDocument Law,
    ForumAnswerDocument Forum, IReadOnlyList<CapDocument> Caps, NoticeToDocument NoticeTo, IReadOnlyList<string> Incorporated, UpcomingDocument? Upcoming,
    EffectiveForDocument? EffectiveFor);

/// <summary>From when a version binds the subject that was named. <c>instant</c> is null while a notice is owed.</summary>
public sealed record EffectiveForDocument(string Version, string? Instant, string NotBefore, string Because, IReadOnlyList<EffectiveReasonDocument> Reasons);

public sealed record EffectiveReasonDocument(string Kind, string? Day, string? Floor, string? Source, string Says);

public sealed record PartyAnswerDocument(
    string Outcome, IReadOnlyList<PartyNameDocument> Parties, IReadOnlyList<PartyCandidateDocument> Candidates, bool ReadingSensitive,
    IReadOnlyList<IReadOnlyList<PartyNameDocument>> OtherReading, DecisionDocument? Decision, IReadOnlyList<ConsideredDocument> Considered);

public sealed record PartyNameDocument(string Id, string? Name, string? Part);

public sealed record PartyCandidateDocument(
    string Rule, IReadOnlyList<string> Rules, IReadOnlyList<string> Clauses, IReadOnlyList<PartyNameDocument> Parties, IReadOnlyList<LawDocument> Laws,
    IReadOnlyList<ForumDocument> Forums, bool Open);

public sealed record DecisionDocument(
    string Id, string Who, string At, string Why, IReadOnlyList<PartyNameDocument> Parties, IReadOnlyList<LawDocument> Laws, IReadOnlyList<ForumDocument> Forums);

public sealed record ConsideredDocument(
    string Rule, IReadOnlyList<string> Clauses, bool Holds, bool Open, IReadOnlyList<string> OverriddenBy, string Because, IReadOnlyList<string> Parties);

public sealed record LawAnswerDocument(string Outcome, IReadOnlyList<LawDocument> Laws, IReadOnlyList<LawDocument> Candidates, OtherReadingDocument? OtherReading);

public sealed record LawDocument(string Code, string Name, IReadOnlyList<string> Excludes, string? SubjectTo, string? Party, IReadOnlyList<string> Clauses);

public sealed record OtherReadingDocument(IReadOnlyList<string> Laws, string Because, IReadOnlyList<string> Clauses);

public sealed record ForumAnswerDocument(string Outcome, IReadOnlyList<ForumDocument> Forums, IReadOnlyList<ForumDocument> Candidates);

public sealed record ForumDocument(
    string Id, string Name, string Kind, bool? Exclusive, string? Party, IReadOnlyList<StepDocument> Steps, IReadOnlyDictionary<string, string> Details,
    IReadOnlyList<string> Clauses);

public sealed record StepDocument(string Kind, int? Days, string? From);

public sealed record CapDocument(
    string Fact, string Basis, decimal? Amount, string? Currency, string Period, string? Scope, IReadOnlyList<string> Clauses, int Rendering, IReadOnlyList<string> ConflictsWith);

public sealed record NoticeToDocument(
    string Outcome, string? Because, IReadOnlyList<NoticeAddressDocument> Addresses, string? Address, string? Attention, IReadOnlyList<string> Clauses);

public sealed record NoticeAddressDocument(IReadOnlyList<string> Addressees, string? Address, string? Attention, IReadOnlyList<string> Channels, IReadOnlyList<string> Clauses);

public sealed record UpcomingDocument(string Id, string? Announced, string? Effective, string? ExistingCustomersFrom, string Url, EffectiveForDocument? EffectiveFor);

public sealed record ContradictionDocument(
    string About, IReadOnlyList<string> Agreements, IReadOnlyList<ContradictionCandidateDocument> Candidates, IReadOnlyList<string> Clauses,
    IReadOnlyList<PrecedenceDocument> Precedence);

public sealed record ContradictionCandidateDocument(string Agreement, IReadOnlyList<string> Values, IReadOnlyList<string> Clauses);

public sealed record PrecedenceDocument(string Agreement, string Says, string? Open, IReadOnlyList<string> Clauses);

/// <summary>A question of a batch, in the words of the query string.</summary>
public sealed record QuestionDocument(
    string? Residence = null, string? Role = null, string? AccessFrom = null, string? Site = null, string? Service = null, JsonElement? Member = null, bool? Business = null,
    string? Registered = null, string? Agreement = null, string? At = null, string? KnownAt = null, string? Subject = null);

public sealed record CapAnswerDocument(string Outcome, decimal? Amount, decimal? AtLeast, string? Currency, string Because, IReadOnlyList<string> Clauses);

public sealed record ReceiptAnswerDocument(string Outcome, string? Instant, string? Date, string Because, IReadOnlyList<string> Clauses);

public sealed record LimitAnswerDocument(
    string Outcome, string? LastDay, string? NotBefore, string Because, IReadOnlyList<string> Clauses, IReadOnlyList<LimitDocument> Limits);

public sealed record LimitDocument(string Fact, int Rendering, string? What, string? Starts, string? LastDay, string? NotBefore, string Because);

public sealed record PartyDocument(
    string Id, string? Registration, string? Incorporation, string? Note, IReadOnlyList<PartyNameUseDocument> Names, IReadOnlyList<PartyAddressDocument> NoticeAddresses,
    string Url);

public sealed record PartyNameUseDocument(string Name, bool Variant, bool Former, IReadOnlyList<string> UsedIn);

public sealed record PartyAddressDocument(string Version, string? Address, string? Attention, IReadOnlyList<string> Channels, IReadOnlyList<string> Clauses);

/// <summary>The conflicts and gaps of a version over all combinations of customers.</summary>
public sealed record SweepDocument(
    string Agreement, string Version, long Combinations, long Decided, long NotApplicable, IReadOnlyList<SweepFindingDocument> Findings);

public sealed record SweepFindingDocument(string About, string Outcome, string Candidates, long Combinations, CustomerDocument Example);

/// <summary>A mistake in the content.</summary>
public sealed record ProblemDocument(string File, int Line, string What, string Remedy);

/// <summary>What <c>terms lint</c> finds: mistakes, which keep the content from being served, and findings, which do not.</summary>
public sealed record LintDocument(IReadOnlyList<ProblemDocument> Problems, IReadOnlyList<FindingDocument> Findings)
{
    /// <summary>The document of problems and findings of a content folder.</summary>
    public static LintDocument Of(IEnumerable<Problem> problems, ContentLint lint) => new(
        [.. problems.Select(Problem)], [.. lint.Open.Select(f => Finding(f, null)), .. lint.Accepted.Select(a => Finding(a.Finding, a.Why))]);

    /// <summary>The document of problems and findings of a document that is no content yet.</summary>
    public static LintDocument Of(DocumentLint lint) => new([.. lint.Problems.Select(Problem)], [.. lint.Findings.Select(f => Finding(f.Finding, null))]);

    private static ProblemDocument Problem(Problem p) => new(p.File, p.Line, p.What, p.Remedy);

    private static FindingDocument Finding(LintFinding f, string? accepted) => new(f.Code, f.File, f.Line, f.Clause, f.What, f.Remedy, accepted);
}

/// <summary>One finding; <c>accepted</c> is the editor's reason, null while nobody has accepted it.</summary>
public sealed record FindingDocument(string Code, string File, int Line, string? Clause, string What, string Remedy, string? Accepted);

#pragma warning restore CS1591

/// <summary>The JSON of answers: camelCase, unknown values null, characters written as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<AgreementDocument>))]
[JsonSerializable(typeof(VersionDocument))]
[JsonSerializable(typeof(TextDocument))]
[JsonSerializable(typeof(ClauseAnswerDocument))]
[JsonSerializable(typeof(IReadOnlyList<FactDocument>))]
[JsonSerializable(typeof(ApplicableDocument))]
[JsonSerializable(typeof(CapAnswerDocument))]
[JsonSerializable(typeof(ReceiptAnswerDocument))]
[JsonSerializable(typeof(LimitAnswerDocument))]
[JsonSerializable(typeof(IReadOnlyList<PartyDocument>))]
[JsonSerializable(typeof(QuestionDocument))]
[JsonSerializable(typeof(SweepDocument))]
[JsonSerializable(typeof(ComparisonDocument))]
[JsonSerializable(typeof(IReadOnlyList<ClauseChangeDocument>))]
[JsonSerializable(typeof(LintDocument))]
public sealed partial class TermsJson : JsonSerializerContext
{
    /// <summary>The context with characters outside ASCII unescaped.</summary>
    public static readonly TermsJson Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The same, indented for people.</summary>
    public static readonly TermsJson Indented = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
