using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Acceptance;
using Terms.Catalogue;

namespace Terms.Storage;

/// <summary>What a store that has been opened and checked consists of.</summary>
internal sealed record Opened(FileStream Lock, Database Database, LedgerHead Head, CheckpointSigner Signer, Log Acceptances, Log Catalogue, Lookups Lookups, DateTimeOffset Latest);

/// <summary>Makes a store, and opens one after checking it.</summary>
internal static class StoreOpening
{
    private const string Keep = "keep the files as they are, and restore the last backup with `terms restore`";
    private static readonly int SecretLength = 32;

    public static void Create(StoreFolders folders, string origin, DateTimeOffset at)
    {
        Checkpoint.RequireOrigin(origin);
        foreach (var file in new[] { folders.Ledger, folders.Head, folders.Erasures, folders.SigningKey, folders.VerifierKeys, folders.TokenSecret }.Where(File.Exists))
        {
            throw new StoreException($"{file} is there already, and a store is never overwritten. Name another folder, or open the store that is there.");
        }
        StoreFolders.MakePrivate(folders.Data);
        StoreFolders.MakePrivate(folders.Keys);
        using var signer = CheckpointSigner.Generate();
        var (acceptances, catalogue) = (signer.Key($"{origin}/{Logs.Acceptances}"), signer.Key($"{origin}/{Logs.Catalogue}"));
        StoreFolders.WritePrivate(folders.SigningKey, Encoding.ASCII.GetBytes(signer.ToPem()));
        StoreFolders.WritePrivate(folders.VerifierKeys, Encoding.ASCII.GetBytes($"{acceptances}\n{catalogue}\n"));
        StoreFolders.WritePrivate(folders.TokenSecret, Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretLength)) + "\n"));
        StoreFolders.WritePrivate(folders.Erasures, []);
        StoreFolders.WritePrivate(folders.Ledger, []);
        var first = new[] { acceptances, catalogue }.Select(k => signer.Sign(new Checkpoint(k.Name, 0, MerkleHash.Empty))).ToArray();
        using (var database = Database.Create(folders.Ledger))
        {
            Migrations.Run(database, at);
            database.Transact(() =>
            {
                Settings.Write(database, Settings.Origin, origin);
                Settings.Write(database, Settings.Key, acceptances.ToString());
                Settings.Write(database, Settings.LookupKey, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretLength / 2)));
                Settings.Write(database, Settings.LookupEnd, 0);
                Settings.Write(database, Settings.ErasedTo, 0);
                foreach (var (log, signed) in new[] { (Logs.Acceptances, first[0]), (Logs.Catalogue, first[1]) })
                {
                    database.Statement("INSERT INTO checkpoints(log, size, note, at) VALUES (?, 0, ?, ?)").Bind(1, log).Bind(2, signed.Note).Bind(3, at.ToRfc3339()).Run();
                }
            });
        }
        LedgerHead.Create(folders.Head, first[0], first[1]);
    }

    /// <summary>A connection beside the server's, to a ledger of the newest shape.</summary>
    /// <exception cref="StoreException">The ledger is older, or newer.</exception>
    public static Database Beside(StoreFolders folders) => Newest(Database.Open(folders.Ledger));

    /// <summary>The same for reading alone.</summary>
    /// <exception cref="StoreException">The ledger is older, or newer.</exception>
    public static Database BesideToRead(StoreFolders folders) => Newest(Database.OpenToRead(folders.Ledger));

    /// <summary>Refuses to go on where there is no store.</summary>
    public static void RequireStore(StoreFolders folders)
    {
        foreach (var file in new[] { folders.Ledger, folders.Head, folders.Erasures })
        {
            RequireFile(file, folders);
        }
    }

    public static Opened Open(StoreFolders folders, DateTimeOffset at, StoreLimits limits)
    {
        RequireStore(folders);
        var opened = new Stack<IDisposable>();
        try
        {
            var lockFile = Pushed(TakeLock(folders.Lock));
            var signer = Pushed(ReadSigner(folders.SigningKey));
            var database = Pushed(OpenLedger(folders, at, limits));
            RequireKey(database, signer, folders);
            var origin = Settings.Read(database, Settings.Origin);
            var acceptances = OpenLog(database, signer.Key($"{origin}/{Logs.Acceptances}"), Logs.Acceptances);
            var catalogue = OpenLog(database, signer.Key($"{origin}/{Logs.Catalogue}"), Logs.Catalogue);
            RequireHead(database, folders, acceptances, catalogue);
            var latest = RequireClock(database, at);
            Annex.CarryOut(database, folders);
            var lookups = ReadLookups(database, acceptances.Current.Tree.Size, limits);
            var head = Pushed(new LedgerHead(folders.Head));
            head.Write(acceptances.Current.Signed, catalogue.Current.Signed);
            return new Opened(lockFile, database, head, signer, acceptances, catalogue, lookups, latest);
        }
        catch
        {
            while (opened.TryPop(out var resource))
            {
                resource.Dispose();
            }
            throw;
        }

        T Pushed<T>(T resource) where T : IDisposable
        {
            opened.Push(resource);
            return resource;
        }
    }

    /// <summary>The tree of a log, rebuilt from its tiles and last entries, and compared with its last checkpoint.</summary>
    internal static Log OpenLog(Database database, VerifierKey key, string name)
    {
        var size = Entries.Count(database, name);
        var note = database.Statement("SELECT note FROM checkpoints WHERE log = ? ORDER BY size DESC LIMIT 1").Bind(1, name).First(r => r.Text(0))
            ?? throw new StoreException($"{database.File} has no checkpoint of the log {name}. Stop the server, {Keep}.");
        SignedTree signed;
        try
        {
            signed = key.Open(note);
        }
        catch (FormatException e)
        {
            throw new StoreException($"The last checkpoint in {database.File} was replaced or damaged: {e.Message} Stop the server, {Keep}.", e);
        }
        if (signed.Size != size)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                $"{database.File} has {size} entries in the log {name}, and its last checkpoint is of {signed.Size}: entries were removed or added past the server. Stop the server, {Keep}."));
        }
        var tree = MerkleTree.Resume(size, (level, index) => Log.RequireTile(database, name, level, index), leaf => Entries.LeafHash(database, name, leaf));
        return tree.Root.AsSpan().SequenceEqual(signed.Root)
            ? new Log(key, name, tree, signed)
            : throw new StoreException($"The entries of the log {name} in {database.File} are not those that its last checkpoint was signed over. Stop the server, {Keep}.");
    }

    private static Database Newest(Database database)
    {
        try
        {
            Migrations.RequireNewest(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void RequireFile(string file, StoreFolders folders)
    {
        if (!File.Exists(file))
        {
            throw new StoreException(!Directory.Exists(folders.Data) || (!File.Exists(folders.Ledger) && !File.Exists(folders.Head))
                ? $"There is no store in {folders.Data}. If there never was one, make it with `terms store create`; if there was, restore the last backup with `terms restore`. A store is never made by itself."
                : $"{file} is missing, and the rest of the store is there. Put the file back, or {Keep}. A store is never made by itself.");
        }
    }

    internal static FileStream TakeLock(string file)
    {
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{file} is held: another server has this store open, or the file cannot be written ({e.Message}). One store has one server; stop the other one first.", e);
        }
    }

    private static CheckpointSigner ReadSigner(string file)
    {
        try
        {
            return CheckpointSigner.FromPem(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StoreException($"The signing key {file} cannot be read: {e.Message} Put the key of this store there; without it nothing can be recorded.", e);
        }
    }

    private static Database OpenLedger(StoreFolders folders, DateTimeOffset at, StoreLimits limits)
    {
        var database = Database.Open(folders.Ledger);
        try
        {
            if (database.IsReadOnly)
            {
                throw new StoreException($"{folders.Ledger} cannot be written. Make the file and its folder writable for the server.");
            }
            database.Execute("PRAGMA cache_size=-16384"); // 16 MiB: the newest leaves of each table. More would only keep what has been written and is not read again.
            if (limits.Pages is { } pages)
            {
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count={pages}"));
            }
            Migrations.Run(database, at);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void RequireKey(Database database, CheckpointSigner signer, StoreFolders folders)
    {
        var (ours, stores) = (signer.Key($"{Settings.Read(database, Settings.Origin)}/{Logs.Acceptances}").ToString(), Settings.Read(database, Settings.Key));
        if (ours != stores)
        {
            throw new StoreException($"{folders.SigningKey} is not the key of this store: its verifier key is {ours}, and the ledger was made with {stores}. Put the store's own key there.");
        }
    }

    private static void RequireHead(Database database, StoreFolders folders, Log acceptances, Log catalogue)
    {
        var head = LedgerHead.Read(folders.Head, acceptances.Key, catalogue.Key)
            ?? throw new StoreException($"{folders.Head} has no checkpoint that the store's key has signed: it is damaged, or of another store. Stop the server, {Keep}.");
        foreach (var (log, remembered) in new[] { (acceptances, head.Acceptances), (catalogue, head.Catalogue) })
        {
            var tree = log.Current.Tree;
            if (remembered.Size > tree.Size)
            {
                throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                    $"{database.File} has {tree.Size} entries in the log {log.Name}, and {folders.Head} remembers {remembered.Size}: the ledger was shortened or rolled back. Stop the server, {Keep}."));
            }
            if (!tree.RootAt(remembered.Size, (level, index) => Log.RequireTile(database, log.Name, level, index)).AsSpan().SequenceEqual(remembered.Root))
            {
                throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                    $"{database.File} and {folders.Head} differ about the first {remembered.Size} entries of the log {log.Name}: the ledger was rewritten or replaced. Stop the server, {Keep}."));
            }
        }
    }

    private static DateTimeOffset RequireClock(Database database, DateTimeOffset at)
    {
        var latest = database.Statement("SELECT log, max(size), at FROM checkpoints GROUP BY log").All(r => Settings.Instant(r.Text(2))).Max();
        return at >= latest - RecordOperation.Slack
            ? latest
            : throw new StoreException($"The clock ran backwards: it says {at.ToRfc3339()}, and the ledger has a record of {latest.ToRfc3339()}. Set the server's clock right before it records anything.");
    }

    private static Lookups ReadLookups(Database database, long size, StoreLimits limits)
    {
        var from = Settings.Number(database, Settings.LookupEnd);
        var lookups = new Lookups(Convert.FromHexString(Settings.Read(database, Settings.LookupKey)), limits.LeastToFreeze, limits.MostToFreeze);
        lookups.ReadSeen(database);
        var some = new List<LookupPair>();
        using var newest = new AcceptanceCursor(database, from);
        while (newest.Next())
        {
            some.Add(new LookupPair(lookups.OfSubject(newest.Subject), newest.Entry));
            if (newest.HasIdempotency)
            {
                some.Add(new LookupPair(lookups.OfIdempotency(newest.Idempotency), newest.Entry));
                lookups.AddSeen(some[^1].Hash);
            }
            if (some.Count >= limits.LeastToFreeze)
            {
                lookups.Add(some, newest.Entry + 1);
                some.Clear();
            }
        }
        lookups.Add(some, size);
        return lookups;
    }
}
