using System.Collections.Frozen;
using System.Diagnostics;
using Terms.Catalogue;
using Terms.Export;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Storage;
using Publication = Terms.Acceptance.Publication;

namespace Terms.Web.Hosting;

/// <summary>
/// The catalogue that is served now: the content folder with the versions that the store has published laid over it. A publication makes the next one beside it, writes, and puts it in its
/// place in one step; who reads has the one or the other, never a mix. Publications go one after the other, each judged against what the one before has made.
/// </summary>
public sealed class CurrentCatalogue : IDisposable
{
    private readonly ServedStore stored;
    private readonly SemaphoreSlim publishing = new(1, 1);
    private volatile ServedCatalogue now;

    private CurrentCatalogue(ServedStore stored, ServedCatalogue now, TimeSpan loadTime) => (this.stored, this.now, LoadTime) = (stored, now, loadTime);

    /// <summary>Reads the content folder and the store, and brings the log of the catalogue up to date. If that fails, the store is closed.</summary>
    /// <exception cref="ContentException">The content has problems; it is not served.</exception>
    /// <exception cref="PublishedElsewhereException">The folder has a version that the store has published, with other bytes.</exception>
    /// <exception cref="StoreException">A published text has changed, or the store takes nothing.</exception>
    public static CurrentCatalogue Read(string folder, ServedStore stored, DateTimeOffset at)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (!stored.IsThere)
            {
                var alone = new ServedCatalogue(folder, new Resolver(Corpus.Load(folder)), FrozenDictionary<string, DateTimeOffset>.Empty);
                return new CurrentCatalogue(stored, alone, Stopwatch.GetElapsedTime(start));
            }
            var resolver = new Resolver(Corpus.Load(stored.Store.Versions.All().Aggregate(ContentFiles.Load(folder), (content, version) => version.Over(content))));
            stored.Store.Publish([.. Leaves(resolver.Corpus.Catalogue, at)]).GetAwaiter().GetResult();
            return new CurrentCatalogue(stored, new ServedCatalogue(folder, resolver, stored.Store.FirstSeen()), Stopwatch.GetElapsedTime(start));
        }
        catch
        {
            stored.DisposeAsync().AsTask().GetAwaiter().GetResult();
            throw;
        }
    }

    /// <summary>The catalogue at this moment. Take it once for each piece of work.</summary>
    public ServedCatalogue Now => now;

    /// <summary>How long reading took at the start.</summary>
    public TimeSpan LoadTime { get; }

    /// <summary>
    /// Publishes a draft whose days are set, if its report still allows it: the version, its leaf, the event and the further rows are written in one transaction, and the catalogue with the
    /// version takes the place of the one before. The version takes effect by itself when its day comes.
    /// </summary>
    /// <param name="read">Reads the draft and its state. It is called when no other publication is under way.</param>
    /// <param name="editor">Who publishes.</param>
    /// <param name="at">Now.</param>
    /// <param name="further">The rows that belong to the publication: its event, and what webhooks send. They also refuse it if the draft has changed since it was read.</param>
    /// <returns>The event that was written; or a refusal, which is for the caller to keep.</returns>
    /// <exception cref="StoreException">It could not be written; nothing of it was.</exception>
    public Task<PublishingEvent> Publish(Func<(Draft Draft, Publishing.Publication State)> read, Editor editor, DateTimeOffset at, Func<Published, IReadOnlyList<FurtherWrite>> further) => Alone(async before =>
    {
        var (draft, state) = read();
        var next = NextCatalogue.Publish(draft, state, before.Resolver, editor, at);
        if (next is not { Step: Published step, Version: { } version, Resolver: { } after })
        {
            return next.Step;
        }
        var made = after.Corpus.Catalogue.Find(draft.Agreement.Value)!.Version(version.Version.Value)!;
        var refusal = await stored.Store.Versions.Publish(version, Leaf(made, at), further(step));
        return refusal is null ? Serve(before, after, step, seen: (made.Path, at)) : Refused.Of(step, refusal);
    });

    /// <summary>Takes a published version back before it takes effect: it is never in force, and its words and its history stay.</summary>
    /// <param name="read">Reads the state of its draft. It is called when no other publication is under way.</param>
    /// <param name="step">The withdrawal.</param>
    /// <param name="editor">Who withdraws.</param>
    /// <param name="further">The rows that belong to it.</param>
    /// <returns>The event that was written; or a refusal, which is for the caller to keep.</returns>
    /// <exception cref="StoreException">It could not be written; nothing of it was.</exception>
    public Task<PublishingEvent> Withdraw(Func<Publishing.Publication> read, Withdrawn step, Editor editor, Func<Withdrawn, IReadOnlyList<FurtherWrite>> further) => Alone(async before =>
    {
        var next = NextCatalogue.Withdraw(read(), step, before.Resolver, editor);
        if (next is not { Version: { Withdrawal: { } withdrawal } version, Resolver: { } after })
        {
            return next.Step;
        }
        var refusal = await stored.Store.Versions.Withdraw(version.Agreement, version.Version, withdrawal, further(step));
        return refusal is null ? Serve(before, after, step, seen: null) : Refused.Of(step, refusal);
    });

    /// <inheritdoc/>
    public void Dispose() => publishing.Dispose();

    private async Task<PublishingEvent> Alone(Func<ServedCatalogue, Task<PublishingEvent>> publish)
    {
        await publishing.WaitAsync();
        try
        {
            return await publish(now);
        }
        finally
        {
            publishing.Release();
        }
    }

    private PublishingEvent Serve(ServedCatalogue before, Resolver after, PublishingEvent step, (string Path, DateTimeOffset At)? seen)
    {
        var firstSeen = seen is { } version ? before.FirstSeen.Append(KeyValuePair.Create(version.Path, version.At)).ToFrozenDictionary(StringComparer.Ordinal) : before.FirstSeen;
        now = before with { Resolver = after, FirstSeen = firstSeen };
        return step;
    }

    private static IEnumerable<Publication> Leaves(AgreementCatalogue catalogue, DateTimeOffset at) =>
        catalogue.Agreements.SelectMany(a => a.Versions).Where(v => v.Details.Recorded <= at).Select(v => Leaf(v, at));

    private static Publication Leaf(AgreementVersion version, DateTimeOffset at) => new(
        version.Agreement.Id.Value, version.Id.Value, version.TextDigest.Value, CatalogueDocuments.Day(version.Details.Announced), CatalogueDocuments.Day(version.Id.Effective),
        version.Details.IsOfficial ? "official" : "restatement", at);
}

/// <summary>The catalogue that one request, or one piece of work, sees from its beginning to its end.</summary>
internal sealed class SeenCatalogue(CurrentCatalogue current)
{
    /// <summary>What is seen: the catalogue of the moment at which it was first asked for, unless another was set before.</summary>
    public ServedCatalogue Served
    {
        get => field ??= current.Now;
        set;
    }
}
