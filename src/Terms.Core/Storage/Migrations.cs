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
        """
        CREATE TABLE publications(entry INTEGER PRIMARY KEY, draft TEXT NOT NULL, digest TEXT NOT NULL, agreement TEXT NOT NULL, version TEXT NOT NULL, UNIQUE(agreement, version));
        CREATE TABLE publication_files(entry INTEGER NOT NULL, path TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY(entry, path)) WITHOUT ROWID;
        CREATE TABLE withdrawals(entry INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL);
        CREATE TRIGGER publications_stay BEFORE UPDATE ON publications BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END;
        CREATE TRIGGER publications_are_kept BEFORE DELETE ON publications BEGIN SELECT RAISE(ABORT, 'what was published is never removed'); END;
        CREATE TRIGGER publication_files_stay BEFORE UPDATE ON publication_files BEGIN SELECT RAISE(ABORT, 'what was published is never changed'); END;
        CREATE TRIGGER publication_files_are_kept BEFORE DELETE ON publication_files BEGIN SELECT RAISE(ABORT, 'what was published is never removed'); END;
        CREATE TRIGGER withdrawals_stay BEFORE UPDATE ON withdrawals BEGIN SELECT RAISE(ABORT, 'a withdrawal is never changed'); END;
        CREATE TRIGGER withdrawals_are_kept BEFORE DELETE ON withdrawals BEGIN SELECT RAISE(ABORT, 'a withdrawal is never removed'); END;
        """,
    ];

    /// <summary>Refuses a ledger that is not of the newest shape, where it may only be read.</summary>
    /// <exception cref="StoreException">It is older, or newer.</exception>
    public static void RequireNewest(Database database)
    {
        if (Applied(database) is var applied && applied != All.Length)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                $"{database.File} has shape {applied}, and this program reads shape {All.Length}. Start the server of this program once with the store, or run the program that last opened it."));
        }
    }

    /// <summary>Brings a ledger to the newest shape.</summary>
    /// <exception cref="StoreException">A newer program has already brought it further.</exception>
    public static void Run(Database database, DateTimeOffset at)
    {
        database.Execute("CREATE TABLE IF NOT EXISTS migrations(number INTEGER PRIMARY KEY, applied TEXT NOT NULL)");
        var applied = Applied(database);
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

    private static int Applied(Database database) => (int)database.Statement("SELECT coalesce(max(number), 0) FROM migrations").First(r => r.Long(0));
}
