using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;
using Terms.Web.Tests.Pages;

namespace Terms.Web.Tests.Editing;

/// <summary>A browser before a server with the shipped texts and somebody who writes drafts of them.</summary>
public sealed class EditorBrowser : Browser
{
    private int drafts;

    public EditorBrowser() : this(new AcceptanceApplication { HasShippedContent = true, Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero) })
    {
    }

    private EditorBrowser(AcceptanceApplication application) : base(application)
    {
        Application = application;
        application.AddPerson("anna.li", "drafter");
    }

    public AcceptanceApplication Application { get; }

    public Workbench Workbench => Application.Services.GetRequiredService<Workbench>();

    public Editor Anna => Application.Accounts().Find("anna.li")!.Editor;

    /// <summary>A new draft of the joint text of October 2020.</summary>
    public async Task<string> Draft()
    {
        var version = Application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("alibaba-terms-of-use")!.Version("2020-10-17")!;
        return ((StepOutcome.Taken)await Workbench.Start(Anna, version, $"joint-{Interlocked.Increment(ref drafts)}")).Draft!.Id;
    }

    public Draft Newest(string draft) => Application.Store().Drafts.Newest(draft)!;
}

/// <summary>The editor in a browser, with scripts and without.</summary>
public sealed class EditorBrowserTests(EditorBrowser browser) : IClassFixture<EditorBrowser>
{
    [BrowserFact]
    public async Task Without_scripts_a_draft_is_made_and_a_clause_is_written_previewed_and_split()
    {
        var page = await browser.Page(390, scripts: false);
        await page.SignIn("anna.li");
        await page.GotoAsync("/workbench");
        await page.Follow("a[href='/workbench/new']");
        await page.Follow("a[href='/workbench/new?agreement=alibaba-terms-of-use']");
        await page.FillAsync("#name", "without-scripts");
        await page.Follow("form.question button");
        await page.WaitForSelectorAsync(".done");
        var draft = page.Url.Split('/', '?')[^2];
        await page.Follow(".done a");
        await page.Follow("[id='c-1.4'] .tools a");
        await page.FillAsync("#words", "The first part. || The second part.");
        await page.Follow("button[value=preview]");
        await page.WaitForSelectorAsync("#shown >> text=The first part.");
        Assert.Equal(1, browser.Newest(draft).Revision);
        Assert.False(await page.Locator("[data-pick-quote]").First.IsVisibleAsync());
        await page.Follow("button[value=split]");
        await page.WaitForSelectorAsync(".done >> text=revision 2");
        Assert.Contains("1.5 The second part.", browser.Newest(draft).Files.Text("terms.en.md"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task With_scripts_words_are_previewed_and_saved_as_they_are_typed_and_split_at_the_caret()
    {
        var draft = await browser.Draft();
        var page = await browser.Page();
        await page.SignIn("anna.li");
        var said = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        await page.GotoAsync($"/workbench/drafts/{draft}/text/c-1.4?file=terms.en.md");
        await page.FillAsync("#words", "English words count. Others do not.");
        await page.WaitForSelectorAsync("#shown >> text=Others do not.");
        await page.WaitForSelectorAsync("[data-status] >> text=revision 2");
        Assert.Contains("1.4 English words count. Others do not.", browser.Newest(draft).Files.Text("terms.en.md"), StringComparison.Ordinal);

        await page.EvalOnSelectorAsync("#words", "w => { w.focus(); w.setSelectionRange(21, 21); }");
        await page.Follow("button[value=split]");
        await page.WaitForSelectorAsync(".done >> text=revision 3");
        Assert.Contains("1.5 Others do not.", browser.Newest(draft).Files.Text("terms.en.md"), StringComparison.Ordinal);
        Assert.DoesNotContain(said, s => s.Contains("Content Security Policy", StringComparison.Ordinal));
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_button_that_is_pressed_while_the_script_saves_waits_for_it()
    {
        var draft = await browser.Draft();
        var page = await browser.Page();
        await page.SignIn("anna.li");
        var (saving, mayArrive) = (new TaskCompletionSource(), new TaskCompletionSource());
        await page.RouteAsync("**/edit", async route =>
        {
            if (route.Request.Headers.ContainsKey("if-match"))
            {
                saving.TrySetResult();
                await mayArrive.Task;
            }
            await route.ContinueAsync();
        });
        await page.GotoAsync($"/workbench/drafts/{draft}/text/c-1.4?file=terms.en.md");
        await page.FillAsync("#words", "English words count.");
        await saving.Task;
        await page.ClickAsync("button[value=words]");
        await page.EvaluateAsync("document.documentElement.dataset.left = ''");
        mayArrive.SetResult();

        await page.WaitForSelectorAsync("html:not([data-left]) .done"); // Not the page for two who have saved at once.
        Assert.Equal(2, browser.Newest(draft).Revision);
        Assert.Contains("1.4 English words count.", browser.Newest(draft).Files.Text("terms.en.md"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Paper_bears_the_words_of_a_draft_whole_and_no_way_elsewhere()
    {
        var draft = await browser.Draft();
        await browser.Workbench.Edit(browser.Anna, draft, 1, "words of 1.4", d => d.With(new ClauseEditing(d.Files, "terms.en.md", "en").Replace("1.4", "It is the English language version that governs how you access and use it.").Files));
        await browser.Workbench.Comment(browser.Anna, draft, "1.4", "Is it said elsewhere too?");
        var page = await browser.Page(scripts: false);
        await page.SignIn("anna.li");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        foreach (var (ending, words) in new[]
        {
            ("problems", ".choices label"), ("changes", ".classified .suggestion"), ("review", ".thread .words"), ("facts", "main h2"), ("text", ".pieces .piece .words"), ("text/c-1.4", "#shown .terms p"),
        })
        {
            await page.GotoAsync($"/workbench/drafts/{draft}/{ending}");
            await page.WaitForSelectorAsync("main:not(:has(p[role=status]:not(.done, .saved))) h1", new() { Timeout = 240_000 });
            foreach (var on in await page.Locator("nav:visible, .desk-bar:visible, footer.site:visible, button:visible, input:visible, textarea:visible, select:visible, .tools:visible").AllAsync())
            {
                Assert.Fail($"{ending} has on paper: {await on.EvaluateAsync<string>("e => e.outerHTML.slice(0, 200)")}");
            }
            Assert.NotEqual(0, await page.Locator(words).CountAsync());
            Assert.Equal(await page.Locator(words).CountAsync(), await page.Locator(words).Locator("visible=true").CountAsync());
            Assert.Contains("2", await page.InnerTextAsync(".eyebrow"), StringComparison.Ordinal); // The revision.
        }
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task Somebody_who_was_slower_is_told_and_sees_both_edits()
    {
        var draft = await browser.Draft();
        var page = await browser.Page();
        await page.SignIn("anna.li");
        await page.GotoAsync($"/workbench/drafts/{draft}/text/c-1.4?file=terms.en.md");
        await browser.Workbench.Edit(browser.Anna, draft, 1, "other words", d => d.With(new ClauseEditing(d.Files, "terms.en.md", "en").Replace("1.4", "What somebody else has written.").Files));
        await page.FillAsync("#words", "What I have written.");
        await page.WaitForSelectorAsync("[data-status] >> text=anna.li has saved meanwhile");
        await page.Follow("button[value=words]");
        await page.WaitForSelectorAsync(".merge");
        Assert.Contains("What somebody else has written.", await page.InnerTextAsync(".merge"), StringComparison.Ordinal);
        await page.CheckAsync("input[value=mine]");
        await page.Follow(".merge button");
        await page.WaitForSelectorAsync(".done");
        Assert.Contains("1.4 What I have written.", browser.Newest(draft).Files.Text("terms.en.md"), StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    [BrowserFact]
    public async Task A_quote_is_taken_from_words_that_are_marked_with_the_mouse()
    {
        var draft = await browser.Draft();
        var page = await browser.Page();
        await page.SignIn("anna.li");
        await page.GotoAsync($"/workbench/drafts/{draft}/facts/facts/language-1");
        var words = page.Locator("[data-words]").First;
        await words.DblClickAsync(new() { Position = new() { X = 40, Y = 8 } }); // Marks one word.
        var first = (await page.EvaluateAsync<string>("getSelection().toString()")).Trim();
        await page.ClickAsync("[data-pick-quote]");
        Assert.Matches("^[A-Za-z]+$", first);
        Assert.Equal(first, await page.InputValueAsync("[data-quote]"));

        await words.ScrollIntoViewIfNeededAsync();
        var box = (await words.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 1, box.Y + 8);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + 200, box.Y + 8, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        var marked = (await page.EvaluateAsync<string>("getSelection().toString()")).Trim();
        await page.ClickAsync("[data-pick-quote]");
        Assert.Contains(' ', marked);
        Assert.Equal(marked, await page.InputValueAsync("[data-quote]"));
        await page.Follow("button[value=entry]");
        await page.WaitForSelectorAsync(".done");
        Assert.Equal(marked, Assert.Single(DraftEntries.Find(browser.Newest(draft).Files, "facts", "language-1")!.Texts("quote")));
        await page.Context.CloseAsync();
    }

    [BrowserTheory]
    [MemberData(nameof(Looks.Views), MemberType = typeof(Looks))]
    public async Task Axe_finds_nothing_on_any_page_of_the_editor(int width, ColorScheme scheme, string language)
    {
        var draft = await browser.Draft();
        await browser.Workbench.Edit(browser.Anna, draft, 1, "words of 1.4", d => d.With(new ClauseEditing(d.Files, "terms.en.md", "en").Replace("1.4", "It is the English language version that governs how you access and use it.").Files));
        var looks = await Looks.Begin(browser, "editor", width, scheme, language);
        var page = looks.Page;
        await page.SignIn("anna.li");
        foreach (var (name, address) in new[]
        {
            ("new", "/workbench/new"), ("new-version", "/workbench/new?agreement=alibaba-terms-of-use"), ("overview", ""), ("text", "/text"), ("clause", "/text/c-1.4"), ("section", "/text/c-s1"), ("facts", "/facts"),
            ("fact", "/facts/facts/language-1"), ("rule", "/facts/parties/relevant-jurisdictions"), ("new-fact", "/facts/new?what=facts/notice&clause=1.4&file=terms.en.md"), ("revision", "/revisions/2"),
        })
        {
            await page.GotoAsync(address.StartsWith("/workbench", StringComparison.Ordinal) ? address : $"/workbench/drafts/{draft}{address}");
            await looks.At(name);
        }
        await page.GotoAsync("/workbench/new");
        await page.FillAsync("#text", "Alibaba Terms of Use\n\n1. Beginning\n\n1.1 The first words stand here.\n\n1.2 The second words stand here.\n");
        await page.Follow("form[enctype] button");
        await page.WaitForSelectorAsync("#make");
        await looks.At("report");
        await page.GotoAsync($"/workbench/drafts/{draft}/text/c-1.4");
        await browser.Workbench.Edit(browser.Anna, draft, 2, "words of 1.4", d => d.With(new ClauseEditing(d.Files, "terms.en.md", "en").Replace("1.4", "Theirs.").Files));
        await page.FillAsync("#words", "Mine.");
        await page.Follow("button[value=words]");
        await page.WaitForSelectorAsync(".merge");
        await looks.At("merge");
        await looks.End();
    }
}
