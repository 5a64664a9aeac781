using System.Net.Http.Json;
using System.Text.Json;
using Terms.Webhooks;
using static Terms.Web.Tests.Delivery.NoticeDeliveryTests;

namespace Terms.Web.Tests.Delivery;

/// <summary>When a notice counts as received, and from when a version binds whom it told.</summary>
public sealed class ReceivedNoticeTests
{
    private static readonly DateTimeOffset Told = new(2025, 6, 20, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_version_binds_a_subject_only_when_its_notice_has_been_received_and_the_days_have_passed()
    {
        using var terms = WithFifteenDays();
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();
        const string question = $"/api/v1/applicable?{ServiceCalls.BuyerQuery}&agreement=lamp-hire&subject=member-17&at=2025-07-02";
        Assert.Equal("2025-01-01", (await service.Get(question)).GetProperty("agreements")[0].GetProperty("version").Text("id"));

        terms.Now = Told;
        var id = (await Tell(service, [To("member-17"), To("member-18")])).GetProperty("results")[0].Text("notice");
        await terms.SendNotices();
        await ServiceCalls.Answer(await service.PostAsJsonAsync(new Uri($"/api/v1/notices/{id}/events", UriKind.Relative), new { @event = "delivered" }), 200);

        Assert.Equal("2025-06-20", (await service.Get($"/api/v1/notices/{id}")).GetProperty("received").Text("day"));
        var next = (await service.Get(question)).GetProperty("agreements")[0].GetProperty("upcoming").GetProperty("effectiveFor");
        Assert.Equal(("2025-07-01", "2025-07-06"), (next.Text("version"), next.Text("notBefore")));
        Assert.Contains("Notice was received on 2025-06-20, and 15 days have to pass", next.Text("because"), StringComparison.Ordinal);
        Assert.Equal("2025-07-01", (await service.Get(question.Replace("07-02", "07-07", StringComparison.Ordinal))).GetProperty("agreements")[0].GetProperty("version").Text("id"));
    }

    [Fact]
    public async Task Where_the_agreement_deems_mail_received_its_own_rule_counts_in_every_answer_until_the_mail_comes_back()
    {
        using var terms = WithFifteenDays();
        terms.AddToContent("agreements/lamp-hire/2025-01-01/terms.en.md", "\n3.4 Mail to a borrower counts two days after it is sent.");
        terms.AddToContent("agreements/lamp-hire/2025-01-01/facts.yaml",
            """
            - id: mail
              kind: notice
              clauses: ["3.4"]
              quote: counts two days after it is sent
              direction: to-user
              event: general
              channels: [email]
              deemed: [{ channels: [email], on: sending, days: 2 }]
              summary: Mail counts two days after it is sent.
            """);
        await using var mail = await Receiver.Start(terms);
        mail.Register(terms, "mail", Webhook.NoticeSend);
        var service = terms.Service();
        await service.Accept("member-17");
        terms.Now = Told;
        var id = (await Tell(service, [To("member-17")])).GetProperty("results")[0].Text("notice");
        await terms.SendNotices();

        var received = (await service.Get($"/api/v1/notices/{id}")).GetProperty("received");
        Assert.Equal(("2025-06-22", "3.4"), (received.Text("day"), received.GetProperty("clauses")[0].GetString()));
        terms.Now = new DateTimeOffset(2025, 7, 7, 12, 0, 0, TimeSpan.Zero);
        Assert.Empty(await Asked());
        var next = (await service.Get($"/api/v1/applicable?{ServiceCalls.BuyerQuery}&agreement=lamp-hire&subject=member-17")).GetProperty("agreements")[0].GetProperty("upcoming").GetProperty("effectiveFor");
        Assert.Equal(("2025-07-08", "2025-07-07T16:00:00Z"), (next.Text("notBefore"), next.Text("instant")));

        terms.Now = new DateTimeOffset(2025, 7, 8, 12, 0, 0, TimeSpan.Zero);
        var asked = Assert.Single(await Asked());
        Assert.Equal(("2025-07-01", "2025-07-07T16:00:00Z"), (asked.Text("version"), asked.GetProperty("effectiveFor").Text("instant")));
        Assert.Contains("Notice was received on 2025-06-22, and 15 days have to pass (an invented law)", asked.GetProperty("effectiveFor").Text("because"), StringComparison.Ordinal);

        await ServiceCalls.Answer(await service.PostAsJsonAsync(new Uri($"/api/v1/notices/{id}/events", UriKind.Relative), new { @event = "bounced", why = "mailbox unknown" }), 200);
        Assert.Empty(await Asked());

        async Task<List<JsonElement>> Asked() => [.. (await service.Status("member-17")).GetProperty("required").EnumerateArray().Where(r => r.Text("agreement") == "lamp-hire")];
    }

    /// <summary>A server on whose catalogue a floor of fifteen days from notice lies.</summary>
    private static AcceptanceApplication WithFifteenDays()
    {
        var terms = DeliveryApplication.NotStarted();
        terms.AddToContent("notice-floors.yaml", "- id: fifteen-days\n  source: an invented law\n  who: any\n  from: clarification\n  starts: notice\n  days: 15");
        return terms;
    }
}
