using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Terms.Web.Tests.Endpoints;

/// <summary>Checks a receipt from its bytes alone, by RFC 9162 and C2SP signed notes; it uses nothing of the program.</summary>
internal static class ReceiptCheck
{
    /// <summary>Asserts that a receipt proves itself.</summary>
    public static void Proves(string receipt)
    {
        var json = JsonDocument.Parse(receipt).RootElement;
        var record = Encoding.UTF8.GetBytes(json.GetProperty("record").GetRawText());
        var leaf = SHA256.HashData([0, .. record]);
        var (index, size) = (json.GetProperty("index").GetInt64(), json.GetProperty("size").GetInt64());
        Assert.Equal($"a{index}-{Convert.ToHexStringLower(leaf)[..20]}", json.Text("id"));
        var note = json.Text("checkpoint").Split('\n');
        Assert.Equal(size.ToString(System.Globalization.CultureInfo.InvariantCulture), note[1]);
        Assert.Equal(note[2], Convert.ToBase64String(Root(leaf, index, size, [.. json.GetProperty("inclusion").EnumerateArray().Select(h => h.GetBytesFromBase64())])));
        Assert.True(IsSigned(json.Text("checkpoint"), json.Text("publicKey")));
        var cited = json.GetProperty("record").GetProperty("presentation");
        if (cited.ValueKind == JsonValueKind.Object)
        {
            Assert.Equal(cited.Text("shown"), Digest(json.GetProperty("shown").GetRawText()));
        }
        foreach (var detail in json.GetProperty("details").EnumerateObject())
        {
            var opened = $$"""{"name":{{JsonSerializer.Serialize(detail.Name)}},"salt":"{{detail.Value.Text("salt")}}","value":{{detail.Value.GetProperty("value").GetRawText()}}}""";
            Assert.Equal(json.GetProperty("record").GetProperty("details").Text(detail.Name), Digest(opened));
        }
    }

    /// <summary>RFC 9162, section 2.1.3.2.</summary>
    public static byte[] Root(byte[] leaf, long index, long size, byte[][] proof)
    {
        var (fn, sn, r) = (index, size - 1, leaf);
        foreach (var p in proof)
        {
            Assert.NotEqual(0, sn);
            if ((fn & 1) == 1 || fn == sn)
            {
                r = SHA256.HashData([1, .. p, .. r]);
                while (fn != 0 && (fn & 1) == 0)
                {
                    (fn, sn) = (fn >> 1, sn >> 1);
                }
            }
            else
            {
                r = SHA256.HashData([1, .. r, .. p]);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
        }
        Assert.Equal(0, sn);
        return r;
    }

    public static bool IsSigned(string note, string key)
    {
        var end = note.IndexOf("\n\n", StringComparison.Ordinal);
        var parts = key.Split('+', 3);
        var (name, bytes) = (parts[0], Convert.FromBase64String(parts[2]));
        Assert.Equal(2, bytes[0]);
        Assert.StartsWith(name + "\n", note, StringComparison.Ordinal);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(bytes.AsSpan(1), out _);
        var line = note[(end + 2)..].TrimEnd('\n');
        Assert.StartsWith($"— {name} ", line, StringComparison.Ordinal);
        var signature = Convert.FromBase64String(line[$"— {name} ".Length..]);
        Assert.Equal(SHA256.HashData(bytes.AsSpan(1)).AsSpan(0, 4).ToArray(), signature[..4]);
        return ecdsa.VerifyData(Encoding.UTF8.GetBytes(note[..(end + 1)]), signature.AsSpan(4), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    public static string Digest(string text) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
