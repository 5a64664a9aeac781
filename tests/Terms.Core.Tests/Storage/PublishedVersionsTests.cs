using System.Text;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Storage;
using Terms.Webhooks;
using static Terms.Tests.Storage.StoreFolder;
using Publication = Terms.Acceptance.Publication;

namespace Terms.Tests.Storage;

/// <summary>Versions that were published through the workbench, in the store.</summary>
public sealed class PublishedVersionsTests
{
    private static readonly Withdrawal Back = new(Now, "Cai", "The figure is wrong.");

    [Fact]
    public async Task A_published_version_is_there_after_opening_again_byte_for_byte_with_its_leaf()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            Assert.Null(await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), []));
            Assert.Null(await store.Versions.Publish(Version("2028-01-01"), Leaf("2028-01-01"), []));
        }
        await using var again = folder.Open();

        var versions = again.Versions.All();
        Assert.Equal(["lamp-hire/2027-01-01", "lamp-hire/2028-01-01"], versions.Select(v => v.Path));
        Assert.Equal("# Lamp hire\r\n\n2027-01-01 \ufeff", versions[0].Files.Text("terms.en.md"));
        Assert.Equal(("draft-1", Digest.Of("2027-01-01"), null), (versions[0].Draft, versions[0].Digest, versions[0].Withdrawal));
        Assert.Equal(versions.Select(v => v.Path), again.Publications(0, 10).Select(l => Publication.Parse(l).Path));
        Assert.Equal(Now, again.FirstSeen()["lamp-hire/2028-01-01"]);
        Assert.Equal(versions.Select(v => v.Path), PublishedVersions.Of(folder.Folders).Select(v => v.Path));
        Assert.Empty(StoreCheck.Run(folder.Folders).Findings);
    }

    [Fact]
    public async Task A_version_is_published_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), []))));

        Assert.Single(all, refusal => refusal is null);
        Assert.Equal(15, all.Count(refusal => refusal == "lamp-hire/2027-01-01 has been published already. Choose another day."));
        Assert.Equal(1, store.Latest(Logs.Catalogue).Size);
    }

    [Fact]
    public async Task What_belongs_to_a_publication_is_written_with_it_or_nothing_is()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        new WebhookRegister(folder.Folders).Add(new Webhook("shop", "https://shop.example/", [Webhook.Published], Now), WebhookSecret.New(), "operator test");
        var others = Task.WhenAll(Enumerable.Range(0, 200).Select(n => store.Record(Recording($"s{n}", n))));

        Assert.Equal("The draft has changed.", await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), [Row("first"), new FurtherWrite(0, _ => "The draft has changed.")]));
        Assert.Null(store.Shown("first"));
        Assert.Empty(store.Versions.All());
        Assert.Equal(0, store.Latest(Logs.Catalogue).Size);
        Assert.Empty(store.Webhooks.Due(Now));

        Assert.Null(await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), [Row("first"), Row("second")]));
        Assert.NotNull(store.Shown("first"));
        Assert.NotNull(store.Shown("second"));
        Assert.Contains("\"version\":\"2027-01-01\"", Encoding.UTF8.GetString(Assert.Single(store.Webhooks.Due(Now)).Body.Span), StringComparison.Ordinal);
        Assert.All(await others, recorded => Assert.IsType<Recorded.Added>(recorded));
    }

    [Fact]
    public async Task A_withdrawal_is_a_row_of_its_own_and_the_version_stays()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            Assert.Equal("lamp-hire/2027-01-01 was not published through the workbench. Write `withdrawn` in its version.yaml.", await store.Versions.Withdraw(new("lamp-hire"), new("2027-01-01"), Back, []));
            await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), []);
            Assert.Equal("Not so.", await store.Versions.Withdraw(new("lamp-hire"), new("2027-01-01"), Back, [new FurtherWrite(0, _ => "Not so.")]));
            Assert.Null(Assert.Single(store.Versions.All()).Withdrawal);
            Assert.Null(await store.Versions.Withdraw(new("lamp-hire"), new("2027-01-01"), Back, []));
            Assert.Equal("lamp-hire/2027-01-01 has been withdrawn already.", await store.Versions.Withdraw(new("lamp-hire"), new("2027-01-01"), Back, []));
        }
        await using var again = folder.Open();

        Assert.Equal(Back, Assert.Single(again.Versions.All()).Withdrawal);
        Assert.Equal("effective: 2027-01-01\n", again.Versions.All()[0].Files.Text("version.yaml"));
        Assert.Equal(1, again.Latest(Logs.Catalogue).Size);
    }

    [Theory]
    [InlineData("UPDATE publications SET draft = 'x'", "what was published is never changed")]
    [InlineData("DELETE FROM publications", "what was published is never removed")]
    [InlineData("UPDATE publication_files SET content = x''", "what was published is never changed")]
    [InlineData("DELETE FROM publication_files", "what was published is never removed")]
    [InlineData("UPDATE withdrawals SET why = 'x'", "a withdrawal is never changed")]
    [InlineData("DELETE FROM withdrawals", "a withdrawal is never removed")]
    public async Task The_ledger_itself_refuses_changes(string sql, string says)
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), []);
            await store.Versions.Withdraw(new("lamp-hire"), new("2027-01-01"), Back, []);
        }

        Assert.Contains(says, Assert.Throws<StoreException>(() => folder.Alter(sql)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TRIGGER publications_stay; UPDATE publications SET version = '2027-02-01'", "lamp-hire/2027-02-01 was published through the workbench as entry 0 of the log catalogue, and that entry is another.")]
    [InlineData("DROP TRIGGER publication_files_are_kept; DELETE FROM publication_files", "and has no files.")]
    [InlineData("DROP TRIGGER publications_are_kept; DELETE FROM publications", "2 files belong to no published version.")]
    public async Task A_check_of_the_store_finds_what_was_altered_past_the_server(string sql, string says)
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01"), []);
        }
        folder.Alter(sql);

        Assert.Contains(StoreCheck.Run(folder.Folders).Findings, f => f.EndsWith(says, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_publication_of_yesterday_is_refused()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await Add(store, Recording("s", 0));

        Assert.StartsWith("The clock ran backwards: it says 2026-05-02T10:00:00Z", await store.Versions.Publish(Version("2027-01-01"), Leaf("2027-01-01", Now.AddDays(-1)), []), StringComparison.Ordinal);
    }

    private static PublishedVersion Version(string day) => new(
        "draft-1", Digest.Of(day), new("lamp-hire"), new(day), ContentFiles.Empty.With("version.yaml", $"effective: {day}\n").With("terms.en.md", $"# Lamp hire\r\n\n{day} \ufeff"));

    private static Publication Leaf(string day, DateTimeOffset? at = null) => new("lamp-hire", day, Digest.Of(day).Value, null, day, "official", at ?? Now);

    private static FurtherWrite Row(string name) => new(16, database =>
    {
        database.Statement("INSERT INTO shown(digest, media, content) VALUES (?, 'text/plain', x'')").Bind(1, name).Run();
        return null;
    });
}
