using System.Security.Cryptography;

namespace Terms.Acceptance;

/// <summary>Digests of bytes as they stand.</summary>
public static class Digests
{
    /// <summary>SHA-256 (FIPS 180-4), written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    public static string Of(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
