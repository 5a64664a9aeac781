using Terms.Catalogue;
using Terms.Publishing;
using Publication = Terms.Acceptance.Publication;

namespace Terms.Storage;

/// <summary>Rows that are written in one transaction with something else, by the part of the store whose table they go to: there is all of it, or nothing.</summary>
public sealed class FurtherWrite
{
    internal FurtherWrite(int bytes, Func<Database, string?> apply) => (Bytes, Apply) = (bytes, apply);

    /// <summary>About how many bytes wait with it.</summary>
    internal int Bytes { get; }

    /// <summary>Writes the rows. Returns why they cannot be written, and then the whole is taken back; null if all is well.</summary>
    internal Func<Database, string?> Apply { get; }
}

/// <summary>The versions that were published through the workbench, in the order of their publication. Nothing of them is ever changed; a withdrawal is a row of its own.</summary>
public sealed class PublishedVersions
{
    private readonly Readers readers;
    private readonly Action<Operation> enqueue;

    internal PublishedVersions(Readers readers, Action<Operation> enqueue) => (this.readers, this.enqueue) = (readers, enqueue);

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<PublishedVersion> All() => readers.Read(Read);

    /// <summary>
    /// Publishes a version: its leaf of the log of the catalogue, its files and the further rows are written in one transaction, and the log has a signed checkpoint over it. The caller
    /// has judged the draft and lets nobody else publish meanwhile.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="leaf">Its leaf.</param>
    /// <param name="further">What else belongs to it: the event, what webhooks send.</param>
    /// <returns>Why nothing was written; null if it was.</returns>
    /// <exception cref="StoreException">It could not be written.</exception>
    public Task<string?> Publish(PublishedVersion version, Publication leaf, IReadOnlyList<FurtherWrite> further) => Enqueued(new PublishVersionOperation(version, leaf, further));

    /// <summary>Takes a version back before it takes effect. Its words, its leaf and its history stay.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="version">The version.</param>
    /// <param name="withdrawal">When, who and why.</param>
    /// <param name="further">What else belongs to it.</param>
    /// <returns>Why nothing was written; null if it was.</returns>
    /// <exception cref="StoreException">It could not be written.</exception>
    public Task<string?> Withdraw(AgreementId agreement, VersionId version, Withdrawal withdrawal, IReadOnlyList<FurtherWrite> further) =>
        Enqueued(new WithdrawVersionOperation(agreement, version, withdrawal, further));

    /// <summary>Those of a store that may be open elsewhere.</summary>
    /// <exception cref="StoreException">There is no store, or it is of an older shape.</exception>
    public static IReadOnlyList<PublishedVersion> Of(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        using var database = StoreOpening.BesideToRead(folders);
        database.Execute("BEGIN"); // One state of the ledger, whatever a server adds meanwhile.
        return Read(database);
    }

    private static List<PublishedVersion> Read(Database database)
    {
        var rows = database.Statement(
            "SELECT publications.entry, draft, digest, agreement, version, at, who, why FROM publications LEFT JOIN withdrawals USING (entry) ORDER BY publications.entry")
            .All(r => (Entry: r.Long(0), Draft: r.Text(1), Digest: r.Text(2), Agreement: r.Text(3), Version: r.Text(4),
                Withdrawal: r.IsNull(5) ? null : new Withdrawal(Settings.Instant(r.Text(5)), r.Text(6), r.Text(7))));
        try
        {
            return [.. rows.Select(p => new PublishedVersion(
                p.Draft, Digest.Parse(p.Digest), new AgreementId(p.Agreement), new VersionId(p.Version), Files(database, p.Entry), p.Withdrawal))];
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new StoreException($"{database.File} has a published version that cannot be read: {e.Message} Stop the server, keep the file as it is, and restore the last backup with `terms restore`.", e);
        }
    }

    private static ContentFiles Files(Database database, long entry) => database.Statement("SELECT path, content FROM publication_files WHERE entry = ? ORDER BY path").Bind(1, entry)
        .All(r => (Path: r.Text(0), Content: r.Blob(1))).Aggregate(ContentFiles.Empty, (files, f) => files.With(f.Path, f.Content));

    private Task<string?> Enqueued(Operation<string?> operation)
    {
        enqueue(operation);
        return operation.Done;
    }
}

/// <summary>Something of several rows that is there as a whole or not at all, whatever else is in the batch.</summary>
internal abstract class WholeOperation(IReadOnlyList<FurtherWrite> further) : Operation<string?>
{
    public override int Bytes => 1024 + further.Sum(f => f.Bytes);

    protected override string? Do(Batch batch)
    {
        batch.Database.Execute("SAVEPOINT whole");
        var refusal = Write(batch.Database, batch);
        for (var i = 0; refusal is null && i < further.Count; i++)
        {
            refusal = further[i].Apply(batch.Database);
        }
        if (refusal is not null)
        {
            batch.Database.Execute("ROLLBACK TO whole");
        }
        batch.Database.Execute("RELEASE whole");
        if (refusal is null)
        {
            Finish(batch);
        }
        return refusal;
    }

    /// <summary>Writes its own rows. Returns why they cannot be written; null if all is well.</summary>
    protected abstract string? Write(Database database, Batch batch);

    /// <summary>Everything was written: adds the leaf, which cannot be refused any more.</summary>
    protected virtual void Finish(Batch batch)
    {
    }
}

/// <summary>Publishes a version.</summary>
internal sealed class PublishVersionOperation(PublishedVersion version, Publication leaf, IReadOnlyList<FurtherWrite> further) : WholeOperation(further)
{
    public override int Bytes => base.Bytes + version.Files.Paths.Sum(p => version.Files.Bytes(p).Length);

    protected override string? Write(Database database, Batch batch)
    {
        if (leaf.Published < batch.Latest - RecordOperation.Slack)
        {
            return $"The clock ran backwards: it says {leaf.Published.ToRfc3339()}, and the ledger has a record of {batch.Latest.ToRfc3339()}. Nothing was published. Set the server's clock right.";
        }
        if (Entries.Published(database).ContainsKey(version.Path))
        {
            return $"{version.Path} has been published already. Choose another day.";
        }
        var entry = batch.NextPublication;
        database.Statement("INSERT INTO publications(entry, draft, digest, agreement, version) VALUES (?, ?, ?, ?, ?)")
            .Bind(1, entry).Bind(2, version.Draft).Bind(3, version.Digest.Value).Bind(4, version.Agreement.Value).Bind(5, version.Version.Value).Run();
        foreach (var path in version.Files.Paths)
        {
            database.Statement("INSERT INTO publication_files(entry, path, content) VALUES (?, ?, ?)").Bind(1, entry).Bind(2, path).Bind(3, version.Files.Bytes(path).Span).Run();
        }
        return null;
    }

    protected override void Finish(Batch batch) => batch.Append(leaf);
}

/// <summary>Takes a version back.</summary>
internal sealed class WithdrawVersionOperation(AgreementId agreement, VersionId version, Withdrawal withdrawal, IReadOnlyList<FurtherWrite> further) : WholeOperation(further)
{
    protected override string? Write(Database database, Batch batch)
    {
        if (database.Statement("SELECT entry FROM publications WHERE agreement = ? AND version = ?").Bind(1, agreement.Value).Bind(2, version.Value).First(r => (long?)r.Long(0)) is not { } entry)
        {
            return $"{agreement}/{version} was not published through the workbench. Write `withdrawn` in its version.yaml.";
        }
        database.Statement("INSERT OR IGNORE INTO withdrawals(entry, at, who, why) VALUES (?, ?, ?, ?)").Bind(1, entry).Bind(2, withdrawal.At.ToRfc3339()).Bind(3, withdrawal.Who).Bind(4, withdrawal.Why).Run();
        return database.Changes > 0 ? null : $"{agreement}/{version} has been withdrawn already.";
    }
}
