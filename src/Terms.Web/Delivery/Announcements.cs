using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>What there is to tell of each version of the catalogue that is served, found once.</summary>
internal sealed class Announcements(ServedStore stored)
{
    private readonly ConditionalWeakTable<AgreementVersion, Announcement> found = [];

    /// <summary>What there is to tell of a version.</summary>
    /// <param name="resolver">The answers, with the version among them.</param>
    /// <param name="version">The version; it has a date.</param>
    /// <param name="now">The version was known by then.</param>
    public Announcement Of(Resolver resolver, AgreementVersion version, DateTimeOffset now) => found.GetValue(version, v => Announcement.Of(resolver, v, Classifications(v), now));

    /// <summary>What people have said of the changes of a version in its draft. A version that was published as files says no more than how grave it is as a whole.</summary>
    private ImmutableSortedDictionary<string, ClauseClassification> Classifications(AgreementVersion version) =>
        stored.Store.Versions.All().FirstOrDefault(p => p.Path == version.Path) is { } published && stored.Store.Drafts.Newest(published.Draft) is { } draft && draft.Digest == published.Digest
            ? draft.Classifications
            : ImmutableSortedDictionary<string, ClauseClassification>.Empty;
}
