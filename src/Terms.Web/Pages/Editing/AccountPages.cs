using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Terms.People;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/account</c>: one's roles, sessions, password and passkeys.</summary>
internal sealed class AccountPages(ServedStore stored, SignInDesk desk, PasskeyDesk passkeys, IStringLocalizer<Wording> words, TimeProvider clock)
{
    /// <summary>The address of the page.</summary>
    public const string Address = "/workbench/account";

    /// <summary>Where a passkey is added.</summary>
    public const string Passkeys = Address + "/passkeys";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage(Address, (context, who) => Task.FromResult<IResult>(Pages(context).Show(context, who, 200, null)));
        app.MapStep(Address, (context, who, form) => Pages(context).ChangePassword(context, who, form));
        app.MapStep(Address + "/sessions", (context, who, form) => Pages(context).EndSession(who, form));
        app.MapStep(Passkeys + "/challenge", (context, who, form) => Pages(context).AskForPasskey(context, who, form));
        app.MapStep(Passkeys, (context, who, form) => Pages(context).AddPasskey(context, who, form));
        app.MapStep(Passkeys + "/remove", (context, who, form) => Pages(context).RemovePasskey(who, form));

        static AccountPages Pages(HttpContext context) => context.RequestServices.GetRequiredService<AccountPages>();
    }

    private RazorComponentResult Show(HttpContext context, SignedIn who, int status, string? problem) => PageMap.Page<AccountPage>(status, new()
    {
        [nameof(AccountPage.Who)] = who,
        [nameof(AccountPage.Sessions)] = stored.Store.Editors.Sessions(who.Account.Name, clock.GetUtcNow()),
        [nameof(AccountPage.Passkeys)] = stored.Store.Passkeys.Of(who.Account.Name),
        [nameof(AccountPage.HasPasskeys)] = passkeys.AreHere(context),
        [nameof(AccountPage.Problem)] = problem,
        [nameof(AccountPage.Done)] = context.Request.Query["changed"].ToString() switch { "yes" => "Account.Changed", "passkey-added" => "Passkey.Done", "passkey-removed" => "Passkey.Removed", _ => null },
    });

    private async Task<IResult> ChangePassword(HttpContext context, SignedIn who, IFormCollection form)
    {
        var (old, @new) = (form["old"].ToString(), form["new"].ToString());
        if (@new != form["again"].ToString())
        {
            return Refuse(context, who, 400, "Account.Differ");
        }
        if (Passwords.Weakness(@new, who.Account.Name, who.Account.DisplayName) is { } weakness)
        {
            return Refuse(context, who, 400, $"Account.Weak.{weakness}");
        }
        if (old == @new)
        {
            return Refuse(context, who, 400, "Account.Same");
        }
        var (token, wait) = await desk.ChangePassword(who, old, @new, context.Connection.RemoteIpAddress);
        if (token is not null)
        {
            EditorSessions.Hand(context, token);
            return new SeeOther(Address + "?changed=yes");
        }
        if (wait is { } span)
        {
            SignInPages.AskToWait(context, span);
            return Refuse(context, who, 429, "SignIn.Wait");
        }
        RefusalNote.IsKept(context); // As any other password that was wrong.
        return Refuse(context, who, 403, "Account.Wrong");
    }

    private RazorComponentResult Refuse(HttpContext context, SignedIn who, int status, string problem)
    {
        RefusalNote.Says(context, problem);
        return Show(context, who, status, problem);
    }

    /// <summary>Ends another session of one's own. What is not one's own is not there.</summary>
    private async Task<IResult> EndSession(SignedIn who, IFormCollection form) =>
        await stored.Store.Editors.SignOut(who.Account.Name, form["session"].ToString(), clock.GetUtcNow(), isOther: form["session"] != who.Session.Id) ? new SeeOther(Address) : PageMap.Refuse(404, "Refusal.Session");

    /// <summary>What the script asks for before it asks the device.</summary>
    private async Task<IResult> AskForPasskey(HttpContext context, SignedIn who, IFormCollection form)
    {
        if (!Passkey.IsName(Name(form)))
        {
            RefusalNote.Passkey(context, PasskeyRefusal.Unnamed);
            return PasskeyAnswer.Refused(400, words["Passkey.Unnamed", Passkey.LongestName]);
        }
        if (stored.Store.Passkeys.Of(who.Account.Name).Length >= Passkey.Most)
        {
            RefusalNote.Passkey(context, PasskeyRefusal.Full);
            return PasskeyAnswer.Refused(409, words["Passkey.Full", Passkey.Most]);
        }
        var asked = await passkeys.AskToAdd(context, who, form["password"].ToString());
        if (asked.Wait is not null)
        {
            RefusalNote.Passkey(context, PasskeyRefusal.Crowded);
        }
        else if (asked.Given is null)
        {
            RefusalNote.IsKept(context); // As any other password that was wrong.
        }
        return PasskeyAnswer.Of(context, asked, words, "Account.Wrong");
    }

    private async Task<IResult> AddPasskey(HttpContext context, SignedIn who, IFormCollection form)
    {
        if ((Passkey.IsName(Name(form)) ? await passkeys.Add(context, who, Name(form), form["credential"].ToString()) : PasskeyRefusal.Unnamed) is not { } refusal)
        {
            return new SeeOther(Address + "?changed=passkey-added");
        }
        RefusalNote.Passkey(context, refusal);
        return Show(context, who, 403, "Passkey.NotAdded");
    }

    /// <summary>Removes a passkey of one's own. What is not one's own is not there.</summary>
    private async Task<IResult> RemovePasskey(SignedIn who, IFormCollection form) =>
        await stored.Store.Passkeys.Remove(who.Account.Name, form["passkey"].ToString(), clock.GetUtcNow()) ? new SeeOther(Address + "?changed=passkey-removed") : PageMap.Refuse(404, "Refusal.Passkey");

    private static string Name(IFormCollection form) => form["name"].ToString().Trim();
}
