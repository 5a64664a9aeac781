using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Catalogue;

namespace Terms.Storage;

/// <summary>What an erasure did.</summary>
/// <param name="Acceptances">The acceptances whose details were erased; empty if there were none any more.</param>
/// <param name="Notices">The notices whose addresses were erased.</param>
/// <param name="IsGoneFromDisk">Whether the write-ahead log was emptied too. If a long reader prevented that, the words stand there until the log is next brought into the file, which the server does by itself.</param>
public sealed record ErasureResult(IReadOnlyList<AcceptanceId> Acceptances, IReadOnlyList<string> Notices, bool IsGoneFromDisk);

/// <summary>A hold: while one is not released, the details of its subject are not erased.</summary>
/// <param name="Subject">Whose.</param>
/// <param name="At">Since when.</param>
/// <param name="Why">Why, in the operator's words.</param>
/// <param name="Released">When it was released; null while it holds.</param>
public sealed record Hold(string Subject, DateTimeOffset At, string Why, DateTimeOffset? Released);

/// <summary>
/// The personal details beside the log, and the addresses of notices: erasing them, and holds that prevent it. Each call works on a connection of its own, so a server and the command line
/// do the same thing in the same way, at the same time: SQLite lets one of them write, the other waits a moment. What is to be erased is written to
/// <c>erasures.log</c> and flushed first, inside the transaction that has the right to write; the ledger remembers how much of that file it has carried
/// out, and carries the rest out when it is opened. So a ledger from a backup is erased again by opening it.
/// </summary>
public sealed class Annex
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly StoreFolders folders;

    /// <summary>The annex of a store that is there, open elsewhere or not. What it does is refused while the ledger is of an older shape.</summary>
    /// <exception cref="StoreException">There is no store.</exception>
    public Annex(StoreFolders folders)
    {
        StoreOpening.RequireStore(folders);
        this.folders = folders;
    }

    /// <summary>Erases the details of one acceptance. The record and every proof stay as they are.</summary>
    /// <exception cref="StoreException">Its subject is on hold, or there is no such acceptance.</exception>
    public ErasureResult Erase(AcceptanceId acceptance, DateTimeOffset at) => EraseFound(at, database =>
        Entries.Subject(database, acceptance) is { } subject ? (subject, [acceptance.Entry], false) : throw new StoreException($"There is no acceptance {acceptance}."));

    /// <summary>Erases the details of all acceptances of a subject, and the addresses of its notices. The records, the notices and every proof stay as they are.</summary>
    /// <exception cref="StoreException">The subject is on hold.</exception>
    public ErasureResult EraseSubject(string subject, DateTimeOffset at) => EraseFound(at, database => (subject, Entries.NumbersOfSubject(database, subject), true));

    /// <summary>Puts the details of a subject on hold.</summary>
    public void Hold(string subject, string why, DateTimeOffset at) => Write(database => database.Statement("INSERT OR IGNORE INTO holds(subject, at, why) VALUES (?, ?, ?)")
        .Bind(1, subject).Bind(2, at.ToRfc3339()).Bind(3, why).Run());

    /// <summary>Releases every hold on a subject.</summary>
    /// <returns>How many there were.</returns>
    public int Release(string subject, DateTimeOffset at)
    {
        var released = 0;
        Write(database =>
        {
            database.Statement("UPDATE holds SET released = ? WHERE subject = ? AND released IS NULL").Bind(1, at.ToRfc3339()).Bind(2, subject).Run();
            released = database.Changes;
        });
        return released;
    }

    /// <summary>All holds, past ones too, by subject and time.</summary>
    public IReadOnlyList<Hold> Holds()
    {
        using var database = StoreOpening.BesideToRead(folders);
        return database.Statement("SELECT subject, at, why, released FROM holds ORDER BY subject, at")
            .All(r => new Hold(r.Text(0), Settings.Instant(r.Text(1)), r.Text(2), r.TextOrNull(3) is { } released ? Settings.Instant(released) : null));
    }

    /// <summary>Carries out what <c>erasures.log</c> has and the ledger has not, such as after restoring a backup.</summary>
    /// <returns>How many lines were carried out.</returns>
    /// <exception cref="StoreException">The file is shorter than what the ledger has carried out, or has a line that is none.</exception>
    internal static int CarryOut(Database database, StoreFolders folders)
    {
        if (new FileInfo(folders.Erasures).Length == Settings.Number(database, Settings.ErasedTo))
        {
            return 0;
        }
        var carriedOut = 0;
        database.Transact(() =>
        {
            using var log = new FileStream(folders.Erasures, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var done = Settings.Number(database, Settings.ErasedTo);
            if (log.Length < done)
            {
                throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                    $"{folders.Erasures} has {log.Length} bytes, and the ledger has carried out {done} of them: it was shortened or is of another store. Put the store's own file there."));
            }
            var rest = new byte[log.Length - done];
            log.Position = done;
            log.ReadExactly(rest);
            var whole = Array.LastIndexOf(rest, (byte)'\n') + 1;
            foreach (var line in Encoding.UTF8.GetString(rest.AsSpan(0, whole)).Split('\n')[..^1])
            {
                var (acceptance, notice) = Erased(line, folders);
                if (acceptance is { } id && Entries.Subject(database, id) is not null) // What this ledger, from an older backup, does not have has nothing to erase.
                {
                    Delete(database, id.Entry);
                }
                if (notice is not null && StoredNotices.NumberOf(database, notice) is { } number)
                {
                    DeleteAddress(database, number);
                }
                carriedOut++;
            }
            log.SetLength(done + whole); // The machine stopped in the middle of a last line; nobody was told that it was done.
            Settings.Write(database, Settings.ErasedTo, done + whole);
        });
        database.EmptyLog();
        return carriedOut;
    }

    private ErasureResult EraseFound(DateTimeOffset at, Func<Database, (string Subject, IReadOnlyList<long> Entries, bool Notices)> find)
    {
        using var database = StoreOpening.Beside(folders);
        CarryOut(database, folders);
        using var log = new FileStream(folders.Erasures, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        var (erased, notices) = (new List<AcceptanceId>(), new List<string>());
        long? before = null;
        try
        {
            database.Transact(() =>
            {
                var (subject, entries, withNotices) = find(database);
                if (database.Statement("SELECT why FROM holds WHERE subject = ? AND released IS NULL").Bind(1, subject).First(r => r.Text(0)) is { } why)
                {
                    throw new OnHoldException($"The details of {subject} are on hold ({why}) and were not erased. Release the hold first with `terms hold release`.");
                }
                before = log.Seek(0, SeekOrigin.End);
                foreach (var entry in entries)
                {
                    if (database.Statement("SELECT details FROM annex WHERE entry = ?").Bind(1, entry).First(r => r.Blob(0)) is { } details)
                    {
                        var id = Entries.At(database, entry)!.Id;
                        log.Write(Line("acceptance", id.ToString(), Names(details), at));
                        Delete(database, entry);
                        erased.Add(id);
                    }
                }
                foreach (var (number, id) in withNotices ? AddressesOf(database, subject) : [])
                {
                    log.Write(Line("notice", id, ["address"], at));
                    DeleteAddress(database, number);
                    notices.Add(id);
                }
                log.Flush(flushToDisk: true);
                Settings.Write(database, Settings.ErasedTo, log.Length);
            });
        }
        catch when (before is not null)
        {
            log.SetLength(before.Value);
            throw;
        }
        return new ErasureResult(erased, notices, database.EmptyLog());
    }

    private void Write(Action<Database> action)
    {
        using var database = StoreOpening.Beside(folders);
        database.Transact(() => action(database));
    }

    private static void Delete(Database database, long entry) => database.Statement("DELETE FROM annex WHERE entry = ?").Bind(1, entry).Run();

    private static List<(long Number, string Id)> AddressesOf(Database database, string subject) =>
        database.Statement("SELECT number, id FROM notices JOIN notice_addresses ON notice = number WHERE subject = ? ORDER BY number").Bind(1, subject).All(r => (r.Long(0), r.Text(1)));

    private static void DeleteAddress(Database database, long notice) => database.Statement("DELETE FROM notice_addresses WHERE notice = ?").Bind(1, notice).Run();

    private static List<string> Names(byte[] details)
    {
        using var document = JsonDocument.Parse(details);
        return [.. document.RootElement.EnumerateObject().Select(d => d.Name)];
    }

    /// <summary>A line of the file: which acceptance or notice, the names of the details, when; not a word of them.</summary>
    private static byte[] Line(string what, string id, List<string> details, DateTimeOffset at)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString(what, id);
            json.WriteStartArray("details");
            details.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteString("at", at.ToRfc3339());
            json.WriteEndObject();
        }
        bytes.WriteByte((byte)'\n');
        return bytes.ToArray();
    }

    /// <summary>What a line names: an acceptance or a notice.</summary>
    private static (AcceptanceId? Acceptance, string? Notice) Erased(string line, StoreFolders folders)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("notice", out var notice) && notice.GetString() is { } name)
            {
                return (null, name);
            }
            if (AcceptanceId.TryParse(document.RootElement.GetProperty("acceptance").GetString(), out var id))
            {
                return (id, null);
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new StoreException($"{folders.Erasures} has a line that is no erasure: {e.Message} Put the store's own file there.", e);
        }
        throw new StoreException($"{folders.Erasures} has a line that names no acceptance. Put the store's own file there.");
    }
}
