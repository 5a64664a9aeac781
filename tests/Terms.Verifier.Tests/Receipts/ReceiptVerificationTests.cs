using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Terms.Verifier.Notes;
using Terms.Verifier.Receipts;

namespace Terms.Verifier.Tests.Receipts;

public sealed class ReceiptVerificationTests : IDisposable
{
    private readonly Ledger _ledger = Ledger.OfAcceptances(21);

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 21)]
    [InlineData(1, 21)]
    [InlineData(2, 21)]
    [InlineData(3, 21)]
    [InlineData(16, 17)]
    [InlineData(20, 21)]
    public void A_receipt_is_valid_for_every_place_and_size(int index, int size)
    {
        var verification = Verify(_ledger.Receipt(index, size), _ledger.PublicKey);

        Assert.True(verification.IsValid, verification.Verdict + string.Join('\n', verification.Checks));
        Assert.Equal(["form", "record", "id", "checkpoint", "inclusion", "key", "signature", "shown", "details", "instants"], verification.Checks.Select(c => c.Name));
        Assert.Equal(_ledger.Id(index), verification.Id);
    }

    [Fact]
    public void The_verdict_says_what_is_proved_and_what_is_not()
    {
        Assert.Equal(
            "Valid: the log terms.example/acceptances had this record as entry 4 when it signed its tree of 21 entries. By the record, customer-4 agreed to lamp-hire 2025-01-01, "
            + "recorded at 2026-05-03T10:00:04Z. The signature is that of the key that was given. It does not prove who the subject is in life, that what was shown was read or understood, "
            + "that the clock of the server was right, that nothing was withdrawn later, or that the log shows the same tree to everybody; what the agreement is worth is for the law to say.",
            Verify(_ledger.Receipt(4), _ledger.PublicKey).Verdict);
        Assert.Contains("customer-1 withdrew the acceptance " + _ledger.Id(1) + " of lamp-hire", Verify(_ledger.Receipt(2)).Verdict, StringComparison.Ordinal);
        Assert.Contains("customer-3 had agreed to lamp-hire 2025-01-01 in another system", Verify(_ledger.Receipt(3)).Verdict, StringComparison.Ordinal);
        _ledger.Add(Records.With(Records.Agree(21), ("actor", "clerk-9"), ("authority", "power of attorney"), ("kind", "acknowledge")));
        Assert.Contains("clerk-9, acting for customer-21 (power of attorney), acknowledged lamp-hire", Verify(_ledger.Receipt(21)).Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_the_verdict_says_that_the_key_is_the_receipts_own()
    {
        var verification = Verify(_ledger.Receipt(4));

        Assert.True(verification.IsValid);
        Assert.Contains("The key is the receipt's own: that it belongs to terms.example/acceptances is not proved.", verification.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void A_forgers_ledger_under_the_same_name_is_valid_with_its_own_key_and_not_with_the_published_one()
    {
        using var forger = Ledger.OfAcceptances(21);

        Assert.True(Verify(forger.Receipt(4)).IsValid);
        Fails(Verify(forger.Receipt(4), _ledger.PublicKey), "key", "which is not among those that were given");
        var receipt = forger.Receipt(4);
        receipt["publicKey"] = _ledger.PublicKey;
        Fails(Verify(receipt), "signature", "it does not bear the signature of the key");
    }

    [Fact]
    public void How_the_file_is_laid_out_does_not_matter()
    {
        var receipt = new JsonObject(_ledger.Receipt(4).Reverse().Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));

        var verification = ReceiptVerification.Of(Encoding.UTF8.GetBytes("\r\n\t" + receipt.ToJsonString(new JsonSerializerOptions { WriteIndented = true })));

        Assert.True(verification.IsValid, verification.Verdict);
    }

    [Fact]
    public void Details_may_be_left_out_and_those_given_have_to_open_their_commitments()
    {
        var receipt = _ledger.Receipt(4);
        receipt["details"]!.AsObject().Remove("email");
        var verification = Verify(receipt);
        Assert.True(verification.IsValid);
        Assert.Contains(verification.Checks, c => c.Words == "1 personal detail is given and opens its commitment. Not given, and so not checked: email.");

        receipt["details"]!["name"]!["value"] = "Zoe";
        Fails(Verify(receipt), "details", "`name` does not open its commitment");
        receipt["details"] = new JsonObject { ["user-agent"] = new JsonObject { ["salt"] = Records.Salt(1), ["value"] = "x" } };
        Fails(Verify(receipt), "details", "the record has no commitment to `user-agent`");
        foreach (var salt in new[] { "AAAA", "AAAAAAAAAAAAAAAAAAAAAB", "AAAAAAAAAAAAAAAAAAAA+A", "AAAAAAAAAAAAAAAAAAAAAA==" })
        {
            receipt["details"] = new JsonObject { ["name"] = new JsonObject { ["salt"] = salt, ["value"] = "x" } };
            Fails(Verify(receipt), "details", "the salt of `name` is not 16 bytes in base64url");
        }
    }

    [Fact]
    public void What_was_shown_has_to_be_what_the_record_cites()
    {
        var receipt = _ledger.Receipt(4);
        receipt["shown"]!["button"] = "OK";
        Fails(Verify(receipt), "shown", "the record cites sha256:");
        receipt["shown"] = null;
        Fails(Verify(receipt), "shown", "the record cites what was shown, and the receipt does not have it");
        var imported = _ledger.Receipt(3);
        imported["shown"] = Records.Shown();
        Fails(Verify(imported), "shown", "the record cites nothing");
    }

    [Theory]
    [InlineData("language", "ru", "it is in another language than the record says")]
    [InlineData("surface", "kiosk", "it was shown in another place than the record says")]
    [InlineData("answerDigest", "sha256:00", "its answer is not the one that the record cites")]
    [InlineData("schema", "terms-shown/2", "its `schema` is not terms-shown/1")]
    [InlineData("agreements", null, "`agreements` is not a list")]
    public void What_was_shown_has_to_be_about_what_the_record_is_about(string member, string? value, string why)
    {
        var shown = Records.With(Records.Shown(), (member, value));
        _ledger.Add(Records.With(Records.Agree(21), ("presentation", new JsonObject { ["id"] = "p", ["shown"] = Canonical.Digest(Canonical.Bytes(shown)) })));
        var receipt = _ledger.Receipt(21);
        receipt["shown"] = shown;

        Fails(Verify(receipt), "shown", why);
    }

    [Fact]
    public void A_version_that_was_not_shown_is_found()
    {
        var record = Records.Agree(21);
        record["agreements"]![0]!["version"] = "2026-01-01";
        _ledger.Add(record);

        Fails(Verify(_ledger.Receipt(21)), "shown", "the record names a version that was not shown");
    }

    [Fact]
    public void A_record_made_before_it_was_shown_is_found_although_it_is_signed()
    {
        _ledger.Add(Records.With(Records.Agree(21), ("presented", Records.Instant(22))));

        Fails(Verify(_ledger.Receipt(21)), "instants", "it was recorded before it was presented");
    }

    [Theory]
    [InlineData("index", "5", "inclusion")]
    [InlineData("size", "20", "checkpoint")]
    [InlineData("index", "-1", "form")]
    [InlineData("index", "4.0", "form")]
    [InlineData("index", "4e0", "form")]
    [InlineData("size", "\"21\"", "form")]
    [InlineData("id", "\"a4-00000000000000000000\"", "id")]
    [InlineData("inclusion", "[]", "inclusion")]
    [InlineData("inclusion", "[\"AA==\"]", "inclusion")]
    [InlineData("inclusion", "{}", "form")]
    [InlineData("checkpoint", "\"\"", "checkpoint")]
    [InlineData("publicKey", "\"\"", "key")]
    [InlineData("record", "[]", "form")]
    [InlineData("record", "{}", "record")]
    [InlineData("schema", "\"terms-receipt/2\"", "form")]
    [InlineData("shown", "7", "form")]
    [InlineData("more", "7", "form")]
    public void Each_member_is_held_to(string member, string value, string fails)
    {
        var receipt = _ledger.Receipt(4);
        receipt[member] = JsonNode.Parse(value);

        var verification = Verify(receipt);

        Assert.False(verification.IsValid);
        Assert.Contains(verification.Checks, c => c.Name == fails && c.Outcome == CheckOutcome.Failed);
        Assert.StartsWith("Not valid: nothing is proved, because of what failed: ", verification.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void What_rests_on_a_failed_check_is_said_not_to_have_been_done()
    {
        var receipt = _ledger.Receipt(4);
        receipt["record"]!["kind"] = "agreed";

        var verification = Verify(receipt);

        Assert.Equal(["id", "inclusion", "shown", "details", "instants"], verification.Checks.Where(c => c.Outcome == CheckOutcome.NotDone).Select(c => c.Name));
        Assert.Contains(verification.Checks, c => c.Words == "Not checked, because the record failed.");
    }

    [Fact]
    public void Hostile_files_are_refused_in_words()
    {
        Fails(ReceiptVerification.Of(new byte[ReceiptVerification.LargestReceipt + 1]), "form", "The file has more than 1048576 bytes, which no receipt has.");
        Fails(ReceiptVerification.Of(Encoding.UTF8.GetBytes(new string('[', 1_000_000))), "form", "it is not JSON");
        Fails(ReceiptVerification.Of([]), "form", "it is not JSON");
        var text = _ledger.Receipt(4).ToJsonString();
        Fails(ReceiptVerification.Of(Encoding.UTF8.GetBytes(text + "x")), "form", "it is not JSON");
        Fails(ReceiptVerification.Of(Encoding.UTF8.GetBytes(text[..^1] + ",\"index\":4}")), "form", "each member once");
        Fails(ReceiptVerification.Of(Encoding.UTF8.GetBytes(text.Replace("\"subject\":", "\"subject\":\"x\",\"subject\":", StringComparison.Ordinal))), "form", "each member once");
        Fails(ReceiptVerification.Of(Encoding.UTF8.GetBytes(text.Replace("\"signup-web\",\"withdraws", "\"\\ud800\",\"withdraws", StringComparison.Ordinal))), "record", "a surrogate without its other half");
    }

    [Fact]
    public void Words_from_a_receipt_cannot_reach_a_terminal()
    {
        var receipt = _ledger.Receipt(4);
        receipt["id"] = "a4\u001b[2J\n";
        receipt["checkpoint"] = "\u001b]0;x\u0007\n\n— a b\n";

        var verification = Verify(receipt);

        Assert.DoesNotContain(verification.Checks.Select(c => c.Words).Append(verification.Verdict).Append(verification.Id!), w => w.Any(char.IsControl));
    }

    private static ReceiptVerification Verify(JsonObject receipt, params string[] keys) =>
        ReceiptVerification.Of(Encoding.UTF8.GetBytes(receipt.ToJsonString()), [.. keys.Select(VerifierKey.Parse)]);

    private static void Fails(ReceiptVerification verification, string check, string why)
    {
        Assert.False(verification.IsValid);
        Assert.Contains(verification.Checks, c => c.Name == check && c.Outcome == CheckOutcome.Failed && c.Words.Contains(why, StringComparison.Ordinal));
    }
}
