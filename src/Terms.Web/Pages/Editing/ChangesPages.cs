using Terms.Catalogue;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/changes</c>: how grave each change is.</summary>
internal static class ChangesPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        DraftViews.MapPage(app, DraftTabs.Changes, Show);
        DraftViews.MapStep(app, DraftTabs.Changes, "", (context, who, draft, form) => Classify(Answers(context), who, draft, form), Show);
        DraftViews.MapStep(app, DraftTabs.Changes, "/editorial", (context, who, draft, form) => Answers(context).TakeEditorial(who.Editor, draft, DraftViews.Revision(form), ProblemsPages.Reason(form)), Show);
    }

    /// <summary>What was chosen, each with its own reason or with that for all others. A choice without a reason is refused as a whole, so that nothing is kept by halves.</summary>
    private static async Task<StepOutcome> Classify(DraftAnswers answers, SignedIn who, string draft, IFormCollection form)
    {
        var choices = new List<DraftAnswers.Choice>();
        var others = ProblemsPages.Reason(form);
        foreach (var field in form.Keys.Where(k => k.StartsWith("class.", StringComparison.Ordinal)))
        {
            var number = field["class.".Length..];
            var (key, why) = (form[$"key.{number}"].ToString(), ProblemsPages.Reason(form, $"why.{number}"));
            if (ChangeClasses.Of(form[field]) is not { } @class)
            {
                return new StepOutcome.Malformed($"`{(form[field].ToString() is { Length: <= 40 } sent ? sent : "That")}` is no class. Choose one of {string.Join(", ", ChangeClasses.Words)}.");
            }
            choices.Add(new DraftAnswers.Choice(key, @class, why.Length > 0 ? why : others));
        }
        return await answers.Classify(who.Editor, draft, DraftViews.Revision(form), choices);
    }

    private static DraftAnswers Answers(HttpContext context) => context.RequestServices.GetRequiredService<DraftAnswers>();

    private static Task<IResult> Show(DraftView view, HttpContext context) =>
        Task.FromResult(DraftViews.Page<ChangesPage>(view, context, new() { [nameof(ChangesPage.Sides)] = ProblemsPages.Sides(view, context.Request.Query) }));
}
