using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Terms.People;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// The accounts as the framework's passkey handler asks for them. Its id of a user is the handle that devices know them by. It reads only: what comes of a ceremony is kept by <see cref="PasskeyDesk"/>.
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
    public Task<string> GetUserIdAsync(EditorAccount user, CancellationToken cancellationToken) => Task.FromResult(stored.Store.Passkeys.Of(user.Name)[0].Handle);

    /// <inheritdoc/>
    public Task<string?> GetUserNameAsync(EditorAccount user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Name);

    /// <inheritdoc/>
    public Task<string?> GetNormalizedUserNameAsync(EditorAccount user, CancellationToken cancellationToken) => GetUserNameAsync(user, cancellationToken);

    /// <inheritdoc/>
    public Task AddOrUpdatePasskeyAsync(EditorAccount user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task RemovePasskeyAsync(EditorAccount user, byte[] credentialId, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task<EditorAccount?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task SetUserNameAsync(EditorAccount user, string? userName, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task SetNormalizedUserNameAsync(EditorAccount user, string? normalizedName, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> CreateAsync(EditorAccount user, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> UpdateAsync(EditorAccount user, CancellationToken cancellationToken) => throw ReadsOnly();

    /// <inheritdoc/>
    public Task<IdentityResult> DeleteAsync(EditorAccount user, CancellationToken cancellationToken) => throw ReadsOnly();

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

    private static NotSupportedException ReadsOnly() => new("Accounts are changed through the store of the ledger. The passkey handler reads them, and asks for nothing else.");
}
