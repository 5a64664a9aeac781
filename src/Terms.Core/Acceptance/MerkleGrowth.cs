namespace Terms.Acceptance;

/// <summary>Leaves on their way into a tree: their nodes are hashed as they come, so that little is left to do once the last is there. One thread at a time.</summary>
public sealed class MerkleGrowth
{
    private readonly byte[][] edge;
    private readonly byte[][] frontier;
    private readonly bool[] isCopied = new bool[MerkleTree.Levels];
    private readonly ICollection<MerkleTile> completed;

    internal MerkleGrowth(long size, byte[][] edge, byte[][] frontier, ICollection<MerkleTile> completed)
    {
        (Size, this.completed) = (size, completed);
        (this.edge, this.frontier) = ((byte[][])edge.Clone(), (byte[][])frontier.Clone());
    }

    /// <summary>The number of leaves, those included that were there before.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf behind the last.</summary>
    public void Add(byte[] leafHash)
    {
        Extend(0, leafHash);
        var hash = leafHash;
        var height = 0;
        for (; (Size >> height & 1) == 1; height++)
        {
            hash = MerkleHash.Node(frontier[height], hash);
            if ((height + 1) % MerkleTree.TileHeight == 0)
            {
                Extend((height + 1) / MerkleTree.TileHeight, hash);
            }
        }
        frontier[height] = hash;
        Size++;
    }

    /// <summary>The tree of all leaves. It ends the growth: nothing may be added after it.</summary>
    public MerkleTree Tree() => new(Size, edge, frontier);

    private void Extend(int level, byte[] hash)
    {
        var at = MerkleTree.EdgeWidth(Size, level);
        if (!isCopied[level] || at == 0)
        {
            var copy = new byte[MerkleTree.TileWidth * MerkleHash.Length];
            edge[level].AsSpan(0, at * MerkleHash.Length).CopyTo(copy);
            (edge[level], isCopied[level]) = (copy, true);
        }
        hash.CopyTo(edge[level], at * MerkleHash.Length);
        if (at == MerkleTree.TileWidth - 1)
        {
            completed.Add(new MerkleTile(level, Size >> (MerkleTree.TileHeight * (level + 1)), edge[level]));
        }
    }
}
