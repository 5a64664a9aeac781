using Terms.Storage;

namespace Terms.Tests.Storage;

/// <summary>What is to be recorded checks itself.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(64)]
    public void A_digest_of_another_length_than_that_of_SHA256_is_refused(int length)
    {
        var refusal = Assert.Throws<ArgumentException>(() => new Recording(new byte[2], "member-1", StoreFolder.Now, "key", new byte[length]));

        Assert.StartsWith($"The digest of a request has 32 bytes, not {length}.", refusal.Message, StringComparison.Ordinal);
    }
}
