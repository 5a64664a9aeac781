using System.Globalization;
using System.Text.Json;
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

/// <summary>Somebody at a desk, and a reader elsewhere. By keyboard alone, if so asked: every control is reached with the tabulator and used with Enter, Space or the arrows, and nothing is clicked.</summary>
internal sealed class Walk(IPage page, IPage reader, bool byKeyboard, string name)
{
    private const int MostTabs = 4000;

    /// <summary>How much higher than the stop before the next may begin, in pixels, because both stand on one line.</summary>
    private const double HighestLine = 60;

    /// <summary>Where the keyboard is: whether that is what is looked for, how far below the top of the page it is, and why it is not seen there, if it is not.</summary>
    private const string TabStop =
        """
        wanted => {
          const stop = document.activeElement;
          if (!stop || stop === document.body || stop.matches('.skip')) return { isThere: stop?.matches(wanted) ?? false, top: -1, hides: null }; // From the last stop the keyboard may go to the first at once.
          const [box] = stop.getClientRects();
          const [left, top, right, bottom] = [Math.max(box.left, 0), Math.max(box.top, 0), Math.min(box.right, innerWidth), Math.min(box.bottom, innerHeight)];
          const at = left < right && top < bottom ? document.elementFromPoint((left + right) / 2, (top + bottom) / 2) : null;
          const style = getComputedStyle(stop);
          const hides = !at ? 'it is outside of the window' : !stop.contains(at) ? 'it is covered by ' + at.outerHTML.slice(0, 80)
            : style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? 'nothing surrounds it' : null;
          return { isThere: stop.matches(wanted), top: Math.max(box.top + scrollY, 0), hides, stop: stop.outerHTML.slice(0, 120) };
        }
        """;

    private readonly Looks desk = new(page, name), elsewhere = new(reader, name + "-reader");

    /// <summary>The draft that is walked with, once it is there.</summary>
    public string Draft { get; set; } = "";

    public IPage Page => page;

    public IPage Reader => reader;

    public async Task SignIn(string person)
    {
        if (!await Has("#password"))
        {
            await page.GotoAsync("/workbench"); // Where everybody begins; it leads to signing in.
        }
        await Write("#name", person);
        await Write("#password", EditingPeople.Password);
        await Press("main form button[type=submit]");
        await Is(".desk");
    }

    /// <summary>Leaves, and comes back as somebody else, to the draft.</summary>
    public async Task SignInAs(string person)
    {
        await Press(".desk-bar form button");
        await Is("#password");
        await SignIn(person);
        await Press($".board a[href='/workbench/drafts/{Draft}']");
    }

    /// <summary>Goes to another page of the draft by its tab, and waits until the draft is checked.</summary>
    public async Task Go(string ending)
    {
        await Press($".tabs a[href='/workbench/drafts/{Draft}{ending}']");
        await Checked();
    }

    /// <summary>Waits until the draft is checked. A page with nothing else on it asks for itself again; one with forms does not, and is loaded again by hand.</summary>
    public async Task Checked()
    {
        while (new Uri(page.Url).AbsolutePath.Split('/')[^1] is "review" or "schedule" && await Has("main p[role=status]:not(.done)"))
        {
            await page.ReloadAsync(new() { Timeout = PageTurns.Patience });
        }
        await Is("main:not(:has(p[role=status]:not(.done))) h1");
    }

    public async Task<bool> Has(string selector) => await page.Locator(selector).CountAsync() > 0;

    public async Task Is(string selector)
    {
        try
        {
            await page.WaitForSelectorAsync(selector, new() { Timeout = PageTurns.Patience });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"{selector} is not on {page.Url}: {await page.TextContentAsync("main")}");
        }
    }

    /// <summary>Follows a link or presses a button, and waits for the page to which it leads.</summary>
    public Task Press(string selector) => Press(page, selector);

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

    /// <summary>Writes a day into its field. By keyboard its parts are typed in the order in which this browser shows them, whose own language is English.</summary>
    public async Task WriteDay(string selector, DateOnly day)
    {
        var value = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (byKeyboard)
        {
            await Reach(page, selector);
            await page.Keyboard.TypeAsync(day.ToString("MMddyyyy", CultureInfo.InvariantCulture));
        }
        else
        {
            await page.FillAsync(selector, value);
        }
        Assert.Equal(value, await page.InputValueAsync(selector));
    }

    /// <summary>Chooses a file. The dialog of the operating system is the browser's affair; it is opened as a person opens it.</summary>
    public async Task Choose(string selector, string file)
    {
        var dialog = new TaskCompletionSource<IFileChooser>(TaskCreationOptions.RunContinuationsAsynchronously);
        page.FileChooser += (_, opened) => dialog.TrySetResult(opened); // Before the way to the control: asked for only with the key that opens it, it comes too late.
        await Reach(page, selector);
        await (byKeyboard ? page.Keyboard.PressAsync("Enter") : page.ClickAsync(selector));
        await (await dialog.Task.WaitAsync(TimeSpan.FromMilliseconds(PageTurns.Patience))).SetFilesAsync(file);
    }

    /// <summary>Chooses one of the values of a list.</summary>
    public async Task Select(string selector, string value)
    {
        if (!byKeyboard)
        {
            await page.SelectOptionAsync(selector, value);
            return;
        }
        await Reach(page, selector);
        await page.Keyboard.PressAsync("Home");
        for (var i = await page.Locator($"{selector} option").CountAsync(); i > 0 && await page.InputValueAsync(selector) != value; i--)
        {
            await page.Keyboard.PressAsync("ArrowDown");
        }
        Assert.Equal(value, await page.InputValueAsync(selector));
    }

    /// <summary>Ticks every box of a form.</summary>
    public async Task TickAll(string form)
    {
        foreach (var id in await page.EvaluateAsync<string[]>($"[...document.querySelectorAll('#{form} input[type=checkbox]')].map(e => e.id)"))
        {
            await Tick(page, "#" + id);
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

    /// <summary>Gives the reason of a form, sends it, and sees that it was kept.</summary>
    public async Task Answer(string form, string why)
    {
        await Write($"#{form}-why", why);
        await Press($"#{form} button[type=submit]");
        await Is("[role=status].done");
        await Checked();
    }

    /// <summary>The reader ticks, agrees, and sees that it was recorded.</summary>
    public async Task Accept()
    {
        await elsewhere.At("form", withAxe: false); // Without scripts axe cannot look.
        await Tick(reader, "#control-all");
        await Press(reader, "button[value=agree]");
        await reader.WaitForSelectorAsync("a[href$='/receipt']", new() { Timeout = PageTurns.Patience });
        await elsewhere.At("recorded", withAxe: false);
    }

    /// <summary>Looks at the desk; axe looks too where it is asked to, and in English at every page.</summary>
    public Task Look(string what, bool withAxe = false) => desk.At(what, withAxe || name.StartsWith("en", StringComparison.Ordinal));

    public async Task Close()
    {
        await desk.End();
        await elsewhere.End();
    }

    private async Task Tick(IPage on, string selector)
    {
        if (byKeyboard)
        {
            await Reach(on, selector);
            await on.Keyboard.PressAsync("Space");
        }
        else
        {
            await on.CheckAsync(selector);
        }
        Assert.True(await on.IsCheckedAsync(selector));
    }

    private async Task Press(IPage on, string selector)
    {
        if (!byKeyboard)
        {
            await on.Follow(selector);
            return;
        }
        await Reach(on, selector);
        await on.Enter();
    }

    /// <summary>Goes to a control with the tabulator. Wherever the keyboard comes on the way, it is seen to be, and it goes down the page.</summary>
    private async Task Reach(IPage on, string selector)
    {
        if (!byKeyboard)
        {
            return;
        }
        for (var (tabs, from) = (0, -1.0); ; tabs++)
        {
            var stop = await on.EvaluateAsync<JsonElement>(TabStop, selector);
            if (tabs > 0 && stop.GetProperty("top").GetDouble() is var top && top >= 0)
            {
                Assert.True(stop.GetProperty("hides").GetString() is null, $"On {on.Url} the keyboard is not seen: {stop}");
                Assert.True(top > from - HighestLine, $"On {on.Url} the keyboard goes up from {from} px: {stop}");
                from = top;
            }
            else
            {
                from = -1; // The page is entered, at its beginning or anew.
            }
            if (stop.GetProperty("isThere").GetBoolean())
            {
                return;
            }
            Assert.True(tabs < MostTabs, $"The keyboard does not reach {selector}.");
            await on.Keyboard.PressAsync("Tab");
        }
    }
}
