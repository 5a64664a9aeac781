using System.Security.Cryptography;

namespace Terms.Verifier;

/// <summary>SHA-256 with one object for a thread: to make one anew takes as long as hashing a short text.</summary>
internal static class Sha256
{
    [ThreadStatic]
    private static IncrementalHash? _own;

    /// <summary>The hash of two pieces, one behind the other.</summary>
    public static void Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Span<byte> hash)
    {
        var own = _own ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        own.AppendData(first);
        own.AppendData(second);
        own.GetHashAndReset(hash);
    }

    /// <summary>The hash of one piece.</summary>
    public static void Of(ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        var own = _own ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        own.AppendData(bytes);
        own.GetHashAndReset(hash);
    }
}
