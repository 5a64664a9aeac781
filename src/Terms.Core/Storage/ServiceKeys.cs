using Terms.Catalogue;

namespace Terms.Storage;

/// <summary>The key of a service as it is kept: never the secret, only its digest.</summary>
/// <param name="Id">Its public part.</param>
/// <param name="Name">Which service, in the operator's words.</param>
/// <param name="Hash">The SHA-256 digest of the secret.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="ReturnAddresses">Where readers may be sent back to.</param>
/// <param name="Created">When it was made.</param>
/// <param name="Revoked">When it was revoked; null while it is good.</param>
public sealed record ServiceKeyRow(string Id, string Name, string Hash, IReadOnlyList<string> Scopes, IReadOnlyList<string> ReturnAddresses, DateTimeOffset Created, DateTimeOffset? Revoked);

/// <summary>The keys of services. Like <see cref="Annex"/>, each call works on a connection of its own, so the command line makes and revokes keys while a server runs.</summary>
public sealed class ServiceKeys
{
    private const string Columns = "SELECT id, name, hash, scopes, return_addresses, created, revoked FROM service_keys";
    private readonly StoreFolders folders;

    /// <summary>The keys of a store that is there, open elsewhere or not.</summary>
    /// <exception cref="StoreException">There is no store.</exception>
    public ServiceKeys(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        this.folders = folders;
    }

    /// <summary>Keeps a new key.</summary>
    /// <exception cref="ArgumentException">A scope or return address holds a line feed.</exception>
    /// <exception cref="StoreException">There is a key with this id.</exception>
    public void Add(ServiceKeyRow key)
    {
        if (key.Scopes.Concat(key.ReturnAddresses).Any(t => t.Contains('\n', StringComparison.Ordinal)))
        {
            throw new ArgumentException("A scope or return address has no line feed in it.", nameof(key));
        }
        using var database = StoreOpening.Beside(folders);
        database.Transact(() =>
        {
            database.Statement("INSERT OR IGNORE INTO service_keys(id, name, hash, scopes, return_addresses, created) VALUES (?, ?, ?, ?, ?, ?)")
                .Bind(1, key.Id).Bind(2, key.Name).Bind(3, key.Hash).Bind(4, string.Join('\n', key.Scopes)).Bind(5, string.Join('\n', key.ReturnAddresses)).Bind(6, key.Created.ToRfc3339()).Run();
            if (database.Changes == 0)
            {
                throw new StoreException($"There is a key {key.Id} already.");
            }
        });
    }

    /// <summary>Revokes a key. From the next request on it is refused.</summary>
    /// <exception cref="StoreException">There is no such key, or it has been revoked.</exception>
    public void Revoke(string id, DateTimeOffset at)
    {
        using var database = StoreOpening.Beside(folders);
        database.Transact(() =>
        {
            database.Statement("UPDATE service_keys SET revoked = ? WHERE id = ? AND revoked IS NULL").Bind(1, at.ToRfc3339()).Bind(2, id).Run();
            if (database.Changes == 0)
            {
                throw new StoreException(Find(database, id) is null ? $"There is no key {id}. `terms key list` lists them." : $"The key {id} has been revoked already.");
            }
        });
    }

    /// <summary>All keys, oldest first, revoked ones too.</summary>
    public IReadOnlyList<ServiceKeyRow> All()
    {
        using var database = StoreOpening.BesideToRead(folders);
        return database.Statement($"{Columns} ORDER BY created, id").All(Read);
    }

    internal static ServiceKeyRow? Find(Database database, string id) => database.Statement($"{Columns} WHERE id = ?").Bind(1, id).First(Read);

    private static ServiceKeyRow Read(Statement row) => new(row.Text(0), row.Text(1), row.Text(2), Lines(row.Text(3)), Lines(row.Text(4)), Settings.Instant(row.Text(5)),
        row.TextOrNull(6) is { } revoked ? Settings.Instant(revoked) : null);

    private static string[] Lines(string text) => text.Length == 0 ? [] : text.Split('\n');
}
