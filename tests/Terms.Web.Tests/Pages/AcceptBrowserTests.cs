using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Terms.Web.Tests.Pages;

/// <summary>A browser before a server with a store.</summary>
public sealed class AcceptanceBrowser : Browser
{
    public AcceptanceBrowser() : this(new AcceptanceApplication())
    {
    }

    private AcceptanceBrowser(AcceptanceApplication application) : base(application) => Application = application;

    public AcceptanceApplication Application { get; }
}

/// <summary>The reader's whole way in a browser: form, errors, answer, receipt, list, withdrawal.</summary>
public sealed partial class AcceptBrowserTests(AcceptanceBrowser browser) : IClassFixture<AcceptanceBrowser>
{
    private static int subjects;

    [BrowserTheory]
    [InlineData("en-US", "en", true)]
    [InlineData("en-US", "en", false)]
    [InlineData("zh-CN", "zh-Hans", false)]
    [InlineData("ru-RU", "ru", false)]
    [InlineData("ko-KR", "ko", false)]
    public async Task With_the_keyboard_alone_a_reader_meets_the_error_mends_it_and_gets_the_receipt(string locale, string language, bool scripts)
    {
        var page = await browser.Page(390, language: locale, scripts: scripts);
        await page.GotoAsync((await Present()).Url);
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        Assert.Equal(0, await page.Locator("input:checked").CountAsync());

        await page.FocusAsync("button[value=agree]");
        await page.Enter();
        await page.WaitForSelectorAsync(".errors:focus");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        if (await page.Locator("#control-all:focus").CountAsync() == 0)
        {
            await page.FocusAsync("#control-all"); // The fragment moves the starting point of the keyboard, in some browsers the focus too.
        }
        await page.Keyboard.PressAsync("Space");
        Assert.True(await page.IsCheckedAsync("#control-all"));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal(1, await page.Locator("button[value=agree]:focus").CountAsync());
        await page.Enter();
        await page.FocusAsync("a[href$='/receipt']");
        await page.Enter();
        await page.WaitForSelectorAsync(".receipt #shows-not");
        Assert.Equal(language, await page.GetAttributeAsync("html", "lang"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Declining_needs_no_tick_and_is_as_easy_to_reach()
    {
        var page = await browser.Page(390, scripts: false);
        await page.GotoAsync((await Present()).Url);
        var (agree, decline) = (await page.Locator("button[value=agree]").BoundingBoxAsync(), await page.Locator("button[value=decline]").BoundingBoxAsync());
        Assert.Equal((agree!.Width, agree.Height), (decline!.Width, decline.Height));
        await page.Follow("button[value=decline]");
        Assert.Equal("Your refusal was recorded", await page.TextContentAsync("h1"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_back_button_shows_what_was_recorded_and_a_second_answer_changes_nothing()
    {
        var (subject, url) = await Present();
        var (page, second) = (await browser.Page(), await browser.Page());
        await page.GotoAsync(url);
        await second.GotoAsync(url);
        await page.CheckAsync("#control-all");
        await page.Follow("button[value=agree]");
        await page.Follow("a[href$='/receipt']");
        await page.GoBackAsync();
        await page.GoBackAsync();
        Assert.Equal("Your agreement was recorded", await page.TextContentAsync("h1"));
        Assert.Equal(0, await page.Locator("input[type=checkbox]").CountAsync());

        await second.Follow("button[value=decline]");
        Assert.Contains("This form was answered before.", await second.TextContentAsync("[role=alert]"), StringComparison.Ordinal);
        using var service = browser.Application.Service();
        Assert.Equal(1, (await service.Get($"/api/v1/subjects/{subject}/acceptances")).GetArrayLength());
        await page.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_form_that_has_gone_stale_is_shown_anew_with_nothing_ticked_and_the_explanation_has_the_focus()
    {
        var page = await browser.Page(scripts: false);
        await page.GotoAsync((await Present()).Url);
        await page.CheckAsync("#control-all");
        browser.Application.Now = browser.Application.Now.AddMinutes(61);
        await page.Follow("button[value=agree]");
        Assert.Contains("The form was open for too long.", await page.TextContentAsync(".errors:focus"), StringComparison.Ordinal);
        Assert.False(await page.IsCheckedAsync("#control-all"));
        await page.CheckAsync("#control-all");
        await page.Follow("button[value=agree]");
        Assert.Equal("Your agreement was recorded", await page.TextContentAsync("h1"));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_answer_leads_back_to_the_service_on_another_origin()
    {
        var shop = $"http://localhost:{new Uri(browser.Address).Port}/parties";
        browser.Application.ReturnAddresses.Add(shop);
        var page = await browser.Page(scripts: false);
        await page.GotoAsync((await Present(new { returnTo = shop + "?step=2" })).Url);
        await page.CheckAsync("#control-all");
        await page.Follow("button[value=agree]");
        await page.WaitForURLAsync(shop + "?step=2&presentation=*&outcome=agreed&acceptance=*");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Without_scripts_a_reader_sees_what_was_shown_and_withdraws()
    {
        var page = await browser.Page(390, scripts: false);
        await page.GotoAsync(await Agreed());
        await page.Follow("a[href$='/shown']");
        Assert.True(await page.IsDisabledAsync(".kept button[value=agree]"));
        Assert.True(await page.IsDisabledAsync(".kept input[type=checkbox]"));
        await page.GoBackAsync();
        await page.Follow("a[href$='/withdraw']");
        await page.Follow("main button[type=submit]");
        Assert.Contains("Withdrew", await page.TextContentAsync("h1"), StringComparison.Ordinal);
        await page.Follow("p.links a");
        Assert.Equal(2, await page.Locator(".act").CountAsync());
        Assert.Contains("Withdrawn:", await page.TextContentAsync(".act >> nth=1"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [MemberData(nameof(Looks.Views), MemberType = typeof(Looks))]
    public async Task Axe_finds_nothing_on_any_of_the_pages(int width, ColorScheme scheme, string language)
    {
        var looks = await Looks.Begin(browser, "accept", width, scheme, language);
        var page = looks.Page;
        var list = await Agreed(isTold: true);

        await page.GotoAsync((await Present(new { customer = new { residence = "NO", role = "buyer", site = "easy-buy", accessFrom = "IS" } })).Url);
        await looks.At("form-with-a-conflict");
        await page.Follow("button[value=agree]");
        await looks.At("form-with-an-error");
        await page.CheckAsync("#control-all");
        await page.Follow("button[value=agree]");
        await looks.At("recorded");
        await page.GotoAsync(list);
        await looks.At("list");
        foreach (var below in new[] { "/shown", "/withdraw", "" })
        {
            await page.GotoAsync(list);
            await page.Follow(below.Length > 0 ? $"a[href$='{below}']" : ".act .links a >> nth=0");
            Assert.Equal(below.Length > 0 ? 0 : 1, await page.Locator("#notices").CountAsync());
            await looks.At($"list{below.Replace('/', '-')}");
        }
        await page.GotoAsync(list + "A");
        await looks.At("refusal");
        await looks.End();
    }

    [BrowserFact]
    public async Task A_receipt_fits_on_two_pages_of_paper()
    {
        var page = await browser.Page();
        await page.GotoAsync(await Agreed());
        await page.Follow(".act .links a >> nth=0");
        var pdf = System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { Format = "A4", PreferCSSPageSize = true }));
        Assert.InRange(Sheet().Count(pdf), 1, 2);
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var hidden in new[] { "header.site nav", "ul.links", "footer.site" })
        {
            Assert.False(await page.Locator(hidden).First.IsVisibleAsync(), hidden);
        }
        Assert.True(await page.Locator("#shows-not").IsVisibleAsync());
        await page.Context.CloseAsync();
    }

    private async Task<(string Subject, string Url)> Present(object? more = null)
    {
        var subject = $"member-{Interlocked.Increment(ref subjects)}";
        using var service = browser.Application.Service();
        return (subject, (await service.Present(subject, more)).Text("url"));
    }

    /// <summary>The link of somebody who has agreed, and was told of the version before if that is asked for.</summary>
    private async Task<string> Agreed(bool isTold = false)
    {
        var subject = $"member-{Interlocked.Increment(ref subjects)}";
        if (isTold)
        {
            await browser.Application.Told(subject, "Lamps: a new version from 1 January 2025.\n\nIt takes effect on 1 January 2025.");
        }
        using var service = browser.Application.Service();
        await service.Accept(subject);
        using var link = await service.PostAsync(new Uri($"/api/v1/subjects/{subject}/link", UriKind.Relative), null);
        return (await ServiceCalls.Answer(link, 200)).Text("url");
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Sheet();
}
