using System.Security.Cryptography;
using System.Text;

namespace Terms.Acceptance;

/// <summary>Signs checkpoints as C2SP signed notes: ECDSA on P-256 over SHA-256 of the text, in DER (RFC 3279, section 2.2.3). The one class that holds the secret key; one thread at a time.</summary>
public sealed class CheckpointSigner : IDisposable
{
    private readonly ECDsa ecdsa;
    private readonly byte[] subjectPublicKeyInfo;
    private readonly byte[] id;

    private CheckpointSigner(ECDsa ecdsa)
    {
        this.ecdsa = ecdsa;
        subjectPublicKeyInfo = ecdsa.ExportSubjectPublicKeyInfo();
        id = SHA256.HashData(subjectPublicKeyInfo)[..4];
    }

    /// <summary>A signer with a new key.</summary>
    public static CheckpointSigner Generate() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>The signer of a PKCS #8 key in PEM.</summary>
    /// <exception cref="FormatException">It is not a key on P-256.</exception>
    public static CheckpointSigner FromPem(string pem)
    {
        var ecdsa = ECDsa.Create();
        try
        {
            ecdsa.ImportFromPem(pem);
            var curve = ecdsa.ExportParameters(includePrivateParameters: true).Curve;
            return curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value ? new CheckpointSigner(ecdsa) : throw new FormatException("The key is not on the curve P-256.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or FormatException)
        {
            ecdsa.Dispose();
            throw new FormatException("This is not a secret ECDSA key on P-256 in PEM (PKCS #8).", e);
        }
    }

    /// <summary>The secret key as PKCS #8 in PEM.</summary>
    public string ToPem() => ecdsa.ExportPkcs8PrivateKeyPem() + "\n";

    /// <summary>The public key for the log of this origin.</summary>
    public VerifierKey Key(string origin) => new(origin, subjectPublicKeyInfo);

    /// <summary>The signed note of a checkpoint.</summary>
    public SignedTree Sign(Checkpoint checkpoint)
    {
        var text = checkpoint.Text;
        var signature = ecdsa.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedTree(checkpoint, $"{text}\n— {checkpoint.Origin} {Convert.ToBase64String([.. id, .. signature])}\n");
    }

    /// <inheritdoc/>
    public void Dispose() => ecdsa.Dispose();
}
