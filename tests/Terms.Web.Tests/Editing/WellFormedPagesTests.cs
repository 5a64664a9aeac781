using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Terms.Web.Tests.Editing;

/// <summary>What holds of every page of the workbench, for those who write and for those who read: headings in their order, names for all fields, ids that are there, nothing inline.</summary>
public sealed class WellFormedPagesTests : IDisposable
{
    private static readonly string[] OfTheDraft = ["", "/text", "/text/c-1.1", "/text/c-s2", "/facts", "/problems", "/changes", "/review", "/schedule?announced=2025-06-02&effective=2025-10-01", "/merge", "/revisions/1", "/revisions/3"];
    private static readonly string[] OfWriters = ["/facts/new?what=facts/cap&clause=1.1", "/facts/new?what=law"];
    private static readonly string[] References = ["for", "aria-labelledby", "aria-describedby", "list"];

    private readonly AcceptanceApplication application = new();
    private readonly DraftDesk desk;

    public WellFormedPagesTests() => desk = new DraftDesk(application);

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task Every_page_of_the_workbench_is_well_formed()
    {
        var draft = await desk.Put(await desk.Started(), "agrees", "consents");
        draft = await desk.Put(draft, "Broken lamps are reported", "Whoever breaks a lamp reports it");
        await desk.Workbench.Comment(DraftDesk.Anna, draft.Id, "1.1", "Is it so?");
        await desk.Workbench.Comment(DraftDesk.Anna, draft.Id, null, "And this?");
        await desk.Published(await desk.Scheduled(await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents")), "2025-06-01", "2025-09-01"));
        var visitors = new[] { await application.Person("dora", "drafter", "reviewer", "publisher", "auditor"), await application.Person("olga", "auditor") };
        var address = $"/workbench/drafts/{draft.Id}";
        string[] pages = [.. OfTheDraft.Select(p => address + p), "/workbench", "/workbench/account", "/audit", "/workbench/webhooks"];
        string[] further = [.. OfWriters.Select(p => address + p), "/workbench/new", "/workbench/new?agreement=lamp-hire"];
        var wrong = new List<string>();
        foreach (var who in visitors)
        {
            foreach (var page in who == visitors[0] ? pages.Concat(further) : pages)
            {
                wrong.AddRange(Wrong(new HtmlParser().ParseDocument(await who.Page(page))).Select(w => $"{page}: {w}"));
            }
        }
        wrong.AddRange(Wrong(new HtmlParser().ParseDocument(await application.Visitor().Page("/workbench/sign-in"))));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Distinct()));
    }

    /// <summary>What is wrong with a page.</summary>
    private static IEnumerable<string> Wrong(IHtmlDocument page)
    {
        var levels = page.QuerySelectorAll("h1,h2,h3,h4,h5,h6").Select(h => (Level: h.LocalName[1] - '0', Words: h.TextContent.Trim())).ToList();
        foreach (var (before, after) in levels.Zip(levels.Skip(1)).Where(p => p.Second.Level > p.First.Level + 1))
        {
            yield return $"h{before.Level} {before.Words} is followed by h{after.Level} {after.Words}";
        }
        if (levels.Count(l => l.Level == 1) != 1)
        {
            yield return "there is not one h1";
        }
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        foreach (var twice in ids.GroupBy(i => i).Where(g => g.Count() > 1))
        {
            yield return $"the id {twice.Key} is there twice";
        }
        foreach (var (element, id) in References.SelectMany(a => page.QuerySelectorAll($"[{a}]").SelectMany(e => e.GetAttribute(a)!.Split(' ').Select(i => (e, i)))).Where(r => !ids.Contains(r.i)))
        {
            yield return $"{element.LocalName} names the id {id}, which is not there";
        }
        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]):not([hidden]),select,textarea").Where(f => !page.QuerySelectorAll("label").Any(l => (f.HasAttribute("id") && l.GetAttribute("for") == f.Id) || l.Contains(f))))
        {
            yield return $"the field {field.GetAttribute("name")} has no label";
        }
        foreach (var button in page.QuerySelectorAll("button,a[href],summary,legend,caption,th").Where(b => b.TextContent.Trim().Length == 0 && b.GetAttribute("aria-label") is null))
        {
            yield return $"{button.OuterHtml} has no words";
        }
        foreach (var inline in page.All.Where(e => e.HasAttribute("style") || e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)) || (e.LocalName is "script" or "style" && e.TextContent.Length > 0)))
        {
            yield return $"{inline.LocalName} has something inline";
        }
    }
}
