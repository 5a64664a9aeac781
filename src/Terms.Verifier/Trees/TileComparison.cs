namespace Terms.Verifier.Trees;

/// <summary>Gathers the hashes of a growing tree as C2SP tlog-tiles has them, and compares each full tile with the one that is kept.</summary>
/// <param name="kept">The kept tile of a level and number, or null; asked in ascending order on each level.</param>
/// <param name="differs">Told of a tile that is not there (null), or of the first of its hashes that differs.</param>
internal sealed class TileComparison(TileComparison.KeptTile kept, Action<int, long, int?> differs)
{
    /// <summary>How many levels of the tree one tile spans.</summary>
    public const int Height = 8;

    /// <summary>How many hashes a full tile has.</summary>
    public const int Width = 1 << Height;

    private readonly List<(byte[] Hashes, long Count)> _levels = [];

    public delegate ReadOnlySpan<byte> KeptTile(int level, long tile);

    public void Add(int level, ReadOnlySpan<byte> hash)
    {
        if (level == _levels.Count)
        {
            _levels.Add((new byte[Width * Hashes.Size], 0));
        }
        var (hashes, count) = _levels[level];
        var place = (int)(count % Width);
        hash.CopyTo(hashes.AsSpan(place * Hashes.Size));
        _levels[level] = (hashes, count + 1);
        if (place == Width - 1)
        {
            Compare(level, count / Width, hashes);
        }
    }

    private void Compare(int level, long tile, byte[] hashes)
    {
        var there = kept(level, tile);
        var same = there.CommonPrefixLength(hashes);
        if (there.IsEmpty)
        {
            differs(level, tile, null);
        }
        else if (same != hashes.Length || there.Length != hashes.Length)
        {
            differs(level, tile, Math.Min(same, hashes.Length - 1) / Hashes.Size);
        }
    }
}
