using FsCheck;
using FsCheck.Fluent;
using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

/// <summary>The tree against the known trees of Certificate Transparency, and against proofs checked step by step as RFC 9162 writes them.</summary>
public sealed class MerkleTreeTests
{
    private const int Largest = 70_000; // Over 256 tiles of the lowest level, so that a tile of level 1 is full.

    /// <summary>The leaves and roots with which Certificate Transparency tests its trees (RFC 6962; the hashes are those of RFC 9162).</summary>
    private static readonly string[] KnownLeaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];

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

    private static readonly Lazy<Grown> Large = new(() => new Grown(Largest));

    [Fact]
    public void The_known_leaves_give_the_known_roots()
    {
        var tree = MerkleTree.Empty;
        Assert.Equal(KnownRoots[0], Convert.ToHexStringLower(tree.Root));
        for (var i = 0; i < KnownLeaves.Length; i++)
        {
            tree = tree.Append([MerkleHash.Leaf(Convert.FromHexString(KnownLeaves[i]))], []);
            Assert.Equal(KnownRoots[i + 1], Convert.ToHexStringLower(tree.Root));
        }
    }

    [Fact]
    public void The_known_tree_gives_the_known_proofs()
    {
        var tree = MerkleTree.Empty.Append(KnownLeaves.Select(l => MerkleHash.Leaf(Convert.FromHexString(l))), []);

        Assert.Equal(
            ["96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7", "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e", "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4"],
            tree.InclusionProof(0, 8, NoTiles).Select(Convert.ToHexStringLower));
        Assert.Equal(
            ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
            tree.InclusionProof(5, 8, NoTiles).Select(Convert.ToHexStringLower));
        Assert.Equal(
            ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a", "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0", "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7"],
            tree.ConsistencyProof(6, 8, NoTiles).Select(Convert.ToHexStringLower));
    }

    [Fact]
    public void An_inclusion_proof_of_any_leaf_in_any_size_verifies_and_no_altered_one_does() => Holds(
        from size in Gen.Choose(1, Largest)
        from leaf in Gen.Choose(0, size - 1)
        from change in Gen.Choose(0, 10_000)
        select (size, leaf, change), sample =>
        {
            var (size, leaf, change) = sample;
            var grown = Large.Value;
            var root = grown.Tree.RootAt(size, grown.Tile);
            var proof = grown.Tree.InclusionProof(leaf, size, grown.Tile);

            Assert.Equal(Proofs.Root(grown.Hashes, 0, size), root);
            Assert.True(Proofs.Includes(grown.Hashes[leaf], leaf, size, proof, root));
            Assert.False(Proofs.Includes(grown.Hashes[leaf], leaf, size, [.. proof, root], root));
            Assert.False(Proofs.Includes(MerkleHash.Leaf([1, 2, 3]), leaf, size, proof, root));
            if (proof.Length > 0)
            {
                Assert.False(Proofs.Includes(grown.Hashes[leaf], leaf, size, Altered(proof, change), root));
                Assert.False(Proofs.Includes(grown.Hashes[leaf], leaf ^ 1, size, proof, root));
                Assert.False(Proofs.Includes(grown.Hashes[leaf], leaf, size, proof[1..], root));
            }
        });

    [Fact]
    public void A_consistency_proof_of_any_two_sizes_verifies_and_no_altered_one_does() => Holds(
        from size in Gen.Choose(2, Largest)
        from smaller in Gen.Choose(1, size - 1)
        from change in Gen.Choose(0, 10_000)
        select (size, smaller, change), sample =>
        {
            var (size, smaller, change) = sample;
            var grown = Large.Value;
            var (before, after) = (grown.Tree.RootAt(smaller, grown.Tile), grown.Tree.RootAt(size, grown.Tile));
            var proof = grown.Tree.ConsistencyProof(smaller, size, grown.Tile);

            Assert.True(Proofs.IsConsistent(smaller, before, size, after, proof));
            Assert.False(Proofs.IsConsistent(smaller, before, size, after, Altered(proof, change)));
            Assert.False(Proofs.IsConsistent(smaller, after, size, after, proof));
            Assert.False(Proofs.IsConsistent(smaller, before, size, after, proof[1..]));
        });

    [Fact]
    public void A_tree_resumed_from_tiles_and_last_leaves_is_the_same_tree() => Holds(Gen.Choose(0, Largest), size =>
    {
        var grown = Large.Value;
        var resumed = MerkleTree.Resume(size, grown.Tile, leaf => grown.Hashes[leaf]);

        Assert.Equal(grown.Tree.RootAt(size, grown.Tile), resumed.Root);
        var rest = new List<MerkleTile>();
        Assert.Equal(grown.Tree.Root, resumed.Append(grown.Hashes[size..], rest).Root);
        Assert.All(rest, t => Assert.Equal(grown.Tile(t.Level, t.Index), t.Hashes));
    }, 20);

    [Fact]
    public void Tiles_have_the_hashes_of_their_height_and_no_more_than_there_are()
    {
        var grown = Large.Value;

        Assert.Equal(grown.Hashes[512], grown.Tree.Tile(0, 2, 1, grown.Tile)!);
        Assert.Equal(256 * 32, grown.Tree.Tile(1, 0, 256, grown.Tile)!.Length);
        Assert.Equal(Proofs.Root(grown.Hashes, 256, 512), grown.Tree.Tile(1, 0, 2, grown.Tile)![32..]);
        Assert.Equal(Proofs.Root(grown.Hashes, 0, 65_536), grown.Tree.Tile(2, 0, 1, grown.Tile)!);
        Assert.Equal(grown.Hashes[Largest - 1], grown.Tree.Tile(0, Largest / 256, Largest % 256, grown.Tile)![^32..]);
        Assert.Null(grown.Tree.Tile(0, Largest / 256, (Largest % 256) + 1, grown.Tile));
        Assert.Null(grown.Tree.Tile(2, 0, 2, grown.Tile));
        Assert.Null(grown.Tree.Tile(8, 0, 1, grown.Tile));
        Assert.Null(grown.Tree.Tile(0, -1, 1, grown.Tile));
        Assert.Null(grown.Tree.Tile(0, 0, 257, grown.Tile));
    }

    [Fact]
    public void Appending_leaves_the_tree_before_as_it_was()
    {
        var one = MerkleTree.Empty.Append([MerkleHash.Leaf([1])], []);
        var (left, right) = (one.Append([MerkleHash.Leaf([2])], []), one.Append([MerkleHash.Leaf([3])], []));

        Assert.Equal(MerkleHash.Leaf([2]), left.Tile(0, 0, 2, NoTiles)![32..]);
        Assert.Equal(MerkleHash.Leaf([3]), right.Tile(0, 0, 2, NoTiles)![32..]);
        Assert.Null(one.Tile(0, 0, 2, NoTiles));
    }

    private static byte[] NoTiles(int level, long index) => throw new InvalidOperationException("A tree of fewer than 256 leaves has no full tile.");

    private static byte[][] Altered(IReadOnlyList<byte[]> proof, int change)
    {
        byte[][] altered = [.. proof.Select(h => (byte[])h.Clone())];
        altered[change % altered.Length][change % 32] ^= (byte)(1 << change % 8);
        return altered;
    }

    private static void Holds<T>(Gen<T> samples, Action<T> property, int count = 200) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(count), Prop.ForAll(samples.ToArbitrary(), property));

    /// <summary>A tree grown in unequal steps, with the tiles that it handed out.</summary>
    private sealed class Grown
    {
        private readonly Dictionary<(int, long), byte[]> tiles = [];

        public Grown(int size)
        {
            Hashes = [.. Enumerable.Range(0, size).Select(i => MerkleHash.Leaf(BitConverter.GetBytes(i)))];
            Tree = MerkleTree.Empty;
            for (var (from, step) = (0, 1); from < size; from += step, step = (step * 3 % 1_000) + 1)
            {
                var completed = new List<MerkleTile>();
                Tree = Tree.Append(Hashes[from..Math.Min(from + step, size)], completed);
                completed.ForEach(t => tiles.Add((t.Level, t.Index), t.Hashes));
            }
        }

        public byte[][] Hashes { get; }

        public MerkleTree Tree { get; }

        public byte[] Tile(int level, long index) => tiles[(level, index)];
    }
}
