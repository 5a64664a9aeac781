using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using K4os.Compression.LZ4;
using Terms.Storage;

namespace Terms.Tests.Storage;

public sealed class PackingTests
{
    [Fact]
    public void Any_blob_is_the_same_when_it_is_unpacked_and_never_longer_packed() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(
        Gen.Choose(1, 40).SelectMany(count => Gen.Choose(0, 5_000).SelectMany(longest => Gen.Choose(1, 256).Select(letters => Blob(count, longest, letters)))).ToArbitrary(), blob =>
        {
            var packed = Packing.Pack(blob, new byte[blob.Length]);
            Assert.InRange(packed.Length, 1, blob.Length);
            byte[]? room = null;
            Assert.True(Packing.TryUnpack(packed, ref room, out var unpacked));
            Assert.Equal(blob, unpacked);
            Packing.Return(room);
        }));

    [Fact]
    public void The_shortest_blobs_are_the_same_when_they_are_unpacked() => Assert.All(Enumerable.Range(0, 60), length =>
    {
        var blob = Framed(new byte[length]);
        byte[]? room = null;
        Assert.True(Packing.TryUnpack(Packing.Pack(blob, new byte[blob.Length]), ref room, out var unpacked));
        Assert.Equal(blob, unpacked);
        Packing.Return(room);
    });

    [Fact]
    public void What_is_much_alike_is_packed_into_a_fraction()
    {
        var blob = Enumerable.Range(0, 25).SelectMany(n => Framed(Encoding.UTF8.GetBytes(
            $"{{\"agreements\":[{{\"agreement\":\"free-membership\",\"language\":\"en\",\"version\":\"2025-04-01\"}}],\"kind\":\"agree\",\"subject\":\"member-{n}\"}}"))).ToArray();

        Assert.InRange(Packing.Pack(blob, new byte[blob.Length]).Length, 1, blob.Length / 4);
    }

    [Fact]
    public void Digests_that_are_like_no_other_take_half_their_room()
    {
        var blob = Enumerable.Range(0, 25).SelectMany(n => Framed(Encoding.UTF8.GetBytes($"{{\"details\":{{\"name\":\"{Convert.ToHexStringLower(SHA256.HashData([(byte)n]))}\"}}}}"))).ToArray();

        Assert.InRange(Packing.Pack(blob, new byte[blob.Length]).Length, 25 * 32, 25 * 48);
    }

    [Fact]
    public void A_blob_that_an_earlier_program_packed_is_unpacked() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(
        Gen.Choose(1, 40).SelectMany(count => Gen.Choose(0, 500).Select(longest => Blob(count, longest, 4))).ToArbitrary(), blob =>
        {
            var block = new byte[LZ4Codec.MaximumOutputSize(blob.Length)];
            byte[] packed = [.. Number(-blob.Length), .. block[..LZ4Codec.Encode(blob, block)]];
            byte[]? room = null;
            Assert.True(Packing.TryUnpack(packed, ref room, out var unpacked));
            Assert.Equal(blob, unpacked);
            Packing.Return(room);
        }));

    [Fact]
    public void A_packed_blob_that_was_altered_or_cut_is_refused_or_unpacks_to_no_more_than_twice_what_it_says() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var blob = Blob(20, 300, 4);
            var packed = Packing.Pack(blob, new byte[blob.Length]).ToArray();
            Assert.NotEqual(blob.Length, packed.Length);
            var altered = random.Next(2) == 0 ? packed[..random.Next(sizeof(int), packed.Length)] : packed;
            if (altered.Length == packed.Length)
            {
                altered[random.Next(sizeof(int), altered.Length)] ^= (byte)random.Next(1, 256);
            }
            byte[]? room = null;
            Assert.True(!Packing.TryUnpack(altered, ref room, out var unpacked) || unpacked.Length <= Math.Max(2L * BinaryPrimitives.ReadInt32BigEndian(altered.AsSpan(sizeof(int))), altered.Length));
            Packing.Return(room);
        }));

    [Theory]
    [InlineData(int.MinValue, 0)]
    [InlineData(-2_000_000_000, 0)]
    [InlineData(-256, 0)]
    [InlineData(-1, -1)]
    [InlineData(-1, int.MinValue)]
    [InlineData(-1, 256)]
    [InlineData(-1, int.MaxValue)]
    public void A_length_that_no_block_of_that_size_can_have_takes_no_memory(int number, int length)
    {
        byte[]? room = null;

        Assert.False(Packing.TryUnpack([.. Number(number), .. Number(length), 0], ref room, out _));
        Assert.InRange(room?.Length ?? 0, 0, 2048);
    }

    [Fact]
    public void A_blob_that_ends_in_its_numbers_is_refused()
    {
        byte[]? room = null;

        Assert.All(Enumerable.Range(4, 5), length => Assert.False(Packing.TryUnpack([.. ((byte[])[.. Number(-1), .. Number(1)])[..length]], ref room, out _)));
    }

    private static byte[] Blob(int count, int longest, int letters)
    {
        var random = new Random(longest);
        return [.. Enumerable.Range(0, count).SelectMany(_ => Framed([.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => (byte)random.Next(letters))]))];
    }

    private static byte[] Framed(byte[] bytes) => [.. Number(bytes.Length), .. bytes];

    private static byte[] Number(int number)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }
}
