using System.Runtime.InteropServices;
using System.Text;

namespace Terms.Storage;

/// <summary>
/// Finds entries by subject and by idempotency key without writing a random index on the way of a record. The hashes of the newest entries stand in memory;
/// once there are enough they are frozen, sorted beside the writer, and put into the table <c>lookup</c> in order, a slice with each later batch. A read asks
/// memory, what is frozen, and the table, in this order, and so sees everything that was acknowledged. Hashes only narrow the search: whoever asks
/// compares the text. They are keyed with a random value of the store, so that nobody can choose texts whose hashes collide.
/// </summary>
internal sealed class Lookups(byte[] key, int leastToFreeze, int mostToFreeze)
{
    private readonly Lock gate = new();
    private Recent recent = new(leastToFreeze);
    private Recent? frozen;
    private Task<(long[] Hashes, long[] Entries)>? sorting;
    private int inserted;
    private int insertedBefore;

    public long OfSubject(string subject) => Hash((byte)'s', subject);

    public long OfIdempotency(string idempotency) => Hash((byte)'i', idempotency);

    /// <summary>The keyed hash of a kind and a text.</summary>
    private long Hash(byte kind, string text)
    {
        Span<byte> bytes = stackalloc byte[512];
        var length = 1 + Encoding.UTF8.GetByteCount(text);
        bytes = length <= bytes.Length ? bytes[..length] : new byte[length];
        bytes[0] = kind;
        Encoding.UTF8.GetBytes(text, bytes[1..]);
        return (long)SipHash.Of(key, bytes);
    }

    /// <summary>Takes in hashes of entries that are on the disk.</summary>
    /// <param name="pairs">In the order of entries.</param>
    /// <param name="end">The entry behind the last.</param>
    public void Add(List<(long Hash, long Entry)> pairs, long end)
    {
        lock (gate)
        {
            recent.Add(CollectionsMarshal.AsSpan(pairs), end);
            if (frozen is null && recent.Count >= recent.Limit)
            {
                frozen = recent;
                recent = new Recent((int)Math.Clamp(end / 2, leastToFreeze, mostToFreeze));
                inserted = insertedBefore = 0;
                sorting = Task.Run(frozen.Sorted);
            }
        }
    }

    /// <summary>The entries in memory whose texts may have this hash.</summary>
    public void Collect(long hash, ICollection<long> entries)
    {
        lock (gate)
        {
            recent.Collect(hash, entries);
            frozen?.Collect(hash, entries);
        }
    }

    /// <summary>The entries in the table whose texts may have this hash.</summary>
    public static void CollectFromTable(Database database, long hash, ICollection<long> entries)
    {
        var select = database.Statement("SELECT entry FROM lookup WHERE hash = ?").Bind(1, hash);
        while (select.Next())
        {
            entries.Add(select.Long(0));
        }
        select.Reset();
    }

    /// <summary>Puts some of the frozen hashes into the table, inside the writer's transaction: twice as many as the batch added, so that the table keeps up.</summary>
    public void InsertSlice(Database database, int added)
    {
        if (sorting is not { IsCompleted: true })
        {
            return;
        }
        var (hashes, entries) = sorting.Result;
        var to = Math.Min(inserted + (2 * added), hashes.Length);
        var insert = database.Statement("INSERT OR IGNORE INTO lookup(hash, entry) VALUES (?, ?)"); // What a stop in the middle left is put in again.
        for (; inserted < to; inserted++)
        {
            insert.Bind(1, hashes[inserted]).Bind(2, entries[inserted]).Run();
        }
        if (inserted == hashes.Length)
        {
            Settings.Write(database, Settings.LookupEnd, frozen!.End);
        }
    }

    /// <summary>The transaction of the last slice is on the disk, or was given up.</summary>
    public void EndSlice(bool isCommitted)
    {
        inserted = insertedBefore = isCommitted ? inserted : insertedBefore;
        if (sorting is { IsCompleted: true } && inserted == sorting.Result.Hashes.Length)
        {
            lock (gate)
            {
                (frozen, sorting) = (null, null);
            }
        }
    }

    /// <summary>Pairs in memory, found by hash.</summary>
    private sealed class Recent(int limit)
    {
        private readonly Dictionary<long, int> last = new(limit);
        private readonly List<(long Hash, long Entry, int Before)> pairs = new(limit);

        public int Limit => limit;

        public int Count => pairs.Count;

        /// <summary>The entry behind the last.</summary>
        public long End { get; private set; }

        public void Add(ReadOnlySpan<(long Hash, long Entry)> added, long end)
        {
            foreach (var (hash, entry) in added)
            {
                ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(last, hash, out var isThere);
                pairs.Add((hash, entry, isThere ? newest : -1));
                newest = pairs.Count - 1;
            }
            End = end;
        }

        public void Collect(long hash, ICollection<long> entries)
        {
            for (var at = last.GetValueOrDefault(hash, -1); at >= 0; at = pairs[at].Before)
            {
                entries.Add(pairs[at].Entry);
            }
        }

        public (long[] Hashes, long[] Entries) Sorted()
        {
            long[] hashes = [.. pairs.Select(p => p.Hash)];
            long[] entries = [.. pairs.Select(p => p.Entry)];
            Array.Sort(hashes, entries);
            return (hashes, entries);
        }
    }
}
