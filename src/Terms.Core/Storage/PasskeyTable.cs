using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.People;

namespace Terms.Storage;

/// <summary>The rows of passkeys, for whoever holds a transaction.</summary>
internal static class PasskeyTable
{
    private const string Columns = "SELECT id, editor, handle, public_key, name, created, sign_count, transports, backup_eligible, backed_up, used FROM editor_passkeys";

    public static Passkey? Find(Database database, string id) => database.Statement($"{Columns} WHERE id = ?").Bind(1, id).First(Row);

    /// <summary>Those of somebody, the oldest first.</summary>
    public static ImmutableArray<Passkey> Of(Database database, string editor) => [.. database.Statement($"{Columns} WHERE editor = ? ORDER BY created, id").Bind(1, editor).All(Row)];

    /// <summary>The name of whom devices know by a handle; null if there is nobody.</summary>
    public static string? Owner(Database database, string handle) => database.Statement("SELECT editor FROM editor_passkeys WHERE handle = ?").Bind(1, handle).First(r => r.Text(0));

    /// <summary>Adds one with its event.</summary>
    public static void Add(Database database, Passkey passkey)
    {
        database.Statement("INSERT INTO editor_passkeys(id, editor, handle, public_key, name, created, sign_count, transports, backup_eligible, backed_up) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, passkey.Id).Bind(2, passkey.Editor).Bind(3, passkey.Handle).Bind(4, passkey.PublicKey.AsSpan()).Bind(5, passkey.Name).Bind(6, passkey.Created.ToRfc3339())
            .Bind(7, passkey.SignCount).Bind(8, string.Join(' ', passkey.Transports)).Bind(9, passkey.IsBackupEligible ? 1 : 0).Bind(10, passkey.IsBackedUp ? 1 : 0).Run();
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.PasskeyAdded, passkey.Editor, passkey.Created, passkey.Editor, passkey.Name));
    }

    /// <summary>Removes one of somebody with its event.</summary>
    /// <returns>False if they have none of this id.</returns>
    public static bool Remove(Database database, string editor, string id, string by, DateTimeOffset at)
    {
        if (Find(database, id) is not { } found || found.Editor != editor)
        {
            return false;
        }
        database.Statement("DELETE FROM editor_passkeys WHERE id = ?").Bind(1, id).Run();
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.PasskeyRemoved, by, at, editor, found.Name));
        return true;
    }

    /// <summary>Keeps that one was used.</summary>
    public static void Use(Database database, string id, uint signCount, bool isBackedUp, DateTimeOffset at) =>
        database.Statement("UPDATE editor_passkeys SET sign_count = ?, backed_up = ?, used = ? WHERE id = ?").Bind(1, signCount).Bind(2, isBackedUp ? 1 : 0).Bind(3, at.ToRfc3339()).Bind(4, id).Run();

    private static Passkey Row(Statement row) => new(
        row.Text(0), row.Text(1), row.Text(2), [.. row.Bytes(3)], row.Text(4), Settings.Instant(row.Text(5)), (uint)row.Long(6),
        [.. row.Text(7).Split(' ', StringSplitOptions.RemoveEmptyEntries)], row.Long(8) == 1, row.Long(9) == 1, row.TextOrNull(10) is { } used ? Settings.Instant(used) : null);
}
