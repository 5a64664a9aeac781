using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench</c>: everything that is under way.</summary>
internal sealed class BoardPages(Workbench workbench, ServedStore stored, CurrentCatalogue current, DraftReports reports, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPage(LocalAddress.Board, (context, who) => Task.FromResult(context.RequestServices.GetRequiredService<BoardPages>().Show(who)));

    public IResult Show(SignedIn who) => PageMap.Page<BoardPage>(200, new()
    {
        [nameof(BoardPage.Who)] = who,
        [nameof(BoardPage.Board)] = Board.Of(who.Editor, workbench.All(who.Editor), stored.Store.Editors.All(), current.Now, reports, clock.GetUtcNow()),
    });
}
