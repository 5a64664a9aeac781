using System.Numerics;

namespace Terms.Storage;

/// <summary>
/// Sorts pairs whose hashes are as good as random: by their upper bits they are dealt out into handfuls, and then there is little left to sort. It takes a quarter of the time of a general
/// sort, and the pairs of a hash that comes often, which come in the order of their entries, are in order already.
/// </summary>
internal static class LookupOrder
{
    /// <summary>A handful has some two to the power of so many pairs.</summary>
    private const int HandfulBits = 2;

    /// <summary>The pairs by hash, and those of one hash by entry.</summary>
    public static LookupPair[] Sorted(ReadOnlySpan<LookupPair> pairs)
    {
        var shift = 64 - Math.Max(1, BitOperations.Log2((uint)pairs.Length) - HandfulBits);
        var ends = new int[1 << (64 - shift)];
        foreach (var pair in pairs)
        {
            ends[Handful(pair)]++;
        }
        for (var (handful, begin) = (0, 0); handful < ends.Length; handful++)
        {
            (ends[handful], begin) = (begin, begin + ends[handful]); // Where it begins; where it ends, once it has been dealt.
        }
        var sorted = new LookupPair[pairs.Length];
        foreach (var pair in pairs)
        {
            sorted[ends[Handful(pair)]++] = pair;
        }
        for (var (handful, from) = (0, 0); handful < ends.Length; from = ends[handful++])
        {
            if (ends[handful] - from > 1)
            {
                sorted.AsSpan(from, ends[handful] - from).Sort();
            }
        }
        return sorted;

        int Handful(LookupPair pair) => (int)((ulong)(pair.Hash ^ long.MinValue) >> shift);
    }
}
