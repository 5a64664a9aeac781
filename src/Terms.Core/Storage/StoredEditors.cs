using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.People;

namespace Terms.Storage;

/// <summary>An attempt to sign in, counted before its password is looked at.</summary>
/// <param name="Name">The name of the account; null if nobody has the name that was given.</param>
/// <param name="PasswordHash">What is kept of the password; null if there is no account that it could open now.</param>
public sealed record SignInAttempt(string? Name, string? PasswordHash);

/// <summary>Somebody who is signed in, with the rights that they have at this moment.</summary>
/// <param name="Account">Who.</param>
/// <param name="Session">The session.</param>
public sealed record SignedInEditor(EditorAccount Account, EditorSession Session);

/// <summary>Who signs in, is signed in, and signs out: what the server writes about people. Accounts are made by <see cref="EditorAccounts"/>.</summary>
public sealed class StoredEditors
{
    private readonly Readers readers;
    private readonly LedgerWriter writer;

    internal StoredEditors(Readers readers, LedgerWriter writer) => (this.readers, this.writer) = (readers, writer);

    /// <summary>All accounts by name, disabled ones too.</summary>
    public ImmutableArray<EditorAccount> All() => readers.Read(EditorTable.All);

    /// <summary>Counts an attempt to sign in as a failure until it has succeeded, so that guesses sent at the same time do not pass the lock.</summary>
    public Task<SignInAttempt> BeginSignIn(string name, DateTimeOffset at) => Write(database =>
    {
        if (!EditorAccount.IsName(name) || EditorTable.Find(database, name) is not { } account)
        {
            return new SignInAttempt(null, null);
        }
        if (account.Disabled is not null || at < account.LockedUntil)
        {
            return new SignInAttempt(account.Name, null);
        }
        database.Statement("UPDATE editors SET failures = ?, locked_until = ? WHERE name = ?")
            .Bind(1, account.Failures + 1).Bind(2, LockOut.After(account.Failures + 1, at)?.ToRfc3339()).Bind(3, name).Run();
        return new SignInAttempt(account.Name, EditorTable.Password(database, name));
    });

    /// <summary>Refuses an attempt.</summary>
    /// <returns>Until when the account is locked; null if it is not.</returns>
    public Task<DateTimeOffset?> RefuseSignIn(SignInAttempt attempt, DateTimeOffset at) => Write(database =>
    {
        var account = attempt.Name is { } name ? EditorTable.Find(database, name) : null;
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.SignInRefused, attempt.Name ?? PersonEvent.Nobody, at, attempt.Name, account switch
        {
            null => "unknown name",
            { Disabled: not null } => "the account is disabled",
            _ when attempt.PasswordHash is null => "the account is locked",
            _ => "wrong password",
        }));
        if (attempt.PasswordHash is null || account?.LockedUntil is not { } until)
        {
            return (DateTimeOffset?)null;
        }
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Locked, attempt.Name!, at, attempt.Name, $"until {until.ToRfc3339()}, after {account.Failures} failures"));
        return until;
    });

    /// <summary>Begins a session after the password was found right, and lets the failures be forgotten.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="session">The new session.</param>
    /// <param name="newHash">What is to be kept of the password from now on; null to keep what is there.</param>
    /// <returns>False if the account was disabled, or its password changed, since the attempt began; nothing was written.</returns>
    public Task<bool> CompleteSignIn(SignInAttempt attempt, EditorSession session, string? newHash) => Write(database =>
    {
        if (!IsStillOpen(database, attempt))
        {
            return false;
        }
        EditorTable.ForgetFailures(database, session.Editor, newHash ?? attempt.PasswordHash!);
        EditorTable.BeginSession(database, session, with: null);
        return true;
    });

    /// <summary>Lets the failures be forgotten after somebody who is signed in has shown that they know their password.</summary>
    /// <returns>False if the account was disabled, or its password changed, since the attempt began; nothing was written.</returns>
    public Task<bool> Confirm(SignInAttempt attempt) => Write(database =>
    {
        if (!IsStillOpen(database, attempt))
        {
            return false;
        }
        EditorTable.ForgetFailures(database, attempt.Name!, attempt.PasswordHash!);
        return true;
    });

    /// <summary>Who has a session; null if it has ended, or its account is disabled.</summary>
    public SignedInEditor? Find(string session, DateTimeOffset now) => readers.Read(database =>
        EditorTable.Session(database, session) is { } found && found.IsOpen(now) && EditorTable.Find(database, found.Editor) is { Disabled: null } account ? new SignedInEditor(account, found) : null);

    /// <summary>Whose a session was that has ended by itself; null if it is open, or was never known, or is forgotten: those that have ended go when their owner signs in again.</summary>
    public string? Ended(string session, DateTimeOffset now) => readers.Read(database => EditorTable.Session(database, session) is { } found && !found.IsOpen(now) ? found.Editor : null);

    /// <summary>The open sessions of somebody, the newest first.</summary>
    public ImmutableArray<EditorSession> Sessions(string name, DateTimeOffset now) => [.. readers.Read(database => EditorTable.Sessions(database, name)).Where(s => s.IsOpen(now))];

    /// <summary>Keeps when somebody last did something.</summary>
    public Task<bool> Touch(string session, DateTimeOffset now) => Write(database =>
    {
        database.Statement("UPDATE editor_sessions SET seen = ? WHERE id = ?").Bind(1, now.ToRfc3339()).Bind(2, session).Run();
        return database.Changes > 0;
    });

    /// <summary>Ends one session of somebody.</summary>
    /// <param name="name">Who.</param>
    /// <param name="session">The session.</param>
    /// <param name="at">Now.</param>
    /// <param name="isOther">Whether they ask for it in another session; the event then says which one has ended.</param>
    /// <returns>False if they have no such session.</returns>
    public Task<bool> SignOut(string name, string session, DateTimeOffset at, bool isOther = false) => Write(database =>
    {
        if (EditorTable.Session(database, session) is not { } ended || ended.Editor != name)
        {
            return false;
        }
        EditorTable.EndSession(database, session);
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.SignedOut, name, at, name, isOther ? $"of the session begun {ended.Created.ToRfc3339()}" : null));
        return true;
    });

    /// <summary>Ends all sessions of somebody.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> SignOutEverywhere(string name, DateTimeOffset at) => Write(database =>
    {
        var ended = EditorTable.EndSessions(database, name);
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.SignedOut, name, at, name, "everywhere"));
        return ended;
    });

    /// <summary>Sets another password for somebody who has shown that they know the old one, ends all their sessions, and begins a new one.</summary>
    /// <returns>False if the password was changed, or the account disabled, meanwhile; nothing was written.</returns>
    public Task<bool> ChangePassword(SignInAttempt attempt, string newHash, EditorSession session) => Write(database =>
    {
        if (!IsStillOpen(database, attempt))
        {
            return false;
        }
        EditorTable.SetPassword(database, session.Editor, newHash);
        EditorTable.AddSession(database, session);
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.PasswordSet, session.Editor, session.Created, session.Editor, null));
        return true;
    });

    private static bool IsStillOpen(Database database, SignInAttempt attempt) =>
        attempt is { Name: { } name, PasswordHash: { } hash } && EditorTable.Find(database, name) is { Disabled: null } && EditorTable.Password(database, name) == hash;

    private Task<T> Write<T>(Func<Database, T> action) => EditorOperation<T>.Write(writer, action);
}
