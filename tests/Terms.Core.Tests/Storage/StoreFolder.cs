using System.Globalization;
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
        idempotency is null ? null : string.Create(CultureInfo.InvariantCulture, $"request {number}"), presentation, details is null ? null : Encoding.UTF8.GetBytes(details));

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

    public void Dispose() => Directory.Delete(Folders.Data, recursive: true);
}
