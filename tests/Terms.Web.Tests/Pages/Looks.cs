using System.Text.RegularExpressions;
using System.Xml.Linq;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Terms.Web.Tests.Pages;

/// <summary>
/// Looks at one page after the other as a critical reader does: nothing scrolls sideways, no word is missing, what is pressed is large enough, axe finds nothing, and the policy of the page holds.
/// Pictures go into the folder that TERMS_PICTURES names, if it names one.
/// </summary>
internal sealed class Looks
{
    /// <summary>A picture is not made of more than that; browsers cannot.</summary>
    private const int HighestPicture = 16_000;

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("TERMS_PICTURES") is { Length: > 0 } folder ? folder : null;
    private static readonly Regex Unworded = new($@"(?<![\w./-])(?:{string.Join('|', Prefixes())})\.[A-Za-z]");

    private readonly string name;
    private readonly List<string> said = [];
    private int taken;

    /// <summary>Begins to listen to a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">What its pictures begin with.</param>
    public Looks(IPage page, string name)
    {
        (Page, this.name) = (page, name);
        page.Console += (_, message) => said.Add(message.Text);
    }

    /// <summary>How every page is looked at: on a phone and on a desk, by day and at night, in each language.</summary>
    public static TheoryData<int, ColorScheme, string> Views => new()
    {
        { 390, ColorScheme.Light, "en-US" }, { 1280, ColorScheme.Dark, "en-US" }, { 390, ColorScheme.Dark, "zh-CN" }, { 1280, ColorScheme.Light, "ru-RU" }, { 390, ColorScheme.Light, "ru-RU" }, { 390, ColorScheme.Light, "ko-KR" },
    };

    public IPage Page { get; }

    /// <summary>Opens a page to look at.</summary>
    public static async Task<Looks> Begin(Browser browser, string name, int width, ColorScheme scheme, string language) =>
        new(await browser.Page(width, scheme, language), $"{name}-{width}-{scheme}-{language}");

    /// <summary>Looks at the page as it is.</summary>
    /// <param name="what">What it is.</param>
    /// <param name="withAxe">Whether axe looks too; it takes its time.</param>
    public async Task At(string what, bool withAxe = true)
    {
        taken++;
        await Page.Whole();
        if (Pictures is not null)
        {
            var isWhole = await Page.EvaluateAsync<int>("document.documentElement.scrollHeight") <= HighestPicture;
            await Page.ScreenshotAsync(new() { Path = Path.Combine(Pictures, $"{name}-{taken:00}-{what}.png"), FullPage = isWhole });
        }
        Assert.DoesNotMatch(Unworded, await Page.InnerTextAsync("body"));
        if (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth") > Page.ViewportSize!.Width)
        {
            var wide = await Page.EvaluateAsync<string[]>("[...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.outerHTML.slice(0, 160))");
            Assert.Fail($"{what} scrolls sideways:\n{string.Join('\n', wide)}");
        }
        var small = await Page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('.desk-bar a, .tabs a, .links a, .pages a, button, select, input:not([type=hidden]):not([hidden]), summary')]
              .map(e => [e, e.getBoundingClientRect()]).filter(([, r]) => r.width > 0 && (r.width < 24 || r.height < 24)).map(([e, r]) => e.outerHTML.slice(0, 120) + ' ' + r.width + 'x' + r.height)
            """);
        Assert.True(small.Length == 0, $"{what} has what is hard to hit:\n{string.Join('\n', small)}");
        if (withAxe)
        {
            var found = await Page.RunAxe();
            Assert.True(found.Violations.Length == 0, what + "\n" + string.Join('\n', found.Violations.SelectMany(v => v.Nodes.Take(3).Select(n => $"{v.Id}: {v.Help}: {n.Html} {string.Join(' ', n.Any.Select(a => a.Message))}"))));
        }
    }

    /// <summary>Closes the page. Nothing on it was against its policy.</summary>
    public async Task End()
    {
        Assert.DoesNotContain(said, s => s.Contains("Content Security Policy", StringComparison.Ordinal));
        await Page.Context.CloseAsync();
    }

    /// <summary>What the keys of words begin with: a key that is shown is a word that is not there.</summary>
    private static IEnumerable<string> Prefixes() => XDocument.Load(Path.Combine(Repository.Root, "src", "Terms.Web", "Resources", "Wording.resx")).Root!.Elements("data")
        .Select(d => (string)d.Attribute("name")!).Where(k => k.Contains('.')).Select(k => k[..k.IndexOf('.')]).Distinct();
}
