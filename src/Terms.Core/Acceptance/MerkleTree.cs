using System.Collections.Immutable;
using System.Numerics;

namespace Terms.Acceptance;

/// <summary>A full tile: 256 hashes of one height that stand side by side.</summary>
/// <param name="Level">0 for hashes of leaves; each level above is eight heights higher.</param>
/// <param name="Index">Its place in the level, from 0.</param>
/// <param name="Hashes">256 hashes of 32 bytes.</param>
public sealed record MerkleTile(int Level, long Index, byte[] Hashes);

/// <summary>Gives the 8,192 bytes of a full tile that a tree has handed out.</summary>
public delegate byte[] TileSource(int level, long index);

/// <summary>
/// An append-only Merkle tree (RFC 9162, section 2.1) that never changes: appending makes another one. It holds only its right edge, at most 256 hashes for
/// each of at most eight levels; full tiles (C2SP tlog-tiles, height 8) are handed out once and asked back for proofs.
/// </summary>
public sealed class MerkleTree
{
    /// <summary>Heights of the tree in one tile.</summary>
    public const int TileHeight = 8;

    /// <summary>Hashes in a full tile.</summary>
    public const int TileWidth = 1 << TileHeight;

    internal const int Levels = 8;

    private readonly byte[][] edge; // For each level, the hashes of the tile that is not full yet, one behind the other.
    private readonly byte[][] frontier; // For each bit of the size that is set, the hash of the full subtree of that many leaves.

    internal MerkleTree(long size, byte[][] edge, byte[][] frontier)
    {
        Size = size;
        this.edge = edge;
        this.frontier = frontier;
        Root = RootOf(size, frontier);
    }

    /// <summary>The tree without leaves.</summary>
    public static MerkleTree Empty { get; } = new(0, [.. Enumerable.Repeat(Array.Empty<byte>(), Levels)], new byte[Levels * TileHeight][]);

    /// <summary>The number of leaves.</summary>
    public long Size { get; }

    /// <summary>The root hash.</summary>
    public byte[] Root { get; }

    /// <summary>The tree of so many leaves, from its full tiles and the hashes of the leaves behind the last of them.</summary>
    public static MerkleTree Resume(long size, TileSource tiles, Func<long, byte[]> leafHash)
    {
        var edge = new byte[Levels][];
        for (var level = 0; level < Levels; level++)
        {
            var (first, count) = (FullTiles(size, level) << TileHeight, EdgeWidth(size, level));
            edge[level] = new byte[count * MerkleHash.Length];
            for (var i = 0; i < count; i++)
            {
                (level == 0 ? leafHash(first + i) : MerkleHash.Above(tiles(level - 1, first + i))).CopyTo(edge[level], i * MerkleHash.Length);
            }
        }
        return new MerkleTree(size, edge, FrontierOf(size, edge));
    }

    /// <summary>The tree with more leaves behind the last.</summary>
    /// <param name="leafHashes">Their hashes, in order.</param>
    /// <param name="completed">Receives each tile that became full.</param>
    public MerkleTree Append(IEnumerable<byte[]> leafHashes, ICollection<MerkleTile> completed)
    {
        var growth = Grow(completed);
        foreach (var leaf in leafHashes)
        {
            growth.Add(leaf);
        }
        return growth.Tree();
    }

    /// <summary>Begins to add leaves one by one. This tree stays as it is.</summary>
    /// <param name="completed">Receives each tile that becomes full.</param>
    public MerkleGrowth Grow(ICollection<MerkleTile> completed) => new(Size, edge, frontier, completed);

    /// <summary>The root that this tree had when it had so many leaves.</summary>
    public byte[] RootAt(long size, TileSource tiles)
    {
        RequireSize(size, 0);
        return size == Size ? Root : size == 0 ? MerkleHash.Empty : new Reader(this, tiles).Hash(0, size);
    }

    /// <summary>The inclusion proof of a leaf in the tree of a size up to this one: hashes from the leaf upwards (RFC 9162, section 2.1.3.1).</summary>
    public ImmutableArray<byte[]> InclusionProof(long leaf, long size, TileSource tiles)
    {
        RequireSize(size, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, size);
        var proof = ImmutableArray.CreateBuilder<byte[]>();
        var reader = new Reader(this, tiles);
        var (from, to) = (0L, size);
        while (to - from > 1)
        {
            var middle = from + Split(to - from);
            proof.Add(leaf < middle ? reader.Hash(middle, to) : reader.Hash(from, middle));
            (from, to) = leaf < middle ? (from, middle) : (middle, to);
        }
        proof.Reverse();
        return proof.ToImmutable();
    }

    /// <summary>The proof that the tree of one size begins with the tree of a smaller one (RFC 9162, section 2.1.4.1). Empty if the sizes are equal or the smaller is 0.</summary>
    public ImmutableArray<byte[]> ConsistencyProof(long smaller, long size, TileSource tiles)
    {
        RequireSize(size, 0);
        ArgumentOutOfRangeException.ThrowIfNegative(smaller);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(smaller, size);
        if (smaller == 0 || smaller == size)
        {
            return [];
        }
        var proof = ImmutableArray.CreateBuilder<byte[]>();
        var reader = new Reader(this, tiles);
        var (from, to) = (0L, size);
        while (smaller != to)
        {
            var middle = from + Split(to - from);
            proof.Add(smaller <= middle ? reader.Hash(middle, to) : reader.Hash(from, middle));
            (from, to) = smaller <= middle ? (from, middle) : (middle, to);
        }
        if (from > 0)
        {
            proof.Add(reader.Hash(from, to));
        }
        proof.Reverse();
        return proof.ToImmutable();
    }

    /// <summary>The first hashes of a tile, one behind the other; null if this tree does not have so many.</summary>
    /// <param name="level">0 to 7.</param>
    /// <param name="index">The tile's place in the level, from 0.</param>
    /// <param name="width">How many hashes: 1 to 256.</param>
    /// <param name="tiles">Full tiles.</param>
    public byte[]? Tile(int level, long index, int width, TileSource tiles)
    {
        if (level is < 0 or >= Levels || index < 0 || width is < 1 or > TileWidth)
        {
            return null;
        }
        var full = FullTiles(Size, level);
        if (index < full)
        {
            var tile = tiles(level, index);
            return width == TileWidth ? tile : tile[..(width * MerkleHash.Length)];
        }
        return index == full && width <= EdgeWidth(Size, level) ? edge[level][..(width * MerkleHash.Length)] : null;
    }

    /// <summary>The hash of one leaf.</summary>
    public byte[] LeafHash(long leaf, TileSource tiles)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(leaf);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(leaf, Size);
        return new Reader(this, tiles).Hash(leaf, leaf + 1);
    }

    private static byte[][] FrontierOf(long size, byte[][] edge)
    {
        var frontier = new byte[Levels * TileHeight][];
        for (var height = 0; height < frontier.Length; height++)
        {
            if ((size >> height & 1) == 1)
            {
                var (level, width) = (height / TileHeight, 1 << height % TileHeight);
                var before = EdgeWidth(size, level) & ~(2 * width - 1);
                frontier[height] = MerkleHash.Above(edge[level].AsSpan(before * MerkleHash.Length, width * MerkleHash.Length));
            }
        }
        return frontier;
    }

    private static byte[] RootOf(long size, byte[][] frontier)
    {
        byte[]? root = null;
        for (var height = 0; size >> height != 0; height++)
        {
            if ((size >> height & 1) == 1)
            {
                root = root is null ? frontier[height] : MerkleHash.Node(frontier[height], root);
            }
        }
        return root ?? MerkleHash.Empty;
    }

    /// <summary>The largest power of two below a number.</summary>
    private static long Split(long size) => 1L << BitOperations.Log2((ulong)(size - 1));

    private static long FullTiles(long size, int level) => level == Levels - 1 ? 0 : size >> (TileHeight * (level + 1));

    internal static int EdgeWidth(long size, int level) => (int)(size >> (TileHeight * level) & (TileWidth - 1));

    private void RequireSize(long size, long least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
    }

    /// <summary>Reads hashes of ranges for one proof, and each tile once.</summary>
    private sealed class Reader(MerkleTree tree, TileSource tiles)
    {
        private readonly Dictionary<(int Level, long Index), byte[]> seen = [];

        /// <summary>The hash above a range of leaves; its start is a multiple of the power of two that its length reaches.</summary>
        public byte[] Hash(long from, long to)
        {
            var length = to - from;
            return BitOperations.IsPow2(length) ? Subtree(BitOperations.Log2((ulong)length), from) : MerkleHash.Node(Hash(from, from + Split(length)), Hash(from + Split(length), to));
        }

        private byte[] Subtree(int height, long from)
        {
            var (level, width) = (height / TileHeight, 1 << height % TileHeight);
            var first = from >> (TileHeight * level);
            return MerkleHash.Above(Hashes(level, first >> TileHeight).AsSpan((int)(first & (TileWidth - 1)) * MerkleHash.Length, width * MerkleHash.Length));
        }

        private byte[] Hashes(int level, long index)
        {
            if (index >= FullTiles(tree.Size, level))
            {
                return tree.edge[level];
            }
            return seen.TryGetValue((level, index), out var tile) ? tile : seen[(level, index)] = tiles(level, index);
        }
    }
}
