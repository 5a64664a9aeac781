using System.Buffers;
using System.Text.Json;

namespace Terms.Web.Endpoints;

/// <summary>A problem answer (RFC 9457).</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Type">The last part of its type, one of the names of the API.</param>
/// <param name="Detail">What is wrong and what to send instead.</param>
/// <param name="Reason">Which of the reasons of the type it is, for programs; null for types that have one.</param>
internal sealed record ApiProblem(int Status, string Type, string Detail, string? Reason = null);

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
    private const string TypePrefix = "/problems/";

    /// <summary>Every type, with what it means; served at its own address.</summary>
    private static readonly Dictionary<string, string> Meanings = new(StringComparer.Ordinal)
    {
        ["unknown-agreement"] = "The catalogue has no agreement of that name. GET /api/v1/agreements lists all.",
        ["unknown-version"] = "The agreement has no version of that name, or the catalogue had not learnt of it at knownAt.",
        ["unknown-clause"] = "The text has no clause with that label. The text in format=json lists all labels.",
        ["no-version-at-instant"] = "No version is known to have been in force at that instant.",
        ["invalid-parameter"] = "A parameter is missing, unknown, sent twice or malformed. The detail says what to send instead.",
        ["too-large"] = "The body is larger than 1 MB or holds more than 1,000 questions.",
        ["not-allowed"] = "The service's key is missing, unknown or revoked (401), or does not allow this; or a token is not what this server signed (403).",
        ["no-store"] = "The server keeps no acceptances: Terms:Data is not set. `terms store create` makes a store.",
        ["stale-presentation"] = "The form is not taken any more, and nothing was recorded. The reason is late (its time is over), changed (what applies has changed since) or used (it was answered).",
        ["unknown-acceptance"] = "The store has no acceptance of that id, or none of that subject.",
        ["cannot-withdraw"] = "The act is no acceptance, or was withdrawn already.",
        ["on-hold"] = "The personal details of the subject are on hold and are not erased.",
        ["unknown-notice"] = "The store has no notice of that name.",
        ["notice-state"] = "The notice is in a state from which that cannot follow, such as arriving before it was sent.",
        ["no-carrier"] = "Nobody carries such notices: there is no webhook with notice.send, or no mail server.",
        ["no-address"] = "The server does not know its public address, which notices have to name: Terms:Address is not set.",
        ["store-busy"] = "Too much waits to be written. Retry-After says how long to wait; nothing was recorded.",
        ["store-unavailable"] = "The store cannot do that now. It is logged on the server; nothing was recorded.",
        ["not-found"] = "There is nothing at that address.",
        ["method-not-allowed"] = "The address does not answer that method.",
        ["too-many-requests"] = "More requests came from one address than are allowed within a minute. Retry-After says how long to wait.",
        ["internal-error"] = "Something went wrong on the server. It is logged there.",
    };

    /// <summary>Explains a type in words.</summary>
    public static IResult Explain(string type) => Meanings.TryGetValue(type, out var meaning)
        ? TypedResults.Text($"{type}: {meaning}\n")
        : throw new ApiException(404, "not-found", $"There is no problem type of that name. Known are: {string.Join(", ", Meanings.Keys)}.");

    public static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.OrdinalIgnoreCase) || path.StartsWith("/openapi/", StringComparison.OrdinalIgnoreCase);

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
        if (problem.Reason is { } reason)
        {
            json.WriteString("reason", reason);
        }
        json.WriteEndObject();
    }
}
