using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}</c>: how a draft stands, and everything that was done to it.</summary>
internal sealed class DraftPages(Workbench workbench, ServedStore stored, CurrentCatalogue current, DraftReports reports, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPage("/workbench/drafts/{draft}", (context, who) =>
        Task.FromResult(context.RequestServices.GetRequiredService<DraftPages>().Show(who, (string)context.Request.RouteValues["draft"]!)));

    public IResult Show(SignedIn who, string draft)
    {
        if (workbench.Find(who.Editor, draft) is not { } standing)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        var catalogue = current.Now.Catalogue;
        return PageMap.Page<DraftPage>(200, new()
        {
            [nameof(DraftPage.Who)] = who,
            [nameof(DraftPage.Row)] = Board.Row(standing, catalogue, stored.Store.Editors.All(), reports, clock.GetUtcNow()),
        });
    }
}
