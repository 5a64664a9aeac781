using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>Rows that hold many acceptances, and ledgers of an earlier program, which have a row for each.</summary>
public sealed class AcceptanceBlocksTests
{
    private static readonly string?[] Texts = [null, "", "k", "ключ 열쇠 🔑", new string('k', 400)];

    [Fact]
    public void Acceptances_of_any_size_are_read_back_in_order_from_any_place() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(
        Gen.Choose(1, 120).SelectMany(count => Gen.Choose(0, 20_000).Select(longest => (count, longest))).ToArbitrary(), sample =>
        {
            using var folder = new StoreFolder();
            using var database = Database.Open(folder.Ledger);
            var random = new Random(sample.longest);
            var written = Enumerable.Range(0, sample.count).Select(_ => new Recording(
                Bytes(random, random.Next(sample.longest + 1)), Texts[random.Next(2, Texts.Length)]!, Now, Texts[random.Next(Texts.Length)], random.Next(2) == 0 ? null : Bytes(random, 32))).ToList();
            database.Transact(() =>
            {
                var blocks = new BlockWriter(database);
                for (var entry = 0; entry < written.Count; entry++)
                {
                    blocks.Add(entry, written[entry]);
                    if (random.Next(10) == 0)
                    {
                        blocks.Close(); // As at the end of a batch.
                    }
                }
                blocks.Close();
            });

            var read = Kept(database);
            Assert.Equal(Enumerable.Range(0, written.Count).Select(entry => (long)entry), read.Select(r => r.Entry));
            Assert.Equal(written.Select(Said), read.Select(r => Said(r.Kept)));
            Assert.Equal(written.Count, Entries.Count(database, Logs.Acceptances));
            for (var entry = 0; entry < written.Count; entry++)
            {
                Assert.Equal(written[entry].Record, Entries.At(database, entry)!.Record.ToArray());
                Assert.Equal(written.Count - entry, Entries.From(database, entry, int.MaxValue).Count);
            }
            Assert.Null(Entries.At(database, written.Count));
            Assert.Null(Entries.At(database, -1));
        }));

    [Fact]
    public async Task Acceptances_of_one_batch_share_rows()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            using var other = Database.Open(folder.Ledger);
            other.Execute("BEGIN IMMEDIATE"); // Somebody else writes, so the acceptances wait for one another.
            var waiting = Enumerable.Range(0, 500).Select(n => store.Record(Recording($"s{n}", n))).ToList();
            other.Execute("COMMIT");
            await Task.WhenAll(waiting);
        }

        using var database = Database.OpenToRead(folder.Ledger);
        Assert.InRange(database.Statement("SELECT count(*) FROM acceptance_blocks").First(r => r.Long(0)), 1, 10);
    }

    [Fact]
    public async Task Acceptances_that_share_a_row_are_packed_and_one_alone_stands_as_it_is()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await Add(store, Recording("s0", 0));
            using var other = Database.Open(folder.Ledger);
            other.Execute("BEGIN IMMEDIATE");
            var waiting = Enumerable.Range(1, 20).Select(n => store.Record(Recording($"s{n}", n))).ToList();
            other.Execute("COMMIT");
            await Task.WhenAll(waiting);
            Assert.Equal(Recording("s20", 20).Record, store.Entry(20)!.Record.ToArray());
        }

        using var database = Database.OpenToRead(folder.Ledger);
        var rows = database.Statement("SELECT records FROM acceptance_blocks ORDER BY first").All(r => r.Blob(0));
        Assert.Equal(Recording("s0", 0).Record, rows[0].AsMemory(4));
        Assert.All(rows.Skip(1), row => Assert.True(row[0] >= 0x80 || row.Length <= 4 + Recording("s20", 20).Record.Length));
        Assert.InRange(rows.Skip(1).Sum(r => r.Length), 1, 20 * Recording("s20", 20).Record.Length / 2);
    }

    [Fact]
    public async Task A_ledger_of_an_earlier_program_is_brought_into_the_new_shape_when_it_is_opened()
    {
        using var folder = await OfAnEarlierProgram(700);
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);

        await using (var store = folder.Open())
        {
            Assert.Equal(700, store.Latest(Logs.Acceptances).Size);
            for (var n = 0; n < 700; n++)
            {
                Assert.Equal(Recording($"s{n}", n).Record, store.Entry(n)!.Record.ToArray());
                Assert.Equal(n, Assert.Single(store.EntriesOf($"s{n}")).Entry);
            }
            Assert.Equal(3, Assert.IsType<Recorded.Repeated>(await store.Record(Recording("s3", 3, "key 3"))).Entry.Entry);
            Assert.Equal(3, Assert.IsType<Recorded.IdempotencyConflict>(await store.Record(Recording("s3", 4, "key 3"))).Entry);
            Assert.Equal(700, (await Add(store, Recording("ключ", 700, "key 700"))).Entry);
        }
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
        await using var again = folder.Open();
        Assert.Equal(700, Assert.Single(again.EntriesOf("ключ")).Entry);
    }

    [Fact]
    public async Task A_backup_of_an_earlier_program_is_restored_and_one_that_was_altered_is_not()
    {
        using var folder = await OfAnEarlierProgram(30);
        var (backup, altered) = (Path.Combine(folder.Folders.Data, "backup"), Path.Combine(folder.Folders.Data, "altered"));
        Backup.Make(folder.Folders, backup, withKeys: true);
        Backup.Make(folder.Folders, altered, withKeys: true);
        using (var database = Database.Open(Path.Combine(altered, "ledger.db")))
        {
            database.Execute("UPDATE acceptance_entries SET record = CAST('{}' AS BLOB) WHERE entry = 1");
        }

        var target = new StoreFolders(Path.Combine(folder.Folders.Data, "restored"));
        Assert.Equal(new BackupResult(30, 0, 0), Backup.Restore(backup, target, Now));
        await using var store = Store.Open(target, Now);
        Assert.Single(store.EntriesOf("s29"));
        Assert.Contains("is not sound, and nothing was restored", Assert.Throws<StoreException>(() => Backup.Restore(altered, new StoreFolders(Path.Combine(folder.Folders.Data, "other")), Now)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_works_beside_a_server_refuses_a_ledger_of_an_earlier_program_until_it_was_opened()
    {
        using var folder = await OfAnEarlierProgram(3);
        var (annex, keys) = (new Annex(folder.Folders), new ServiceKeys(folder.Folders));
        foreach (var refused in new Action[]
        {
            () => annex.EraseSubject("s1", Now), () => annex.Hold("s1", "case 17", Now), () => annex.Release("s1", Now), () => annex.Holds(), () => keys.All(), () => keys.Revoke("shop", Now),
        })
        {
            Assert.Contains("has shape 1, and this program reads shape", Assert.Throws<StoreException>(refused).Message, StringComparison.Ordinal);
        }

        await using (folder.Open())
        {
        }

        Assert.Empty(annex.EraseSubject("s1", Now).Acceptances);
        Assert.Empty(keys.All());
    }

    /// <summary>A store whose ledger has the first shape: a row for each acceptance.</summary>
    private static async Task<StoreFolder> OfAnEarlierProgram(int count)
    {
        var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, count).Select(n => store.Record(Recording(string.Create(CultureInfo.InvariantCulture, $"s{n}"), n, n % 3 == 0 ? $"key {n}" : null))));
        }
        var made = folder.Ledger + ".made";
        File.Move(folder.Ledger, made);
        using var database = Database.Create(folder.Ledger);
        Migrations.Run(database, Now, known: 1);
        database.Execute($"ATTACH '{made}' AS made; DELETE FROM lookup");
        foreach (var table in new[] { "settings", "catalogue_entries", "checkpoints", "tiles", "lookup" })
        {
            database.Execute($"INSERT INTO main.{table} SELECT * FROM made.{table}");
        }
        using var kept = Database.OpenToRead(made);
        foreach (var (entry, recording) in Kept(kept))
        {
            database.Statement("INSERT INTO acceptance_entries(entry, record, subject, idempotency, request) VALUES (?, ?, ?, ?, ?)")
                .Bind(1, entry).Bind(2, recording.Record.Span).Bind(3, recording.Subject).Bind(4, recording.Idempotency).Bind(5, recording.RequestDigest is { } digest ? Convert.ToHexStringLower(digest) : null).Run();
        }
        return folder;
    }

    private static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Said(Recording recording) => $"{Convert.ToHexString(recording.Record.Span)} {recording.Subject} {recording.Idempotency ?? "none"} {(recording.RequestDigest is { } digest ? Convert.ToHexStringLower(digest) : "none")}";
}
