using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/merge</c>: brings a draft together with the version that was published since it was made.</summary>
internal sealed class NewerVersionPages(Workbench workbench, OpenDrafts drafts, CurrentCatalogue current)
{
    /// <summary>What the address of the page ends in.</summary>
    public const string Ending = "/merge";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage("/workbench/drafts/{draft}" + Ending, (context, who) => Task.FromResult<IResult>(Pages(context).Show(context, who)));
        app.MapStep("/workbench/drafts/{draft}" + Ending, (context, who, form) => Pages(context).Merge(context, who, form), TextPages.LargestForm);

        static NewerVersionPages Pages(HttpContext context) => context.RequestServices.GetRequiredService<NewerVersionPages>();
    }

    private RazorComponentResult Show(HttpContext context, SignedIn who) => drafts.Find(who, context) is { } open ? Page(open, 200, null, null, null) : PageMap.Refuse(404, "Refusal.Draft");

    private async Task<IResult> Merge(HttpContext context, SignedIn who, IFormCollection form)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        if (Find(open) is not { } newer)
        {
            return await Refuse(context, open, 409, open.State.IsOpen ? "Newer.None" : "Edit.Over", null, form);
        }
        if (form["onto"] != newer.Newer.Id.Value)
        {
            return await Refuse(context, open, 409, "Newer.Another", null, form);
        }
        try
        {
            DraftEdit.RequireLengths(form);
        }
        catch (EditRefusedException tooLong)
        {
            return await Refuse(context, open, 422, "Step.Refused", tooLong.Message, form);
        }
        if (DraftViews.Revision(form) == open.Draft.Revision && MergeChoices.Read(form, newer.Merge) is null)
        {
            return await Refuse(context, open, 422, "Merge.Choose", null, form);
        }
        return RefusalNote.Noting(context, await workbench.Edit(who.Editor, open.Draft.Id, DraftViews.Revision(form), $"merged with {newer.Newer.Path}", draft => newer.On(draft, MergeChoices.Read(form, newer.Merge)))) switch
        {
            StepOutcome.Taken or StepOutcome.Unchanged => new SeeOther($"{open.Address}{DraftTabs.Problems}?done=yes"),
            StepOutcome.Overtaken => Page(drafts.Find(who, context)!, 409, "Newer.Saved", null, form),
            StepOutcome.Denied denied => Page(open, 403, "Step.Refused", denied.Because, form),
            StepOutcome.Malformed malformed => Page(open, 400, "Step.Refused", malformed.Because, form),
            _ => PageMap.Refuse(404, "Refusal.Draft"),
        };
    }

    /// <summary>Shows the page again, and keeps why nothing was merged.</summary>
    private async Task<IResult> Refuse(HttpContext context, OpenDraft open, int status, string refusal, string? why, IFormCollection form)
    {
        RefusalNote.Noting(context, await workbench.RefuseEdit(open.Who.Editor, open.Draft.Id, why ?? RefusalNote.English(context, refusal)));
        return Page(open, status, refusal, why, form);
    }

    private NewerVersion? Find(OpenDraft open) => open.State.IsOpen ? NewerVersion.Of(open.Draft, open.State, current.Now.Corpus) : null;

    private RazorComponentResult Page(OpenDraft open, int status, string? refusal, string? why, IFormCollection? sent) => PageMap.Page<NewerVersionPage>(status, new()
    {
        [nameof(NewerVersionPage.Open)] = open,
        [nameof(NewerVersionPage.Found)] = Find(open),
        [nameof(NewerVersionPage.Refusal)] = refusal,
        [nameof(NewerVersionPage.Why)] = why,
        [nameof(NewerVersionPage.Sent)] = sent,
    });
}
