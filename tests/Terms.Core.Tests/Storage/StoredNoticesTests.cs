using System.Text;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Storage;
using Terms.Webhooks;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>Notices in the store: kept once, sent once, erased where they are personal.</summary>
public sealed class StoredNoticesTests
{
    private static readonly RetryPolicy Policy = RetryPolicy.Usual;

    private static NewNotice Make(string id = "n-1", string subject = "member-17", NoticeCarrier carrier = NoticeCarrier.Webhook, string words = "We change our terms.", string request = "r") => new(
        new Notice(id, subject, "free-membership/2025-04-01", Digest.Of("x"), carrier == NoticeCarrier.Board ? "site-posting" : "email", "en", "New terms", [.. Encoding.UTF8.GetBytes(words)]),
        carrier, carrier == NoticeCarrier.Board ? null : "ada@lamps.example", request);

    private static async Task<KeptNotice> Kept(Store store, NewNotice notice)
    {
        Assert.Equal([NoticeAddition.Added], await store.Notices.Add([notice], Now));
        return store.Notices.Find(notice.Notice.Id)!;
    }

    private static Task<KeptNotice?> Note(Store store, NoticeEvent happened, double spread = 0) => store.Notices.Note(happened, Policy, spread);

    [Fact]
    public async Task A_notice_is_read_back_as_it_was_kept_and_its_words_are_there_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();

        var kept = await Kept(store, Make());
        await Kept(store, Make("n-2", "member-18"));

        Assert.Equal("We change our terms.", Encoding.UTF8.GetString(kept.Notice.Bytes.AsSpan()));
        Assert.Equal((Make().Notice.Digest, Digest.Of("x"), "email", NoticeCarrier.Webhook), (kept.Notice.Digest, kept.Notice.TextDigest, kept.Notice.Channel, kept.Carrier));
        Assert.Equal(new NoticeQueued("n-1", Now), Assert.Single(kept.Events));
        Assert.Equal("ada@lamps.example", store.Notices.Address(kept));
        Assert.Equal(["n-1"], store.Notices.OfSubject("member-17").Select(n => n.Notice.Id));
        Assert.Equal("We change our terms.", Encoding.UTF8.GetString(store.Shown(kept.Notice.Digest.Value)!));
    }

    [Fact]
    public async Task The_same_request_keeps_a_notice_once_and_another_under_its_name_is_refused()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();

        Assert.Equal(
            [NoticeAddition.Added, NoticeAddition.Repeated, NoticeAddition.Conflict, NoticeAddition.Added],
            await store.Notices.Add([Make(), Make(words: "Later words."), Make(request: "other"), Make("n-2")], Now));
        Assert.Equal([NoticeAddition.Repeated], await store.Notices.Add([Make()], Now));
        Assert.Equal(2, store.Notices.OfSubject("member-17").Count);
        Assert.Equal("We change our terms.", Encoding.UTF8.GetString(store.Notices.Find("n-1")!.Notice.Bytes.AsSpan()));
    }

    [Fact]
    public async Task Events_and_notices_are_never_altered_or_removed()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await Kept(store, Make());
        }

        foreach (var sql in new[] { "UPDATE notice_events SET event = x''", "DELETE FROM notice_events", "INSERT OR REPLACE INTO notice_events SELECT * FROM notice_events", "UPDATE notices SET subject = 'x'", "DELETE FROM notices", "INSERT OR REPLACE INTO notices SELECT * FROM notices" })
        {
            Assert.Contains("kept as they are", Assert.Throws<StoreException>(() => folder.Alter(sql)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_due_is_what_the_policy_says()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await Kept(store, Make());

        Assert.Single(store.Notices.Due(Now, 10));
        await Note(store, new NoticeAttempted("n-1", Now));
        Assert.Empty(store.Notices.Due(Now.AddMinutes(9), 10));
        await Note(store, new NoticeFailed("n-1", Now.AddSeconds(5), "later please", false), spread: 1);
        Assert.Empty(store.Notices.Due(Now.AddSeconds(76), 10));
        Assert.Single(store.Notices.Due(Now.AddSeconds(77), 10));
        await Note(store, new NoticeAttempted("n-1", Now.AddSeconds(80)));
        await Note(store, new NoticeSent("n-1", Now.AddSeconds(81), "ok"));
        Assert.Empty(store.Notices.Due(Now.AddYears(1), 10));
    }

    [Fact]
    public async Task An_event_that_cannot_have_happened_changes_nothing()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await Kept(store, Make());

        Assert.Equal(NoticeStage.Queued, (await Note(store, new NoticeDelivered("n-1", Now, null)))!.State.Stage);
        Assert.Null(await Note(store, new NoticeDelivered("n-9", Now, null)));
        Assert.Single(store.Notices.Find("n-1")!.Events);
    }

    [Fact]
    public async Task After_a_restart_a_repeatable_notice_is_due_again_and_another_is_left_to_a_person()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            new WebhookRegister(folder.Folders).Add(new Webhook("ops", "https://ops.example/", [Webhook.NoticeFailed], Now), WebhookSecret.New(), "operator test");
            await Kept(store, Make("n-1"));
            await Kept(store, Make("n-2", carrier: NoticeCarrier.Smtp));
            await Note(store, new NoticeAttempted("n-1", Now));
            await Note(store, new NoticeAttempted("n-2", Now)); // Here the machine stops.
        }
        await using var again = folder.Open();
        var due = again.Notices.Due(Now.AddMinutes(10), 10);

        Assert.Equal(["n-1", "n-2"], due.Select(n => n.Notice.Id).Order());
        Assert.NotNull(Policy.Next(due.Single(n => n.Notice.Id == "n-1").State, isRepeatable: true));
        var doubtful = due.Single(n => n.Notice.Id == "n-2");
        Assert.Null(Policy.Next(doubtful.State, doubtful.IsRepeatable));
        await again.Notices.LeaveToPerson(doubtful, Now.AddMinutes(10));
        await again.Notices.LeaveToPerson(doubtful, Now.AddMinutes(11));
        Assert.Equal(["n-1"], again.Notices.Due(Now.AddYears(1), 10).Select(n => n.Notice.Id));
        Assert.Equal(["n-2"], again.Notices.Troubles(10).Select(n => n.Notice.Id));
        var told = Assert.Single(again.Webhooks.Deliveries("ops", null, 10));
        Assert.Equal(Webhook.NoticeFailed, told.Type);
        Assert.Contains("nobody knows whether it was", Encoding.UTF8.GetString(again.Webhooks.Due(Now.AddMinutes(10)).Single().Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whatever_happens_in_whatever_order_a_notice_is_sent_at_most_once()
    {
        var random = new Random(5);
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        for (var n = 0; n < 60; n++)
        {
            var id = $"n-{n}";
            await Kept(store, Make(id, carrier: n % 2 == 0 ? NoticeCarrier.Webhook : NoticeCarrier.Smtp));
            var now = Now;
            for (var step = 0; step < 12; step++)
            {
                now += TimeSpan.FromMinutes(random.Next(0, 700));
                await Note(store, random.Next(6) switch
                {
                    0 or 1 => new NoticeAttempted(id, now),
                    2 => new NoticeSent(id, now, null),
                    3 => new NoticeFailed(id, now, "later", random.Next(4) == 0),
                    4 => new NoticeBounced(id, now, "unknown"),
                    _ => new NoticeDelivered(id, now, null),
                }, random.NextDouble());
            }
            var kept = store.Notices.Find(id)!;
            Assert.InRange(kept.Events.OfType<NoticeSent>().Count(), 0, 1);
            var sent = kept.Events.ToList().FindIndex(e => e is NoticeSent or NoticeDelivered or NoticeBounced);
            Assert.True(sent < 0 || !kept.Events.Skip(sent).Any(e => e is NoticeAttempted));
            Assert.True(sent < 0 || store.Notices.Due(now.AddYears(9), 1000).All(d => d.Notice.Id != id));
        }
    }

    [Fact]
    public async Task A_posting_is_sent_by_being_kept()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();

        var kept = await Kept(store, Make("board-1", Notice.Everybody, NoticeCarrier.Board));

        Assert.Equal((NoticeStage.Sent, Now), (kept.State.Stage, kept.State.SentAt));
        Assert.Empty(store.Notices.Due(Now.AddYears(1), 10));
        Assert.Equal(["board-1"], store.Notices.OnBoard().Select(n => n.Notice.Id));
        Assert.Empty(store.Notices.OfSubject("member-17"));
    }

    [Fact]
    public async Task The_first_day_of_receipt_is_found_by_the_rule_of_the_version_that_is_to_be_changed()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var version = Shipped.Version("terms-of-use/2025-04-01");
        var (before, notice) = (version.Agreement.Versions[^2], new Notice("n-1", "member-17", version.Path, version.TextDigest, "email", "en", "New terms", [1]));
        Assert.Null(ReceivedNotices.First(store, Repository.Content, version, "member-17"));

        await store.Notices.Add([new NewNotice(notice, NoticeCarrier.Webhook, "a@b.example", "r")], Now);
        Assert.Equal("The notice has not been sent.", ReceivedNotices.First(store, Repository.Content, version, "member-17")!.Because);
        await Note(store, new NoticeAttempted("n-1", Now));
        await Note(store, new NoticeSent("n-1", Now, null));
        var sent = ReceivedNotices.First(store, Repository.Content, version, "member-17")!;
        var rule = NoticeReceipt.Of(notice, store.Notices.Find("n-1")!.State, Shipped.Facts(before.Path), Repository.Content.Catalogue.Zone);
        Assert.NotNull(sent.Day);
        Assert.Equal((rule.Day, rule.Because, string.Join(' ', rule.Clauses)), (sent.Day, sent.Because, string.Join(' ', sent.Clauses)));

        await Note(store, new NoticeBounced("n-1", Now.AddDays(1), "mailbox unknown"));
        Assert.Equal((null, "The notice came back: mailbox unknown"), (ReceivedNotices.First(store, Repository.Content, version, "member-17")!.Day, ReceivedNotices.First(store, Repository.Content, version, "member-17")!.Because));
    }

    [Fact]
    public async Task An_address_goes_with_the_details_of_its_subject_and_comes_back_with_no_backup()
    {
        using var folder = new StoreFolder();
        await using (var store = folder.Open())
        {
            await Kept(store, Make());
            await Kept(store, Make("n-2", "member-18"));
        }
        var copy = Path.Combine(folder.Folders.Data, "copy");
        Backup.Make(folder.Folders, copy, withKeys: true);
        var annex = new Annex(folder.Folders);
        annex.Hold("member-17", "case 17", Now);
        Assert.Throws<OnHoldException>(() => annex.EraseSubject("member-17", Now));
        annex.Release("member-17", Now);

        var erased = annex.EraseSubject("member-17", Now);

        Assert.Equal((0, "n-1"), (erased.Acceptances.Count, Assert.Single(erased.Notices)));
        Assert.Equal("""{"notice":"n-1","details":["address"],"at":"2026-05-03T10:00:00Z"}""" + "\n", File.ReadAllText(Path.Combine(folder.Folders.Data, "erasures.log")));
        Backup.Restore(copy, folder.Folders, Now);
        await using var restored = folder.Open();
        Assert.Null(restored.Notices.Address(restored.Notices.Find("n-1")!));
        Assert.NotNull(restored.Notices.Address(restored.Notices.Find("n-2")!));
        Assert.Empty(annex.EraseSubject("member-17", Now).Notices);
    }
}
