using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Terms.Web.Endpoints;

/// <summary>JSON that is for the caller alone: never kept by anything in between.</summary>
internal static class JsonAnswer
{
    /// <summary>Characters outside ASCII are written as they are.</summary>
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Sends a document.</summary>
    public static Task Send<T>(HttpContext context, int status, T document, JsonTypeInfo<T> type) => Send(context, status, JsonSerializer.SerializeToUtf8Bytes(document, type));

    /// <summary>Sends bytes of JSON.</summary>
    public static async Task Send(HttpContext context, int status, ReadOnlyMemory<byte> json)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.ContentLength = json.Length;
        await response.BodyWriter.WriteAsync(json, context.RequestAborted);
    }

    /// <summary>Canonical bytes as a member of a document.</summary>
    public static JsonElement Element(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return JsonElement.ParseValue(ref reader);
    }
}
