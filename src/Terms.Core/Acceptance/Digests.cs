using System.Security.Cryptography;

namespace Terms.Acceptance;

/// <summary>Digests of bytes as they stand.</summary>
public static class Digests
{
    private const string Start = "sha256:";

    /// <summary>SHA-256 (FIPS 180-4), written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => Start + Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>The 32 bytes of a digest that was written so.</summary>
    internal static byte[] Bytes(string digest) => Convert.FromHexString(digest.AsSpan(Start.Length));
}
