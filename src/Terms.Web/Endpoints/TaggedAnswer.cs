using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;

namespace Terms.Web.Endpoints;

/// <summary>A body with a strong ETag; a request that already has it is answered 304 (RFC 9110, section 13).</summary>
internal sealed class TaggedAnswer(byte[] body, string contentType, string caching) : IResult
{
    /// <summary>May be kept for a day without asking: it never changes.</summary>
    public const string Immutable = "public, max-age=86400";

    /// <summary>May be kept, but asks each time.</summary>
    public const string Revalidated = "public, no-cache";

    public static TaggedAnswer Json<T>(T document, JsonTypeInfo<T> type, string caching = Revalidated) =>
        new(JsonSerializer.SerializeToUtf8Bytes(document, type), "application/json; charset=utf-8", caching);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 16))}\"");
        var headers = response.GetTypedHeaders();
        headers.ETag = tag;
        response.Headers.CacheControl = caching;
        var known = httpContext.Request.GetTypedHeaders().IfNoneMatch;
        if (known is not null && known.Any(k => k.Compare(tag, useStrongComparison: false) || k == EntityTagHeaderValue.Any))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method))
        {
            await response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
