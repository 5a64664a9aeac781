using System.Collections.Concurrent;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>Reports of drafts. One takes up to some seconds, so each is made once for a draft, a catalogue, a day and a plan, and kept while there is room.</summary>
public sealed class DraftReports(CurrentCatalogue current, TimeProvider clock)
{
    private const int Most = 64;

    private readonly ConcurrentDictionary<Key, Lazy<Task<DraftReport>>> made = new();

    /// <summary>The report of a draft as of today, against what is published now.</summary>
    public async Task<DraftReport> Of(Draft draft, PublicationPlan? plan = null)
    {
        var (resolver, now) = (current.Now.Resolver, clock.GetUtcNow());
        var key = new Key(draft.Digest, resolver, now.DateIn(resolver.Corpus.Catalogue.Zone), plan);
        if (made.Count >= Most)
        {
            made.Clear(); // They are made again as they are asked for.
        }
        var report = made.GetOrAdd(key, _ => new(() => Task.Run(() => DraftReport.Of(draft, resolver, now, plan))));
        try
        {
            return await report.Value;
        }
        catch
        {
            made.TryRemove(KeyValuePair.Create(key, report));
            throw;
        }
    }

    /// <summary>A report that has been made; null if it has not. It costs nothing.</summary>
    public DraftReport? IfMade(Digest draft, PublicationPlan? plan = null)
    {
        var served = current.Now;
        return made.TryGetValue(new Key(draft, served.Resolver, clock.GetUtcNow().DateIn(served.Catalogue.Zone), plan), out var report) && report is { IsValueCreated: true, Value.IsCompletedSuccessfully: true }
            ? report.Value.Result
            : null;
    }

    private sealed record Key(Digest Draft, Resolver Published, DateOnly Day, PublicationPlan? Plan);
}
