using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Terms.Import;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary>The page of import: takes one document, reads it in memory, answers, and keeps nothing. How many are read at once is bounded.</summary>
internal sealed class ImportDesk : IDisposable
{
    private static readonly TimeSpan LongestUpload = TimeSpan.FromMinutes(1);

    // Sending is slow and costs memory; reading is quick and costs a processor.
    private readonly ConcurrencyLimiter sending = new(new() { PermitLimit = 8, QueueLimit = 0 });
    private readonly ConcurrencyLimiter reading = new(new() { PermitLimit = 2, QueueLimit = 6 });

    public static void Map(WebApplication app)
    {
        app.MapMethods("/import", [HttpMethods.Get, HttpMethods.Head], (HttpContext context) => Page(context, 200)).ExcludeFromDescription();
        app.MapPost("/import", (HttpContext context, ImportDesk desk, ServedCatalogue served, TimeProvider clock) => desk.Take(context, served, clock))
            .WithMetadata(new RequestSizeLimitAttribute(Upload.LargestBody)).ExcludeFromDescription();
    }

    public void Dispose()
    {
        sending.Dispose();
        reading.Dispose();
    }

    private async Task<RazorComponentResult> Take(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        if (Upload.IsFromElsewhere(context.Request))
        {
            return Page(context, StatusCodes.Status403Forbidden, "Import.Refused.Elsewhere");
        }
        using var place = sending.AttemptAcquire();
        if (!place.IsAcquired)
        {
            return Busy(context);
        }
        Upload upload;
        using var late = new CancellationTokenSource(LongestUpload, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            upload = await Upload.Read(context.Request, end.Token);
        }
        catch (UploadRefusedException refused)
        {
            return Page(context, refused.Status, refused.Words);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            return Page(context, StatusCodes.Status408RequestTimeout, "Import.Refused.Slow");
        }
        try
        {
            return await Read(upload, served, clock.GetUtcNow(), context.RequestAborted) is { } imported ? Page(context, 200, imported: imported) : Busy(context);
        }
        catch (ImportRefusedException refused)
        {
            return Page(context, StatusCodes.Status422UnprocessableEntity, "Import.Refused.Document", refused.Message);
        }
    }

    /// <summary>Reads a document; null if too many are being read.</summary>
    /// <exception cref="ImportRefusedException">The document is too large, broken, hostile or of an unknown kind.</exception>
    public async Task<Imported?> Read(Upload upload, ServedCatalogue served, DateTimeOffset now, CancellationToken cancellation)
    {
        using var turn = await reading.AcquireAsync(1, cancellation);
        return turn.IsAcquired ? await Task.Run(() => Imported.Read(upload, served, now), cancellation) : null;
    }

    private static RazorComponentResult Busy(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "5";
        return Page(context, StatusCodes.Status503ServiceUnavailable, "Import.Refused.Busy");
    }

    private static RazorComponentResult Page(HttpContext context, int status, string? refusal = null, string? why = null, Imported? imported = null)
    {
        // With no referrer at all a browser names no origin either, and the form could not be told from one elsewhere.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        context.Response.Headers.CacheControl = HttpMethods.IsPost(context.Request.Method) ? "no-store" : "private, no-cache";
        return new RazorComponentResult(typeof(ImportPage), new Dictionary<string, object?>
        {
            [nameof(ImportPage.Imported)] = imported,
            [nameof(ImportPage.Refusal)] = refusal,
            [nameof(ImportPage.Why)] = why,
        })
        { StatusCode = status, PreventStreamingRendering = true };
    }
}
