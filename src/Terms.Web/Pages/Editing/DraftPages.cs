using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}</c>: how a draft stands, and everything that was done to it.</summary>
internal sealed class DraftPages(Workbench workbench, ServedStore stored, ServedCatalogue served, DraftReports reports, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPage("/workbench/drafts/{draft}", (context, who) =>
        Task.FromResult(context.RequestServices.GetRequiredService<DraftPages>().Show(who, (string)context.Request.RouteValues["draft"]!)));

    public IResult Show(SignedIn who, string draft) => workbench.Find(who.Editor, draft) is not { } standing ? PageMap.Refuse(404, "Refusal.Draft") : PageMap.Page<DraftPage>(200, new()
    {
        [nameof(DraftPage.Who)] = who,
        [nameof(DraftPage.Row)] = Board.Row(
            standing, served.Catalogue.Find(standing.Agreement.Value)?.Title ?? standing.Agreement.Value, stored.Store.Editors.All(), reports, served.Catalogue.Zone, clock.GetUtcNow()),
    });
}
