using System.Globalization;
using Terms.People;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/account</c>: one's roles, sessions and password.</summary>
internal sealed class AccountPages(ServedStore stored, SignInDesk desk, TimeProvider clock)
{
    /// <summary>The address of the page.</summary>
    public const string Address = "/workbench/account";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage(Address, (context, who) => Task.FromResult(Pages(context).Show(who, 200, null, context.Request.Query["changed"] == "yes")));
        app.MapStep(Address, (context, who, form) => Pages(context).ChangePassword(context, who, form));
        app.MapStep(Address + "/sessions", (context, who, form) => Pages(context).EndSession(who, form));

        static AccountPages Pages(HttpContext context) => context.RequestServices.GetRequiredService<AccountPages>();
    }

    public IResult Show(SignedIn who, int status, string? problem, bool isChanged = false) => PageMap.Page<AccountPage>(status, new()
    {
        [nameof(AccountPage.Who)] = who,
        [nameof(AccountPage.Sessions)] = stored.Store.Editors.Sessions(who.Account.Name, clock.GetUtcNow()),
        [nameof(AccountPage.Problem)] = problem,
        [nameof(AccountPage.IsChanged)] = isChanged,
    });

    public async Task<IResult> ChangePassword(HttpContext context, SignedIn who, IFormCollection form)
    {
        var (old, @new) = (form["old"].ToString(), form["new"].ToString());
        if (@new != form["again"].ToString())
        {
            return Show(who, 400, "Account.Differ");
        }
        if (Passwords.Weakness(@new, who.Account.Name, who.Account.DisplayName) is { } weakness)
        {
            return Show(who, 400, $"Account.Weak.{weakness}");
        }
        if (old == @new)
        {
            return Show(who, 400, "Account.Same");
        }
        var (token, wait) = await desk.ChangePassword(who, old, @new, context.Connection.RemoteIpAddress);
        if (token is not null)
        {
            EditorSessions.Hand(context, token);
            return new SeeOther(Address + "?changed=yes");
        }
        if (wait is { } span)
        {
            context.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(span.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return Show(who, 429, "SignIn.Wait");
        }
        return Show(who, 403, "Account.Wrong");
    }

    /// <summary>Ends another session of one's own. What is not one's own is not there.</summary>
    public async Task<IResult> EndSession(SignedIn who, IFormCollection form) =>
        await stored.Store.Editors.SignOut(who.Account.Name, form["session"].ToString(), clock.GetUtcNow()) ? new SeeOther(Address) : PageMap.Refuse(404, "Refusal.Session");
}
