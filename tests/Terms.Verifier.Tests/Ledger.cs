using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Terms.Verifier.Tests;

/// <summary>A log with a key of its own, built from docs/evidence.md without a line of the writer or the verifier.</summary>
internal sealed class Ledger : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Ledger(string log = "acceptances") => Log = log;

    public string Log { get; }

    public string Origin => $"terms.example/{Log}";

    public List<byte[]> Leaves { get; } = [];

    public byte[] KeyInformation => _key.ExportSubjectPublicKeyInfo();

    public byte[] KeyId => SHA256.HashData(KeyInformation)[..4];

    public string PublicKey => KeyText(Origin, KeyId, KeyInformation);

    /// <summary>A log of some acceptances, the third a withdrawal of the second and the fourth imported.</summary>
    public static Ledger OfAcceptances(int count)
    {
        var ledger = new Ledger();
        for (var i = 0; i < count; i++)
        {
            ledger.Add(i switch { 2 => Records.Withdraw(i, "customer-1", ledger.Id(1)), 3 => Records.Imported(i), _ => Records.Agree(i) });
        }
        return ledger;
    }

    public static string KeyText(string name, byte[] id, byte[] information) => $"{name}+{Convert.ToHexString(id).ToLowerInvariant()}+{Convert.ToBase64String([2, .. information])}";

    public void Add(JsonNode record) => Leaves.Add(Canonical.Bytes(record));

    public string Id(int entry) => $"a{entry}-{Convert.ToHexString(ReferenceTree.Leaf(Leaves[entry])).ToLowerInvariant()[..20]}";

    public byte[] Sign(string text) => _key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    public string Checkpoint(int size) => Checkpoint(size, ReferenceTree.Root(Leaves[..size]));

    public string Checkpoint(int size, byte[] root, string? origin = null)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{origin ?? Origin}\n{size}\n{Convert.ToBase64String(root)}\n");
        return $"{text}\n— {origin ?? Origin} {Convert.ToBase64String([.. KeyId, .. Sign(text)])}\n";
    }

    public JsonObject Receipt(int index, int? size = null)
    {
        var record = JsonNode.Parse(Leaves[index])!.AsObject();
        var hasDetails = record["details"]!.AsObject().Count > 0;
        return new JsonObject
        {
            ["schema"] = "terms-receipt/1",
            ["id"] = Id(index),
            ["record"] = record,
            ["index"] = index,
            ["size"] = size ?? Leaves.Count,
            ["inclusion"] = new JsonArray([.. ReferenceTree.Path(Leaves, index, size ?? Leaves.Count).Select(h => (JsonNode)Convert.ToBase64String(h))]),
            ["checkpoint"] = Checkpoint(size ?? Leaves.Count),
            ["publicKey"] = PublicKey,
            ["details"] = hasDetails ? Records.Details(index) : new JsonObject(),
            ["shown"] = record["presentation"] is null ? null : Records.Shown(),
        };
    }

    /// <summary>The lines of an export with a checkpoint after so many entries, and after the last.</summary>
    public List<string> ExportLines(int batch)
    {
        var lines = new List<string> { new JsonObject { ["schema"] = "terms-export/1", ["log"] = Log, ["publicKey"] = PublicKey, ["size"] = Leaves.Count }.ToJsonString() };
        for (var i = 0; i < Leaves.Count; i++)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{{\"entry\":{i},\"record\":{Encoding.UTF8.GetString(Leaves[i])}}}"));
            if ((i + 1) % batch == 0 || i == Leaves.Count - 1)
            {
                lines.Add(CheckpointLine(Checkpoint(i + 1), i));
            }
        }
        return lines;
    }

    public static string CheckpointLine(string note, int second) => JsonSerializer.Serialize(new { checkpoint = note, at = Records.Instant(second) });

    public void Dispose() => _key.Dispose();
}
