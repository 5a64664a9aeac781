using Terms.Acceptance;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>The services that call. Each sends its key as a bearer token (RFC 6750); a revocation counts within a second.</summary>
internal static class Callers
{
    private static readonly object Known = new();

    /// <summary>The key of the caller, if it allows something.</summary>
    /// <exception cref="ApiException">There is no store, no key or no good one (401), or it does not allow that (403).</exception>
    public static ServiceKey Require(HttpContext context, string scope)
    {
        _ = context.RequestServices.GetRequiredService<ServedStore>().Store;
        if (Of(context) is not { } key)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            throw new ApiException(401, "not-allowed", "This address needs the key of a service that is known and not revoked. Send Authorization: Bearer tk_…; `terms key add` makes one.");
        }
        return key.Allows(scope)
            ? key
            : throw new ApiException(403, "not-allowed", $"The key {key.Id} does not have the scope {scope}. Use a key that has it; `terms key add --scope {scope}` makes one.");
    }

    /// <summary>The key of the caller; null if there is none, or none that opens.</summary>
    public static ServiceKey? Of(HttpContext context)
    {
        if (!context.Items.TryGetValue(Known, out var known))
        {
            context.Items[Known] = known = Find(context);
        }
        return (ServiceKey?)known;
    }

    private static ServiceKey? Find(HttpContext context)
    {
        var served = context.RequestServices.GetRequiredService<ServedStore>();
        if (!served.IsThere || context.Request.Headers.Authorization is not [{ } header] || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            || !ServiceKey.TrySplit(header["Bearer ".Length..], out var id, out var secret) || served.Key(id, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()) is not { } key)
        {
            return null;
        }
        return key.Opens(secret) ? key : null;
    }
}
