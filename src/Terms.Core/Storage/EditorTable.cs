using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;

namespace Terms.Storage;

/// <summary>The rows of accounts, their roles and sessions, for whoever holds a transaction.</summary>
internal static class EditorTable
{
    private const string Columns = "SELECT name, display_name, created, disabled, failures, locked_until FROM editors";

    public static EditorAccount? Find(Database database, string name) =>
        database.Statement($"{Columns} WHERE name = ?").Bind(1, name).First(Row) is { } row ? Account(row, Grants(database, name)) : null;

    public static ImmutableArray<EditorAccount> All(Database database) =>
        [.. database.Statement($"{Columns} ORDER BY name").All(Row).Select(row => Account(row!, Grants(database, row!.Name)))];

    public static string? Password(Database database, string name) => database.Statement("SELECT password FROM editors WHERE name = ?").Bind(1, name).First(r => r.Text(0));

    /// <summary>Sets another password, ends every session and lets the failures be forgotten.</summary>
    public static void SetPassword(Database database, string name, string hash)
    {
        ForgetFailures(database, name, hash);
        EndSessions(database, name);
    }

    /// <summary>Sets what is kept of a password, and lets the failures be forgotten.</summary>
    public static void ForgetFailures(Database database, string name, string hash) =>
        database.Statement("UPDATE editors SET password = ?, failures = 0, locked_until = NULL WHERE name = ?").Bind(1, hash).Bind(2, name).Run();

    public static EditorSession? Session(Database database, string id) => database.Statement("SELECT id, editor, created, seen FROM editor_sessions WHERE id = ?").Bind(1, id).First(SessionRow);

    public static ImmutableArray<EditorSession> Sessions(Database database, string name) =>
        [.. database.Statement("SELECT id, editor, created, seen FROM editor_sessions WHERE editor = ? ORDER BY created DESC").Bind(1, name).All(SessionRow)];

    /// <summary>Signs somebody in: keeps a session with its event, and takes away those of theirs that have ended.</summary>
    /// <param name="database">The ledger.</param>
    /// <param name="session">The session.</param>
    /// <param name="with">What they signed in with, in the words of the event; null for the password.</param>
    public static void BeginSession(Database database, EditorSession session, string? with)
    {
        foreach (var ended in Sessions(database, session.Editor).Where(s => !s.IsOpen(session.Created)))
        {
            EndSession(database, ended.Id);
        }
        AddSession(database, session);
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.SignedIn, session.Editor, session.Created, session.Editor, with));
    }

    public static void AddSession(Database database, EditorSession session) => database.Statement("INSERT INTO editor_sessions(id, editor, created, seen) VALUES (?, ?, ?, ?)")
        .Bind(1, session.Id).Bind(2, session.Editor).Bind(3, session.Created.ToRfc3339()).Bind(4, session.Seen.ToRfc3339()).Run();

    public static void EndSession(Database database, string session) => database.Statement("DELETE FROM editor_sessions WHERE id = ?").Bind(1, session).Run();

    /// <summary>Ends all sessions of somebody.</summary>
    /// <returns>How many there were.</returns>
    public static int EndSessions(Database database, string name)
    {
        database.Statement("DELETE FROM editor_sessions WHERE editor = ?").Bind(1, name).Run();
        return database.Changes;
    }

    private static ImmutableArray<Grant> Grants(Database database, string name) =>
        [.. database.Statement("SELECT role, agreement FROM editor_grants WHERE editor = ? ORDER BY role, agreement").Bind(1, name)
            .All(r => Roles.Parse(r.Text(1).Length == 0 ? r.Text(0) : $"{r.Text(0)}:{r.Text(1)}"))];

    private static AccountRow? Row(Statement row) => new(
        row.Text(0), row.Text(1), Settings.Instant(row.Text(2)), row.TextOrNull(3) is { } disabled ? Settings.Instant(disabled) : null,
        (int)row.Long(4), row.TextOrNull(5) is { } until ? Settings.Instant(until) : null);

    private static EditorAccount Account(AccountRow row, ImmutableArray<Grant> grants) => new(row.Name, row.DisplayName, grants, row.Created, row.Disabled, row.Failures, row.LockedUntil);

    private static EditorSession SessionRow(Statement row) => new(row.Text(0), row.Text(1), Settings.Instant(row.Text(2)), Settings.Instant(row.Text(3)));

    private sealed record AccountRow(string Name, string DisplayName, DateTimeOffset Created, DateTimeOffset? Disabled, int Failures, DateTimeOffset? LockedUntil);
}
