using FsCheck;
using FsCheck.Fluent;
using Terms.Storage;

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
    public void The_filter_knows_every_key_that_was_added_and_few_others()
    {
        var filter = new SeenFilter();
        var random = new Random(11);
        var added = Enumerable.Range(0, 1_000_000).Select(_ => random.NextInt64(long.MinValue, long.MaxValue) | 1).ToList();
        added.ForEach(hash => filter.Add(hash));

        Assert.All(added.Take(100_000), hash => Assert.True(filter.Add(hash)));
        Assert.InRange(Enumerable.Range(0, 100_000).Count(_ => filter.Add(random.NextInt64(long.MinValue, long.MaxValue) | 1)), 0, 100);
    }
}
