using System.Buffers;
using System.Text.Json;

namespace Terms.Web.Endpoints;

/// <summary>A problem answer (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The last part of its type, one of the names of the API.</param>
/// <param name="Detail">What is wrong and what to send instead.</param>
internal sealed record ApiProblem(int Status, string Type, string Detail);

/// <summary>Ends a request with a problem answer.</summary>
internal sealed class ApiException(ApiProblem problem) : Exception(problem.Detail)
{
    public ApiException(int status, string type, string detail)
        : this(new ApiProblem(status, type, detail))
    {
    }

    public ApiProblem Problem { get; } = problem;

    public static ApiException Parameter(string detail) => new(400, "invalid-parameter", detail);
}

/// <summary>Writes problem answers.</summary>
internal static class Problems
{
    /// <summary>Types begin with this; the path is explained in <c>docs/problems.md</c>.</summary>
    public const string TypePrefix = "/problems/";

    public static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal) || path.StartsWith("/openapi/", StringComparison.Ordinal);

    public static async Task Write(HttpContext context, ApiProblem problem)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            Write(json, problem);
        }
        context.Response.StatusCode = problem.Status;
        context.Response.ContentType = "application/problem+json";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = body.WrittenCount;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
        }
    }

    public static void Write(Utf8JsonWriter json, ApiProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("type", TypePrefix + problem.Type);
        json.WriteString("title", problem.Type.Replace('-', ' '));
        json.WriteNumber("status", problem.Status);
        json.WriteString("detail", problem.Detail);
        json.WriteEndObject();
    }
}
