using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Resolution;

/// <summary>How a question ended; a later one is worse.</summary>
public enum Outcome
{
    /// <summary>One result.</summary>
    Decided,

    /// <summary>Several results, and the text does not say which wins.</summary>
    Conflict,

    /// <summary>No rule holds.</summary>
    NoRule,

    /// <summary>The agreement is not for this customer.</summary>
    NotApplicable,

    /// <summary>No version was in force, or known.</summary>
    NoVersion,
}

/// <summary>The answer for one agreement: which version, company, law and forum, with every rule considered.</summary>
/// <param name="Agreement">The agreement asked about.</param>
/// <param name="Outcome">The worst of party, law and forum.</param>
/// <param name="Because">Why there is no answer; null if there is one.</param>
/// <param name="Span">The stretch of time in which the version is in force.</param>
/// <param name="State">What was known of the version; null without one.</param>
/// <param name="Party">The contracting party.</param>
/// <param name="Law">The governing law.</param>
/// <param name="Forum">The forum.</param>
/// <param name="Caps">The caps on liability of the version.</param>
/// <param name="NoticeTo">Where notices to the company go.</param>
/// <param name="Upcoming">The next version announced; null if there is none.</param>
public sealed record AgreementAnswer(
    Agreement Agreement, Outcome Outcome, string? Because, TimelineSpan Span, VersionState? State, PartyAnswer Party, LawAnswer Law, ForumAnswer Forum,
    ImmutableArray<CapFact> Caps, NoticeAddress NoticeTo, AgreementVersion? Upcoming)
{
    /// <summary>The version in force; null without one.</summary>
    public AgreementVersion? Version => Span.Version;
}

/// <summary>The contracting party.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Parties">The companies, if decided.</param>
/// <param name="Candidates">In conflict: every candidate.</param>
/// <param name="IsReadingSensitive">Whether reading "from" as place of access would change the result.</param>
/// <param name="OtherReading">The results on that reading, if it would: one if it would be decided, several in conflict.</param>
/// <param name="Decision">The operator's own decision of the conflict, if there is one.</param>
/// <param name="Considered">Every rule, whether it holds, and why.</param>
public sealed record PartyAnswer(
    Outcome Outcome, ImmutableArray<NamedParty> Parties, ImmutableArray<PartyCandidate> Candidates, bool IsReadingSensitive,
    ImmutableArray<ImmutableArray<NamedParty>> OtherReading, DecisionAnswer? Decision, ImmutableArray<ConsideredRule> Considered);

/// <summary>A company under the name that the version uses for it.</summary>
public sealed record NamedParty(string Id, string? Name, string? Part);

/// <summary>A result that stands against others.</summary>
/// <param name="Rules">The rules that lead to it.</param>
/// <param name="Clauses">Where they stand.</param>
/// <param name="Parties">The companies.</param>
/// <param name="Laws">The law that would follow.</param>
/// <param name="Forums">The forum that would follow.</param>
/// <param name="IsOpen">Whether it rests on one of two readings only.</param>
public sealed record PartyCandidate(
    ImmutableArray<string> Rules, ImmutableArray<string> Clauses, ImmutableArray<NamedParty> Parties, ImmutableArray<LawResult> Laws, ImmutableArray<ForumResult> Forums, bool IsOpen);

/// <summary>An operator's decision, with what would follow from it.</summary>
public sealed record DecisionAnswer(OperatorDecision Decision, ImmutableArray<NamedParty> Parties, ImmutableArray<LawResult> Laws, ImmutableArray<ForumResult> Forums);

/// <summary>The governing law.</summary>
public sealed record LawAnswer(Outcome Outcome, ImmutableArray<LawResult> Laws, ImmutableArray<LawResult> Candidates, OtherLawReading? OtherReading);

/// <summary>A system of law, and for which company if they differ.</summary>
public sealed record LawResult(LawRule Rule, string Name, string? Party);

/// <summary>The forum.</summary>
public sealed record ForumAnswer(Outcome Outcome, ImmutableArray<ForumResult> Forums, ImmutableArray<ForumResult> Candidates);

/// <summary>A forum, and for which company if they differ.</summary>
public sealed record ForumResult(ForumRule Rule, string Name, string? Party);

/// <summary>Where a notice to the company goes.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Because">Why there is no address; null if there is one.</param>
/// <param name="Rules">The notice rules that give the address, or those that give addresses of other companies.</param>
public sealed record NoticeAddress(Outcome Outcome, string? Because, ImmutableArray<NoticeFact> Rules);

/// <summary>A contradiction between agreements that apply together.</summary>
/// <param name="About"><c>party</c>, <c>law</c>, <c>forum</c> or <c>cap</c>.</param>
/// <param name="Candidates">What each agreement says.</param>
/// <param name="Precedence">What the texts say about their rank, and what they leave open.</param>
public sealed record Contradiction(
    string About, ImmutableArray<(AgreementAnswer Answer, ImmutableArray<string> Values, ImmutableArray<string> Clauses)> Candidates,
    ImmutableArray<(AgreementVersion Version, PrecedenceRule Rule)> Precedence);

/// <summary>The answers of all agreements that apply to a customer.</summary>
/// <param name="Agreements">One answer each: contracts by name, then rule pages asked for.</param>
/// <param name="Between">Where they contradict each other.</param>
public sealed record ApplicableAnswer(ImmutableArray<AgreementAnswer> Agreements, ImmutableArray<Contradiction> Between);
