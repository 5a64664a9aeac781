using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>What one transaction of the writer adds: entries of both logs, and the checkpoint that is signed over them. Nothing outside the file changes before it is committed.</summary>
internal sealed class Batch(Database database, Log acceptances, Log catalogue, Lookups lookups, CheckpointSigner signer)
{
    private readonly Growth grownAcceptances = new(acceptances);
    private readonly Growth grownCatalogue = new(catalogue);
    private readonly Dictionary<IdempotencyKey, (LedgerEntry Entry, byte[]? Request)> idempotent = [];

    private readonly Statement begin = database.Statement("BEGIN IMMEDIATE");
    private readonly Statement commit = database.Statement("COMMIT");
    private readonly BlockWriter blocks = new(database);
    private readonly Statement insertTile = database.Statement("INSERT INTO tiles(log, level, tile, hashes) VALUES (?, ?, ?, ?)");
    private readonly Statement insertCheckpoint = database.Statement("INSERT INTO checkpoints(log, size, note, at) VALUES (?, ?, ?, ?)");

    public Database Database => database;

    /// <summary>What webhooks are told, in the same transaction.</summary>
    public Outbox Outbox { get; } = new(database);

    /// <summary>The latest instant that has been recorded, this batch included.</summary>
    public DateTimeOffset Latest { get; private set; }

    /// <summary>The hashes of this batch's entries.</summary>
    public List<LookupPair> Pairs { get; } = [];

    /// <summary>The place of the next acceptance.</summary>
    public long NextEntry => grownAcceptances.Size;

    /// <summary>The place of the next publication.</summary>
    public long NextPublication => grownCatalogue.Size;

    public void Begin(DateTimeOffset latest)
    {
        grownAcceptances.Begin();
        grownCatalogue.Begin();
        idempotent.Clear();
        blocks.Begin();
        Latest = latest;
        begin.Run();
        Outbox.Begin();
        lookups.MergeSlice(database, Pairs.Count); // For the batch before: its callers are on their way back meanwhile.
        Pairs.Clear();
    }

    /// <summary>Adds an acceptance. It stands in the table once its row is full, or the batch ends.</summary>
    public void Append(LedgerEntry entry, Recording recording, long subjectHash, long? idempotencyHash)
    {
        blocks.Add(entry.Entry, recording);
        if (recording.Details is { } details)
        {
            database.Statement("INSERT INTO annex(entry, details) VALUES (?, ?)").Bind(1, entry.Entry).Bind(2, details.Span).Run();
        }
        grownAcceptances.Add(entry.LeafHash);
        Pairs.Add(new LookupPair(subjectHash, entry.Entry));
        if (idempotencyHash is { } hash)
        {
            Pairs.Add(new LookupPair(hash, entry.Entry));
            idempotent[new IdempotencyKey(hash, recording.Idempotency!)] = (entry, recording.RequestDigest);
        }
        Latest = recording.At > Latest ? recording.At : Latest;
        if (Outbox.Wants(Webhook.Recorded))
        {
            Tell(entry);
        }
    }

    private void Tell(LedgerEntry entry)
    {
        foreach (var message in WebhookMessage.Recorded(entry.Id, AcceptanceRecord.Parse(entry.Record)))
        {
            Outbox.Add(message);
        }
    }

    /// <summary>Adds a publication.</summary>
    public void Append(Publication publication)
    {
        var leaf = publication.Bytes();
        database.Statement("INSERT INTO catalogue_entries(entry, record) VALUES (?, ?)").Bind(1, NextPublication).Bind(2, leaf).Run();
        grownCatalogue.Add(MerkleHash.Leaf(leaf));
        Latest = publication.Published > Latest ? publication.Published : Latest;
        Outbox.Add(WebhookMessage.Published(publication));
    }

    /// <summary>Takes in that an idempotency key with this hash is going to be recorded, and says whether one may have been before; false is certain.</summary>
    public bool MayHave(long hash) => lookups.AddSeen(hash);

    /// <summary>The entry with an idempotency key, of this batch or on the disk, and what had been asked; null if there is none.</summary>
    public (LedgerEntry Entry, byte[]? Request)? Idempotent(string idempotency, long hash, bool mayBeThere) => idempotent.TryGetValue(new IdempotencyKey(hash, idempotency), out var found) ? found
        : mayBeThere ? Entries.Idempotent(database, lookups, idempotency, hash)
        : null;

    /// <summary>Writes the last row, tiles and checkpoints, and commits: the one flush.</summary>
    /// <returns>How both logs stand now.</returns>
    public (Log.Standing Acceptances, Log.Standing Catalogue) Commit()
    {
        blocks.Close();
        var standing = (Standing(grownAcceptances), Standing(grownCatalogue));
        commit.Run();
        return standing;
    }

    private Log.Standing Standing(Growth grown)
    {
        var log = grown.Log;
        if (grown.Tree is not { } tree)
        {
            return log.Current;
        }
        var signed = signer.Sign(new Checkpoint(log.Key.Name, tree.Size, tree.Root));
        foreach (var tile in grown.Tiles)
        {
            insertTile.Bind(1, log.Name).Bind(2, tile.Level).Bind(3, tile.Index).Bind(4, tile.Hashes).Run();
        }
        insertCheckpoint.Bind(1, log.Name).Bind(2, tree.Size).Bind(3, signed.Note).Bind(4, Latest.ToRfc3339()).Run();
        return new Log.Standing(tree, signed);
    }

    /// <summary>A log with what a batch adds to it.</summary>
    private sealed class Growth(Log log)
    {
        private MerkleGrowth? growth;

        public Log Log { get; } = log;

        public List<MerkleTile> Tiles { get; } = [];

        public long Size => growth?.Size ?? Log.Current.Tree.Size;

        /// <summary>The tree with what was added; null if nothing was.</summary>
        public MerkleTree? Tree => growth?.Tree();

        public void Begin()
        {
            growth = null;
            Tiles.Clear();
        }

        public void Add(byte[] leafHash) => (growth ??= Log.Current.Tree.Grow(Tiles)).Add(leafHash);
    }

    /// <summary>An idempotency key, found by the hash that it has anyway.</summary>
    private readonly record struct IdempotencyKey(long Hash, string Text)
    {
        public bool Equals(IdempotencyKey other) => Hash == other.Hash && Text == other.Text;

        public override int GetHashCode() => Hash.GetHashCode();
    }
}
