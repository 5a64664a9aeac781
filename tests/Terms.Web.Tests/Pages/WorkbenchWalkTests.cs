using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Terms.Publishing;
using Terms.Storage;
using Terms.Verifier.Receipts;
using Terms.Web.Editing;
using Terms.Web.Tests.Editing;

namespace Terms.Web.Tests.Pages;

/// <summary>The whole way in a browser, with the collected texts of 2020: from the file on somebody's desk to an acceptance that verifies.</summary>
public sealed class WorkbenchWalkTests
{
    private static readonly DateTimeOffset Start = new(2020, 9, 15, 2, 0, 0, TimeSpan.Zero);

    [WalkTheory]
    [InlineData("en-US", "en", 1280, ColorScheme.Light, false)]
    [InlineData("ko-KR", "ko", 1280, ColorScheme.Dark, true)]
    [InlineData("ko-KR", "ko", 390, ColorScheme.Light, true)]
    [InlineData("zh-CN", "zh-Hans", 390, ColorScheme.Dark, true)]
    public async Task The_October_text_goes_from_a_file_to_an_acceptance_that_verifies(string locale, string language, int width, ColorScheme scheme, bool byKeyboard)
    {
        using var application = new AcceptanceApplication { Now = Start };
        Directory.Delete(application.Content, recursive: true);
        WalkContent.Lay(application.Content);
        Directory.Delete(application.Data, recursive: true);
        Store.Create(new StoreFolders(application.Data), "terms.example", Start);
        await using var browser = new WalkBrowser(application);
        await browser.InitializeAsync();
        foreach (var (name, role) in new[] { ("anna", "drafter"), ("boris", "reviewer"), ("clara", "publisher") })
        {
            application.AddPerson(name, name == "anna" ? [role, "reviewer"] : [role]);
        }
        using var service = application.Service();
        await ServiceCalls.Answer(await service.Post(new { kind = "agree", token = (await service.Present("subject-1", new { customer = Buyer })).Text("token") }), 201);
        Assert.Empty(await Required(service));

        var walk = new Walk(await browser.Page(width, scheme, locale), await browser.Page(width, scheme, locale, scripts: false), byKeyboard, $"{locale}-{width}");
        await walk.SignIn("anna");
        await Import(walk);
        Assert.Equal(language, await walk.Page.GetAttributeAsync("html", "lang"));
        await Mend(walk, language);

        // What stands against the draft still keeps it from being approved: facts whose words have changed.
        await walk.Go("/review");
        await walk.Press("#submit button[type=submit]");
        await walk.Is("#cannot");
        await walk.SignInAs("boris");
        await walk.Go("/review");
        await walk.Write("#approve-why", "I have read most of it.");
        await walk.Press("#approve button[type=submit]");
        await walk.Is(".errors");
        Assert.Equal($"facts/{WalkContent.FactsOfOtherWords[0]}", await walk.Page.Locator(".errors code").Last.TextContentAsync());
        if (language == "en")
        {
            Assert.Contains($"The words under facts/{WalkContent.FactsOfOtherWords[0]} have changed. Read them, mend the fact if it says otherwise, and confirm it.", await walk.Page.InnerTextAsync(".errors"), StringComparison.Ordinal);
        }
        await walk.SignInAs("anna");
        await Confirm(walk);
        await Classify(walk);

        // Submit; nobody approves their own.
        await walk.Go("/review");
        await walk.Press("#submit button[type=submit]");
        await walk.Is("#cannot");
        await walk.Look("own", withAxe: true);
        Assert.True(await walk.Page.IsDisabledAsync("#approve button"));

        await walk.SignInAs("boris");
        await walk.Go("/review");
        await walk.Write("#clause", "2.1");
        await walk.Write("#words", "Read against the old text.");
        await walk.Press("#comment button[type=submit]");
        await walk.Is(".thread");
        await walk.Press(".thread h3 a");
        await walk.Is("#clause"); // The remark leads to its clause.
        await walk.Go("/review");
        await walk.Answer("approve", "Both texts were read, clause by clause.");
        await walk.Is(".approved");
        await walk.Look("approved", withAxe: true);

        // Days: too early is refused with the reason, then they are set.
        await walk.SignInAs("clara");
        await walk.Go("/schedule");
        await Try(walk, new(2020, 9, 16), new(2020, 9, 20));
        await walk.Look("floors");
        Assert.NotEmpty(await walk.Page.Locator(".obstacles li").AllAsync());
        await walk.Press("#schedule button[type=submit]");
        await walk.Is(".errors");
        Assert.Contains("2020-09-20", await walk.Page.TextContentAsync(".errors"), StringComparison.Ordinal);
        await Try(walk, new(2020, 9, 16), new(2020, 10, 17));
        await walk.Press("#schedule button[type=submit]");
        await walk.Is("#publish");
        await walk.Look("scheduled", withAxe: true);

        // The clock passes.
        await walk.Reader.GotoAsync($"/agreements/{WalkContent.Agreement}");
        var before = await walk.Reader.TextContentAsync("main");
        application.Now = Start.AddDays(1);
        await application.Services.GetRequiredService<PublishingClock>().PublishDue();
        Assert.Equal(PublicationStage.Published, application.Services.GetRequiredService<Workbench>().Find(new Editor("looker", [new(EditorRole.Auditor)]), walk.Draft)!.State.Stage);
        Assert.Empty(await Required(service));
        application.Now = new DateTimeOffset(2020, 10, 18, 2, 0, 0, TimeSpan.Zero);
        await walk.Reader.GotoAsync($"/agreements/{WalkContent.Agreement}");
        Assert.NotEqual(before, await walk.Reader.TextContentAsync("main"));
        await walk.Reader.GotoAsync($"/agreements/{WalkContent.Agreement}/compare?from=2020-05-06&to=2020-10-17");
        Assert.True(await walk.Reader.Locator("section.change").CountAsync() > 10);

        // The subject is asked again, accepts, and the receipt verifies.
        Assert.Equal("new-version", Assert.Single(await Required(service)).Text("because"));
        var presented = await service.Present("subject-1", new { customer = Buyer });
        await walk.Reader.GotoAsync(presented.Text("url"));
        await walk.Accept();
        Assert.Empty(await Required(service));
        var acceptance = (await service.Get(Status)).GetProperty("accepted").EnumerateArray().Single(a => a.GetRawText().Contains("2020-10-17", StringComparison.Ordinal)).Text("acceptance");
        var receipt = await service.GetByteArrayAsync(new Uri($"/api/v1/acceptances/{acceptance}/receipt", UriKind.Relative));
        var verification = ReceiptVerification.Of(receipt);
        Assert.True(verification.IsValid, string.Join('\n', verification.Checks));
        await walk.Close();
    }

    private static readonly object Buyer = new { residence = "US", role = "buyer", site = "alibaba" };

    private const string Status = "/api/v1/subjects/subject-1/status?residence=US&role=buyer&site=alibaba";

    /// <summary>What the subject must accept of the agreement that is walked with.</summary>
    private static async Task<List<JsonElement>> Required(HttpClient service) =>
        [.. (await service.Get(Status)).GetProperty("required").EnumerateArray().Where(r => r.GetRawText().Contains(WalkContent.Agreement, StringComparison.Ordinal))];

    /// <summary>Sends the file, reads the report, and makes a draft of the text of October.</summary>
    private static async Task Import(Walk walk)
    {
        await walk.Press("a[href='/workbench/new']");
        await walk.Choose("#file", WalkContent.DocumentFile);
        await walk.Press("form[enctype] button[type=submit]");
        await walk.Is("#make");
        await walk.Look("report");
        foreach (var part in new[] { "found", "wrong", "catalogue", "left-out" })
        {
            Assert.NotEqual("", await walk.Page.InnerTextAsync($"section[aria-labelledby={part}]"));
        }
        await walk.Select($"#agreement-{WalkContent.October}", WalkContent.Agreement); // The document calls itself otherwise than the catalogue does.
        await walk.Write($"#name-{WalkContent.October}", "october-2020");
        await walk.Press($"form:has(#agreement-{WalkContent.October}) button[type=submit]");
        await walk.Is(".done");
        walk.Draft = new Uri(walk.Page.Url).Segments[^1];
    }

    /// <summary>Mends the fact that quotes what is not there any more, and the full-width punctuation that the linter finds, clause by clause. What is left is accepted with a reason.</summary>
    private static async Task Mend(Walk walk, string language)
    {
        await walk.Go("/problems");
        await walk.Look("unreadable", withAxe: true);
        var says = language switch { "ko" => "없습니다.", "zh-Hans" => "没有出现在译本", _ => "does not occur in clause" };
        Assert.Contains(says, await walk.Page.TextContentAsync(".obstacles"), StringComparison.Ordinal);
        await walk.Press(".obstacles a[href$='/facts']");
        await walk.Press($"main a[href$='/facts/facts/{WalkContent.FactOfGoneWords}']");
        await walk.Write("#e-quote", WalkContent.QuoteOfOctober);
        await walk.Press("button[value=entry]");
        await walk.Is("[role=status].done");

        await walk.Go("/problems");
        await walk.Look("problems", withAxe: true);
        var mended = 0;
        for (; await walk.Page.Locator("#findings li", new() { HasText = "TW405" }).CountAsync() > 0; mended++)
        {
            await walk.Press($"#findings a[href='{await walk.Page.Locator("#findings li", new() { HasText = "TW405" }).Locator("a[href*='/text/']").First.GetAttributeAsync("href")}']");
            await walk.Write("#words", (await walk.Page.InputValueAsync("#words")).Replace("；", "; ", StringComparison.Ordinal).Replace(";  ", "; ", StringComparison.Ordinal).TrimEnd());
            await walk.Press("button[value=words]");
            await walk.Is("[role=status].done");
            await walk.Look($"mended-{mended}");
            await walk.Go("/problems");
        }
        Assert.True(mended > 1, $"{mended} clauses were mended.");

        foreach (var form in new[] { "findings", "gaps" })
        {
            await walk.Go("/problems");
            if (await walk.Has($"#{form}"))
            {
                await walk.TickAll(form);
                await walk.Answer(form, "Read in both texts; so it stands there.");
            }
        }
    }

    /// <summary>Confirms all facts and rules whose words have changed, at once and with one reason.</summary>
    private static async Task Confirm(Walk walk)
    {
        await walk.Go("/problems");
        var keys = await walk.Page.Locator("#facts li code").AllTextContentsAsync();
        Assert.All(WalkContent.FactsOfOtherWords.Append(WalkContent.FactOfGoneWords), fact => Assert.Contains($"facts/{fact}", keys));
        await walk.TickAll("facts");
        await walk.Answer("facts", "Both wordings were read; it says the same.");
        await walk.Look("confirmed");
        Assert.False(await walk.Has("#facts"));
    }

    /// <summary>Says how grave each change is: what is plainly editorial at once, the others one by one.</summary>
    private static async Task Classify(Walk walk)
    {
        await walk.Go("/changes");
        await walk.Look("changes");
        if (await walk.Has("#editorial"))
        {
            await walk.Answer("editorial", "No word says anything else.");
        }
        await walk.ChooseAll("#classes fieldset input[value=substantive]");
        await walk.Write("#why-others", "Duties, rights or companies differ.");
        await walk.Press("#classes > p.buttons button[type=submit]");
        await walk.Is("[role=status].done");
        await walk.Look("classified");
    }

    /// <summary>Asks what stands against two days.</summary>
    private static async Task Try(Walk walk, DateOnly announced, DateOnly effective)
    {
        await walk.WriteDay("#announced", announced);
        await walk.WriteDay("#effective", effective);
        await walk.Press("#try button[type=submit]");
        await walk.Checked();
    }
}
