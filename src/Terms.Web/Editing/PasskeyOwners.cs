using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Terms.People;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// The accounts as the framework's passkey handler asks for them. Its id of a user is the handle that devices know them by. It is asked four things and reads them from the store; what comes of a ceremony is kept by <see cref="PasskeyDesk"/>.
/// </summary>
internal sealed class PasskeyOwners(ServedStore stored) : IUserPasskeyStore<EditorAccount>
{
    /// <inheritdoc/>
    public Task<EditorAccount?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(stored.Store.Passkeys.Owner(userId));

    /// <inheritdoc/>
    public Task<EditorAccount?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(stored.Store.Passkeys.Find(Base64Url.EncodeToString(credentialId)) is { } found ? stored.Store.Passkeys.Owner(found.Handle) : null);

    /// <inheritdoc/>
    public Task<UserPasskeyInfo?> FindPasskeyAsync(EditorAccount user, byte[] credentialId, CancellationToken cancellationToken) =>
        Task.FromResult(stored.Store.Passkeys.Find(Base64Url.EncodeToString(credentialId)) is { } found && found.Editor == user.Name ? Info(found) : null);

    /// <inheritdoc/>
    public Task<IList<UserPasskeyInfo>> GetPasskeysAsync(EditorAccount user, CancellationToken cancellationToken) =>
        Task.FromResult<IList<UserPasskeyInfo>>([.. stored.Store.Passkeys.Of(user.Name).Select(Info)]);

    /// <inheritdoc/>
    public Task<string> GetUserIdAsync(EditorAccount user, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(EditorAccount user, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(EditorAccount user, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(EditorAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(EditorAccount user, byte[] credentialId, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task<EditorAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task SetUserNameAsync(EditorAccount user, string? userName, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(EditorAccount user, string? normalizedName, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(EditorAccount user, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(EditorAccount user, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(EditorAccount user, CancellationToken cancellationToken) => throw NotAsked();

    /// <inheritdoc/>
    public void Dispose()
    {
        // The store belongs to the host.
    }

    /// <summary>
    /// A passkey for the handler. It gets no counter: that is held against the kept one in the ledger's writer (<see cref="Passkey.MayCountTo"/>), where two answers of the same device cannot pass side by side.
    /// </summary>
    private static UserPasskeyInfo Info(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.Id), [.. passkey.PublicKey], passkey.Created, signCount: 0, [.. passkey.Transports], isUserVerified: true, passkey.IsBackupEligible, passkey.IsBackedUp,
        attestationObject: [], clientDataJson: []);

    private static NotSupportedException NotAsked() => new("The passkey handler asks for accounts and passkeys by their ids, and for nothing else. Whatever changes them goes through the store of the ledger.");
}
