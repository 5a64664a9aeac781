using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Catalogue;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/revisions/{revision}</c>: what a revision changed, and the way back to it.</summary>
internal sealed class RevisionPages(Workbench workbench, OpenDrafts drafts)
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapPage("/workbench/drafts/{draft}/revisions/{revision}", (context, who) => Task.FromResult<IResult>(context.RequestServices.GetRequiredService<RevisionPages>().Show(context, who)));

    private RazorComponentResult Show(HttpContext context, SignedIn who)
    {
        if (drafts.Find(who, context) is not { } open || !int.TryParse((string)context.Request.RouteValues["revision"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || workbench.Revision(open.Standing, number) is not { } revision)
        {
            return PageMap.Refuse(404, "Refusal.Draft");
        }
        return PageMap.Page<RevisionPage>(200, new()
        {
            [nameof(RevisionPage.Open)] = open,
            [nameof(RevisionPage.Revision)] = revision,
            [nameof(RevisionPage.Changes)] = RevisionChange.Between((number > 1 ? workbench.Revision(open.Standing, number - 1) : null)?.Files ?? ContentFiles.Empty, revision.Files),
        });
    }
}
