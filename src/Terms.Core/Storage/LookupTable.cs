using System.Runtime.InteropServices;

namespace Terms.Storage;

/// <summary>A hash and an entry whose text has it.</summary>
internal readonly record struct LookupPair(long Hash, long Entry) : IComparable<LookupPair>
{
    public int CompareTo(LookupPair other) => Hash != other.Hash ? Hash.CompareTo(other.Hash) : Entry.CompareTo(other.Entry);
}

/// <summary>
/// The table <c>lookup</c>: sorted pairs in chunks of some 4 KB, each under its first hash. To merge sorted pairs into it costs one row for each chunk
/// that is touched, not one for each pair. All pairs of one hash stand in one chunk, however many there are. Numbers are little-endian, 16 bytes to a pair.
/// </summary>
internal static class LookupTable
{
    private const int MostInChunk = 240; // 3,840 bytes: two to a page of the ledger.
    private const int InNewChunk = 160;

    /// <summary>Adds the entries whose texts may have a hash.</summary>
    public static void Collect(Database database, long hash, ICollection<long> entries)
    {
        var select = database.Statement("SELECT pairs FROM lookup WHERE first <= ? ORDER BY first DESC LIMIT 1").Bind(1, hash);
        if (select.Next())
        {
            var pairs = MemoryMarshal.Cast<byte, LookupPair>(select.Bytes(0));
            for (var at = FirstAtLeast(pairs, hash); at < pairs.Length && pairs[at].Hash == hash; at++)
            {
                entries.Add(pairs[at].Entry);
            }
        }
        select.Reset();
    }

    /// <summary>Merges sorted pairs into the table, from one of them on, at least so many, and up to the end of a chunk. Pairs that are there already stay once.</summary>
    /// <returns>The first pair that is not merged yet.</returns>
    public static int Merge(Database database, LookupPair[] sorted, int from, int atLeast)
    {
        var end = Math.Min(from + atLeast, sorted.Length);
        var chunk = database.Statement("SELECT first, pairs, (SELECT first FROM lookup WHERE first > ?1 ORDER BY first LIMIT 1) FROM lookup WHERE first <= ?1 ORDER BY first DESC LIMIT 1");
        var merged = new List<LookupPair>(2 * MostInChunk);
        while (from < end)
        {
            chunk.Bind(1, sorted[from].Hash).Next();
            var first = chunk.Long(0);
            var to = chunk.IsNull(2) ? sorted.Length : from + FirstAtLeast(sorted.AsSpan(from), chunk.Long(2));
            MergeInto(merged, MemoryMarshal.Cast<byte, LookupPair>(chunk.Bytes(1)), sorted.AsSpan(from, to - from));
            chunk.Reset();
            Write(database, first, merged);
            from = to;
        }
        return from;
    }

    /// <summary>Every pair of the table, in order.</summary>
    public static void Read(Database database, Action<LookupPair> take)
    {
        var select = database.Statement("SELECT pairs FROM lookup ORDER BY first");
        while (select.Next())
        {
            foreach (var pair in MemoryMarshal.Cast<byte, LookupPair>(select.Bytes(0)))
            {
                take(pair);
            }
        }
        select.Reset();
    }

    /// <summary>Whether every pair stands where <see cref="Collect"/> looks for it: all in order, those of one hash in the chunk under whose first hash they fall.</summary>
    public static bool IsInOrder(Database database)
    {
        var select = database.Statement("SELECT first, pairs FROM lookup ORDER BY first");
        var (isInOrder, last, isFirst) = (true, new LookupPair(long.MinValue, long.MinValue), true);
        while (select.Next())
        {
            var first = select.Long(0);
            isInOrder &= isFirst ? first == long.MinValue : first > last.Hash;
            foreach (var pair in MemoryMarshal.Cast<byte, LookupPair>(select.Bytes(1)))
            {
                isInOrder &= pair.Hash >= first && pair.CompareTo(last) > 0;
                last = pair;
            }
            isFirst = false;
        }
        select.Reset();
        return isInOrder;
    }

    private static void Write(Database database, long first, List<LookupPair> pairs)
    {
        var write = database.Statement("INSERT OR REPLACE INTO lookup(first, pairs) VALUES (?, ?)");
        var all = CollectionsMarshal.AsSpan(pairs);
        for (var from = 0; from < all.Length;)
        {
            var to = all.Length - from <= MostInChunk ? all.Length : from + InNewChunk;
            while (to < all.Length && all[to].Hash == all[to - 1].Hash)
            {
                to++;
            }
            write.Bind(1, from == 0 ? first : all[from].Hash).Bind(2, MemoryMarshal.AsBytes(all[from..to])).Run();
            from = to;
        }
    }

    private static void MergeInto(List<LookupPair> merged, ReadOnlySpan<LookupPair> left, ReadOnlySpan<LookupPair> right)
    {
        merged.Clear();
        var (l, r) = (0, 0);
        while (l < left.Length || r < right.Length)
        {
            var order = l == left.Length ? 1 : r == right.Length ? -1 : left[l].CompareTo(right[r]);
            merged.Add(order <= 0 ? left[l] : right[r]);
            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }
    }

    private static int FirstAtLeast(ReadOnlySpan<LookupPair> pairs, long hash)
    {
        var at = pairs.BinarySearch(new LookupPair(hash, long.MinValue));
        return at < 0 ? ~at : at;
    }
}
