using System.Globalization;
using Terms.Catalogue;

namespace Terms.Storage;

/// <summary>The shapes that the ledger has had, numbered from 1. Each runs once, in order; one that has been released is never edited.</summary>
internal static class Migrations
{
    private static readonly string[] All =
    [
        """
        CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE acceptance_entries(entry INTEGER PRIMARY KEY, record BLOB NOT NULL, subject TEXT NOT NULL, idempotency TEXT, request TEXT);
        CREATE TABLE catalogue_entries(entry INTEGER PRIMARY KEY, record BLOB NOT NULL);
        CREATE TABLE checkpoints(log TEXT NOT NULL, size INTEGER NOT NULL, note TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY(log, size)) WITHOUT ROWID;
        CREATE TABLE tiles(log TEXT NOT NULL, level INTEGER NOT NULL, tile INTEGER NOT NULL, hashes BLOB NOT NULL, PRIMARY KEY(log, level, tile));
        CREATE TABLE lookup(first INTEGER PRIMARY KEY, pairs BLOB NOT NULL);
        INSERT INTO lookup(first, pairs) VALUES (-9223372036854775808, x'');
        CREATE TABLE annex(entry INTEGER PRIMARY KEY, details BLOB NOT NULL);
        CREATE TABLE holds(subject TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, released TEXT, PRIMARY KEY(subject, at)) WITHOUT ROWID;
        CREATE TABLE presentations(number INTEGER PRIMARY KEY, content BLOB NOT NULL);
        CREATE TABLE presentation_uses(presentation INTEGER PRIMARY KEY, entry INTEGER NOT NULL);
        CREATE TABLE shown(digest TEXT PRIMARY KEY, media TEXT NOT NULL, content BLOB NOT NULL);
        CREATE TABLE service_keys(id TEXT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, scopes TEXT NOT NULL, return_addresses TEXT NOT NULL, created TEXT NOT NULL, revoked TEXT) WITHOUT ROWID;
        """,
    ];

    /// <summary>Brings a ledger to the newest shape.</summary>
    /// <exception cref="StoreException">A newer program has already brought it further.</exception>
    public static void Run(Database database, DateTimeOffset at)
    {
        database.Execute("CREATE TABLE IF NOT EXISTS migrations(number INTEGER PRIMARY KEY, applied TEXT NOT NULL)");
        var applied = (int)database.Statement("SELECT coalesce(max(number), 0) FROM migrations").First(r => r.Long(0));
        if (applied > All.Length)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                $"{database.File} has shape {applied}, and this program knows shapes up to {All.Length}. Run the newer program that last opened it."));
        }
        for (var number = applied + 1; number <= All.Length; number++)
        {
            database.Transact(() =>
            {
                database.Execute(All[number - 1]);
                database.Statement("INSERT INTO migrations(number, applied) VALUES (?, ?)").Bind(1, number).Bind(2, at.ToRfc3339()).Run();
            });
        }
    }
}
