using System.Text.RegularExpressions;
using Terms.Storage;
using Terms.Web.Pages.Editing;
using Terms.Web.Tests.Delivery;
using Terms.Webhooks;

namespace Terms.Web.Tests.Editing;

/// <summary>The page of deliveries, for those who publish or audit all agreements.</summary>
public sealed class WebhooksPageTests
{
    private static Task<Visitor> Publisher(AcceptanceApplication terms) => terms.Person("petra", "publisher");

    private static async Task<string> Show(Visitor browser, string query = "") => System.Net.WebUtility.HtmlDecode(await browser.Page(WebhooksPage.Address + query));

    private static async Task<string> Replay(Visitor browser, string? token, params (string Name, string Value)[] form)
    {
        using var answer = await browser.Post(WebhooksPage.Address + "/replay", token, form);
        return $"{(int)answer.StatusCode} {answer.Headers.Location}".Trim();
    }

    private static async Task Publish(AcceptanceApplication terms, int versions) => await terms.Store().Publish([.. Enumerable.Range(1, versions).Select(n =>
        new Acceptance.Publication("lamp-hire", $"2027-01-{n:00}", "sha256:" + new string('0', 64), null, $"2027-01-{n:00}", "restatement", terms.Now))]);

    /// <summary>A publisher before the page, when one message has been sent to a shop.</summary>
    private static async Task<(Visitor Browser, string Token, string Id)> SentOnce(AcceptanceApplication terms, Receiver receiver)
    {
        receiver.Register(terms, "shop", Webhook.Published);
        await Publish(terms, 1);
        await terms.SendMessages();
        var browser = await Publisher(terms);
        return (browser, await browser.Token(WebhooksPage.Address), receiver.All.Single().Id);
    }

    [Fact]
    public async Task The_page_shows_what_became_of_each_message_and_what_the_receiver_said()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Published);
        receiver.Answer(204, 503);
        await Publish(terms, 2);
        await terms.SendMessages();

        var browser = await Publisher(terms);
        var page = await Show(browser);

        Assert.Contains("<h2 id=\"w-shop\">shop</h2>", page, StringComparison.Ordinal);
        Assert.Contains(receiver.Address, page, StringComparison.Ordinal);
        Assert.Matches("Waiting[\\s\\S]*503[\\s\\S]*The receiver did not take it\\.[\\s\\S]*Taken[\\s\\S]*204[\\s\\S]*The receiver has taken it\\.", page);
        Assert.DoesNotContain("whsec_", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "name=\"message\""));
    }

    [Fact]
    public async Task A_message_is_put_back_by_its_button_and_comes_again_under_its_id()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        var (browser, token, id) = await SentOnce(terms, receiver);
        Assert.Equal($"303 {WebhooksPage.Address}?replayed=1", await Replay(browser, token, ("webhook", "shop"), ("message", id)));
        Assert.Contains("It waits to be sent again: 1", await Show(browser, "?replayed=1"), StringComparison.Ordinal);
        await terms.SendMessages();

        Assert.Equal([id, id], receiver.All.Select(m => m.Id));
        Assert.Equal($"303 {WebhooksPage.Address}?replayed=0", await Replay(browser, token, ("webhook", "shop"), ("message", "msg_none")));
        Assert.StartsWith("400", await Replay(browser, token, ("webhook", "shop")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_a_message_sent_again_is_an_event_and_whoever_asks_for_one_that_is_not_there_leaves_none()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        var (browser, token, id) = await SentOnce(terms, receiver);
        await Replay(browser, token, ("webhook", "shop"), ("message", "msg_none"));
        await Replay(browser, token, ("webhook", "shop"), ("message", id));
        await Replay(browser, token, ("webhook", "shop"), ("message", id)); // It waits already.

        var kept = Assert.Single(terms.Logged(new(Kind: "messages-replayed")));
        Assert.Equal(("petra", terms.Now), (kept.Who, kept.At));
        var auditor = await terms.Person("olga", "auditor");
        foreach (var (language, words) in new[] { ("en", "messages sent again"), ("zh-Hans", "重新发送消息"), ("ru", "сообщения отправлены снова"), ("ko", "메시지 다시 보냄") })
        {
            auditor.Cookies[".AspNetCore.Culture"] = $"c={language}|uic={language}";
            var listed = System.Net.WebUtility.HtmlDecode(await auditor.Page("/audit?kind=messages-replayed"));
            Assert.Contains($"</span>{words}</td>", listed, StringComparison.Ordinal);
            Assert.Contains($"lang=\"en\">shop: {id}</span>", listed, StringComparison.Ordinal);
        }
        Assert.Contains($",petra,messages-replayed,,,,shop: {id}\r\n", await auditor.Page("/audit/events.csv?kind=messages-replayed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Older_messages_are_one_link_away()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Published);
        await Publish(terms, 25);

        var browser = await Publisher(terms);
        var page = await Show(browser);
        Assert.Contains("Older messages to shop", page, StringComparison.Ordinal);
        var link = Regex.Match(page, "href=\"/workbench/webhooks(\\?[^\"]*before=\\d+)\"").Groups[1].Value;
        var older = await Show(browser, link);

        Assert.Equal((20, 5), (Regex.Count(page, "rowheader"), Regex.Count(older, "rowheader")));
    }

    [Theory]
    [InlineData("en", "There is no webhook.")]
    [InlineData("zh-Hans", "没有 Webhook。")]
    [InlineData("ru", "Вебхуков нет.")]
    [InlineData("ko", "웹훅이 없습니다.")]
    public async Task Without_a_webhook_the_page_says_how_to_make_one(string language, string says)
    {
        using var terms = DeliveryApplication.New();
        var browser = await Publisher(terms);
        browser.Cookies[".AspNetCore.Culture"] = $"c={language}|uic={language}";

        var page = await Show(browser);
        Assert.Contains(says, page, StringComparison.Ordinal);
        Assert.Contains("<code>terms webhook add</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_that_needs_a_person_is_listed()
    {
        using var terms = DeliveryApplication.New();
        var notice = new Terms.Notices.Notice("n-1", "member-17", "lamp-hire/2025-07-01", Catalogue.Digest.Of("x"), "email", "en", "New terms", [1]);
        await terms.Store().Notices.Add([new NewNotice(notice, NoticeCarrier.Smtp, "a@b.example", "r")], terms.Now);
        await terms.Store().Notices.Note(new Terms.Notices.NoticeAttempted("n-1", terms.Now), Terms.Notices.RetryPolicy.Usual, 0);
        await terms.Store().Notices.Note(new Terms.Notices.NoticeFailed("n-1", terms.Now, "<b>no such mailbox</b>", true), Terms.Notices.RetryPolicy.Usual, 0);

        var browser = await Publisher(terms);
        var page = await Show(browser);

        Assert.Contains("Notices that need a person", page, StringComparison.Ordinal);
        Assert.Contains("<b>no such mailbox</b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("a@b.example", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_no_right_to_all_agreements_sees_nothing_and_sends_nothing_again()
    {
        using var terms = DeliveryApplication.New();
        await using var receiver = await Receiver.Start(terms);
        receiver.Register(terms, "shop", Webhook.Published);
        await Publish(terms, 1);
        await terms.SendMessages();
        var id = receiver.All.Single().Id;
        var visitor = terms.Visitor();
        Assert.Equal("/workbench/sign-in?to=%2Fworkbench%2Fwebhooks", (await visitor.Get(WebhooksPage.Address)).Headers.Location!.OriginalString);
        Assert.Equal("403", await Replay(visitor, "", ("webhook", "shop"), ("message", id)));

        var drafter = await terms.Person("dora", "drafter", "publisher:lamp-hire");
        await drafter.Page(WebhooksPage.Address, 403);
        Assert.Equal("403", await Replay(drafter, await drafter.Token("/workbench"), ("webhook", "shop"), ("message", id)));

        Assert.Equal(2, terms.Logged(new(Kind: "denied")).Count(e => e.Who == "dora"));

        var auditorOfOne = await terms.Person("otto", "auditor:lamp-hire");
        await auditorOfOne.Page(WebhooksPage.Address, 403);
        Assert.DoesNotContain(WebhooksPage.Address, await auditorOfOne.Page("/workbench"), StringComparison.Ordinal);

        var auditor = await terms.Person("arne", "auditor");
        Assert.DoesNotContain("name=\"message\"", await Show(auditor), StringComparison.Ordinal);
        Assert.Equal("403", await Replay(auditor, await auditor.Token(WebhooksPage.Address), ("webhook", "shop"), ("message", id)));

        var publisher = await Publisher(terms);
        Assert.Equal("403", await Replay(publisher, "forged", ("webhook", "shop"), ("message", id)));
        using (var elsewhere = await publisher.Post(WebhooksPage.Address + "/replay", await publisher.Token(WebhooksPage.Address), "cross-site", ("webhook", "shop"), ("message", id)))
        {
            Assert.Equal(403, (int)elsewhere.StatusCode);
        }
        await terms.SendMessages();
        Assert.Single(receiver.All);
    }
}
