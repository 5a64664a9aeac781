using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Terms.Acceptance;

/// <summary>
/// A receipt that proves itself offline: the record, its proof of inclusion up to a signed checkpoint, and the key. <c>docs/evidence.md</c> is the reference. One that
/// does not fit together is never made.
/// </summary>
public sealed class Receipt
{
    /// <summary>The format.</summary>
    public const string Schema = "terms-receipt/1";

    /// <summary>Gathers the parts and checks that they belong together.</summary>
    /// <param name="id">The name of the acceptance.</param>
    /// <param name="record">The record; its canonical bytes are the leaf.</param>
    /// <param name="proof">The proof that it is in the log.</param>
    /// <param name="details">The personal details that are still there and are to be given out.</param>
    /// <param name="shown">The canonical bytes of what was shown; null for what was not shown by this server.</param>
    /// <exception cref="ArgumentException">A detail does not open its commitment, or what was shown has not the digest that the record cites.</exception>
    public Receipt(AcceptanceId id, AcceptanceRecord record, LogProof proof, PersonalDetails details, ReadOnlyMemory<byte>? shown)
    {
        (Id, Record, Proof, Details, Shown) = (id, record, proof, details, shown);
        foreach (var detail in details.All)
        {
            if (record.Details.GetValueOrDefault(detail.Name) != detail.Commitment)
            {
                throw new ArgumentException($"The detail `{detail.Name}` of {id} does not open the commitment in the record. The annex was changed.");
            }
        }
        if (record.Shown?.Digest != (shown is { } bytes ? Digests.Of(bytes.Span) : null))
        {
            throw new ArgumentException($"What is kept as shown for {id} has not the digest that the record cites.");
        }
    }

    /// <summary>The name of the acceptance.</summary>
    public AcceptanceId Id { get; }

    /// <summary>The record.</summary>
    public AcceptanceRecord Record { get; }

    /// <summary>The proof that it is in the log.</summary>
    public LogProof Proof { get; }

    /// <summary>The personal details given out with it.</summary>
    public PersonalDetails Details { get; }

    /// <summary>What was shown, as canonical bytes.</summary>
    public ReadOnlyMemory<byte>? Shown { get; }

    /// <summary>The file, as JSON in UTF-8.</summary>
    public byte[] Bytes()
    {
        var output = new ArrayBufferWriter<byte>(8192);
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteString("id", Id.ToString());
            Raw(json, "record", Record.Bytes());
            json.WriteNumber("index", Id.Entry);
            json.WriteNumber("size", Proof.Size);
            json.WriteStartArray("inclusion");
            foreach (var hash in Proof.Inclusion)
            {
                json.WriteBase64StringValue(hash);
            }
            json.WriteEndArray();
            json.WriteString("checkpoint", Proof.Checkpoint);
            json.WriteString("publicKey", Proof.PublicKey);
            Raw(json, "details", Details.Bytes());
            if (Shown is { } shown)
            {
                Raw(json, "shown", shown.Span);
            }
            else
            {
                json.WriteNull("shown");
            }
            json.WriteEndObject();
        }
        return output.WrittenSpan.ToArray();
    }

    private static void Raw(Utf8JsonWriter json, string name, ReadOnlySpan<byte> canonical)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(canonical, skipInputValidation: true);
    }
}

/// <summary>The proof that a record is in the log of acceptances.</summary>
/// <param name="Size">The size of the tree that the proof is for.</param>
/// <param name="Inclusion">The inclusion proof (RFC 9162, section 2.1.3): hashes of 32 bytes, from the leaf upwards.</param>
/// <param name="Checkpoint">The signed note of that size.</param>
/// <param name="PublicKey">The verifier key, as C2SP signed notes write it.</param>
public sealed record LogProof(long Size, ImmutableArray<byte[]> Inclusion, string Checkpoint, string PublicKey);
