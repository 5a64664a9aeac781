using Microsoft.AspNetCore.Routing.Template;

namespace Terms.Web.Endpoints;

/// <summary>Addresses of the API that answer nothing, or not this method (RFC 9110, section 15.5.6).</summary>
internal static class Unanswered
{
    /// <summary>404, or 405 with the methods that the address does answer.</summary>
    public static Task Refuse(HttpContext context)
    {
        var methods = context.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => IsAt(e, context.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (methods.Length == 0)
        {
            return Problems.Write(context, new ApiProblem(404, "not-found", "There is nothing at this address. See /openapi/v1.json for those that exist."));
        }
        context.Response.Headers.Allow = string.Join(", ", methods);
        return Problems.Write(context, new ApiProblem(405, "method-not-allowed", $"This address does not answer {Parameters.Shown(context.Request.Method)}. Send {string.Join(" or ", methods)}."));
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path) => new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
