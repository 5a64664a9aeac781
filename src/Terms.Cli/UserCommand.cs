using System.CommandLine;
using System.Globalization;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms user</c>: who works on texts.</summary>
internal static class UserCommand
{
    private const string Roles = "drafter, reviewer, publisher or auditor, for every agreement; or for one, as in drafter:free-membership";

    public static Command Create(TimeProvider clock) => new("user", "Who works on texts, and in which roles. May run beside a server, and counts there from the next request on.")
    {
        Add(clock), Password(clock), Grant(clock), Revoke(clock), Disable(clock), Enable(clock), Passkeys(clock), List(clock),
    };

    private static Command Add(TimeProvider clock)
    {
        var (folder, name) = (new DataFolder(), Name("The name to sign in with: lower-case letters, digits, `.`, `-`, `_` and `@`. It stands in every event and never goes to somebody else."));
        var display = new Option<string?>("--display-name") { Description = "What others see. Default: the name." };
        var roles = new Option<string[]>("--role") { Description = $"A role, once for each: {Roles}." };
        var command = new Command("add", "Makes an account. The password is read from standard input if that is no terminal, else asked for twice, without being shown.") { name, display, roles };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var given = parsed.GetRequiredValue(name);
            var account = Checked(() => new EditorAccount(given, parsed.GetValue(display) ?? given, [.. (parsed.GetValue(roles) ?? []).Select(People.Roles.Parse).Distinct()], clock.GetUtcNow()));
            var accounts = new EditorAccounts(folder.Of(parsed));
            accounts.Add(account, NewPassword(account), Me);
            Console.WriteLine($"Made {account.Name}: {RolesOf(account)}.");
            return 0;
        });
        return command;
    }

    private static Command Password(TimeProvider clock)
    {
        var (folder, name) = (new DataFolder(), Name());
        var command = new Command("password", "Sets another password, read or asked for as `add` does. It ends every session of the user, and opens an account that was locked after failures.") { name };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var accounts = new EditorAccounts(folder.Of(parsed));
            var account = accounts.Required(parsed.GetRequiredValue(name), "password", Me, clock.GetUtcNow());
            accounts.SetPassword(account.Name, NewPassword(account), Me, clock.GetUtcNow());
            Console.WriteLine($"{account.Name} has another password and is signed out everywhere.");
            if (accounts.Passkeys(account.Name) is { IsEmpty: false } passkeys)
            {
                Console.WriteLine($"The account has {Counted(passkeys.Length)}, and opens without its password too: `terms user passkeys {account.Name}` lists and removes them.");
            }
            return 0;
        });
        return command;
    }

    private static Command Grant(TimeProvider clock) => OfRole("grant", "Gives a role.", (accounts, name, grant) =>
    {
        accounts.Grant(name, grant, Me, clock.GetUtcNow());
        return $"{name} is {grant.Text()} now.";
    });

    private static Command Revoke(TimeProvider clock) => OfRole("revoke", "Takes a role away. From the next request on it opens nothing.", (accounts, name, grant) =>
    {
        accounts.Revoke(name, grant, Me, clock.GetUtcNow());
        return $"{name} is {grant.Text()} no longer.";
    });

    private static Command Disable(TimeProvider clock) => OfUser("disable", "Disables an account and ends its sessions. It is kept, because events carry its name.", (accounts, name) =>
    {
        accounts.Disable(name, Me, clock.GetUtcNow());
        return $"Disabled {name}.";
    });

    private static Command Enable(TimeProvider clock) => OfUser("enable", "Opens a disabled account again, with the roles, the password and the passkeys that it had.", (accounts, name) =>
    {
        accounts.Enable(name, Me, clock.GetUtcNow());
        return $"Enabled {name}.";
    });

    private static Command Passkeys(TimeProvider clock)
    {
        var (folder, name) = (new DataFolder(), Name());
        var remove = new Option<string?>("--remove") { Description = "The id of a passkey to remove, as of a device that was lost. Sessions go on: `terms user password` ends them." };
        var command = new Command("passkeys", "Lists the passkeys of a user, or removes one. Users add theirs at /workbench/account.") { name, remove };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var (accounts, user) = (new EditorAccounts(folder.Of(parsed)), parsed.GetRequiredValue(name));
            if (parsed.GetValue(remove) is { } id)
            {
                accounts.RemovePasskey(user, id, Me, clock.GetUtcNow());
                Console.WriteLine($"Removed the passkey {id} of {user}.");
                return 0;
            }
            var passkeys = accounts.Passkeys(user);
            foreach (var passkey in passkeys)
            {
                Console.WriteLine($"{passkey.Id}  {passkey.Name}  made {passkey.Created.ToRfc3339()}, {(passkey.Used is { } used ? $"last used {used.ToRfc3339()}" : "never used")}");
            }
            if (passkeys.IsEmpty)
            {
                Console.WriteLine($"{user} has no passkey.");
            }
            return 0;
        });
        return command;
    }

    private static Command List(TimeProvider clock)
    {
        var folder = new DataFolder();
        var command = new Command("list", "Lists all accounts, disabled ones too.");
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var accounts = new EditorAccounts(folder.Of(parsed));
            foreach (var account in accounts.All())
            {
                var state = account.Disabled is { } disabled ? $", disabled {disabled.ToRfc3339()}" : account.LockedUntil > clock.GetUtcNow() ? $", locked until {account.LockedUntil.Value.ToRfc3339()}" : "";
                Console.WriteLine($"{account.Name}  {account.DisplayName}  {RolesOf(account)}  {Counted(accounts.Passkeys(account.Name).Length)}  made {account.Created.ToRfc3339()}{state}");
            }
            return 0;
        });
        return command;
    }

    private static Command OfRole(string verb, string description, Func<EditorAccounts, string, Grant, string> change)
    {
        var (folder, name) = (new DataFolder(), Name());
        var role = new Option<string>("--role") { Description = $"The role: {Roles}.", Required = true };
        var command = new Command(verb, description) { name, role };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            Console.WriteLine(change(new EditorAccounts(folder.Of(parsed)), parsed.GetRequiredValue(name), Checked(() => People.Roles.Parse(parsed.GetRequiredValue(role)))));
            return 0;
        });
        return command;
    }

    private static Command OfUser(string verb, string description, Func<EditorAccounts, string, string> change)
    {
        var (folder, name) = (new DataFolder(), Name());
        var command = new Command(verb, description) { name };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            Console.WriteLine(change(new EditorAccounts(folder.Of(parsed)), parsed.GetRequiredValue(name)));
            return 0;
        });
        return command;
    }

    private static Argument<string> Name(string description = "The name of the user.") => new("NAME") { Description = description };

    private static string Me => PersonEvent.Operator(Environment.UserName);

    private static string Counted(int passkeys) => passkeys switch { 0 => "no passkey", 1 => "1 passkey", _ => string.Create(CultureInfo.InvariantCulture, $"{passkeys} passkeys") };

    private static string RolesOf(EditorAccount account) => string.Join(", ", account.Grants.Select(g => g.Text()).DefaultIfEmpty("no role"));

    /// <summary>A password never is an argument: those are seen by everybody on the machine, and kept by the shell.</summary>
    private static string NewPassword(EditorAccount account)
    {
        var password = Console.IsInputRedirected ? Console.In.ReadLine() ?? "" : Asked("Password: ");
        if (Passwords.Weakness(password, account.Name, account.DisplayName) is { } weakness)
        {
            throw new WrongCallException(weakness.Words());
        }
        return Console.IsInputRedirected || Asked("Once more: ") == password ? Passwords.Hash(password) : throw new WrongCallException("The two passwords differ. Nothing was changed.");
    }

    private static string Asked(string question)
    {
        Console.Error.Write(question);
        var typed = new List<char>();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Count > 0)
            {
                typed.RemoveAt(typed.Count - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Add(key.KeyChar);
            }
        }
        Console.Error.WriteLine();
        return string.Concat(typed);
    }

    private static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException wrong)
        {
            throw new WrongCallException(wrong.Message);
        }
    }
}
