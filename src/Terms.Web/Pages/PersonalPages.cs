using Terms.Acceptance;
using Terms.Storage;
using Terms.Web.Editing;
using Terms.Web.Pages.Editing;

namespace Terms.Web.Pages;

/// <summary>
/// What the pages about one person, and those of the workbench, have in common: no cache keeps them, no frame shows them, no search engine lists them, and they take forms from themselves alone. What goes wrong is
/// told on a page.
/// </summary>
internal static partial class PersonalPages
{
    private const int LargestForm = 16 * 1024;

    private static readonly string[] Roots = ["/accept", "/acceptances", "/workbench", "/audit"];

    /// <summary>Guards the addresses of these pages.</summary>
    public static async Task Guard(HttpContext context, RequestDelegate next)
    {
        if (!Roots.Any(r => context.Request.Path.StartsWithSegments(r, StringComparison.OrdinalIgnoreCase))) // Routes are found in any letters.
        {
            await next(context);
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.XFrameOptions = "DENY"; // For browsers that do not know frame-ancestors.
        headers["X-Robots-Tag"] = "noindex, nofollow";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        try
        {
            await (IsSentByAnother(context.Request) ? RefuseElsewhere(context) : next(context));
        }
        catch (StoreBusyException) when (!context.Response.HasStarted)
        {
            headers.RetryAfter = "1";
            await PageMap.Refuse(503, "Refusal.Busy").ExecuteAsync(context);
        }
        catch (StoreException failed) when (!context.Response.HasStarted)
        {
            Failed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(PersonalPages)), failed, context.TraceIdentifier);
            await PageMap.Refuse(503, "Refusal.Unavailable").ExecuteAsync(context);
        }
    }

    /// <summary>The form that was sent; null if it is none, too long or malformed.</summary>
    public static async Task<IFormCollection?> Form(HttpContext context)
    {
        if (context.Request.ContentLength is null or > LargestForm || !context.Request.HasFormContentType)
        {
            return null;
        }
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return null;
        }
    }

    /// <summary>Where an answer came from: for the record as commitments, for the annex in words.</summary>
    public static PersonalDetails Details(HttpContext context)
    {
        var details = new List<PersonalDetail>();
        if (context.Connection.RemoteIpAddress is { } address)
        {
            details.Add(PersonalDetail.Salted("network-address", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()));
        }
        var agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length is > 0 and <= 1000 && PlainText.IsPrintable(agent))
        {
            details.Add(PersonalDetail.Salted("user-agent", agent));
        }
        return new PersonalDetails(details);
    }

    /// <summary>A receipt as a file to save.</summary>
    public static IResult File(Receipt receipt) => TypedResults.File(receipt.Bytes(), "application/json", $"receipt-{receipt.Id}.json");

    /// <summary>Refuses the form of another site. In the workbench that is kept with the name of whoever is signed in there.</summary>
    private static async Task RefuseElsewhere(HttpContext context)
    {
        var answer = PageMap.Refuse(403, "Refusal.Elsewhere");
        if (WorkbenchMap.IsThere(context.Request.Path) && await context.RequestServices.GetRequiredService<EditorSessions>().Of(context) is { } who)
        {
            await RefusalNote.Keep(context, who.Account.Name, answer);
        }
        await answer.ExecuteAsync(context);
    }

    /// <summary>
    /// Whether the page of another site sent a form in the reader's name (Fetch Metadata, <c>Sec-Fetch-Site</c>). <c>Origin</c> is no help here: under
    /// <c>Referrer-Policy: no-referrer</c> it is <c>null</c> for our own forms too. Browsers that do not send the header are held by the tokens.
    /// </summary>
    private static bool IsSentByAnother(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Headers["Sec-Fetch-Site"] is [{ } site] && site != "same-origin";

    [LoggerMessage(LogLevel.Error, "Page {Trace} failed")]
    private static partial void Failed(ILogger log, Exception failure, string trace);
}
