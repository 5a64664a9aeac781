using Terms.Publishing;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/problems</c>: what stands against a draft, and what people let stand.</summary>
internal static class ProblemsPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        DraftViews.MapPage(app, DraftTabs.Problems, Show);
        MapAnswer("/findings", (answers, who, draft, form, why) => answers.AcceptFindings(who, draft, DraftViews.Revision(form), Chosen(form), why));
        MapAnswer("/gaps", (answers, who, draft, form, why) => answers.AcceptGaps(who, draft, DraftViews.Revision(form), Chosen(form), why));
        MapAnswer("/facts", (answers, who, draft, form, why) => answers.Confirm(who, draft, DraftViews.Revision(form), Chosen(form), why));

        void MapAnswer(string step, Func<DraftAnswers, Editor, string, IFormCollection, string, Task<StepOutcome>> answer) =>
            DraftViews.MapStep(app, DraftTabs.Problems, step, (context, who, draft, form) =>
                answer(context.RequestServices.GetRequiredService<DraftAnswers>(), who.Editor, draft, form, Reason(form)), Show);
    }

    /// <summary>The sides of the comparison of a draft with the version that it was made from.</summary>
    public static Compared? Sides(DraftView view, IQueryCollection query) => view.Report?.Comparison is { } comparison
        ? new Compared([comparison.From, comparison.To], comparison.From, comparison.Text.From, comparison.To, comparison.Text.To, query["show"] == "all", query["cosmetic"] == "shown") { Draft = view.Standing.Id }
        : null;

    /// <summary>What somebody has written, with the line ends of files.</summary>
    public static string Reason(IFormCollection form, string field = "why") => form[field].ToString().ReplaceLineEndings("\n").Trim();

    /// <summary>The lines that somebody has ticked.</summary>
    public static List<string> Chosen(IFormCollection form) => [.. form["chosen"].OfType<string>()];

    private static Task<IResult> Show(DraftView view, HttpContext context) =>
        Task.FromResult(DraftViews.Page<ProblemsPage>(view, context, new() { [nameof(ProblemsPage.Compared)] = Sides(view, context.Request.Query) }));
}
