using System.Text.Json;
using Microsoft.AspNetCore.Cors;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>The routes of acceptances, for services with keys, and those of the logs, for everybody.</summary>
internal static class AcceptanceMap
{
    private static readonly string[] Reading = ["GET", "HEAD"];

    public static void MapAcceptances(this WebApplication app)
    {
        var services = app.MapGroup("/api/v1").WithMetadata(new DisableCorsAttribute());
        services.MapPost("/presentations", PresentationEndpoint.Create).Takes(typeof(PresentationRequest)).Creates(typeof(PresentationDocument), 400, 401, 403, 404, 413, 415, 503);
        services.MapPost("/acceptances", AcceptanceEndpoints.Record).Takes(typeof(AcceptanceRequest)).Header("Idempotency-Key!").Creates(typeof(RecordedDocument), 400, 401, 403, 404, 409, 413, 415, 422, 503)
            .WithMetadata(new ProducesResponseTypeMetadata(200, typeof(RecordedDocument), ["application/json"]));
        services.MapPost("/acceptances/import", TransferEndpoints.Import).Takes(typeof(IReadOnlyList<ImportRequest>), "application/jsonl")
            .WithMetadata(new BodyLimit(TransferEndpoints.LargestImport)).Answers(typeof(IReadOnlyList<ImportedDocument>), 401, 403, 413, 415, 503);
        services.MapGet("/acceptances/export", TransferEndpoints.Export).AnswersFile("application/jsonl", 401, 403, 503);
        services.MapGet("/acceptances/{id}", AcceptanceEndpoints.One).Answers(typeof(AcceptanceDocument), 401, 403, 404, 503);
        services.MapGet("/acceptances/{id}/receipt", AcceptanceEndpoints.Receipt).Queries("details").Answers(typeof(JsonElement), 400, 401, 403, 404, 503);
        services.MapDelete("/acceptances/{id}/details", AcceptanceEndpoints.EraseDetails).Answers(typeof(ErasedDocument), 401, 403, 404, 409, 503);

        services.MapGet("/subjects/{subject}/status", SubjectEndpoints.Status)
            .Queries("residence!", "role!", "accessFrom", "site", "service", "member", "business", "registered", "agreement", "at", "knownAt").Answers(typeof(StatusDocument), 400, 401, 403, 404, 503);
        services.MapGet("/subjects/{subject}/acceptances", SubjectEndpoints.Acceptances).Answers(typeof(IReadOnlyList<AcceptanceDocument>), 400, 401, 403, 503);
        services.MapPost("/subjects/{subject}/link", SubjectEndpoints.Link).Queries("minutes").Answers(typeof(LinkDocument), 400, 401, 403, 503);
        services.MapGet("/subjects/{subject}/evidence", SubjectEndpoints.Evidence).Queries("agreement!").AnswersFile("application/zip", 400, 401, 403, 404, 503);
        services.MapPut("/subjects/{subject}/hold", SubjectEndpoints.Hold).Takes(typeof(HoldRequest)).Does(400, 401, 403, 413, 415, 503);
        services.MapDelete("/subjects/{subject}/hold", SubjectEndpoints.Release).Does(400, 401, 403, 503);

        foreach (var (root, log) in new[] { ("/log", Logs.Acceptances), ("/catalogue-log", Logs.Catalogue) })
        {
            app.MapMethods(root + "/checkpoint", Reading, (HttpContext context, ServedStore stored) => LogEndpoints.Checkpoint(context, stored, log)).ExcludeFromDescription();
            app.MapMethods(root + "/key", Reading, (HttpContext context, ServedStore stored) => LogEndpoints.Key(context, stored, log)).ExcludeFromDescription();
            app.MapMethods(root + "/tile/{level}/{**tile}", Reading, (HttpContext context, ServedStore stored, string level, string tile) => LogEndpoints.Tile(context, stored, log, level, tile)).ExcludeFromDescription();
        }
        app.MapMethods("/catalogue-log/tile/entries/{**tile}", Reading, LogEndpoints.Entries).ExcludeFromDescription();
    }
}
