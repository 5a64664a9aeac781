using System.Text;
using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>Takes a leaf; false if it wants no more.</summary>
internal delegate bool LeafTaker(long entry, ReadOnlySpan<byte> record);

/// <summary>Reads entries of both logs.</summary>
internal static class Entries
{
    /// <summary>One acceptance; null if there is none at this place.</summary>
    public static LedgerEntry? At(Database database, long entry) => At(database, entry, static (in AcceptanceCursor found) => Of(found));

    /// <summary>Some acceptances in order, from a place on.</summary>
    public static List<LedgerEntry> From(Database database, long entry, int count)
    {
        var some = new List<LedgerEntry>();
        using var cursor = new AcceptanceCursor(database, entry);
        while (some.Count < count && cursor.Next())
        {
            some.Add(Of(cursor));
        }
        return some;
    }

    /// <summary>The acceptances of a subject, oldest first.</summary>
    public static List<LedgerEntry> OfSubject(Database database, Lookups lookups, string subject)
    {
        var candidates = new SortedSet<long>();
        lookups.Collect(database, lookups.OfSubject(subject), candidates);
        var bytes = Encoding.UTF8.GetBytes(subject);
        return [.. candidates.Select(entry => At(database, entry, (in AcceptanceCursor found) => found.Subject.SequenceEqual(bytes) ? Of(found) : null)).OfType<LedgerEntry>()];
    }

    /// <summary>The places of a subject's acceptances, found without the server's memory: in the table, and by reading what is not in it yet.</summary>
    public static List<long> NumbersOfSubject(Database database, string subject)
    {
        var bytes = Encoding.UTF8.GetBytes(subject);
        var found = new SortedSet<long>();
        LookupTable.Collect(database, new Lookups(Convert.FromHexString(Settings.Read(database, Settings.LookupKey)), 0, 0).OfSubject(subject), found);
        found.RemoveWhere(entry => !At(database, entry, (in AcceptanceCursor there) => there.Subject.SequenceEqual(bytes)));
        using var newest = new AcceptanceCursor(database, Settings.Number(database, Settings.LookupEnd));
        while (newest.Next())
        {
            if (newest.Subject.SequenceEqual(bytes))
            {
                found.Add(newest.Entry);
            }
        }
        return [.. found];
    }

    /// <summary>The subject of an acceptance; null if the ledger does not have it.</summary>
    public static string? Subject(Database database, AcceptanceId acceptance) =>
        At(database, acceptance.Entry, (in AcceptanceCursor found) => Of(found).Id == acceptance ? Encoding.UTF8.GetString(found.Subject) : null);

    /// <summary>The acceptance with an idempotency key, and the digest of what was asked; null if there is none. For the writer, whose pages stay in memory; a reader's go with each batch.</summary>
    public static (LedgerEntry Entry, byte[]? Request)? Idempotent(Database database, Lookups lookups, string idempotency, long hash)
    {
        var candidates = new List<long>();
        lookups.Collect(database, hash, candidates);
        var bytes = Encoding.UTF8.GetBytes(idempotency);
        return candidates.Select(entry => At<(LedgerEntry, byte[]?)?>(database, entry, (in AcceptanceCursor found) =>
            found.HasIdempotency && found.Idempotency.SequenceEqual(bytes) ? (Of(found), found.RequestDigest) : null)).FirstOrDefault(found => found is not null);
    }

    /// <summary>How many leaves a log has, if none is missing.</summary>
    public static long Count(Database database, string log) => log == Logs.Acceptances
        ? AcceptanceCursor.End(database)
        : database.Statement("SELECT coalesce(max(entry) + 1, 0) FROM catalogue_entries").First(r => r.Long(0));

    /// <summary>The hash of one leaf of a log, from its bytes.</summary>
    /// <exception cref="StoreException">The log lacks it.</exception>
    public static byte[] LeafHash(Database database, string log, long entry) => (log == Logs.Acceptances
        ? At(database, entry)?.LeafHash
        : database.Statement("SELECT record FROM catalogue_entries WHERE entry = ?").Bind(1, entry).First(r => MerkleHash.Leaf(r.Bytes(0))))
        ?? throw new StoreException($"{database.File} lacks entry {entry} of the log {log}. Stop the server, keep the file as it is, and restore the last backup with `terms restore`.");

    /// <summary>Gives every leaf of a log, in order, until the taker has enough; of a backup that an earlier program made, too.</summary>
    public static void Read(Database database, string log, LeafTaker take)
    {
        if (log == Logs.Acceptances && HasBlocks(database))
        {
            using var cursor = new AcceptanceCursor(database, long.MinValue);
            while (cursor.Next() && take(cursor.Entry, cursor.Record))
            {
            }
            return;
        }
        var entries = database.Statement($"SELECT entry, record FROM {(log == Logs.Acceptances ? "acceptance_entries" : "catalogue_entries")} ORDER BY entry");
        while (entries.Next() && take(entries.Long(0), entries.Bytes(1)))
        {
        }
        entries.Reset();
    }

    /// <summary>Whether acceptances stand in blocks; in a backup that an earlier program made they do not.</summary>
    public static bool HasBlocks(Database database) => database.Statement("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'acceptance_blocks'").First(_ => true);

    /// <summary>What the log of the catalogue has, by agreement and version.</summary>
    public static Dictionary<string, Publication> Published(Database database) =>
        database.Statement("SELECT record FROM catalogue_entries ORDER BY entry").All(r => Publication.Parse(r.Blob(0))).ToDictionary(p => p.Path, StringComparer.Ordinal);

    private delegate T Reading<T>(in AcceptanceCursor found);

    private static T? At<T>(Database database, long entry, Reading<T?> read)
    {
        using var cursor = new AcceptanceCursor(database, entry);
        return cursor.Next() && cursor.Entry == entry ? read(cursor) : default;
    }

    private static LedgerEntry Of(in AcceptanceCursor found)
    {
        var record = found.Record.ToArray();
        return new LedgerEntry(found.Entry, record, MerkleHash.Leaf(record));
    }
}
