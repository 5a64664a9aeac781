using System.Text;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Notices;
using Terms.People;
using Terms.Storage;
using Terms.Tests.Acceptance;
using Terms.Webhooks;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>The outbox: written with what it tells, in order for each agreement, until it is taken or given up.</summary>
public sealed class StoredWebhooksTests
{
    private static readonly RetryPolicy Policy = RetryPolicy.Usual;
    private static readonly DeliveryResult Taken = new(true, false, 204, "The receiver has taken it.");
    private static readonly DeliveryResult Later = new(false, false, 503, "The receiver did not take it.");

    private static void Hook(StoreFolder folder, string id, params string[] events) => new WebhookRegister(folder.Folders).Add(new Webhook(id, $"https://{id}.example/", [.. events], Now), WebhookSecret.New(), "operator test");

    private static Publication Version(string agreement, string version) => new(agreement, version, "sha256:" + new string('0', 64), null, version, "restatement", Now);

    private static async Task Try(Store store, DueMessage message, DeliveryResult result, DateTimeOffset at)
    {
        var attempt = await store.Webhooks.Begin(message, Policy, 0, at);
        await store.Webhooks.End(message, attempt!.Value, result, Policy, 0, at);
    }

    [Fact]
    public async Task What_no_webhook_wants_is_not_written()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Hook(folder, "a", Webhook.Effective);

        await store.Publish([Version("lamp-hire", "2025-07-01")]);

        Assert.Empty(store.Webhooks.Due(Now));
        Assert.Empty(store.Webhooks.Deliveries("a", null, 10));
    }

    [Fact]
    public async Task A_message_is_written_with_what_it_tells_or_not_at_all()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Hook(folder, "a", Webhook.Published);
        await store.Publish([Version("lamp-hire", "2025-07-01")]);

        await Assert.ThrowsAsync<StoreException>(() => store.Publish([Version("lamp-hire", "2025-08-01"), Version("lamp-hire", "2025-07-01") with { TextDigest = "sha256:" + new string('1', 64) }]));

        var message = Assert.Single(store.Webhooks.Due(Now));
        Assert.Contains("\"version\":\"2025-07-01\"", Encoding.UTF8.GetString(message.Body.Span), StringComparison.Ordinal);
        Assert.Equal(WebhookMessage.IdOf(message.Body.Span), message.Id);
    }

    [Fact]
    public async Task Every_webhook_has_what_concerns_an_agreement_in_order_and_one_does_not_wait_for_another()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Hook(folder, "a", Webhook.Published);
        Hook(folder, "b", Webhook.Published);
        await store.Publish([Version("lamp-hire", "2025-07-01"), Version("lamp-hire", "2025-08-01"), Version("lamp-care", "2025-07-01")]);

        var due = store.Webhooks.Due(Now);
        Assert.Equal(["a lamp-care 1", "a lamp-hire 1", "b lamp-care 1", "b lamp-hire 1"], due.Select(Name).Order());
        await Try(store, due.Single(d => Name(d) == "a lamp-hire 1"), Later, Now);
        await Try(store, due.Single(d => Name(d) == "b lamp-hire 1"), Taken, Now);

        Assert.Equal(["a lamp-care 1", "b lamp-care 1", "b lamp-hire 2"], store.Webhooks.Due(Now).Select(Name).Order());
        Assert.Equal(["a lamp-care 1", "a lamp-hire 1", "b lamp-care 1", "b lamp-hire 2"], store.Webhooks.Due(Now.AddMinutes(1)).Select(Name).Order());

        static string Name(DueMessage message) => $"{message.Webhook.Id} {message.Agreement} {JsonDocument.Parse(message.Body).RootElement.GetProperty("sequence").GetInt64()}";
    }

    [Fact]
    public async Task An_acceptance_is_told_once_for_each_agreement_that_it_names()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Hook(folder, "a", Webhook.Recorded);
        var record = Acts.Agree(versions: [Acts.Version(), Acts.Version("terms-of-use")]);

        var recorded = Assert.IsType<Recorded.Added>(await store.Record(new Recording(record.Bytes(), record.Subject, Now, "key\n1", Asked("r"))));
        await store.Record(new Recording(record.Bytes(), record.Subject, Now, "key\n1", Asked("r")));

        var told = store.Webhooks.Due(Now.AddYears(1)).Concat(store.Webhooks.Due(Now.AddYears(1))).DistinctBy(d => d.Id).ToList();
        Assert.Equal(record.Agreements.Select(a => a.Agreement).Distinct().Order(), told.Select(d => d.Agreement).Order());
        Assert.All(told, d => Assert.Equal(recorded.Entry.Id.ToString(), JsonDocument.Parse(d.Body).RootElement.GetProperty("data").GetProperty("acceptance").GetString()));
        Assert.Equal(record.Agreements.Length, store.Webhooks.Deliveries("a", null, 100).Count);
    }

    [Fact]
    public async Task A_webhook_that_is_added_or_disabled_beside_the_server_counts_from_the_next_batch_on()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await store.Publish([Version("lamp-hire", "2025-07-01")]);
        Hook(folder, "a", Webhook.Published);
        await store.Publish([Version("lamp-hire", "2025-08-01")]);
        new WebhookRegister(folder.Folders).Disable("a", "operator test", Now);
        await store.Publish([Version("lamp-hire", "2025-09-01")]);

        Assert.Single(store.Webhooks.Deliveries("a", null, 10));
        Assert.Empty(store.Webhooks.Due(Now));
        Assert.Equal("The webhook a is disabled already.", Assert.Throws<StepRefusedException>(() => new WebhookRegister(folder.Folders).Disable("a", "operator test", Now)).Message);
        Assert.StartsWith("There is a webhook a already.", Assert.Throws<StepRefusedException>(() => Hook(folder, "a", Webhook.Published)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_restart_an_attempt_without_an_end_is_made_again_under_the_same_id()
    {
        using var folder = new StoreFolder();
        Hook(folder, "a", Webhook.Published);
        string id;
        await using (var store = folder.Open())
        {
            await store.Publish([Version("lamp-hire", "2025-07-01")]);
            var message = store.Webhooks.Due(Now).Single();
            id = message.Id;
            Assert.NotNull(await store.Webhooks.Begin(message, Policy, 0, Now));
            Assert.Null(await store.Webhooks.Begin(message, Policy, 0, Now)); // Nobody begins the same attempt twice.
        }
        await using var again = folder.Open();

        Assert.Empty(again.Webhooks.Due(Now.AddMinutes(9)));
        Assert.Equal(id, again.Webhooks.Due(Now.AddMinutes(10)).Single().Id);
    }

    [Fact]
    public async Task A_message_is_tried_later_and_later_then_given_up_and_can_be_replayed()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Hook(folder, "a", Webhook.Published);
        await store.Publish([Version("lamp-hire", "2025-07-01"), Version("lamp-hire", "2025-08-01")]);
        var (now, id) = (Now, store.Webhooks.Due(Now).Single().Id);
        for (var attempt = 0; attempt <= Policy.Waits.Length; attempt++)
        {
            Assert.Equal(id, store.Webhooks.Due(now).Single().Id);
            await Try(store, store.Webhooks.Due(now).Single(), Later, now);
            now += attempt < Policy.Waits.Length ? Policy.Waits[attempt] : TimeSpan.Zero;
        }

        var given = store.Webhooks.Deliveries("a", null, 10)[1];
        Assert.Equal((DeliveryState.GivenUp, Policy.Waits.Length + 1), (given.State, given.Attempts.Count));
        Assert.All(given.Attempts, a => Assert.Equal((503, "The receiver did not take it."), (a.Status, a.Words)));
        Assert.NotEqual(id, store.Webhooks.Due(now).Single().Id); // The next one has its turn.

        Assert.Equal(0, await store.Webhooks.Replay("a", new ReplayChoice("msg_none", null), "anna", now));
        Assert.Equal(1, new WebhookRegister(folder.Folders).Replay("a", new ReplayChoice(null, null), "anna", now));
        Assert.Equal(id, store.Webhooks.Due(now).Single().Id);
        await Try(store, store.Webhooks.Due(now).Single(), Taken, now);
        Assert.Equal(1, await store.Webhooks.Replay("a", new ReplayChoice(id, null), "anna", now));
        Assert.Equal(0, await store.Webhooks.Replay("a", new ReplayChoice(null, now.AddDays(1)), "anna", now));
        await Try(store, store.Webhooks.Due(now).Single(), Taken, now);
        await Try(store, store.Webhooks.Due(now).Single(), Taken, now);
        Assert.Equal(2, await store.Webhooks.Replay("a", new ReplayChoice(null, Now), "anna", now));
        Assert.StartsWith("There is no webhook b.", Assert.Throws<StepRefusedException>(() => new WebhookRegister(folder.Folders).Replay("b", new ReplayChoice(null, null), "anna", now)).Message, StringComparison.Ordinal);
        Assert.Equal(["a: 1 that had been given up", $"a: {id}", $"a: 2 written since {Now.ToRfc3339()}"], store.Events.After(new(Who: "anna", Kind: "messages-replayed"), 0, 10).Select(e => PersonEvent.Parse(e.Json).What));
    }

    [Fact]
    public async Task A_message_that_is_refused_for_good_is_given_up_at_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        Hook(folder, "a", Webhook.Published);
        await store.Publish([Version("lamp-hire", "2025-07-01")]);

        await Try(store, store.Webhooks.Due(Now).Single(), new DeliveryResult(false, true, 410, "gone"), Now);

        Assert.Empty(store.Webhooks.Due(Now.AddYears(1)));
        Assert.Equal(DeliveryState.GivenUp, store.Webhooks.Deliveries("a", null, 10).Single().State);
    }

    [Fact]
    public async Task Effects_are_told_once_and_not_those_from_before_the_first_look()
    {
        using var folder = new StoreFolder();
        Hook(folder, "a", Webhook.Effective);
        var versions = Repository.Content.Catalogue.Find("terms-of-use")!.Versions;
        await using (var store = folder.Open())
        {
            Assert.Empty(await store.Webhooks.TellEffective([.. versions.SkipLast(1)], Now));
            Assert.Equal([versions[^1].Path], await store.Webhooks.TellEffective(versions, Now));
            Assert.Empty(await store.Webhooks.TellEffective(versions, Now));
        }
        await using var again = folder.Open();
        Assert.Empty(await again.Webhooks.TellEffective(versions, Now.AddDays(1)));
        Assert.Contains($"\"version\":\"{versions[^1].Id}\"", Encoding.UTF8.GetString(again.Webhooks.Due(Now).Single().Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void One_webhook_sends_notices_on_and_its_secret_is_for_the_owner_alone()
    {
        using var folder = new StoreFolder();
        Hook(folder, "mail", Webhook.NoticeSend);

        Assert.Equal("Notices are sent on by the webhook mail, and by one alone, so that nobody is told twice. Disable it first.",
            Assert.Throws<StepRefusedException>(() => Hook(folder, "post", Webhook.NoticeSend)).Message);
        new WebhookRegister(folder.Folders).Disable("mail", "operator test", Now);
        Hook(folder, "post", Webhook.NoticeSend);
        Assert.StartsWith("whsec_", File.ReadAllText(folder.Folders.WebhookSecret("post")), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.Folders.WebhookSecret("post")));
        }
        Assert.DoesNotContain("whsec_", Encoding.Latin1.GetString(File.ReadAllBytes(folder.Ledger)), StringComparison.Ordinal);
        var (with, without) = (Path.Combine(folder.Folders.Data, "with"), Path.Combine(folder.Folders.Data, "without"));
        Backup.Make(folder.Folders, with, withKeys: true);
        Backup.Make(folder.Folders, without, withKeys: false);
        Assert.True(File.Exists(new StoreFolders(with).WebhookSecret("post")));
        Assert.False(File.Exists(new StoreFolders(without).WebhookSecret("post")));
    }
}
