using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Acceptance;

/// <summary>Why an agreement must be accepted now.</summary>
public enum AskedBecause
{
    /// <summary>The subject never accepted it.</summary>
    NeverAccepted,

    /// <summary>A newer version is in force, and its change asks for acceptance.</summary>
    NewVersion,

    /// <summary>The acceptance was given too long ago.</summary>
    Expired,

    /// <summary>The subject's last act was to decline.</summary>
    Declined,

    /// <summary>The subject withdrew the acceptance.</summary>
    Withdrawn,
}

/// <summary>A record with its name.</summary>
/// <param name="Id">The name of the acceptance.</param>
/// <param name="Record">The record.</param>
public sealed record RecordedAct(AcceptanceId Id, AcceptanceRecord Record);

/// <summary>An agreement that must be accepted now.</summary>
/// <param name="Answer">What applies to the subject.</param>
/// <param name="Because">Why.</param>
/// <param name="Classification">The gravest change since the version accepted; null unless a new version is the reason, or if nobody classified it.</param>
/// <param name="Explanation">Why, in a sentence.</param>
/// <param name="Last">The subject's last act on the agreement; null if there is none.</param>
public sealed record RequiredAgreement(AgreementAnswer Answer, AskedBecause Because, string? Classification, string Explanation, RecordedAct? Last);

/// <summary>An agreement whose acceptance stands.</summary>
/// <param name="Answer">What applies to the subject.</param>
/// <param name="By">The act by which it was accepted.</param>
/// <param name="Until">When the acceptance ends; null if it does not.</param>
public sealed record StandingAcceptance(AgreementAnswer Answer, RecordedAct By, DateTimeOffset? Until);

/// <summary>What a subject must accept now and why, and what it has accepted.</summary>
/// <param name="Required">What must be accepted, in the order of the answers.</param>
/// <param name="Accepted">What stands.</param>
public sealed record SubjectStatus(ImmutableArray<RequiredAgreement> Required, ImmutableArray<StandingAcceptance> Accepted)
{
    /// <summary>The words of the API for the reasons, in the order of the enumeration.</summary>
    public static readonly ImmutableArray<string> Reasons = ["never-accepted", "new-version", "expired", "declined", "withdrawn"];

    /// <summary>Changes from the lightest to the gravest. Those before <c>substantive</c> do not ask for acceptance again; one that nobody classified counts as the gravest.</summary>
    private static readonly ImmutableArray<string?> Gravity = ["editorial", "clarification", "substantive", "needs-adaptation", null];

    private static readonly int Asks = Gravity.IndexOf("substantive");

    /// <summary>The status of a subject.</summary>
    /// <param name="acts">The subject's records, oldest first.</param>
    /// <param name="answers">The resolver's answers for the subject's facts at the moment.</param>
    /// <param name="at">The moment.</param>
    public static SubjectStatus Of(IReadOnlyList<RecordedAct> acts, ImmutableArray<AgreementAnswer> answers, DateTimeOffset at)
    {
        var required = ImmutableArray.CreateBuilder<RequiredAgreement>();
        var accepted = ImmutableArray.CreateBuilder<StandingAcceptance>();
        var ordered = InOrderOfActing(acts, at);
        foreach (var answer in answers.Where(a => a.Version is not null))
        {
            if (Consider(answer, ordered, at, out var until) is { } asked)
            {
                required.Add(asked);
            }
            else
            {
                accepted.Add(new StandingAcceptance(answer, LastAct(answer.Agreement.Id.Value, ordered)!, until));
            }
        }
        return new SubjectStatus(required.ToImmutable(), accepted.ToImmutable());
    }

    /// <summary>The version of an agreement that a subject accepted last, whether or not it was withdrawn since; null if it never accepted any.</summary>
    public static string? LastAccepted(IReadOnlyList<RecordedAct> acts, string agreement, DateTimeOffset at) =>
        InOrderOfActing(acts, at).LastOrDefault(a => a.Record.Kind.IsAcceptance() && a.Record.Version(agreement) is not null)?.Record.Version(agreement)!.Version;

    /// <summary>When a subject accepted exactly this version, if that is what it did last about the agreement; null if it is not. An older system's undated act counts from its record.</summary>
    public static DateTimeOffset? AcceptedAt(IReadOnlyList<RecordedAct> acts, AgreementVersion version, DateTimeOffset at) =>
        LastAct(version.Agreement.Id.Value, InOrderOfActing(acts, at)) is { Record: var record } && record.Kind.IsAcceptance()
        && record.Version(version.Agreement.Id.Value) is { } accepted && accepted.Version == version.Id.Value && accepted.TextDigest == version.TextDigest.Value
            ? record.Acted ?? record.Recorded
            : null;

    /// <summary>Acts by when they were done. One that an older system does not date stands before all others.</summary>
    private static List<RecordedAct> InOrderOfActing(IReadOnlyList<RecordedAct> acts, DateTimeOffset at) =>
        [.. acts.Where(a => a.Record.Recorded <= at).OrderBy(a => a.Record.Acted ?? DateTimeOffset.MinValue)];

    /// <summary>The act that decides how an agreement stands. Withdrawing an acceptance that a later act has overtaken changes nothing.</summary>
    private static RecordedAct? LastAct(string agreement, List<RecordedAct> acts)
    {
        RecordedAct? last = null;
        foreach (var act in acts.Where(a => a.Record.Version(agreement) is not null))
        {
            if (act.Record.Kind != AcceptanceKind.Withdraw || last?.Id == act.Record.Withdraws)
            {
                last = act;
            }
        }
        return last;
    }

    private static RequiredAgreement? Consider(AgreementAnswer answer, List<RecordedAct> acts, DateTimeOffset at, out DateTimeOffset? until)
    {
        var agreement = answer.Agreement;
        var current = answer.Version!;
        until = null;
        if (LastAct(agreement.Id.Value, acts) is not { } last)
        {
            return new(answer, AskedBecause.NeverAccepted, null, $"The subject has not accepted any version of {agreement.Id}.", null);
        }
        var version = last.Record.Version(agreement.Id.Value)!;
        if (!last.Record.Kind.IsAcceptance())
        {
            var isDecline = last.Record.Kind == AcceptanceKind.Decline;
            return new(answer, isDecline ? AskedBecause.Declined : AskedBecause.Withdrawn, null, isDecline
                ? $"The subject declined version {version.Version} at {last.Record.Recorded.ToRfc3339()}."
                : $"The subject withdrew its acceptance of version {version.Version} at {last.Record.Recorded.ToRfc3339()}.", last);
        }
        if (Change(agreement, version, current) is var gravity && gravity >= Asks)
        {
            return new(answer, AskedBecause.NewVersion, Gravity[gravity], Explain(version, current, Gravity[gravity]), last);
        }
        if (agreement.AcceptAgainAfterDays is not { } days)
        {
            return null;
        }
        if (last.Record.Acted is not { } acted)
        {
            return new(answer, AskedBecause.Expired, null, Number($"The acceptance of {agreement.Id} holds for {days} days, and the older system does not say when it was given."), last);
        }
        until = acted.AddDays(days);
        return at < until ? null : new(answer, AskedBecause.Expired, null, Number($"The acceptance of {agreement.Id} held for {days} days, until {until.Value.ToRfc3339()}."), last);
    }

    /// <summary>How grave the gravest change is between a version accepted and the one in force, as a position in <see cref="Gravity"/>; -1 if there is none.</summary>
    private static int Change(Agreement agreement, AcceptedVersion accepted, AgreementVersion current)
    {
        if (accepted.Version == current.Id.Value)
        {
            return accepted.TextDigest == current.TextDigest.Value ? -1 : Gravity.Length - 1;
        }
        var from = new VersionId(accepted.Version);
        if (current.Id.IsBefore(from))
        {
            return -1; // A later version was accepted already.
        }
        return agreement.Version(accepted.Version) is null
            ? Gravity.Length - 1
            : agreement.Versions.Where(v => from.IsBefore(v.Id) && !current.Id.IsBefore(v.Id) && v.Details.Withdrawn is null).Max(v => Gravity.IndexOf(v.Details.Classification));
    }

    private static string Explain(AcceptedVersion accepted, AgreementVersion current, string? classification) =>
        accepted.Version == current.Id.Value
            ? $"The subject accepted version {accepted.Version} with the text {accepted.TextDigest}; the text in force under that name is another, {current.TextDigest}."
            : $"The subject accepted version {accepted.Version}; {current.Id} is in force, and " + classification switch
            {
                null => "nobody has classified the change.",
                "substantive" => "the change is substantive.",
                _ => "the change needs adaptation by the other side.",
            };

    private static string Number(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
