using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;
using Terms.Web.Tests.Pages;

namespace Terms.Web.Tests.Editing;

/// <summary>A browser before a server where texts are under way, in every state but the last.</summary>
public sealed class EditingBrowser : Browser
{
    private readonly Lazy<Task> filled;

    public EditingBrowser() : this(new AcceptanceApplication())
    {
    }

    private EditingBrowser(AcceptanceApplication application) : base(application)
    {
        Application = application;
        filled = new(FillOnce);
        application.AddPerson("anna.li", "drafter", "auditor");
        application.AddPerson("boris", "reviewer");
        application.AddPerson("clara", "publisher");
    }

    public AcceptanceApplication Application { get; }

    /// <summary>Puts some drafts on the board, once.</summary>
    public Task Fill() => filled.Value;

    private async Task FillOnce()
    {
        var (anna, boris, clara) = (Editor("anna.li"), Editor("boris"), Editor("clara"));
        var workbench = Application.Services.GetRequiredService<Workbench>();
        var version = Application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1];
        foreach (var stage in new[] { PublicationStage.Draft, PublicationStage.Draft, PublicationStage.InReview })
        {
            var draft = ((StepOutcome.Taken)await workbench.Start(anna, version)).Draft!;
            await workbench.Comment(boris, draft.Id, "1.1", "Who is meant by “borrowers”? Please say it as clause 3.1 does, or say why not.");
            if (stage == PublicationStage.InReview)
            {
                await workbench.Submit(anna, draft.Id, draft.Digest);
            }
        }
        await workbench.Schedule(clara, workbench.All(anna)[0].Id, workbench.All(anna)[0].State.Digest!, new(new(2025, 6, 2), new(2025, 9, 1)));
    }

    private Editor Editor(string name) => Application.Accounts().Find(name)!.Editor;
}

/// <summary>Signing in, the board, one's account and the events in a browser.</summary>
public sealed class BoardBrowserTests(EditingBrowser browser) : IClassFixture<EditingBrowser>
{
    [BrowserTheory]
    [InlineData("en-US", "en", 1280, true)]
    [InlineData("en-US", "en", 390, false)]
    [InlineData("zh-CN", "zh-Hans", 390, false)]
    [InlineData("ru-RU", "ru", 390, false)]
    [InlineData("ko-KR", "ko", 390, false)]
    public async Task With_the_keyboard_alone_somebody_is_refused_signs_in_reads_the_board_and_leaves(string locale, string language, int width, bool scripts)
    {
        await browser.Fill();
        var page = await browser.Page(width, language: locale, scripts: scripts);
        await page.GotoAsync("/workbench");
        Assert.EndsWith("/workbench/sign-in", page.Url, StringComparison.Ordinal);
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));

        await SignIn(page, "wrong words altogether");
        await page.WaitForSelectorAsync(".errors:focus");
        await SignIn(page, EditingPeople.Password);
        await page.WaitForSelectorAsync(".desk-bar");
        Assert.EndsWith("/workbench", page.Url, StringComparison.Ordinal);
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        Assert.True(await page.Locator(".board tbody tr").CountAsync() >= 4);

        await page.FocusAsync(".board th a");
        await page.Enter();
        await page.WaitForSelectorAsync(".events > li");
        await page.FocusAsync(".desk-bar button");
        await page.Enter();
        await page.WaitForSelectorAsync("[role=status]");
        await page.GotoAsync("/workbench");
        Assert.EndsWith("/workbench/sign-in", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [MemberData(nameof(Looks.Views), MemberType = typeof(Looks))]
    public async Task Axe_finds_nothing_on_any_of_the_pages(int width, ColorScheme scheme, string language)
    {
        await browser.Fill();
        var looks = await Looks.Begin(browser, "board", width, scheme, language);
        var page = looks.Page;

        await page.GotoAsync("/workbench/sign-in");
        await looks.At("sign-in");
        await SignIn(page, "wrong words altogether");
        await page.WaitForSelectorAsync(".errors");
        await looks.At("sign-in-refused");
        await SignIn(page, EditingPeople.Password);
        await page.WaitForSelectorAsync(".desk-bar");
        await looks.At("board");
        await page.Follow(".board th a");
        await looks.At("draft");
        await page.GotoAsync("/workbench/account");
        await looks.At("account");
        await page.GotoAsync("/audit?who=anna.li");
        await looks.At("audit");
        await page.GotoAsync("/audit?from=yesterday");
        await looks.At("audit-wrong");
        await page.GotoAsync("/workbench/drafts/none");
        await looks.At("refusal");
        await looks.End();
    }

    [BrowserFact]
    public async Task Paper_bears_the_events_and_no_way_elsewhere()
    {
        await browser.Fill();
        var page = await browser.Page();
        await page.GotoAsync("/workbench/sign-in?to=/audit");
        await SignIn(page, EditingPeople.Password);
        await page.WaitForSelectorAsync("table.stacked");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var hidden in new[] { ".desk-bar", ".question", "ul.links", "footer.site" })
        {
            Assert.False(await page.Locator(hidden).First.IsVisibleAsync(), hidden);
        }
        Assert.True(await page.Locator("table.stacked tbody tr").First.IsVisibleAsync());
        await page.Context.CloseAsync();
    }

    private static async Task SignIn(IPage page, string password)
    {
        await page.FocusAsync("#name");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("anna.li");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync(password);
        await page.Enter();
    }
}
