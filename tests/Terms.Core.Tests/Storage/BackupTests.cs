using Terms.Acceptance;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>Copies made beside a server, and stores made from them.</summary>
public sealed class BackupTests
{
    private const string Details = """{"name":{"salt":"c2FsdA","value":"Ada"}}""";

    [Fact]
    public async Task A_backup_made_in_a_storm_of_writes_is_one_state_of_the_store()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        using var stop = new CancellationTokenSource();
        await Add(store, Recording("first", 0));
        var storm = Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; !stop.IsCancellationRequested; n++)
            {
                await Add(store, Recording($"s{writer}", n));
            }
        })).ToArray();

        var made = Backup.Make(folder.Folders, Out(folder), withKeys: false);
        await stop.CancelAsync();
        await Task.WhenAll(storm);

        var read = StoreCheck.Run(new StoreFolders(Out(folder)));
        Assert.Empty(read.Findings);
        Assert.Equal(made.Acceptances, read.Acceptances);
        Assert.InRange(made.Acceptances, 1, store.Latest(Logs.Acceptances).Size);
        Assert.Equal(["signing.pub"], Directory.GetFiles(Path.Combine(Out(folder), "keys")).Select(f => Path.GetFileName(f)));
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings); // Beside the server.
    }

    [Fact]
    public async Task A_restored_store_opens_and_goes_on()
    {
        using var folder = new StoreFolder();
        await Fill(folder, 0, 300);
        Backup.Make(folder.Folders, Out(folder), withKeys: true);
        var target = new StoreFolders(Path.Combine(folder.Folders.Data, "restored"));

        var restored = Backup.Restore(Out(folder), target, Now);

        Assert.Equal(new BackupResult(300, 0, 0), restored);
        await using var store = Store.Open(target, Now);
        Assert.Single(store.EntriesOf("s299"));
        await Add(store, Recording("s300", 300));
    }

    [Fact]
    public async Task What_was_erased_after_the_backup_is_erased_again_by_restoring()
    {
        using var folder = new StoreFolder();
        LedgerEntry entry;
        await using (var store = folder.Open())
        {
            entry = await Add(store, Recording("s", 0, details: Details));
            Backup.Make(folder.Folders, Out(folder), withKeys: true);
            await store.Erase(entry.Id, Now);
        }
        File.Delete(folder.Ledger); // The ledger is lost; what stands beside it is not.
        Assert.Equal(1, Backup.Restore(Out(folder), folder.Folders, Now).Erased);

        await using var again = folder.Open();
        Assert.Null(again.Details(0));
        Assert.Equal(entry.Id, again.Entry(0)!.Id);
    }

    [Fact]
    public async Task A_backup_never_takes_the_place_of_a_newer_ledger()
    {
        using var folder = new StoreFolder();
        await Fill(folder, 0, 3);
        Backup.Make(folder.Folders, Out(folder), withKeys: false);
        await Fill(folder, 3, 5);

        var refused = Assert.Throws<StoreException>(() => Backup.Restore(Out(folder), folder.Folders, Now));

        Assert.Contains("remembers 5 acceptances and 0 publications, and the backup has 3 and 0: restoring it would lose what was recorded since", refused.Message, StringComparison.Ordinal);
        await using var store = folder.Open();
        Assert.Equal(5, store.Latest(Logs.Acceptances).Size);
    }

    [Fact]
    public async Task A_backup_that_is_not_sound_or_of_another_store_is_not_restored()
    {
        using var folder = new StoreFolder();
        using var other = new StoreFolder();
        await Fill(folder, 0, 3);
        Backup.Make(folder.Folders, Out(folder), withKeys: true);

        Assert.Contains("is of another store than the backup", Assert.Throws<StoreException>(() => Backup.Restore(Out(folder), other.Folders, Now)).Message, StringComparison.Ordinal);
        StoreFolder.Alter(Path.Combine(Out(folder), "ledger.db"), all => all.Select(e => e.Entry == 1 ? (e.Entry, e.Kept with { Record = "{}"u8.ToArray() }) : e));
        Assert.Contains("is not sound, and nothing was restored", Assert.Throws<StoreException>(() => Backup.Restore(Out(folder), folder.Folders, Now)).Message, StringComparison.Ordinal);
        Assert.Contains("is not empty. Name a new folder", Assert.Throws<StoreException>(() => Backup.Make(folder.Folders, Out(folder), withKeys: false)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_published_text_never_changes()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var lamps = new Publication("lamp-hire", "2025-01-01", "sha256:" + new string('a', 64), null, "2025-01-01", "official", Now);
        var care = lamps with { Agreement = "lamp-care", Version = "undated", Effective = null };

        Assert.Equal(2, await store.Publish([lamps, care]));
        Assert.Equal(0, await store.Publish([lamps, care with { Published = Now.AddDays(1) }]));
        var refused = await Assert.ThrowsAsync<StoreException>(() => store.Publish([care with { Version = "2026-01-01" }, lamps with { TextDigest = "sha256:" + new string('b', 64) }]));

        Assert.Contains("lamp-hire/2025-01-01 was published on 2026-05-03T10:00:00Z with the text sha256:aaa", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, store.Latest(Logs.Catalogue).Size);
        Assert.Equal([lamps, care], store.Publications(0, 10).Select(p => Publication.Parse(p)));
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
    }

    private static string Out(StoreFolder folder) => Path.Combine(folder.Folders.Data, "backup");

    private static async Task Fill(StoreFolder folder, int from, int to)
    {
        await using var store = folder.Open();
        await Task.WhenAll(Enumerable.Range(from, to - from).Select(n => store.Record(Recording($"s{n}", n))));
    }
}
