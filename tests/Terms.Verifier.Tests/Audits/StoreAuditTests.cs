using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Terms.Verifier.Audits;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Tests.Audits;

public sealed class StoreAuditTests : IDisposable
{
    private readonly Ledger _acceptances = Ledger.OfAcceptances(300);
    private readonly Ledger _catalogue = new("catalogue");
    private readonly StoreFolder _store;

    public StoreAuditTests()
    {
        _catalogue.Add(Records.Published(0, "2025-01-01"));
        _catalogue.Add(Records.Published(0, "2026-01-01"));
        _store = new StoreFolder(_acceptances, _catalogue, 25);
    }

    public void Dispose()
    {
        _acceptances.Dispose();
        _catalogue.Dispose();
        _store.Dispose();
    }

    [Fact]
    public void An_untouched_store_is_clean_and_stays_untouched()
    {
        var before = Contents();

        var report = LedgerAudit.OfStore(_store.Path, [VerifierKey.Parse(_acceptances.PublicKey), VerifierKey.Parse(_catalogue.PublicKey)]);

        Assert.Empty(report.Findings);
        Assert.Equal([("acceptances", 300L, 13L), ("catalogue", 2L, 2L)], report.Logs.Select(l => (l.Name, l.Entries, l.Checkpoints)));
        Assert.Equal(before, Contents());
        Assert.True(LedgerAudit.OfStore(_store.Path).IsClean);
    }

    [Fact]
    public void A_store_is_read_as_it_is_at_one_moment_while_somebody_writes()
    {
        using var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _store.In("ledger.db"), Pooling = false }.ConnectionString);
        writer.Open();
        using var command = writer.CreateCommand();
        command.CommandText = "PRAGMA wal_autocheckpoint=0; BEGIN IMMEDIATE; DELETE FROM annex WHERE entry = 7; COMMIT; BEGIN IMMEDIATE; DELETE FROM acceptance_blocks WHERE first > 100";
        command.ExecuteNonQuery();
        var before = Contents();

        Assert.Empty(LedgerAudit.OfStore(_store.Path).Findings);
        Assert.Equal(before["ledger.db"], Contents()["ledger.db"]);
        Assert.Equal(before["ledger.db-wal"], Contents()["ledger.db-wal"]);
    }

    [Fact]
    public void A_log_of_writes_that_a_killed_server_left_is_read_and_left()
    {
        using var copy = new StoreFolder(_acceptances, _catalogue, 25);
        using (var writer = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _store.In("ledger.db"), Pooling = false }.ConnectionString))
        {
            writer.Open();
            using var command = writer.CreateCommand();
            command.CommandText = "PRAGMA wal_autocheckpoint=0; DELETE FROM annex WHERE entry = 7; UPDATE annex SET details = '{}' WHERE entry = 8; DELETE FROM shown";
            command.ExecuteNonQuery();
            File.Copy(_store.In("ledger.db"), copy.In("ledger.db"), overwrite: true);
            File.Copy(_store.In("ledger.db-wal"), copy.In("ledger.db-wal"));
        }
        var before = Digest(copy.In("ledger.db")) + Digest(copy.In("ledger.db-wal"));

        Finds(LedgerAudit.OfStore(copy.Path), "acceptances", 0, 0, "is not kept.");
        Assert.Equal(before, Digest(copy.In("ledger.db")) + Digest(copy.In("ledger.db-wal")));
    }

    [Fact]
    public void A_changed_record_is_found_with_its_number_by_the_tiles()
    {
        _store.Change(all => all.Select(e => e.Entry == 77 ? (e.Entry, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(e.Record).Replace("customer-77", "customer-78", StringComparison.Ordinal))) : e));

        var report = LedgerAudit.OfStore(_store.Path);

        Finds(report, "acceptances", 75, 99, "do not make the tree of the checkpoint of 100 entries");
        Finds(report, "acceptances", 77, 77, "The tile 0/0 has another hash than these entries make.");
    }

    [Theory]
    [InlineData("records = substr(records, 1, length(records) - 1)")]
    [InlineData("records = records || x'00'")]
    [InlineData("records = x'7fffffff' || substr(records, 5)")]
    [InlineData("records = x'fffffffe' || substr(records, 5)")]
    [InlineData("records = x'ffffffff00000000' || substr(records, 9)")]
    [InlineData("records = x'ffffffff7fffffff' || substr(records, 9)")]
    [InlineData("records = x'80000000' || substr(records, 5)")]
    [InlineData("records = x''")]
    [InlineData("records = NULL")]
    [InlineData("count = count - 1")]
    [InlineData("count = 0")]
    [InlineData("count = -1")]
    public void A_row_of_acceptances_that_does_not_hold_what_it_says_is_found(string altered)
    {
        _store.Execute($"UPDATE acceptance_blocks SET {altered} WHERE first IN (70, 84, 98)"); // Packed, as it is, and packed by an earlier program.

        var report = LedgerAudit.OfStore(_store.Path);

        foreach (var first in new[] { 70, 84, 98 })
        {
            Assert.Contains(report.Findings, f => f.What.EndsWith($"acceptances from {first} on does not hold what it says.", StringComparison.Ordinal));
            Assert.Contains(report.Findings, f => f.To == first + 6 && f.What == "These entries are not there.");
        }
    }

    [Theory]
    [InlineData("count + 1")]
    [InlineData("9223372036854775807")]
    public void A_row_that_says_it_holds_more_acceptances_than_it_does_is_found(string count)
    {
        _store.Execute($"UPDATE acceptance_blocks SET count = {count} WHERE first = 70");

        Assert.EndsWith("acceptances from 70 on does not hold what it says.", Assert.Single(LedgerAudit.OfStore(_store.Path).Findings).What, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_of_acceptances_that_overlap_or_stand_elsewhere_are_found()
    {
        _store.Execute("INSERT INTO acceptance_blocks SELECT 72, count, records, texts FROM acceptance_blocks WHERE first = 70; UPDATE acceptance_blocks SET first = -7 WHERE first = 294");

        var report = LedgerAudit.OfStore(_store.Path);

        Finds(report, "acceptances", -7, -7, "This entry stands where entry 0 should.");
        Finds(report, "acceptances", 72, 72, "This entry stands where entry 77 should.");
    }

    [Fact]
    public void A_store_of_an_earlier_program_is_audited_too()
    {
        _store.Execute("CREATE TABLE acceptance_entries(entry INTEGER PRIMARY KEY, record BLOB); DROP TABLE acceptance_blocks");
        for (var i = 0; i < _acceptances.Leaves.Count; i++)
        {
            _store.Execute("INSERT INTO acceptance_entries VALUES ($1, $2)", i, _acceptances.Leaves[i]);
        }
        Assert.Empty(LedgerAudit.OfStore(_store.Path).Findings);

        _store.Execute("UPDATE acceptance_entries SET record = 17 WHERE entry = 40");
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", 40, 40, "The record does not have the form of a record");
    }

    [Fact]
    public void A_removed_last_record_is_found()
    {
        _store.Change(all => all.Where(e => e.Entry != 299));

        var report = LedgerAudit.OfStore(_store.Path);

        Finds(report, "acceptances", 299, 299, "The checkpoint of 300 entries covers these, and they are not there.");
        Finds(report, "acceptances", 299, 299, "ledger.head has a checkpoint of 300 entries; the database has 299.");
        Finds(report, "store", null, null, "The annex has personal details of entry 299, which is not there");
    }

    [Fact]
    public void A_ledger_that_was_rolled_back_is_found_by_its_head()
    {
        _store.Change(all => all.Where(e => e.Entry < 275));
        _store.Execute("DELETE FROM annex WHERE entry >= 275; DELETE FROM checkpoints WHERE log = 'acceptances' AND size > 275");

        var finding = Assert.Single(LedgerAudit.OfStore(_store.Path).Findings);

        Assert.Equal(("acceptances", 275L, 299L, "ledger.head has a checkpoint of 300 entries; the database has 275."), (finding.Log, finding.From, finding.To, finding.What));
        Assert.Equal("Records at the end were taken away, or an older copy was put in the place of this one.", finding.Meaning);
    }

    [Fact]
    public void A_head_that_keeps_silent_about_one_log_is_none()
    {
        _store.Change(all => all.Where(e => e.Entry < 275));
        _store.Execute("DELETE FROM annex WHERE entry >= 275; DELETE FROM checkpoints WHERE log = 'acceptances' AND size > 275");
        foreach (var notes in new[] { new[] { _catalogue.Checkpoint(2) }, [_catalogue.Checkpoint(2), _catalogue.Checkpoint(2)], [_catalogue.Checkpoint(2), _acceptances.Checkpoint(275)] })
        {
            _store.WriteHead(0, notes);
            _store.WriteHead(1, notes);

            Assert.Equal("Neither slot of ledger.head holds checkpoints of both logs signed by the keys.", Assert.Single(LedgerAudit.OfStore(_store.Path).Findings).What);
        }
    }

    [Fact]
    public void The_larger_valid_slot_of_the_head_counts()
    {
        _store.WriteHead(1, _acceptances.Checkpoint(275), _catalogue.Checkpoint(2));
        Assert.True(LedgerAudit.OfStore(_store.Path).IsClean);

        using var forger = new Ledger();
        _store.WriteHead(1, forger.Checkpoint(400, new byte[32]), _catalogue.Checkpoint(2));
        Assert.True(LedgerAudit.OfStore(_store.Path).IsClean);

        _store.WriteHead(1, _acceptances.Checkpoint(275, new byte[32]), _catalogue.Checkpoint(400, new byte[32]));
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", null, null, "ledger.head has a checkpoint of 275 entries that is not the database's.");

        File.WriteAllBytes(_store.In("ledger.head"), new byte[17]);
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, "Neither slot of ledger.head holds checkpoints of both logs signed by the keys.");
        File.Delete(_store.In("ledger.head"));
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, "ledger.head is not there.");
    }

    [Fact]
    public void A_replaced_checkpoint_is_found()
    {
        _store.Execute("UPDATE checkpoints SET note = $1 WHERE log = 'acceptances' AND size = 100", _acceptances.Checkpoint(75));
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", null, null, "The checkpoint of 100 entries says that it is of 75 entries.");

        _store.Execute("UPDATE checkpoints SET note = 'x', at = 'y' WHERE log = 'acceptances' AND size = 100");
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", null, null, "The checkpoint of 100 entries is not one: it is not a text, an empty line, and lines of signatures.");
    }

    [Fact]
    public void A_tile_that_is_damaged_lost_or_too_much_is_found()
    {
        var tile = _acceptances.Leaves.Take(256).SelectMany(ReferenceTree.Leaf).ToArray();
        tile[9 * 32] ^= 1;
        _store.Execute("UPDATE tiles SET hashes = $1 WHERE log = 'acceptances'", tile);
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", 9, 9, "The tile 0/0 has another hash than these entries make.");

        tile[9 * 32] ^= 1;
        _store.Execute("DELETE FROM tiles; INSERT INTO tiles VALUES ('acceptances', 0, 0.5, $1), ('acceptances', 0, 1, x'00'), ('catalogue', 9, 0, x'00')", tile);
        var report = LedgerAudit.OfStore(_store.Path);
        Finds(report, "acceptances", 0, 255, "The tile 0/0 of these entries is not there.");
        Finds(report, "acceptances", null, null, "The tile 0/1 is kept, and the entries do not fill it.");
        Finds(report, "catalogue", null, null, "The tile 9/0 is kept, and the entries do not fill it.");
    }

    [Fact]
    public void The_annex_has_to_open_the_commitments_and_may_be_erased()
    {
        _store.Execute("DELETE FROM annex WHERE entry = 8");
        var details = Records.Details(9);
        details.Remove("name");
        _store.Execute("UPDATE annex SET details = $1 WHERE entry = 9", Canonical.Bytes(details));
        Assert.True(LedgerAudit.OfStore(_store.Path).IsClean);

        details["email"]!["value"] = "other@example.org";
        _store.Execute("UPDATE annex SET details = $1 WHERE entry = 9; INSERT INTO annex VALUES (1000, '{}')", Canonical.Bytes(details));
        var report = LedgerAudit.OfStore(_store.Path);
        Finds(report, "acceptances", 9, 9, "do not open the commitments of the record: `email` does not open its commitment");
        Finds(report, "store", null, null, "The annex has personal details of entry 1000, which is not there");
    }

    [Fact]
    public void What_was_erased_has_to_stay_erased()
    {
        var line = new JsonObject { ["acceptance"] = _acceptances.Id(9), ["details"] = new JsonArray("name"), ["at"] = Records.Instant(1000) }.ToJsonString();
        File.WriteAllText(_store.In("erasures.log"), line + "\n");
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", 9, 9, "Its detail `name` was erased, and is there again.");

        var details = Records.Details(9);
        details.Remove("name");
        _store.Execute("UPDATE annex SET details = $1 WHERE entry = 9", Canonical.Bytes(details));
        Assert.True(LedgerAudit.OfStore(_store.Path).IsClean);

        File.AppendAllText(_store.In("erasures.log"), "{}\n");
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, "erasures.log cannot be read on from line 2: the line has no `acceptance`.");
    }

    [Fact]
    public void The_address_of_a_notice_that_was_erased_has_to_stay_erased()
    {
        _store.Execute("CREATE TABLE notices(number INTEGER PRIMARY KEY, id TEXT); CREATE TABLE notice_addresses(notice INTEGER PRIMARY KEY, address TEXT); INSERT INTO notices VALUES (1, 'n-1'); INSERT INTO notice_addresses VALUES (1, 'a@b.example')");
        File.WriteAllText(_store.In("erasures.log"), """{"notice":"n-1","details":["address"],"at":"2026-05-03T10:00:00Z"}""" + "\n");
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, "The address of the notice n-1 was erased, and is there again.");

        _store.Execute("DELETE FROM notice_addresses");
        Assert.True(LedgerAudit.OfStore(_store.Path).IsClean);

        File.AppendAllText(_store.In("erasures.log"), """{"notice":7,"details":["address"],"at":"2026-05-03T10:00:00Z"}""" + "\n[]\n");
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, "erasures.log cannot be read on from line 2: `notice` is not a text.");
    }

    [Fact]
    public void What_was_shown_has_to_be_kept_under_its_digest()
    {
        _store.Execute("UPDATE shown SET content = 'other'");
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, $"What was shown, kept as {Records.ShownDigest}, has another digest.");
        _store.Execute("DELETE FROM shown");
        Finds(LedgerAudit.OfStore(_store.Path), "acceptances", 0, 0, $"What was shown, {Records.ShownDigest}, is not kept.");
    }

    [Fact]
    public void A_corrupted_page_a_missing_table_and_a_cut_file_are_found()
    {
        using var cut = new StoreFolder(_acceptances, _catalogue);
        using (var file = File.OpenWrite(cut.In("ledger.db")))
        {
            file.SetLength(file.Length / 2 / 4096 * 4096);
        }
        Finds(LedgerAudit.OfStore(cut.Path), "store", null, null, "ledger.db cannot be read on:");

        var bytes = File.ReadAllBytes(_store.In("ledger.db"));
        for (var page = 12; page < 16; page++)
        {
            bytes.AsSpan(page * 4096, 4096).Fill(0xa5);
        }
        File.WriteAllBytes(_store.In("ledger.db"), bytes);
        Assert.False(LedgerAudit.OfStore(_store.Path).IsClean);

        File.WriteAllText(_store.In("ledger.db"), "This is not a database.");
        Finds(LedgerAudit.OfStore(_store.Path), "store", null, null, "ledger.db cannot be read on: SQLite Error 26: 'file is not a database'.");
    }

    [Fact]
    public void Values_of_another_kind_are_found()
    {
        _store.Change(all => all.Select(e => e.Entry == 40 ? (e.Entry, "17"u8.ToArray()) : e));
        _store.Execute("UPDATE acceptance_blocks SET records = 17 WHERE first = 294; UPDATE checkpoints SET note = NULL WHERE size = 100; UPDATE annex SET details = NULL WHERE entry = 50");

        var report = LedgerAudit.OfStore(_store.Path);

        Finds(report, "acceptances", 40, 40, "The record does not have the form of a record");
        Finds(report, "acceptances", null, null, "The row of 6 acceptances from 294 on does not hold what it says.");
        Finds(report, "acceptances", 50, 50, "do not open the commitments");
        Finds(report, "acceptances", null, null, "The checkpoint of 100 entries is not one");
    }

    [Fact]
    public void Without_a_store_or_a_key_there_is_no_audit_and_the_words_say_what_to_do()
    {
        Assert.Contains("it has no ledger.db. Name the data folder", Assert.Throws<AuditRefusedException>(() => LedgerAudit.OfStore(_store.In("keys"))).Message, StringComparison.Ordinal);
        Assert.Contains("None of the keys is for the log catalogue.", Assert.Throws<AuditRefusedException>(() => LedgerAudit.OfStore(_store.Path, [VerifierKey.Parse(_acceptances.PublicKey)])).Message, StringComparison.Ordinal);
        File.Delete(_store.In("keys/signing.pub"));
        Assert.Contains("Give them with --key FILE.", Assert.Throws<AuditRefusedException>(() => LedgerAudit.OfStore(_store.Path)).Message, StringComparison.Ordinal);
        File.Delete(_store.In("ledger.db"));
        Finds(LedgerAudit.OfStore(_store.Path, [VerifierKey.Parse(_acceptances.PublicKey)]), "store", null, null, "ledger.head is there, and ledger.db is not.");
    }

    private Dictionary<string, string> Contents() => Directory.GetFiles(_store.Path).Where(f => !f.EndsWith("-shm", StringComparison.Ordinal)).ToDictionary(f => Path.GetFileName(f), Digest);

    private static string Digest(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return Convert.ToHexString(SHA256.HashData(stream));
    }

    private static void Finds(AuditReport report, string log, long? from, long? to, string what) => Assert.True(
        report.Findings.Any(f => f.Log == log && f.From == from && f.To == to && f.What.Contains(what, StringComparison.Ordinal)), $"Not found: {what} Found: {string.Join('\n', report.Findings)}");
}
