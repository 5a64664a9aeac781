using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Notices;

/// <summary>What there is to tell of a version, and whom.</summary>
/// <param name="Version">The version.</param>
/// <param name="Before">The version that it takes the place of; null if it is the first.</param>
/// <param name="Plan">Its days.</param>
/// <param name="Changes">Its changes; those of a version that was published as files need not be classified.</param>
/// <param name="Class">How grave it is as a whole; null if nobody has said so.</param>
/// <param name="Audience">Who is to be told.</param>
/// <param name="Touched">One of those whose company, law, forum or cap changes; null if these change for nobody.</param>
public sealed record Announcement(
    AgreementVersion Version, AgreementVersion? Before, PublicationPlan Plan, ImmutableArray<ChangeToClassify> Changes, ChangeClass? Class, Audience Audience, Customer? Touched)
{
    /// <summary>What there is to tell of a version of the catalogue.</summary>
    /// <param name="resolver">The answers, with the version among them.</param>
    /// <param name="version">The version.</param>
    /// <param name="classifications">What people have said of its changes; empty for a version that was published as files.</param>
    /// <param name="knownAt">What counts is what was known then; the version was.</param>
    /// <exception cref="ArgumentException">The version has no date: nobody can be told from when it binds.</exception>
    public static Announcement Of(Resolver resolver, AgreementVersion version, ImmutableSortedDictionary<string, ClauseClassification> classifications, DateTimeOffset knownAt)
    {
        var effective = version.Id.Effective ?? throw new ArgumentException($"{version.Path} has no date, so that nobody can be told from when it binds.", nameof(version));
        var recorded = version.Details.Recorded.DateIn(resolver.Corpus.Catalogue.Zone);
        var plan = new PublicationPlan(Earlier(version.Details.Announced ?? recorded, effective), effective, version.Details.ExistingFrom);
        if (version.Before is not { } before || before.StateAt(knownAt) is null)
        {
            return First(version, plan);
        }
        var comparison = VersionComparison.Of(resolver, before, version, knownAt);
        return Of(comparison, plan, Classifying.Find(comparison, classifications));
    }

    /// <summary>What there will be to tell of a draft once it is published with its days; null while its content cannot be read, or if its day is that of another version.</summary>
    /// <param name="report">The report of the draft with these days.</param>
    /// <param name="plan">The days.</param>
    public static Announcement? Of(DraftReport report, PublicationPlan plan) =>
        report.Version is not { } version || version.Id.Effective != plan.Effective ? null
            : report.Comparison is { } comparison ? Of(comparison, plan, report.Changes)
            : First(version, plan);

    /// <summary>Whether one customer is to be told, and what changes for them.</summary>
    /// <param name="resolver">The answers, with both versions among them.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="knownAt">What counts is what was known then.</param>
    public (bool IsTold, ImmutableArray<Impact> Changes) Tells(Resolver resolver, Customer customer, DateTimeOffset knownAt) => Before is null
        ? (Audience.Kind != AudienceKind.Nobody && Applicability.IsFor(Version.Agreement, customer), [])
        : Audience.Tells(resolver, Before, Version, customer, knownAt);

    private static Announcement First(AgreementVersion version, PublicationPlan plan) =>
        new(version, null, plan, [], ChangeClasses.Of(version.Details.Classification), new(AudienceKind.Everybody, "It is the first version of the agreement."), null);

    private static Announcement Of(VersionComparison comparison, PublicationPlan plan, ImmutableArray<ChangeToClassify> changes)
    {
        var change = ClassConsequences.Gravest(changes) ?? ChangeClasses.Of(comparison.To.Details.Classification);
        return new(comparison.To, comparison.From, plan, changes, change, Audience.Of(change, changes, comparison), comparison.Impact.FirstOrDefault()?.Example);
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
