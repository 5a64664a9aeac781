using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Terms.Verifier.Audits;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Tests.Audits;

public sealed class ExportAuditTests : IDisposable
{
    private readonly Ledger _ledger = Ledger.OfAcceptances(30);

    public void Dispose() => _ledger.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    public void An_untouched_export_is_clean(int batch)
    {
        var report = Audit(_ledger.ExportLines(batch), _ledger.PublicKey);

        Assert.Empty(report.Findings);
        Assert.Equal(new AuditedLog("acceptances", 30, (30 + batch - 1) / batch, Convert.ToBase64String(ReferenceTree.Root(_ledger.Leaves)), _ledger.PublicKey), Assert.Single(report.Logs));
        Assert.StartsWith("Nothing wrong was found in 30 entries and ", report.Verdict, StringComparison.Ordinal);
        Assert.Contains("The signatures are those of the key that was given.", report.Verdict, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_key_the_verdict_says_where_the_key_came_from() => Assert.Contains(
        "The key came with what was audited: whoever can write there can change it too.", Audit(_ledger.ExportLines(7)).Verdict, StringComparison.Ordinal);

    [Fact]
    public void An_empty_log_is_clean_with_its_first_checkpoint_or_without()
    {
        using var empty = new Ledger();
        Assert.True(Audit(empty.ExportLines(1)).IsClean);
        Assert.True(Audit([.. empty.ExportLines(1), Ledger.CheckpointLine(empty.Checkpoint(0), 0)]).IsClean);
        Finds(Audit([.. empty.ExportLines(1), Ledger.CheckpointLine(empty.Checkpoint(0, new byte[32]), 0)]), "acceptances", "do not make the tree of the checkpoint of 0 entries");
    }

    [Fact]
    public void A_flipped_bit_in_a_record_is_found_within_its_batch()
    {
        var lines = _ledger.ExportLines(10);
        var at = lines.FindIndex(l => l.StartsWith("{\"entry\":14,", StringComparison.Ordinal));
        lines[at] = lines[at].Replace("customer-14", "customer-15", StringComparison.Ordinal);

        var finding = Audit(lines).Findings[0];

        Assert.Equal(("acceptances", 10L, 19L), (finding.Log, finding.From, finding.To));
        Assert.Equal("These entries do not make the tree of the checkpoint of 20 entries, which is signed.", finding.What);
        Assert.Contains("Every checkpoint before them still holds.", finding.Meaning, StringComparison.Ordinal);
        Finds(Audit(lines), "acceptances", "1 later checkpoint was not compared.");
    }

    [Fact]
    public void Every_flipped_bit_of_an_export_is_found()
    {
        using var small = Ledger.OfAcceptances(5);
        var export = Bytes(small.ExportLines(2));
        var random = new Random(5);
        VerifierKey[] keys = [VerifierKey.Parse(small.PublicKey)];
        for (var i = 0; i < 4000; i++)
        {
            var altered = export.ToArray();
            var at = random.Next(altered.Length);
            altered[at] ^= (byte)(1 << random.Next(8));
            if (!SameApartFromTime(export, altered, at))
            {
                var report = LedgerAudit.OfExport(new MemoryStream(altered), keys);
                Assert.False(report.IsClean, $"Nothing was found although byte {at} is {(char)altered[at]} and was {(char)export[at]}.");
            }
        }
    }

    [Fact]
    public void Removed_records_are_found()
    {
        var last = _ledger.ExportLines(10);
        last.RemoveAt(last.Count - 2);
        Finds(Audit(last), "acceptances", "The checkpoint of 29 entries says that it is of 30 entries", "The first line announces 30 entries; there are 29.", "No checkpoint covers these entries.");

        var middle = _ledger.ExportLines(10);
        middle.RemoveAt(middle.FindIndex(l => l.StartsWith("{\"entry\":14,", StringComparison.Ordinal)));
        var finding = Assert.Single(Audit(middle).Findings, f => f.What == "These entries are not there.");
        Assert.Equal((14L, 14L), (finding.From, finding.To));
        Finds(Audit(middle), "acceptances", "2 later checkpoints were not compared.");
    }

    [Fact]
    public void A_shorter_export_with_a_shorter_head_still_lacks_what_its_checkpoint_covers()
    {
        var lines = _ledger.ExportLines(10);
        lines.RemoveAt(lines.Count - 2);
        lines[0] = lines[0].Replace("\"size\":30", "\"size\":29", StringComparison.Ordinal);

        Finds(Audit(lines), "acceptances", "The checkpoint of 29 entries says that it is of 30 entries");
    }

    [Fact]
    public void Swapped_records_are_found_with_their_numbers_or_without()
    {
        var lines = _ledger.ExportLines(10);
        var at = lines.FindIndex(l => l.StartsWith("{\"entry\":14,", StringComparison.Ordinal));
        (lines[at], lines[at + 2]) = (lines[at + 2], lines[at]);
        Finds(Audit(lines), "acceptances", "These entries are not there.", "This entry stands where entry 17 should.", "It bears an instant that is more than a second before");

        lines[at] = lines[at].Replace("\"entry\":16", "\"entry\":14", StringComparison.Ordinal);
        lines[at + 2] = lines[at + 2].Replace("\"entry\":14", "\"entry\":16", StringComparison.Ordinal);
        Finds(Audit(lines), "acceptances", "do not make the tree of the checkpoint of 20 entries");
    }

    [Fact]
    public void A_replaced_checkpoint_is_found_and_does_not_accuse_the_records()
    {
        var lines = _ledger.ExportLines(10);
        using var forger = new Ledger();
        lines[11] = Ledger.CheckpointLine(forger.Checkpoint(10, new byte[32]), 10);

        var finding = Assert.Single(Audit(lines).Findings);

        Assert.Equal("The checkpoint of 10 entries does not count: it does not bear the signature of the key; nor is its root that of the entries.", finding.What);
        Assert.Equal("It is not what the log signed: it was replaced or damaged, or the key is another's.", finding.Meaning);
    }

    [Fact]
    public void A_whole_ledger_forged_under_the_same_name_is_found_with_the_published_key()
    {
        using var forger = Ledger.OfAcceptances(30);

        Assert.True(Audit(forger.ExportLines(10)).IsClean);
        Finds(Audit(forger.ExportLines(10), _ledger.PublicKey), "acceptances", "is not the one that was given", "does not count: it does not bear the signature of the key");
    }

    [Fact]
    public void Entries_behind_the_last_checkpoint_are_found()
    {
        var lines = _ledger.ExportLines(10);
        lines.RemoveAt(lines.Count - 1);

        var finding = Assert.Single(Audit(lines).Findings);

        Assert.Equal((20L, 29L, "No checkpoint covers these entries."), (finding.From, finding.To, finding.What));
    }

    [Fact]
    public void A_clock_that_runs_backwards_is_found_beyond_a_second()
    {
        _ledger.Add(Records.With(Records.Agree(30), ("recorded", Records.Instant(28)), ("presented", Records.Instant(20))));
        _ledger.Add(Records.With(Records.Agree(31), ("recorded", Records.Instant(27.9)), ("presented", Records.Instant(20))));

        var findings = Audit(_ledger.ExportLines(10)).Findings;

        Assert.Equal(31, Assert.Single(findings).From);
        Assert.Equal("The clock ran backwards, or records were put in another order.", findings[0].Meaning);
    }

    [Fact]
    public void A_record_made_before_it_was_shown_is_found()
    {
        _ledger.Add(Records.With(Records.Agree(30), ("presented", Records.Instant(31))));

        Finds(Audit(_ledger.ExportLines(10)), "acceptances", "The instants of the record are not in order: it was recorded before it was presented.");
    }

    [Theory]
    [InlineData("a99-00000000000000000000", "customer-1", "which does not come before it")]
    [InlineData("a1-00000000000000000000", "customer-1", "and entry 1 has another leaf hash")]
    [InlineData("1", "customer-1", "which is not the id of an acceptance")]
    [InlineData("2", "customer-1", "which is not an acceptance")]
    [InlineData("4", "customer-1", "which is another subject's")]
    [InlineData("a01", "customer-1", "which is not the id of an acceptance")]
    public void A_withdrawal_has_to_cite_an_earlier_acceptance_of_its_subject(string cited, string subject, string why)
    {
        _ledger.Add(Records.Withdraw(30, subject, cited is "2" or "4" ? _ledger.Id(int.Parse(cited, CultureInfo.InvariantCulture)) : cited));

        var finding = Assert.Single(Audit(_ledger.ExportLines(10)).Findings);

        Assert.Equal(30, finding.From);
        Assert.Contains(why, finding.What, StringComparison.Ordinal);
    }

    [Fact]
    public void Withdrawals_are_followed_through_more_entries_than_memory_keeps()
    {
        using var many = new Ledger();
        for (var i = 0; i < 10_000; i++)
        {
            many.Add(Records.Agree(i, hasDetails: false));
        }
        many.Add(Records.Withdraw(10_000, "customer-17", many.Id(17)));
        many.Add(Records.Withdraw(10_001, "customer-9999", many.Id(9999)));
        many.Add(Records.Withdraw(10_002, "customer-18", many.Id(17)));

        Assert.Equal([10_002], Audit(many.ExportLines(100_000)).Findings.Select(f => f.From));
    }

    [Fact]
    public void A_publication_that_was_put_in_twice_or_backdated_is_found()
    {
        using var catalogue = new Ledger("catalogue");
        catalogue.Add(Records.Published(0, "2025-01-01"));
        catalogue.Add(Records.Published(1, "2026-01-01"));
        Assert.True(Audit(catalogue.ExportLines(1)).IsClean);

        catalogue.Add(Records.Published(2, "2025-01-01", "another text"));
        Finds(Audit(catalogue.ExportLines(1)), "catalogue", "lamp-hire/2025-01-01 was published before, as entry 0, with another text.");
    }

    [Fact]
    public void A_truncated_export_is_found_wherever_it_ends()
    {
        var export = Bytes(_ledger.ExportLines(7));
        foreach (var length in Enumerable.Range(0, 200).Select(i => i * export.Length / 200).Append(export.Length - 1))
        {
            Assert.False(LedgerAudit.OfExport(new MemoryStream(export[..length])).IsClean, $"Nothing was found at {length} of {export.Length} bytes.");
        }
        Finds(LedgerAudit.OfExport(new MemoryStream(export[..^1])), "acceptances", "is cut off: it does not end in a line feed");
    }

    [Fact]
    public void Hostile_lines_are_refused_in_words()
    {
        var lines = _ledger.ExportLines(10);
        Finds(Audit([]), "store", "The export cannot be read on from line 1: it is empty.");
        Finds(Audit(["{}"]), "store", "the first line has no `schema`");
        Finds(Audit([lines[0].Replace("acceptances\",\"p", "others\",\"p", StringComparison.Ordinal)]), "store", "`log` is `others`, which is neither acceptances nor catalogue");
        Finds(Audit([lines[0].Replace("\"log\":\"acceptances", "\"log\":\"catalogue", StringComparison.Ordinal)]), "store", "which is not a log `catalogue`");
        Finds(Audit([lines[0], new string('x', 2_000_000)]), "acceptances", "The first line announces 30 entries; there are 0.");
        Finds(Audit([lines[0], new string('x', 2_000_000)]), "store", "a line is longer than 1049600 bytes");
        Finds(Audit([.. lines, "hello"]), "acceptances", $"Line {lines.Count + 1} is neither an entry nor a checkpoint.");
        Finds(Audit([.. lines, "{\"checkpoint\":\"\",\"checkpoint\":\"\",\"at\":\"\"}"]), "acceptances", "each member once");
        Finds(Audit([.. lines, lines[^1]]), "acceptances", "stands behind one of 30 entries");
        Finds(Audit([.. lines.Select(l => l.Replace("{\"entry\":5,", "{\"entry\":05,", StringComparison.Ordinal))]), "acceptances", "is neither an entry nor a checkpoint");
        Finds(Audit([.. lines.Select(l => l.Replace("{\"entry\":5,", "{\"entry\":9223372036854775807,", StringComparison.Ordinal))]), "acceptances", "These entries are not there.");
        Finds(Audit([.. lines.Select(l => l.Replace("{\"entry\":5,", "{\"entry\":92233720368547758070,", StringComparison.Ordinal))]), "acceptances", "is neither an entry nor a checkpoint");
        Finds(Audit([lines[0], $"{{\"entry\":0,\"record\":{new string('[', 500_000)}}}"]), "acceptances", "The record does not have the form of a record");
    }

    [Fact]
    public void More_findings_than_anybody_reads_are_counted()
    {
        var report = Audit([_ledger.ExportLines(10)[0], .. Enumerable.Repeat("?", 1500)]);

        Assert.Equal(1000, report.Findings.Count);
        Assert.Equal(501, report.Unlisted);
        Assert.Equal("1,501 findings in 0 entries and 0 checkpoints of acceptances.", report.Verdict);
    }

    [Fact]
    public void A_signed_record_that_is_not_in_the_canonical_form_is_found()
    {
        using var ledger = new Ledger();
        ledger.Leaves.Add(Encoding.UTF8.GetBytes(Records.Agree(0).ToJsonString()));

        Finds(Audit(ledger.ExportLines(1)), "acceptances", "The record does not have the form of a record: the member `actor` is missing or out of order; `schema` stands in its place.");
    }

    private static AuditReport Audit(IEnumerable<string> lines, params string[] keys) => LedgerAudit.OfExport(new MemoryStream(Bytes(lines)), [.. keys.Select(VerifierKey.Parse)]);

    private static byte[] Bytes(IEnumerable<string> lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));

    private static void Finds(AuditReport report, string log, params string[] whats) =>
        Assert.All(whats, what => Assert.True(report.Findings.Any(f => f.Log == log && f.What.Contains(what, StringComparison.Ordinal)), $"Not found: {what}. Found: {string.Join('\n', report.Findings)}"));

    /// <summary>Nobody signs for `at` and for the layout of head and checkpoint lines: what is the same but for them is no alteration.</summary>
    private static bool SameApartFromTime(byte[] export, byte[] altered, int at)
    {
        var start = Array.LastIndexOf(export, (byte)'\n', Math.Max(at - 1, 0), Math.Max(at, 1)) + 1;
        var end = Array.IndexOf(export, (byte)'\n', at);
        if (at == end || export.AsSpan(start).StartsWith("{\"entry\""u8))
        {
            return false;
        }
        try
        {
            var (was, @is) = (JsonNode.Parse(export.AsSpan(start, end - start))!.AsObject(), JsonNode.Parse(altered.AsSpan(start, end - start))!.AsObject());
            if (was.Remove("at") && !Verifier.Records.Instant.TryRead(Encoding.UTF8.GetBytes(@is["at"]?.GetValue<string>() ?? ""), out _))
            {
                return false;
            }
            return JsonNode.DeepEquals(was, @is) || (@is.Remove("at") && JsonNode.DeepEquals(was, @is));
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }
}
