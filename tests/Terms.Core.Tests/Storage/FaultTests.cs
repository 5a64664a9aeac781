using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using Terms.Acceptance;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>What can befall a store: each is found, and said in words that tell what to do.</summary>
public sealed class FaultTests
{
    [Fact]
    public async Task A_full_disk_fails_its_callers_and_nothing_of_the_batch_is_there()
    {
        using var folder = new StoreFolder();
        var acknowledged = new List<LedgerEntry>();
        StoreException full;
        await using (var store = folder.Open(new StoreLimits { Pages = 80 }))
        {
            full = await Assert.ThrowsAsync<StoreException>(async () =>
            {
                for (var n = 0; ; n++)
                {
                    acknowledged.Add(await Add(store, Recording(new string('s', 200), n)));
                }
            });
            Assert.Equal(acknowledged.Count, store.Latest(Logs.Acceptances).Size);
            Assert.Null(store.Doubt);
            Assert.Equal(acknowledged[^1].Id, store.Entry(acknowledged.Count - 1)!.Id);
        }
        Assert.Contains("is full; nothing of this was recorded. Make room and try again", full.Message, StringComparison.Ordinal);
        Assert.NotEmpty(acknowledged);
        await using var again = folder.Open();
        await Add(again, Recording("after", 1));
        Assert.Equal([.. acknowledged.Select(e => e.Id)], again.Stream(0).SkipLast(1).Select(e => e.Id));
    }

    [Fact]
    public async Task A_disk_that_refuses_to_write_stops_the_server_and_loses_nothing_acknowledged()
    {
        using var folder = new StoreFolder();
        // No file may grow over some 1.5 MB. The runtime keeps its code in a large file of memory unless it is told not to.
        using var storm = Storm.Start(folder.Folders, 8, "limited", "trap '' XFSZ; ulimit -f 3000; DOTNET_EnableWriteXorExecute=0 exec \"$@\"");

        storm.ReadToEnd();

        Assert.Contains("what is on the disk is in doubt", storm.Failure, StringComparison.Ordinal);
        Assert.NotEmpty(storm.Acknowledged);
        await using (var store = folder.Open())
        {
            Assert.All(storm.Acknowledged, a => Assert.Equal(a.Id, Assert.Single(store.EntriesOf(a.Subject)).Id.ToString()));
        }
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_ledger_that_may_only_be_read_is_not_opened()
    {
        using var folder = new StoreFolder();
        File.SetUnixFileMode(folder.Ledger, UnixFileMode.UserRead);
        // No permission binds root, so root becomes somebody else, to whom the folder belongs.
        var restrained = Environment.UserName == "root"
            ? $"chown -R 65534:65534 '{folder.Folders.Data}' && exec setpriv --reuid=65534 --regid=65534 --clear-groups \"$@\""
            : "exec \"$@\"";
        using var storm = Storm.Start(folder.Folders, 1, "readonly", restrained);

        storm.ReadToEnd();

        Assert.Empty(storm.Acknowledged);
        Assert.Contains("ledger.db cannot be written. Make the file and its folder writable for the server", storm.Failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_page_is_found_by_the_check_and_never_read_as_a_record()
    {
        using var folder = await Filled(2_000);
        byte[] row;
        using (var database = Database.OpenToRead(folder.Ledger))
        {
            row = database.Statement("SELECT records FROM acceptance_blocks WHERE first <= 1000 ORDER BY first DESC LIMIT 1").First(r => r.Blob(0))!;
        }
        var place = (await File.ReadAllBytesAsync(folder.Ledger)).AsSpan().IndexOf(row.AsSpan(0, 64));
        using (var file = new FileStream(folder.Ledger, FileMode.Open))
        {
            file.Position = place / 4096 * 4096;
            file.Write(new byte[4096].Select((_, i) => (byte)(i * 7)).ToArray());
        }

        Assert.NotEmpty(StoreCheck.Run(folder.Folders).Findings);
        var damaged = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = folder.Open();
            for (var n = 0; n < 2_000; n++)
            {
                Assert.Equal(Recording($"s{n}", n).Record, store.Entry(n)!.Record.ToArray());
            }
        });
        Assert.Contains("restore the last backup with `terms restore`", damaged.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(599)]
    public async Task A_flipped_bit_in_a_record_is_found(int entry)
    {
        using var folder = await Filled(600);
        folder.Alter(all => all.Select(e => e.Entry == entry ? (e.Entry, e.Kept with { Record = Flipped(e.Kept.Record) }) : e));

        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("one of them was altered, or the checkpoint was replaced", StringComparison.Ordinal));
        var found = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            await using var store = folder.Open();
            store.Entry(entry);
        });
        Assert.Contains(entry < 512 ? $"Entry {entry} of " : "are not those that its last checkpoint was signed over", found.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("records = substr(records, 1, length(records) - 1)")]
    [InlineData("records = records || x'00'")]
    [InlineData("records = x'7fffffff' || substr(records, 5)")]
    [InlineData("records = x'fffffffe' || substr(records, 5)")]
    [InlineData("records = x'80000000' || substr(records, 5)")]
    [InlineData("records = x'fffffffe'")]
    [InlineData("texts = x'ffffff00' || substr(texts, 5)")]
    [InlineData("texts = substr(texts, 1, length(texts) - 1)")]
    [InlineData("texts = x''")]
    [InlineData("count = count - 1")]
    [InlineData("count = count + 1")]
    [InlineData("count = 0")]
    public async Task A_row_of_acceptances_that_does_not_hold_what_it_says_is_found_and_never_read_as_a_record(string altered)
    {
        using var folder = await Filled(600);
        folder.Alter($"UPDATE acceptance_blocks SET {altered} WHERE first = 0");

        Refused(folder, "has a row of acceptances from entry 0 on that does not hold what it says", "restore the last backup with `terms restore`");
        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("has a row of acceptances from entry 0 on that does not hold what it says", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_last_record_is_found()
    {
        using var folder = await Filled(10);
        folder.Alter(all => all.Where(e => e.Entry != 9));

        Refused(folder, "has 9 entries in the log acceptances, and its last checkpoint is of 10: entries were removed or added past the server");
        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("at size 10, and only 9 entries: entries were removed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_removed_record_in_the_middle_is_found()
    {
        using var folder = await Filled(600);
        folder.Alter(all => all.Where(e => e.Entry != 300));

        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("entry 300 of the log acceptances is missing; behind it comes 301", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_last_record_removed_with_its_checkpoint_is_found_by_the_head()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            for (var n = 0; n < 10; n++)
            {
                await Add(store, Recording("s", n));
            }
        }
        folder.Alter(all => all.Where(e => e.Entry != 9));
        folder.Alter("DELETE FROM checkpoints WHERE size = 10");

        Refused(folder, "has 9 entries in the log acceptances, and", "remembers 10: the ledger was shortened or rolled back");
        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("the ledger was shortened or rolled back", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_replaced_checkpoint_is_found()
    {
        using var folder = await Filled(10);
        using var stranger = CheckpointSigner.Generate();
        var note = stranger.Sign(new Checkpoint($"{Origin}/{Logs.Acceptances}", 10, MerkleHash.Empty)).Note;
        folder.Alter($"UPDATE checkpoints SET note = '{note}' WHERE log = 'acceptances' AND size = 10");

        Refused(folder, "The last checkpoint in", "was replaced or damaged");
        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("the checkpoint of the log acceptances at size 10 was replaced or damaged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_older_checkpoint_put_in_the_place_of_a_later_one_is_found()
    {
        using var folder = await Filled(10);
        await using (var store = folder.Open())
        {
            await Add(store, Recording("s", 10));
        }
        folder.Alter("UPDATE checkpoints SET note = (SELECT note FROM checkpoints WHERE log = 'acceptances' AND size = 0) WHERE log = 'acceptances' AND size = 10");

        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.Contains("up to 10 are not those that the checkpoint of that size was signed over", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ledger_rolled_back_to_an_earlier_copy_is_found()
    {
        using var folder = await Filled(10);
        File.Copy(folder.Ledger, folder.Ledger + ".old");
        await using (var store = folder.Open())
        {
            await Add(store, Recording("s", 10));
        }
        File.Move(folder.Ledger + ".old", folder.Ledger, overwrite: true);

        Refused(folder, "has 10 entries in the log acceptances, and", "remembers 11: the ledger was shortened or rolled back");
    }

    [Fact]
    public async Task A_ledger_rewritten_with_the_right_key_is_found_by_the_head()
    {
        using var folder = await Filled(10);
        File.Copy(folder.Head, folder.Head + ".old");
        var signer = CheckpointSigner.FromPem(await File.ReadAllTextAsync(Path.Combine(folder.Folders.Keys, "signing.pem")));
        var forged = Encoding.UTF8.GetBytes("{}");
        var leaves = Enumerable.Range(0, 10).Select(n => MerkleHash.Leaf(n == 0 ? forged : Recording($"s{n}", n).Record.Span));
        var note = signer.Sign(new Checkpoint($"{Origin}/{Logs.Acceptances}", 10, MerkleTree.Empty.Append(leaves, []).Root)).Note;
        folder.Alter(all => all.Select(e => e.Entry == 0 ? (e.Entry, e.Kept with { Record = forged }) : e));
        folder.Alter($"UPDATE checkpoints SET note = '{note}' WHERE log = 'acceptances' AND size = 10");
        signer.Dispose();

        Refused(folder, "differ about the first 10 entries of the log acceptances: the ledger was rewritten or replaced");
    }

    [Fact]
    public async Task A_ledger_cut_short_is_found()
    {
        using var folder = await Filled(2_000);
        using (var file = new FileStream(folder.Ledger, FileMode.Open))
        {
            file.SetLength(file.Length / 2);
        }

        Refused(folder, "restore the last backup with `terms restore`");
    }

    [Fact]
    public async Task A_missing_ledger_is_never_made_anew()
    {
        using var folder = await Filled(1);
        File.Delete(folder.Ledger);

        Refused(folder, "ledger.db is missing, and the rest of the store is there. Put the file back");
        Assert.False(File.Exists(folder.Ledger));
        Assert.Contains("is there already, and a store is never overwritten", Assert.Throws<StoreException>(() => Store.Create(folder.Folders, Origin, Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_head_is_said()
    {
        using var folder = await Filled(1);
        File.Delete(folder.Head);

        Refused(folder, "ledger.head is missing");
    }

    [Fact]
    public void A_store_that_never_was_is_said() => Assert.Contains(
        "If there never was one, make it with `terms store create`; if there was, restore the last backup",
        Assert.Throws<StoreException>(() => Store.Open(new StoreFolders(Repository.Folder("artifacts/stores/none")), Now)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_head_whose_last_slot_was_half_written_counts_by_the_other()
    {
        using var folder = await Filled(5);
        using (var file = new FileStream(folder.Head, FileMode.Open))
        {
            file.Position = 40;
            file.WriteByte(0);
        }
        await using (var store = folder.Open())
        {
            await Add(store, Recording("s", 5));
        }
        await File.WriteAllBytesAsync(folder.Head, new byte[4096]);

        Refused(folder, "ledger.head has no checkpoint that the store's key has signed");
    }

    [Fact]
    public async Task A_clock_that_runs_backwards_records_nothing()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await Add(store, Recording("s", 0, at: Now.AddHours(1)));
            await Add(store, Recording("s", 1, at: Now.AddHours(1).AddSeconds(-0.9)));
            var refused = await Assert.ThrowsAsync<StoreException>(() => store.Record(Recording("s", 2, at: Now)));
            Assert.Contains("The clock ran backwards: it says 2026-05-03T10:00:00Z, and the ledger has a record of 2026-05-03T11:00:00Z", refused.Message, StringComparison.Ordinal);
            Assert.Equal(2, store.Latest(Logs.Acceptances).Size);
            await Add(store, Recording("s", 3, at: Now.AddHours(2)));
        }

        Assert.Contains("The clock ran backwards", Assert.Throws<StoreException>(() => folder.Open(at: Now)).Message, StringComparison.Ordinal);
        await folder.Open(at: Now.AddHours(2)).DisposeAsync();
    }

    [Fact]
    public async Task A_second_server_on_one_store_is_refused()
    {
        using var folder = new StoreFolder();
        await using var first = folder.Open();

        Refused(folder, "ledger.lock is held: another server has this store open");
        await Add(first, Recording("s", 0));
    }

    [Fact]
    public async Task A_key_that_is_not_the_stores_is_refused()
    {
        using var folder = await Filled(1);
        using var stranger = CheckpointSigner.Generate();
        await File.WriteAllTextAsync(Path.Combine(folder.Folders.Keys, "signing.pem"), stranger.ToPem());

        Refused(folder, "signing.pem is not the key of this store");
    }

    [Fact]
    public async Task A_ledger_of_a_newer_program_is_refused()
    {
        using var folder = await Filled(1);
        folder.Alter("INSERT INTO migrations(number, applied) VALUES (1000, '2030-01-01T00:00:00Z')");

        Refused(folder, "has shape 1000, and this program knows shapes up to", "Run the newer program that last opened it");
    }

    [Fact]
    public async Task More_callers_than_may_wait_are_told_to_come_back()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open(new StoreLimits { Waiting = 4 });
        using var other = Database.Open(folder.Ledger);
        other.Execute("BEGIN IMMEDIATE"); // Somebody else writes, so the batch waits.
        var waiting = new List<Task<Recorded>>();

        var busy = Assert.Throws<StoreBusyException>(() =>
        {
            for (var n = 0; n < 100; n++)
            {
                waiting.Add(store.Record(Recording("s", n)));
            }
        });
        other.Execute("COMMIT");

        Assert.Contains("callers wait to have something recorded, and no more are taken. Try again in a second.", busy.Message, StringComparison.Ordinal);
        Assert.All(await Task.WhenAll(waiting), r => Assert.IsType<Recorded.Added>(r));
    }

    /// <summary>The record with one bit of its last letters turned over.</summary>
    private static byte[] Flipped(ReadOnlyMemory<byte> record)
    {
        var flipped = record.ToArray();
        flipped[^3] ^= 1;
        return flipped;
    }

    /// <summary>A store of so many acceptances, recorded at once.</summary>
    private static async Task<StoreFolder> Filled(int count)
    {
        var folder = new StoreFolder();
        await using var store = folder.Open();
        await Task.WhenAll(Enumerable.Range(0, count).Select(n => store.Record(Recording(string.Create(CultureInfo.InvariantCulture, $"s{n}"), n))));
        return folder;
    }

    private static void Refused(StoreFolder folder, params string[] words)
    {
        var refused = Assert.Throws<StoreException>(() => folder.Open());
        Assert.All(words, w => Assert.Contains(w, refused.Message, StringComparison.Ordinal));
    }
}
