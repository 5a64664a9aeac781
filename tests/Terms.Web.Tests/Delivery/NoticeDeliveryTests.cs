using System.IO.Compression;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Terms.Notices;
using Terms.Web.Delivery;
using Terms.Web.Hosting;
using Terms.Web.Tests.Editing;
using Terms.Webhooks;

namespace Terms.Web.Tests.Delivery;

/// <summary>Notices from the request of a service to the evidence, by the platform's own mail system and by SMTP.</summary>
public sealed class NoticeDeliveryTests
{
    private static readonly string[] Outcomes = ["queued", "repeated", "notNeeded", "refused"];

    private const string Version = "lamp-hire/2025-07-01";
    private static readonly object Norway = new { residence = "NO", role = "buyer", site = "easy-buy" };

    internal static object To(string subject, string language = "en", string channel = "email", string? address = null, object? customer = null) =>
        new { subject, channel, address = address ?? $"{subject}@lamps.example", language, customer };

    private static HttpRequestMessage Request(HttpContent body, string? idempotency = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/notices", UriKind.Relative)) { Content = body };
        request.Headers.Add("Idempotency-Key", idempotency ?? Guid.NewGuid().ToString());
        return request;
    }

    internal static async Task<JsonElement> Tell(HttpClient service, object[] recipients, string carrier = "webhook", string? idempotency = null, string? audience = null, int status = 200) =>
        await ServiceCalls.Answer(await service.SendAsync(Request(JsonContent.Create(new { version = Version, carrier, audience, recipients }), idempotency)), status);

    private static string Counts(JsonElement answer) => string.Join(' ', Outcomes.Select(n => $"{n} {answer.GetProperty(n).GetInt32()}"));

    private static string Because(JsonElement answer, int result) => answer.GetProperty("results")[result].Text("because");

    [Fact]
    public async Task A_notice_goes_to_the_platforms_mail_system_and_its_arrival_is_told()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();

        var answer = await Tell(service, [To("member-17"), To("member-18", "ko")]);
        Assert.Equal("queued 2 repeated 0 notNeeded 0 refused 0", Counts(answer));
        Assert.Equal(("everybody", Version), (answer.GetProperty("audience").Text("kind"), answer.Text("version")));
        await terms.SendNotices();

        var id = answer.GetProperty("results")[0].Text("notice");
        var sent = mail.All.Single(m => m.Id == id);
        Assert.True(sent.IsGenuine);
        Assert.Equal(("notice.send", id, "member-17", "member-17@lamps.example", "email", "en"),
            (sent.Type, sent.Data.Text("notice"), sent.Data.Text("subject"), sent.Data.Text("address"), sent.Data.Text("channel"), sent.Data.Text("language")));
        Assert.Contains("https://terms.example/agreements/lamp-hire/2025-07-01", sent.Data.Text("text"), StringComparison.Ordinal);
        Assert.Equal(Catalogue.Digest.OfBytes(Encoding.UTF8.GetBytes(sent.Data.Text("text"))).Value, sent.Data.Text("digest"));
        Assert.Contains("2025-07-01부터 시행됩니다", mail.All.Single(m => m.Data.Text("language") == "ko").Data.Text("text"), StringComparison.Ordinal);

        var kept = await service.Get($"/api/v1/notices/{id}");
        Assert.Equal(("sent", sent.Data.Text("text"), "204: The receiver has taken it."), (kept.Text("stage"), kept.Text("text"), kept.GetProperty("events")[2].Text("proof")));
        terms.Now += TimeSpan.FromHours(1);
        var arrived = await ServiceCalls.Answer(await service.PostAsJsonAsync(new Uri($"/api/v1/notices/{id}/events", UriKind.Relative), new { @event = "delivered", proof = "250 ok" }), 200);
        Assert.Equal(("delivered", "2025-06-01T13:00:00Z"), (arrived.Text("stage"), arrived.Text("deliveredAt")));
        var again = await ServiceCalls.Answer(await service.PostAsJsonAsync(new Uri($"/api/v1/notices/{id}/events", UriKind.Relative), new { @event = "delivered" }), 200);
        Assert.Equal(4, again.GetProperty("events").GetArrayLength());
        Assert.Equal([id], (await service.Get("/api/v1/subjects/member-17/notices")).EnumerateArray().Select(n => n.Text("id")));
    }

    [Fact]
    public async Task The_same_request_sent_again_tells_nobody_twice_also_after_a_restart()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service(out var key);
        await Tell(service, [To("member-17")], idempotency: "campaign-1");
        await terms.SendNotices();

        Assert.Equal("queued 1 repeated 1 notNeeded 0 refused 0", Counts(await Tell(service, [To("member-17", address: "new@lamps.example"), To("member-18")], idempotency: "campaign-1")));
        var other = await Tell(service, [To("member-17", "ko")], idempotency: "campaign-1");
        Assert.Equal("queued 0 repeated 0 notNeeded 0 refused 1", Counts(other));
        Assert.StartsWith("The same Idempotency-Key was sent for this subject and channel with another language", Because(other, 0), StringComparison.Ordinal);
        using var restarted = await terms.StartedAgain();
        await restarted.SendNotices();
        await restarted.SendNotices();

        Assert.Equal(["member-17", "member-18"], mail.All.Select(m => m.Data.Text("subject")));
    }

    [Fact]
    public async Task An_attempt_that_a_killed_server_had_begun_is_repeated_by_its_name()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var id = (await Tell(terms.Service(), [To("member-17")])).GetProperty("results")[0].Text("notice");
        await terms.Store().Notices.Note(new NoticeAttempted(id, terms.Now), RetryPolicy.Usual, 0); // Here it is killed: nobody knows what had left.
        using var restarted = await terms.StartedAgain();
        await restarted.SendNotices();
        Assert.Empty(mail.All);

        restarted.Now += TimeSpan.FromMinutes(10);
        await restarted.SendNotices();

        Assert.Equal(id, Assert.Single(mail.All).Id);
        Assert.Equal(NoticeStage.Sent, restarted.Store().Notices.Find(id)!.State.Stage);
    }

    [Fact]
    public async Task Every_recipient_gets_an_answer_and_what_is_wrong_is_said()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);

        var answer = await Tell(terms.Service(),
        [
            To("member-17"), To("ada@lamps.example"), To("member-18", "fr"), To("member-19", channel: "pigeon"), To("member-20", channel: "site-posting"), To("*"), new { subject = "member-21" },
            To("member-22", address: "a\nb"), To("member-23", customer: new { residence = "XX", role = "buyer" }), To("member-24", customer: new { residence = "NO", role = "buyer", site = "aliexpress" }), 17,
        ]);

        Assert.Equal("queued 1 repeated 0 notNeeded 1 refused 9", Counts(answer));
        Assert.Equal(11, answer.GetProperty("results").GetArrayLength());
        Assert.Contains("never by an address", Because(answer, 1), StringComparison.Ordinal);
        Assert.Equal("\"language\": \"fr\" is not known. Send one of: en, zh-Hans, ru, ko.", Because(answer, 2));
        Assert.StartsWith("\"channel\": \"pigeon\" is not known.", Because(answer, 3), StringComparison.Ordinal);
        Assert.EndsWith("The board is posted to by this server itself.", Because(answer, 4), StringComparison.Ordinal);
        Assert.StartsWith("\"*\" stands for everybody on the public board.", Because(answer, 5), StringComparison.Ordinal);
        Assert.Equal("\"channel\" is missing. Send it as a text.", Because(answer, 6));
        Assert.StartsWith("`address` holds a control character", Because(answer, 7), StringComparison.Ordinal);
        Assert.Contains("XX", Because(answer, 8), StringComparison.Ordinal);
        Assert.Equal(("not-needed", "The agreement is not for this customer."), (answer.GetProperty("results")[9].Text("outcome"), Because(answer, 9)));
        Assert.Equal("An object is expected. Send {…}.", Because(answer, 10));
    }

    [Fact]
    public async Task Lines_are_taken_one_by_one_and_one_that_breaks_off_is_the_last_refusal()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var lines = new StringBuilder($$"""{"version":"{{Version}}","carrier":"webhook"}""" + "\n");
        for (var n = 0; n < 600; n++)
        {
            lines.Append(JsonSerializer.Serialize(To($"member-{n}"))).Append('\n');
        }
        lines.Append("{broken\n").Append(JsonSerializer.Serialize(To("member-600"))).Append('\n').Append(' ', 0).Append("{\"subject\":\"").Append('x', 40_000);

        var answer = await ServiceCalls.Answer(await terms.Service().SendAsync(Request(new StringContent(lines.ToString(), Encoding.UTF8, "application/jsonl"))), 200);

        Assert.Equal("queued 601 repeated 0 notNeeded 0 refused 2", Counts(answer));
        Assert.StartsWith("The body is not well-formed JSON", Because(answer, 600), StringComparison.Ordinal);
        Assert.StartsWith("A line is longer than 32 KB.", Because(answer, 602), StringComparison.Ordinal);
        await terms.SendNotices();
        Assert.Equal(601, mail.All.Count);
    }

    [Fact]
    public async Task A_request_that_cannot_be_carried_out_is_refused_as_a_whole()
    {
        using var terms = DeliveryApplication.New();
        var service = terms.Service();
        object[] nobody = [];

        Assert.Contains("No webhook sends notices on. Make one with `terms webhook add --event notice.send`.", (await Tell(service, nobody, status: 409)).Text("detail"), StringComparison.Ordinal);
        Assert.Contains("There is no mail server. Set Terms:Smtp:Host", (await Tell(service, nobody, "smtp", status: 409)).Text("detail"), StringComparison.Ordinal);
        Assert.Contains("\"carrier\": \"pigeon\" is not known.", (await Tell(service, nobody, "pigeon", status: 400)).Text("detail"), StringComparison.Ordinal);
        await service.SendAsync(Request(JsonContent.Create(new { version = "lamp-hire/2030-01-01", carrier = "webhook", recipients = nobody }))).Refused(404, "unknown-version", "Send agreement/version");
        await service.SendAsync(Request(new StringContent("x", Encoding.UTF8, "text/plain"))).Refused(415, "invalid-parameter", "Send Content-Type: application/json, or application/jsonl.");
        await service.PostAsJsonAsync(new Uri("/api/v1/notices", UriKind.Relative), new { version = Version, carrier = "webhook", recipients = nobody }).Refused(400, "invalid-parameter", "Idempotency-Key");
        await terms.Service("read").SendAsync(Request(JsonContent.Create(new { }))).Refused(403, "not-allowed", "does not have the scope notices");
        await terms.CreateClient().SendAsync(Request(JsonContent.Create(new { }))).Refused(401, "not-allowed", "needs the key of a service");
        await service.GetAsync(new Uri("/api/v1/notices/n-none", UriKind.Relative)).Refused(404, "unknown-notice", "There is no notice of that name.");

        using var nameless = new AcceptanceApplication();
        await nameless.Service().SendAsync(Request(JsonContent.Create(new { version = Version, carrier = "webhook", recipients = nobody }))).Refused(503, "no-address", "Set Terms:Address");
    }

    [Fact]
    public async Task Who_is_not_affected_need_not_be_told_and_whoever_asks_may_tell_all_the_same()
    {
        using var terms = DeliveryApplication.NotStarted();
        terms.ReplaceInContent("agreements/lamp-hire/2025-07-01/version.yaml", "classification: substantive", "classification: editorial");
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();

        var answer = await Tell(service, [To("member-17", customer: Norway), To("member-18")]);
        Assert.Equal("queued 0 repeated 0 notNeeded 2 refused 0", Counts(answer));
        Assert.Equal("The change is editorial.", Because(answer, 0));
        Assert.Equal("queued 2 repeated 0 notNeeded 0 refused 0", Counts(await Tell(service, [To("member-17", customer: Norway), To("member-18")], audience: "everybody")));
    }

    [Fact]
    public async Task A_notice_that_comes_back_never_counts_and_is_told()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        await using var ops = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        ops.Register(terms, "ops", Webhook.NoticeFailed);
        var service = terms.Service();
        var id = (await Tell(service, [To("member-17")])).GetProperty("results")[0].Text("notice");
        var events = new Uri($"/api/v1/notices/{id}/events", UriKind.Relative);
        (await service.PostAsJsonAsync(events, new { @event = "bounced", why = "x" }).Refused(409, "notice-state", "The notice is queued, and cannot be bounced now.")).Text("detail");
        await terms.SendNotices();

        var bounced = await ServiceCalls.Answer(await service.PostAsJsonAsync(events, new { @event = "bounced", why = "<Member-17@lamps.example>: mailbox unknown" }), 200);
        await terms.SendMessages();

        Assert.True(bounced.GetProperty("needsPerson").GetBoolean());
        Assert.Equal("The notice came back: <[address]>: mailbox unknown", bounced.GetProperty("received").Text("because"));
        Assert.Equal((id, "bounced", "<[address]>: mailbox unknown"), (ops.All.Single().Data.Text("notice"), ops.All.Single().Data.Text("stage"), ops.All.Single().Data.Text("why")));
        await service.PostAsJsonAsync(events, new { @event = "read" }).Refused(400, "invalid-parameter", "\"event\": \"read\" is not known. Send delivered or bounced.");
    }

    [Fact]
    public async Task What_the_mail_system_refuses_for_good_or_too_often_is_left_to_a_person()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        await using var ops = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        ops.Register(terms, "ops", Webhook.NoticeFailed);
        var service = terms.Service();
        var refused = (await Tell(service, [To("member-17")])).GetProperty("results")[0].Text("notice");
        mail.Answer(422);
        await terms.SendNotices();
        var given = (await Tell(service, [To("member-18")])).GetProperty("results")[0].Text("notice");
        for (var attempt = 0; attempt < 9; attempt++)
        {
            mail.Answer(503);
            await terms.SendNotices();
            terms.Now += TimeSpan.FromDays(2);
        }
        await terms.SendMessages();
        await terms.SendMessages();

        Assert.Equal([(refused, "422: The receiver refuses it for good."), (given, "503: The receiver did not take it.")], ops.All.Select(m => (m.Data.Text("notice"), m.Data.Text("why"))));
        Assert.Equal(1 + 7, mail.All.Count);
        Assert.Equal([given, refused], terms.Store().Notices.Troubles(10).Select(n => n.Notice.Id));
        Assert.Equal("422: The receiver refuses it for good.", (await service.Get($"/api/v1/notices/{refused}")).Text("why"));
    }

    [Fact]
    public async Task An_address_that_was_erased_before_it_was_sent_to_is_not_sent_to()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();
        var id = (await Tell(service, [To("member-17")])).GetProperty("results")[0].Text("notice");
        await terms.Store().EraseSubject("member-17", terms.Now);

        await terms.SendNotices();

        var kept = await service.Get($"/api/v1/notices/{id}");
        Assert.Empty(mail.All);
        Assert.Equal((JsonValueKind.Null, "failed", "The address has been erased."), (kept.GetProperty("address").ValueKind, kept.Text("stage"), kept.Text("why")));
    }

    [Fact]
    public async Task A_mail_server_gets_the_exact_words_once()
    {
        using var server = new MailServer();
        using var terms = DeliveryApplication.New(("Terms:Smtp:Host", "127.0.0.1"), ("Terms:Smtp:Port", $"{server.Port}"), ("Terms:Smtp:From", "terms@shop.example"), ("Terms:Smtp:Tls", "false"));
        var service = terms.Service();
        var answer = await Tell(service, [To("member-17", "zh-Hans"), To("member-18", address: "Ada <ada@lamps.example>"), To("member-19", address: "a@b.example, c@d.example"), To("member-20", channel: "sms")], "smtp");
        Assert.Equal("queued 1 repeated 0 notNeeded 0 refused 3", Counts(answer));
        Assert.Equal("\"address\" is not one mail address. Send it without a name, such as reader@example.org.", Because(answer, 1));
        Assert.Equal("The carrier smtp takes the channel email alone. Send the others with the carrier webhook.", Because(answer, 3));

        await terms.SendNotices();
        await terms.SendNotices();

        var mail = Assert.Single(server.Taken);
        var kept = await service.Get($"/api/v1/notices/{answer.GetProperty("results")[0].Text("notice")}");
        Assert.Equal(("terms@shop.example", "member-17@lamps.example", "sent"), (mail.From, mail.To, kept.Text("stage")));
        Assert.Equal(kept.Text("text"), Encoding.UTF8.GetString(mail.Body));
        Assert.Contains($"Message-ID: <{kept.Text("id")}@shop.example>", mail.Headers, StringComparer.OrdinalIgnoreCase);
        Assert.Contains("Auto-Submitted: auto-generated", mail.Headers, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_mail_server_is_asked_again_only_if_it_certainly_has_not_sent()
    {
        using var server = new MailServer();
        using var terms = DeliveryApplication.New(("Terms:Smtp:Host", "127.0.0.1"), ("Terms:Smtp:Port", $"{server.Port}"), ("Terms:Smtp:From", "terms@shop.example"), ("Terms:Smtp:Tls", "false"));
        var service = terms.Service();
        var ids = new List<string>();
        foreach (var behaviour in new[] { MailBehaviour.NotNow, MailBehaviour.NoSuchMailbox, MailBehaviour.HangUp })
        {
            server.Behaviours.Enqueue(behaviour);
            ids.Add((await Tell(service, [To($"member-{ids.Count}")], "smtp")).GetProperty("results")[0].Text("notice"));
            await terms.SendNotices();
        }
        var notices = terms.Store().Notices;
        Assert.Equal([NoticeStage.Failed, NoticeStage.Failed, NoticeStage.Attempted], ids.Select(i => notices.Find(i)!.State.Stage));
        Assert.Equal([false, true, false], ids.Select(i => notices.Find(i)!.State.IsLasting));

        terms.Now += TimeSpan.FromMinutes(11);
        await terms.SendNotices();
        terms.Now += TimeSpan.FromDays(9);
        await terms.SendNotices();

        Assert.Equal([NoticeStage.Sent, NoticeStage.Failed, NoticeStage.Attempted], ids.Select(i => notices.Find(i)!.State.Stage));
        Assert.Equal(["member-2@lamps.example", "member-0@lamps.example"], server.Taken.Select(m => m.To));
        Assert.Equal([ids[2], ids[1]], notices.Troubles(10).Select(n => n.Notice.Id));
    }

    [Fact]
    public async Task A_mail_server_that_is_not_there_is_tried_again()
    {
        int port;
        using (var gone = new MailServer())
        {
            port = gone.Port;
        }
        using var terms = DeliveryApplication.New(("Terms:Smtp:Host", "127.0.0.1"), ("Terms:Smtp:Port", $"{port}"), ("Terms:Smtp:From", "terms@shop.example"), ("Terms:Smtp:Tls", "false"));
        var id = (await Tell(terms.Service(), [To("member-17")], "smtp")).GetProperty("results")[0].Text("notice");

        await terms.SendNotices();

        Assert.Equal((NoticeStage.Failed, false), (terms.Store().Notices.Find(id)!.State.Stage, terms.Store().Notices.Find(id)!.State.IsLasting));
    }

    [Theory]
    [InlineData("ada@lamps.example", true)]
    [InlineData("ada@lamps.example\r\nBcc: all@lamps.example", false)]
    [InlineData("ada@lamps.example\n", false)]
    [InlineData("\"ada bcc\"@lamps.example", false)]
    [InlineData("ada", false)]
    [InlineData("a@b.example;c@d.example", false)]
    [InlineData("", false)]
    public void An_address_is_one_address_and_nothing_else(string text, bool isAddress) => Assert.Equal(isAddress, MailSender.IsAddress(text));

    [Fact]
    public void Settings_that_are_wrong_stop_the_start_with_words()
    {
        Assert.StartsWith("Terms:Address is \"terms.example\".", Start("Terms:Address", "terms.example"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:Webhooks:AllowedNetworks has \"home\". Write an address, such as 10.0.0.7, or a network", Start("Terms:Webhooks:AllowedNetworks:0", "home"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:MostWaiting is \"0\". Write how many may wait", Start("Terms:MostWaiting", "0"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:TrustedProxies has \"proxy.example\". Write an address, such as 10.0.0.7, or a network, such as 10.0.0.0/8.", Start("Terms:TrustedProxies:0", "proxy.example"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:TrustedProxies has \"10.0.0.0/99\".", Start("Terms:TrustedProxies:0", "10.0.0.0/99"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:RequestsPerMinute is \"many\". Write a number from 0", Start("Terms:RequestsPerMinute", "many"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:RequestsPerMinuteAndKey is \"-1\".", Start("Terms:RequestsPerMinuteAndKey", "-1"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:SendEverySeconds is \"often\".", Start("Terms:SendEverySeconds", "often"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:Webhooks:TimeoutSeconds is \"0\". Write a number from 0.1 to 3600.", Start("Terms:Webhooks:TimeoutSeconds", "0"), StringComparison.Ordinal);
        Assert.StartsWith("Terms:Smtp:From is missing or no address.", Start("Terms:Smtp:Host", "mail.example"), StringComparison.Ordinal);

        static string Start(string name, string value) => Assert.Throws<StartException>(() => TermsHost.Build([$"--{name}={value}"])).Message;
    }

    [Fact]
    public async Task A_notice_and_the_acceptance_that_followed_it_name_each_other()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();
        var older = (await service.Accept("member-17")).Text("id"); // Of the version before, which no notice is about.
        var told = await Tell(service, [To("member-17"), To("member-18")]);
        string id = told.GetProperty("results")[0].Text("notice"), others = told.GetProperty("results")[1].Text("notice");
        var waiting = await service.Get($"/api/v1/notices/{id}");
        Assert.Equal(JsonValueKind.Null, waiting.GetProperty("acceptance").ValueKind);
        await terms.SendNotices();
        terms.Now = new DateTimeOffset(2025, 7, 2, 8, 0, 0, TimeSpan.Zero);
        await ServiceCalls.Answer(await service.PostAsJsonAsync(new Uri($"/api/v1/notices/{id}/events", UriKind.Relative), new { @event = "delivered" }), 200);
        var accepted = (await service.Accept("member-17")).Text("id");
        await service.Accept("member-17"); // Once more, and it is not the one that followed.
        terms.Now += TimeSpan.FromHours(1);
        var late = (await Tell(service, [To("member-17", "ko"), To("member-17", channel: "sms")])).GetProperty("results");
        await terms.SendNotices();

        var notices = (await service.Get($"/api/v1/acceptances/{accepted}")).GetProperty("notices").EnumerateArray().ToList();
        Assert.Equal([id, late[0].Text("notice"), late[1].Text("notice")], notices.Select(n => n.Text("id")));
        Assert.Equal([true, false, false], notices.Select(n => n.GetProperty("before").GetBoolean()));
        var kept = await service.Get($"/api/v1/notices/{id}");
        Assert.Equal(
            (Version, "email", "webhook", "en", kept.Text("title"), kept.Text("digest"), "delivered", "2025-06-01T12:00:00Z", "2025-07-02T08:00:00Z"),
            (notices[0].Text("version"), notices[0].Text("channel"), notices[0].Text("carrier"), notices[0].Text("language"), notices[0].Text("title"), notices[0].Text("digest"), notices[0].Text("stage"), notices[0].Text("sentAt"), notices[0].Text("deliveredAt")));
        Assert.Equal(kept.GetProperty("received").GetRawText(), notices[0].GetProperty("received").GetRawText());
        Assert.Equal(kept.Text("digest"), Catalogue.Digest.OfBytes(Encoding.UTF8.GetBytes(kept.Text("text"))).Value);
        Assert.DoesNotContain("lamps.example", (await service.Get($"/api/v1/acceptances/{accepted}")).GetRawText(), StringComparison.Ordinal); // The address is a personal detail.

        var following = kept.GetProperty("acceptance");
        Assert.Equal((accepted, "agree", "2025-07-02T08:00:00Z", $"/api/v1/acceptances/{accepted}/receipt"), (following.Text("id"), following.Text("kind"), following.Text("acted"), following.Text("receipt")));
        Assert.Equal([accepted, null, null], (await service.Get("/api/v1/subjects/member-17/notices")).EnumerateArray().Select(n => n.GetProperty("acceptance") is { ValueKind: JsonValueKind.Object } a ? a.Text("id") : null));
        Assert.Equal(JsonValueKind.Null, (await service.Get($"/api/v1/notices/{others}")).GetProperty("acceptance").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await terms.Service("notices").Get($"/api/v1/notices/{id}")).GetProperty("acceptance").ValueKind); // That key may not read acceptances.

        Assert.Equal([0, 3, 3], (await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray().Select(a => a.GetProperty("notices").GetArrayLength()));
        Assert.Equal(0, (await service.Get($"/api/v1/acceptances/{older}")).GetProperty("notices").GetArrayLength());
    }

    [Fact]
    public async Task The_evidence_of_a_subject_holds_its_notices_and_what_stood_on_the_board()
    {
        using var terms = DeliveryApplication.New();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();
        await service.Accept("member-17");
        var id = (await Tell(service, [To("member-17"), To("member-18")])).GetProperty("results")[0].Text("notice");
        await terms.SendNotices();

        using var zip = new ZipArchive(await service.GetStreamAsync(new Uri("/api/v1/subjects/member-17/evidence?agreement=lamp-hire", UriKind.Relative)));
        var folders = zip.Entries.Where(e => e.FullName.EndsWith("/words.txt", StringComparison.Ordinal)).ToList();

        Assert.Equal(1 + 4, folders.Count);
        Assert.Equal(terms.Store().Notices.Find(id)!.Notice.Bytes.ToArray(), Bytes($"notices/{id}/words.txt"));
        Assert.Equal(["queued", "attempted", "sent"], Encoding.UTF8.GetString(Bytes($"notices/{id}/events.jsonl")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement.Text("event")));
        var words = Encoding.UTF8.GetString(Bytes("notices/README.txt"));
        Assert.Contains("no checkpoint covers them", words, StringComparison.Ordinal);
        Assert.Contains("posted for everybody", words, StringComparison.Ordinal);
        Assert.DoesNotContain("lamps.example", words, StringComparison.Ordinal);
        Assert.All(zip.Entries, e => Assert.DoesNotContain("member-17@lamps.example", Encoding.UTF8.GetString(Bytes(e.FullName)), StringComparison.Ordinal));

        byte[] Bytes(string name)
        {
            using var entry = zip.GetEntry(name)!.Open();
            using var bytes = new MemoryStream();
            entry.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
