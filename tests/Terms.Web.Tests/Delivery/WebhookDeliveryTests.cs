using System.Diagnostics;
using System.Net;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Delivery;
using Terms.Web.Editing;
using Terms.Web.Tests.Editing;
using Terms.Webhooks;

namespace Terms.Web.Tests.Delivery;

/// <summary>Webhooks against a real receiver: signed, in order, again until they are taken, and nowhere that they may not go.</summary>
public sealed class WebhookDeliveryTests
{
    private static Task<System.Text.Json.JsonElement> Accept(AcceptanceApplication terms, string subject) => terms.Service().Accept(subject);

    [Fact]
    public async Task An_acceptance_is_told_signed_and_in_order()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Recorded);
        var first = await Accept(terms, "member-1");
        var second = await Accept(terms, "member-2");

        await terms.SendMessages();
        await terms.SendMessages();

        Assert.Equal(2, receiver.All.Count);
        Assert.All(receiver.All, m => Assert.True(m.IsGenuine));
        Assert.Equal([first.Text("id"), second.Text("id")], receiver.All.Select(m => m.Data.Text("acceptance")));
        Assert.Equal([1L, 2L], receiver.All.Select(m => m.Json.GetProperty("sequence").GetInt64()));
        var data = receiver.All.First().Data;
        Assert.Equal(("lamp-hire", "2025-01-01", "agree", "member-1"), (data.Text("agreement"), data.Text("version"), data.Text("kind"), data.Text("subject")));
        Assert.Equal(2, receiver.All.Select(m => m.Id).Distinct().Count());
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_later_under_the_same_id_and_nothing_overtakes_it()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Answer(500, 429);
        receiver.Register(terms, "shop", Webhook.Recorded);
        await Accept(terms, "member-1");
        await Accept(terms, "member-2");

        await terms.SendMessages();
        await terms.SendMessages();
        Assert.Single(receiver.All);
        terms.Now += TimeSpan.FromMinutes(1.3);
        await terms.SendMessages();
        terms.Now += TimeSpan.FromMinutes(6.1);
        await terms.SendMessages();

        Assert.Equal(["member-1", "member-1", "member-1", "member-2"], receiver.All.Select(m => m.Data.Text("subject")));
        Assert.Single(receiver.All.Take(3).Select(m => (m.Id, Convert.ToHexString(m.Body))).Distinct());
        Assert.All(receiver.All, m => Assert.True(m.IsGenuine)); // Each attempt bears its own time.
        var attempts = terms.Store().Webhooks.Deliveries("shop", null, 10)[1].Attempts;
        Assert.Equal([500, 429, 204], attempts.Select(a => a.Status));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Answer(307);
        receiver.Register(terms, "shop", Webhook.Recorded);
        await Accept(terms, "member-1");

        await terms.SendMessages();

        Assert.Single(receiver.All);
        Assert.Equal((307, "The receiver led elsewhere, which is not followed. Register the new address."), LastAttempt(terms));
    }

    [Fact]
    public async Task A_receiver_that_says_gone_is_not_asked_again_until_somebody_replays_it()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Answer(410);
        receiver.Register(terms, "shop", Webhook.Recorded);
        await Accept(terms, "member-1");
        await terms.SendMessages();
        terms.Now += TimeSpan.FromDays(3);
        await terms.SendMessages();
        Assert.Single(receiver.All);

        Assert.Equal(1, new WebhookRegister(new StoreFolders(terms.Data)).Replay("shop", new ReplayChoice(null, null), "operator test", terms.Now));
        await terms.SendMessages();

        Assert.Equal(2, receiver.All.Count);
        Assert.Single(receiver.All.Select(m => m.Id).Distinct());
    }

    [Fact]
    public async Task A_slow_receiver_is_given_up_for_now_and_keeps_nobody_else_waiting()
    {
        using var terms = DeliveryApplication.New(("Terms:Webhooks:TimeoutSeconds", "1.5"));
        await using var slow = await Receiver.Start(terms);
        await using var quick = await Receiver.Start(terms);
        slow.Answers.Enqueue(context => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted));
        slow.Register(terms, "slow", Webhook.Recorded);
        quick.Register(terms, "quick", Webhook.Recorded);
        for (var n = 0; n < 5; n++)
        {
            await Accept(terms, $"member-{n}");
        }
        var since = Stopwatch.GetTimestamp();
        terms.Of<WebhookSender>().Begin(CancellationToken.None);
        while (quick.All.Count < 5 && Stopwatch.GetElapsedTime(since) < TimeSpan.FromSeconds(20))
        {
            await Task.Delay(20);
        }

        Assert.Equal((5, 1), (quick.All.Count, slow.All.Count));
        await terms.Of<WebhookSender>().Idle();
        Assert.Equal((null, "There was no answer within 1.5 seconds."), LastAttempt(terms, "slow", ^1));
    }

    [Fact]
    public async Task A_network_that_is_not_public_is_sent_to_only_if_the_settings_name_it()
    {
        using var terms = DeliveryApplication.New(("Terms:Webhooks:AllowedNetworks:0", "10.99.0.0/16"));
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Recorded);
        new WebhookRegister(new StoreFolders(terms.Data)).Add(new Webhook("name", receiver.Address.Replace("http://127.0.0.1", "https://localhost", StringComparison.Ordinal), [Webhook.Recorded], terms.Now), WebhookSecret.New(), "operator test");
        await Accept(terms, "member-1");

        await terms.SendMessages();

        Assert.Empty(receiver.All);
        Assert.Equal((null, "127.0.0.1 is to be sent to without encryption. Use https, or name its network in Terms:Webhooks:AllowedNetworks."), LastAttempt(terms));
        Assert.Equal((null, "localhost leads to no public address. If it is meant, name its network in Terms:Webhooks:AllowedNetworks."), LastAttempt(terms, "name", 0));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("fe80::1", false)]
    [InlineData("fc00::1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:a00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("ff02::1", false)]
    public void An_address_is_public_or_not(string address, bool isPublic)
    {
        Assert.Equal(isPublic, Destinations.IsPublic(IPAddress.Parse(address)));
        Assert.Equal(isPublic, new Destinations([]).Allows(IPAddress.Parse(address), isSecure: true));
        Assert.False(new Destinations([]).Allows(IPAddress.Parse(address), isSecure: false));
    }

    [Fact]
    public void A_network_that_is_named_is_sent_to_with_or_without_encryption()
    {
        var destinations = new Destinations([IPNetwork.Parse("10.1.0.0/16")]);

        Assert.True(destinations.Allows(IPAddress.Parse("10.1.2.3"), isSecure: false));
        Assert.True(destinations.Allows(IPAddress.Parse("::ffff:10.1.2.3"), isSecure: true));
        Assert.False(destinations.Allows(IPAddress.Parse("10.2.0.1"), isSecure: true));
    }

    [Fact]
    public async Task A_version_is_told_when_its_day_has_come_also_by_a_server_that_stood_still()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Effective);
        await terms.SendMessages();
        Assert.Empty(receiver.All);

        terms.Now = new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero);
        using var again = await terms.StartedAgain();
        await again.SendMessages();
        await again.SendMessages();

        var told = Assert.Single(receiver.All);
        Assert.Equal((Webhook.Effective, "lamp-hire", "2025-07-01"), (told.Type, told.Data.Text("agreement"), told.Data.Text("version")));
    }

    [Fact]
    public async Task A_version_that_comes_into_the_catalogue_is_told()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Published);

        await terms.Store().Publish([new Acceptance.Publication("lamp-hire", "2026-01-01", "sha256:" + new string('0', 64), null, "2026-01-01", "restatement", terms.Now)]);
        await terms.SendMessages();

        Assert.Equal("2026-01-01", Assert.Single(receiver.All).Data.Text("version"));
    }

    [Fact]
    public async Task A_version_that_is_published_in_the_workbench_is_told_at_once_and_again_on_its_day_and_one_that_is_refused_is_not()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Published, Webhook.Effective);
        var desk = new DraftDesk(terms);
        var draft = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        Assert.IsType<StepOutcome.Denied>(await desk.Workbench.Publish(new Editor("clara", [new(EditorRole.Publisher)]), draft.Id));
        await terms.SendMessages();
        Assert.Empty(receiver.All);

        await desk.Published(await desk.Scheduled(draft, "2025-06-01", "2025-09-01"));
        await terms.SendMessages();
        Assert.Equal("version.published 2025-09-01 1", Assert.Single(receiver.All.Select(Told)));
        terms.Now = new DateTimeOffset(2025, 8, 31, 16, 0, 0, TimeSpan.Zero);
        await terms.SendMessages();
        await terms.SendMessages();

        Assert.Equal(["version.published 2025-09-01 1", "version.effective 2025-07-01 2", "version.effective 2025-09-01 3"], receiver.All.Select(Told));

        static string Told(Received message) => $"{message.Type} {message.Data.Text("version")} {message.Json.GetProperty("sequence").GetInt64()}";
    }

    [Fact]
    public async Task A_server_that_stops_brings_to_its_end_what_it_has_begun()
    {
        using var terms = DeliveryApplication.New(("Terms:SendEverySeconds", "0.05"));
        await using var receiver = await Receiver.Start(terms);
        var (came, mayAnswer) = (new TaskCompletionSource(), new TaskCompletionSource());
        receiver.Answers.Enqueue(_ =>
        {
            came.SetResult();
            return mayAnswer.Task;
        });
        receiver.Register(terms, "shop", Webhook.Recorded);
        await Accept(terms, "member-1");
        await Accept(terms, "member-2");
        await came.Task.WaitAsync(TimeSpan.FromSeconds(30));

        var stopped = Task.Run(terms.StartedAgain);
        await Task.Delay(200);
        mayAnswer.SetResult();
        using var again = await stopped.WaitAsync(TimeSpan.FromSeconds(30));
        again.Settings["Terms:SendEverySeconds"] = "0";
        _ = again.Server;
        Assert.Equal([DeliveryState.Waiting, DeliveryState.Delivered], again.Store().Webhooks.Deliveries("shop", null, 10).Select(d => d.State));
        await again.SendMessages();
        Assert.Equal(["member-1", "member-2"], receiver.All.Select(m => m.Data.Text("subject")));
    }

    [Fact]
    public async Task Without_its_secret_a_webhook_is_sent_nothing()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Recorded);
        File.Delete(new StoreFolders(terms.Data).WebhookSecret("shop"));
        await Accept(terms, "member-1");

        await terms.SendMessages();

        Assert.Empty(receiver.All);
        Assert.Contains("webhook-shop.secret", LastAttempt(terms).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_receiver_of_the_documentation_is_the_one_that_the_tests_use()
    {
        var example = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Terms.Web.Tests", "Delivery", "ExampleReceiver.cs"));
        const string begin = "// The example begins here.", end = "// The example ends here.";
        var lines = example[(example.IndexOf(begin, StringComparison.Ordinal) + begin.Length)..example.IndexOf(end, StringComparison.Ordinal)].Trim().Split('\n').Select(l => l.StartsWith("    ", StringComparison.Ordinal) ? l[4..] : l);

        Assert.Contains(string.Join('\n', lines), File.ReadAllText(Path.Combine(Repository.Root, "docs", "webhooks.md")), StringComparison.Ordinal);
    }

    private static (int? Status, string? Words) LastAttempt(AcceptanceApplication terms, string webhook = "shop", Index? delivery = null)
    {
        var deliveries = terms.Store().Webhooks.Deliveries(webhook, null, 10);
        var attempt = deliveries[delivery ?? 0].Attempts[^1];
        return (attempt.Status, attempt.Words);
    }
}
