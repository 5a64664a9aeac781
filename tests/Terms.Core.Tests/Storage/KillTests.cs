using System.Globalization;
using Terms.Acceptance;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>Kill -9 in the middle of a storm of writes.</summary>
public sealed class KillTests
{
    private const int Writers = 12;
    private static readonly int Times = Environment.GetEnvironmentVariable("TERMS_LONG") == "1" ? 50 : 5;

    [Fact]
    public async Task A_publication_is_there_as_a_whole_or_not_at_all_however_often_the_server_is_killed()
    {
        using var folder = new StoreFolder();
        var random = new Random(2026);
        var (acknowledged, next) = (new List<string>(), 1);
        for (var time = 0; time < Times; time++)
        {
            using var storm = Storm.Start(folder.Folders, 4, string.Create(CultureInfo.InvariantCulture, $"p{time}"), publications: next);
            storm.ReadUntil(random.Next(1, 1_000));
            storm.Kill();
            Assert.Null(storm.Failure);
            acknowledged.AddRange(storm.Published);

            await using var store = folder.Open();
            var there = store.Versions.All();
            Assert.All(acknowledged, path => Assert.Single(there, v => v.Path == path));
            Assert.All(there, v => Assert.Equal(2, v.Files.Paths.Count()));
            Assert.Equal(there.Select(v => v.Path), store.Publications(0, 100_000).Select(l => Publication.Parse(l).Path));
            Assert.All(there, v => Assert.NotNull(store.Shown(v.Path)));
            Assert.Equal(store.Latest(Logs.Catalogue).Size, there.Count);
            next = there.Count + 1;
        }

        Assert.NotEmpty(acknowledged);
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_once_however_often_the_server_is_killed()
    {
        using var folder = new StoreFolder();
        var random = new Random(2026);
        var acknowledged = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var time = 0; time < Times; time++)
        {
            using var storm = Storm.Start(folder.Folders, Writers, string.Create(CultureInfo.InvariantCulture, $"t{time}"));
            storm.ReadUntil(random.Next(1, 6_000));
            storm.Kill();
            Assert.Null(storm.Failure);
            Assert.NotEmpty(storm.Acknowledged);
            storm.Acknowledged.ForEach(a => acknowledged.Add(a.Subject, a.Id));

            await using var store = folder.Open();
            var all = store.Stream(0).ToList();
            Assert.All(storm.Acknowledged, a => Assert.Equal(a.Id, Assert.Single(store.EntriesOf(a.Subject)).Id.ToString()));
            Assert.Equal(all.Count, all.Select(e => Convert.ToHexString(e.LeafHash)).Distinct().Count());
            Assert.Equal(store.Latest(Logs.Acceptances).Size, all.Count);
        }

        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
        await using var last = folder.Open();
        var there = last.Stream(0).Select(e => e.Id.ToString()).ToHashSet(StringComparer.Ordinal);
        Assert.All(acknowledged.Values, id => Assert.Contains(id, there));
        await Add(last, Recording("after", 0));
    }
}
