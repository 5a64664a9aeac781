using System.Security.Cryptography;

namespace Terms.Verifier.Tests;

/// <summary>Tree and proofs as RFC 9162 defines them (sections 2.1.1 and 2.1.3.1), by recursion over the leaves.</summary>
internal static class ReferenceTree
{
    public static byte[] Leaf(byte[] leaf) => SHA256.HashData([0, .. leaf]);

    public static byte[] Node(byte[] left, byte[] right) => SHA256.HashData([1, .. left, .. right]);

    public static byte[] Root(IReadOnlyList<byte[]> leaves) => leaves.Count == 0 ? SHA256.HashData([]) : Root(leaves, 0, leaves.Count);

    public static List<byte[]> Path(IReadOnlyList<byte[]> leaves, int index, int size) => Path(leaves, index, 0, size);

    private static byte[] Root(IReadOnlyList<byte[]> leaves, int from, int to)
    {
        if (to - from == 1)
        {
            return Leaf(leaves[from]);
        }
        var middle = from + Half(to - from);
        return Node(Root(leaves, from, middle), Root(leaves, middle, to));
    }

    private static List<byte[]> Path(IReadOnlyList<byte[]> leaves, int index, int from, int to)
    {
        if (to - from == 1)
        {
            return [];
        }
        var middle = from + Half(to - from);
        return index < middle ? [.. Path(leaves, index, from, middle), Root(leaves, middle, to)] : [.. Path(leaves, index, middle, to), Root(leaves, from, middle)];
    }

    /// <summary>The greatest power of two that is less than a number.</summary>
    private static int Half(int count)
    {
        var half = 1;
        while (half * 2 < count)
        {
            half *= 2;
        }
        return half;
    }
}
