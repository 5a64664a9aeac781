using System.Text;
using Microsoft.Playwright;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Tests.Delivery;
using Terms.Web.Tests.Pages;

namespace Terms.Web.Tests.Editing;

/// <summary>A browser before a server with a published version that people were told of, one that is scheduled, and a draft that was overtaken by the first.</summary>
public sealed class OvertakenBrowser : Browser
{
    private readonly Lazy<Task> filled;

    public OvertakenBrowser() : this(DeliveryApplication.NotStarted())
    {
    }

    private OvertakenBrowser(AcceptanceApplication application) : base(application)
    {
        Application = application;
        filled = new(FillOnce);
        application.AddPerson("anna.li", "drafter", "publisher");
    }

    private AcceptanceApplication Application { get; }

    public Draft Overtaken { get; private set; } = null!;

    /// <summary>Another, to be merged.</summary>
    public Draft ToMerge { get; private set; } = null!;

    public Draft Published { get; private set; } = null!;

    public Draft Scheduled { get; private set; } = null!;

    /// <summary>Brings everything on its way, once.</summary>
    public Task Fill() => filled.Value;

    private async Task FillOnce()
    {
        var desk = new DraftDesk(Application);
        Overtaken = await desk.Put(await desk.Put(await desk.Started(), "agrees to the words", "consents to the words"), "The page on lamp care", "The page on the care of lamps");
        ToMerge = await desk.Put(await desk.Started(), "agrees to the words", "consents to the words");
        Published = await desk.Settled(await desk.Put(await desk.Put(await desk.Started(), "agrees to the words", "assents to the words"), "Letters to Lantern North Ltd. go to 4 Wick Lane by courier", "Letters to Lantern North Ltd. go to 4 Wick Lane by courier, sealed,"));
        await desk.Published(await desk.Scheduled(Published, "2025-06-01", "2025-09-01"));
        await Application.Of<Terms.Web.Delivery.NoticeBoard>().Pass();
        await Application.Store().Notices.Add([.. Enumerable.Range(1, 1200).Select(Notice)], Application.Now);
        await Application.Store().Notices.Note(new NoticeAttempted("n-1", Application.Now), RetryPolicy.Usual, 0);
        await Application.Store().Notices.Note(new NoticeFailed("n-1", Application.Now, "No such mailbox.", IsLasting: true), RetryPolicy.Usual, 0);
        Scheduled = await desk.IslesToNorth();
    }

    private static NewNotice Notice(int n) => new(
        new Notice($"n-{n}", $"member-{n}", "lamp-hire/2025-09-01", Digest.Of("x"), n % 3 == 0 ? "in-site-message" : "email", "en", "Lamp Hire Agreement: a new version from 2025-09-01", [.. Encoding.UTF8.GetBytes("There is a new version.\n")]),
        NoticeCarrier.Webhook, "someone@lamps.example", "r");
}

/// <summary>The page of the days with its notice, and the page that merges, in a browser.</summary>
public sealed class OvertakenBrowserTests(OvertakenBrowser browser) : IClassFixture<OvertakenBrowser>
{
    [BrowserTheory]
    [InlineData(1280, ColorScheme.Light, "en-US")]
    [InlineData(390, ColorScheme.Dark, "en-US")]
    [InlineData(390, ColorScheme.Light, "zh-CN")]
    [InlineData(390, ColorScheme.Light, "ru-RU")]
    [InlineData(390, ColorScheme.Light, "ko-KR")]
    public async Task Axe_finds_nothing_and_nothing_scrolls_sideways(int width, ColorScheme scheme, string language)
    {
        await browser.Fill();
        var looks = await Looks.Begin(browser, "overtaken", width, scheme, language);
        var page = looks.Page;
        await page.SignIn("anna.li");
        var overtaken = $"/workbench/drafts/{browser.Overtaken.Id}";
        foreach (var (what, address) in new[]
        {
            ("board", "/workbench"), ("draft", overtaken), ("merge", overtaken + "/merge"), ("merge-none", $"/workbench/drafts/{browser.Scheduled.Id}/merge"), ("problems", $"/workbench/drafts/{browser.Scheduled.Id}/problems"),
            ("facts", $"/workbench/drafts/{browser.Scheduled.Id}/facts"), ("schedule-none", overtaken + "/schedule"), ("schedule-draft", $"/workbench/drafts/{browser.Scheduled.Id}/schedule?announced=2025-06-02&effective=2025-12-01&existing=2026-01-01"),
            ("schedule-published", $"/workbench/drafts/{browser.Published.Id}/schedule"),
        })
        {
            await page.GotoAsync(address);
            await looks.At(what);
        }
        await page.GotoAsync(overtaken + "/merge");
        await page.Follow("#merge button");
        await page.WaitForSelectorAsync(".errors:focus");
        await looks.At("merge-unchosen");
        await looks.End();
    }

    [BrowserFact]
    public async Task With_the_keyboard_alone_a_conflict_is_chosen_for_and_the_draft_goes_on()
    {
        await browser.Fill();
        var page = await browser.Page(390, scripts: false);
        await page.GotoAsync($"/workbench/sign-in?to=/workbench/drafts/{browser.ToMerge.Id}");
        await page.FillAsync("#name", "anna.li");
        await page.FillAsync("#password", EditingPeople.Password);
        await page.Enter();
        await page.FocusAsync("p.notice a");
        await page.Enter();
        await page.FocusAsync("#merge input[value=own]");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("Whoever borrows a lamp knows the words below.");
        await page.Keyboard.PressAsync("Tab");
        await page.Enter();
        await page.WaitForSelectorAsync("[role=status].done");
        Assert.EndsWith("/problems?done=yes", page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await page.Locator("p.notice a").CountAsync());
        await page.Context.CloseAsync();
    }
}
