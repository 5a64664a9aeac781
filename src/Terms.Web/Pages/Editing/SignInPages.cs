using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Terms.People;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/sign-in</c> and <c>/workbench/sign-out</c>.</summary>
internal static class SignInPages
{
    /// <summary>Where one signs in.</summary>
    public const string Address = "/workbench/sign-in";

    /// <summary>Where one signs in with a passkey.</summary>
    public const string Passkey = Address + "/passkey";

    private const int LargestForm = 32 * 1024;

    /// <summary>The address to sign in at, from which one is led back to what was asked for.</summary>
    public static string AddressFor(HttpRequest asked)
    {
        var back = LocalAddress.Of(asked.Path.ToUriComponent() + asked.QueryString.ToUriComponent());
        return back == LocalAddress.Board ? Address : Address + QueryString.Create("to", back);
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapMethods(Address, PageMap.Reading, Ask).ExcludeFromDescription();
        app.MapPost(Address, SignIn).DisableAntiforgery().ExcludeFromDescription();
        app.MapMethods(Passkey, PageMap.Reading, () => new SeeOther(Address)).ExcludeFromDescription(); // Here a passkey was refused, and another language asked for.
        app.MapPost(Passkey, SignInWithPasskey).DisableAntiforgery().ExcludeFromDescription();
        app.MapPost(Passkey + "/challenge", Challenge).DisableAntiforgery().ExcludeFromDescription();
        app.MapStep("/workbench/sign-out", SignOut);
    }

    private static async Task<IResult> Ask(HttpContext context, EditorSessions sessions, ServedStore stored) =>
        Closed(context, stored) is { } closed ? closed
            : await sessions.Of(context) is not null ? new SeeOther(LocalAddress.Of(context.Request.Query["to"]))
            : Page(context, 200, "", context.Request.Query["to"], null);

    private static async Task<IResult> SignIn(HttpContext context, SignInDesk desk, ServedStore stored)
    {
        if (Closed(context, stored) is { } closed)
        {
            return closed;
        }
        if (await WorkbenchMap.Form(context, LargestForm) is not { } form)
        {
            return WorkbenchMap.RefuseForm(context, LargestForm);
        }
        var (name, to) = (form["name"].ToString().Trim(), form["to"].ToString());
        return EditorSessions.SentFormToSignIn(context, form[WorkbenchMap.TokenField]) is null
            ? Page(context, 403, name, to, "SignIn.Again")
            : Outcome(context, await desk.SignIn(name, form["password"].ToString(), context.Connection.RemoteIpAddress), name, to, "SignIn.Refused");
    }

    private static async Task<IResult> SignInWithPasskey(HttpContext context, PasskeyDesk desk, ServedStore stored)
    {
        if (Closed(context, stored) is { } closed)
        {
            return closed;
        }
        if (await WorkbenchMap.Form(context, LargestForm) is not { } sent)
        {
            return WorkbenchMap.RefuseForm(context, LargestForm);
        }
        return EditorSessions.SentFormToSignIn(context, sent[WorkbenchMap.TokenField]) is not { } form
            ? Page(context, 403, "", sent["to"], "SignIn.Again")
            : Outcome(context, await desk.SignIn(context, form, sent["credential"].ToString()), "", sent["to"], "SignIn.Passkey.Refused");
    }

    /// <summary>What the script asks for before it asks the device.</summary>
    private static async Task<IResult> Challenge(HttpContext context, PasskeyDesk desk, ServedStore stored, IStringLocalizer<Wording> words)
    {
        if (Closed(context, stored) is { } closed)
        {
            return closed;
        }
        return await WorkbenchMap.Form(context, LargestForm) is not { } sent ? WorkbenchMap.RefuseForm(context, LargestForm)
            : EditorSessions.SentFormToSignIn(context, sent[WorkbenchMap.TokenField]) is not { } form ? PasskeyAnswer.Refused(403, words["SignIn.Again"])
            : PasskeyAnswer.Of(context, await desk.AskToSignIn(context, form), words, "SignIn.Passkey.Refused");
    }

    private static IResult Outcome(HttpContext context, SignInOutcome outcome, string name, string? to, string refusal)
    {
        if (outcome.Given is { } token)
        {
            EditorSessions.Hand(context, token);
            return new SeeOther(LocalAddress.Of(to));
        }
        if (outcome.Wait is { } wait)
        {
            AskToWait(context, wait);
            return Page(context, 429, name, to, "SignIn.Wait");
        }
        return Page(context, 403, name, to, refusal);
    }

    /// <summary>Says when it makes sense to try again.</summary>
    internal static void AskToWait(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static async Task<IResult> SignOut(HttpContext context, SignedIn who, IFormCollection form)
    {
        var (editors, now) = (context.RequestServices.GetRequiredService<ServedStore>().Store.Editors, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        await (form["everywhere"] == "yes" ? editors.SignOutEverywhere(who.Account.Name, now) : (Task)editors.SignOut(who.Account.Name, who.Session.Id, now));
        EditorSessions.Forget(context);
        return new SeeOther(Address + "?out=yes");
    }

    private static RazorComponentResult? Closed(HttpContext context, ServedStore stored) =>
        !stored.IsThere ? PageMap.Refuse(503, "Refusal.Store") : !EditorSessions.IsSafe(context) ? PageMap.Refuse(403, "Refusal.Plain") : null;

    private static RazorComponentResult Page(HttpContext context, int status, string name, string? to, string? problem) => PageMap.Page<SignInPage>(status, new()
    {
        [nameof(SignInPage.FormToken)] = EditorSessions.FormToken(context),
        [nameof(SignInPage.Name)] = EditorAccount.IsName(name) ? name : "", // What cannot be a name may be a password, and is not shown.
        [nameof(SignInPage.To)] = LocalAddress.Of(to),
        [nameof(SignInPage.HasPasskeys)] = context.RequestServices.GetRequiredService<PasskeyDesk>().AreHere(context),
        [nameof(SignInPage.Problem)] = problem,
        [nameof(SignInPage.IsOut)] = context.Request.Query["out"] == "yes",
    });
}
