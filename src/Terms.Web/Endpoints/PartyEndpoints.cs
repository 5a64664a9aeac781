using Terms.Export;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>The contracting parties.</summary>
internal static class PartyEndpoints
{
    /// <summary>All contracting parties.</summary>
    public static IResult List(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        new Parameters(context, served, clock).Only();
        IReadOnlyList<PartyDocument> all =
            [.. served.Catalogue.Parties.Values.OrderBy(p => p.Id, StringComparer.Ordinal).Select(p => CatalogueDocuments.Document(served.Corpus, p, clock.GetUtcNow()))];
        return TaggedAnswer.Json(all, TermsJson.Plain.IReadOnlyListPartyDocument);
    }

    /// <summary>A contracting party: names by version, registration, addresses for notices.</summary>
    public static IResult One(string party, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        new Parameters(context, served, clock).Only();
        return served.Catalogue.Parties.TryGetValue(party, out var found)
            ? TaggedAnswer.Json(CatalogueDocuments.Document(served.Corpus, found, clock.GetUtcNow()), TermsJson.Plain.PartyDocument)
            : throw new ApiException(404, "not-found", $"There is no party \"{Parameters.Shown(party)}\". Send one of: {string.Join(", ", served.Catalogue.Parties.Keys.Order(StringComparer.Ordinal))}.");
    }
}
