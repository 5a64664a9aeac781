namespace Terms.Verifier.Audits;

/// <summary>The tiles of a log as a store keeps them. On each level they are asked for in ascending order, so each level is read once from its beginning.</summary>
internal sealed class StoredTiles(StoreFile store, string log) : IDisposable
{
    private readonly List<(StoreFile.Rows Rows, long Tile)> _levels = [];

    /// <summary>The hashes of a tile; empty if it is not kept. Good until the next of its level.</summary>
    public ReadOnlySpan<byte> Of(int level, long tile)
    {
        while (level >= _levels.Count)
        {
            _levels.Add((store.Query("SELECT tile, hashes FROM tiles WHERE log = $1 AND level = $2 AND typeof(tile) = 'integer' ORDER BY tile", log, _levels.Count), -1));
        }
        var (rows, at) = _levels[level];
        while (at < tile)
        {
            at = rows.Next() ? rows.Number(0) : long.MaxValue;
        }
        _levels[level] = (rows, at);
        return at == tile ? rows.Bytes(1) : default;
    }

    public void Dispose() => _levels.ForEach(level => level.Rows.Dispose());
}
