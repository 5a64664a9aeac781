using Terms.Acceptance;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>The verbs of the command line that work on a store, beside a server where they may.</summary>
public sealed class VerbTests
{
    [Fact]
    public async Task Verbs_make_tend_and_restore_a_store()
    {
        using var scratch = new StoreFolder();
        var data = Path.Combine(scratch.Folders.Data, "made");
        Assert.Contains("Made a store in", await Run(0, "store", "create", "--data", data, "--origin", "terms.example"), StringComparison.Ordinal);
        Assert.Contains("a store is never overwritten", await Run(1, "store", "create", "--data", data, "--origin", "terms.example"), StringComparison.Ordinal);
        Assert.Contains("write a name such as terms.example", await Run(2, "store", "create", "--data", data + "2", "--origin", "not a name"), StringComparison.Ordinal);

        var folders = new StoreFolders(data);
        await using (var store = Store.Open(folders, DateTimeOffset.UtcNow))
        {
            var entry = await Add(store, Imported("s", DateTimeOffset.UtcNow));
            Assert.Contains("are on hold", await Run(0, "hold", "add", "--data", data, "--subject", "s", "--why", "case 17"), StringComparison.Ordinal);
            Assert.Contains("(case 17) and were not erased", await Run(1, "erase", "--data", data, "--subject", "s"), StringComparison.Ordinal);
            Assert.Contains("Released 1.", await Run(0, "hold", "release", "--data", data, "--subject", "s"), StringComparison.Ordinal);
            Assert.Contains("  case 17", await Run(0, "hold", "list", "--data", data), StringComparison.Ordinal);
            Assert.Contains($"Copied 1 acceptances and 0 publications", await Run(0, "backup", "--data", data, "--out", data + "-backup"), StringComparison.Ordinal);
            Assert.Contains($"Erased the details of {entry.Id}.", await Run(0, "erase", "--data", data, "--acceptance", entry.Id.ToString()), StringComparison.Ordinal);
            Assert.Null(store.Details(0));

            var token = (await Run(0, "key", "add", "--data", data, "--id", "shop", "--name", "The shop", "--scope", "record", "--return-address", "https://shop.example/welcome")).Split('\n')[0];
            Assert.True(ServiceKey.TrySplit(token, out var id, out var secret));
            Assert.Equal(ServiceKey.Hash(secret), store.ServiceKey(id)!.Hash);
            Assert.Contains("is an https address", await Run(2, "key", "add", "--data", data, "--name", "The shop", "--scope", "record", "--return-address", "ftp://shop.example"), StringComparison.Ordinal);
            Assert.Contains("Revoked shop.", await Run(0, "key", "revoke", "--data", data, "shop"), StringComparison.Ordinal);
            Assert.NotNull(store.ServiceKey(id)!.Revoked);
            var listed = await Run(0, "key", "list", "--data", data);
            Assert.Contains("shop  The shop  record  made ", listed, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, listed, StringComparison.Ordinal);
            Assert.Contains("all is as it was recorded", await Run(0, "store", "check", "--data", data), StringComparison.Ordinal);
            Assert.Contains("ledger.lock is held", await Run(1, "restore", data + "-backup", "--data", data), StringComparison.Ordinal);
        }

        File.Delete(folders.Ledger);
        Assert.Contains("ledger.db is missing", await Run(1, "store", "check", "--data", data), StringComparison.Ordinal);
        var said = await Run(0, "restore", data + "-backup", "--data", data);
        Assert.Contains("Restored 1 acceptances and 0 publications", said, StringComparison.Ordinal);
        Assert.Contains("What was put on hold or revoked since has to be put on hold or revoked again.", said, StringComparison.Ordinal);
        Assert.Contains("Nothing wrong was found in 1 entry", said, StringComparison.Ordinal);
        await using var restored = Store.Open(folders, DateTimeOffset.UtcNow);
        Assert.NotNull(restored.Entry(0));
        Assert.Null(restored.Details(0));
    }

    private static Recording Imported(string subject, DateTimeOffset at)
    {
        var details = new PersonalDetails([PersonalDetail.Salted("name", "Ada")]);
        var version = new AcceptedVersion("lamp-hire", "2025-01-01", "sha256:" + new string('0', 64), null, null);
        var record = new AcceptanceRecord(
            AcceptanceKind.Imported, subject, null, null, [version], null, AcceptanceChannel.Import, at, details.Commitments, null, new Provenance("The old system", "17", null, null), "shop");
        return new Recording(record.Bytes(), subject, record.Recorded, Details: details.Bytes());
    }

    private static Task<string> Run(int status, params string[] arguments) => TermsCommand.Run(status, null, arguments);
}
