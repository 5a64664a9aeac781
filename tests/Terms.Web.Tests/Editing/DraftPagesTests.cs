using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>The pages of one draft, as forms over HTTP: problems, changes, review, days, publication.</summary>
public sealed partial class DraftPagesTests : IDisposable
{
    private readonly AcceptanceApplication application = new();

    private Workbench Workbench => application.Services.GetRequiredService<Workbench>();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task A_draft_goes_from_its_problems_to_a_version_in_force_through_the_forms_alone()
    {
        var (anna, draft) = await Drafted();
        await Settled(anna, draft);
        var review = $"/workbench/drafts/{draft}/review";
        await Done(anna, review, "/submit");
        var boris = await application.Person("boris", "reviewer");
        await Done(boris, review, "/approve", ("why", "Read it all."));
        Assert.Contains(Digest(draft), await boris.Page(review), StringComparison.Ordinal);

        var clara = await application.Person("clara", "publisher");
        var schedule = $"/workbench/drafts/{draft}/schedule";
        var tried = await clara.Page(schedule + "?announced=2025-06-02&effective=2025-09-01&existing=2025-10-01");
        Assert.Contains("name=\"existing\" value=\"2025-10-01\"", tried, StringComparison.Ordinal);
        await Done(clara, schedule, "", ("announced", "2025-06-02"), ("effective", "2025-09-01"), ("existing", "2025-10-01"));
        Assert.Contains("in the name and with the rights of clara", await clara.Page(schedule), StringComparison.Ordinal);
        await Done(clara, schedule, "/publish");

        Assert.Contains("assents", await clara.Page("/agreements/lamp-hire/2025-09-01"), StringComparison.Ordinal);
        await Done(clara, schedule, "/withdraw", ("why", "Printed too early."));
        Assert.Equal(PublicationStage.Withdrawn, Standing(draft).State.Stage);
        Assert.Equal(["Drafted", "Submitted", "Approved", "Scheduled", "Published", "Withdrawn"], Standing(draft).Events.Select(e => e.Step.GetType().Name).Where(n => n != "Edited"));
    }

    [Fact]
    public async Task What_is_scheduled_is_published_on_its_day_once_by_whoever_set_the_days()
    {
        var draft = await Scheduled("2025-06-03", "2025-09-01");
        var clock = application.Services.GetRequiredService<PublishingClock>();

        await clock.PublishDue();
        Assert.Equal(PublicationStage.Scheduled, Standing(draft).State.Stage);
        application.Now = application.Now.AddDays(2);
        await clock.PublishDue();
        await clock.PublishDue();

        Assert.Equal("clara", Standing(draft).State.Publishing!.Who);
        Assert.Single(Standing(draft).Events, e => e.Step is Published);
        Assert.NotNull(application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Version("2025-09-01"));
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_stops_neither_the_clock_nor_the_server()
    {
        _ = application.CreateClient();
        var broken = new BrokenClock();
        using var clock = new PublishingClock(application.Services.GetRequiredService<ServedStore>(), Workbench, application.Services.GetRequiredService<CurrentCatalogue>(), broken, NullLogger<PublishingClock>.Instance);
        await clock.StartAsync(CancellationToken.None);
        await Until(1);
        broken.Tick();
        await Until(2);
        await clock.StopAsync(CancellationToken.None);

        async Task Until(int asked)
        {
            while (broken.Asked < asked)
            {
                Assert.False(clock.ExecuteTask!.IsCompleted, $"It has ended: {clock.ExecuteTask.Exception}");
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Whoever_has_lost_the_right_publishes_nothing_on_the_day_and_the_refusal_is_kept_once_a_day()
    {
        var draft = await Scheduled("2025-06-03", "2025-09-01");
        application.Accounts().Disable("clara", "operator test", application.Now);
        var clock = application.Services.GetRequiredService<PublishingClock>();
        application.Now = application.Now.AddDays(2);

        await clock.PublishDue();
        await clock.PublishDue();
        Assert.Equal("clara is no publisher for lamp-hire.", Assert.Single(Standing(draft).Events.Select(e => e.Step).OfType<Refused>()).Because);
        application.Now = application.Now.AddDays(2);
        await clock.PublishDue();
        await clock.PublishDue();

        Assert.Equal(2, Standing(draft).Events.Count(e => e.Step is Refused));
        Assert.Equal(PublicationStage.Scheduled, Standing(draft).State.Stage);
    }

    [Fact]
    public async Task Nobody_approves_what_they_wrote_the_button_says_why_and_the_attempt_is_an_event()
    {
        var (emil, draft) = await Drafted("emil", "drafter", "reviewer");
        await Settled(emil, draft);
        var review = $"/workbench/drafts/{draft}/review";
        await Done(emil, review, "/submit");

        var page = await emil.Page(review);
        Assert.Matches("<button type=\"submit\" disabled[^>]* aria-describedby=\"cannot\"", page);
        Assert.Contains("You cannot approve this draft: you have written in it.", page, StringComparison.Ordinal);
        using var refused = await Post(emil, review, "/approve", ("why", "Mine."));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("Nobody approves a draft that they have written in. Ask somebody else.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(("emil", "Approved"), Standing(draft).Events[^1].Step is Refused event_ ? (event_.Who, event_.Step) : default);
    }

    [Fact]
    public async Task A_later_change_withdraws_the_approval_and_the_page_says_whose_it_was()
    {
        var (anna, draft) = await Drafted();
        await Settled(anna, draft);
        var review = $"/workbench/drafts/{draft}/review";
        await Done(anna, review, "/submit");
        var boris = await application.Person("boris", "reviewer");
        await Done(boris, review, "/approve", ("why", "Read it all."));
        var approved = Digest(draft);

        await Edit(draft, "assents", "consents");

        var page = await boris.Page(review);
        Assert.Contains("boris had approved an earlier state; the approval ended with the step of anna,", page, StringComparison.Ordinal);
        Assert.Contains(approved, page, StringComparison.Ordinal);
        Assert.Equal(PublicationStage.Draft, Standing(draft).State.Stage);
    }

    [Theory]
    [InlineData("/schedule", "Scheduled")]
    [InlineData("/schedule/publish", "Published")]
    [InlineData("/schedule/withdraw", "Withdrawn")]
    [InlineData("/review/approve", "Approved")]
    [InlineData("/review/send-back", "SentBack")]
    public async Task A_drafter_who_calls_the_routes_of_others_is_refused_and_it_is_an_event(string route, string step)
    {
        var draft = await Scheduled("2025-06-03", "2025-09-01");
        var dan = await application.Person("dan", "drafter");

        using var refused = await Post(dan, $"/workbench/drafts/{draft}/review", "", route, ("why", "So."), ("back", "So."), ("announced", "2025-06-03"), ("effective", "2025-09-01"));

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(("dan", step), Standing(draft).Events[^1].Step is Refused kept ? (kept.Who, kept.Step) : default);
        Assert.Equal(PublicationStage.Scheduled, Standing(draft).State.Stage);
    }

    [Theory]
    [InlineData("/problems")]
    [InlineData("/changes")]
    [InlineData("/review")]
    [InlineData("/schedule")]
    public async Task A_guessed_name_and_a_draft_of_another_agreement_are_not_found(string page)
    {
        var (_, draft) = await Drafted();
        var stranger = await application.Person("stranger", "drafter:lamp-care");

        await stranger.Page($"/workbench/drafts/{draft}{page}", 404);
        await stranger.Page($"/workbench/drafts/lamp-hire-aaaaaaaa{page}", 404);
        using var posted = await stranger.Post($"/workbench/drafts/{draft}/review/comment", await stranger.Token("/workbench"), ("words", "Hm."));
        Assert.Equal(HttpStatusCode.NotFound, posted.StatusCode);
        Assert.IsType<Refused>(Standing(draft).Events[^1].Step);
    }

    [Fact]
    public async Task A_form_without_the_token_of_the_session_does_nothing()
    {
        var (anna, draft) = await Drafted();
        var events = Standing(draft).Events.Length;

        foreach (var token in new[] { null, "", "foreign" })
        {
            using var refused = await anna.Post($"/workbench/drafts/{draft}/review/comment", token, ("words", "Hm."));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        Assert.Equal(events, Standing(draft).Events.Length);
    }

    [Fact]
    public async Task Remarks_are_answered_settled_and_never_markup()
    {
        var (anna, draft) = await Drafted();
        var review = $"/workbench/drafts/{draft}/review";
        await Done(anna, review, "/comment", ("clause", "1.1"), ("words", "<script>alert(1)</script>"));
        await Done(anna, review, "/answer", ("thread", "1"), ("words", "Two\r\nlines."));
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", await anna.Page(review), StringComparison.Ordinal);
        await Done(anna, review, "/settle", ("thread", "1"));

        using var again = await Post(anna, review, "/settle", ("thread", "1"));
        Assert.Contains("The remark is settled already.", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var nothing = await Post(anna, review, "/answer", ("thread", "7"), ("words", "Where?"));
        Assert.Contains("There is no remark 7 that began a thread.", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var malformed = await Post(anna, review, "/comment", ("clause", "../1"), ("words", "Hm."));
        Assert.Equal(HttpStatusCode.BadRequest, malformed.StatusCode);
        var thread = Assert.Single(Standing(draft).State.Threads);
        Assert.Equal((2, "1.1", "Two\nlines."), (thread.Remarks.Length, thread.Clause, thread.Remarks[1].Words));
    }

    [Fact]
    public async Task An_answer_to_an_older_revision_is_told_who_has_saved_and_what_was_written_is_still_there()
    {
        var (anna, draft) = await Drafted();
        var page = $"/workbench/drafts/{draft}/changes";
        var form = Fields(await anna.Page(page), "/changes");
        await Edit(draft, "assents", "consents");

        using var told = await anna.Post(page, form["form"], ("revision", form["revision"]), ("key.0", form["key.0"]), ("class.0", "clarification"), ("why.0", "Only the verb."));

        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
        var html = await told.Content.ReadAsStringAsync();
        Assert.Contains("anna has saved meanwhile", html, StringComparison.Ordinal);
        Assert.Contains("Only the verb.</textarea>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_and_its_reason_stay_with_their_change_when_another_change_is_gone()
    {
        var (anna, draft) = await Drafted();
        await Edit(draft, "Broken lamps", "Lamps that are broken");
        var page = $"/workbench/drafts/{draft}/changes";
        var form = Fields(await anna.Page(page), "/changes");
        Assert.True(form.ContainsKey("key.1"));
        await Edit(draft, "assents", "agrees");

        using var told = await anna.Post(page, form["form"], ("revision", form["revision"]), ("key.0", form["key.0"]), ("class.0", "clarification"), ("why.0", "Only the verb."), ("key.1", form["key.1"]), ("class.1", "editorial"), ("why.1", "Only the order."));

        var html = await told.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Conflict, told.StatusCode);
        Assert.Matches("id=\"why-0\"[^>]*>Only the order.</textarea>", html);
        Assert.Matches("id=\"class-0-editorial\"[^>]* checked", html);
        Assert.DoesNotContain("Only the verb.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_class_needs_a_reason_and_one_reason_may_stand_for_many()
    {
        var (anna, draft) = await Drafted();
        var page = $"/workbench/drafts/{draft}/changes";
        var key = Fields(await anna.Page(page), "/changes")["key.0"];

        using var without = await Post(anna, page, "", ("key.0", key), ("class.0", "clarification"));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains("Give a reason in words", await without.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var unknown = await Post(anna, page, "", ("key.0", key), ("class.0", "grave"), ("why", "So."));
        Assert.Contains("<code>grave</code> is no class. Choose one of editorial, clarification, substantive, needs-adaptation.", await unknown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await Done(anna, page, "", ("key.0", key), ("class.0", "clarification"), ("why", "Only the verb."));
        Assert.Equal("Only the verb.", Assert.Single(Workbench.Newest(Standing(draft)).Classifications.Values).Why);
    }

    [Fact]
    public async Task Days_in_the_wrong_order_are_refused_in_words()
    {
        var (anna, draft) = await Drafted();

        Assert.Contains("The version would bind on 2025-06-01, before it is announced on 2025-07-01.", await anna.Page($"/workbench/drafts/{draft}/schedule?announced=2025-07-01&effective=2025-06-01"), StringComparison.Ordinal);
        Assert.Contains("is not written like 2026-05-03", await anna.Page($"/workbench/drafts/{draft}/schedule?announced=tomorrow&effective=2025-06-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_that_was_taken_away_does_not_come_back_into_the_form()
    {
        var (anna, draft) = await Drafted();
        await Settled(anna, draft);
        var page = $"/workbench/drafts/{draft}/schedule";
        await Done(anna, $"/workbench/drafts/{draft}/review", "/submit");
        await Done(await application.Person("boris", "reviewer"), $"/workbench/drafts/{draft}/review", "/approve", ("why", "Read it all."));
        var clara = await application.Person("clara", "publisher");
        await Done(clara, page, "", ("announced", "2025-06-03"), ("effective", "2025-09-01"), ("existing", "2025-10-01"));
        Assert.Matches("id=\"existing\"[^>]* value=\"2025-10-01\"", await clara.Page(page));

        Assert.Matches("id=\"existing\"[^>]* value=\"\"", await clara.Page(page + "?announced=2025-06-04&effective=2025-09-01&existing="));
        using var refused = await Post(clara, page, "", ("announced", "2025-06-04"), ("effective", ""), ("existing", ""));
        var html = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Matches("id=\"announced\"[^>]* value=\"2025-06-04\"", html);
        Assert.Matches("id=\"existing\"[^>]* value=\"\"", html);
    }

    [Fact]
    public async Task What_was_written_comes_back_into_the_form_that_was_sent_and_into_no_other()
    {
        var (anna, draft) = await Drafted();
        var (review, problems) = ($"/workbench/drafts/{draft}/review", $"/workbench/drafts/{draft}/problems");
        await Done(anna, review, "/comment", ("clause", "1.1"), ("words", "Is it so?"));
        using var tooLong = await Post(anna, review, "/answer", ("thread", "1"), ("words", new string('x', 4001)));
        var html = await tooLong.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Matches("<details open[^>]*>\\s*<summary>[^<]*</summary>\\s*<form[^>]*/review/answer\"[\\s\\S]*?<textarea id=\"answer-1\"[^>]*>x{4001}</textarea>", html);
        Assert.Matches("<textarea id=\"words\"[^>]*></textarea>", html);

        await Edit(draft, "Broken lamps", "Lamps that are broken"); // The report is yet to be made, and what was written waits for it.
        using var unchosen = await Post(anna, problems, "/findings", ("why", "It says the same."));
        Assert.Equal(1, Regex.Count(await unchosen.Content.ReadAsStringAsync(), "It says the same.</textarea>"));
    }

    [Theory]
    [InlineData("zh-Hans", "没有任何障碍|项障碍")]
    [InlineData("ru", "препятству")]
    [InlineData("ko", "초안을 막는")]
    public async Task The_pages_speak_the_readers_language(string language, string words)
    {
        var (anna, draft) = await Drafted();
        foreach (var page in new[] { "problems", "changes", "review", "schedule" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/workbench/drafts/{draft}/{page}", UriKind.Relative));
            request.Headers.Add("Accept-Language", language);
            using var response = await anna.Send(request);
            var html = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
            Assert.Contains($"<html lang=\"{language}\"", html, StringComparison.Ordinal);
            if (page == "problems")
            {
                Assert.Matches(words, html);
            }
        }
    }

    [Fact]
    public async Task What_the_program_has_written_in_English_is_marked_as_English_and_what_people_have_written_is_not()
    {
        var (anna, draft) = await Drafted("anna", "drafter", "auditor");
        await Done(anna, $"/workbench/drafts/{draft}/review", "/comment", ("words", "Почему?"));
        using (await Post(anna, $"/workbench/drafts/{draft}/review", "", "/schedule/publish"))
        {
        }
        foreach (var page in new[] { $"/workbench/drafts/{draft}", "/audit" })
        {
            var html = WebUtility.HtmlDecode(await anna.Page(page));
            Assert.Contains("class=\"words-of\" lang=\"en\">2: other words<", html, StringComparison.Ordinal);
            Assert.Contains("class=\"words-of\" lang=\"en\">Published: ", html, StringComparison.Ordinal);
            Assert.Contains("class=\"words-of\">Почему?<", html, StringComparison.Ordinal);
        }
        var revision = await anna.Page($"/workbench/drafts/{draft}/revisions/2");
        Assert.Contains("<span lang=\"en\">other words</span>", revision, StringComparison.Ordinal);
        Assert.Contains("<p class=\"words-of\" lang=\"en\">", revision, StringComparison.Ordinal);
    }

    private DraftStanding Standing(string draft) => Workbench.Find(new Editor("looker", [new(EditorRole.Auditor)]), draft)!;

    private string Digest(string draft) => Standing(draft).State.Digest!.ToString()!;

    private async Task<(Visitor Browser, string Draft)> Drafted(string name = "anna", params string[] roles)
    {
        var browser = await application.Person(name, roles.Length == 0 ? ["drafter"] : roles);
        var version = application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1];
        var started = Assert.IsType<StepOutcome.Taken>(await Workbench.Start(new Editor(name, [new(EditorRole.Drafter)]), version));
        await Edit(started.Draft!.Id, "agrees", "assents", name);
        return (browser, started.Draft.Id);
    }

    private async Task Edit(string draft, string words, string by, string who = "anna") =>
        Assert.IsType<StepOutcome.Taken>(await Workbench.Edit(new Editor(who, [new(EditorRole.Drafter)]), draft, Workbench.Newest(Standing(draft)).Revision, "other words",
            d => d.With(d.Files.With("terms.en.md", d.Files.Text("terms.en.md")!.Replace(words, by, StringComparison.Ordinal)))));

    /// <summary>Answers everything that the pages ask, by their forms.</summary>
    private static async Task Settled(Visitor browser, string draft)
    {
        var problems = $"/workbench/drafts/{draft}/problems";
        foreach (var step in new[] { "/facts", "/findings", "/gaps" })
        {
            var html = await browser.Page(problems);
            if (Form(html, "/problems" + step) is { } form && Chosen().Matches(form).Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)).ToList() is { Count: > 0 } chosen)
            {
                await Done(browser, problems, step, [.. chosen.Select(c => ("chosen", c)), ("why", "So the text says.")]);
            }
        }
        var changes = $"/workbench/drafts/{draft}/changes";
        var keys = Fields(await browser.Page(changes), "/changes").Where(f => f.Key.StartsWith("key.", StringComparison.Ordinal)).ToList();
        await Done(browser, changes, "", [.. keys.Select(k => (k.Key, k.Value)), .. keys.Select(k => ("class." + k.Key[4..], "substantive")), ("why", "A duty changes.")]);
        Assert.Contains("Nothing stands against the draft.", await browser.Page(problems), StringComparison.Ordinal);
    }

    private async Task<string> Scheduled(string announced, string effective)
    {
        var (anna, draft) = await Drafted();
        await Settled(anna, draft);
        await Done(anna, $"/workbench/drafts/{draft}/review", "/submit");
        await Done(await application.Person("boris", "reviewer"), $"/workbench/drafts/{draft}/review", "/approve", ("why", "Read it all."));
        await Done(await application.Person("clara", "publisher"), $"/workbench/drafts/{draft}/schedule", "", ("announced", announced), ("effective", effective));
        return draft;
    }

    private static async Task Done(Visitor browser, string page, string step, params (string Name, string Value)[] fields)
    {
        using var response = await Post(browser, page, step, fields);
        Assert.True(response.StatusCode == HttpStatusCode.SeeOther, $"{page}{step} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
        Assert.Equal($"{page}?done=yes", response.Headers.Location!.OriginalString);
        Assert.Contains("Done, and kept.", await browser.Page(response.Headers.Location.OriginalString), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> Post(Visitor browser, string page, string step, params (string Name, string Value)[] fields) => Post(browser, page, step, null, fields);

    /// <summary>Sends a form with revision, digest and token as the page has them, to a step of the page or to another address of the draft.</summary>
    private static async Task<HttpResponseMessage> Post(Visitor browser, string page, string step, string? elsewhere, params (string Name, string Value)[] fields)
    {
        var html = await browser.Page(page);
        var digest = DigestField().Match(html).Groups[1].Value;
        var revision = RevisionField().Match(html).Groups[1].Value;
        return await browser.Post(elsewhere is null ? page + step : page[..page.LastIndexOf('/')] + elsewhere, EditingPeople.FormToken().Match(html).Groups[1].Value, [("revision", revision), ("digest", digest), .. fields]);
    }

    private static string? Form(string html, string action) => Forms().Matches(html).Select(m => m.Value).FirstOrDefault(f => f.Contains($"{action}\"", StringComparison.Ordinal) && f.Contains("method=\"post\"", StringComparison.Ordinal));

    private static Dictionary<string, string> Fields(string html, string action) =>
        Hidden().Matches(Form(html, action)!).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value), StringComparer.Ordinal);

    /// <summary>A clock that fails whenever it is asked for the time, and whose timer goes off when a test says so.</summary>
    private sealed class BrokenClock : TimeProvider
    {
        private Action tick = () => { };
        private int asked;

        public int Asked => Volatile.Read(ref asked);

        public override DateTimeOffset GetUtcNow()
        {
            Interlocked.Increment(ref asked);
            throw new InvalidOperationException("The clock is broken.");
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            tick = () => callback(state);
            return new Timer();
        }

        public void Tick() => tick();

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("name=\"chosen\" value=\"([^\"]+)\"")]
    private static partial Regex Chosen();

    [GeneratedRegex("name=\"digest\" value=\"([^\"]+)\"")]
    private static partial Regex DigestField();

    [GeneratedRegex("name=\"revision\" value=\"([^\"]+)\"")]
    private static partial Regex RevisionField();
}
