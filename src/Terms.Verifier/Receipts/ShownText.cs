using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terms.Verifier.Json;

namespace Terms.Verifier.Receipts;

/// <summary>Checks that what a receipt says was shown is what its record cites, and is about the same versions, language, surface and answer.</summary>
internal static class ShownText
{
    public static string Check(Receipt receipt, ReadOnlySpan<byte> cited)
    {
        var shown = receipt.Shown;
        if (shown.ValueKind == JsonValueKind.Null)
        {
            return cited.IsEmpty ? "Nothing was shown for this record, and it cites nothing." : throw new MalformedException("the record cites what was shown, and the receipt does not have it");
        }
        if (cited.IsEmpty)
        {
            throw new MalformedException("the receipt says what was shown, and the record cites nothing");
        }
        var digest = Digest(shown);
        if (!cited.SequenceEqual(Encoding.ASCII.GetBytes(digest)))
        {
            throw new MalformedException($"its digest is {digest}, the record cites {Quoted.Text(cited)}");
        }
        Hold(Member(shown, "schema") == "terms-shown/1", "its `schema` is not terms-shown/1");
        Hold(Member(shown, "language") == Member(receipt.Record, "language"), "it is in another language than the record says");
        Hold(Member(shown, "surface") == Member(receipt.Record, "surface"), "it was shown in another place than the record says");
        Hold(Member(shown, "answerDigest") == Member(receipt.Record, "answer") && Digest(Of(shown, "answer")) == Member(shown, "answerDigest"), "its answer is not the one that the record cites");
        (string, string, string)[] versions = [.. Versions(shown)];
        Hold(Versions(receipt.Record).All(versions.Contains), "the record names a version that was not shown");
        return "What was shown has the digest that the record cites, and shows the versions, the language, the place and the answer of the record.";
    }

    private static string Digest(JsonElement value) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(value)))}";

    private static IEnumerable<(string Agreement, string Version, string Digest)> Versions(JsonElement of)
    {
        var list = Of(of, "agreements");
        return list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Select(v => (Member(v, "agreement"), Member(v, "version"), Member(v, "textDigest")))
            : throw new MalformedException("`agreements` is not a list");
    }

    private static string Member(JsonElement of, string name) => Of(of, name).ValueKind == JsonValueKind.Null ? "" : Of(of, name).Text($"`{name}`");

    private static JsonElement Of(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : throw new MalformedException($"`{name}` is missing");

    private static void Hold(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new MalformedException(otherwise);
        }
    }
}
