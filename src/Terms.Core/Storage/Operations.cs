using System.Security.Cryptography;
using Terms.Acceptance;
using Terms.Catalogue;

namespace Terms.Storage;

/// <summary>Something that a caller waits to have written.</summary>
internal abstract class Operation
{
    /// <summary>About how many bytes wait with it.</summary>
    public abstract int Bytes { get; }

    /// <summary>Says beforehand what it is going to look for. All operations that are taken up together do, in order, before the first of them is applied.</summary>
    public virtual void Announce(Batch batch)
    {
    }

    /// <summary>Does it inside the transaction of a batch. What this operation alone does wrong is kept for <see cref="Complete"/>; an exception fails the batch.</summary>
    public abstract void Apply(Batch batch);

    /// <summary>The batch is on the disk.</summary>
    public abstract void Complete();

    /// <summary>The batch was given up.</summary>
    public abstract void Fail(StoreException why);
}

/// <summary>An operation with a result.</summary>
internal abstract class Operation<T> : Operation
{
    private readonly TaskCompletionSource<T> source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StoreException? refusal;
    private T? result;

    public Task<T> Done => source.Task;

    public sealed override void Apply(Batch batch)
    {
        (result, refusal) = (default, null);
        result = Do(batch);
    }

    public sealed override void Complete()
    {
        if (refusal is null)
        {
            source.SetResult(result!);
        }
        else
        {
            source.SetException(refusal);
        }
    }

    public sealed override void Fail(StoreException why) => source.SetException(why);

    protected abstract T Do(Batch batch);

    /// <summary>Fails this operation alone. Nothing may have been written for it.</summary>
    protected T Refuse(string why)
    {
        refusal = new StoreException(why);
        return default!;
    }
}

/// <summary>Records an acceptance.</summary>
/// <param name="recording">What is to be recorded.</param>
/// <param name="subjectHash">The hash of its subject.</param>
/// <param name="idempotencyHash">The hash of its idempotency key, if it has one.</param>
internal sealed class RecordOperation(Recording recording, long subjectHash, long? idempotencyHash) : Operation<Recorded>
{
    /// <summary>Callers take their instant before they come here, and may overtake one another by so much.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private readonly byte[] leafHash = MerkleHash.Leaf(recording.Record.Span);
    private bool mayBeThere;

    public override int Bytes => recording.Record.Length + (recording.Details?.Length ?? 0);

    public override void Announce(Batch batch) => mayBeThere = idempotencyHash is { } hash && batch.MayHave(hash);

    protected override Recorded Do(Batch batch)
    {
        if (idempotencyHash is { } hash && batch.Idempotent(recording.Idempotency!, hash, mayBeThere) is { } earlier)
        {
            return Recorded.Again(earlier.Entry, earlier.Request, recording.RequestDigest);
        }
        if (recording.At < batch.Latest - Slack)
        {
            return Refuse($"The clock ran backwards: it says {recording.At.ToRfc3339()}, and the ledger has a record of {batch.Latest.ToRfc3339()}. Nothing was recorded. Set the server's clock right.");
        }
        if (recording.Presentation is { } presentation && Taken(batch, "presentation_uses", "presentation", presentation) is { } user)
        {
            return new Recorded.PresentationUsed(user);
        }
        if (recording.Withdraws is { } acceptance && Taken(batch, "acceptance_withdrawals", "acceptance", acceptance) is { } withdrawal)
        {
            return new Recorded.AlreadyWithdrawn(withdrawal);
        }
        var entry = new LedgerEntry(batch.NextEntry, recording.Record, leafHash);
        batch.Append(entry, recording, subjectHash, idempotencyHash);
        return new Recorded.Added(entry);
    }

    /// <summary>Takes what one entry alone may have; the entry that has it already, or null.</summary>
    private static long? Taken(Batch batch, string table, string column, long number)
    {
        batch.Database.Statement($"INSERT OR IGNORE INTO {table}({column}, entry) VALUES (?, ?)").Bind(1, number).Bind(2, batch.NextEntry).Run();
        return batch.Database.Changes > 0 ? null : batch.Database.Statement($"SELECT entry FROM {table} WHERE {column} = ?").Bind(1, number).First(r => r.Long(0));
    }
}

/// <summary>Keeps what is presented to somebody, and gives it a number.</summary>
internal sealed class AddPresentationOperation(ReadOnlyMemory<byte> content) : Operation<long>
{
    public override int Bytes => content.Length;

    protected override long Do(Batch batch)
    {
        batch.Database.Statement("INSERT INTO presentations(content) VALUES (?)").Bind(1, content.Span).Run();
        return batch.Database.LastRow;
    }
}

/// <summary>Keeps a content by its digest.</summary>
internal sealed class KeepShownOperation(string digest, string media, ReadOnlyMemory<byte> content) : Operation<bool>
{
    public override int Bytes => content.Length;

    public static string DigestOf(ReadOnlySpan<byte> content) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(content));

    protected override bool Do(Batch batch)
    {
        batch.Database.Statement("INSERT OR IGNORE INTO shown(digest, media, content) VALUES (?, ?, ?)").Bind(1, digest).Bind(2, media).Bind(3, content.Span).Run();
        return batch.Database.Changes > 0;
    }
}

/// <summary>Brings the log of the catalogue up to date.</summary>
internal sealed class PublishOperation(IReadOnlyList<Publication> publications) : Operation<int>
{
    public override int Bytes => publications.Count * 512;

    protected override int Do(Batch batch)
    {
        var known = Entries.Published(batch.Database);
        foreach (var publication in publications)
        {
            if (known.TryGetValue(publication.Path, out var earlier) && earlier.TextDigest != publication.TextDigest)
            {
                return Refuse($"{publication.Path} was published on {earlier.Published.ToRfc3339()} with the text {earlier.TextDigest}, and the content folder now has {publication.TextDigest}. "
                    + "A published text never changes: put the old text back, and publish the new one as a version of its own.");
            }
            if (!known.ContainsKey(publication.Path) && publication.Published < batch.Latest - RecordOperation.Slack)
            {
                return Refuse($"The clock ran backwards: it says {publication.Published.ToRfc3339()}, and the ledger has a record of {batch.Latest.ToRfc3339()}. Set the server's clock right.");
            }
        }
        var added = 0;
        foreach (var publication in publications.Where(p => known.TryAdd(p.Path, p)))
        {
            batch.Append(publication);
            added++;
        }
        return added;
    }
}
