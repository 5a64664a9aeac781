using System.Security.Cryptography;

namespace Terms.Web.Pages;

/// <summary>The one style sheet of the pages. Its address carries its digest, so that it can be kept for good.</summary>
internal static class Styles
{
    private static readonly byte[] Bytes = Read();

    /// <summary>Where it is.</summary>
    public static readonly string Address = "/terms.css?v=" + Convert.ToHexStringLower(SHA256.HashData(Bytes))[..12];

    public static IResult Send(HttpContext context)
    {
        context.Response.Headers.CacheControl = context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(Bytes, "text/css; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = typeof(Styles).Assembly.GetManifestResourceStream("terms.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
