using System.Text.Json;
using Terms.Verifier.Json;

namespace Terms.Verifier.Receipts;

/// <summary>A receipt <c>terms-receipt/1</c> whose members are there and of their kind; nothing about it is proved yet.</summary>
internal sealed record Receipt(
    string Id, JsonElement Record, long Index, long Size, IReadOnlyList<string> Inclusion, string Checkpoint, string PublicKey, JsonElement Details, JsonElement Shown)
{
    /// <summary>The longest path of a tree whose size is a number of 63 bits.</summary>
    private const int LongestProof = 63;

    public static Receipt Read(ReadOnlySpan<byte> receipt)
    {
        if (StrictJson.Parse(receipt).Members("the receipt", "schema", "id", "record", "index", "size", "inclusion", "checkpoint", "publicKey", "details", "shown")
            is not [var schema, var id, var record, var index, var size, var inclusion, var checkpoint, var key, var details, var shown] || schema.Text("`schema`") != "terms-receipt/1")
        {
            throw new MalformedException("its `schema` is not terms-receipt/1");
        }
        if (inclusion.ValueKind != JsonValueKind.Array || inclusion.GetArrayLength() > LongestProof)
        {
            throw new MalformedException($"`inclusion` is not a list of at most {LongestProof} hashes");
        }
        if (record.ValueKind != JsonValueKind.Object || details.ValueKind != JsonValueKind.Object || shown.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
        {
            throw new MalformedException("`record` and `details` have to be objects, `shown` an object or null");
        }
        return new Receipt(
            id.Text("`id`"), record, index.Count("`index`"), size.Count("`size`"), [.. inclusion.EnumerateArray().Select(hash => hash.Text("a hash of `inclusion`"))],
            checkpoint.Text("`checkpoint`"), key.Text("`publicKey`"), details, shown);
    }
}
