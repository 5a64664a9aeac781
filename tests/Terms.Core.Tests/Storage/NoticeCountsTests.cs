using System.Globalization;
using System.Text;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Storage;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>How many notices of a version stand how, counted as they move on.</summary>
public sealed class NoticeCountsTests
{
    private const string Version = "free-membership/2025-04-01";
    private static readonly RetryPolicy Policy = new([TimeSpan.FromMinutes(1)], TimeSpan.FromMinutes(10));

    private static NewNotice Make(string id, string channel = "email", NoticeCarrier carrier = NoticeCarrier.Webhook, string version = Version) => new(
        new Notice(id, carrier == NoticeCarrier.Board ? Notice.Everybody : $"member-{id}", version, Digest.Of("x"), channel, "en", "New terms", [.. Encoding.UTF8.GetBytes("We change our terms.")]),
        carrier, carrier == NoticeCarrier.Board ? null : "ada@lamps.example", "r");

    private static Task<KeptNotice?> Note(Store store, NoticeEvent happened) => store.Notices.Note(happened, Policy, 0);

    private static string Counts(Store store, string version = Version) =>
        string.Join(", ", store.Notices.Counts(version).OrderBy(c => c.Channel, StringComparer.Ordinal).ThenBy(c => c.Standing).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Channel} {c.Standing} {c.Count}")));

    [Fact]
    public async Task Each_notice_is_counted_once_by_its_channel_and_by_how_it_stands_now()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await store.Notices.Add([Make("n-1"), Make("n-2"), Make("n-3", "sms"), Make("n-4"), Make("board", "site-posting", NoticeCarrier.Board), Make("n-5", version: "free-membership/2026-01-01")], Now);
        await store.Notices.Add([Make("n-1")], Now);
        Assert.Equal("email Waiting 3, sms Waiting 1", Counts(store));

        await Note(store, new NoticeAttempted("n-1", Now));
        Assert.Equal("email Waiting 3, sms Waiting 1", Counts(store));
        await Note(store, new NoticeSent("n-1", Now, null));
        await Note(store, new NoticeDelivered("n-1", Now, null));
        await Note(store, new NoticeDelivered("n-1", Now, null)); // Said again, it is no event.
        await Note(store, new NoticeAttempted("n-2", Now));
        await Note(store, new NoticeSent("n-2", Now, null));
        await Note(store, new NoticeAttempted("n-4", Now));
        await Note(store, new NoticeFailed("n-4", Now, "Later.", IsLasting: false));
        await Note(store, new NoticeAttempted("n-3", Now));
        await Note(store, new NoticeFailed("n-3", Now, "No such number.", IsLasting: true));
        Assert.Equal("email Waiting 1, email Sent 1, email Delivered 1, sms Failed 1", Counts(store));

        await Note(store, new NoticeBounced("n-1", Now, "550"));
        await Note(store, new NoticeDelivered("board", Now, null));
        Assert.Equal("email Waiting 1, email Sent 1, email Failed 1, sms Failed 1", Counts(store));
        Assert.Equal("email Waiting 1", Counts(store, "free-membership/2026-01-01"));
        Assert.Equal("", Counts(store, "free-membership/2027-01-01"));
    }

    [Fact]
    public async Task What_may_have_been_sent_and_is_left_to_a_person_counts_as_failed()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await store.Notices.Add([Make("n-1", carrier: NoticeCarrier.Smtp)], Now);
        var begun = await Note(store, new NoticeAttempted("n-1", Now));

        await store.Notices.LeaveToPerson(begun!, Now.AddMinutes(10));
        await store.Notices.LeaveToPerson(begun!, Now.AddMinutes(11));

        Assert.Equal("email Failed 1", Counts(store));
    }

    [Fact]
    public async Task Notices_of_an_earlier_program_are_counted_when_the_store_is_brought_up()
    {
        using var folder = new StoreFolder();
        string counted;
        await using (var store = folder.Open())
        {
            await store.Notices.Add([Make("n-1"), Make("n-2"), Make("n-3", "sms"), Make("n-4"), Make("board", "site-posting", NoticeCarrier.Board)], Now);
            await Note(store, new NoticeAttempted("n-1", Now));
            await Note(store, new NoticeSent("n-1", Now, null));
            await Note(store, new NoticeDelivered("n-1", Now, null));
            await Note(store, new NoticeAttempted("n-2", Now));
            await Note(store, new NoticeSent("n-2", Now, null));
            await Note(store, new NoticeAttempted("n-3", Now));
            await Note(store, new NoticeFailed("n-3", Now, "No such number.", IsLasting: true));
            counted = Counts(store);
        }
        List<string> tables;
        using (var earlier = Database.Create(folder.Ledger + ".earlier"))
        {
            Migrations.Run(earlier, Now, known: 5);
            tables = Tables(earlier);
        }
        using (var ledger = Database.OpenToRead(folder.Ledger))
        {
            tables = [.. Tables(ledger).Except(tables)];
        }
        Assert.Contains("notice_counts", tables);
        folder.Alter(string.Concat(tables.Select(t => $"DROP TABLE {t}; ")) + "DELETE FROM migrations WHERE number > 5");

        await using var again = folder.Open();

        Assert.Equal("email Waiting 1, email Sent 1, email Delivered 1, sms Failed 1", counted);
        Assert.Equal(counted, Counts(again));
    }

    private static List<string> Tables(Database database) => database.Statement("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").All(r => r.Text(0));
}
