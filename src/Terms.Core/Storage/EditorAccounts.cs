using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;

namespace Terms.Storage;

/// <summary>
/// The accounts of those who work on texts, as the command line keeps them. Like <see cref="ServiceKeys"/>, each call works on a connection of its own, so that it may run beside a server,
/// and counts there from the next request on. Every change is an event of the workbench.
/// </summary>
public sealed class EditorAccounts
{
    private readonly StoreFolders folders;

    /// <summary>The accounts of a store that is there, open elsewhere or not.</summary>
    /// <exception cref="StoreException">There is no store.</exception>
    public EditorAccounts(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        this.folders = folders;
    }

    /// <summary>Makes an account.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="passwordHash">What is kept of the password (<see cref="Passwords.Hash"/>).</param>
    /// <param name="by">Who makes it.</param>
    /// <exception cref="StepRefusedException">There is one with this name, disabled or not: names of people are never used again.</exception>
    public void Add(EditorAccount account, string passwordHash, string by) => Write("add", account.Name, by, account.Created, database =>
    {
        database.Statement("INSERT OR IGNORE INTO editors(name, display_name, password, created) VALUES (?, ?, ?, ?)")
            .Bind(1, account.Name).Bind(2, account.DisplayName).Bind(3, passwordHash).Bind(4, account.Created.ToRfc3339()).Run();
        if (database.Changes == 0)
        {
            throw new StepRefusedException($"There is a user {account.Name} already. Events carry the name, so it never goes to somebody else; choose another.");
        }
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Added, by, account.Created, account.Name, account.DisplayName));
        foreach (var grant in account.Grants.Distinct())
        {
            Insert(database, account.Name, grant);
            WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Granted, by, account.Created, account.Name, grant.Text()));
        }
    });

    /// <summary>Sets another password. It ends every session, and a lock.</summary>
    /// <exception cref="StepRefusedException">There is no such user.</exception>
    public void SetPassword(string name, string passwordHash, string by, DateTimeOffset at) => Write("password", name, by, at, database =>
    {
        Require(database, name);
        EditorTable.SetPassword(database, name, passwordHash);
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.PasswordSet, by, at, name, null));
    });

    /// <summary>Gives a role.</summary>
    /// <exception cref="StepRefusedException">There is no such user, or they have it.</exception>
    public void Grant(string name, Grant grant, string by, DateTimeOffset at) => Write("grant", name, by, at, database =>
    {
        Require(database, name);
        if (!Insert(database, name, grant))
        {
            throw new StepRefusedException($"{name} is {grant.Text()} already.");
        }
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Granted, by, at, name, grant.Text()));
    });

    /// <summary>Takes a role away.</summary>
    /// <exception cref="StepRefusedException">There is no such user, or they do not have it.</exception>
    public void Revoke(string name, Grant grant, string by, DateTimeOffset at) => Write("revoke", name, by, at, database =>
    {
        var account = Require(database, name);
        database.Statement("DELETE FROM editor_grants WHERE editor = ? AND role = ? AND agreement = ?").Bind(1, name).Bind(2, grant.Role.Word()).Bind(3, grant.Agreement?.Value ?? "").Run();
        if (database.Changes == 0)
        {
            throw new StepRefusedException($"{name} is not {grant.Text()}. The roles are: {string.Join(", ", account.Grants.Select(g => g.Text()).DefaultIfEmpty("none"))}.");
        }
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Revoked, by, at, name, grant.Text()));
    });

    /// <summary>Disables an account, and ends its sessions.</summary>
    /// <exception cref="StepRefusedException">There is no such user, or the account is disabled.</exception>
    public void Disable(string name, string by, DateTimeOffset at) => Write("disable", name, by, at, database =>
    {
        if (Require(database, name).Disabled is { } since)
        {
            throw new StepRefusedException($"{name} has been disabled since {since.ToRfc3339()}.");
        }
        database.Statement("UPDATE editors SET disabled = ? WHERE name = ?").Bind(1, at.ToRfc3339()).Bind(2, name).Run();
        EditorTable.EndSessions(database, name);
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Disabled, by, at, name, null));
    });

    /// <summary>Opens a disabled account again, with the roles, the password and the passkeys that it had.</summary>
    /// <exception cref="StepRefusedException">There is no such user, or the account is not disabled.</exception>
    public void Enable(string name, string by, DateTimeOffset at) => Write("enable", name, by, at, database =>
    {
        if (Require(database, name).Disabled is null)
        {
            throw new StepRefusedException($"{name} is not disabled.");
        }
        database.Statement("UPDATE editors SET disabled = NULL WHERE name = ?").Bind(1, name).Run();
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Enabled, by, at, name, null));
    });

    /// <summary>Removes a passkey, as of a device that was lost.</summary>
    /// <exception cref="StepRefusedException">There is no such user, or they have no such passkey.</exception>
    public void RemovePasskey(string name, string id, string by, DateTimeOffset at) => Write("passkeys --remove", name, by, at, database =>
    {
        Require(database, name);
        if (!PasskeyTable.Remove(database, name, id, by, at))
        {
            throw new StepRefusedException($"{name} has no passkey of that id. `terms user passkeys {name}` lists them.");
        }
    });

    /// <summary>The passkeys of somebody, the oldest first.</summary>
    /// <exception cref="StepRefusedException">There is no such user.</exception>
    public ImmutableArray<Passkey> Passkeys(string name) => Read(database => PasskeyTable.Of(database, Require(database, name).Name));

    /// <summary>The account that a verb of the command line is about.</summary>
    /// <param name="name">The name.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="by">Who asks for it.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="StepRefusedException">There is no such user. That is kept as an event.</exception>
    public EditorAccount Required(string name, string verb, string by, DateTimeOffset at)
    {
        EditorAccount? found = null;
        Write(verb, name, by, at, database => found = Require(database, name));
        return found!;
    }

    /// <summary>An account; null if there is none.</summary>
    public EditorAccount? Find(string name) => Read(database => EditorTable.Find(database, name));

    /// <summary>All accounts by name, disabled ones too.</summary>
    public ImmutableArray<EditorAccount> All() => Read(EditorTable.All);

    private static EditorAccount Require(Database database, string name) => EditorTable.Find(database, name) ?? throw new StepRefusedException($"There is no user {name}. `terms user list` lists them.");

    private static bool Insert(Database database, string name, Grant grant)
    {
        database.Statement("INSERT OR IGNORE INTO editor_grants(editor, role, agreement) VALUES (?, ?, ?)").Bind(1, name).Bind(2, grant.Role.Word()).Bind(3, grant.Agreement?.Value ?? "").Run();
        return database.Changes > 0;
    }

    private T Read<T>(Func<Database, T> read)
    {
        using var database = StoreOpening.BesideToRead(folders);
        return read(database);
    }

    /// <summary>A refusal is kept as well: with the name of the account if there is one, and without what was typed in its place if there is none, which may be a password.</summary>
    private void Write(string verb, string name, string by, DateTimeOffset at, Action<Database> action)
    {
        using var database = StoreOpening.Beside(folders);
        WorkbenchEvents.Step(database, action, refused => EditorTable.Find(database, name) is { } account
            ? PersonEvent.Refusal(by, at, account.Name, $"terms user {verb}", refused.Message)
            : PersonEvent.Refusal(by, at, null, $"terms user {verb}", "There is no user of that name."));
    }
}
