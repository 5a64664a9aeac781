using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>What a full check read, and everything that it found.</summary>
/// <param name="Acceptances">Entries of the log of acceptances.</param>
/// <param name="Publications">Entries of the log of the catalogue.</param>
/// <param name="Checkpoints">Checkpoints whose signature and root were compared.</param>
/// <param name="Findings">What is wrong, in words; empty if nothing is.</param>
public sealed record StoreCheckResult(long Acceptances, long Publications, long Checkpoints, IReadOnlyList<string> Findings);

/// <summary>
/// Reads the whole ledger: SQLite's own check, every entry, every tile, every checkpoint with its signature, the lookups, and the head. It needs the verifier key, not the
/// secret one, and may run beside a server. It stops at the hundredth finding.
/// </summary>
public sealed class StoreCheck
{
    private const int MostFindings = 100;
    private readonly Database database;
    private readonly List<string> findings = [];
    private long checkpoints;

    private StoreCheck(Database database) => this.database = database;

    /// <summary>Checks a store, or a backup.</summary>
    /// <exception cref="StoreException">There is none, or it cannot be read at all.</exception>
    public static StoreCheckResult Run(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        using var database = Database.OpenToRead(folders.Ledger);
        database.Execute("BEGIN"); // One state of the ledger, whatever a server adds meanwhile.
        return new StoreCheck(database).Check(folders);
    }

    private StoreCheckResult Check(StoreFolders folders)
    {
        var (acceptances, publications) = (0L, 0L);
        try
        {
            findings.AddRange(database.Statement("PRAGMA integrity_check(20)").All(r => r.Text(0)).Where(w => w != "ok").Select(w => $"{database.File}: {w}"));
            var origin = Settings.Read(database, Settings.Origin);
            var first = VerifierKey.Parse(Settings.Read(database, Settings.Key));
            var second = first.For($"{origin}/{Logs.Catalogue}");
            var acceptanceTree = CheckLog(first, Logs.Acceptances);
            var catalogueTree = CheckLog(second, Logs.Catalogue);
            (acceptances, publications) = (acceptanceTree.Size, catalogueTree.Size);
            CheckPublished();
            CheckLookups();
            CheckHead(folders, (first, acceptanceTree), (second, catalogueTree));
        }
        catch (Exception e) when (e is StoreException or FormatException)
        {
            Find(e.Message); // What cannot be read any further is the finding.
        }
        return new StoreCheckResult(acceptances, publications, checkpoints, findings);
    }

    /// <summary>Every version that was published through the workbench has its leaf at its place, and its files.</summary>
    private void CheckPublished()
    {
        if (!database.Statement("SELECT 1 FROM sqlite_master WHERE name = 'publications'").First(_ => true))
        {
            return; // A backup from before there were any.
        }
        var rows = database.Statement("SELECT entry, agreement, version, record, (SELECT count(*) FROM publication_files AS f WHERE f.entry = p.entry) FROM publications AS p LEFT JOIN catalogue_entries USING (entry) ORDER BY entry")
            .All(r => (Entry: r.Long(0), Path: $"{r.Text(1)}/{r.Text(2)}", Leaf: r.IsNull(3) ? null : r.Blob(3), Files: r.Long(4)));
        foreach (var (entry, path, leaf, files) in rows)
        {
            if (leaf is null || Publication.Parse(leaf).Path != path || files == 0)
            {
                Find($"{database.File}: {path} was published through the workbench as entry {entry} of the log {Logs.Catalogue}, and {(files == 0 ? "has no files" : "that entry is another")}.");
            }
        }
        if (database.Statement("SELECT count(*) FROM publication_files WHERE entry NOT IN (SELECT entry FROM publications)").First(r => r.Long(0)) is var lost and > 0)
        {
            Find($"{database.File}: {lost} files belong to no published version.");
        }
    }

    /// <summary>Every acceptance is found by its subject and its idempotency key.</summary>
    private void CheckLookups()
    {
        if (Entries.HasBlocks(database))
        {
            LookupCheck.Find(database).ForEach(Find); // A backup from before there were blocks gets its lookups when it is opened.
        }
    }

    private MerkleTree CheckLog(VerifierKey key, string log)
    {
        var tree = MerkleTree.Empty;
        var tiles = new List<MerkleTile>();
        var leaves = new List<byte[]>();
        var notes = database.Statement("SELECT size, note FROM checkpoints WHERE log = ? ORDER BY size").Bind(1, log);
        var hasNote = notes.Next();
        Entries.Read(database, log, (entry, record) =>
        {
            if (entry != tree.Size + leaves.Count)
            {
                Find($"{database.File}: entry {tree.Size + leaves.Count} of the log {log} is missing; behind it comes {entry}.");
                return false;
            }
            hasNote = CompareCheckpoints(hasNote, tree.Size + leaves.Count);
            leaves.Add(MerkleHash.Leaf(record));
            if (leaves.Count == MerkleTree.TileWidth)
            {
                Grow();
            }
            return true;
        });
        hasNote = CompareCheckpoints(hasNote, tree.Size + leaves.Count);
        Grow();
        if (hasNote)
        {
            Find($"{database.File}: there is a checkpoint of the log {log} at size {notes.Long(0)}, and only {tree.Size} entries: entries were removed.");
        }
        notes.Reset();
        if (database.Statement("SELECT max(size) FROM checkpoints WHERE log = ?").Bind(1, log).First(r => r.Long(0)) < tree.Size)
        {
            Find($"{database.File}: no checkpoint of the log {log} covers its last entries: entries were added past the server.");
        }
        return tree;

        bool CompareCheckpoints(bool isThere, long size)
        {
            for (; isThere && notes.Long(0) <= size; isThere = notes.Next())
            {
                Grow();
                CompareCheckpoint(key, log, notes.Long(0), notes.Text(1), tree);
            }
            return isThere;
        }

        void Grow()
        {
            tree = tree.Append(leaves, tiles);
            leaves.Clear();
            foreach (var tile in tiles)
            {
                if (Log.Tile(database, log, tile.Level, tile.Index) is not { } kept || !kept.AsSpan().SequenceEqual(tile.Hashes))
                {
                    Find($"{database.File}: tile {tile.Level}/{tile.Index} of the log {log} is not that of its entries.");
                }
            }
            tiles.Clear();
        }
    }

    private void CompareCheckpoint(VerifierKey key, string log, long size, string note, MerkleTree tree)
    {
        checkpoints++;
        try
        {
            var signed = key.Open(note);
            if (signed.Size != size || tree.Size != size || !signed.Root.AsSpan().SequenceEqual(tree.Root))
            {
                Find($"{database.File}: the entries of the log {log} up to {size} are not those that the checkpoint of that size was signed over: one of them was altered, or the checkpoint was replaced.");
            }
        }
        catch (FormatException e)
        {
            Find($"{database.File}: the checkpoint of the log {log} at size {size} was replaced or damaged: {e.Message}");
        }
    }

    private void CheckHead(StoreFolders folders, (VerifierKey Key, MerkleTree Tree) acceptances, (VerifierKey Key, MerkleTree Tree) catalogue)
    {
        if (LedgerHead.Read(folders.Head, acceptances.Key, catalogue.Key) is not { } head)
        {
            Find($"{folders.Head} has no checkpoint that the store's key has signed.");
            return;
        }
        foreach (var (remembered, tree, log) in new[] { (head.Acceptances, acceptances.Tree, Logs.Acceptances), (head.Catalogue, catalogue.Tree, Logs.Catalogue) })
        {
            // A server that goes on writing moves the head past the state that is read here.
            var kept = remembered.Size <= tree.Size ? tree.RootAt(remembered.Size, (level, index) => Log.RequireTile(database, log, level, index)) : null;
            if (kept is not null ? !kept.AsSpan().SequenceEqual(remembered.Root) : !IsNewer(folders, log, remembered.Size))
            {
                Find(kept is null
                    ? $"{database.File} has {tree.Size} entries in the log {log}, and {folders.Head} remembers {remembered.Size}: the ledger was shortened or rolled back."
                    : $"{database.File} and {folders.Head} differ about the first {remembered.Size} entries of the log {log}: the ledger was rewritten or replaced.");
            }
        }
    }

    /// <summary>Whether the ledger, read anew, has reached a size.</summary>
    private static bool IsNewer(StoreFolders folders, string log, long size)
    {
        using var again = Database.OpenToRead(folders.Ledger);
        return again.Statement("SELECT max(size) FROM checkpoints WHERE log = ?").Bind(1, log).First(r => r.Long(0)) >= size;
    }

    private void Find(string what)
    {
        if (findings.Count < MostFindings)
        {
            findings.Add(what);
        }
    }
}
