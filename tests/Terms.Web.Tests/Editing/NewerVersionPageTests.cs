using System.Net;
using Terms.Publishing;
using Terms.Web.Editing;

namespace Terms.Web.Tests.Editing;

/// <summary>A draft whose version was overtaken by another: it is said everywhere, blocks the way, and is merged on a page.</summary>
public sealed class NewerVersionPageTests : IDisposable
{
    private readonly AcceptanceApplication application = new();
    private readonly DraftDesk desk;

    public NewerVersionPageTests() => desk = new DraftDesk(application);

    public void Dispose() => application.Dispose();

    /// <summary>A draft, and a version that somebody publishes after it was made.</summary>
    private async Task<Draft> Overtaken(string words, string by)
    {
        var draft = await desk.Put(await desk.Started(), words, by);
        var other = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        await desk.Published(await desk.Scheduled(other, "2025-06-01", "2025-09-01"));
        return draft;
    }

    private static async Task<HttpResponseMessage> Merge(Visitor who, Draft draft, params (string Name, string Value)[] fields) =>
        await who.Post($"/workbench/drafts/{draft.Id}/merge", await who.Token("/workbench"), [("revision", draft.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture)), .. fields]);

    [Fact]
    public async Task It_is_said_on_the_board_and_on_every_page_of_the_draft_and_blocks_its_way_until_it_is_merged()
    {
        var draft = await Overtaken("The page on lamp care", "The page on the care of lamps");
        var anna = await application.Person("anna", "drafter");
        var address = $"/workbench/drafts/{draft.Id}";

        Assert.Contains("the merge with the version published since", await anna.Page("/workbench"), StringComparison.Ordinal);
        foreach (var page in new[] { "", "/text", "/facts", "/problems", "/changes", "/review", "/schedule" })
        {
            Assert.Contains("The version of 1 September 2025 has been published since this draft was made.", await anna.Page(address + page), StringComparison.Ordinal);
        }
        Assert.StartsWith("lamp-hire/2025-09-01 has been published since the draft was made from 2025-07-01. Merge the draft with it.",
            Assert.IsType<StepOutcome.Denied>(await desk.Workbench.Submit(DraftDesk.Anna, draft.Id, draft.Digest)).Because, StringComparison.Ordinal);

        var merge = WebUtility.HtmlDecode(await anna.Page(address + "/merge"));
        Assert.Contains("Nothing was changed by both", merge, StringComparison.Ordinal);
        Assert.Contains("The page on the care of lamps", merge, StringComparison.Ordinal);
        Assert.Contains("assents", merge, StringComparison.Ordinal);
        using var done = await Merge(anna, draft, ("onto", "2025-09-01"));
        Assert.Equal($"{address}/problems?done=yes", done.Headers.Location?.ToString());

        var merged = desk.Workbench.Newest(desk.Standing(draft));
        Assert.Equal("2025-09-01", merged.Base!.Value);
        Assert.Contains("assents", merged.Files.Text("terms.en.md"), StringComparison.Ordinal);
        Assert.Contains("The page on the care of lamps", merged.Files.Text("terms.en.md"), StringComparison.Ordinal);
        Assert.Equal(("merged with lamp-hire/2025-09-01", merged.Base), desk.Standing(draft).Events[^1].Step is Edited step ? (step.What, step.Base) : default);
        Assert.DoesNotContain("has been published since this draft was made", await anna.Page(address), StringComparison.Ordinal);
        Assert.Contains("There is nothing to merge.", await anna.Page(address + "/merge"), StringComparison.Ordinal);
        await desk.Published(await desk.Scheduled(await desk.Settled(merged), "2025-06-01", "2025-12-01"));
    }

    [Fact]
    public async Task Where_both_have_changed_the_same_words_nothing_is_merged_before_a_person_has_chosen()
    {
        var draft = await Overtaken("agrees", "consents");
        var anna = await application.Person("anna", "drafter");

        Assert.Contains("1 place was changed by both: choose", await anna.Page($"/workbench/drafts/{draft.Id}/merge"), StringComparison.Ordinal);
        using var open = await Merge(anna, draft, ("onto", "2025-09-01"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, open.StatusCode);
        using var other = await Merge(anna, draft, ("onto", "2025-08-01"), ("choice-0", "mine"));
        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
        Assert.Contains("Another version has been published meanwhile", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var endless = await Merge(anna, draft, ("onto", "2025-09-01"), ("choice-0", "own"), ("own-0", new string('a', 20_001)));
        Assert.Contains("The field `own-0` has 20001 characters, and takes at most 20000.", WebUtility.HtmlDecode(await endless.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        var later = await desk.Put(draft, "Broken lamps", "Broken lanterns");
        using var old = await Merge(anna, draft, ("onto", "2025-09-01"), ("choice-0", "mine"));
        Assert.Equal(HttpStatusCode.Conflict, old.StatusCode);
        Assert.Contains("Somebody has saved meanwhile, and nothing was merged.", await old.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var chosen = await Merge(anna, later, ("onto", "2025-09-01"), ("choice-0", "own"), ("own-0", "Whoever borrows a lamp agrees, and <b>means</b> it."));
        Assert.Equal(HttpStatusCode.SeeOther, chosen.StatusCode);
        var text = desk.Workbench.Newest(desk.Standing(draft)).Files.Text("terms.en.md")!;
        Assert.Contains("agrees, and <b>means</b> it.", text, StringComparison.Ordinal);
        Assert.Contains("Broken lanterns", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_whole_file_that_stands_against_another_is_chosen_as_it_is()
    {
        var draft = await Overtaken("Broken lamps", "Broken lanterns");
        var clauses = string.Concat(Enumerable.Range(1, 700).Select(n => $"\n1.{n} This clause has some thirty signs.\n"));
        var russian = $"# Договор\n\n## 1. Всё{clauses}";
        Assert.IsType<StepOutcome.Taken>(await desk.Workbench.Edit(DraftDesk.Anna, draft.Id, draft.Revision, "a translation", d => d.With(d.Files.With("terms.ru.md", russian))));
        var other = await desk.Put(await desk.Started(), "assents", "consents");
        var translated = await desk.Workbench.Edit(DraftDesk.Anna, other.Id, other.Revision, "a translation", d => d.With(d.Files.With("terms.ru.md", russian.Replace("thirty", "forty", StringComparison.Ordinal))));
        await desk.Published(await desk.Scheduled(await desk.Settled(Assert.IsType<StepOutcome.Taken>(translated).Draft!), "2025-06-01", "2025-11-01"));
        var anna = await application.Person("anna", "drafter");
        draft = desk.Workbench.Newest(desk.Standing(draft));

        var page = await anna.Page($"/workbench/drafts/{draft.Id}/merge");
        Assert.Contains("name=\"choice-0\" value=\"theirs\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"own-0\"", page, StringComparison.Ordinal);
        using var chosen = await Merge(anna, draft, ("onto", "2025-11-01"), ("choice-0", "theirs"));
        Assert.Equal(HttpStatusCode.SeeOther, chosen.StatusCode);
        Assert.Contains("some forty signs", desk.Workbench.Newest(desk.Standing(draft)).Files.Text("terms.ru.md"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_read_sees_what_would_be_merged_and_cannot_and_a_stranger_finds_nothing()
    {
        var draft = await Overtaken("The page on lamp care", "The page on the care of lamps");
        var boris = await application.Person("boris", "reviewer");
        var stranger = await application.Person("stranger", "drafter:lamp-care");

        Assert.DoesNotContain("name=\"onto\"", await boris.Page($"/workbench/drafts/{draft.Id}/merge"), StringComparison.Ordinal);
        using var refused = await Merge(boris, draft, ("onto", "2025-09-01"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("boris is no drafter for lamp-hire.", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        await stranger.Page($"/workbench/drafts/{draft.Id}/merge", 404);
        using var hidden = await Merge(stranger, draft, ("onto", "2025-09-01"));
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal("2025-07-01", desk.Workbench.Newest(desk.Standing(draft)).Base!.Value);
    }

    [Fact]
    public async Task An_earlier_revision_that_is_brought_back_has_what_was_said_of_it()
    {
        var draft = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        var later = await desk.Put(draft, "assents", "consents");
        var anna = await application.Person("anna", "drafter");
        Assert.NotEmpty((await desk.Workbench.Report(later)).Obstacles);
        using var old = await anna.Post($"/workbench/drafts/{draft.Id}/edit", await anna.Token("/workbench"), ("op", "restore"), ("from", $"{draft.Revision}"), ("revision", "1"), ("onto", $"{later.Revision}"));
        Assert.Equal(HttpStatusCode.Conflict, old.StatusCode);
        Assert.Contains("anna has saved meanwhile, and nothing was restored.", await old.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var restored = await anna.Post($"/workbench/drafts/{draft.Id}/edit", await anna.Token("/workbench"), ("op", "restore"), ("from", $"{later.Revision}"), ("revision", $"{draft.Revision}"));

        Assert.Equal(HttpStatusCode.SeeOther, restored.StatusCode);
        Assert.Equal($"restored revision {draft.Revision}, and what was said of it", desk.Standing(draft).Events[^1].Step is Edited step ? step.What : null);
        Assert.Empty((await desk.Workbench.Report(desk.Workbench.Newest(desk.Standing(draft)))).Obstacles);
    }

    [Fact]
    public async Task Of_a_file_and_pasted_text_sent_at_once_it_is_said_and_the_text_is_kept()
    {
        var anna = await application.Person("anna", "drafter");
        using var both = new MultipartFormDataContent
        {
            { new StringContent(await anna.Token("/workbench/new")), "form" }, { new StringContent("1. Beginning <b>here</b>"), "text" }, { new ByteArrayContent("# A file"u8.ToArray()), "file", "file.md" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/workbench/new/document", UriKind.Relative)) { Content = both };
        request.Headers.Add("Sec-Fetch-Site", "same-origin");

        using var refused = await anna.Send(request);

        var html = await refused.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("A file and pasted text came together. Send one of them.", html, StringComparison.Ordinal);
        Assert.Contains(">1. Beginning &lt;b&gt;here&lt;/b&gt;</textarea>", html, StringComparison.Ordinal);
        using var nothing = await anna.Post("/workbench/new/document", await anna.Token("/workbench/new"), ("text", ""));
        Assert.Contains("Choose a file, or paste text.", await nothing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
