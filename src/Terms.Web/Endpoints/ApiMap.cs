using Terms.Export;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>The route table of the API.</summary>
internal static class ApiMap
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapApi(this WebApplication app)
    {
        var applicable = ActivatorUtilities.CreateInstance<ApplicableEndpoint>(app.Services);

        app.MapMethods("/api/v1/applicable", Reading, applicable.Get).WithMetadata(((Delegate)applicable.Get).Method).Queries(
                "residence!", "role!", "accessFrom", "site", "service", "member", "business", "registered", "agreement", "at", "knownAt", "subject")
            .Answers(typeof(ApplicableDocument), 400, 401, 403, 404, 503);
        app.MapPost("/api/v1/applicable", applicable.Post).WithMetadata(((Delegate)applicable.Post).Method).Takes(typeof(IReadOnlyList<QuestionDocument>))
            .Answers(typeof(IReadOnlyList<ApplicableDocument>), 400, 401, 403, 413, 415, 503).RefusesEach();

        app.MapMethods("/api/v1/agreements", Reading, AgreementEndpoints.List).Answers(typeof(IReadOnlyList<AgreementDocument>), 400);
        app.MapMethods("/api/v1/agreements/{agreement}", Reading, AgreementEndpoints.One).Answers(typeof(AgreementDocument), 400, 404);
        app.MapMethods("/api/v1/agreements/{agreement}/versions/{version}", Reading, AgreementEndpoints.Version).Queries("knownAt").Answers(typeof(VersionDocument), 400, 404);
        app.MapMethods("/api/v1/agreements/{agreement}/versions/{version}/text", Reading, AgreementEndpoints.Text).Queries("lang", "rendering", "format").Answers(typeof(TextDocument), 400, 404)
            .InFormats("text/html", "text/markdown", "text/plain", WordExport.MediaType);
        app.MapMethods("/api/v1/agreements/{agreement}/redline", Reading, RedlineEndpoint.Get).Queries("from!", "to!", "lang", "fromRendering", "toRendering").AnswersFile(WordExport.MediaType, 400, 404);
        app.MapMethods("/api/v1/agreements/{agreement}/versions/{version}/clauses/{label}", Reading, AgreementEndpoints.Clause).Queries("lang", "rendering", "knownAt")
            .Answers(typeof(ClauseAnswerDocument), 400, 404);
        app.MapMethods("/api/v1/agreements/{agreement}/compare", Reading, CompareEndpoint.Get).Queries("from!", "to!", "fromRendering", "toRendering", "lang", "knownAt")
            .Answers(typeof(ComparisonDocument), 400, 404);

        app.MapMethods("/api/v1/facts", Reading, FactEndpoints.List).Queries("agreement", "version", "kind", "clause", "party", "at", "knownAt").Answers(typeof(IReadOnlyList<FactDocument>), 400, 404);
        app.MapMethods("/api/v1/facts/cap", Reading, FactEndpoints.Cap).Queries("agreement!", "at", "feesPaid", "currency", "knownAt").Answers(typeof(CapAnswerDocument), 400, 404);
        app.MapMethods("/api/v1/facts/deemed-receipt", Reading, FactEndpoints.DeemedReceipt).Queries("agreement!", "direction!", "channel!", "sentAt!", "at", "knownAt")
            .Answers(typeof(ReceiptAnswerDocument), 400, 404);
        app.MapMethods("/api/v1/facts/time-limit", Reading, FactEndpoints.TimeLimit).Queries("agreement!", "clause!", "start!", "at", "id", "knownAt").Answers(typeof(LimitAnswerDocument), 400, 404);

        app.MapMethods("/api/v1/parties", Reading, PartyEndpoints.List).Answers(typeof(IReadOnlyList<PartyDocument>), 400);
        app.MapMethods("/api/v1/parties/{party}", Reading, PartyEndpoints.One).Answers(typeof(PartyDocument), 404);

        app.MapAcceptances();
        app.MapNotices();

        app.MapMethods("/problems/{type}", Reading, Problems.Explain).ExcludeFromDescription();
        app.MapMethods("/feed.atom", Reading, Feed.Get).ExcludeFromDescription();
        app.MapMethods("/health/live", Reading, () => TypedResults.Text("live")).ExcludeFromDescription().DisableRateLimiting();
        app.MapMethods("/health/ready", Reading, (CurrentCatalogue current) => TypedResults.Text($"ready: {current.Now.Catalogue.Agreements.Length} agreements")).ExcludeFromDescription().DisableRateLimiting();
        app.MapOpenApi("/openapi/{documentName}.json");
    }
}
