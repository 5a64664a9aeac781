using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench</c>: everything that is under way.</summary>
internal static class BoardPages
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPage(LocalAddress.Board, (context, who) =>
    {
        var workbench = context.RequestServices.GetRequiredService<Workbench>();
        return Task.FromResult<IResult>(PageMap.Page<BoardPage>(200, new() { [nameof(BoardPage.Who)] = who, [nameof(BoardPage.Drafts)] = workbench.All(who.Editor) }));
    });
}
