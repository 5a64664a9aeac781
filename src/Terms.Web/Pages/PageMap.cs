namespace Terms.Web.Pages;

/// <summary>The addresses of the pages.</summary>
internal static class PageMap
{
    public static void MapPages(this WebApplication app)
    {
        app.UseRequestLocalization();
        app.UseAntiforgery();
        app.MapRazorComponents<App>();
    }
}
