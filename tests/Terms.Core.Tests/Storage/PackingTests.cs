using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
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
    public void What_is_much_alike_is_packed_into_a_fraction()
    {
        var blob = Enumerable.Range(0, 25).SelectMany(n => Framed(Encoding.UTF8.GetBytes(
            $"{{\"agreements\":[{{\"agreement\":\"free-membership\",\"language\":\"en\",\"version\":\"2025-04-01\"}}],\"kind\":\"agree\",\"subject\":\"member-{n}\"}}"))).ToArray();

        Assert.InRange(Packing.Pack(blob, new byte[blob.Length]).Length, 1, blob.Length / 4);
    }

    [Fact]
    public void A_packed_blob_that_was_altered_or_cut_is_refused_or_unpacks_to_as_many_bytes_as_it_says() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(2_000), Prop.ForAll(
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
            Assert.True(!Packing.TryUnpack(altered, ref room, out var unpacked) || unpacked.Length == blob.Length);
            Packing.Return(room);
        }));

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-2_000_000_000)]
    [InlineData(-256)]
    [InlineData(-1)]
    public void A_length_that_no_block_of_that_size_can_have_takes_no_memory(int number)
    {
        var blob = new byte[] { 0, 0, 0, 0, 0 };
        BinaryPrimitives.WriteInt32BigEndian(blob, number);
        byte[]? room = null;

        Assert.False(Packing.TryUnpack(blob, ref room, out _));
        Assert.InRange(room?.Length ?? 0, 0, 256);
    }

    private static byte[] Blob(int count, int longest, int letters)
    {
        var random = new Random(longest);
        return [.. Enumerable.Range(0, count).SelectMany(_ => Framed([.. Enumerable.Range(0, random.Next(longest + 1)).Select(_ => (byte)random.Next(letters))]))];
    }

    private static byte[] Framed(byte[] bytes)
    {
        var framed = new byte[sizeof(int) + bytes.Length];
        BinaryPrimitives.WriteInt32BigEndian(framed, bytes.Length);
        bytes.CopyTo(framed, sizeof(int));
        return framed;
    }
}
