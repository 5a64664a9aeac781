using Terms.Storage;
using Terms.Web.Endpoints;

namespace Terms.Web.Hosting;

/// <summary>Turns what an endpoint refuses, and what goes wrong, into problem answers; never a stack trace.</summary>
internal sealed partial class Refusals(RequestDelegate next, ILogger<Refusals> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (ApiException refused) when (!context.Response.HasStarted)
        {
            await Problems.Write(context, refused.Problem);
        }
        catch (StoreBusyException) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "1";
            await Problems.Write(context, new ApiProblem(503, "store-busy", "Too much waits to be written, and nothing of this was recorded. Send it again in a second."));
        }
        catch (StoreException failed) when (!context.Response.HasStarted)
        {
            Failed(log, failed, context.TraceIdentifier);
            await Problems.Write(context, new ApiProblem(503, "store-unavailable", $"The store cannot do that now. It is logged here under {context.TraceIdentifier}."));
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            await Problems.Write(context, bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? new ApiProblem(413, "too-large", "The body is larger than 1 MB (64 MB in an import). Send at most 1,000 questions in one call.")
                : new ApiProblem(bad.StatusCode, "invalid-parameter", "The request could not be read. Send well-formed HTTP and JSON."));
        }
        catch (Exception unforeseen) when (!context.Response.HasStarted && unforeseen is not OperationCanceledException)
        {
            Failed(log, unforeseen, context.TraceIdentifier);
            await Problems.Write(context, new ApiProblem(500, "internal-error", $"Something went wrong here. It is logged under {context.TraceIdentifier}."));
        }
    }

    [LoggerMessage(LogLevel.Error, "Request {Trace} failed")]
    private static partial void Failed(ILogger log, Exception failure, string trace);
}
