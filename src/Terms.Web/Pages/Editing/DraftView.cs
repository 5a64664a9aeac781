using Terms.Publishing;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary>One draft as somebody has it before them, with its report and what came of the form that they have sent.</summary>
/// <param name="Open">The draft.</param>
/// <param name="Report">What is to be said about it; null while that is being found out, and when it is over.</param>
/// <param name="Problem">Why a form was refused; null if none was.</param>
/// <param name="Sent">The form that was refused.</param>
/// <param name="Step">The step that it asked for, as an address below the draft; null if none was refused.</param>
/// <param name="IsDone">Whether a step has just been taken.</param>
public sealed record DraftView(OpenDraft Open, DraftReport? Report, StepOutcome.Denied? Problem = null, IFormCollection? Sent = null, string? Step = null, bool IsDone = false) : OpenDraft(Open)
{
    /// <summary>Whether the report is being made.</summary>
    public bool IsChecking => Report is null && State.IsOpen;

    /// <summary>Whether the person may take a step now, as far as their roles go.</summary>
    public bool May(EditorRole role) => Who.Editor.Is(role, Standing.Agreement);

    /// <summary>The form that was refused, if it asked for this step.</summary>
    public IFormCollection? SentTo(string step) => Step == step ? Sent : null;

    /// <summary>A field of the form that was refused, if it asked for this step, so that nobody writes anything twice.</summary>
    public string Field(string step, string name) => SentTo(step)?[name].ToString() ?? "";
}

/// <summary>Shows drafts, and takes their forms.</summary>
internal sealed class DraftViews(Workbench workbench, OpenDrafts drafts)
{
    /// <summary>The largest form with a class and a reason for each change.</summary>
    public const int LargestForm = 1024 * 1024;

    /// <summary>How long a page waits for a report before it says that one is being made.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether a step was taken, in the address that it leads back to.</summary>
    private const string Done = "?done=yes";

    /// <summary>A page of one draft: those who may not see it are told that there is none.</summary>
    public static void MapPage(IEndpointRouteBuilder app, string page, Func<DraftView, HttpContext, Task<IResult>> show) =>
        app.MapPage("/workbench/drafts/{draft}" + page, async (context, who) =>
            await context.RequestServices.GetRequiredService<DraftViews>().Find(who, context, isRefused: false) is { } view
                ? await Shown(show, view with { IsDone = context.Request.Query["done"] == "yes" }, context, page)
                : PageMap.Refuse(404, "Refusal.Draft"));

    /// <summary>A step that a form on a page of one draft asks for. Once taken it leads back to the page; refused, the page is shown again with the reason and the form as it was sent.</summary>
    public static void MapStep(
        IEndpointRouteBuilder app, string page, string step, Func<HttpContext, SignedIn, string, IFormCollection, Task<StepOutcome>> take, Func<DraftView, HttpContext, Task<IResult>> show) =>
        app.MapStep("/workbench/drafts/{draft}" + page + step, async (context, who, form) =>
        {
            var draft = Id(context);
            var (status, problem) = RefusalNote.Noting(context, await take(context, who, draft, form)) switch
            {
                StepOutcome.Denied denied => (403, denied),
                StepOutcome.Malformed malformed => (400, Said(malformed.Because)),
                StepOutcome.Overtaken overtaken => (409, Said($"{(overtaken.Since.LastOrDefault() is { } last ? $"{last.Who} has saved meanwhile ({last.What})" : "The draft has been saved meanwhile")}, and nothing of yours was kept. Read it again.")),
                StepOutcome.NotFound => (404, Said("")),
                _ => (303, Said("")),
            };
            if (status == 303)
            {
                return new SeeOther($"/workbench/drafts/{draft}{page}{Done}");
            }
            context.Response.StatusCode = status;
            return await context.RequestServices.GetRequiredService<DraftViews>().Find(who, context, isRefused: true) is { } view && status != 404
                ? await Shown(show, view with { Problem = problem, Sent = form, Step = page + step }, context, page)
                : PageMap.Refuse(404, "Refusal.Draft");
        }, LargestForm);

    /// <summary>A page of a draft with the status that was set.</summary>
    public static IResult Page<T>(DraftView view, HttpContext context, Dictionary<string, object?>? more = null) where T : Microsoft.AspNetCore.Components.IComponent =>
        PageMap.Page<T>(context.Response.StatusCode, new(more ?? []) { ["View"] = view });

    /// <summary>The report with some days; null while it is being made.</summary>
    public Task<DraftReport?> Report(Draft draft, PublicationPlan? plan) => Patiently(workbench.Report(draft, plan));

    /// <summary>The number of the revision that a form was made from; 0, which no revision has, if it says none.</summary>
    public static int Revision(IFormCollection form) => int.TryParse(form["revision"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static StepOutcome.Denied Said(string because) => new(because, []);

    private static string Id(HttpContext context) => (string)context.Request.RouteValues["draft"]!;

    /// <param name="who">Who asks for it.</param>
    /// <param name="context">The request that names it.</param>
    /// <param name="isRefused">Whether a form is to be shown again: then it waits for the report however long that takes, because without it there is no place for what was typed.</param>
    private async Task<DraftView?> Find(SignedIn who, HttpContext context, bool isRefused) => drafts.Find(who, context) is { } open
        ? new DraftView(open, !open.State.IsOpen ? null : isRefused ? await workbench.Report(open.Draft) : await Report(open.Draft, null))
        : null;

    /// <summary>While a report is made, a page that has nothing else asks for itself again. Others have forms, and what is typed there would be lost.</summary>
    private static async Task<IResult> Shown(Func<DraftView, HttpContext, Task<IResult>> show, DraftView view, HttpContext context, string page)
    {
        if (view.IsChecking && page is (DraftTabs.Problems or DraftTabs.Changes) && HttpMethods.IsGet(context.Request.Method))
        {
            context.Response.Headers["Refresh"] = "2";
        }
        return await show(view, context);
    }

    private static async Task<DraftReport?> Patiently(Task<DraftReport> made) => await Task.WhenAny(made, Task.Delay(Patience)) == made ? await made : null;
}
