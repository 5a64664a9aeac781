using System.Globalization;
using Terms.Verifier.Json;
using Terms.Verifier.Notes;
using Terms.Verifier.Records;
using Terms.Verifier.Trees;

namespace Terms.Verifier.Receipts;

/// <summary>
/// What was found about a receipt, from its bytes alone and, if given, a key. How the file is laid out does not matter (white space, order of members, escapes that were not
/// needed); everything that it says does. Members that are not known are refused.
/// </summary>
public sealed class ReceiptVerification
{
    /// <summary>The largest receipt that is read, in bytes.</summary>
    public const int LargestReceipt = 1 << 20;

    private readonly List<VerificationCheck> _checks = [];

    private ReceiptVerification() => Verdict = "";

    /// <summary>What was checked, in the order in which it was.</summary>
    public IReadOnlyList<VerificationCheck> Checks => _checks;

    /// <summary>The id that the receipt gives the acceptance; null if the receipt could not be read.</summary>
    public string? Id { get; private set; }

    /// <summary>Whether every check passed.</summary>
    public bool IsValid => _checks.All(c => c.Outcome == CheckOutcome.Passed);

    /// <summary>What the receipt proves and what it does not, in sentences.</summary>
    public string Verdict { get; private set; }

    /// <summary>Checks a receipt.</summary>
    /// <param name="receipt">The bytes of the file; they may come from anywhere.</param>
    /// <param name="keys">The keys of which one has to have signed; none: the receipt's own key is used, and the verdict says so.</param>
    public static ReceiptVerification Of(ReadOnlySpan<byte> receipt, IReadOnlyList<VerifierKey>? keys = null)
    {
        var verification = new ReceiptVerification();
        verification.Verdict = verification.Check(receipt, keys ?? []);
        return verification;
    }

    private string Check(ReadOnlySpan<byte> bytes, IReadOnlyList<VerifierKey> keys)
    {
        Receipt? receipt = null;
        Checkpoint? checkpoint = null;
        VerifierKey? key = null;
        byte[]? leaf = null;
        if (bytes.Length > LargestReceipt)
        {
            Failed("form", string.Create(CultureInfo.InvariantCulture, $"The file has more than {LargestReceipt} bytes, which no receipt has."));
            return Account.NotValid(_checks);
        }
        try
        {
            receipt = Receipt.Read(bytes);
            Id = Quoted.Text(receipt.Id);
            Passed("form", "The file is a receipt terms-receipt/1.");
        }
        catch (MalformedException wrong)
        {
            Failed("form", $"The file is not a receipt: {wrong.Message}.");
            return Account.NotValid(_checks);
        }
        var record = Array.Empty<byte>();
        Do("record", "The record does not have the form of a record", () =>
        {
            record = CanonicalJson.Bytes(receipt.Record);
            _ = AcceptanceFields.Read(record);
            leaf = Hashes.Leaf(record);
            return $"The record has the form terms-record/1; its canonical form has the leaf hash {Convert.ToHexStringLower(leaf)}.";
        });
        After("id", leaf, "the record", "The id does not fit", () => receipt.Id == AcceptanceId.Of(receipt.Index, leaf!)
            ? $"The id {receipt.Id} is made of the place and the leaf hash."
            : throw new MalformedException($"place and leaf hash make {AcceptanceId.Of(receipt.Index, leaf!)}, the receipt says {Quoted.Text(receipt.Id)}"));
        Do("checkpoint", "The checkpoint is not well formed", () =>
        {
            checkpoint = Checkpoint.Read(receipt.Checkpoint);
            if (checkpoint.Size != receipt.Size)
            {
                var size = checkpoint.Size;
                checkpoint = null;
                throw new MalformedException(string.Create(CultureInfo.InvariantCulture, $"it is of {size} entries, the proof is for {receipt.Size}"));
            }
            return string.Create(CultureInfo.InvariantCulture, $"The checkpoint is of the log {Quoted.Text(checkpoint.Origin)}, of {checkpoint.Size} entries.");
        });
        After("inclusion", leaf is null ? null : checkpoint, leaf is null ? "the record" : "the checkpoint", "The record is not in the tree of the checkpoint", () => Inclusion(receipt, leaf!, checkpoint!));
        Do("key", "The key of the receipt is not the one that has to have signed", () =>
        {
            var own = VerifierKey.Read(receipt.PublicKey);
            key = keys.Count == 0 || keys.Any(k => k.Text == own.Text)
                ? own
                : throw new MalformedException($"the receipt has the key {Quoted.Text(own.Text)}, which is not among those that were given");
            return keys.Count == 0 ? "The key is the receipt's own; no other was given." : "The key is the one that was given.";
        });
        After("signature", key is null ? null : checkpoint, key is null ? "the key" : "the checkpoint", "The checkpoint is not signed", () => checkpoint!.WrongWith(key!) is { } wrong
            ? throw new MalformedException(wrong)
            : "The checkpoint bears the signature of the key." + (checkpoint.Note.Signatures.Count > 1 ? " It bears others, which were not checked." : ""));
        After("shown", leaf, "the record", "What the receipt says was shown is not what the record cites", () => ShownText.Check(receipt, AcceptanceFields.Read(record).Shown));
        After("details", leaf, "the record", "The personal details do not open the commitments of the record", () => Details(receipt, record));
        After("instants", leaf, "the record", "The instants of the record are not in order", () => AcceptanceFields.Read(record).WrongOrder is { } wrong
            ? throw new MalformedException(wrong)
            : "The instants are in order: nothing was recorded before it was shown.");
        return IsValid ? Account.Valid(receipt, checkpoint!, keys.Count > 0) : Account.NotValid(_checks.Where(c => c.Outcome == CheckOutcome.Failed));
    }

    private static string Inclusion(Receipt receipt, byte[] leaf, Checkpoint checkpoint)
    {
        byte[][] proof = [.. receipt.Inclusion.Select(hash => StrictBase64.Read(hash) is { Length: Hashes.Size } bytes
            ? bytes
            : throw new MalformedException($"`{Quoted.Text(hash)}` in `inclusion` is not {Hashes.Size} bytes in base64"))];
        var root = InclusionProof.Root(leaf, receipt.Index, receipt.Size, proof)
            ?? throw new MalformedException(string.Create(CultureInfo.InvariantCulture, $"a proof of {proof.Length} hashes does not fit entry {receipt.Index} of {receipt.Size}"));
        return root.AsSpan().SequenceEqual(checkpoint.Root)
            ? string.Create(CultureInfo.InvariantCulture, $"From the leaf, as entry {receipt.Index}, the proof of {proof.Length} hashes leads to the root of the checkpoint.")
            : throw new MalformedException($"the proof leads to the root {Convert.ToBase64String(root)}, the checkpoint has {Convert.ToBase64String(checkpoint.Root)}");
    }

    private static string Details(Receipt receipt, byte[] record)
    {
        var opened = Commitment.Open(CanonicalJson.Bytes(receipt.Details), AcceptanceFields.Read(record).Details);
        string[] closed = [.. receipt.Record.GetProperty("details").EnumerateObject().Select(d => d.Name).Where(name => !receipt.Details.TryGetProperty(name, out _))];
        var words = string.Create(CultureInfo.InvariantCulture, $"{opened} personal {(opened == 1 ? "detail is given and opens its commitment" : "details are given, each of which opens its commitment")}.");
        return closed.Length == 0 ? words : $"{words} Not given, and so not checked: {string.Join(", ", closed)}.";
    }

    private void Do(string name, string otherwise, Func<string> check)
    {
        try
        {
            Passed(name, check());
        }
        catch (MalformedException wrong)
        {
            Failed(name, $"{otherwise}: {wrong.Message}.");
        }
    }

    private void After(string name, object? needed, string missing, string otherwise, Func<string> check)
    {
        if (needed is null)
        {
            _checks.Add(new VerificationCheck(name, CheckOutcome.NotDone, $"Not checked, because {missing} failed."));
            return;
        }
        Do(name, otherwise, check);
    }

    private void Passed(string name, string words) => _checks.Add(new VerificationCheck(name, CheckOutcome.Passed, words));

    private void Failed(string name, string words) => _checks.Add(new VerificationCheck(name, CheckOutcome.Failed, words));
}
