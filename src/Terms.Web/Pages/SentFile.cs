using System.Security.Cryptography;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Terms.Web.Pages;

/// <summary>A file that pages need, a part of the program: it is there wherever the program is started from. Its address carries its digest, so that it can be kept for good; under another digest, that of an older or newer release, it is asked for again.</summary>
internal sealed class SentFile
{
    private readonly byte[] bytes;
    private readonly string digest;
    private readonly string name;
    private readonly string mediaType;

    private SentFile(string name, string mediaType)
    {
        using var stream = typeof(SentFile).Assembly.GetManifestResourceStream(name)!;
        bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        (this.name, this.mediaType) = (name, mediaType);
        digest = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        Address = $"/{name}?v={digest}";
    }

    /// <summary>The style of every page.</summary>
    public static readonly SentFile Styles = new("terms.css", "text/css; charset=utf-8");

    /// <summary>What the workbench needs beside it.</summary>
    public static readonly SentFile WorkbenchStyles = new("workbench.css", "text/css; charset=utf-8");

    /// <summary>What makes the editor quicker to use. No page needs it.</summary>
    public static readonly SentFile WorkbenchScript = new("workbench.js", "text/javascript; charset=utf-8");

    /// <summary>What adds passkeys and signs in with them. Where it does not run, nobody is shown them.</summary>
    public static readonly SentFile PasskeyScript = new("passkey.js", "text/javascript; charset=utf-8");

    /// <summary>Where it is.</summary>
    public string Address { get; }

    /// <summary>Maps the addresses.</summary>
    public static void MapAll(IEndpointRouteBuilder app)
    {
        foreach (var file in new[] { Styles, WorkbenchStyles, WorkbenchScript, PasskeyScript })
        {
            app.MapMethods("/" + file.name, PageMap.Reading, file.Send).ExcludeFromDescription();
        }
    }

    private FileContentHttpResult Send(HttpContext context)
    {
        context.Response.Headers.CacheControl = context.Request.Query["v"] == digest ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(bytes, mediaType);
    }
}
