using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>The board says what each draft waits for, and for whom; nobody sees what they have no role for.</summary>
public sealed class BoardTests : IDisposable
{
    private static readonly Editor Anna = new("anna", [new(EditorRole.Drafter), new(EditorRole.Reviewer)]);

    private readonly AcceptanceApplication application = new();

    private Workbench Workbench => application.Services.GetRequiredService<Workbench>();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task What_a_draft_waits_for_follows_its_steps()
    {
        var anna = await application.Person("anna", "drafter", "reviewer");
        application.AddPerson("boris", "reviewer:lamp-hire");
        application.AddPerson("clara", "reviewer:lamp-care", "publisher");
        application.AddPerson("dora", "reviewer");
        application.Accounts().Disable("dora", "operator test", application.Now);
        var draft = await Start();
        Assert.Equal((Waiting.Submission, "ANNA"), Waits(draft.Id));

        await Workbench.Submit(Anna, draft.Id, draft.Digest);
        Assert.Equal((Waiting.Approval, "BORIS"), Waits(draft.Id)); // Not anna, who has written in it; not clara, of another agreement; not dora, who is disabled.

        await Workbench.SendBack(new Editor("boris", [new(EditorRole.Reviewer)]), draft.Id, "Say why.");
        await Workbench.Comment(Anna, draft.Id, null, "I will.");
        Assert.Equal((Waiting.Mending, "ANNA"), Waits(draft.Id));
        Assert.Contains("mending: it was sent back", await anna.Page("/workbench"), StringComparison.Ordinal);

        await Workbench.Withdraw(Anna, draft.Id, "No longer wanted.");
        Assert.Equal((Waiting.Nothing, ""), Waits(draft.Id));
    }

    [Fact]
    public async Task An_approved_draft_waits_for_its_days_then_for_its_publication_then_for_its_effect()
    {
        var desk = new DraftDesk(application);
        application.AddPerson("clara", "publisher");
        var olga = await application.Person("olga", "auditor");
        var draft = await desk.Approved(await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents")));
        Assert.Equal((Waiting.Days, "CLARA"), Waits(draft.Id));

        var clara = new Editor("clara", [new(EditorRole.Publisher)]);
        await Workbench.Schedule(clara, draft.Id, draft.Digest, ScheduledDraft.Plan("2025-06-01", "2025-09-01"));
        Assert.Equal((Waiting.Publication, "CLARA"), Waits(draft.Id));
        application.Now = application.Now.AddDays(1);
        Assert.Equal((Waiting.OtherDays, "CLARA"), Waits(draft.Id));

        await Workbench.Schedule(clara, draft.Id, draft.Digest, ScheduledDraft.Plan("2025-06-02", "2025-09-01"));
        await Workbench.Publish(clara, draft.Id);
        await olga.SignIn("olga");
        Assert.Equal((Waiting.Effect, ""), Waits(draft.Id));
        Assert.Equal(["2025-01-01", "2025-07-01"], InForce(await olga.Page("/workbench")));
        application.Now = new DateTimeOffset(2025, 8, 31, 16, 0, 0, TimeSpan.Zero);
        await olga.SignIn("olga");
        Assert.Equal((Waiting.Nothing, ""), Waits(draft.Id));
        Assert.Equal(["2025-09-01"], InForce(await olga.Page("/workbench")));
    }

    [Fact]
    public async Task The_board_says_which_version_a_draft_was_made_from()
    {
        var anna = await application.Person("anna", "drafter");
        await Start();
        Assert.Contains("made from the version of 1 July 2025", await anna.Page("/workbench"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nobody_can_go_on_the_board_says_so()
    {
        var anna = await application.Person("anna", "drafter", "reviewer");
        var draft = await Start();
        await Workbench.Submit(Anna, draft.Id, draft.Digest);

        Assert.Contains("nobody has the role", await anna.Page("/workbench"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Drafts_and_agreements_without_a_role_are_not_there()
    {
        var (here, elsewhere, nowhere) = (await application.Person("anna", "drafter:lamp-hire"), await application.Person("boris", "publisher:lamp-care"), await application.Person("clara"));
        var draft = await Start();

        Assert.Contains(draft.Id, await here.Page("/workbench"), StringComparison.Ordinal);
        await here.Page($"/workbench/drafts/{draft.Id}");
        foreach (var other in new[] { elsewhere, nowhere })
        {
            var board = await other.Page("/workbench");
            Assert.DoesNotContain(draft.Id, board, StringComparison.Ordinal);
            Assert.DoesNotContain("Lamp Hire", board, StringComparison.Ordinal);
            Assert.Equal(await other.Page("/workbench/drafts/lamp-hire-abcdefgh", 404), (await other.Page($"/workbench/drafts/{draft.Id}", 404)).Replace(draft.Id, "lamp-hire-abcdefgh", StringComparison.Ordinal));
        }
        Assert.Contains("Lamp care", await elsewhere.Page("/workbench"), StringComparison.Ordinal);
        Assert.Contains("You have no role for any agreement.", await nowhere.Page("/workbench"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("..%2f..%2fetc%2fpasswd")]
    [InlineData("lamp-hire'--")]
    [InlineData("<script>alert(1)<%2fscript>")]
    public async Task An_address_that_names_no_draft_finds_none(string draft)
    {
        var html = await (await application.Person("anna", "drafter")).Page("/workbench/drafts/" + draft, 404);

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_of_people_are_shown_as_words()
    {
        var anna = await application.Person("anna", "drafter");
        var draft = await Start();
        await Workbench.Comment(Anna, draft.Id, "1.1", "<img src=x onerror=alert(1)>");

        var html = await anna.Page($"/workbench/drafts/{draft.Id}");

        Assert.Contains("1.1: &lt;img src=x onerror=alert(1)&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    /// <summary>The versions of the agreement on the hire of lamps that stand under what is in force: that one, and the next if there is one.</summary>
    private static IEnumerable<string> InForce(string html)
    {
        var from = html.IndexOf("<h2 id=\"in-force\"", StringComparison.Ordinal);
        return Regex.Matches(html[from..html.IndexOf("</section>", from, StringComparison.Ordinal)], "href=\"/agreements/lamp-hire/([^\"]+)\"").Select(m => m.Groups[1].Value);
    }

    private async Task<Draft> Start() => ((StepOutcome.Taken)await Workbench.Start(Anna, application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1])).Draft!;

    private (Waiting, string) Waits(string draft)
    {
        var row = Board.Row(
            Workbench.Find(Anna, draft)!, application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue, application.Store().Editors.All(), application.Services.GetRequiredService<DraftReports>(), application.Now);
        return (row.Waits, string.Join(", ", row.For));
    }
}
