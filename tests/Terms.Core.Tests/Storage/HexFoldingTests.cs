using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Terms.Storage;

namespace Terms.Tests.Storage;

public sealed class HexFoldingTests
{
    private const string Hex = "0123456789abcdef";

    /// <summary>Runs of digits around every border: of a digest, of what one piece can hold, and of none.</summary>
    private static readonly int[] Runs = [0, 1, 31, 32, 63, 64, 65, 127, 128, 509, 510, 511, 573, 574, 575, 1_021, 5_000];

    private static readonly int[] Gaps = [0, 1, 2, 62, 63, 64, 65, 300, 65_534, 65_535, 65_536, 70_000];

    [Fact]
    public void Any_bytes_are_the_same_when_they_are_unfolded() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1_000), Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var bytes = Bytes(new Random(seed));
        var folded = Folded(bytes);
        Assert.InRange(folded.Length, 0, HexFolding.MostFolded(bytes.Length));
        Assert.InRange(bytes.Length, 0, HexFolding.MostUnfolded(folded.Length));
        Assert.Equal(bytes, Unfolded(folded));
    }));

    [Fact]
    public void A_digest_takes_half_its_room_wherever_it_stands() => Assert.All(Enumerable.Range(0, 200), before => Assert.Equal(
        before + 32 + 5 + 6, // Two pieces, each behind three bytes.
        Folded([.. Enumerable.Repeat((byte)'x', before), .. Digits(64, new Random(before)), .. ",\"b\":"u8]).Length));

    [Theory]
    [InlineData(63)]
    [InlineData(20)]
    public void Fewer_digits_than_a_digest_has_stay_as_they_are(int count)
    {
        byte[] bytes = [.. "{"u8, .. Digits(count, new Random(1)), .. "}"u8];

        Assert.Equal([0, (byte)bytes.Length, 0, .. bytes], Folded(bytes));
    }

    [Fact]
    public void Capital_digits_stay_as_they_are()
    {
        var bytes = Encoding.ASCII.GetBytes(new string('A', 64));

        Assert.Equal([0, 64, 0, .. bytes], Folded(bytes));
    }

    [Fact]
    public void Pieces_that_were_cut_or_altered_are_refused_or_unfold_to_no_more_than_twice_their_bytes() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var folded = Folded([.. Bytes(random), .. Digits(64, random), .. "end"u8]);
            var altered = folded[..random.Next(folded.Length)];
            Assert.True(!HexFolding.TryUnfold(altered, new byte[HexFolding.MostUnfolded(altered.Length)], out var cut) || cut <= HexFolding.MostUnfolded(altered.Length));
            folded[random.Next(folded.Length)] ^= (byte)random.Next(1, 256);
            Assert.True(!HexFolding.TryUnfold(folded, new byte[HexFolding.MostUnfolded(folded.Length)], out var length) || length <= HexFolding.MostUnfolded(folded.Length));
        }));

    [Theory]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("000100")]
    [InlineData("000001")]
    [InlineData("00010120")]
    [InlineData("000000ffff00")]
    public void A_piece_that_is_not_whole_is_refused(string pieces) =>
        Assert.False(HexFolding.TryUnfold(Convert.FromHexString(pieces), new byte[100], out _));

    private static byte[] Bytes(Random random)
    {
        var bytes = new List<byte>();
        for (var count = random.Next(5); count >= 0; count--)
        {
            bytes.AddRange(Enumerable.Range(0, Gaps[random.Next(Gaps.Length)]).Select(_ => (byte)random.Next(256)));
            bytes.AddRange(Digits(Runs[random.Next(Runs.Length)], random));
        }
        return [.. bytes];
    }

    private static byte[] Digits(int count, Random random) => [.. Enumerable.Range(0, count).Select(_ => (byte)Hex[random.Next(Hex.Length)])];

    private static byte[] Folded(byte[] bytes)
    {
        var folded = new byte[HexFolding.MostFolded(bytes.Length)];
        return folded[..HexFolding.Fold(bytes, folded)];
    }

    private static byte[] Unfolded(byte[] folded)
    {
        var bytes = new byte[HexFolding.MostUnfolded(folded.Length)];
        Assert.True(HexFolding.TryUnfold(folded, bytes, out var length));
        return bytes[..length];
    }
}
