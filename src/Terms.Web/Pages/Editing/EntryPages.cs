using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/facts</c>: facts and rules of a draft, those first that have to be confirmed again; <c>…/facts/{section}/{entry}</c>: one of them; <c>…/facts/new</c>: a new one.</summary>
internal sealed class EntryPages(DraftAnswers answers, OpenDrafts drafts, CurrentCatalogue current, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage("/workbench/drafts/{draft}/facts", (context, who) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<EntryPages>().List(context, who)));
        app.MapPage("/workbench/drafts/{draft}/facts/new", (context, who) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<EntryPages>().New(context, who)));
        app.MapPage("/workbench/drafts/{draft}/facts/{section}/{entry}", (context, who) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<EntryPages>().One(context, who)));
        app.MapStep("/workbench/drafts/{draft}/facts/confirm", (context, who, form) => context.RequestServices.GetRequiredService<EntryPages>().Confirm(context, who, form));
    }

    /// <summary>The page of an entry again, with what was typed and what is wrong with it.</summary>
    public static RazorComponentResult? Refused(OpenDraft open, IFormCollection form, int status, string because, ImmutableArray<Problem> problems)
    {
        var (section, id, kind) = (form["section"].ToString(), form["entry"].ToString(), form["f-kind"].ToString());
        if (!DraftEntries.Sections.Contains(section))
        {
            return null;
        }
        var entry = id.Length > 0 ? DraftEntries.Find(open.Draft.Files, section, id) : null;
        kind = kind.Length > 0 ? kind : entry?.Texts("kind").FirstOrDefault() ?? "";
        return Page(open, status, section, kind, entry, form["file"], form["clause"], because, problems,
            form.Where(f => f.Key.StartsWith("f-", StringComparison.Ordinal)).ToImmutableDictionary(f => f.Key[2..], f => f.Value.ToString(), StringComparer.Ordinal),
            form["yaml"].ToString() is { Length: > 0 } yaml ? yaml : null, EditPages.From(form));
    }

    private RazorComponentResult List(HttpContext context, SignedIn who) => drafts.Find(who, context) is { } open ? List(context, open, 200, null, null) : PageMap.Refuse(404, "Refusal.Draft");

    private RazorComponentResult List(HttpContext context, OpenDraft open, int status, string? refusal, IFormCollection? sent)
    {
        var reading = DraftReading.Of(open.Draft, current.Now.Corpus, clock.GetUtcNow());
        return PageMap.Page<EntriesPage>(status, new()
        {
            [nameof(EntriesPage.Open)] = open,
            [nameof(EntriesPage.ToConfirm)] = reading.ToConfirm(open.Draft),
            [nameof(EntriesPage.Problems)] = reading.Problems,
            [nameof(EntriesPage.Language)] = reading.Version?.Texts[0].Language ?? current.Now.Catalogue.DefaultLanguage,
            [nameof(EntriesPage.Refusal)] = refusal,
            [nameof(EntriesPage.Sent)] = sent,
            [nameof(EntriesPage.IsDone)] = context.Request.Query.ContainsKey("done"),
        });
    }

    private RazorComponentResult New(HttpContext context, SignedIn who)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        if (!who.Editor.Is(EditorRole.Drafter, open.Standing.Agreement))
        {
            RefusalNote.Denied(context);
        }
        var query = context.Request.Query;
        var (section, kind) = query["what"].ToString().Split('/') is [var s, var k] ? (s, k) : (query["what"].ToString(), "");
        return open.CanWrite && DraftEntries.Sections.Contains(section) && (section != DraftEntries.Facts || FactKind.All.Contains(kind))
            ? Page(open, 200, section, kind, null, query["file"], query["clause"], null, [], null, null)
            : PageMap.Refuse(404, "Refusal.Page");
    }

    private RazorComponentResult One(HttpContext context, SignedIn who)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        var section = (string)context.Request.RouteValues["section"]!;
        return DraftEntries.Sections.Contains(section) && DraftEntries.Find(open.Draft.Files, section, (string)context.Request.RouteValues["entry"]!) is { } entry
            ? Page(open, 200, section, entry.Texts("kind").FirstOrDefault(), entry, null, null, null, [], null, null)
            : PageMap.Refuse(404, "Refusal.Page");
    }

    private static RazorComponentResult Page(
        OpenDraft open, int status, string section, string? kind, YamlEntry? entry, string? file, string? clause, string? refusal, ImmutableArray<Problem> problems,
        ImmutableDictionary<string, string>? typed, string? typedYaml, int? from = null) => PageMap.Page<EntryPage>(status, new()
        {
            [nameof(EntryPage.Open)] = open,
            [nameof(EntryPage.Section)] = section,
            [nameof(EntryPage.Kind)] = section == DraftEntries.Facts ? kind : null,
            [nameof(EntryPage.Entry)] = entry,
            [nameof(EntryPage.File)] = string.IsNullOrEmpty(file) ? null : file,
            [nameof(EntryPage.Clause)] = string.IsNullOrEmpty(clause) ? null : clause,
            [nameof(EntryPage.Refusal)] = refusal,
            [nameof(EntryPage.Problems)] = problems,
            [nameof(EntryPage.From)] = from,
            [nameof(EntryPage.Typed)] = typed,
            [nameof(EntryPage.TypedYaml)] = typedYaml,
        });

    private async Task<IResult> Confirm(HttpContext context, SignedIn who, IFormCollection form)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        var outcome = RefusalNote.Noting(context, await answers.Confirm(who.Editor, open.Draft.Id, DraftViews.Revision(form), ProblemsPages.Chosen(form), ProblemsPages.Reason(form)));
        return outcome switch
        {
            StepOutcome.Taken or StepOutcome.Unchanged => new SeeOther($"{open.Address}/facts?done=yes#confirm"),
            StepOutcome.Overtaken => Again(409, "Somebody has changed the draft since you read it. Read the words again, and confirm them then."),
            StepOutcome.Denied denied => Again(403, denied.Because),
            StepOutcome.Malformed malformed => Again(400, malformed.Because),
            _ => PageMap.Refuse(404, "Refusal.Draft"),
        };

        RazorComponentResult Again(int status, string because) => List(context, drafts.Find(who, context)!, status, because, form);
    }
}
