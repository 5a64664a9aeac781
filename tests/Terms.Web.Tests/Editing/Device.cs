using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terms.Web.Tests.Editing;

/// <summary>A device with one passkey, and the browser before it (W3C Web Authentication, Level 3): what they say can be bent in every way.</summary>
internal sealed class Device : IDisposable
{
    private const byte Present = 0x01, Verified = 0x04, Eligible = 0x08, Attested = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    private string handle = "";

    /// <summary>The id of the passkey.</summary>
    public string Id => Base64Url.EncodeToString(id);

    /// <summary>How often it has signed.</summary>
    public uint Count { get; set; }

    /// <summary>The page that the browser shows.</summary>
    public string Origin { get; set; } = "http://localhost";

    /// <summary>Whether that page stands in a frame of another site.</summary>
    public bool IsFramed { get; set; }

    /// <summary>Whether the device asks for finger, face or PIN.</summary>
    public bool Verifies { get; set; } = true;

    /// <summary>The site that the device takes itself to be asked by; null for the one that asks.</summary>
    public string? Site { get; set; }

    public void Dispose() => key.Dispose();

    /// <summary>Makes the passkey.</summary>
    /// <param name="options">What the server asks for.</param>
    public string Make(string options)
    {
        using var asked = JsonDocument.Parse(options);
        handle = asked.RootElement.GetProperty("user").GetProperty("id").GetString()!;
        var data = Data(asked.RootElement.GetProperty("rp").GetProperty("id").GetString()!, Attested, [.. new byte[16], 0, (byte)id.Length, .. id, .. PublicKey()]);
        byte[] attestation = [0xA3, .. Text("fmt"), .. Text("none"), .. Text("attStmt"), 0xA0, .. Text("authData"), 0x58, (byte)data.Length, .. data]; // CBOR (RFC 8949)
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(Seen("webauthn.create", asked)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal", "pigeon"),
        });
    }

    /// <summary>Signs a challenge.</summary>
    /// <param name="options">What the server asks for.</param>
    public string Sign(string options)
    {
        using var asked = JsonDocument.Parse(options);
        Count++;
        var (data, seen) = (Data(asked.RootElement.GetProperty("rpId").GetString()!, 0, []), Seen("webauthn.get", asked));
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(seen),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(key.SignData([.. data, .. SHA256.HashData(seen)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
            ["userHandle"] = handle,
        });
    }

    /// <summary>A device that says it is another and has not its key.</summary>
    public Device Forged()
    {
        var forged = new Device { handle = handle, Count = Count };
        id.CopyTo(forged.id, 0);
        return forged;
    }

    private string Credential(JsonObject response) =>
        new JsonObject { ["id"] = Id, ["rawId"] = Id, ["type"] = "public-key", ["clientExtensionResults"] = new JsonObject(), ["response"] = response }.ToJsonString();

    private byte[] Seen(string type, JsonDocument asked) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        type, challenge = asked.RootElement.GetProperty("challenge").GetString(), origin = Origin, crossOrigin = IsFramed,
    });

    private byte[] Data(string site, byte flags, byte[] rest)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, Count);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(Site ?? site)), (byte)(Present | Eligible | (Verifies ? Verified : 0) | flags), .. count, .. rest];
    }

    /// <summary>The key as COSE_Key (RFC 9053, section 7.1.1): EC2, ES256, P-256, x, y.</summary>
    private byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.ASCII.GetBytes(text)];
}
