using System.Text.RegularExpressions;
using Terms.People;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Pages.Editing;
using Terms.Web.Tests.Delivery;
using Terms.Webhooks;

namespace Terms.Web.Tests.Pages;

/// <summary>The page of deliveries, for those who publish or audit all agreements.</summary>
public sealed class WebhooksPageTests
{
    private const string Password = "lanterns on the old quay";

    /// <summary>A browser in which somebody is signed in.</summary>
    private static async Task<HttpClient> SignIn(AcceptanceApplication terms, string name, params Grant[] grants)
    {
        new EditorAccounts(new StoreFolders(terms.Data)).Add(new EditorAccount(name, name, [.. grants], terms.Now), Passwords.Hash(Password), "test");
        var browser = terms.CreateClient(new() { AllowAutoRedirect = false });
        var token = Token(await browser.GetStringAsync(new Uri("/workbench/sign-in", UriKind.Relative)));
        using var answer = await Send(browser, "/workbench/sign-in", ("form", token), ("name", name), ("password", Password));
        Assert.Equal(303, (int)answer.StatusCode);
        return browser;
    }

    private static Task<HttpClient> Publisher(AcceptanceApplication terms) => SignIn(terms, "petra", new Grant(EditorRole.Publisher));

    private static string Token(string page) => Regex.Match(page, "name=\"form\" value=\"([^\"]+)\"").Groups[1].Value;

    private static Task<HttpResponseMessage> Send(HttpClient browser, string address, params (string Name, string Value)[] form) =>
        browser.PostAsync(new Uri(address, UriKind.Relative), new FormUrlEncodedContent(form.Select(f => KeyValuePair.Create(f.Name, f.Value))));

    private static async Task<string> Show(HttpClient browser, string query = "", string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(WebhooksPage.Address + query, UriKind.Relative)) { Headers = { { "Accept-Language", language } } };
        using var answer = await browser.SendAsync(request);
        Assert.Equal(200, (int)answer.StatusCode);
        return System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private static async Task<string> Replay(HttpClient browser, string token, params (string Name, string Value)[] form)
    {
        using var answer = await Send(browser, WebhooksPage.Address + "/replay", [("form", token), .. form]);
        return $"{(int)answer.StatusCode} {answer.Headers.Location}".Trim();
    }

    private static async Task Publish(AcceptanceApplication terms, int versions) => await terms.Store().Publish([.. Enumerable.Range(1, versions).Select(n =>
        new Acceptance.Publication("lamp-hire", $"2027-01-{n:00}", "sha256:" + new string('0', 64), null, $"2027-01-{n:00}", "restatement", terms.Now))]);

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
        receiver.Register(terms, "shop", Webhook.Published);
        await Publish(terms, 1);
        await terms.SendMessages();
        var id = receiver.All.Single().Id;

        var browser = await Publisher(terms);
        var token = Token(await Show(browser));
        Assert.Equal($"303 {WebhooksPage.Address}?replayed=1", await Replay(browser, token, ("webhook", "shop"), ("message", id)));
        Assert.Contains("It waits to be sent again: 1", await Show(browser, "?replayed=1"), StringComparison.Ordinal);
        await terms.SendMessages();

        Assert.Equal([id, id], receiver.All.Select(m => m.Id));
        Assert.Equal($"303 {WebhooksPage.Address}?replayed=0", await Replay(browser, token, ("webhook", "shop"), ("message", "msg_none")));
        Assert.StartsWith("400", await Replay(browser, token, ("webhook", "shop")), StringComparison.Ordinal);
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

        Assert.Equal((20, 5), (Regex.Matches(page, "rowheader").Count, Regex.Matches(older, "rowheader").Count));
    }

    [Theory]
    [InlineData("en", "There is no webhook.")]
    [InlineData("zh-Hans", "没有 Webhook。")]
    [InlineData("ru", "Вебхуков нет.")]
    [InlineData("ko", "웹훅이 없습니다.")]
    public async Task Without_a_webhook_the_page_says_how_to_make_one(string language, string says)
    {
        using var terms = DeliveryApplication.New();

        Assert.Contains(says, await Show(await Publisher(terms), language: language), StringComparison.Ordinal);
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
        var visitor = terms.CreateClient(new() { AllowAutoRedirect = false });
        Assert.Equal("/workbench/sign-in?to=%2Fworkbench%2Fwebhooks", (await visitor.GetAsync(new Uri(WebhooksPage.Address, UriKind.Relative))).Headers.Location!.OriginalString);
        Assert.Equal("403", await Replay(visitor, "", ("webhook", "shop"), ("message", id)));

        var drafter = await SignIn(terms, "dora", new Grant(EditorRole.Drafter), new Grant(EditorRole.Publisher, new Catalogue.AgreementId("lamp-hire")));
        Assert.Equal(403, (int)(await drafter.GetAsync(new Uri(WebhooksPage.Address, UriKind.Relative))).StatusCode);
        Assert.Equal("403", await Replay(drafter, Token(await drafter.GetStringAsync(new Uri("/workbench", UriKind.Relative))), ("webhook", "shop"), ("message", id)));

        var auditor = await SignIn(terms, "arne", new Grant(EditorRole.Auditor));
        var page = await Show(auditor);
        Assert.DoesNotContain("name=\"message\"", page, StringComparison.Ordinal);
        Assert.Equal("403", await Replay(auditor, Token(page), ("webhook", "shop"), ("message", id)));

        var publisher = await Publisher(terms);
        Assert.Equal("403", await Replay(publisher, "forged", ("webhook", "shop"), ("message", id)));
        await terms.SendMessages();
        Assert.Single(receiver.All);
    }
}
