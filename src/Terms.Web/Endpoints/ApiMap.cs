namespace Terms.Web.Endpoints;

internal static class ApiMap
{
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi();
    public static void MapApi(this WebApplication app)
    {
        app.MapGet("/health/live", () => "ok");
    }
}
