using System.Collections.Frozen;
using System.Collections.Immutable;
using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>
/// Acceptances and publications as two append-only logs in one SQLite file, with what the service needs beside them. One server has it open; reads go on
/// while it writes. Nothing is acknowledged before it is on the disk. The format is in docs/evidence.md, the reasons in docs/decisions/0011-the-store.md.
/// </summary>
public sealed class Store : IAsyncDisposable
{
    /// <summary>The largest number of callers that may be allowed to wait at a time.</summary>
    public const int MostThatMayWait = 1_000_000;

    private const int EntriesAtOnce = 512;
    private const int KnownDigests = 10_000;
    private const int PrunedAtOnce = 500;

    private readonly FileStream lockFile;
    private readonly Database database;
    private readonly LedgerHead head;
    private readonly CheckpointSigner signer;
    private readonly Log acceptances;
    private readonly Log catalogue;
    private readonly Lookups lookups;
    private readonly Readers readers;
    private readonly LedgerWriter writer;
    private readonly HashSet<string> knownShown = new(StringComparer.Ordinal);
    private readonly Lock closing = new();
    private bool isClosed;

    internal Store(StoreFolders folders, Opened opened, StoreLimits limits)
    {
        (Folders, lockFile, database, head, signer, acceptances, catalogue, lookups) = (folders, opened.Lock, opened.Database, opened.Head, opened.Signer, opened.Acceptances, opened.Catalogue, opened.Lookups);
        readers = new Readers(folders.Ledger);
        writer = new LedgerWriter(database, acceptances, catalogue, lookups, head, new Batch(database, acceptances, catalogue, lookups, signer), opened.Latest, limits);
        (Editors, Passkeys, Drafts, Events) = (new StoredEditors(readers, writer), new StoredPasskeys(readers, writer), new StoredDrafts(readers, writer), new WorkbenchEvents(readers, writer));
        Versions = new PublishedVersions(readers, writer.Enqueue);
        (Notices, Webhooks) = (new StoredNotices(readers, writer), new StoredWebhooks(readers, writer));
    }

    /// <summary>The versions that were published through the workbench.</summary>
    public PublishedVersions Versions { get; }

    /// <summary>Where the store stands.</summary>
    public StoreFolders Folders { get; }

    /// <summary>Who works on texts.</summary>
    public StoredEditors Editors { get; }

    /// <summary>The passkeys that they sign in with.</summary>
    public StoredPasskeys Passkeys { get; }

    /// <summary>The drafts that they work on.</summary>
    public StoredDrafts Drafts { get; }

    /// <summary>What has happened in the workbench.</summary>
    public WorkbenchEvents Events { get; }

    /// <summary>What people were told of versions.</summary>
    public StoredNotices Notices { get; }

    /// <summary>Who is told of events, and what is on its way.</summary>
    public StoredWebhooks Webhooks { get; }

    /// <summary>Why nothing more can be recorded until the server is started again; null while all is well.</summary>
    public string? Doubt => writer.Doubt?.Message;

    /// <summary>Makes an empty store: the ledger, its head, and keys that only the owner of the files can read.</summary>
    /// <param name="folders">Where; the folders are made if they are not there.</param>
    /// <param name="origin">The name of the operator in the checkpoints: a host name, such as <c>terms.example</c>.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="StoreException">Something of a store is there already. It is never overwritten.</exception>
    public static void Create(StoreFolders folders, string origin, DateTimeOffset at) => StoreOpening.Create(folders, origin, at);

    /// <summary>Opens a store for the one server that writes to it, and checks it: the tree against the last checkpoint, the ledger against its head, the key, the clock.</summary>
    /// <exception cref="StoreException">The store is missing, shortened, rolled back, of another key, newer than this program, or open elsewhere. The message says what to do.</exception>
    public static Store Open(StoreFolders folders, DateTimeOffset at) => Open(folders, at, new StoreLimits());

    /// <summary>The same, with the number of callers that may wait to have something recorded; one more is told to come back.</summary>
    /// <param name="folders">Where the store is.</param>
    /// <param name="at">Now.</param>
    /// <param name="mostWaiting">1 to <see cref="MostThatMayWait"/>; 16,384 unless said otherwise.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is out of its range.</exception>
    /// <exception cref="StoreException">As above.</exception>
    public static Store Open(StoreFolders folders, DateTimeOffset at, int mostWaiting)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(mostWaiting, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostWaiting, MostThatMayWait);
        return Open(folders, at, new StoreLimits { Waiting = mostWaiting });
    }

    internal static Store Open(StoreFolders folders, DateTimeOffset at, StoreLimits limits) => new(folders, StoreOpening.Open(folders, at, limits), limits);

    /// <summary>Records an acceptance. The task completes once it is on the disk; many callers share one flush.</summary>
    /// <exception cref="StoreBusyException">Too much waits; try again in a second.</exception>
    /// <exception cref="StoreException">It was not recorded.</exception>
    public Task<Recorded> Record(Recording recording) => Enqueued(new RecordOperation(recording, lookups.OfSubject(recording.Subject),
        recording.Idempotency is { } idempotency ? lookups.OfIdempotency(idempotency) : null));

    /// <summary>What came of a request that was recorded before under an idempotency key: repeated, or in conflict; null if none was.</summary>
    public Recorded? Earlier(string idempotency, byte[] requestDigest) => readers.Read(r => Entries.Idempotent(r, lookups, idempotency, lookups.OfIdempotency(idempotency))) is { } earlier
        ? Recorded.Again(earlier.Entry, earlier.Request, requestDigest)
        : null;

    /// <summary>The acceptance at a place of the log; null if there is none. Its bytes are compared with the tree.</summary>
    /// <exception cref="StoreException">The bytes are not those that were recorded.</exception>
    public LedgerEntry? Entry(long entry) => readers.Read(r =>
    {
        var tree = acceptances.Current.Tree;
        if (entry < 0 || entry >= tree.Size)
        {
            return null;
        }
        var found = Entries.At(r, entry);
        return found is not null && found.LeafHash.AsSpan().SequenceEqual(tree.LeafHash(entry, (level, index) => Log.RequireTile(r, Logs.Acceptances, level, index)))
            ? found
            : throw new StoreException($"Entry {entry} of {Folders.Ledger} is not what was recorded. Stop the server, keep the file as it is, and restore the last backup with `terms restore`.");
    });

    /// <summary>The acceptances of a subject, oldest first: all that were acknowledged when this was called.</summary>
    public IReadOnlyList<LedgerEntry> EntriesOf(string subject) => readers.Read(r => Entries.OfSubject(r, lookups, subject));

    /// <summary>All acceptances from a place on, read as they are taken.</summary>
    public IEnumerable<LedgerEntry> Stream(long from)
    {
        for (var next = from; ;)
        {
            var some = readers.Read(r => Entries.From(r, next, EntriesAtOnce));
            foreach (var entry in some)
            {
                yield return entry;
            }
            if (some.Count < EntriesAtOnce)
            {
                yield break;
            }
            next = some[^1].Entry + 1;
        }
    }

    /// <summary>The last checkpoint of a log.</summary>
    public SignedTree Latest(string log) => Of(log).Current.Signed;

    /// <summary>The checkpoint that was signed when a log had exactly this size; null if none was.</summary>
    public SignedTree? CheckpointAt(string log, long size) => readers.Read(r => r.Statement("SELECT note FROM checkpoints WHERE log = ? AND size = ?").Bind(1, log).Bind(2, size).First(s => s.Text(0))) is { } note
        ? Of(log).Key.Open(note)
        : null;

    /// <summary>The first checkpoint that covers a leaf; null if the log does not have it.</summary>
    public SignedTree? CheckpointOver(string log, long leaf) => readers.Read(r => r.Statement("SELECT note FROM checkpoints WHERE log = ? AND size > ? ORDER BY size LIMIT 1").Bind(1, log).Bind(2, leaf).First(s => s.Text(0))) is { } note
        ? Of(log).Key.Open(note)
        : null;

    /// <summary>Some checkpoints of a log above a size, in order, each with the instant at which it was signed.</summary>
    public IReadOnlyList<(long Size, string Note, string At)> Checkpoints(string log, long above, int count) =>
        readers.Read(r => r.Statement("SELECT size, note, at FROM checkpoints WHERE log = ? AND size > ? ORDER BY size LIMIT ?").Bind(1, log).Bind(2, above).Bind(3, count)
            .All(s => (s.Long(0), s.Text(1), s.Text(2))));

    /// <summary>The inclusion proof of a leaf in the tree of some size: hashes from the leaf upwards.</summary>
    public ImmutableArray<byte[]> InclusionProof(long entry, long size, string log = Logs.Acceptances) =>
        readers.Read(r => Of(log).Current.Tree.InclusionProof(entry, size, (level, index) => Log.RequireTile(r, log, level, index)));

    /// <summary>The proof that the tree of one size begins with the tree of a smaller one.</summary>
    public ImmutableArray<byte[]> ConsistencyProof(long from, long to, string log = Logs.Acceptances) =>
        readers.Read(r => Of(log).Current.Tree.ConsistencyProof(from, to, (level, index) => Log.RequireTile(r, log, level, index)));

    /// <summary>The first hashes of a tile (C2SP tlog-tiles), one behind the other; null if the log does not have so many.</summary>
    public ReadOnlyMemory<byte>? Tile(string log, int level, long tile, int width) =>
        readers.Read(r => Of(log).Current.Tree.Tile(level, tile, width, (l, i) => Log.RequireTile(r, log, l, i))) is { } hashes ? (ReadOnlyMemory<byte>?)hashes : null;

    /// <summary>Some leaves of the catalogue's log, in order.</summary>
    public IReadOnlyList<byte[]> Publications(long from, int count) =>
        readers.Read(r => r.Statement("SELECT record FROM catalogue_entries WHERE entry >= ? ORDER BY entry LIMIT ?").Bind(1, from).Bind(2, count).All(s => s.Blob(0)));

    /// <summary>By <c>agreement/version</c>, when this store first saw each version: the instants in the log of the catalogue.</summary>
    public FrozenDictionary<string, DateTimeOffset> FirstSeen() => readers.Read(r => Entries.Published(r).ToFrozenDictionary(p => p.Key, p => p.Value.Published, StringComparer.Ordinal));

    /// <summary>The verifier key of a log, as C2SP writes it.</summary>
    public string VerifierKey(string log) => Of(log).Key.ToString();

    /// <summary>Adds the publications that the catalogue's log does not have yet.</summary>
    /// <returns>How many were added.</returns>
    /// <exception cref="StoreException">A version that was published has another text now; nothing was added.</exception>
    public Task<int> Publish(IReadOnlyList<Publication> publications) => Enqueued(new PublishOperation(publications));

    /// <summary>Keeps what is presented to somebody.</summary>
    /// <returns>Its number.</returns>
    public Task<long> AddPresentation(ReadOnlyMemory<byte> content) => Enqueued(new AddPresentationOperation(content));

    /// <summary>A presentation and the entry that used it up, if one did; null if there is no such presentation.</summary>
    public byte[]? Presentation(long number, out long? usedBy)
    {
        var (content, used) = readers.Read(r => r.Statement("SELECT content, entry FROM presentations LEFT JOIN presentation_uses ON presentation = number WHERE number = ?").Bind(1, number)
            .First(s => (s.Blob(0), s.IsNull(1) ? (long?)null : s.Long(1))));
        usedBy = used;
        return content;
    }

    /// <summary>A presentation alone; null if there is none. Whether it is used up the writer finds in any case.</summary>
    public byte[]? Presentation(long number) => readers.Read(r => r.Statement("SELECT content FROM presentations WHERE number = ?").Bind(1, number).First(s => s.Blob(0)));

    /// <summary>Forgets the presentations that nobody answered within the longest time for which one can be open. They hold facts about a customer.</summary>
    /// <returns>How many were forgotten.</returns>
    public async Task<int> ForgetPresentations(DateTimeOffset at)
    {
        for (var forgotten = 0; ;)
        {
            var some = await Enqueued(new PruneOperation(at, PrunedAtOnce)).ConfigureAwait(false);
            forgotten += some.Forgotten;
            if (!some.HasMore)
            {
                return forgotten;
            }
        }
    }

    /// <summary>Keeps a content by its digest, once.</summary>
    /// <exception cref="ArgumentException">The digest is not that of the content.</exception>
    public async Task KeepShown(string digest, string media, ReadOnlyMemory<byte> content)
    {
        lock (knownShown)
        {
            if (knownShown.Contains(digest))
            {
                return;
            }
        }
        if (KeepShownOperation.DigestOf(content.Span) != digest)
        {
            throw new ArgumentException($"The digest of the content is {KeepShownOperation.DigestOf(content.Span)}, not {digest}.", nameof(digest));
        }
        if (!readers.Read(r => r.Statement("SELECT 1 FROM shown WHERE digest = ?").Bind(1, digest).First(_ => true)))
        {
            await Enqueued(new KeepShownOperation(digest, media, content)).ConfigureAwait(false);
        }
        lock (knownShown)
        {
            if (knownShown.Count >= KnownDigests)
            {
                knownShown.Clear();
            }
            knownShown.Add(digest);
        }
    }

    /// <summary>A content by its digest; null if it is not kept.</summary>
    public byte[]? Shown(string digest) => readers.Read(r => r.Statement("SELECT content FROM shown WHERE digest = ?").Bind(1, digest).First(s => s.Blob(0)));

    /// <summary>The personal details of an acceptance; null if there are none, or none any more.</summary>
    public byte[]? Details(long entry) => readers.Read(r => r.Statement("SELECT details FROM annex WHERE entry = ?").Bind(1, entry).First(s => s.Blob(0)));

    /// <summary>Erases the details of one acceptance, as <see cref="Annex.Erase"/> does.</summary>
    public Task<ErasureResult> Erase(AcceptanceId acceptance, DateTimeOffset at) => Task.Run(() => new Annex(Folders).Erase(acceptance, at));

    /// <summary>Erases the details of all acceptances of a subject, as <see cref="Annex.EraseSubject"/> does.</summary>
    public Task<ErasureResult> EraseSubject(string subject, DateTimeOffset at) => Task.Run(() => new Annex(Folders).EraseSubject(subject, at));

    /// <summary>Puts the details of a subject on hold: they are not erased while it lasts.</summary>
    public Task Hold(string subject, string why, DateTimeOffset at) => Task.Run(() => new Annex(Folders).Hold(subject, why, at));

    /// <summary>Releases every hold on a subject.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> Release(string subject, DateTimeOffset at) => Task.Run(() => new Annex(Folders).Release(subject, at));

    /// <summary>The key of a service, read anew each time, so that a revocation counts at once; null if there is none.</summary>
    public ServiceKeyRow? ServiceKey(string id) => readers.Read(r => ServiceKeys.Find(r, id));

    /// <summary>Writes what waits, and closes the store.</summary>
    public ValueTask DisposeAsync()
    {
        lock (closing) // Whoever asks while another closes it goes on when it is closed.
        {
            if (!isClosed)
            {
                isClosed = true;
                writer.Dispose();
                readers.Dispose();
                database.Dispose();
                head.Dispose();
                signer.Dispose();
                lockFile.Dispose();
            }
        }
        return ValueTask.CompletedTask;
    }

    internal Task<T> Enqueued<T>(Operation<T> operation) => writer.Run(operation);

    private Log Of(string log) => log switch
    {
        Logs.Acceptances => acceptances,
        Logs.Catalogue => catalogue,
        _ => throw new ArgumentException($"There is no log {log}.", nameof(log)),
    };
}
