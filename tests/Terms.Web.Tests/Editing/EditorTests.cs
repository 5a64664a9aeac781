using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Terms.Publishing;
using Terms.Web.Editing;

namespace Terms.Web.Tests.Editing;

/// <summary>A draft of a shipped text is made and edited over HTTP, as a browser without scripts does it.</summary>
public sealed partial class EditorTests : IAsyncLifetime, IDisposable
{
    private const string Agreement = "alibaba-terms-of-use";
    private const string File = "terms.en.md";
    private readonly AcceptanceApplication application = new() { HasShippedContent = true, Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero) };
    private Visitor anna = null!;
    private string draft = "";

    public async Task InitializeAsync()
    {
        anna = await application.Person("anna", $"drafter:{Agreement}");
        draft = await Made();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => application.Dispose();

    private async Task<string> Made(string? name = null)
    {
        var page = await anna.Page($"/workbench/new?agreement={Agreement}");
        Assert.Contains("2020-10-17", page, StringComparison.Ordinal);
        using var made = await anna.Post("/workbench/new/version", Token(page), ("agreement", Agreement), ("version", "2020-10-17"), ("name", name ?? Value(page, "name")));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        return made.Headers.Location!.ToString().Split('?')[0];
    }

    private static string Token(string page) => EditingPeople.FormToken().Match(page).Groups[1].Value;

    private static string Value(string page, string name) => WebUtility.HtmlDecode(Regex.Match(page, $"name=\"{name}\"[^>]* value=\"([^\"]*)\"|id=\"{name}\"[^>]* value=\"([^\"]*)\"") is var m && m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value);

    private Task<string> Clause(string anchor) => anna.Page($"{draft}/text/{anchor}?file={File}");

    private async Task<HttpResponseMessage> Edit(Visitor who, string op, int from, params (string, string)[] fields) =>
        await who.Post($"{draft}/edit", await who.Token($"{draft}/text"), [("op", op), ("from", $"{from}"), ("file", File), .. fields]);

    /// <summary>Edits, and gives the page that one is led to.</summary>
    private async Task<string> Edited(string op, params (string, string)[] fields)
    {
        using var saved = await Edit(anna, op, Newest.Revision, fields);
        Assert.True(saved.StatusCode == HttpStatusCode.SeeOther, await saved.Content.ReadAsStringAsync());
        return WebUtility.HtmlDecode(await anna.Page(saved.Headers.Location!.ToString()));
    }

    private async Task<string> Refused(HttpStatusCode status, string op, params (string, string)[] fields)
    {
        using var refused = await Edit(anna, op, Newest.Revision, fields);
        Assert.Equal(status, refused.StatusCode);
        return WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
    }

    private Draft Newest => application.Store().Drafts.Newest(draft.Split('/')[^1])!;

    private Catalogue.Clause? Find(string label) => new ClauseEditing(Newest.Files, File, "en").Clauses.Text.Find(label);

    [Fact]
    public async Task A_draft_has_the_name_that_was_proposed_or_chosen_and_signs_that_nobody_can_guess()
    {
        Assert.Matches($"^/workbench/drafts/{Agreement}-2026-11-[a-z0-9]{{8}}$", draft);
        Assert.Matches($"^/workbench/drafts/{Agreement}-2026-11-[a-z0-9]{{8}}$", await Made());
        Assert.Matches("^/workbench/drafts/my-own-[a-z0-9]{8}$", await Made("my-own"));
        Assert.Matches("^/workbench/drafts/my-own-[a-z0-9]{8}$", await Made("my-own")); // That a name is taken tells nobody of a draft.
        var page = await anna.Page($"/workbench/new?agreement={Agreement}");
        foreach (var name in new[] { "../etc", "<script>alert(1)</script>", new string('a', 56), "" })
        {
            using var again = await anna.Post("/workbench/new/version", Token(page), ("agreement", Agreement), ("version", "2020-10-17"), ("name", name));
            Assert.Equal(HttpStatusCode.BadRequest, again.StatusCode);
            var html = await again.Content.ReadAsStringAsync();
            Assert.Contains($"<code>{name}</code> cannot be a draft's name. Use lower-case letters, digits and hyphens, at most 55.", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("1.2x")]
    [InlineData("1.99999999999")]
    [InlineData("1.1-2")]
    public async Task A_number_that_no_clause_can_have_is_refused_in_words(string to)
    {
        foreach (var (op, says) in new[] { ("renumber", $"1.4 cannot be renumbered to {to}: "), ("move", $"1.4 cannot become {to}: "), ("insert", " cannot be inserted by its label.") })
        {
            Assert.Contains(says, await Refused(HttpStatusCode.UnprocessableEntity, op, ("clause", "1.4"), ("to", to), ("words", "So it is.")), StringComparison.Ordinal);
        }
        Assert.Equal(1, Newest.Revision);
    }

    [Theory]
    [InlineData("entry", "<code>rulers</code> is no section of facts or rules.")]
    [InlineData("remove-entry", "<code>rulers</code> is no section of facts or rules.")]
    public async Task A_form_that_no_page_has_is_refused_whether_or_not_somebody_has_saved_meanwhile(string op, string says)
    {
        await Edited("words", ("clause", "1.4"), ("words", "So it is."));
        foreach (var (from, onto) in new[] { (2, ""), (1, ""), (1, "2") })
        {
            using var refused = await Edit(anna, op, from, ("onto", onto), ("section", "rulers"), ("entry", "x"));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(says, WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_typed_for_a_new_clause_is_not_put_in_the_place_of_the_old_one()
    {
        var heading = Find("§1")!.Heading!;
        var page = await Refused(HttpStatusCode.UnprocessableEntity, "insert", ("clause", "§1"), ("to", "§99"), ("heading", "A new section"));
        Assert.Contains($"id=\"heading\" name=\"heading\" value=\"{heading}\"", page, StringComparison.Ordinal);
        Assert.Contains("id=\"new-heading\" name=\"heading\" value=\"A new section\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_page_of_a_draft_says_whose_words_they_are()
    {
        foreach (var page in new[] { "", "/text", "/text/c-1.4", "/facts", "/problems", "/changes", "/review", "/schedule", "/revisions/1" })
        {
            Assert.Contains("A restatement, not the operator’s official text.", WebUtility.HtmlDecode(await anna.Page(draft + page)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_words_of_a_clause_are_changed_and_the_rest_of_the_file_is_not()
    {
        var before = Newest.Files.Text(File)!;
        var words = Find("1.4")!.Markdown;
        var page = await Edited("words", ("clause", "1.4"), ("words", words + " It is so."));
        Assert.Contains("Saved as revision 2", page, StringComparison.Ordinal);
        Assert.Equal(before.Replace(words, words + " It is so.", StringComparison.Ordinal), Newest.Files.Text(File));
        Assert.Contains("Nothing had to be changed", await Edited("words", ("clause", "1.4"), ("words", words + " It is so.")), StringComparison.Ordinal);
        Assert.Equal(2, Newest.Revision);
    }

    [Fact]
    public async Task Clauses_are_inserted_split_merged_moved_renumbered_and_deleted_and_what_names_them_follows()
    {
        var (third, fourth) = (Find("1.3")!.Markdown, Find("1.4")!.Markdown);
        var inserted = await Edited("insert", ("clause", "1.3"), ("to", "1.3"), ("words", "A new clause stands here. It has two sentences."));
        Assert.Contains("1.3 → 1.4", inserted, StringComparison.Ordinal);
        Assert.Equal(third, Find("1.4")!.Markdown);
        Assert.Equal("1.5", Assert.Single(DraftEntries.Find(Newest.Files, "facts", "language-1")!.Texts("clauses")));

        await Edited("split", ("clause", "1.3"), ("words", "A new clause stands here. || It has two sentences."));
        Assert.Equal("A new clause stands here.", Find("1.3")!.Markdown);
        Assert.Equal("It has two sentences.", Find("1.4")!.Markdown);
        await Edited("merge", ("clause", "1.4"));
        Assert.Equal("A new clause stands here. It has two sentences.", Find("1.3")!.Markdown);
        await Edited("split", ("clause", "1.3"), ("words", "A new clause stands here. It has two sentences."), ("at", "25"));
        Assert.Equal("It has two sentences.", Find("1.4")!.Markdown);
        await Edited("delete", ("clause", "1.4"), ("gap", "close"));
        await Edited("move", ("clause", "1.3"), ("to", "1.5"));
        Assert.Equal("A new clause stands here.", Find("1.5")!.Markdown);
        Assert.Equal(fourth, Find("1.4")!.Markdown);
        await Edited("delete", ("clause", "1.5"), ("gap", "close"));
        var renumbered = await Edited("renumber", ("clause", "1.4"), ("to", "1.5"), ("after", "yes"));
        Assert.Contains("1.4 → 1.5", renumbered, StringComparison.Ordinal);
        await Edited("renumber", ("clause", "1.5"), ("to", "1.4"), ("after", "yes"));
        Assert.Equal(fourth, Find("1.4")!.Markdown);
    }

    [Fact]
    public async Task What_could_not_follow_is_listed_after_the_edit()
    {
        var page = await Edited("delete", ("clause", "1.4"), ("gap", "close"));
        Assert.Contains("<code>language-1</code> cites clause 1.4, which is gone", page, StringComparison.Ordinal);
        var facts = WebUtility.HtmlDecode(await anna.Page($"{draft}/facts"));
        Assert.Contains("facts/language-1", facts, StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_the_content_cannot_be_read_the_changes_say_so_and_nothing_of_a_new_agreement()
    {
        await Edited("delete", ("clause", "1.4"), ("gap", "close"));
        await application.Services.GetRequiredService<Workbench>().Report(Newest);

        var changes = WebUtility.HtmlDecode(await anna.Page($"{draft}/changes"));

        Assert.Contains("The content of the draft cannot be read as it stands.", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("This is a new agreement", changes, StringComparison.Ordinal);
        Assert.DoesNotContain("What follows", changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_that_cannot_be_done_says_why_and_keeps_what_was_typed()
    {
        var page = await Refused(HttpStatusCode.UnprocessableEntity, "words", ("clause", "1.4"), ("words", "One paragraph.\n\nAnother."));
        Assert.Contains("more than one line", page, StringComparison.Ordinal);
        Assert.Contains("One paragraph.\n\nAnother.", page, StringComparison.Ordinal);
        Assert.Contains("It is not said where to split", await Refused(HttpStatusCode.UnprocessableEntity, "split", ("clause", "1.4"), ("words", "x y")), StringComparison.Ordinal);
        Assert.Contains("takes at most 20000", await Refused(HttpStatusCode.UnprocessableEntity, "words", ("clause", "1.4"), ("words", new string('x', 20_001))), StringComparison.Ordinal);
        Assert.Contains("cannot become", await Refused(HttpStatusCode.UnprocessableEntity, "move", ("clause", "1.4"), ("to", "§9")), StringComparison.Ordinal);
        Assert.Contains("asks for no edit", await Refused(HttpStatusCode.UnprocessableEntity, "sing", ("clause", "1.4")), StringComparison.Ordinal);
        Assert.Equal(1, Newest.Revision);
    }

    [Fact]
    public async Task A_preview_shows_the_words_and_saves_nothing()
    {
        using var preview = await Edit(anna, "preview", 1, ("clause", "1.4"), ("words", "**Bold** <img src=x onerror=alert(1)> words."));
        var html = await preview.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, preview.StatusCode);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        using var fragment = await anna.Post($"{draft}/preview", await anna.Token($"{draft}/text"), ("file", File), ("clause", "1.4"), ("words", "**Bold** words."));
        Assert.Contains("<strong>Bold</strong> words.", await fragment.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, Newest.Revision);
    }

    [Fact]
    public async Task Two_people_never_overwrite_each_other_and_no_words_are_lost()
    {
        var boris = await application.Person("boris", "drafter");
        var (first, second) = (Find("1.3")!.Markdown, Find("1.4")!.Markdown);
        await Edited("words", ("clause", "1.3"), ("words", first + " Anna was here."));

        using var apart = await Edit(boris, "words", 1, ("clause", "1.4"), ("words", second + " Boris was here."));
        Assert.Equal(HttpStatusCode.Conflict, apart.StatusCode);
        Assert.Contains("do not touch the same words", await apart.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var both = await Edit(boris, "words", 1, ("clause", "1.4"), ("words", second + " Boris was here."), ("onto", "2"));
        Assert.Equal(HttpStatusCode.SeeOther, both.StatusCode);
        Assert.EndsWith("Anna was here.", Find("1.3")!.Markdown, StringComparison.Ordinal);
        Assert.EndsWith("Boris was here.", Find("1.4")!.Markdown, StringComparison.Ordinal);

        using var against = await Edit(boris, "words", 1, ("clause", "1.3"), ("words", first + " Boris says otherwise."));
        var page = WebUtility.HtmlDecode(await against.Content.ReadAsStringAsync());
        Assert.Contains("Anna was here.", page, StringComparison.Ordinal);
        Assert.Contains("Boris says otherwise.", page, StringComparison.Ordinal);
        using var open = await Edit(boris, "words", 1, ("clause", "1.3"), ("words", first + " Boris says otherwise."), ("onto", "3"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, open.StatusCode);
        using var chosen = await Edit(boris, "words", 1, ("clause", "1.3"), ("words", first + " Boris says otherwise."), ("onto", "3"), ("choice-0", "own"), ("own-0", $"1.3 {first} Both were here."));
        Assert.Equal(HttpStatusCode.SeeOther, chosen.StatusCode);
        Assert.EndsWith("Both were here.", Find("1.3")!.Markdown, StringComparison.Ordinal);
        Assert.EndsWith("Boris was here.", Find("1.4")!.Markdown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_shown_again_says_which_revision_was_read_so_that_nothing_saved_since_is_overwritten()
    {
        var boris = await application.Person("boris", $"drafter:{Agreement}");
        var words = Find("1.4")!.Markdown;
        using (await Edit(boris, "words", 1, ("clause", "1.4"), ("words", words + " Boris was here.")))
        {
        }
        foreach (var (op, fields) in new (string, (string, string)[])[]
        {
            ("preview", [("clause", "1.4"), ("words", words + " So was Anna.")]), ("words", [("clause", "1.4"), ("words", "One.\n\nTwo.")]),
            ("entry", [("section", "facts"), ("entry", "language-1"), ("f-kind", "language"), ("f-quote", "words that nobody wrote")]),
        })
        {
            using var shown = await Edit(anna, op, 1, fields);
            Assert.Equal(["1"], Regex.Matches(await shown.Content.ReadAsStringAsync(), "name=\"from\" value=\"(\\d+)\"").Select(m => m.Groups[1].Value).Distinct());
        }
        using var saved = await Edit(anna, "words", 1, ("clause", "1.4"), ("words", words + " So was Anna."));
        Assert.Equal(HttpStatusCode.Conflict, saved.StatusCode);
    }

    [Fact]
    public async Task Words_of_ones_own_stay_at_their_place_when_somebody_saves_again_and_no_choice_is_taken_over()
    {
        var boris = await application.Person("boris", $"drafter:{Agreement}");
        var (third, fourth) = (Find("1.3")!.Markdown, Find("1.4")!.Markdown);
        using (await Edit(anna, "words", 1, ("clause", "1.4"), ("words", fourth + " Anna says so.")))
        {
        }
        using var first = await Edit(boris, "words", 1, ("clause", "1.4"), ("words", fourth + " Boris says otherwise."));
        var place = WebUtility.HtmlDecode(Regex.Match(await first.Content.ReadAsStringAsync(), "name=\"place-0\" value=\"([^\"]+)\"").Groups[1].Value);
        using (await Edit(anna, "words", 2, ("clause", "1.4"), ("words", fourth + " Anna says more.")))
        {
        }
        foreach (var (at, isKept) in new[] { (place, true), ("elsewhere", false) })
        {
            using var again = await Edit(boris, "words", 1, ("clause", "1.4"), ("words", fourth + " Boris says otherwise."), ("onto", "2"), ("place-0", at), ("choice-0", "own"), ("own-0", "1.4 Words that both agree on."));
            var html = WebUtility.HtmlDecode(await again.Content.ReadAsStringAsync());
            Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
            Assert.Equal(isKept, Regex.IsMatch(html, "<textarea id=\"own-0\"[^>]*>1.4 Words that both agree on.</textarea>"));
            Assert.DoesNotMatch("name=\"choice-0\"[^>]* checked", html);
        }
        using var open = await Edit(boris, "words", 1, ("clause", "1.4"), ("words", fourth + " Boris says otherwise."), ("onto", "3"), ("place-0", place), ("own-0", "1.4 Words that both agree on."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, open.StatusCode);
        Assert.DoesNotContain("type=\"hidden\" name=\"own-0\"", await open.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(third, Find("1.3")!.Markdown);
    }

    [Fact]
    public async Task A_script_saves_with_If_Match_and_is_told_when_somebody_was_faster()
    {
        var token = await anna.Token($"{draft}/text");
        var words = Find("1.4")!.Markdown;

        var (status, json) = await Script(1, words + " Once.");
        Assert.Equal((200, 2), (status, json.GetProperty("revision").GetInt32()));
        (status, json) = await Script(1, words + " Twice.");
        Assert.Equal((412, 2), (status, json.GetProperty("revision").GetInt32()));
        (status, json) = await Script(2, "One.\n\nTwo.");
        Assert.Equal(422, status);
        Assert.Contains("more than one line", json.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(" Once.", Find("1.4")!.Markdown, StringComparison.Ordinal);

        async Task<(int, JsonElement)> Script(int from, string said)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{draft}/edit", UriKind.Relative))
            {
                Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["form"] = token, ["op"] = "words", ["file"] = File, ["clause"] = "1.4", ["words"] = said, ["from"] = "999" }),
            };
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{from}\""));
            using var answer = await anna.Send(request);
            return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
        }
    }

    [Fact]
    public async Task A_revision_is_looked_at_and_restored_as_a_new_one()
    {
        var before = Newest.Files.Text(File);
        await Edited("words", ("clause", "1.4"), ("words", "Other words."));
        Assert.Contains("Other words.", await anna.Page($"{draft}/revisions/2"), StringComparison.Ordinal);
        await Edited("restore", ("revision", "1"));
        Assert.Equal(3, Newest.Revision);
        Assert.Equal(before, Newest.Files.Text(File));
        Assert.Contains("no revision of that number", await Refused(HttpStatusCode.UnprocessableEntity, "restore", ("revision", "77")), StringComparison.Ordinal);
        await anna.Page($"{draft}/revisions/77", 404);
        await anna.Page($"{draft}/revisions/..%2f1", 404);
    }

    [Fact]
    public async Task A_fact_is_changed_added_and_taken_out_through_its_form()
    {
        var page = await Clause("c-1.4");
        Assert.Contains("It is the English language version that governs", page, StringComparison.Ordinal);
        await Edited("entry", ("clause", "1.4"), ("section", "facts"), ("entry", "language-1"), ("f-kind", "language"), ("f-summary", "English prevails."));
        Assert.Equal("English prevails.", Assert.Single(DraftEntries.Find(Newest.Files, "facts", "language-1")!.Texts("summary")));
        Assert.Equal("en", Assert.Single(DraftEntries.Find(Newest.Files, "facts", "language-1")!.Texts("prevails")));

        Assert.Contains("does not occur in clause 1.4", await Refused(HttpStatusCode.UnprocessableEntity, "entry", ("section", "facts"), ("entry", "language-1"), ("f-kind", "language"), ("f-quote", "words that nobody wrote")), StringComparison.Ordinal);
        Assert.Contains("facts.yaml, line 2", await Refused(HttpStatusCode.UnprocessableEntity, "entry", ("section", "facts"), ("entry", "language-1"), ("yaml", "id: language-1\nkind: nonsense")), StringComparison.OrdinalIgnoreCase);

        await anna.Page($"{draft}/facts/new?what=facts/acceptance&clause=1.4&file={File}");
        await Edited("entry", ("clause", "1.4"), ("section", "facts"), ("entry", ""), ("f-kind", "acceptance"), ("f-id", "acceptance-9"), ("f-how", "by nodding"), ("f-clauses", "1.4"), ("f-quote", "It is the English language version that governs"), ("f-summary", "A nod."));
        Assert.Equal("by nodding", Assert.Single(DraftEntries.Find(Newest.Files, "facts", "acceptance-9")!.Texts("how")));
        await Edited("remove-entry", ("clause", "1.4"), ("section", "facts"), ("entry", "acceptance-9"));
        Assert.Null(DraftEntries.Find(Newest.Files, "facts", "acceptance-9"));

        await Edited("entry", ("clause", "12.7"), ("section", "law"), ("entry", "prc"), ("f-subject-to", "without regard to other rules"));
        Assert.Contains("    subject-to: without regard to other rules\n", Newest.Files.Text("rules.yaml"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fact_whose_words_changed_is_confirmed_with_a_reason()
    {
        await Edited("words", ("clause", "1.4"), ("words", Find("1.4")!.Markdown + " A sentence more."));
        var page = await anna.Page($"{draft}/facts");
        Assert.Contains("A sentence more.", page, StringComparison.Ordinal);
        var key = Value(page, "chosen");
        using var silent = await anna.Post($"{draft}/facts/confirm", Token(page), ("revision", "2"), ("chosen", key), ("why", " "));
        Assert.Equal(HttpStatusCode.BadRequest, silent.StatusCode);
        Assert.Contains("checked", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var old = await anna.Post($"{draft}/facts/confirm", Token(page), ("revision", "1"), ("chosen", key), ("why", "So it says."));
        Assert.Equal(HttpStatusCode.Conflict, old.StatusCode);
        using var confirmed = await anna.Post($"{draft}/facts/confirm", Token(page), ("revision", "2"), ("chosen", key), ("why", "It <b>still</b> says so."));
        Assert.Equal(HttpStatusCode.SeeOther, confirmed.StatusCode);
        Assert.Equal("It <b>still</b> says so.", Newest.Confirmations[key].Why);
        Assert.DoesNotContain("<b>still", await anna.Page($"{draft}/facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_right_to_the_agreement_finds_nothing_and_who_may_only_read_changes_nothing()
    {
        var dora = await application.Person("dora", "drafter:vip-membership");
        foreach (var page in new[] { "", "/text", "/text/c-1.4", "/facts", "/facts/facts/language-1", "/facts/new?what=law", "/revisions/1" })
        {
            await dora.Page(draft + page, 404);
        }
        await dora.Page($"/workbench/new?agreement={Agreement}", 404);
        var token = await dora.Token("/workbench/new");
        foreach (var address in new[] { "edit", "preview", "confirm" })
        {
            using var answer = await dora.Post($"{draft}/{address}", token, ("op", "words"), ("from", "1"), ("file", File), ("clause", "1.4"), ("words", "Mine."), ("wording", "x"));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        using var start = await dora.Post("/workbench/new/version", token, ("agreement", Agreement), ("version", "2020-10-17"), ("name", "doras"));
        Assert.Equal(HttpStatusCode.NotFound, start.StatusCode);

        var reader = await application.Person("rita", "reviewer");
        Assert.DoesNotContain("<textarea", await reader.Page($"{draft}/text/c-1.4"), StringComparison.Ordinal);
        using var denied = await reader.Post($"{draft}/edit", await reader.Token(draft), ("op", "words"), ("from", "1"), ("file", File), ("clause", "1.4"), ("words", "Mine."));
        Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        Assert.Contains("rita is no drafter", await denied.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(1, Newest.Revision);
    }

    [Fact]
    public async Task Forms_from_elsewhere_and_without_their_token_change_nothing()
    {
        using var without = await anna.Post($"{draft}/edit", null, ("op", "words"), ("from", "1"), ("file", File), ("clause", "1.4"), ("words", "Mine."));
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        using var cross = await anna.Post($"{draft}/edit", await anna.Token($"{draft}/text"), "cross-site", ("op", "words"), ("from", "1"), ("file", File), ("clause", "1.4"), ("words", "Mine."));
        Assert.Equal(HttpStatusCode.Forbidden, cross.StatusCode);
        using var huge = await Edit(anna, "words", 1, ("clause", "1.4"), ("words", new string('x', 600_000)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        foreach (var file in new[] { "../agreement.yaml", "rules.yaml", "version.yaml", "terms.xx.md" })
        {
            using var other = await anna.Post($"{draft}/edit", await anna.Token($"{draft}/text"), ("op", "title"), ("from", "1"), ("file", file), ("title", "Mine"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);
        }
        await anna.Page($"{draft}/text?file=../../agreement.yaml", 404);
        await anna.Page($"{draft}/text/..%2f..%2fetc", 404);
        await anna.Page("/workbench/drafts/..%2f..%2fetc/text", 404);
        Assert.Equal(1, Newest.Revision);
    }

    [Fact]
    public async Task Scripts_in_every_field_are_shown_as_words()
    {
        const string Evil = "<script>alert(1)</script>\"'><b>";
        await Edited("title", ("title", Evil));
        await Edited("words", ("clause", "§1"), ("words", ""), ("heading", Evil));
        await Edited("entry", ("clause", "1.4"), ("section", "facts"), ("entry", "language-1"), ("f-kind", "language"), ("f-summary", Evil), ("f-what", Evil), ("f-note", Evil));
        foreach (var page in new[] { "", "/text", "/text/c-s1", "/text/c-1.4", "/facts", "/facts/facts/language-1", "/revisions/2", "/revisions/3", "/revisions/4" })
        {
            Assert.DoesNotContain("<script>alert", await anna.Page(draft + page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_pasted_text_is_reported_on_first_and_then_becomes_a_draft()
    {
        var page = await anna.Page("/workbench/new");
        using var report = await anna.Post("/workbench/new/document", Token(page), ("text", "Alibaba Terms of Use\n\n1. Beginning\n\n1.1 The first words stand here.\n\n1.2 The second words stand here <script>alert(1)</script>.\n"));
        var html = await report.Content.ReadAsStringAsync();
        Assert.True(report.StatusCode == HttpStatusCode.OK, html);
        Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
        Assert.Contains("id=\"left-out\"", html, StringComparison.Ordinal);
        var key = Value(html, "key");
        using var none = await anna.Post("/workbench/new/draft", Token(page), ("key", key), ("agreement", Agreement), ("name", "pasted"));
        Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
        using var made = await anna.Post("/workbench/new/draft", Token(page), ("key", key), ("agreement", Agreement), ("name", "pasted"), ("text", "0"));
        Assert.Matches("^/workbench/drafts/pasted-[a-z0-9]{8}\\?new=notes$", made.Headers.Location?.ToString());
        draft = made.Headers.Location!.ToString().Split('?')[0];
        Assert.Equal("The first words stand here.", Find("1.1")!.Markdown);
        Assert.Contains("edition: official", Newest.Files.Text("version.yaml"), StringComparison.Ordinal);

        var boris = await application.Person("boris", "drafter");
        using var stolen = await boris.Post("/workbench/new/draft", await boris.Token("/workbench/new"), ("key", key), ("agreement", Agreement), ("name", "stolen"), ("text", "0"));
        Assert.Equal(HttpStatusCode.Gone, stolen.StatusCode);
        using var foreign = await anna.Post("/workbench/new/draft", Token(page), ("key", key), ("agreement", ""), ("name", "foreign"), ("text", "0"));
        Assert.NotEqual(HttpStatusCode.SeeOther, foreign.StatusCode);
    }
}
