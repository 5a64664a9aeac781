using System.Security.Cryptography;
using System.Text;

namespace Terms.Acceptance;

/// <summary>
/// The public key of a log as C2SP signed-note writes it: <c>name+id+key</c>. The key is the byte 0x02 (ECDSA) and a SubjectPublicKeyInfo in DER on the curve
/// P-256, in base64; the id is the first four bytes of SHA-256 over the SubjectPublicKeyInfo, in hexadecimal.
/// </summary>
public sealed class VerifierKey
{
    /// <summary>The kind of signature: ECDSA.</summary>
    internal const byte Ecdsa = 2;

    private readonly byte[] key;

    internal VerifierKey(string name, byte[] subjectPublicKeyInfo)
    {
        Name = Checkpoint.RequireOrigin(name);
        key = subjectPublicKeyInfo;
    }

    /// <summary>The name: the origin of the log.</summary>
    public string Name { get; }

    /// <summary>The first four bytes of SHA-256 over the key.</summary>
    public ReadOnlySpan<byte> Id => SHA256.HashData(key).AsSpan(0, 4);

    /// <summary>Reads a key.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static VerifierKey Parse(string text)
    {
        try
        {
            if (text.Split('+', 3) is [var name, _, var base64] && Convert.FromBase64String(base64) is [Ecdsa, .. var spki])
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(spki, out var read);
                var key = new VerifierKey(name, spki);
                if (read == spki.Length && ecdsa.KeySize == 256 && key.ToString() == text)
                {
                    return key;
                }
            }
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            throw new FormatException(Wrong(text), e);
        }
        throw new FormatException(Wrong(text));
    }

    /// <summary>The same key for the log of another origin.</summary>
    public VerifierKey For(string origin) => new(origin, key);

    /// <summary>The checkpoint of a note that this key has signed.</summary>
    /// <exception cref="FormatException">The note is not a checkpoint of this log, or this key has not signed it.</exception>
    public SignedTree Open(string note)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0)
        {
            throw new FormatException("A signed note has an empty line between its text and its signatures.");
        }
        var text = note[..(end + 1)];
        var checkpoint = Checkpoint.Parse(text);
        if (checkpoint.Origin != Name)
        {
            throw new FormatException($"The checkpoint is of {checkpoint.Origin}, not of {Name}.");
        }
        var prefix = $"— {Name} ";
        foreach (var line in note[(end + 2)..].Split('\n').Where(l => l.StartsWith(prefix, StringComparison.Ordinal)))
        {
            var signature = new byte[line.Length];
            if (Convert.TryFromBase64String(line[prefix.Length..], signature, out var length) && length > 4 && signature.AsSpan(0, 4).SequenceEqual(Id)
                && Convert.ToBase64String(signature.AsSpan(0, length)) == line[prefix.Length..]) // The last sign has bits that say nothing; they are zero (RFC 4648, section 3.5).
            {
                using var ecdsa = ECDsa.Create();
                ecdsa.ImportSubjectPublicKeyInfo(key, out _);
                return ecdsa.VerifyData(Encoding.UTF8.GetBytes(text), signature.AsSpan(4, length - 4), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                    ? new SignedTree(checkpoint, note)
                    : throw new FormatException($"The signature under the checkpoint of {Name} at size {checkpoint.Size} is not over these words.");
            }
        }
        throw new FormatException($"The checkpoint of {Name} at size {checkpoint.Size} bears no signature of the key {Name}+{Convert.ToHexStringLower(Id)}.");
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}+{Convert.ToHexStringLower(Id)}+{Convert.ToBase64String([Ecdsa, .. key])}";

    private static string Wrong(string text) => $"\"{(text.Length > 60 ? text[..60] + "…" : text)}\" is not a verifier key: a name, its id in hexadecimal and an ECDSA key on P-256 in base64, joined by \"+\".";
}
