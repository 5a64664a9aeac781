using System.Text;
using System.Text.Json.Nodes;
using Terms.Verifier.Notes;
using Terms.Verifier.Receipts;

namespace Terms.Verifier.Tests.Receipts;

/// <summary>
/// Receipts altered at random in every part. An alteration counts only if the file then says something else (another layout of the same content is no alteration),
/// and if it is not one that the format allows: personal details may be left out.
/// </summary>
public sealed class AlteredReceiptTests
{
    private const int Wanted = 10_000;

    [Fact]
    public void Of_ten_thousand_altered_receipts_none_is_accepted()
    {
        using var ledger = Ledger.OfAcceptances(37);
        var random = new Random(20260503);
        JsonObject[] receipts = [ledger.Receipt(0), ledger.Receipt(2), ledger.Receipt(3), ledger.Receipt(17), ledger.Receipt(35), ledger.Receipt(36)];
        VerifierKey[] keys = [VerifierKey.Parse(ledger.PublicKey)];
        var altered = 0;
        var byPart = new Dictionary<string, int>(StringComparer.Ordinal);
        while (altered < Wanted)
        {
            var receipt = receipts[random.Next(receipts.Length)];
            var (bytes, part) = random.Next(2) == 0 ? AlterBytes(receipt, random) : AlterStructure(receipt, random);
            if (SaysTheSame(receipt, bytes))
            {
                continue;
            }
            altered++;
            byPart[part] = byPart.GetValueOrDefault(part) + 1;
            var verification = ReceiptVerification.Of(bytes, random.Next(2) == 0 ? keys : []);
            Assert.False(verification.IsValid, $"Accepted although altered in {part}: {Encoding.UTF8.GetString(bytes)}");
        }
        Assert.Equal(["bytes", "checkpoint", "details", "id", "inclusion", "index", "publicKey", "record", "schema", "shown", "size"], byPart.Where(p => p.Value > 100).Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    private static (byte[] Bytes, string Part) AlterBytes(JsonObject receipt, Random random)
    {
        List<byte> bytes = [.. Encoding.UTF8.GetBytes(receipt.ToJsonString())];
        for (var times = random.Next(1, 4); times > 0; times--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveAt(at);
                    break;
                case 3:
                    bytes.Insert(at, (byte)random.Next(32, 127));
                    break;
                default:
                    var length = random.Next(1, Math.Min(40, bytes.Count - at) + 1);
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
        }
        return ([.. bytes], "bytes");
    }

    private static (byte[] Bytes, string Part) AlterStructure(JsonObject receipt, Random random)
    {
        var altered = receipt.DeepClone().AsObject();
        var part = altered.ElementAt(random.Next(altered.Count)).Key;
        JsonNode parent = altered;
        object place = part;
        for (var child = altered[part]; child is not null; child = Child(parent, place))
        {
            var inner = child switch
            {
                JsonObject { Count: > 0 } o => o.ElementAt(random.Next(o.Count)).Key,
                JsonArray { Count: > 0 } a => random.Next(a.Count),
                _ => (object?)null,
            };
            if (inner is null || random.Next(5) == 0)
            {
                break;
            }
            (parent, place) = (child, inner);
        }
        var value = Child(parent, place);
        var other = (random.Next(6), value) switch
        {
            (0, _) => null,
            (1, _) => JsonNode.Parse(random.Next(3) switch { 0 => "[]", 1 => "{}", _ => "\"\"" }),
            (2, _) => JsonValue.Create(random.Next(-2, 50)),
            (_, JsonValue v) when v.TryGetValue<string>(out var text) && text.Length > 0 => JsonValue.Create(Altered(text, random)),
            (_, JsonValue v) when v.TryGetValue<int>(out var number) => JsonValue.Create(number + random.Next(-3, 4)),
            (_, JsonArray a) => new JsonArray([.. a.Select(i => i?.DeepClone()).Reverse(), .. a.Take(1).Select(i => i?.DeepClone())]),
            (_, JsonObject o) => new JsonObject([.. o.Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())), KeyValuePair.Create<string, JsonNode?>("extra", "x")]),
            _ => JsonValue.Create(true),
        };
        if (parent is JsonObject members)
        {
            members[(string)place] = other;
        }
        else
        {
            parent.AsArray()[(int)place] = other;
        }
        return (Encoding.UTF8.GetBytes(altered.ToJsonString()), part);
    }

    private static JsonNode? Child(JsonNode parent, object place) => place is string name ? parent[name] : parent[(int)place];

    private static string Altered(string text, Random random)
    {
        var at = random.Next(text.Length);
        return random.Next(4) switch
        {
            0 => text.Remove(at, 1),
            1 => text.Insert(at, text[random.Next(text.Length)].ToString()),
            2 => text[..at] + (char)(text[at] ^ (1 << random.Next(5))) + text[(at + 1)..],
            _ => text[..at] + text[random.Next(text.Length)] + text[(at + 1)..],
        };
    }

    /// <summary>Whether a file says what the receipt says, apart from details that were left out.</summary>
    private static bool SaysTheSame(JsonObject receipt, byte[] bytes)
    {
        try
        {
            if (JsonNode.Parse(bytes, documentOptions: new() { AllowDuplicateProperties = false }) is not JsonObject read || read["details"] is not JsonObject details)
            {
                return false;
            }
            var same = receipt.DeepClone().AsObject();
            foreach (var name in same["details"]!.AsObject().Select(d => d.Key).Except(details.Select(d => d.Key)).ToList())
            {
                same["details"]!.AsObject().Remove(name);
            }
            return JsonNode.DeepEquals(read, same);
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            return false; // Not JSON any more, which is another thing to say.
        }
    }
}
