using Terms.Storage;

namespace Terms.Tests.Storage;

/// <summary>SipHash-2-4 against the vectors of its authors: key 00 to 0f, messages 00, 00 01, 00 01 02 and so on.</summary>
public sealed class SipHashTests
{
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(7, 0xab0200f58b01d137)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void The_known_messages_give_the_known_hashes(int length, ulong hash)
    {
        byte[] key = [.. Enumerable.Range(0, 16).Select(i => (byte)i)];

        Assert.Equal(hash, SipHash.Of(key, key.AsSpan(0, length)));
    }
}
