using System.Numerics;
using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

/// <summary>The definitions and checks of RFC 9162, sections 2.1.1, 2.1.3.2 and 2.1.4.2, step by step.</summary>
internal static class Proofs
{
    /// <summary>The root over some leaves, by its definition.</summary>
    public static byte[] Root(byte[][] hashes, int from, int to)
    {
        if (to - from == 1)
        {
            return hashes[from];
        }
        var middle = from + (1 << BitOperations.Log2((uint)(to - from - 1)));
        return MerkleHash.Node(Root(hashes, from, middle), Root(hashes, middle, to));
    }

    public static bool Includes(byte[] leafHash, long leaf, long size, IReadOnlyList<byte[]> proof, byte[] root)
    {
        if (leaf >= size)
        {
            return false;
        }
        var (fn, sn, r) = (leaf, size - 1, leafHash);
        foreach (var p in proof)
        {
            if (sn == 0)
            {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn)
            {
                r = MerkleHash.Node(p, r);
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                r = MerkleHash.Node(r, p);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && r.AsSpan().SequenceEqual(root);
    }

    public static bool IsConsistent(long first, byte[] firstRoot, long second, byte[] secondRoot, IReadOnlyList<byte[]> proof)
    {
        if (proof.Count == 0)
        {
            return false;
        }
        byte[][] path = BitOperations.IsPow2(first) ? [firstRoot, .. proof] : [.. proof];
        var (fn, sn) = (first - 1, second - 1);
        while ((fn & 1) == 1)
        {
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        var (fr, sr) = (path[0], path[0]);
        foreach (var c in path.Skip(1))
        {
            if (sn == 0)
            {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn)
            {
                (fr, sr) = (MerkleHash.Node(c, fr), MerkleHash.Node(c, sr));
                while ((fn & 1) == 0 && fn != 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                sr = MerkleHash.Node(sr, c);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        return sn == 0 && fr.AsSpan().SequenceEqual(firstRoot) && sr.AsSpan().SequenceEqual(secondRoot);
    }
}
