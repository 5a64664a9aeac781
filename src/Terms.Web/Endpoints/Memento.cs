using System.Globalization;
using Terms.Catalogue;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Versions over time as RFC 7089 (Memento) puts it: the address of an agreement is the time gate, those of its versions are the mementos.</summary>
internal static class Memento
{
    /// <summary>Redirects a request with <c>Accept-Datetime</c> to the version in force then; null if there is no such header.</summary>
    public static IResult? Redirect(HttpContext context, ServedCatalogue served, Agreement agreement, DateTimeOffset now, Func<AgreementVersion, string> address)
    {
        context.Response.Headers.Append("Vary", "Accept-Datetime");
        context.Response.Headers.Append("Link", $"</feed.atom>; rel=\"alternate\"; type=\"application/atom+xml\"");
        if (context.Request.Headers["Accept-Datetime"] is not [{ } wanted])
        {
            return null;
        }
        if (!DateTimeOffset.TryParseExact(wanted, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
        {
            throw ApiException.Parameter("Accept-Datetime is not an HTTP date. Send it as Tue, 01 Apr 2025 00:00:00 GMT (RFC 9110, section 5.6.7).");
        }
        return TypedResults.Redirect(address(Parameters.InForce(served, agreement, at, now)));
    }

    /// <summary>Gives the pages of agreements and versions the same headers as their addresses in the API.</summary>
    public static void UseMemento(this WebApplication app) => app.Use((context, next) =>
    {
        if (HttpMethods.IsGet(context.Request.Method) && context.Request.Path.Value!.StartsWith("/agreements/", StringComparison.Ordinal)
            && context.Request.Path.Value.Split('/') is var parts && context.RequestServices.GetRequiredService<ServedCatalogue>() is var served && served.Catalogue.Find(parts[2]) is { } agreement)
        {
            if (parts is [_, _, _, var name] && agreement.Version(name) is { } version)
            {
                Describe(context, served, version, "/agreements/");
            }
            else if (parts.Length == 3
                && Redirect(context, served, agreement, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), Export.CatalogueDocuments.Url) is { } redirect)
            {
                return redirect.ExecuteAsync(context);
            }
        }
        return next(context);
    });

    /// <summary>Names the instant from which a version binds, and where its agreement is asked for by time.</summary>
    public static void Describe(HttpContext context, ServedCatalogue served, AgreementVersion version, string root)
    {
        context.Response.Headers.Append("Link", $"<{root}{version.Agreement.Id}>; rel=\"original timegate\"");
        if (version.Id.Effective is { } day)
        {
            context.Response.Headers["Memento-Datetime"] = Instants.StartOf(day, served.Catalogue.Zone).ToString("r", CultureInfo.InvariantCulture);
        }
    }
}
