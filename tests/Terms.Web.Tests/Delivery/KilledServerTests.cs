using System.Net.Http.Json;
using Microsoft.AspNetCore.Http;
using Terms.Notices;
using Terms.Web.Tests.Editing;
using Terms.Webhooks;

namespace Terms.Web.Tests.Delivery;

/// <summary>Kill -9 while notices and messages are on their way, and a new start.</summary>
public sealed class KilledServerTests
{
    private const int Recipients = 12, Finished = 3, AtOnce = 8;

    [Fact]
    public async Task What_a_killed_server_was_sending_is_neither_lost_nor_sent_twice_where_that_can_be_told()
    {
        using var mail = new MailServer();
        using var first = DeliveryApplication.New(("Terms:Smtp:Host", "127.0.0.1"), ("Terms:Smtp:Port", $"{mail.Port}"), ("Terms:Smtp:From", "terms@shop.example"), ("Terms:Smtp:Tls", "false"), ("Terms:Webhooks:TimeoutSeconds", "240"));
        await using var platform = await Receiver.Start(first);
        await using var shop = await Receiver.Start(first);
        platform.Register(first, "platform", Webhook.NoticeSend);
        shop.Register(first, "shop", Webhook.Recorded);
        var service = first.Service();
        var (byWebhook, byMail) = (new List<string>(), new List<string>());
        for (var n = 0; n < Recipients; n++)
        {
            byWebhook.Add(await Queued(service, "webhook", n));
            first.Now += TimeSpan.FromSeconds(1); // Who waits longest is sent to first, so that both carriers are under way when the server is killed.
            byMail.Add(await Queued(service, "smtp", n));
            first.Now += TimeSpan.FromSeconds(1);
        }
        for (var n = 0; n < 5; n++)
        {
            await service.Accept($"member-{n}");
        }
        using var again = await first.StartedAgain(); // Its own server starts when it is asked for; until then the store is the process's.
        again.Settings["Terms:SendEverySeconds"] = "0.05";
        foreach (var receiver in new[] { platform, shop })
        {
            receiver.Answer(Enumerable.Repeat(204, Finished).ToArray());
            Enumerable.Range(0, Recipients).ToList().ForEach(_ => receiver.Answers.Enqueue(context => Task.Delay(Timeout.Infinite, context.RequestAborted)));
        }
        Enumerable.Range(0, Recipients).ToList().ForEach(n => mail.Behaviours.Enqueue(n < Finished ? MailBehaviour.Take : MailBehaviour.Hold));

        var (server, address) = await ServerProcess.Start(again);
        using var running = server;
        using var asking = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { Authorization = service.DefaultRequestHeaders.Authorization } };
        List<string> sent = [];
        await server.Until(async () =>
        {
            sent = [];
            foreach (var id in byWebhook.Concat(byMail))
            {
                sent.AddRange((await asking.Get($"/api/v1/notices/{id}")).Text("stage") == "sent" ? [id] : Array.Empty<string>());
            }
            return sent.Count == 2 * Finished && platform.All.Count + mail.Taken.Count >= (2 * Finished) + AtOnce && shop.All.Count == Finished + 1;
        });
        server.Kill();

        platform.Answers.Clear();
        shop.Answers.Clear();
        mail.Behaviours.Clear();
        again.Settings["Terms:SendEverySeconds"] = "0";
        again.Now = DateTimeOffset.UtcNow.AddMinutes(15); // The time of doubt is over.
        await again.SendNotices();
        await again.SendMessages();

        // The platform's mail system has every notice, those that had been acknowledged once, and knows the others by their name.
        Assert.Equal(byWebhook.Order(), platform.All.Select(m => m.Id).Distinct().Order());
        Assert.All(sent.Intersect(byWebhook), id => Assert.Single(platform.All, m => m.Id == id));
        Assert.All(byWebhook, id => Assert.Equal(NoticeStage.Sent, again.Store().Notices.Find(id)!.State.Stage));

        // The mail server does not know a repetition: it has each notice once, and those of which nobody knows are left to a person.
        Assert.Equal(byMail.Select(id => $"<{id}@shop.example>").Order(), mail.Taken.Select(m => m.Headers.Single(h => h.StartsWith("Message-ID", StringComparison.OrdinalIgnoreCase)).Split(' ')[1]).Order());
        var doubtful = byMail.Where(id => again.Store().Notices.Find(id)!.State.Stage == NoticeStage.Attempted).ToList();
        Assert.NotEmpty(doubtful);
        Assert.Equal(doubtful.Order(), again.Store().Notices.Troubles(100).Select(n => n.Notice.Id).Order());

        // The shop has every message, in order; the one that was under way came again under its id.
        Assert.Equal([1L, 2, 3, 4, 4, 5], shop.All.Select(m => m.Json.GetProperty("sequence").GetInt64()));
        Assert.Equal(5, shop.All.Select(m => m.Id).Distinct().Count());
    }

    /// <summary>The name of a notice that waits to be sent.</summary>
    private static async Task<string> Queued(HttpClient service, string carrier, int n)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/notices", UriKind.Relative))
        {
            Content = JsonContent.Create(new { version = "lamp-hire/2025-07-01", carrier, recipients = new[] { new { subject = $"{carrier}-{n}", channel = "email", address = $"{carrier}-{n}@lamps.example", language = "en" } } }),
            Headers = { { "Idempotency-Key", carrier } },
        };
        return (await ServiceCalls.Answer(await service.SendAsync(request), StatusCodes.Status200OK)).GetProperty("results")[0].Text("notice");
    }
}
