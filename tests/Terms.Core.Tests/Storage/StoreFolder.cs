using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Storage;

namespace Terms.Tests.Storage;

/// <summary>A new store in a folder of its own that goes away with the test.</summary>
internal sealed class StoreFolder : IDisposable
{
    public const string Origin = "terms.example";

    public static readonly DateTimeOffset Now = new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);

    public StoreFolder()
    {
        Folders = new StoreFolders(Path.Combine(Repository.Folder("artifacts/stores"), Guid.NewGuid().ToString("N")));
        Store.Create(Folders, Origin, Now);
    }

    public StoreFolders Folders { get; }

    public string Ledger => Path.Combine(Folders.Data, "ledger.db");

    public string Head => Path.Combine(Folders.Data, "ledger.head");

    /// <summary>What the n-th acceptance of a subject is to be.</summary>
    public static Recording Recording(string subject, int number, string? idempotency = null, long? presentation = null, DateTimeOffset? at = null, string? details = null) => new(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"number\":\"{number}\",\"subject\":\"{subject}\"}}")), subject, at ?? Now, idempotency,
        idempotency is null ? null : Asked(string.Create(CultureInfo.InvariantCulture, $"request {number}")), presentation, details is null ? null : Encoding.UTF8.GetBytes(details));

    /// <summary>The digest of a request.</summary>
    public static byte[] Asked(string request) => SHA256.HashData(Encoding.UTF8.GetBytes(request));

    public Store Open(StoreLimits? limits = null, DateTimeOffset? at = null) => Store.Open(Folders, at ?? Now, limits ?? new StoreLimits());

    /// <summary>Records and gives the entry, which has to be a new one.</summary>
    public static async Task<LedgerEntry> Add(Store store, Recording recording) => Assert.IsType<Recorded.Added>(await store.Record(recording)).Entry;

    /// <summary>Alters the ledger past the server.</summary>
    public void Alter(string sql)
    {
        using var database = Database.Open(Ledger);
        database.Execute(sql);
        Assert.True(database.EmptyLog());
    }

    /// <summary>Takes acceptances out of their rows past the server, changes them, and writes the rows anew.</summary>
    public void Alter(Func<IEnumerable<(long Entry, Recording Kept)>, IEnumerable<(long Entry, Recording Kept)>> change) => Alter(Ledger, change);

    /// <summary>The same in any ledger.</summary>
    public static void Alter(string ledger, Func<IEnumerable<(long Entry, Recording Kept)>, IEnumerable<(long Entry, Recording Kept)>> change)
    {
        using var database = Database.Open(ledger);
        var changed = change(Kept(database)).ToList();
        database.Transact(() =>
        {
            database.Execute("DELETE FROM acceptance_blocks");
            var blocks = new BlockWriter(database);
            long? last = null;
            foreach (var (entry, kept) in changed)
            {
                if (entry != last + 1)
                {
                    blocks.Close();
                }
                blocks.Add(entry, kept);
                last = entry;
            }
            blocks.Close();
        });
        Assert.True(database.EmptyLog());
    }

    /// <summary>All acceptances of a ledger with what stands beside their records.</summary>
    public static List<(long Entry, Recording Kept)> Kept(Database database)
    {
        var kept = new List<(long, Recording)>();
        using var cursor = new AcceptanceCursor(database, 0);
        while (cursor.Next())
        {
            var idempotency = cursor.HasIdempotency ? Encoding.UTF8.GetString(cursor.Idempotency) : null;
            kept.Add((cursor.Entry, new Recording(cursor.Record.ToArray(), Encoding.UTF8.GetString(cursor.Subject), Now, idempotency, cursor.RequestDigest)));
        }
        return kept;
    }

    public void Dispose() => Directory.Delete(Folders.Data, recursive: true);
}
