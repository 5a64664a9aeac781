using Microsoft.Playwright;
using Terms.Notices;
using Terms.Storage;
using Terms.Web.Tests.Editing;
using Terms.Web.Tests.Pages;
using Terms.Webhooks;

namespace Terms.Web.Tests.Delivery;

/// <summary>A browser before a server that has posted notices and sent messages, some of which were not taken.</summary>
public sealed class DeliveryBrowser : Browser
{
    private readonly Lazy<Task> filled;

    public DeliveryBrowser() : this(DeliveryApplication.NotStarted())
    {
    }

    private DeliveryBrowser(AcceptanceApplication application) : base(application)
    {
        Application = application;
        filled = new(FillOnce);
        application.AddPerson("clara", "publisher");
    }

    public AcceptanceApplication Application { get; }

    /// <summary>Posts and sends, once.</summary>
    public Task Fill() => filled.Value;

    private async Task FillOnce()
    {
        await Application.SendNotices();
        await using var receiver = await Receiver.Start(Application);
        receiver.Register(Application, "shop", Webhook.Published);
        receiver.Register(Application, "mail-system", Webhook.NoticeSend, Webhook.NoticeFailed);
        receiver.Answer(204, 503);
        await Application.Store().Publish([.. Enumerable.Range(1, 3).Select(n =>
            new Acceptance.Publication("lamp-hire", $"2027-0{n}-01", "sha256:" + new string('0', 64), null, $"2027-0{n}-01", "restatement", Application.Now))]);
        await Application.SendMessages();
        var notice = new Notice("n-0f3a17c2d4e5f60718293a4b5c6d7e8f90a1b2c3", "member-17", "lamp-hire/2025-07-01", Catalogue.Digest.Of("x"), "email", "en", "New terms", [1]);
        await Application.Store().Notices.Add([new NewNotice(notice, NoticeCarrier.Smtp, "a@b.example", "r")], Application.Now);
        await Application.Store().Notices.Note(new NoticeAttempted(notice.Id, Application.Now), RetryPolicy.Usual, 0);
        await Application.Store().Notices.Note(new NoticeFailed(notice.Id, Application.Now, "MailboxUnavailable: 550 no such mailbox", true), RetryPolicy.Usual, 0);
    }
}

/// <summary>The notice board and the page of deliveries in a browser.</summary>
public sealed class DeliveryBrowserTests(DeliveryBrowser browser) : IClassFixture<DeliveryBrowser>
{
    [BrowserTheory]
    [MemberData(nameof(Looks.Views), MemberType = typeof(Looks))]
    public async Task Axe_finds_nothing_on_the_board_with_its_words_open_and_on_the_deliveries(int width, ColorScheme scheme, string language)
    {
        await browser.Fill();
        var looks = await Looks.Begin(browser, "delivery", width, scheme, language);
        var page = looks.Page;
        await page.GotoAsync("/notices");
        await page.FocusAsync("#lamp-hire-2025-07-01 summary");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".posted:visible");
        await looks.At("board");

        await page.GotoAsync("/workbench/webhooks");
        await page.FillAsync("[name=name]", "clara");
        await page.FillAsync("[name=password]", EditingPeople.Password);
        await page.Enter();
        await page.WaitForSelectorAsync("#w-shop");
        Assert.EndsWith("/workbench/webhooks", page.Url, StringComparison.Ordinal);
        await looks.At("deliveries");
        await looks.End();
    }

    [BrowserFact]
    public async Task A_message_is_sent_again_with_the_keyboard_alone()
    {
        await browser.Fill();
        var page = await browser.Page(scripts: false);
        await page.GotoAsync("/workbench/webhooks");
        await page.FillAsync("[name=name]", "clara");
        await page.FillAsync("[name=password]", EditingPeople.Password);
        await page.Enter();
        await page.FocusAsync("section[aria-labelledby=w-shop] tbody button");
        await page.Enter();

        Assert.Equal("It waits to be sent again: 1", await page.TextContentAsync("[role=status]"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task On_paper_the_words_of_a_notice_stand_open()
    {
        await browser.Fill();
        var page = await browser.Page();
        await page.GotoAsync("/notices");
        await page.EmulateMediaAsync(new() { Media = Media.Print });

        Assert.True(await page.EvaluateAsync<double>("document.querySelector('.posted').getBoundingClientRect().height") > 50);
        await page.Context.CloseAsync();
    }
}
