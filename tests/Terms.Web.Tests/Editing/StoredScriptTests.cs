using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.Extensions.DependencyInjection;
using Terms.People;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>Whatever people type or send stays words, in every field and on every page that shows it, until a version is in force and after.</summary>
public sealed partial class StoredScriptTests : IDisposable
{
    private const string Evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    private readonly AcceptanceApplication application = new();
    private string draft = "";

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task Script_in_every_field_is_words_on_every_page()
    {
        var anna = await Person("anna", "drafter", "auditor", "publisher");
        var boris = await Person("boris", "reviewer");
        await Imported(anna);

        // The text, a fact, and their reasons.
        await Done(anna, "/text", "/edit", ("op", "title"), ("title", $"Lamp Hire Agreement {Evil}"));
        await Done(anna, "/text/c-s1", "/edit", ("op", "words"), ("heading", $"Who lends {Evil}"), ("words", ""));
        await Done(anna, "/text/c-1.2", "/edit", ("op", "words"), ("words", "The page on lamp care is part of this agreement. [A link](javascript:alert(1))"));
        Assert.Contains("the link <code>javascript:alert(1)</code> is not allowed.", await anna.Page(draft + "/problems"), StringComparison.Ordinal); // It keeps the draft from a reviewer.
        await Done(anna, "/text/c-1.2", "/edit", ("op", "words"), ("words", $"The page on lamp care is part of this agreement. {Evil} ![A picture](https://evil.example/x.png)"));
        await Done(anna, "/facts/law/northland", "/edit", ("op", "entry"), ("f-subject-to", Evil));
        await Done(anna, "/facts/new?what=facts/acceptance&clause=1.2&file=terms.en.md", "/edit", ("op", "entry"), ("f-kind", "acceptance"), ("f-id", "nod"), ("f-how", Evil), ("f-clauses", "1.2"), ("f-quote", "The page on lamp care"), ("f-summary", Evil), ("f-note", Evil));
        await Answered(anna);
        await Done(boris, "/review", "/review/comment", ("clause", "1.2"), ("words", Evil));
        await Done(anna, "/review", "/review/answer", ("thread", "1"), ("words", Evil));
        await Done(anna, "/review", "/review/submit");
        await Done(boris, "/review", "/review/send-back", ("back", Evil));
        await Done(anna, "/review", "/review/submit");
        await Done(boris, "/review", "/review/approve", ("why", Evil));
        await Done(anna, "/schedule?announced=2025-06-02&effective=2025-09-01", "/schedule");
        await AreWords(anna);
        await Done(anna, "/schedule", "/schedule/publish");
        await AreWords(anna);
        await Done(anna, "/schedule", "/schedule/withdraw", ("why", Evil));
        await AreWords(anna);
    }

    /// <summary>Somebody whose name that others see is script.</summary>
    private async Task<Visitor> Person(string name, params string[] roles)
    {
        application.Accounts().Add(new EditorAccount(name, Evil, [.. roles.Select(Roles.Parse)], application.Now), Passwords.Hash(EditingPeople.Password), "operator test");
        var browser = application.Visitor();
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignIn(name)).StatusCode);
        return browser;
    }

    /// <summary>A draft of the text that is there, from a file whose name and words are script.</summary>
    private async Task Imported(Visitor browser)
    {
        using var report = await browser.Upload(Evil.Replace('/', ' ') + ".md", Encoding.UTF8.GetBytes(await browser.Page("/api/v1/agreements/lamp-hire/versions/2025-07-01/text?format=markdown") + $"\n3.4 {Evil}\n"));
        var html = await report.Content.ReadAsStringAsync();
        Assert.True(report.StatusCode == HttpStatusCode.OK, html);
        IsWords("the report", html);
        using var made = await browser.Post("/workbench/new/draft", EditingPeople.FormToken().Match(html).Groups[1].Value, ("key", Key().Match(html).Groups[1].Value), ("agreement", "lamp-hire"), ("name", "lamps"), ("text", "0"));
        Assert.True(made.StatusCode == HttpStatusCode.SeeOther, await made.Content.ReadAsStringAsync());
        draft = made.Headers.Location!.OriginalString.Split('?')[0];
    }

    /// <summary>Answers everything that stands against the draft with script for a reason.</summary>
    private async Task Answered(Visitor browser)
    {
        foreach (var (page, step) in new[] { ("/problems", "/problems/findings"), ("/problems", "/problems/gaps"), ("/problems", "/problems/facts") })
        {
            var chosen = EditingPeople.Forms().Matches(await browser.Page(draft + page)).Where(f => f.Groups[1].Value == draft + step).SelectMany(f => Chosen().Matches(f.Value)).Select(m => ("chosen", WebUtility.HtmlDecode(m.Groups[1].Value))).ToList();
            if (chosen.Count > 0)
            {
                await Done(browser, page, step, [.. chosen, ("why", Evil)]);
            }
        }
        var classes = Class().Matches(await browser.Page(draft + "/changes")).Select(m => m.Groups[1].Value).Distinct().Select(n => ($"class.{n}", "substantive")).ToList();
        Assert.NotEmpty(classes);
        await Done(browser, "/changes", "/changes", [.. classes, ("why", Evil)]);
        Assert.Contains("Nothing stands against the draft.", await browser.Page(draft + "/problems"), StringComparison.Ordinal);
    }

    /// <summary>Reads every page on which something of the draft can stand.</summary>
    private async Task AreWords(Visitor browser)
    {
        var revisions = Enumerable.Range(1, application.Store().Drafts.Newest(draft.Split('/')[^1])!.Revision).Select(n => $"{draft}/revisions/{n}");
        string[] pages =
        [
            "/workbench", "/workbench/account", "/workbench/new", "/workbench/webhooks", "/audit", "/audit?kind=refused", draft, $"{draft}/text", $"{draft}/text/c-1.2", $"{draft}/text/c-3.4", $"{draft}/text/c-s1", $"{draft}/facts",
            $"{draft}/facts/facts/nod", $"{draft}/facts/law/northland", $"{draft}/problems", $"{draft}/problems?show=all", $"{draft}/changes", $"{draft}/review", $"{draft}/schedule", .. revisions,
            "/", "/agreements/lamp-hire", "/agreements/lamp-hire/history", "/facts?agreement=lamp-hire", "/notices", "/parties",
        ];
        foreach (var page in pages)
        {
            IsWords(page, await browser.Page(page));
        }
        foreach (var feed in new[] { "/notices/feed", "/feed.atom" })
        {
            using var answer = await browser.Get(feed);
            Assert.StartsWith("application/atom+xml", answer.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(XDocument.Parse(await answer.Content.ReadAsStringAsync()).Descendants(), e => e.Name.LocalName is "script" or "img");
        }
        foreach (var (file, type) in new[] { ("/audit/events.csv", "text/csv"), ("/audit/events.jsonl", "application/jsonl") })
        {
            using var answer = await browser.Get(file);
            Assert.Equal((type, "nosniff", "attachment"), (answer.Content.Headers.ContentType!.MediaType, Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")), answer.Content.Headers.ContentDisposition!.DispositionType));
        }
        if (application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Version("2025-09-01") is not null)
        {
            IsWords("the version", await browser.Page("/agreements/lamp-hire/2025-09-01"));
            IsWords("the comparison", await browser.Page("/agreements/lamp-hire/compare?from=2025-07-01&to=2025-09-01"));
        }
    }

    /// <summary>No tag of the page is one that somebody has typed: a script but the page's own, a picture, a link that runs, an attribute that does.</summary>
    private static void IsWords(string page, string html)
    {
        Assert.True(!Typed().IsMatch(html), $"{page}: {Typed().Match(html).Value}");
        Assert.All(Tag().Matches(html).Select(m => Value().Replace(m.Value, "")), tag => Assert.DoesNotMatch("(?i) on[a-z]+", tag));
    }

    private async Task Done(Visitor browser, string page, string step, params (string Name, string Value)[] fields)
    {
        using var response = await browser.Fill(draft + page, draft + step, fields);
        Assert.True(response.StatusCode == HttpStatusCode.SeeOther, $"{page}: {step} answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync()}");
    }

    [GeneratedRegex("name=\"key\" value=\"([^\"]+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("name=\"chosen\" value=\"([^\"]+)\"")]
    private static partial Regex Chosen();

    [GeneratedRegex("name=\"class\\.([0-9]+)\"")]
    private static partial Regex Class();

    [GeneratedRegex("(?i)<script(?! type=\"module\" src=\"/(?:workbench|passkey)\\.js)|<img|href=\"javascript:")]
    private static partial Regex Typed();

    [GeneratedRegex("<[a-zA-Z][^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Value();
}
