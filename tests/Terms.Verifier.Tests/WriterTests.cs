using System.Text.Json;
using System.Text.Json.Nodes;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Verifier.Audits;
using Terms.Verifier.Receipts;

namespace Terms.Verifier.Tests;

/// <summary>What the real writer makes, held against the verifier. The records are built here; the store writes, signs and proves.</summary>
public sealed class WriterTests : IAsyncLifetime
{
    private const int Count = 300;

    private readonly string _folder = Directory.CreateTempSubdirectory("terms-writer-").FullName;
    private readonly List<LedgerEntry> _entries = [];
    private Store _store = null!;

    private string Data => Path.Combine(_folder, "data");

    public async Task InitializeAsync()
    {
        var folders = new StoreFolders(Data);
        Store.Create(folders, "terms.example", Records.Start);
        _store = Store.Open(folders, Records.Start);
        await _store.KeepShown(Records.ShownDigest, "application/json", Canonical.Bytes(Records.Shown()));
        await _store.Publish([new Publication("lamp-hire", "2025-01-01", Records.TextDigest, null, "2025-01-01", "official", Records.Start)]);
        for (var i = 0; i < Count; i++)
        {
            var record = i switch { 2 => Records.Withdraw(i, "customer-1", _entries[1].Id.ToString()), 3 => Records.Imported(i), _ => Records.Agree(i) };
            var details = record["details"]!.AsObject().Count > 0 ? (ReadOnlyMemory<byte>?)Canonical.Bytes(Records.Details(i)) : null;
            var recorded = await _store.Record(new Recording(Canonical.Bytes(record), $"customer-{i}", Records.Start.AddSeconds(i), Details: details));
            _entries.Add(Assert.IsType<Recorded.Added>(recorded).Entry);
        }
    }

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_store_of_the_writer_is_clean_while_it_runs_and_after()
    {
        var report = LedgerAudit.OfStore(Data);
        Assert.Empty(report.Findings);
        Assert.Equal([("acceptances", (long)Count), ("catalogue", 1L)], report.Logs.Select(l => (l.Name, l.Entries)));
        Assert.Equal(Convert.ToBase64String(_store.Latest("acceptances").Root), report.Logs[0].Root);

        await _store.DisposeAsync();
        Assert.Empty(LedgerAudit.OfStore(Data).Findings);
    }

    [Fact]
    public async Task A_backup_is_clean_and_what_was_erased_since_is_found_until_it_is_opened()
    {
        var backup = Path.Combine(_folder, "backup");
        Backup.Make(new StoreFolders(Data), backup, withKeys: true);
        Assert.Empty(LedgerAudit.OfStore(backup).Findings);

        await _store.Erase(_entries[9].Id, Records.Start.AddHours(1));
        Assert.Empty(LedgerAudit.OfStore(Data).Findings);
        File.Copy(Path.Combine(Data, "erasures.log"), Path.Combine(backup, "erasures.log"), overwrite: true);
        Assert.All(LedgerAudit.OfStore(backup).Findings, f => Assert.Equal(9, f.From));
        Assert.NotEmpty(LedgerAudit.OfStore(backup).Findings);
    }

    [Fact]
    public void Every_receipt_of_the_store_is_valid()
    {
        var tree = _store.Latest("acceptances");
        for (var i = 0; i < Count; i += 13)
        {
            var record = JsonNode.Parse(_entries[i].Record.Span)!.AsObject();
            var receipt = new JsonObject
            {
                ["schema"] = "terms-receipt/1", ["id"] = _entries[i].Id.ToString(), ["record"] = record, ["index"] = i, ["size"] = tree.Size,
                ["inclusion"] = new JsonArray([.. _store.InclusionProof(i, tree.Size).Select(h => (JsonNode)Convert.ToBase64String(h))]),
                ["checkpoint"] = tree.Note, ["publicKey"] = _store.VerifierKey("acceptances"),
                ["details"] = _store.Details(i) is { } details ? JsonNode.Parse(details) : new JsonObject(),
                ["shown"] = record["presentation"] is null ? null : JsonNode.Parse(_store.Shown(Records.ShownDigest)!),
            };

            var verification = ReceiptVerification.Of(JsonSerializer.SerializeToUtf8Bytes(receipt));

            Assert.True(verification.IsValid, verification.Verdict + string.Join('\n', verification.Checks));
        }
    }
}
