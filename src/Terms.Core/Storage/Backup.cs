using System.Globalization;
using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>What a backup or a restored store holds.</summary>
/// <param name="Acceptances">Entries of the log of acceptances.</param>
/// <param name="Publications">Entries of the log of the catalogue.</param>
/// <param name="Erased">Lines of <c>erasures.log</c> that were carried out anew.</param>
public sealed record BackupResult(long Acceptances, long Publications, int Erased);

/// <summary>Copies of a store, made while a server runs, and stores made from copies.</summary>
public static class Backup
{
    /// <summary>
    /// Copies one state of the ledger, its head and <c>erasures.log</c> into a new folder. It may run beside a server; until it ends, the server's
    /// write-ahead log grows. The verifier keys go with it, the secret ones only if that is asked for.
    /// </summary>
    /// <exception cref="StoreException">The folder is there already, or there is no store.</exception>
    public static BackupResult Make(StoreFolders folders, string target, bool withKeys)
    {
        StoreOpening.RequireStore(folders);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
        {
            throw new StoreException($"{target} is not empty. Name a new folder for each backup.");
        }
        var copy = new StoreFolders(target);
        StoreFolders.MakePrivate(copy.Data);
        StoreFolders.MakePrivate(copy.Keys);
        StoreFolders.WritePrivate(copy.Ledger, []);
        using (var database = Database.Open(folders.Ledger))
        {
            database.Statement("VACUUM INTO ?").Bind(1, copy.Ledger).Run();
        }
        var result = WriteHead(copy);
        CopyPrivate(folders.Erasures, copy.Erasures); // After the ledger: it may have later erasures than the copy, never fewer.
        CopyPrivate(folders.VerifierKeys, copy.VerifierKeys);
        if (withKeys)
        {
            CopyPrivate(folders.SigningKey, copy.SigningKey);
            CopyPrivate(folders.TokenSecret, copy.TokenSecret);
            foreach (var secret in folders.WebhookSecrets)
            {
                CopyPrivate(secret, Path.Combine(copy.Keys, Path.GetFileName(secret)));
            }
        }
        return result;
    }

    /// <summary>
    /// Makes a store from a backup: checks the backup entirely, puts its ledger and head in place, and carries out the erasures of the folder's own
    /// <c>erasures.log</c> if there is one, else of the backup's. Keys that are there stay; those of the backup are put where there are none.
    /// </summary>
    /// <exception cref="StoreException">The backup is not sound, is of another store, or is older than what is there. Nothing was changed.</exception>
    public static BackupResult Restore(string backup, StoreFolders folders, DateTimeOffset at)
    {
        var source = new StoreFolders(backup);
        var checkedBackup = StoreCheck.Run(source);
        if (checkedBackup.Findings.Count > 0)
        {
            throw new StoreException($"The backup in {backup} is not sound, and nothing was restored: {string.Join(' ', checkedBackup.Findings)}");
        }
        StoreFolders.MakePrivate(folders.Data);
        StoreFolders.MakePrivate(folders.Keys);
        using var held = StoreOpening.TakeLock(folders.Lock);
        RequireNotOlder(source, folders, checkedBackup.Acceptances, checkedBackup.Publications);
        foreach (var (from, to) in source.WebhookSecrets.Select(s => (s, Path.Combine(folders.Keys, Path.GetFileName(s))))
            .Concat([(source.SigningKey, folders.SigningKey), (source.VerifierKeys, folders.VerifierKeys), (source.TokenSecret, folders.TokenSecret)]))
        {
            if (File.Exists(from) && !File.Exists(to))
            {
                CopyPrivate(from, to);
            }
        }
        if (!File.Exists(folders.Erasures))
        {
            CopyPrivate(source.Erasures, folders.Erasures);
        }
        Replace(source.Ledger, folders.Ledger);
        Replace(source.Head, folders.Head);
        using var database = Database.Open(folders.Ledger);
        Migrations.Run(database, at);
        return new BackupResult(checkedBackup.Acceptances, checkedBackup.Publications, Annex.CarryOut(database, folders));
    }

    /// <summary>The head of a copy, from the copy's own last checkpoints.</summary>
    private static BackupResult WriteHead(StoreFolders copy)
    {
        using var database = Database.Open(copy.Ledger);
        var acceptances = VerifierKey.Parse(Settings.Read(database, Settings.Key));
        var (first, second) = (Last(acceptances, Logs.Acceptances), Last(acceptances.For($"{Settings.Read(database, Settings.Origin)}/{Logs.Catalogue}"), Logs.Catalogue));
        LedgerHead.Create(copy.Head, first, second);
        return new BackupResult(first.Size, second.Size, 0);

        SignedTree Last(VerifierKey key, string log) =>
            key.Open(database.Statement("SELECT note FROM checkpoints WHERE log = ? ORDER BY size DESC LIMIT 1").Bind(1, log).First(r => r.Text(0)) ?? throw new StoreException($"{database.File} has no checkpoint of the log {log}."));
    }

    /// <summary>Refuses to put a backup in the place of a ledger that has more than it, or that is of another store.</summary>
    private static void RequireNotOlder(StoreFolders source, StoreFolders folders, long acceptances, long publications)
    {
        using var backup = Database.OpenToRead(source.Ledger);
        var key = VerifierKey.Parse(Settings.Read(backup, Settings.Key));
        if (File.Exists(folders.Head))
        {
            var head = LedgerHead.Read(folders.Head, key, key.For($"{Settings.Read(backup, Settings.Origin)}/{Logs.Catalogue}"))
                ?? throw new StoreException($"{folders.Head} is of another store than the backup, or damaged. Move the files of {folders.Data} away, keep them, and restore again.");
            if (head.Acceptances.Size > acceptances || head.Catalogue.Size > publications)
            {
                throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                    $"{folders.Head} remembers {head.Acceptances.Size} acceptances and {head.Catalogue.Size} publications, and the backup has {acceptances} and {publications}: restoring it would lose what was recorded since. ")
                    + $"If the ledger cannot be saved, move the files of {folders.Data} away, except erasures.log, and keep them as proof of what was lost; then restore again.");
            }
        }
        else if (File.Exists(folders.Ledger))
        {
            throw new StoreException($"{folders.Ledger} is there without its head, so it cannot be said which is newer. Move it away, keep it, and restore again.");
        }
    }

    private static void Replace(string from, string to)
    {
        var beside = to + ".restoring";
        File.Delete(beside);
        CopyPrivate(from, beside);
        foreach (var rest in new[] { to + "-wal", to + "-shm" })
        {
            File.Delete(rest);
        }
        File.Move(beside, to, overwrite: true);
    }

    private static void CopyPrivate(string from, string to)
    {
        StoreFolders.WritePrivate(to, []);
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = new FileStream(to, FileMode.Open, FileAccess.Write);
        source.CopyTo(target);
        target.Flush(flushToDisk: true);
    }
}
