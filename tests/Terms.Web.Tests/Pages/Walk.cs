using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Terms.Web.Tests.Editing;

namespace Terms.Web.Tests.Pages;

/// <summary>A browser before a server of the walk's own.</summary>
public sealed class WalkBrowser(AcceptanceApplication application) : Browser(application), IAsyncDisposable
{
    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();
}

/// <summary>A test that walks the whole way: it needs a browser and the collected documents.</summary>
internal sealed class WalkTheoryAttribute : TheoryAttribute
{
    public WalkTheoryAttribute() => Skip = WalkContent.Absence;
}

/// <summary>Somebody at a desk, and a reader elsewhere. Pages of the workbench are used without scripts; by keyboard alone, if so asked: every control is reached with the tabulator and used with Enter or Space.</summary>
internal sealed class Walk(IPage page, IPage reader, bool byKeyboard, string name)
{
    private const int MostTabs = 4000;
    private int looks;

    public IPage Page => page;

    public IPage Reader => reader;

    public async Task SignIn(string person)
    {
        if (!await Has("#password"))
        {
            await page.GotoAsync("/workbench/sign-in");
        }
        await Write("#name", person);
        await Write("#password", EditingPeople.Password);
        await Press("main form button[type=submit]");
        await Is(".desk");
    }

    public async Task SignInAs(string person)
    {
        await page.GotoAsync("/workbench");
        await Press(".desk-bar form button");
        await Is("#password");
        await page.WaitForLoadStateAsync();
        await SignIn(person);
    }

    /// <summary>Opens a page and waits until the draft is checked, which the page finds out by itself; with a name it is looked at.</summary>
    public async Task Open(string address, string? look)
    {
        await page.GotoAsync(address);
        await page.Locator("main p[role=status]:not(.done)").WaitForAsync(new() { State = WaitForSelectorState.Detached, Timeout = 240_000 });
        await Is("h1");
        if (look is not null)
        {
            await Look(look);
        }
    }

    public async Task<bool> Has(string selector) => await page.Locator(selector).CountAsync() > 0;

    public async Task Is(string selector)
    {
        try
        {
            await page.WaitForSelectorAsync(selector, new() { Timeout = 30_000 });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{selector} is not on {page.Url}: {await page.TextContentAsync("main")}");
        }
    }

    public async Task Press(string selector)
    {
        if (byKeyboard)
        {
            await Reach(page, selector);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForLoadStateAsync();
            return;
        }
        await page.Locator(selector).First.ClickAsync(new() { Timeout = 240_000 });
    }

    public async Task Write(string selector, string words)
    {
        if (byKeyboard)
        {
            await Reach(page, selector);
            await page.Keyboard.PressAsync("Control+A");
            await page.Keyboard.TypeAsync(words);
            return;
        }
        await page.Locator(selector).First.FillAsync(words);
    }

    /// <summary>Ticks every box of a form.</summary>
    public async Task TickAll(string form)
    {
        foreach (var id in await page.EvaluateAsync<string[]>($"[...document.querySelectorAll('#{form} input[type=checkbox]')].map(e => e.id)"))
        {
            if (byKeyboard)
            {
                await Reach(page, "#" + id);
                await page.Keyboard.PressAsync("Space");
            }
            else
            {
                await page.CheckAsync("#" + id);
            }
            Assert.True(await page.IsCheckedAsync("#" + id));
        }
    }

    /// <summary>Chooses every radio button of a kind that stands among others.</summary>
    public async Task ChooseAll(string selector)
    {
        foreach (var id in await page.EvaluateAsync<string[]>($"[...document.querySelectorAll('{selector}')].map(e => e.id)"))
        {
            if (!byKeyboard)
            {
                await page.CheckAsync("#" + id);
                continue;
            }
            await Reach(page, $"fieldset:has(#{id}) input");
            for (var i = 0; i < 5 && !await page.IsCheckedAsync("#" + id); i++)
            {
                await page.Keyboard.PressAsync("ArrowDown");
            }
            Assert.True(await page.IsCheckedAsync("#" + id));
        }
    }

    /// <summary>The reader ticks, agrees, and sees that it was recorded.</summary>
    public async Task Accept()
    {
        if (byKeyboard)
        {
            await Reach(reader, "#control-all");
            await reader.Keyboard.PressAsync("Space");
            await Reach(reader, "button[value=agree]");
            await reader.Keyboard.PressAsync("Enter");
        }
        else
        {
            await reader.CheckAsync("#control-all");
            await reader.ClickAsync("button[value=agree]");
        }
        await reader.WaitForSelectorAsync("a[href$='/receipt']");
    }

    /// <summary>A picture, in the folder that TERMS_PICTURES names if it names one; nothing scrolls sideways, and axe finds nothing.</summary>
    public async Task Look(string what)
    {
        looks++;
        if (Environment.GetEnvironmentVariable("TERMS_PICTURES") is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{looks:00}-{what}.png"), FullPage = true });
        }
        var width = page.ViewportSize!.Width;
        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width, $"{what} scrolls sideways.");
        if (name.StartsWith("en-US", StringComparison.Ordinal) || what is "schedule" or "review" or "own")
        {
            var result = await page.RunAxe();
            Assert.True(result.Violations.Length == 0, what + "\n" + string.Join("\n", result.Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{v.Id}: {v.Help}: {n.Html} {string.Join(' ', n.Any.Select(a => a.Message))}"))));
        }
    }

    public async Task Close()
    {
        await page.Context.CloseAsync();
        await reader.Context.CloseAsync();
    }

    private static async Task Reach(IPage on, string selector)
    {
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await on.EvaluateAsync<bool>("s => document.activeElement?.matches(s) ?? false", selector))
            {
                return;
            }
            await on.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The keyboard does not reach {selector}.");
    }
}
