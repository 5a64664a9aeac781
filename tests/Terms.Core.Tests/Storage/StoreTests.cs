using System.Text;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>Recording and reading, one caller or many.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task What_was_recorded_is_there_after_closing_and_opening()
    {
        using var folder = new StoreFolder();
        LedgerEntry entry;
        await using (var store = folder.Open())
        {
            entry = await Add(store, Recording("s1", 0));
            await Add(store, Recording("s2", 1));
        }
        await using var again = folder.Open();

        Assert.Equal(entry.Record, again.Entry(0)!.Record.ToArray());
        Assert.Equal(entry.Id, again.EntriesOf("s1").Single().Id);
        Assert.Equal(2, again.Latest(Logs.Acceptances).Size);
        Assert.Null(again.Entry(2));
        Assert.Equal([0, 1], again.Stream(0).Select(e => e.Entry));
    }

    [Fact]
    public async Task Many_callers_share_few_flushes()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(n => store.Record(Recording($"s{n}", n))));

        Assert.Equal(2_000, store.Latest(Logs.Acceptances).Size);
        Assert.InRange(Enumerable.Range(1, 2_000).Count(size => store.CheckpointAt(Logs.Acceptances, size) is not null), 1, 500);
    }

    [Fact]
    public async Task The_same_idempotency_key_gives_the_same_entry_and_refuses_another_request()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var first = await Add(store, Recording("s", 1, "key-1 a"));

        Assert.Equal(first.Id, Assert.IsType<Recorded.Repeated>(await store.Record(Recording("s", 1, "key-1 a"))).Entry.Id);
        Assert.Equal(first.Entry, Assert.IsType<Recorded.IdempotencyConflict>(await store.Record(Recording("s", 2, "key-1 a"))).Entry);
        Assert.IsType<Recorded.Added>(await store.Record(Recording("s", 1, "key-2 a")));
        Assert.Equal(2, store.Latest(Logs.Acceptances).Size);
    }

    [Fact]
    public async Task One_idempotency_key_sent_by_many_at_once_is_recorded_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => store.Record(Recording("s", 1, "key a")))));

        Assert.Single(all.OfType<Recorded.Added>());
        Assert.Equal(63, all.OfType<Recorded.Repeated>().Count());
        Assert.Equal(1, store.Latest(Logs.Acceptances).Size);
    }

    [Fact]
    public async Task A_presentation_is_used_once_by_64_callers_at_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var number = await store.AddPresentation(Encoding.UTF8.GetBytes("{}"));
        Assert.NotNull(store.Presentation(number, out var unused));
        Assert.Null(unused);

        var all = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => Task.Run(() => store.Record(Recording("s", n, presentation: number)))));

        var added = Assert.Single(all.OfType<Recorded.Added>()).Entry;
        Assert.All(all.OfType<Recorded.PresentationUsed>(), used => Assert.Equal(added.Entry, used.Entry));
        Assert.Equal(1, store.Latest(Logs.Acceptances).Size);
        Assert.NotNull(store.Presentation(number, out var usedBy));
        Assert.Equal(added.Entry, usedBy);
    }

    [Fact]
    public async Task An_acceptance_is_withdrawn_once_by_64_callers_at_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await Add(store, Recording("s", 0));

        var all = await Task.WhenAll(Enumerable.Range(1, 64).Select(n => Task.Run(() => store.Record(Recording("s", n) with { Withdraws = 0 }))));

        Assert.Single(all.OfType<Recorded.Added>());
        Assert.Equal(63, all.OfType<Recorded.AlreadyWithdrawn>().Count(w => w.Entry == 1));
        Assert.Equal(2, store.Latest(Logs.Acceptances).Size);
    }

    [Fact]
    public async Task What_was_shown_is_kept_once_by_its_digest()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var content = Encoding.UTF8.GetBytes("<p>I agree</p>");
        var digest = KeepShownOperation.DigestOf(content);

        await store.KeepShown(digest, "text/html", content);
        await store.KeepShown(digest, "text/html", content);

        Assert.Equal(content, store.Shown(digest));
        Assert.Null(store.Shown("sha256:" + new string('0', 64)));
        await Assert.ThrowsAsync<ArgumentException>(() => store.KeepShown("sha256:" + new string('0', 64), "text/html", content));
    }

    [Fact]
    public async Task Lookups_see_everything_on_its_way_from_memory_into_the_table()
    {
        using var folder = new StoreFolder();
        var limits = new StoreLimits { LeastToFreeze = 64, MostToFreeze = 256 };
        const int Subjects = 97;
        const int Rounds = 20;
        await using (var store = folder.Open(limits))
        {
            for (var round = 0; round < Rounds; round++)
            {
                await Task.WhenAll(Enumerable.Range(0, Subjects).Select(s => store.Record(Recording($"s{s}", round, $"key {round} {s}"))));
                Assert.All(Enumerable.Range(0, Subjects), s => Assert.Equal(round + 1, store.EntriesOf($"s{s}").Count));
            }
            Assert.IsType<Recorded.Repeated>(await store.Record(Recording("s5", 0, "key 0 5")));
        }
        await using var again = folder.Open(limits);

        Assert.All(Enumerable.Range(0, Subjects), s => Assert.Equal(Rounds, again.EntriesOf($"s{s}").Count));
        Assert.IsType<Recorded.Repeated>(await again.Record(Recording("s5", 0, "key 0 5")));
        Assert.IsType<Recorded.Repeated>(await again.Record(Recording("s5", Rounds - 1, $"key {Rounds - 1} 5")));
    }
}
