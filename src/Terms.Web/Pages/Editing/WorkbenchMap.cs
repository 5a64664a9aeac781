using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary>
/// The addresses of the workbench. Whoever reads a page is signed in, or is asked to and led back; whoever sends a form is signed in and sends the token of their session with it. What guards
/// the pages about one person (<see cref="PersonalPages"/>) guards these too.
/// </summary>
internal static class WorkbenchMap
{
    /// <summary>The field of every form that carries <see cref="SignedIn.FormToken"/>.</summary>
    public const string TokenField = "form";

    /// <summary>The largest form without an upload, in bytes.</summary>
    public const int LargestForm = 64 * 1024;

    private const int MostFields = 2000;

    /// <summary>Maps all pages.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        SignInPages.Map(app);
        BoardPages.Map(app);
        DraftPages.Map(app);
        ProblemsPages.Map(app);
        ChangesPages.Map(app);
        ReviewPages.Map(app);
        SchedulePages.Map(app);
        NewDraftPages.Map(app);
        TextPages.Map(app);
        EditPages.Map(app);
        EntryPages.Map(app);
        RevisionPages.Map(app);
        NewerVersionPages.Map(app);
        AccountPages.Map(app);
        AuditPages.Map(app);
        WebhookPages.Map(app);
    }

    /// <summary>Whether an address is one of these.</summary>
    public static bool IsThere(PathString address) =>
        address.StartsWithSegments(LocalAddress.Board, StringComparison.OrdinalIgnoreCase) || address.StartsWithSegments(AuditPages.Address, StringComparison.OrdinalIgnoreCase);

    /// <summary>A page for those who are signed in. That it is not for somebody is an event.</summary>
    public static RouteHandlerBuilder MapPage(this IEndpointRouteBuilder app, string address, Func<HttpContext, SignedIn, Task<IResult>> page) =>
        app.MapMethods(address, PageMap.Reading, async (HttpContext context, EditorSessions sessions, ServedStore stored) =>
            !stored.IsThere ? PageMap.Refuse(503, "Refusal.Store")
            : await sessions.Of(context) is { } who ? await Kept(context, who, await page(context, who))
            : new SeeOther(SignInPages.AddressFor(context.Request))).ExcludeFromDescription();

    /// <summary>A step that a form of somebody who is signed in asks for. That it is refused is an event. Read, its address leads to the page above it: a browser has it in its bar when the step was refused, and so have the links to other languages.</summary>
    /// <param name="app">The routes.</param>
    /// <param name="address">Where the form is sent.</param>
    /// <param name="step">Takes the step. It is called only if the form came from a page of this session.</param>
    /// <param name="largest">The largest form in bytes. Uploads are kept in memory.</param>
    public static void MapStep(this IEndpointRouteBuilder app, string address, Func<HttpContext, SignedIn, IFormCollection, Task<IResult>> step, int largest = LargestForm)
    {
        app.MapPage(address, (context, _) => Task.FromResult<IResult>(new SeeOther(Above(context.Request.Path)))).WithOrder(1); // After the page that has the same address.
        app.MapPost(address, async (HttpContext context, EditorSessions sessions, ServedStore stored) =>
        {
            if (!stored.IsThere)
            {
                return PageMap.Refuse(503, "Refusal.Store");
            }
            if (await sessions.Of(context) is not { } who)
            {
                return await RefuseSignedOut(context, sessions);
            }
            return await Kept(context, who, await Form(context, largest) is not { } form ? RefuseForm(context, largest)
                : who.Sent(form[TokenField]) ? await step(context, who, form)
                : RefuseForeign(context));
        }).DisableAntiforgery().ExcludeFromDescription(); // Ours is bound to the session and needs no keys beside the store.
    }

    /// <summary>An answer, once the event is kept of what it refuses.</summary>
    private static async Task<IResult> Kept(HttpContext context, SignedIn who, IResult answer)
    {
        await RefusalNote.Keep(context, who.Account.Name, answer);
        return answer;
    }

    /// <summary>Refuses a form without the token of the session: it is of another one, or another site has made it.</summary>
    private static RazorComponentResult RefuseForeign(HttpContext context)
    {
        RefusalNote.Because(context, "The form does not carry the token of the session.");
        return PageMap.Refuse(403, "Refusal.Form");
    }

    /// <summary>Refuses the form of somebody who is not signed in. Of a stranger nothing is kept; of somebody whose session has ended by itself it is.</summary>
    private static async Task<IResult> RefuseSignedOut(HttpContext context, EditorSessions sessions)
    {
        var answer = PageMap.Refuse(403, "Refusal.SignedOut");
        if (sessions.Ended(context) is { } ended)
        {
            RefusalNote.Because(context, "The session had ended.");
            await RefusalNote.Keep(context, ended, answer);
        }
        return answer;
    }

    /// <summary>The address without its last part.</summary>
    internal static string Above(PathString address) => address.ToUriComponent() is var path ? path[..path.LastIndexOf('/')] : "";

    /// <summary>Refuses what <see cref="Form"/> gives null for.</summary>
    internal static RazorComponentResult RefuseForm(HttpContext context, int largest)
    {
        var isLarge = context.Request.ContentLength > largest;
        RefusalNote.Because(context, isLarge ? string.Create(CultureInfo.InvariantCulture, $"The form is larger than {largest} bytes.") : "It is no form, or a malformed one.");
        return PageMap.Refuse(isLarge ? 413 : 400, "Refusal.Form");
    }

    /// <summary>The form that was sent; null if it is none, too long or malformed.</summary>
    internal static async Task<IFormCollection?> Form(HttpContext context, int largest)
    {
        if (context.Request.ContentLength is null || context.Request.ContentLength > largest || !context.Request.HasFormContentType)
        {
            return null;
        }
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = largest;
        }
        context.Features.Set<IFormFeature>(new FormFeature(context.Request, new FormOptions
        {
            ValueCountLimit = MostFields, KeyLengthLimit = 200, ValueLengthLimit = largest, BufferBodyLengthLimit = largest, MultipartBodyLengthLimit = largest, MemoryBufferThreshold = largest,
        }));
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return null;
        }
    }
}
