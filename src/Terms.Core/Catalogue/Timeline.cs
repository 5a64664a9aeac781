using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>A stretch of time in which one version of an agreement is in force, or none. Half-open: the end belongs to the next.</summary>
/// <param name="From">The first instant; null for "since ever, or since an unknown day".</param>
/// <param name="Until">The instant at which the next stretch begins; null if none is known.</param>
/// <param name="Version">The version in force; null before the first and after the agreement was withdrawn.</param>
public sealed record TimelineSpan(DateTimeOffset? From, DateTimeOffset? Until, AgreementVersion? Version);

/// <summary>Which version of an agreement is in force when, as known at an instant. Ends are derived, never stored. A version that was taken back before it took effect has no part in it.</summary>
public static class Timeline
{
    /// <summary>The spans in order; they leave no gap and do not overlap.</summary>
    public static ImmutableArray<TimelineSpan> Of(Agreement agreement, TimeZoneInfo zone, DateTimeOffset knownAt)
    {
        var starts = new List<(DateTimeOffset? From, AgreementVersion? Version)>();
        foreach (var version in agreement.Versions.Where(v => v.Details.Recorded <= knownAt && !v.IsWithdrawn(knownAt)))
        {
            starts.Add((version.Id.Effective is { } day ? Instants.StartOf(day, zone) : null, version));
        }
        if (agreement.Withdrawn is { } end)
        {
            starts.RemoveAll(s => s.From >= Instants.StartOf(end, zone));
            starts.Add((Instants.StartOf(end, zone), null));
        }
        if (starts.Count == 0 || starts[0].From is not null)
        {
            starts.Insert(0, (null, null));
        }
        return [.. starts.Select((s, i) => new TimelineSpan(s.From, i + 1 < starts.Count ? starts[i + 1].From : null, s.Version))];
    }

    /// <summary>The version that has taken the place of another by an instant; null if none has: it is still to come, is in force, was taken back, or the agreement has ended.</summary>
    /// <param name="version">The other version.</param>
    /// <param name="zone">The catalogue's zone.</param>
    /// <param name="at">The instant; what counts is what was known then.</param>
    public static AgreementVersion? SuccessorOf(AgreementVersion version, TimeZoneInfo zone, DateTimeOffset at) =>
        Of(version.Agreement, zone, at).SkipWhile(s => s.Version != version).Take(2).ToList() is [{ Until: { } end }, var next] && end <= at ? next.Version : null;

    /// <summary>A moment at which a version is in force; null if it never is, or was not known.</summary>
    public static DateTimeOffset? MomentOf(AgreementVersion version, TimeZoneInfo zone, DateTimeOffset knownAt) =>
        Of(version.Agreement, zone, knownAt).FirstOrDefault(s => s.Version == version) is { } span
            ? span.From ?? (span.Until is { } end ? end.AddTicks(-1) : DateTimeOffset.UnixEpoch)
            : null;
}
