using FsCheck;
using FsCheck.Fluent;
using Terms.Verifier.Trees;

namespace Terms.Verifier.Tests.Trees;

public sealed class TreeTests
{
    /// <summary>The leaves that the tests of RFC 6962's first implementations share.</summary>
    private static readonly byte[][] Known = [.. new[] { "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f" }.Select(Convert.FromHexString)];

    private static readonly string[] KnownRoots =
    [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];

    private static readonly Gen<byte[][]> Leaves = Gen.Choose(1, 70).SelectMany(n => Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf(3).ArrayOf(n));

    [Fact]
    public void The_known_leaves_have_the_known_roots()
    {
        var tree = new GrowingTree();
        for (var size = 0; size <= Known.Length; size++)
        {
            Assert.Equal(KnownRoots[size], Root(tree));
            Assert.Equal(KnownRoots[size], Convert.ToHexStringLower(ReferenceTree.Root(Known[..size])));
            if (size < Known.Length)
            {
                tree.Append(Hashes.Leaf(Known[size]));
            }
        }
    }

    [Fact]
    public void A_growing_tree_has_at_every_size_the_root_that_the_standard_defines() => Prop.ForAll(Leaves.ToArbitrary(), leaves =>
    {
        var tree = new GrowingTree();
        for (var i = 0; i < leaves.Length; i++)
        {
            tree.Append(Hashes.Leaf(leaves[i]));
            Assert.Equal(Convert.ToHexStringLower(ReferenceTree.Root(leaves[..(i + 1)])), Root(tree));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_proof_leads_to_the_root_from_its_own_place_and_size_alone() => Prop.ForAll(Leaves.ToArbitrary(), leaves =>
    {
        for (var index = 0; index < leaves.Length; index++)
        {
            var proof = ReferenceTree.Path(leaves, index, leaves.Length);
            var root = ReferenceTree.Root(leaves);
            Assert.Equal(root, InclusionProof.Root(Hashes.Leaf(leaves[index]), index, leaves.Length, proof));
            Assert.Null(InclusionProof.Root(Hashes.Leaf(leaves[index]), index, leaves.Length, [.. proof, root]));
            Assert.NotEqual(root, InclusionProof.Root(Hashes.Leaf([.. leaves[index], 1]), index, leaves.Length, proof));
            if (proof.Count > 0)
            {
                Assert.Null(InclusionProof.Root(Hashes.Leaf(leaves[index]), index, leaves.Length, proof[1..]));
                Assert.NotEqual(root, InclusionProof.Root(Hashes.Leaf(leaves[index]), index ^ 1, leaves.Length, proof));
            }
        }
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 4)]
    [InlineData(4, 4)]
    [InlineData(0, 0)]
    public void A_place_outside_the_tree_has_no_proof(long index, long size) => Assert.Null(InclusionProof.Root(new byte[32], index, size, []));

    [Fact]
    public void A_full_tile_that_differs_is_told_with_the_place_of_the_hash()
    {
        var tiles = new Dictionary<(int, long), byte[]>();
        Grow(70_000, (_, _) => default, (_, _, _) => { }, tiles);
        Assert.Equal(273, tiles.Keys.Count(k => k.Item1 == 0));
        Assert.Equal(1, tiles.Keys.Count(k => k.Item1 == 1));
        var told = new List<(int, long, int?)>();

        Grow(70_000, (level, tile) => tiles[(level, tile)], (level, tile, at) => told.Add((level, tile, at)), null);
        Assert.Empty(told);

        tiles[(0, 3)][(5 * 32) + 31] ^= 1;
        tiles[(1, 0)] = tiles[(1, 0)][..^32];
        tiles[(0, 200)] = [];
        Grow(70_000, (level, tile) => tiles[(level, tile)], (level, tile, at) => told.Add((level, tile, at)), null);
        Assert.Equal([(0, 3L, 5), (0, 200L, null), (1, 0L, 255)], told);
    }

    private static void Grow(int count, TileComparison.KeptTile kept, Action<int, long, int?> differs, Dictionary<(int, long), byte[]>? made)
    {
        var tree = new GrowingTree();
        var levels = new List<byte>[] { [], [], [] };
        var comparison = new TileComparison(kept, differs);
        for (var i = 0; i < count; i++)
        {
            var leaf = Hashes.Leaf(BitConverter.GetBytes(i));
            tree.Append(leaf, comparison);
            if (made is not null)
            {
                Put(0, leaf);
            }
        }

        void Put(int level, byte[] hash)
        {
            levels[level].AddRange(hash);
            if (levels[level].Count == 256 * 32)
            {
                var tile = levels[level].ToArray();
                made![(level, made.Keys.LongCount(k => k.Item1 == level))] = tile;
                levels[level].Clear();
                var row = tile.Chunk(32).ToArray();
                while (row.Length > 1)
                {
                    row = [.. row.Chunk(2).Select(p => ReferenceTree.Node(p[0], p[1]))];
                }
                Put(level + 1, row[0]);
            }
        }
    }

    private static string Root(GrowingTree tree)
    {
        var root = new byte[32];
        tree.Root(root);
        return Convert.ToHexStringLower(root);
    }
}
