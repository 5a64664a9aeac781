using System.Collections.Immutable;
using Terms.People;

namespace Terms.Storage;

/// <summary>The passkeys of those who work on texts, as the server keeps them. That a device's answer holds is found before; what is kept decides here, in the ledger's writer, where no two sign-ins pass side by side.</summary>
public sealed class StoredPasskeys
{
    private readonly Readers readers;
    private readonly LedgerWriter writer;

    internal StoredPasskeys(Readers readers, LedgerWriter writer) => (this.readers, this.writer) = (readers, writer);

    /// <summary>The passkeys of somebody, the oldest first.</summary>
    public ImmutableArray<Passkey> Of(string editor) => readers.Read(database => PasskeyTable.Of(database, editor));

    /// <summary>A passkey; null if there is none of this id.</summary>
    public Passkey? Find(string id) => readers.Read(database => PasskeyTable.Find(database, id));

    /// <summary>Whom devices know by a handle, disabled or not; null if there is nobody.</summary>
    public EditorAccount? Owner(string handle) => readers.Read(database => PasskeyTable.Owner(database, handle) is { } name ? EditorTable.Find(database, name) : null);

    /// <summary>Adds a passkey.</summary>
    /// <returns>Why it was not added, and nothing written: it is known, its owner has as many as they may, or their account is disabled. Null if it is there now.</returns>
    public Task<PasskeyRefusal?> Add(Passkey passkey) => EditorOperation<PasskeyRefusal?>.Write(writer, database =>
    {
        PasskeyRefusal? refusal = PasskeyTable.Find(database, passkey.Id) is not null ? PasskeyRefusal.Known
            : PasskeyTable.Of(database, passkey.Editor).Length >= Passkey.Most ? PasskeyRefusal.Full
            : EditorTable.Find(database, passkey.Editor) is not { Disabled: null } ? PasskeyRefusal.Disabled
            : null;
        if (refusal is null)
        {
            PasskeyTable.Add(database, passkey);
        }
        return refusal;
    });

    /// <summary>Removes a passkey of somebody. Sessions that were begun with it go on.</summary>
    /// <returns>False if they have none of this id.</returns>
    public Task<bool> Remove(string editor, string id, DateTimeOffset at) => EditorOperation<bool>.Write(writer, database => PasskeyTable.Remove(database, editor, id, editor, at));

    /// <summary>
    /// Begins a session after a device's answer was found right. A lock after wrong passwords does not hold here, for nothing can be guessed; nor is it lifted.
    /// </summary>
    /// <param name="id">The passkey.</param>
    /// <param name="signCount">How often the device says that it has signed.</param>
    /// <param name="isBackedUp">Whether the passkey has been copied to other devices of its owner.</param>
    /// <param name="session">The new session.</param>
    /// <returns>Why it was refused, and nothing written; null if they are signed in.</returns>
    public Task<PasskeyRefusal?> SignIn(string id, uint signCount, bool isBackedUp, EditorSession session) => EditorOperation<PasskeyRefusal?>.Write(writer, database =>
    {
        if (PasskeyTable.Find(database, id) is not { } passkey || passkey.Editor != session.Editor)
        {
            return PasskeyRefusal.Removed;
        }
        if (EditorTable.Find(database, passkey.Editor) is not { Disabled: null })
        {
            return PasskeyRefusal.Disabled;
        }
        if (!passkey.MayCountTo(signCount))
        {
            return PasskeyRefusal.Counter;
        }
        PasskeyTable.Use(database, id, signCount, isBackedUp, session.Created);
        EditorTable.BeginSession(database, session, $"passkey {passkey.Name}");
        return null;
    });
}
