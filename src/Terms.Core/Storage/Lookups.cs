using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace Terms.Storage;

/// <summary>
/// Finds entries by subject and by idempotency key without writing a random index on the way of a record. The hashes of the newest entries stand in memory;
/// once there are enough they are frozen, sorted beside the writer, and merged into the table <c>lookup</c> in order, a slice with each later batch. A read
/// asks memory, what is frozen, and the table, in this order, and so sees everything that was acknowledged. Hashes only narrow the search: whoever
/// asks compares the text. They are keyed with a random value of the store, so that nobody can choose texts whose hashes collide.
/// </summary>
internal sealed class Lookups(byte[] key, int leastToFreeze, int mostToFreeze)
{
    private const int OnStack = 256;
    private readonly Lock gate = new();
    private SeenFilter? seen;
    private Recent recent = new(leastToFreeze);
    private Recent? frozen;
    private Task<LookupPair[]>? sorting;
    private int merged;
    private int mergedBefore;

    /// <summary>The hash of a subject: an even number.</summary>
    public long OfSubject(string subject) => Hash((byte)'s', subject) & ~1L;

    /// <summary>The hash of a subject that stands in the ledger.</summary>
    public long OfSubject(ReadOnlySpan<byte> subject) => Hash((byte)'s', subject) & ~1L;

    /// <summary>The hash of an idempotency key: an odd number.</summary>
    public long OfIdempotency(string idempotency) => Hash((byte)'i', idempotency) | 1;

    /// <summary>The hash of an idempotency key that stands in the ledger.</summary>
    public long OfIdempotency(ReadOnlySpan<byte> idempotency) => Hash((byte)'i', idempotency) | 1;

    /// <summary>Takes in that an idempotency key with this hash is going to be recorded. For the writer alone.</summary>
    /// <returns>Whether one may have been recorded before; false is certain.</returns>
    public bool AddSeen(long hash) => seen?.Add(hash) ?? true;

    /// <summary>Reads which idempotency keys the table has, so that <see cref="AddSeen"/> can tell.</summary>
    public void ReadSeen(Database database)
    {
        var filter = new SeenFilter();
        LookupTable.Read(database, pair =>
        {
            if ((pair.Hash & 1) == 1)
            {
                filter.Add(pair.Hash);
            }
        });
        seen = filter;
    }

    /// <summary>Takes in pairs of entries that are on the disk, in the order of entries.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="end">The entry behind the last.</param>
    public void Add(List<LookupPair> pairs, long end)
    {
        lock (gate)
        {
            recent.Add(CollectionsMarshal.AsSpan(pairs), end);
            if (frozen is null && recent.Count >= recent.Limit)
            {
                frozen = recent;
                recent = new Recent((int)Math.Clamp(end, leastToFreeze, mostToFreeze)); // As many as a part of the table, so that a hash is written anew equally often however large the table is.
                merged = mergedBefore = 0;
                sorting = Task.Run(frozen.Sorted);
            }
        }
    }

    /// <summary>Adds the entries whose texts may have a hash, newest first.</summary>
    public void Collect(Database database, long hash, ICollection<long> entries)
    {
        lock (gate)
        {
            recent.Collect(hash, entries);
            frozen?.Collect(hash, entries);
        }
        LookupTable.Collect(database, hash, entries); // Behind memory: what moves in between is then seen twice, never not at all.
    }

    /// <summary>Merges some of the frozen pairs into the table, inside the writer's transaction: some more than a batch has added, so that the table keeps up.</summary>
    public void MergeSlice(Database database, int added)
    {
        if (sorting is { IsCompleted: true })
        {
            merged = LookupTable.Merge(database, sorting.Result, merged, added + (added / 4));
            if (merged == sorting.Result.Length)
            {
                Settings.Write(database, Settings.LookupEnd, frozen!.End);
            }
        }
    }

    /// <summary>The transaction of the last slice is on the disk, or was given up.</summary>
    public void EndSlice(bool isCommitted)
    {
        merged = mergedBefore = isCommitted ? merged : mergedBefore;
        if (sorting is { IsCompleted: true } && merged == sorting.Result.Length)
        {
            lock (gate)
            {
                (frozen, sorting) = (null, null);
            }
        }
    }

    /// <summary>The keyed hash of a kind and a text.</summary>
    private long Hash(byte kind, string text)
    {
        Span<byte> bytes = stackalloc byte[OnStack];
        if (!Encoding.UTF8.TryGetBytes(text, bytes[1..], out var length))
        {
            return Hash(kind, Encoding.UTF8.GetBytes(text));
        }
        bytes[0] = kind;
        return (long)SipHash.Of(key, bytes[..(1 + length)]);
    }

    private long Hash(byte kind, ReadOnlySpan<byte> text)
    {
        var bytes = text.Length < OnStack ? stackalloc byte[1 + text.Length] : new byte[1 + text.Length];
        bytes[0] = kind;
        text.CopyTo(bytes[1..]);
        return (long)SipHash.Of(key, bytes);
    }

    /// <summary>
    /// Pairs in memory, found by hash. A bucket leads to its newest pair, and each pair to the one before it in the bucket. To add a pair touches one place at random and compares
    /// nothing, so the processor fetches the places of many pairs at once.
    /// </summary>
    private sealed class Recent(int limit)
    {
        private readonly int[] newest = new int[BitOperations.RoundUpToPowerOf2((uint)Math.Max(limit, 1))]; // Counted from 1; 0 where there is none.
        private readonly List<LookupPair> pairs = new(limit);
        private readonly List<int> before = new(limit);

        public int Limit => limit;

        public int Count => pairs.Count;

        /// <summary>The entry behind the last.</summary>
        public long End { get; private set; }

        public void Add(ReadOnlySpan<LookupPair> added, long end)
        {
            var number = pairs.Count;
            pairs.AddRange(added);
            CollectionsMarshal.SetCount(before, pairs.Count);
            var befores = CollectionsMarshal.AsSpan(before);
            foreach (var pair in added)
            {
                ref var last = ref newest[BucketOf(pair.Hash)];
                befores[number++] = last;
                last = number;
            }
            End = end;
        }

        public void Collect(long hash, ICollection<long> entries)
        {
            for (var number = newest[BucketOf(hash)]; number > 0; number = before[number - 1])
            {
                if (pairs[number - 1] is var pair && pair.Hash == hash)
                {
                    entries.Add(pair.Entry);
                }
            }
        }

        public LookupPair[] Sorted() => LookupOrder.Sorted(CollectionsMarshal.AsSpan(pairs));

        /// <summary>The lowest bit tells subjects from keys.</summary>
        private int BucketOf(long hash) => (int)((ulong)hash >> 1) & (newest.Length - 1);
    }
}
