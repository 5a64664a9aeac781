using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Terms.Publishing;
using Terms.Storage;
using Terms.Verifier.Receipts;
using Terms.Web.Editing;
using Terms.Web.Hosting;
using Terms.Web.Tests.Editing;

namespace Terms.Web.Tests.Pages;

/// <summary>The whole way in a browser, with the collected texts of 2020: from the file on somebody's desk to an acceptance that verifies.</summary>
public sealed class WorkbenchWalkTests
{
    private static readonly DateTimeOffset Start = new(2020, 9, 15, 2, 0, 0, TimeSpan.Zero);

    [WalkTheory]
    [InlineData("en-US", 1280, ColorScheme.Light, false)]
    [InlineData("ko-KR", 1280, ColorScheme.Dark, true)]
    [InlineData("zh-CN", 390, ColorScheme.Light, false)]
    public async Task The_October_text_goes_from_a_file_to_an_acceptance_that_verifies(string locale, int width, ColorScheme scheme, bool byKeyboard)
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

        var walk = new Walk(await browser.Page(width, scheme, locale, scripts: true), await browser.Page(width, scheme, locale), byKeyboard, $"{locale}-{width}");
        var draft = await Imported(application);
        await walk.SignIn("anna");

        // Mend, confirm, classify.
        await walk.Open($"/workbench/drafts/{draft}/problems", "problems");
        await Mend(application, draft);
        foreach (var form in new[] { "facts", "findings", "gaps" })
        {
            await walk.Open($"/workbench/drafts/{draft}/problems", null);
            await walk.TickAll(form);
            if (await walk.Has($"#{form}-why"))
            {
                await walk.Write($"#{form}-why", "Read in both texts; so it stands there.");
                await walk.Press($"#{form} button[type=submit]");
                await walk.Is("[role=status].done");
            }
        }
        await walk.Open($"/workbench/drafts/{draft}/changes", "changes");
        if (await walk.Has("#editorial-why"))
        {
            await walk.Write("#editorial-why", "No word says anything else.");
            await walk.Press("#editorial button[type=submit]");
            await walk.Is("[role=status].done");
        }
        await walk.ChooseAll("#classes fieldset input[value=substantive]");
        await walk.Write("#why-others", "Duties, rights or companies differ.");
        await walk.Press("#classes > p.buttons button[type=submit]");
        await walk.Is("[role=status].done");
        await walk.Look("classified");

        // Submit; nobody approves their own.
        await walk.Open($"/workbench/drafts/{draft}/review", null);
        await walk.Press("#submit button[type=submit]");
        await walk.Is("#cannot");
        await walk.Look("own");
        Assert.True(await walk.Page.IsDisabledAsync("#approve button"));

        await walk.SignInAs("boris");
        await walk.Open($"/workbench/drafts/{draft}/review", "review");
        await walk.Write("#clause", "2.1");
        await walk.Write("#words", "Read against the old text.");
        await walk.Press("#comment button[type=submit]");
        await walk.Is(".thread");
        await walk.Write("#approve-why", "Both texts were read, clause by clause.");
        await walk.Press("#approve button[type=submit]");
        await walk.Is(".approved");
        await walk.Look("approved");

        // Days: too early is refused with the reason, then they are set.
        await walk.SignInAs("clara");
        await walk.Open($"/workbench/drafts/{draft}/schedule?announced=2020-09-16&effective=2020-09-20", "floors");
        Assert.NotEmpty(await walk.Page.Locator(".obstacles li").AllAsync());
        await walk.Press("#schedule button[type=submit]");
        await walk.Is(".errors");
        Assert.Contains("2020-09-20", await walk.Page.TextContentAsync(".errors"), StringComparison.Ordinal);
        await walk.Open($"/workbench/drafts/{draft}/schedule?announced=2020-09-16&effective=2020-10-17", "days");
        await walk.Press("#schedule button[type=submit]");
        await walk.Is("#publish");
        await walk.Look("scheduled");

        // The clock passes.
        await walk.Reader.GotoAsync($"/agreements/{WalkContent.Agreement}");
        var before = await walk.Reader.TextContentAsync("main");
        application.Now = Start.AddDays(1);
        await application.Services.GetRequiredService<PublishingClock>().PublishDue();
        Assert.Equal(PublicationStage.Published, application.Services.GetRequiredService<Workbench>().Find(Anna, draft)!.State.Stage);
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

    /// <summary>The draft with the text of October over that of May.</summary>
    private static async Task<string> Imported(AcceptanceApplication application)
    {
        var may = application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find(WalkContent.Agreement)!.Versions.Single();
        var started = await application.Services.GetRequiredService<Workbench>().Start(Anna, WalkContent.Collected, [WalkContent.InOctober], may);
        return Assert.IsType<StepOutcome.Taken>(started).Draft!.Id;
    }

    private static Editor Anna => new("anna", [new(EditorRole.Drafter)]);

    /// <summary>Mends in the text the full-width punctuation that the linter finds; what is left is accepted on the page.</summary>
    private static async Task Mend(AcceptanceApplication application, string draft)
    {
        var workbench = application.Services.GetRequiredService<Workbench>();
        var newest = workbench.Newest(workbench.Find(Anna, draft)!);
        var taken = await workbench.Edit(Anna, draft, newest.Revision, "full-width punctuation", d => d.With(d.Files.With("terms.en.md",
            d.Files.Text("terms.en.md")!.Replace("；", "; ", StringComparison.Ordinal).Replace(";  ", "; ", StringComparison.Ordinal).Replace("; \n", ";\n", StringComparison.Ordinal))));
        Assert.IsType<StepOutcome.Taken>(taken);
    }
}
