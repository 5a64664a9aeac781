using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>What the writer takes up in parts stands or falls as one batch.</summary>
public sealed class LedgerWriterTests
{
    private const int Many = 300; // More than a tile of the tree.

    [Fact]
    public async Task Whoever_comes_while_a_batch_is_taken_up_is_in_it()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var late = Array.Empty<Task<Recorded>>();
        var all = await Batch(store, () => late = [store.Record(Recording("s0", 0, "key-0")), store.Record(Recording("late", 1)), store.Record(Recording("s1", 7, "key-1"))]);

        Assert.Equal(Many, (await Task.WhenAll(all)).OfType<Recorded.Added>().Count());
        Assert.Equal(0, Assert.IsType<Recorded.Repeated>(await late[0]).Entry.Entry);
        Assert.Equal(Many, Assert.IsType<Recorded.Added>(await late[1]).Entry.Entry);
        Assert.IsType<Recorded.IdempotencyConflict>(await late[2]);
        Assert.Equal([Many + 1], Checkpoints(folder));
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
    }

    [Fact]
    public async Task A_batch_that_fails_late_fails_for_all_and_leaves_nothing()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Task<bool> failing = Task.FromResult(false);
        var all = await Batch(store, () => failing = store.Enqueued(new Acting(() => throw new StoreException("Nothing fits any more."))));

        foreach (var one in all.Append<Task>(failing))
        {
            Assert.Equal("Nothing fits any more.", (await Assert.ThrowsAsync<StoreException>(() => one)).Message);
        }
        Assert.Empty(Checkpoints(folder));
        Assert.Equal(0, (await Add(store, Recording("after", 0, "key-0"))).Entry);
        await Task.WhenAll(Enumerable.Range(1, Many).Select(n => Add(store, Recording("after", n))));
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
    }

    /// <summary>Has the writer take up many records at once, the first of all something that lets more come meanwhile.</summary>
    private static async Task<List<Task<Recorded>>> Batch(Store store, Action meanwhile)
    {
        using ManualResetEventSlim isBusy = new(), isFull = new();
        var before = store.Enqueued(new Acting(() =>
        {
            isBusy.Set();
            isFull.Wait(); // So that everything else waits for one batch.
        }));
        isBusy.Wait();
        var bringing = store.Enqueued(new Acting(meanwhile));
        var all = Enumerable.Range(0, Many).Select(n => store.Record(Recording($"s{n}", n, $"key-{n}"))).ToList();
        isFull.Set();
        await before;
        await Task.WhenAny(bringing); // It may fail with the others.
        return all;
    }

    /// <summary>The sizes that the log of acceptances was signed at.</summary>
    private static List<long> Checkpoints(StoreFolder folder)
    {
        using var database = Database.Open(folder.Ledger);
        return database.Statement("SELECT size FROM checkpoints WHERE log = ? AND size > 0 ORDER BY size").Bind(1, Logs.Acceptances).All(r => r.Long(0));
    }

    private sealed class Acting(Action act) : Operation<bool>
    {
        public override int Bytes => 0;

        protected override bool Do(Batch batch)
        {
            act();
            return true;
        }
    }
}
