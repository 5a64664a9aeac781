using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terms.People;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>What somebody asked for and did not get is an event, with why; and nobody from outside fills the store with them.</summary>
public sealed class RefusalEventTests : IDisposable
{
    private static readonly Editor Dora = new("dora", [new(EditorRole.Drafter)]);
    private static readonly string[] Refusals = ["refused", "request-refused", "denied", "passkey-refused", "sign-in-refused"];

    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    /// <summary>Every form of the workbench, those to come included: sent empty by somebody who may do everything, and by somebody who may do nothing.</summary>
    [Theory]
    [InlineData("drafter", "reviewer", "publisher", "auditor")]
    [InlineData]
    public async Task Every_form_that_is_refused_to_somebody_leaves_one_event(params string[] roles)
    {
        var draft = await Started();
        var anna = await application.Person("anna", roles);
        var token = await anna.Token("/workbench");
        var refused = 0;
        foreach (var step in WorkbenchGuardTests.Addresses(application, "POST", draft).Where(s => !s.StartsWith("/workbench/sign-", StringComparison.Ordinal)))
        {
            var before = application.Logged().Count();
            using var answer = await anna.Post(step, token);
            var events = application.Logged().Skip(before).ToList();
            if (step == $"/workbench/drafts/{draft}/preview" && roles.Length > 0)
            {
                Assert.Equal((HttpStatusCode.OK, 0), (answer.StatusCode, events.Count)); // It shows words, and is no step.
                continue;
            }
            Assert.True((int)answer.StatusCode >= 400, $"{step} answers {answer.StatusCode}");
            var kept = Assert.Single(events);
            Assert.True(kept.Who == "anna" && Refusals.Contains(kept.Kind), $"{step}: {kept.Kind}");
            Assert.NotEqual("", Terms.Web.Pages.Editing.EventWords.Particulars(kept));
            refused++;
        }
        Assert.True(refused > 25);
    }

    [Fact]
    public async Task Forms_without_the_token_of_the_session_of_another_site_too_large_or_none_are_events_with_why()
    {
        var anna = await application.Person("anna", "drafter");
        var token = await anna.Token("/workbench");
        await anna.Post("/workbench/account/sessions", "x");
        await anna.Post("/workbench/account/sessions", token, "cross-site");
        await anna.Post("/workbench/account/sessions", token, ("session", new string('x', 100_000)));
        await anna.Send(new HttpRequestMessage(HttpMethod.Post, new Uri("/workbench/account/sessions", UriKind.Relative)) { Content = new StringContent("{}", Encoding.UTF8, "application/json") });
        await anna.Post("/workbench/account/sessions", token, ("session", "none"));
        await anna.Post("/workbench/account", token, ("old", EditingPeople.Password), ("new", "short"), ("again", "short"));
        await anna.Post("/workbench/account", token, ("old", "wrong words altogether"), ("new", "other words that fit"), ("again", "other words that fit"));

        Assert.Equal(
            [
                "/workbench/account/sessions: The form does not carry the token of the session.", "/workbench/account/sessions: The answer came from another site",
                "/workbench/account/sessions: The form is larger than 65536 bytes.", "/workbench/account/sessions: It is no form, or a malformed one.", "/workbench/account/sessions: There is no such session",
                "/workbench/account: The new password is too short. Take a longer one, such as four words that have nothing to do with one another.",
            ],
            Told("request-refused"));
        Assert.Equal(["wrong password"], Told("sign-in-refused"));
        Assert.Contains("request refused", await (await application.Person("olga", "auditor")).Page("/audit?kind=request-refused"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sends_a_form_when_their_session_is_over_is_kept_and_a_stranger_is_not()
    {
        var anna = await application.Person("anna");
        var token = await anna.Token("/workbench");
        application.Now += EditorSession.Idle;
        var before = application.Logged().Count();

        Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post("/workbench/account", token)).StatusCode);
        Assert.Equal("/workbench/account: The session had ended.", Assert.Single(Told("request-refused")));

        var stranger = application.Visitor();
        foreach (var cookie in new[] { null, "x", EditorSession.NewToken() })
        {
            if (cookie is not null)
            {
                stranger.Cookies["terms-session"] = cookie;
            }
            await stranger.Post("/workbench/account", token);
            await stranger.Post("/workbench/account", token, "cross-site");
            await stranger.Get("/audit");
            await stranger.Get("/workbench/drafts/none");
        }
        Assert.Equal(before + 1, application.Logged().Count());
    }

    [Fact]
    public async Task A_page_that_is_not_for_somebody_is_kept_alike_whether_there_is_one_or_not()
    {
        var draft = await Started();
        var pavel = await application.Person("pavel", "drafter:lamp-care");
        string[] pages = [$"/workbench/drafts/{draft}", "/workbench/drafts/none", $"/workbench/drafts/{draft}/problems", $"/workbench/drafts/{draft}/facts/new", "/workbench/new?agreement=lamp-hire", "/audit", "/workbench/drafts/a%0Ab/text"];
        foreach (var page in pages)
        {
            await pavel.Page(page, 404);
        }
        await pavel.Page("/workbench/webhooks", 403);

        Assert.Equal([.. pages.Select(p => p.Split('?')[0]), "/workbench/webhooks"], Told("denied"));
        await pavel.Page("/workbench");
        Assert.Empty(Told("request-refused"));
    }

    [Fact]
    public async Task Edits_that_cannot_be_made_stand_among_the_steps_of_the_draft()
    {
        var draft = await Started();
        var dora = await application.Person("dora", "drafter");
        var (address, token) = ($"/workbench/drafts/{draft}", await dora.Token("/workbench"));
        await dora.Post($"{address}/edit", token, ("op", "delete"), ("from", "1"), ("file", "terms.en.md"), ("clause", "99.9"));
        await dora.Post($"{address}/edit", token, ("op", "restore"), ("from", "1"), ("revision", "7"));
        await dora.Post($"{address}/merge", token, ("revision", "1"));
        await dora.Post($"{address}/review/comment", token, ("words", " "));

        var kept = application.Store().Drafts.Events(draft).Select(e => e.Step).OfType<Refused>().ToList();
        Assert.All(kept, r => Assert.Equal(("dora", "Edited"), (r.Who, r.Step)));
        Assert.Equal(3, kept.Count);
        Assert.Contains("99.9", kept[0].Because, StringComparison.Ordinal);
        Assert.Equal("The draft has no revision of that number.", kept[1].Because);
        Assert.Equal("No version has taken the place of the one that the draft was made from. There is nothing to merge.", kept[2].Because);
        Assert.StartsWith($"{address}/review/comment: Give a reason in words", Assert.Single(Told("request-refused")), StringComparison.Ordinal);
        Assert.Contains("There is nothing to merge.", await dora.Page(address), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_is_refused_is_kept_in_English_whatever_the_language_of_the_page()
    {
        var anna = await application.Person("anna", "drafter");
        anna.Cookies[".AspNetCore.Culture"] = "c=ko|uic=ko";
        var nothing = await anna.Upload("empty.txt", []);
        Assert.Contains("파일을 선택하거나", WebUtility.HtmlDecode(await nothing.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        await anna.Upload("lamps.docx", [0x50, 0x4b, 3, 4, 0, 0]);
        await anna.Post("/workbench/new/draft", await anna.Token("/workbench/new"), ("key", "gone"));

        var told = Told("request-refused").ToList();
        Assert.Equal(["/workbench/new/document: Choose a file, or paste text.", "/workbench/new/draft: The document is not kept any more. Send it again."], [told[0], told[2]]);
        Assert.StartsWith("/workbench/new/document: ", told[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_are_kept_of_one_person_in_a_while_and_the_last_says_so()
    {
        var refusals = application.Services.GetRequiredService<KeptRefusals>();
        var first = application.Now;
        for (var i = 1; i <= KeptRefusals.Most + 5; i++)
        {
            await refusals.Keep(PersonStep.RequestRefused, "anna", $"/workbench: number {i}");
        }
        await refusals.Keep(PersonStep.Denied, "boris", "/audit");

        var told = Told("request-refused").ToList();
        Assert.Equal(KeptRefusals.Most, told.Count);
        Assert.Equal("/workbench: number 199", told[^2]);
        Assert.Equal("(The 200th within 15 minutes; until 2025-06-01T12:15:00Z further ones stand in the log of the server alone.) /workbench: number 200", told[^1]);
        Assert.Single(Told("denied"));

        application.Now = first + KeptRefusals.Span;
        await refusals.Keep(PersonStep.RequestRefused, "anna", new string('x', 100) + "\ud83d\ufffe");
        Assert.Equal(KeptRefusals.Most + 1, Told("request-refused").Count());
    }

    [Fact]
    public async Task Messages_that_cannot_be_sent_again_are_an_event_too()
    {
        var paula = await application.Person("paula", "publisher");
        await paula.Post("/workbench/webhooks/replay", await paula.Token("/workbench"), ("webhook", "shop\n"), ("message", "\ufffe"));

        Assert.Equal("/workbench/webhooks/replay: No such message was sent or given up.", Assert.Single(Told("request-refused")));
    }

    private async Task<string> Started()
    {
        var version = application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1];
        return Assert.IsType<StepOutcome.Taken>(await application.Services.GetRequiredService<Workbench>().Start(Dora, version)).Draft!.Id;
    }

    private IEnumerable<string> Told(string kind) => application.Logged(new EventFilter(Kind: kind)).Select(e => PersonEvent.Parse(e.Json).What!);
}
