using System.Security.Cryptography;

namespace Terms.Verifier.Trees;

/// <summary>A tree that grows leaf by leaf and keeps of itself only the hashes of its whole subtrees, one for each height.</summary>
internal sealed class GrowingTree
{
    private readonly byte[] _whole = new byte[64 * Hashes.Size];

    /// <summary>How many leaves it has.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a leaf. <paramref name="tiles"/> is told of every hash that a tile holds.</summary>
    public void Append(ReadOnlySpan<byte> leaf, TileComparison? tiles = null)
    {
        Span<byte> hash = stackalloc byte[Hashes.Size];
        leaf.CopyTo(hash);
        tiles?.Add(0, hash);
        var height = 0;
        for (; ((Size >> height) & 1) == 1; height++)
        {
            Hashes.Node(Whole(height), hash, hash);
            if ((height + 1) % TileComparison.Height == 0)
            {
                tiles?.Add((height + 1) / TileComparison.Height, hash);
            }
        }
        hash.CopyTo(Whole(height));
        Size++;
    }

    /// <summary>The root as RFC 9162 defines it; of no leaves, SHA-256 of nothing.</summary>
    public void Root(Span<byte> root)
    {
        if (Size == 0)
        {
            SHA256.HashData([], root);
            return;
        }
        var height = System.Numerics.BitOperations.TrailingZeroCount(Size);
        Whole(height).CopyTo(root);
        for (height++; Size >> height != 0; height++)
        {
            if (((Size >> height) & 1) == 1)
            {
                Hashes.Node(Whole(height), root, root);
            }
        }
    }

    private Span<byte> Whole(int height) => _whole.AsSpan(height * Hashes.Size, Hashes.Size);
}
