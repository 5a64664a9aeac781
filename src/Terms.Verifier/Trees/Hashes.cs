namespace Terms.Verifier.Trees;

/// <summary>The hashes of RFC 9162, section 2.1.1.</summary>
internal static class Hashes
{
    public const int Size = 32;

    /// <summary>The hash of a leaf: SHA-256 over <c>0x00</c> and its bytes.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> leaf)
    {
        var hash = new byte[Size];
        Leaf(leaf, hash);
        return hash;
    }

    /// <summary>The same without allocating.</summary>
    public static void Leaf(ReadOnlySpan<byte> leaf, Span<byte> hash) => Sha256.Of([0], leaf, hash);

    /// <summary>The hash of a node: SHA-256 over <c>0x01</c> and the hashes of its two children.</summary>
    public static void Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> hash)
    {
        Span<byte> both = stackalloc byte[1 + (2 * Size)];
        both[0] = 1;
        left.CopyTo(both[1..]);
        right.CopyTo(both[(1 + Size)..]);
        Sha256.Of(both, hash);
    }
}
