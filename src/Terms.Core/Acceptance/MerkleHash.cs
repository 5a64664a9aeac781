using System.Security.Cryptography;

namespace Terms.Acceptance;

/// <summary>The hashes of a Merkle tree, RFC 9162, section 2.1.1: SHA-256, with one prefix for leaves and another for nodes, so that neither can pass for the other.</summary>
public static class MerkleHash
{
    /// <summary>The bytes of a hash.</summary>
    public const int Length = 32;

    [ThreadStatic]
    private static IncrementalHash? own; // Made once for a thread: to make one anew takes as long as hashing a node.

    private static IncrementalHash Own => own ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] Empty => SHA256.HashData([]);

    /// <summary>The hash of a leaf.</summary>
    public static byte[] Leaf(ReadOnlySpan<byte> leaf)
    {
        Own.AppendData([0]);
        Own.AppendData(leaf);
        return Own.GetHashAndReset();
    }

    /// <summary>The hash of the node above two hashes.</summary>
    public static byte[] Node(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Span<byte> bytes = stackalloc byte[1 + (2 * Length)];
        bytes[0] = 1;
        left.CopyTo(bytes[1..]);
        right.CopyTo(bytes[(1 + Length)..]);
        Own.AppendData(bytes);
        return Own.GetHashAndReset();
    }

    /// <summary>The hash above a full subtree whose hashes stand one behind the other; their number is a power of two.</summary>
    internal static byte[] Above(ReadOnlySpan<byte> hashes) => hashes.Length == Length
        ? hashes.ToArray()
        : Node(Above(hashes[..(hashes.Length / 2)]), Above(hashes[(hashes.Length / 2)..]));
}
