using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}</c>: how a draft stands, and everything that was done to it.</summary>
internal sealed class DraftPages(OpenDrafts drafts, ServedStore stored, CurrentCatalogue current, DraftReports reports, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPage("/workbench/drafts/{draft}", (context, who) =>
        Task.FromResult<IResult>(context.RequestServices.GetRequiredService<DraftPages>().Show(context, who)));

    private RazorComponentResult Show(HttpContext context, SignedIn who)
    {
        if (drafts.Find(who, context) is not { } open)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        var catalogue = current.Now.Catalogue;
        return PageMap.Page<DraftPage>(200, new()
        {
            [nameof(DraftPage.Who)] = who,
            [nameof(DraftPage.Row)] = Board.Row(open.Standing, catalogue, stored.Store.Editors.All(), reports, clock.GetUtcNow()),
            [nameof(DraftPage.Open)] = open,
            [nameof(DraftPage.IsNew)] = context.Request.Query.ContainsKey("new"),
            [nameof(DraftPage.HasNotes)] = context.Request.Query["new"] == "notes",
            [nameof(DraftPage.IsDone)] = context.Request.Query.ContainsKey("done"),
        });
    }
}
