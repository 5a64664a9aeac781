using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>Reads entries of both logs.</summary>
internal static class Entries
{
    /// <summary>One acceptance; null if there is none at this place.</summary>
    public static LedgerEntry? At(Database database, long entry) =>
        database.Statement("SELECT record FROM acceptance_entries WHERE entry = ?").Bind(1, entry).First(r => r.Blob(0)) is { } record ? Of(entry, record) : null;

    /// <summary>Some acceptances in order, from a place on.</summary>
    public static List<LedgerEntry> From(Database database, long entry, int count) =>
        database.Statement("SELECT entry, record FROM acceptance_entries WHERE entry >= ? ORDER BY entry LIMIT ?").Bind(1, entry).Bind(2, count).All(r => Of(r.Long(0), r.Blob(1)));

    /// <summary>The acceptances of a subject, oldest first.</summary>
    public static List<LedgerEntry> OfSubject(Database database, Lookups lookups, string subject)
    {
        var hash = lookups.OfSubject(subject);
        var candidates = new SortedSet<long>();
        lookups.Collect(database, hash, candidates);
        var found = new List<LedgerEntry>(candidates.Count);
        foreach (var entry in candidates)
        {
            var record = database.Statement("SELECT record FROM acceptance_entries WHERE entry = ? AND subject = ?").Bind(1, entry).Bind(2, subject).First(r => r.Blob(0));
            if (record is not null)
            {
                found.Add(Of(entry, record));
            }
        }
        return found;
    }

    /// <summary>The places of a subject's acceptances, found without the server's memory: in the table, and by reading what is not in it yet.</summary>
    public static List<long> NumbersOfSubject(Database database, string subject)
    {
        var found = new SortedSet<long>();
        LookupTable.Collect(database, new Lookups(Convert.FromHexString(Settings.Read(database, Settings.LookupKey)), 0, 0).OfSubject(subject), found);
        found.RemoveWhere(entry => database.Statement("SELECT subject FROM acceptance_entries WHERE entry = ?").Bind(1, entry).First(r => r.Text(0)) != subject);
        found.UnionWith(database.Statement("SELECT entry FROM acceptance_entries WHERE entry >= ? AND subject = ?").Bind(1, Settings.Number(database, Settings.LookupEnd)).Bind(2, subject).All(r => r.Long(0)));
        return [.. found];
    }

    /// <summary>The acceptance with an idempotency key, and the digest of what was asked; null if there is none. For the writer, whose pages stay in memory; a reader's go with each batch.</summary>
    public static (LedgerEntry Entry, string? Request)? Idempotent(Database database, Lookups lookups, string idempotency, long hash)
    {
        var candidates = new List<long>();
        lookups.Collect(database, hash, candidates);
        foreach (var entry in candidates)
        {
            var row = database.Statement("SELECT record, request FROM acceptance_entries WHERE entry = ? AND idempotency = ?").Bind(1, entry).Bind(2, idempotency)
                .First(r => (Record: r.Blob(0), Request: r.TextOrNull(1)));
            if (row.Record is { } record)
            {
                return (Of(entry, record), row.Request);
            }
        }
        return null;
    }

    /// <summary>What the log of the catalogue has, by agreement and version.</summary>
    public static Dictionary<string, Publication> Published(Database database) =>
        database.Statement("SELECT record FROM catalogue_entries ORDER BY entry").All(r => Publication.Parse(r.Blob(0))).ToDictionary(p => p.Path, StringComparer.Ordinal);

    private static LedgerEntry Of(long entry, byte[] record) => new(entry, record, MerkleHash.Leaf(record));
}
