using FsCheck;
using FsCheck.Fluent;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>The table of lookups and the filter before it, against a plain set.</summary>
public sealed class LookupsTests
{
    [Fact]
    public void What_was_merged_in_any_order_is_found_and_stands_there_once() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(20), Prop.ForAll(
        Gen.Choose(0, 3_000).ListOf(6).SelectMany(sizes => Gen.Choose(1, 5_000).Select(spread => (sizes, spread))).ToArbitrary(), sample =>
        {
            using var folder = new StoreFolder();
            using var database = Database.Open(folder.Ledger);
            var all = new SortedSet<LookupPair>();
            var random = new Random(sample.spread);
            foreach (var size in sample.sizes)
            {
                // A small spread makes hashes with more entries than a chunk holds.
                LookupPair[] added = [.. Enumerable.Range(0, size).Select(_ => new LookupPair((random.Next(sample.spread) - (sample.spread / 2)) * 1_000_003L, random.Next(4_000))).Distinct().Order()];
                database.Transact(() =>
                {
                    for (var from = 0; from < added.Length;)
                    {
                        from = LookupTable.Merge(database, added, from, 100);
                    }
                });
                all.UnionWith(added);
            }

            var read = new List<LookupPair>();
            LookupTable.Read(database, read.Add);
            Assert.Equal(all, read);
            foreach (var hash in all.Select(p => p.Hash).Distinct().Take(200).Append(17))
            {
                var found = new List<long>();
                LookupTable.Collect(database, hash, found);
                Assert.Equal(all.Where(p => p.Hash == hash).Select(p => p.Entry), found);
            }
        }));

    [Fact]
    public void What_is_in_memory_is_found_newest_first_however_many_hashes_share_a_bucket()
    {
        using var folder = new StoreFolder();
        using var database = Database.Open(folder.Ledger);
        var lookups = new Lookups(new byte[16], leastToFreeze: 8, mostToFreeze: 8);
        var random = new Random(5);
        var all = Enumerable.Range(0, 2_000).Select(entry => new LookupPair(random.Next(-150, 150) * 16L, entry)).ToList();
        foreach (var some in all.Chunk(7))
        {
            lookups.Add([.. some], some[^1].Entry + 1);
        }

        Assert.All(Enumerable.Range(-151, 302).Select(n => n * 16L), hash =>
        {
            var found = new List<long>();
            lookups.Collect(database, hash, found);
            Assert.Equal(all.Where(p => p.Hash == hash).Select(p => p.Entry).Reverse(), found);
        });
    }

    [Fact]
    public void Pairs_are_sorted_by_hash_and_by_entry_however_their_hashes_are_spread() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(
        Gen.Choose(0, 3_000).SelectMany(count => Gen.Choose(1, 64).SelectMany(bits => Gen.Choose(0, int.MaxValue).Select(seed => (count, bits, seed)))).ToArbitrary(), sample =>
        {
            var random = new Random(sample.seed);
            var pairs = Enumerable.Range(0, sample.count).Select(entry => new LookupPair(random.NextInt64(long.MinValue, long.MaxValue) >> (sample.bits - 1), entry)).ToArray();
            if (sample.seed % 2 == 0)
            {
                random.Shuffle(pairs);
            }

            Assert.Equal(pairs.OrderBy(p => p.Hash).ThenBy(p => p.Entry), LookupOrder.Sorted(pairs));
        }));

    [Fact]
    public void The_filter_knows_every_key_that_was_added_and_few_others()
    {
        var filter = new SeenFilter();
        var random = new Random(11);
        var added = Enumerable.Range(0, 1_000_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue) | 1).ToList();
        added.ForEach(hash => filter.Add(hash));

        Assert.All(added.Take(100_000), hash => Assert.True(filter.Add(hash)));
        Assert.InRange(Enumerable.Range(0, 100_000).Count(_ => filter.Add(random.NextInt64(long.MinValue, long.MaxValue) | 1)), 0, 100);
    }

    [Theory]
    [InlineData("UPDATE lookup SET pairs = substr(pairs, 17) WHERE length(pairs) > 16")]
    [InlineData("UPDATE lookup SET pairs = substr(pairs, 1, 16) || pairs WHERE length(pairs) > 16")]
    [InlineData("UPDATE lookup SET pairs = substr(pairs, 17) || substr(pairs, 1, 16) WHERE length(pairs) > 16")]
    [InlineData("UPDATE lookup SET first = first + 1")]
    public async Task A_check_says_that_acceptances_are_not_found_by_the_table(string altering)
    {
        using var folder = await Looked();
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);

        folder.Alter(altering);

        Assert.Contains("acceptances: some of them are not found by their subjects, or by their idempotency keys", Assert.Single(StoreCheck.Run(folder.Folders).Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_says_that_an_acceptance_is_kept_under_another_subject()
    {
        using var folder = await Looked();

        folder.Alter(kept => kept.Select(k => k.Entry == 99 ? k with { Kept = k.Kept with { Subject = "somebody" } } : k));

        Assert.Contains("acceptance 99 is kept under another subject than its record names", StoreCheck.Run(folder.Folders).Findings[0], StringComparison.Ordinal);
    }

    /// <summary>A store whose table of lookups has been written.</summary>
    private static async Task<StoreFolder> Looked()
    {
        var folder = new StoreFolder();
        await using (var store = folder.Open(new StoreLimits { LeastToFreeze = 16, MostToFreeze = 16 }))
        {
            for (var n = 0; n < 100; n++)
            {
                await Add(store, Recording($"s{n % 7}", n, $"key {n}"));
            }
        }
        using var database = Database.OpenToRead(folder.Ledger);
        Assert.InRange(Settings.Number(database, Settings.LookupEnd), 1, 100);
        return folder;
    }
}
