namespace Terms.Storage;

/// <summary>
/// Says of most hashes that have never been added that they have not (a Bloom filter whose bits for one hash stand in one line of the processor's cache). It
/// spares the writer a search for each new idempotency key. Where it cannot tell, the writer searches; nothing but time depends on it. Single-threaded.
/// </summary>
internal sealed class SeenFilter
{
    private const int WordsPerLine = 8;
    private const int Lines = 1 << 18; // 16 MiB: about one in a hundred is searched for in vain at 14 million keys, more beyond.
    private const int Probes = 5;
    private readonly ulong[] words = new ulong[Lines * WordsPerLine];

    /// <summary>A filter of nothing. Its memory is touched now, page by page, and not while a record waits.</summary>
    public SeenFilter() => Array.Clear(words);

    /// <summary>Adds a hash.</summary>
    /// <returns>Whether it may have been added before; false is certain.</returns>
    public bool Add(long hash)
    {
        var (line, bits) = Split(hash);
        var isThere = true;
        for (var probe = 0; probe < Probes; probe++, bits >>= 9)
        {
            ref var word = ref words[line + (int)(bits >> 6 & (WordsPerLine - 1))];
            var bit = 1UL << (int)(bits & 63);
            isThere &= (word & bit) != 0;
            word |= bit;
        }
        return isThere;
    }

    /// <summary>The first word of the hash's line, and the bits that choose within it: two parts of the hash that do not overlap.</summary>
    private static (int Line, ulong Bits) Split(long hash) => ((int)((ulong)hash >> 1 & (Lines - 1)) * WordsPerLine, (ulong)hash >> 19);
}
