using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Audits;

/// <summary>Audits the folder of a store: both logs with their tiles, what stands beside them, <c>ledger.head</c> and <c>erasures.log</c>.</summary>
internal static class StoreAudit
{
    private const int EntriesBetweenReports = 10_000;
    private const string Unreadable = "The file is damaged, or it is not the database of a store. What was read before still counts.";

    public static AuditReport Run(string folder, IReadOnlyList<VerifierKey> given, IProgress<long>? progress)
    {
        string In(string name) => Path.Combine(folder, name);
        if (!File.Exists(In("ledger.db")) && !File.Exists(In("ledger.head")))
        {
            throw new AuditRefusedException($"{folder} is not the folder of a store: it has no ledger.db. Name the data folder, or an export.");
        }
        var keys = given.Count > 0 ? given : OwnKeys(In(Path.Combine("keys", "signing.pub")));
        var findings = new FindingList();
        if (!File.Exists(In("ledger.db")))
        {
            findings.Add("store", "ledger.head is there, and ledger.db is not.", "The database was taken away. Restore it from a backup.");
            return findings.Report([], given.Count > 0);
        }
        var head = ReadHead(In("ledger.head"), keys, findings); // Before the database, which may only be ahead of it.
        var erased = Erasures.Length(In("erasures.log"));
        List<AuditedLog> logs = [];
        try
        {
            using (var store = new StoreFile(In("ledger.db")))
            {
                logs.Add(Log(store, "acceptances", Key(keys, "acceptances"), head, findings, progress));
                logs.Add(Log(store, "catalogue", Key(keys, "catalogue"), head, findings, progress));
                if (store.WasWritten)
                {
                    throw new AuditRefusedException("A server began to write while the store was read. Run the audit again: it can read beside a server that runs already.");
                }
            }
            using (var later = new StoreFile(In("ledger.db")))
            {
                Erasures.Check(later, In("erasures.log"), erased, findings); // What stood in that file before is in the database by now.
            }
        }
        catch (SqliteException wrong)
        {
            findings.Add("store", $"ledger.db cannot be read on: {Quoted.Text(wrong.Message)}", Unreadable);
        }
        catch (InvalidCastException)
        {
            findings.Add("store", "ledger.db has a value of another kind than its column.", Unreadable);
        }
        return findings.Report(logs, given.Count > 0);
    }

    private static IReadOnlyList<VerifierKey> OwnKeys(string file)
    {
        try
        {
            return VerifierKey.ParseLines(File.ReadAllText(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new AuditRefusedException($"The verifier keys of the store cannot be read from {file}: {e.Message} Give them with --key FILE.");
        }
    }

    private static VerifierKey Key(IReadOnlyList<VerifierKey> keys, string log) => keys.FirstOrDefault(k => k.Name.EndsWith($"/{log}", StringComparison.Ordinal))
        ?? throw new AuditRefusedException($"None of the keys is for the log {log}. Give the keys of both logs, one a line, with --key FILE.");

    private static IReadOnlyList<Checkpoint> ReadHead(string file, IReadOnlyList<VerifierKey> keys, FindingList findings)
    {
        const string Meaning = "Whether the database is the latest cannot be told from the store alone; compare it with a checkpoint kept elsewhere.";
        if (!File.Exists(file))
        {
            findings.Add("store", "ledger.head is not there.", Meaning);
            return [];
        }
        if (HeadFile.Read(file, keys) is { } head)
        {
            return head;
        }
        findings.Add("store", "Neither slot of ledger.head holds checkpoints of both logs signed by the keys.", Meaning);
        return [];
    }

    private static AuditedLog Log(StoreFile store, string name, VerifierKey key, IReadOnlyList<Checkpoint> head, FindingList findings, IProgress<long>? progress)
    {
        using var beside = name == "acceptances" ? new BesideTheLog(store, findings) : null;
        using var acceptances = beside is null ? null : new AcceptanceAudit(findings, beside);
        using var tiles = new StoredTiles(store, name);
        var audit = new LogAudit(name, key, acceptances ?? (RecordAudit)new PublicationAudit(findings), findings, tiles.Of);
        using var checkpoints = store.Query("SELECT size, note, at FROM checkpoints WHERE log = $1 ORDER BY size", name);
        using var entries = new StoredEntries(store, name, findings);
        var next = NextSize(checkpoints);
        while (true)
        {
            for (; next <= audit.Next; next = NextSize(checkpoints))
            {
                audit.Checkpoint(next.Value, checkpoints.Text(1), checkpoints.Text(2));
            }
            if (!entries.Next(out var record))
            {
                break;
            }
            audit.Entry(entries.Entry, record);
            if (audit.Entries % EntriesBetweenReports == 0)
            {
                progress?.Report(audit.Entries);
            }
        }
        for (; next is not null; next = NextSize(checkpoints))
        {
            audit.Checkpoint(next.Value, checkpoints.Text(1), checkpoints.Text(2));
        }
        var audited = audit.End();
        beside?.End();
        CheckTilesBeyond(store, name, audited.Entries, findings);
        CheckHead(store, name, head.FirstOrDefault(c => c.Origin == key.Name), audited.Entries, findings);
        return audited;
    }

    private static long? NextSize(StoreFile.Rows checkpoints) => checkpoints.Next() ? checkpoints.Number(0) : null;

    private static void CheckTilesBeyond(StoreFile store, string log, long size, FindingList findings)
    {
        using var beyond = store.Query("SELECT level, tile FROM tiles WHERE log = $1 AND (level < 0 OR level > 7 OR tile < 0 OR tile >= ($2 >> (8 * (level + 1))))", log, size);
        while (beyond.Next())
        {
            findings.Add(
                log, string.Create(CultureInfo.InvariantCulture, $"The tile {beyond.Number(0)}/{beyond.Number(1)} is kept, and the entries do not fill it."),
                "Records at the end were taken away, or the tile was put in by somebody else.");
        }
    }

    private static void CheckHead(StoreFile store, string log, Checkpoint? head, long size, FindingList findings)
    {
        if (head is null)
        {
            return;
        }
        if (head.Size > size)
        {
            findings.Add(log, size, head.Size - 1, string.Create(CultureInfo.InvariantCulture, $"ledger.head has a checkpoint of {head.Size} entries; the database has {size}."), Meanings.CutOff);
            return;
        }
        if (head.Size == 0 && head.Root.AsSpan().SequenceEqual(SHA256.HashData([])))
        {
            return; // Of the log before its first entry a checkpoint need not be kept.
        }
        using var rows = store.Query("SELECT note FROM checkpoints WHERE log = $1 AND size = $2", log, head.Size);
        if (!rows.Next() || !HasRoot(rows.Text(0), head.Root))
        {
            findings.Add(
                log, string.Create(CultureInfo.InvariantCulture, $"ledger.head has a checkpoint of {head.Size} entries that is not the database's."),
                "The log signed two different trees, or the database is of another past than the file beside it.");
        }
    }

    private static bool HasRoot(string note, byte[] root)
    {
        try
        {
            return Checkpoint.Read(note).Root.AsSpan().SequenceEqual(root);
        }
        catch (MalformedException)
        {
            return false;
        }
    }
}
