namespace Terms.Verifier.Trees;

/// <summary>Inclusion proofs of RFC 9162, section 2.1.3.2.</summary>
internal static class InclusionProof
{
    /// <summary>The root to which a proof leads from a leaf; null if the proof does not have the length that the place and the size ask for.</summary>
    public static byte[]? Root(byte[] leaf, long index, long size, IReadOnlyList<byte[]> proof)
    {
        if (index < 0 || index >= size)
        {
            return null;
        }
        var (node, last, root) = (index, size - 1, leaf.ToArray());
        foreach (var hash in proof)
        {
            if (last == 0)
            {
                return null;
            }
            if ((node & 1) == 1 || node == last)
            {
                Hashes.Node(hash, root, root);
                while ((node & 1) == 0 && node != 0)
                {
                    (node, last) = (node >> 1, last >> 1);
                }
            }
            else
            {
                Hashes.Node(root, hash, root);
            }
            (node, last) = (node >> 1, last >> 1);
        }
        return last == 0 ? root : null;
    }
}
