using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;

namespace Terms.Web.Tests.Pages;

/// <summary>A server on a port of its own and a browser, shared by the tests of this folder; without a browser the tests are announced as skipped, except where CI asks for one.</summary>
public class Browser : IAsyncLifetime, IDisposable
{
    private readonly WebApplicationFactory<Program> factory;
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public Browser() : this(new WebApplicationFactory<Program>())
    {
    }

    protected Browser(WebApplicationFactory<Program> factory) => this.factory = factory;

    private static string Executable => Environment.GetEnvironmentVariable("CHROMIUM") ?? "/usr/bin/chromium";

    /// <summary>By how much everything that a page asks for may come late, at random; so a test is found out that looks before the page is there. Nothing is late if it is not set.</summary>
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(int.Parse(Environment.GetEnvironmentVariable("TERMS_LATE") ?? "0", CultureInfo.InvariantCulture));

    /// <summary>Why a test that needs a browser cannot run; null if it can, or if it has to.</summary>
    public static string? Absence =>
        File.Exists(Executable) || Environment.GetEnvironmentVariable("CI") == "true" ? null : $"There is no browser at {Executable}. Set CHROMIUM to its path.";

    public string Address { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (Absence is not null)
        {
            return;
        }
        Address = factory.Listen().ToString().TrimEnd('/');
        playwright = await Playwright.CreateAsync();
        chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Executable,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=en-US"],
        });
    }

    /// <summary>A page.</summary>
    public async Task<IPage> Page(int width = 1280, ColorScheme scheme = ColorScheme.Light, string language = "en-US", bool scripts = true)
    {
        var context = await chromium!.NewContextAsync(new()
        {
            BaseURL = Address,
            ViewportSize = new() { Width = width, Height = width < 600 ? 844 : 900 },
            ColorScheme = scheme,
            Locale = language,
            JavaScriptEnabled = scripts,
            BypassCSP = false,
        });
        if (Lateness > TimeSpan.Zero)
        {
            await context.RouteAsync("**/*", async route =>
            {
                await Task.Delay(Random.Shared.NextDouble() * Lateness);
                await route.ContinueAsync();
            });
        }
        return await context.NewPageAsync();
    }

    public async Task DisposeAsync()
    {
        if (chromium is not null)
        {
            await chromium.CloseAsync();
        }
        playwright?.Dispose();
        await factory.DisposeAsync();
    }

    public void Dispose()
    {
        factory.Dispose();
        GC.SuppressFinalize(this);
    }
}

public sealed class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    private static readonly string[] All =
    [
        "/", "/agreements/vip-membership", "/agreements/free-membership/2025-04-01?residence=US&role=buyer", "/agreements/merchant-service/2022-01-01?rendering=2",
        "/agreements/privacy-policy-ru", "/agreements/terms-of-use/history", "/agreements/free-membership/compare",
        "/agreements/merchant-service/compare?show=all&cosmetic=shown", "/applicable?residence=US&role=buyer&accessFrom=KR", "/applicable?residence=&role=x",
        "/facts?agreement=free-membership", "/parties", "/notices", "/agreements/nope/1", "/import",
    ];

    public static TheoryData<string, int, ColorScheme, string> Views
    {
        get
        {
            var views = new TheoryData<string, int, ColorScheme, string>();
            foreach (var (width, scheme) in new[] { (390, ColorScheme.Light), (390, ColorScheme.Dark), (1280, ColorScheme.Light), (1280, ColorScheme.Dark) })
            {
                foreach (var address in All)
                {
                    views.Add(address, width, scheme, "en-US");
                }
            }
            foreach (var language in new[] { "zh-CN", "ru-RU", "ko-KR" })
            {
                views.Add("/", 390, ColorScheme.Light, language);
                views.Add("/applicable?residence=KR&role=buyer", 390, ColorScheme.Light, language);
                views.Add("/agreements/vip-membership?residence=KR&role=buyer", 390, ColorScheme.Light, language);
                views.Add("/agreements/alibaba-terms-of-use/compare", 390, ColorScheme.Light, language);
                views.Add("/notices", 390, ColorScheme.Light, language);
                views.Add("/agreements/vip-membership", 1280, ColorScheme.Dark, language);
            }
            return views;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Views))]
    public async Task Axe_finds_nothing_no_line_is_too_long_and_the_policy_holds(string address, int width, ColorScheme scheme, string language)
    {
        var page = await browser.Page(width, scheme, language);
        var said = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        var answer = await page.GotoAsync(address);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");
        Assert.DoesNotContain(said, s => s.Contains("Content Security Policy", StringComparison.Ordinal));
        if (answer!.Ok)
        {
            Assert.Empty(said);
        }
        await AssertAxe(page);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task The_keyboard_reaches_content_contents_and_form()
    {
        var page = await browser.Page();
        await page.GotoAsync("/agreements/free-membership");
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await Focused("getAttribute('href')"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await Focused("id"));
        var reached = new List<string>();
        for (var i = 0; i < 30; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            reached.Add(await Focused("closest('nav.contents') ? 'contents' : document.activeElement.id || document.activeElement.tagName"));
        }
        Assert.Contains("contents", reached);
        Assert.True(reached.IndexOf("q-residence") > reached.IndexOf("contents"));
        Assert.True(reached.IndexOf("q-role") > reached.IndexOf("q-residence"));
        Assert.True(reached.IndexOf("BUTTON") > reached.IndexOf("q-role"));
        await page.Context.CloseAsync();

        Task<string> Focused(string what) => page.EvaluateAsync<string>("document.activeElement." + what);
    }

    [BrowserTheory]
    [InlineData("KR", "", "AliExpress Korea Limited")]
    [InlineData("US", "KR", "Conflict.")]
    [InlineData("FR", "", "Alibaba.com Singapore E-Commerce Private Limited")]
    public async Task Without_scripts_the_form_answers(string residence, string access, string words)
    {
        var page = await browser.Page(390, scripts: false);
        await page.GotoAsync("/applicable");
        await page.SelectOptionAsync("#q-residence", residence);
        await page.SelectOptionAsync("#q-role", residence == "FR" ? "visitor" : "buyer");
        if (access.Length > 0)
        {
            await page.ClickAsync("summary");
            await page.SelectOptionAsync("#q-accessFrom", access);
        }
        await page.Follow("button[type=submit]");
        Assert.Contains(words, await page.TextContentAsync("section[aria-labelledby=a-free-membership]"), StringComparison.Ordinal);
        await page.Follow("section[aria-labelledby=a-free-membership] .cite a >> nth=0");
        Assert.Contains("#c-", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Without_scripts_the_language_changes_and_contents_open()
    {
        var page = await browser.Page(390, scripts: false);
        await page.GotoAsync("/agreements/vip-membership");
        await page.Follow("a[hreflang=ko]");
        Assert.Equal("ko", await page.GetAttributeAsync("html", "lang"));
        Assert.EndsWith("/agreements/vip-membership", page.Url, StringComparison.Ordinal);
        await page.ClickAsync(".contents summary >> nth=0");
        await page.ClickAsync(".contents a[href='#c-s4']");
        await page.WaitForURLAsync("**#c-s4");
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task On_a_phone_targets_are_large_enough()
    {
        var page = await browser.Page(390);
        await page.GotoAsync("/agreements/free-membership");
        // Links inside sentences are exempt (WCAG 2.2, 2.5.8); everything that stands alone is measured.
        var small = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('header.site a, .permalink, summary, button, select, input:not([type=hidden]), .contents a, .links a')]
              .map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24)).map(([e, r]) => e.outerHTML.slice(0, 120) + ' ' + r.width + 'x' + r.height)
            """);
        Assert.Empty(small);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Two_versions_stand_side_by_side_on_a_desk_and_inline_on_a_phone_and_changes_lead_to_each_other()
    {
        foreach (var (width, shown, hidden) in new[] { (1280, ".side", ".inline"), (390, ".inline", ".side") })
        {
            var page = await browser.Page(width, scripts: false);
            await page.GotoAsync("/agreements/free-membership/compare");
            Assert.True(await page.Locator("#change-2 " + shown).IsVisibleAsync());
            Assert.False(await page.Locator("#change-2 " + hidden).IsVisibleAsync());
            await page.FocusAsync("#change-1 .jump a");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync("**#change-2");
            await page.Keyboard.PressAsync("Tab");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync("**#change-3");
            await page.SelectOptionAsync("#f-show", "all");
            await page.Follow("button[type=submit]");
            Assert.True(await page.Locator(".same").First.IsVisibleAsync());
            await page.Context.CloseAsync();
        }
    }

    [BrowserTheory]
    [InlineData(390, ColorScheme.Light, "en-US")]
    [InlineData(390, ColorScheme.Dark, "ko-KR")]
    [InlineData(1280, ColorScheme.Light, "zh-CN")]
    [InlineData(1280, ColorScheme.Dark, "ru-RU")]
    public async Task Axe_finds_nothing_in_what_is_said_of_a_document(int width, ColorScheme scheme, string language)
    {
        var page = await browser.Page(width, scheme, language);
        await Send(page);
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, "The page scrolls sideways.");
        await AssertAxe(page);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Without_scripts_a_document_is_sent_its_findings_lead_to_their_clauses_and_its_archive_is_saved()
    {
        var page = await browser.Page(390, scripts: false);
        await Send(page);
        Assert.Equal("TW403", await page.TextContentAsync(".finding .badge >> nth=0"));
        await page.ClickAsync(".finding li a >> nth=0");
        await page.WaitForURLAsync("**#t1-c-1.1");
        var download = await page.RunAndWaitForDownloadAsync(() => page.ClickAsync("a.save"));
        Assert.Equal("tool-library-agreement.zip", download.SuggestedFilename);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_file_that_is_refused_is_refused_in_words_and_the_form_is_there_again()
    {
        var page = await browser.Page(390);
        await page.GotoAsync("/import");
        await page.SetInputFilesAsync("#i-file", new FilePayload { Name = "terms.pdf", MimeType = "application/pdf", Buffer = "%PDF-1.7"u8.ToArray() });
        await page.Follow("button[type=submit]");
        Assert.Contains("terms.pdf is a PDF.", await page.TextContentAsync("[role=alert]"), StringComparison.Ordinal);
        Assert.True(await page.Locator("#i-file").IsVisibleAsync());
        await AssertAxe(page);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Paper_bears_the_whole_text_and_no_navigation()
    {
        var page = await browser.Page();
        await page.GotoAsync("/agreements/vip-membership");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var hidden in new[] { "header.site nav", ".contents", ".question", "footer.site" })
        {
            Assert.False(await page.Locator(hidden).First.IsVisibleAsync(), hidden);
        }
        Assert.True(await page.Locator(".terms .clause").Last.IsVisibleAsync());
        Assert.True(await page.Locator(".edition").IsVisibleAsync());
        await page.Context.CloseAsync();
    }

    private static async Task Send(IPage page)
    {
        await page.GotoAsync("/import");
        await page.SetInputFilesAsync("#i-file", Path.Combine(Repository.Root, "docs", "examples", "documents", "two-versions.md"));
        await page.Follow("button[type=submit]");
    }

    private static async Task AssertAxe(IPage page)
    {
        var result = await page.RunAxe();
        Assert.Contains(result.Passes, p => p.Id == "color-contrast");
        Assert.True(result.Violations.Length == 0, string.Join("\n", result.Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{v.Id}: {v.Help}: {n.Html} {string.Join(' ', n.Any.Select(a => a.Message))}"))));
    }
}

/// <summary>A test in a browser.</summary>
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Browser.Absence;
}

/// <summary>A test of several examples in a browser.</summary>
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Browser.Absence;
}
