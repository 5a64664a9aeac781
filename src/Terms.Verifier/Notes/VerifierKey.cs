using System.Globalization;
using System.Security.Cryptography;

namespace Terms.Verifier.Notes;

/// <summary>
/// A key that checks the signatures of one log, as C2SP signed-note writes it: <c>name+id+key</c>; the key is type <c>0x02</c> and a P-256 key as SubjectPublicKeyInfo in DER,
/// the id the first four bytes of SHA-256 over that, in hexadecimal.
/// </summary>
public sealed class VerifierKey
{
    private const byte EcdsaType = 0x02;
    private const int LongestLine = 1000;

    /// <summary>How the SubjectPublicKeyInfo of every uncompressed P-256 key begins (RFC 5480): nothing else is taken.</summary>
    private static readonly byte[] P256 = Convert.FromHexString("3059301306072a8648ce3d020106082a8648ce3d03010703420004");

    private readonly ECDsa _key;

    private VerifierKey(string name, byte[] information, string text)
    {
        (Name, Text) = (name, text);
        Id = SHA256.HashData(information)[..4];
        var point = information.AsSpan(P256.Length);
        _key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = point[..32].ToArray(), Y = point[32..].ToArray() },
        });
    }

    /// <summary>The name of the key, which is the origin of its log.</summary>
    public string Name { get; }

    /// <summary>The key as it is written.</summary>
    public string Text { get; }

    /// <summary>The first four bytes of SHA-256 over the key; they choose a key, and prove nothing.</summary>
    internal byte[] Id { get; }

    /// <summary>Reads a verifier key.</summary>
    /// <exception cref="FormatException">The text is not a verifier key for ECDSA on P-256; the message says why.</exception>
    public static VerifierKey Parse(string text)
    {
        try
        {
            return Read(text);
        }
        catch (MalformedException wrong)
        {
            throw new FormatException($"This is not a verifier key: {wrong.Message}. It is written as name+id+key, one a line.");
        }
    }

    /// <summary>Reads the keys of a file, one a line; empty lines do not count.</summary>
    /// <exception cref="FormatException">A line is not a verifier key, or there is none.</exception>
    public static IReadOnlyList<VerifierKey> ParseLines(string text)
    {
        VerifierKey[] keys = [.. text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).Take(100).Select(Parse)];
        return keys.Length > 0 ? keys : throw new FormatException("There is no verifier key in it. It is written as name+id+key, one a line.");
    }

    internal static VerifierKey Read(string text)
    {
        if (text.Length > LongestLine || text.Split('+', 3) is not [{ Length: > 0 } name, { Length: 8 } id, var encoded])
        {
            throw new MalformedException("it does not have the three parts name, id and key");
        }
        if (name.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            throw new MalformedException("its name has white space or control characters");
        }
        if (StrictBase64.Read(encoded) is not [EcdsaType, .. var information] || information.Length != P256.Length + 64 || !information.AsSpan().StartsWith(P256))
        {
            throw new MalformedException("its key is not base64 of 0x02 and a P-256 key as SubjectPublicKeyInfo");
        }
        if (id != Convert.ToHexStringLower(SHA256.HashData(information), 0, 4))
        {
            throw new MalformedException("its id is not the first four bytes of SHA-256 over its key");
        }
        try
        {
            return new VerifierKey(name, information, text);
        }
        catch (CryptographicException)
        {
            throw new MalformedException("its key is not a point of P-256");
        }
    }

    /// <summary>Whether a DER signature over SHA-256 of a text is this key's.</summary>
    internal bool Signed(ReadOnlySpan<byte> text, ReadOnlySpan<byte> der) =>
        DerSignature.TryRead(der, out var signature) && _key.VerifyHash(SHA256.HashData(text), signature, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);

    /// <summary>The key as it is written.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text}");
}
