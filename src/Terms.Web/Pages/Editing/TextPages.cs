using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/text</c>: a text by its clauses; <c>…/text/{clause}</c>: one clause with all that can be done to it.</summary>
internal sealed class TextPages(OpenDrafts drafts, CurrentCatalogue current, FollowedEdits followed)
{
    /// <summary>The largest form: the words of both sides of a merge, or a long clause.</summary>
    public const int LargestForm = 512 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage("/workbench/drafts/{draft}/text", (context, who) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<TextPages>().Text(context, who)));
        app.MapPage("/workbench/drafts/{draft}/text/{clause}", (context, who) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<TextPages>().Clause(context, who)));
        app.MapStep("/workbench/drafts/{draft}/preview", (context, who, form) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<TextPages>().Preview(context, who, form)), LargestForm);
    }

    private RazorComponentResult Text(HttpContext context, SignedIn who)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        try
        {
            return open.Text(current.Now.Catalogue.DefaultLanguage, context.Request.Query["file"]) is { } text
                ? PageMap.Page<TextPage>(200, new() { [nameof(TextPage.Open)] = open, [nameof(TextPage.Text)] = text, [nameof(TextPage.Done)] = Done(context, open) })
                : PageMap.Refuse(404, "Refusal.Text");
        }
        catch (EditRefusedException uncut)
        {
            return PageMap.Page<UncutPage>(200, new() { [nameof(UncutPage.Open)] = open, [nameof(UncutPage.Because)] = uncut.Message });
        }
    }

    private RazorComponentResult Clause(HttpContext context, SignedIn who) =>
        drafts.Find(who, context) is { } open ? Clause(context, open, context.Request.Query["file"], c => c.Label.Anchor == (string)context.Request.RouteValues["clause"]!) ?? PageMap.Refuse(404, "Refusal.Clause") : PageMap.Refuse(404, "Refusal.Draft");

    /// <summary>The page of a clause; null if there is none. Where a form could not be taken, it says why, and shows what was typed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="open">The draft.</param>
    /// <param name="file">The text.</param>
    /// <param name="isIt">Which clause.</param>
    /// <param name="status">The status.</param>
    /// <param name="refusal">Why the form was not taken.</param>
    /// <param name="typed">The form.</param>
    public RazorComponentResult? Clause(HttpContext context, OpenDraft open, string? file, Func<Clause, bool> isIt, int status = 200, string? refusal = null, IFormCollection? typed = null)
    {
        ClauseFile? text;
        try
        {
            text = open.Text(current.Now.Catalogue.DefaultLanguage, file);
        }
        catch (EditRefusedException)
        {
            return null;
        }
        return text?.Clauses.FirstOrDefault(c => isIt(c.Clause))?.Clause is not { } clause ? null : PageMap.Page<ClausePage>(status, new()
        {
            [nameof(ClausePage.Open)] = open,
            [nameof(ClausePage.Text)] = text,
            [nameof(ClausePage.Clause)] = clause,
            [nameof(ClausePage.Done)] = Done(context, open),
            [nameof(ClausePage.Refusal)] = refusal,
            [nameof(ClausePage.Typed)] = typed,
        });
    }

    private RazorComponentResult Preview(HttpContext context, SignedIn who, IFormCollection form) => drafts.Find(who, context) is { } open
        ? new RazorComponentResult<PreviewView>(new Dictionary<string, object?>
        {
            [nameof(PreviewView.Open)] = open,
            [nameof(PreviewView.File)] = form["file"].ToString(),
            [nameof(PreviewView.Label)] = form["clause"].ToString(),
            [nameof(PreviewView.Words)] = form["words"].ToString(),
            [nameof(PreviewView.Title)] = form.ContainsKey("heading") ? form["heading"].ToString() : null,
        })
        : PageMap.Refuse(404, "Refusal.Draft");

    private DoneEdit? Done(HttpContext context, OpenDraft open)
    {
        if (!int.TryParse(context.Request.Query["done"], out var revision))
        {
            return null;
        }
        return revision == 0 ? new DoneEdit(null, null) : open.Standing.Events.Select(e => e.Step).OfType<Edited>().FirstOrDefault(e => e.Revision == revision) is { } step ? new DoneEdit(step, followed.Of(open.Draft.Id, revision)) : null;
    }
}

/// <summary>What has just been done.</summary>
/// <param name="Step">The step; null if nothing had to be changed.</param>
/// <param name="Edit">What followed, and what could not; null if it moved no clause.</param>
public sealed record DoneEdit(Edited? Step, ClauseEdit? Edit);
