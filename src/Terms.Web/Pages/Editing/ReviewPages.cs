using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/review</c>: submit, remark, approve, send back.</summary>
internal static class ReviewPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        DraftViews.MapPage(app, DraftTabs.Review, Show);
        MapStep("/submit", (workbench, who, draft, form) => workbench.Submit(who, draft, Read(form)));
        MapStep("/approve", (workbench, who, draft, form) => workbench.Approve(who, draft, Read(form), ProblemsPages.Reason(form)));
        MapStep("/send-back", (workbench, who, draft, form) => workbench.SendBack(who, draft, ProblemsPages.Reason(form, "back")));
        MapStep("/comment", (workbench, who, draft, form) => workbench.Comment(who, draft, form["clause"].ToString().Trim() is { Length: > 0 } clause ? clause : null, ProblemsPages.Reason(form, "words")));
        MapStep("/answer", (workbench, who, draft, form) => workbench.Answer(who, draft, Thread(form), ProblemsPages.Reason(form, "words")));
        MapStep("/settle", (workbench, who, draft, form) => workbench.Settle(who, draft, Thread(form)));

        void MapStep(string step, Func<Workbench, Editor, string, IFormCollection, Task<StepOutcome>> take) =>
            DraftViews.MapStep(app, DraftTabs.Review, step, (context, who, draft, form) => Try(() => take(context.RequestServices.GetRequiredService<Workbench>(), who.Editor, draft, form)), Show);
    }

    /// <summary>The digest of the draft that the person has read.</summary>
    internal static Digest Read(IFormCollection form) => Digest.Parse(form["digest"].ToString());

    /// <summary>Takes a step; what was sent and cannot be one is told in words.</summary>
    internal static async Task<StepOutcome> Try(Func<Task<StepOutcome>> take)
    {
        try
        {
            return await take();
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            return new StepOutcome.Malformed("The form is not as the page has it. Load the page again.");
        }
    }

    private static int Thread(IFormCollection form) => int.TryParse(form["thread"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static Task<IResult> Show(DraftView view, HttpContext context) => Task.FromResult(DraftViews.Page<ReviewPage>(view, context));
}
