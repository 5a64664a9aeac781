using System.Diagnostics;
using Microsoft.Playwright;

namespace Terms.Web.Tests.Pages;

/// <summary>
/// From one page to the next. A browser answers a click before the next page is there, and finds an element of that page before its styles are:
/// whoever looks at once sees the page before, or a bare one.
/// </summary>
internal static class PageTurns
{
    /// <summary>How long a page may take, in milliseconds. It is long because the machine may be busy; a page that is there is never waited for.</summary>
    public const int Patience = 240_000;

    /// <summary>Does what leads to another page, and waits until that page is whole.</summary>
    public static async Task Turn(this IPage page, Func<Task> act)
    {
        await page.EvaluateAsync("document.documentElement.dataset.left = ''"); // The next page does not have it.
        await act();
        await page.WaitForSelectorAsync("html:not([data-left])", new() { Timeout = Patience, State = WaitForSelectorState.Attached });
        await page.Whole();
    }

    /// <summary>Clicks on what leads to another page.</summary>
    public static Task Follow(this IPage page, string selector) => page.Turn(() => page.Locator(selector).First.ClickAsync(new() { Timeout = Patience }));

    /// <summary>Presses the key that leads from where the keyboard is to another page.</summary>
    public static Task Enter(this IPage page) => page.Turn(() => page.Keyboard.PressAsync("Enter"));

    /// <summary>Waits until the page is there with all that belongs to it. The page is asked: its event may have been fired before somebody waits for it.</summary>
    public static async Task Whole(this IPage page)
    {
        for (var start = Stopwatch.GetTimestamp(); !await IsWhole(page); await Task.Delay(20))
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalMilliseconds < Patience, $"{page.Url} does not come to its end.");
        }
    }

    private static async Task<bool> IsWhole(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<string>("document.readyState") == "complete";
        }
        catch (PlaywrightException e) when (e.Message.Contains("context was destroyed", StringComparison.Ordinal))
        {
            return false; // It led on while it was asked.
        }
    }
}
