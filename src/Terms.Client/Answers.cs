using System.Text.Json;

namespace Terms.Client;

/// <summary>What applies to a customer at an instant.</summary>
/// <param name="At">The instant asked about.</param>
/// <param name="KnownAt">What was known then counts.</param>
/// <param name="Zone">The IANA zone of effective dates.</param>
/// <param name="Agreements">One answer for each agreement.</param>
/// <param name="MandatoryLaw">In words: the law of the customer's home may give more than the texts do.</param>
public sealed record Applicable(DateTimeOffset At, DateTimeOffset KnownAt, string Zone, IReadOnlyList<AgreementAnswer> Agreements, string MandatoryLaw);

/// <summary>The answer of one agreement.</summary>
/// <param name="Agreement">Its name.</param>
/// <param name="Title">Its title.</param>
/// <param name="Outcome">The worst of party, law and forum: <c>decided</c>, <c>conflict</c>, <c>no-rule</c>, <c>not-applicable</c>, <c>no-version</c>.</param>
/// <param name="Because">Why it is not applicable, or has no version; else null.</param>
/// <param name="Version">The version in force; null if there is none.</param>
/// <param name="Party">The contracting company.</param>
/// <param name="Law">The governing law.</param>
/// <param name="Forum">The forum.</param>
/// <param name="Caps">The caps on liability.</param>
public sealed record AgreementAnswer(
    string Agreement, string Title, string Outcome, string? Because, VersionAnswer? Version, PartyAnswer Party, LawAnswer Law, ForumAnswer Forum, IReadOnlyList<Cap> Caps);

/// <summary>A version. A null instant with <c>…Known</c> true is open; with false nobody says.</summary>
public sealed record VersionAnswer(
    string Id, string? Announced, string? Effective, DateTimeOffset? From, bool FromKnown, DateTimeOffset? Until, bool UntilKnown, string TextDigest, string Digest, string Edition, string Extent, string Url);

/// <summary>The contracting company: <see cref="Parties"/> if it is decided, <see cref="Candidates"/> in a conflict.</summary>
public sealed record PartyAnswer(string Outcome, IReadOnlyList<Party> Parties, IReadOnlyList<PartyCandidate> Candidates, bool ReadingSensitive);

/// <summary>A company; the name is null for one that the text does not name.</summary>
public sealed record Party(string Id, string? Name, string? Part);

/// <summary>A candidate of a conflict, with the clauses that it rests on.</summary>
public sealed record PartyCandidate(string Rule, IReadOnlyList<string> Clauses, IReadOnlyList<Party> Parties);

/// <summary>The governing law.</summary>
public sealed record LawAnswer(string Outcome, IReadOnlyList<Law> Laws);

/// <summary>A law: <c>CN</c>, <c>HK</c>, <c>RU</c>.</summary>
public sealed record Law(string Code, string Name, IReadOnlyList<string> Excludes, string? SubjectTo, IReadOnlyList<string> Clauses);

/// <summary>The forum.</summary>
public sealed record ForumAnswer(string Outcome, IReadOnlyList<Forum> Forums);

/// <summary>A court or an arbitral institution.</summary>
public sealed record Forum(string Id, string Name, string Kind, bool? Exclusive, string? Party, IReadOnlyList<string> Clauses);

/// <summary>A cap on liability.</summary>
public sealed record Cap(string Basis, decimal? Amount, string? Currency, string Period, string? Scope, IReadOnlyList<string> Clauses);

/// <summary>What a cap comes to for fees paid.</summary>
/// <param name="Outcome"><c>determined</c> or <c>undetermined</c>.</param>
/// <param name="Amount">The cap, if it is determined.</param>
/// <param name="AtLeast">The part that is certain, if it is not.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Because">Why.</param>
/// <param name="Clauses">Where the text says so.</param>
public sealed record CapAnswer(string Outcome, decimal? Amount, decimal? AtLeast, string? Currency, string Because, IReadOnlyList<string> Clauses);

/// <summary>What a subject must accept now, and what it has accepted.</summary>
public sealed record SubjectStatus(string Subject, DateTimeOffset At, IReadOnlyList<RequiredAgreement> Required, IReadOnlyList<AcceptedAgreement> Accepted)
{
    /// <summary>Whether nothing has to be accepted.</summary>
    public bool IsComplete => Required.Count == 0;
}

/// <summary>An agreement that must be accepted, and why.</summary>
/// <param name="Agreement">Its name.</param>
/// <param name="Version">The version in force.</param>
/// <param name="TextDigest">The digest of its words.</param>
/// <param name="Title">Its title.</param>
/// <param name="Because"><c>never-accepted</c>, <c>new-version</c>, <c>expired</c>, <c>declined</c> or <c>withdrawn</c>.</param>
/// <param name="Classification">Of a new version: how its change is classified; null if nobody has said.</param>
/// <param name="Explanation">The same in an English sentence.</param>
/// <param name="Last">The last act on the agreement; null if there is none.</param>
public sealed record RequiredAgreement(string Agreement, string Version, string TextDigest, string Title, string Because, string? Classification, string Explanation, LastAct? Last);

/// <summary>The last act of a subject on an agreement.</summary>
public sealed record LastAct(string Id, string Version, DateTimeOffset Recorded);

/// <summary>An agreement that is accepted, by which act, and until when if the acceptance ends.</summary>
public sealed record AcceptedAgreement(string Agreement, string Version, string Acceptance, DateTimeOffset Recorded, DateTimeOffset? Until);

/// <summary>What a service asks to have shown.</summary>
/// <param name="Subject">Whom it binds, as the service names them; never a name or an address.</param>
/// <param name="Customer">The facts about them.</param>
/// <param name="Surface">Where it is shown, as the service names it: <c>signup-web</c>.</param>
public sealed record PresentationRequest(string Subject, Customer Customer, string Surface)
{
    /// <summary>The agreements to show; null for all that apply and must be accepted.</summary>
    public IReadOnlyList<string>? Agreements { get; init; }

    /// <summary><c>agree</c> (the default) or <c>acknowledge</c>.</summary>
    public string? Act { get; init; }

    /// <summary>Who acts for the subject; null for the subject itself.</summary>
    public string? Actor { get; init; }

    /// <summary>By what authority the actor acts.</summary>
    public string? Authority { get; init; }

    /// <summary><c>en</c>, <c>zh-Hans</c>, <c>ru</c> or <c>ko</c>; null to follow the reader's browser.</summary>
    public string? Language { get; init; }

    /// <summary>Where the reader returns; registered for the key.</summary>
    public string? ReturnTo { get; init; }

    /// <summary>For how many minutes the presentation is open; null for a day.</summary>
    public int? Minutes { get; init; }
}

/// <summary>A presentation: send the reader to <see cref="Url"/>, or show <see cref="Shown"/> (a <c>terms-shown/1</c>) and answer with <see cref="Token"/>.</summary>
public sealed record Presentation(string Id, string Url, string Token, DateTimeOffset Expires, JsonElement Shown);

/// <summary>What was recorded: the id, the record (a <c>terms-record/1</c>), and the address of the receipt.</summary>
public sealed record RecordedAcceptance(string Id, JsonElement Record, string Receipt);

/// <summary>An act of a subject. The details are those that are still there; the notices are those that the subject had of the versions that the record names.</summary>
public sealed record Acceptance(string Id, JsonElement Record, IReadOnlyDictionary<string, string>? Details, string Receipt, IReadOnlyList<JoinedNotice> Notices);

/// <summary>A notice beside an act on the same version.</summary>
/// <param name="Id">The id of the notice.</param>
/// <param name="Version">The version, such as <c>free-membership/2025-04-01</c>.</param>
/// <param name="Channel">The way to the recipient, such as <c>email</c>.</param>
/// <param name="Carrier">What carried it: <c>webhook</c>, <c>smtp</c> or <c>board</c>.</param>
/// <param name="Language">The language of its words.</param>
/// <param name="Title">What stands above them.</param>
/// <param name="Digest">The digest of the exact words.</param>
/// <param name="Stage">How far it has come, such as <c>sent</c> or <c>delivered</c>.</param>
/// <param name="SentAt">When it was sent; null if it was not.</param>
/// <param name="DeliveredAt">When it arrived; null if the channel has not said so.</param>
/// <param name="Received">Whether it counts as received, by the agreement's own rule.</param>
/// <param name="Before">Whether it was sent before the act; null if it was not sent, or nobody knows when the act was done.</param>
public sealed record JoinedNotice(
    string Id, string Version, string Channel, string Carrier, string Language, string Title, string Digest, string Stage, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, ReceivedNotice Received, bool? Before);

/// <summary>From which day a notice counts as received; null if it does not. The clauses are those of the rule.</summary>
public sealed record ReceivedNotice(DateOnly? Day, string Because, IReadOnlyList<string> Clauses);

/// <summary>A link that opens a subject's acceptances to whoever has it.</summary>
public sealed record SubjectLink(string Url, DateTimeOffset Expires);
