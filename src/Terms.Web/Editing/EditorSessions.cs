using System.Net;
using Terms.People;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// The cookie that keeps somebody signed in. Over https it is bound to this host (<c>__Host-</c>, RFC 6265bis, section 4.1.3.2); plain http serves on the machine itself only, for trying things out.
/// </summary>
internal sealed class EditorSessions(ServedStore stored, TimeProvider clock)
{
    private const string SessionCookie = "terms-session";
    private const string FormCookie = "terms-sign-in";
    private const string FormsOfSession = "terms-workbench-form/1";
    private const string FormOfSignIn = "terms-sign-in-form/1";
    private static readonly object Found = new();

    /// <summary>Whether a password may be sent on this connection: it is https, or does not leave the machine.</summary>
    public static bool IsSafe(HttpContext context) =>
        context.Request.IsHttps || ((context.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(context.Connection.RemoteIpAddress)) && IsThisMachine(context.Request.Host.Host));

    /// <summary>Who sends a request; null if nobody is signed in. It is looked up once a request, so that a disabled account, a changed right, or an ended session counts at once.</summary>
    public async ValueTask<SignedIn?> Of(HttpContext context)
    {
        if (context.Items.TryGetValue(Found, out var known))
        {
            return (SignedIn?)known;
        }
        var (token, now) = (context.Request.Cookies[Name(context, SessionCookie)], clock.GetUtcNow());
        SignedIn? who = null;
        if (stored.IsThere && EditorSession.IdOf(token) is { } id && stored.Store.Editors.Find(id, now) is { } found)
        {
            who = new SignedIn(found.Account, found.Session, SignedIn.TokenOf(token!, FormsOfSession));
            if (found.Session.IsStale(now))
            {
                await stored.Store.Editors.Touch(id, now);
            }
        }
        context.Items[Found] = who;
        return who;
    }

    /// <summary>Who sends a request with a session that has ended by itself; null if nobody does.</summary>
    public string? Ended(HttpContext context) =>
        stored.IsThere && EditorSession.IdOf(context.Request.Cookies[Name(context, SessionCookie)]) is { } id ? stored.Store.Editors.Ended(id, clock.GetUtcNow()) : null;

    /// <summary>A new session, and its token. Whatever token the browser sent before is not taken over.</summary>
    public (EditorSession Session, string Token) New(string editor)
    {
        var (token, now) = (EditorSession.NewToken(), clock.GetUtcNow());
        return (new EditorSession(EditorSession.IdOf(token)!, editor, now, now), token);
    }

    /// <summary>Hands the token of a session to the browser. It lasts there as long as the browser is open, and here as long as the session.</summary>
    public static void Hand(HttpContext context, string token)
    {
        context.Response.Cookies.Append(Name(context, SessionCookie), token, Options(context, SameSiteMode.Lax));
        context.Response.Cookies.Delete(Name(context, FormCookie), Options(context, SameSiteMode.Strict));
        context.Items[Found] = null;
    }

    /// <summary>Takes the token back from the browser.</summary>
    public static void Forget(HttpContext context)
    {
        context.Response.Cookies.Delete(Name(context, SessionCookie), Options(context, SameSiteMode.Lax));
        context.Items[Found] = null;
    }

    /// <summary>The token of the form to sign in, bound to a cookie of its own: nobody can be signed in to an account that is not theirs by the form of another site.</summary>
    public static string FormToken(HttpContext context)
    {
        var name = Name(context, FormCookie);
        var secret = context.Request.Cookies[name];
        if (EditorSession.IdOf(secret) is null)
        {
            secret = EditorSession.NewToken();
            context.Response.Cookies.Append(name, secret, Options(context, SameSiteMode.Strict));
        }
        return SignedIn.TokenOf(secret!, FormOfSignIn);
    }

    /// <summary>The digest of this browser's secret, if the form to sign in was sent by the page that it was given; else null.</summary>
    public static string? SentFormToSignIn(HttpContext context, string? formToken) =>
        context.Request.Cookies[Name(context, FormCookie)] is { } secret && EditorSession.IdOf(secret) is { } form && SignedIn.IsSame(formToken, SignedIn.TokenOf(secret, FormOfSignIn)) ? form : null;

    private static string Name(HttpContext context, string cookie) => context.Request.IsHttps ? $"__Host-{cookie}" : cookie;

    private static CookieOptions Options(HttpContext context, SameSiteMode sameSite) => new() { Path = "/", HttpOnly = true, Secure = context.Request.IsHttps, SameSite = sameSite, IsEssential = true };

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
