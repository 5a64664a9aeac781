using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http.Metadata;

namespace Terms.Web.Endpoints;

/// <summary>The routes of notices, for services with keys.</summary>
internal static class NoticeMap
{
    public static void MapNotices(this WebApplication app)
    {
        var services = app.MapGroup("/api/v1").WithMetadata(new DisableCorsAttribute());
        services.MapPost("/notices", (HttpContext context, NoticeDesk desk) => desk.Post(context)).Takes(typeof(NoticeRequest), "application/jsonl").Header("Idempotency-Key!")
            .WithMetadata(new BodyLimit(NoticeDesk.LargestStream)).Answers(typeof(NoticesDocument), 400, 401, 403, 404, 409, 413, 415, 503);
        services.MapGet("/notices/{id}", NoticeEndpoints.One).Answers(typeof(NoticeDocument), 401, 403, 404, 503);
        services.MapPost("/notices/{id}/events", NoticeEndpoints.Report).Takes(typeof(NoticeReportRequest)).Answers(typeof(NoticeDocument), 400, 401, 403, 404, 409, 413, 415, 503);
        services.MapGet("/subjects/{subject}/notices", NoticeEndpoints.OfSubject).Answers(typeof(IReadOnlyList<NoticeDocument>), 400, 401, 403, 503);
    }
}

/// <summary>The greatest body of a route, where it is not the one of all.</summary>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
