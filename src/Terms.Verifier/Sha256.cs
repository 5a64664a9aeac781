using System.Security.Cryptography;

namespace Terms.Verifier;

/// <summary>SHA-256 with one object for a thread: to make one anew takes as long as hashing a short text.</summary>
internal static class Sha256
{
    [ThreadStatic]
    private static IncrementalHash? _own;

    /// <summary>The hash of these bytes.</summary>
    public static void Of(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        var own = _own ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        own.AppendData(bytes);
        own.GetHashAndReset(hash);
    }
}
