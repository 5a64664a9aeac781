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
        CREATE TABLE editors(name TEXT PRIMARY KEY, display_name TEXT NOT NULL, password TEXT NOT NULL, created TEXT NOT NULL, disabled TEXT, failures INTEGER NOT NULL DEFAULT 0, locked_until TEXT) WITHOUT ROWID;
        CREATE TABLE editor_grants(editor TEXT NOT NULL, role TEXT NOT NULL, agreement TEXT NOT NULL, PRIMARY KEY(editor, role, agreement)) WITHOUT ROWID;
        CREATE TABLE editor_sessions(id TEXT PRIMARY KEY, editor TEXT NOT NULL, created TEXT NOT NULL, seen TEXT NOT NULL) WITHOUT ROWID;
        CREATE INDEX editor_sessions_of_editor ON editor_sessions(editor);
        CREATE TABLE draft_files(digest TEXT PRIMARY KEY, content BLOB NOT NULL);
        CREATE TABLE draft_revisions(draft TEXT NOT NULL, revision INTEGER NOT NULL, digest TEXT NOT NULL, content BLOB NOT NULL, PRIMARY KEY(draft, revision));
        CREATE TABLE workbench_events(number INTEGER PRIMARY KEY, at INTEGER NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, draft TEXT, agreement TEXT, event BLOB NOT NULL);
        CREATE INDEX workbench_events_of_draft ON workbench_events(draft, number);
        CREATE INDEX workbench_events_by_who ON workbench_events(who, number);
        CREATE TRIGGER draft_files_stay BEFORE UPDATE ON draft_files BEGIN SELECT RAISE(ABORT, 'Files of drafts are kept as they are.'); END;
        CREATE TRIGGER draft_files_remain BEFORE DELETE ON draft_files BEGIN SELECT RAISE(ABORT, 'Files of drafts are kept as they are.'); END;
        CREATE TRIGGER draft_files_once BEFORE INSERT ON draft_files WHEN EXISTS (SELECT 1 FROM draft_files WHERE digest = NEW.digest) BEGIN SELECT RAISE(ABORT, 'Files of drafts are kept as they are.'); END;
        CREATE TRIGGER draft_revisions_stay BEFORE UPDATE ON draft_revisions BEGIN SELECT RAISE(ABORT, 'Revisions are kept as they are.'); END;
        CREATE TRIGGER draft_revisions_remain BEFORE DELETE ON draft_revisions BEGIN SELECT RAISE(ABORT, 'Revisions are kept as they are.'); END;
        CREATE TRIGGER draft_revisions_once BEFORE INSERT ON draft_revisions WHEN EXISTS (SELECT 1 FROM draft_revisions WHERE draft = NEW.draft AND revision = NEW.revision)
          BEGIN SELECT RAISE(ABORT, 'Revisions are kept as they are.'); END;
        CREATE TRIGGER workbench_events_stay BEFORE UPDATE ON workbench_events BEGIN SELECT RAISE(ABORT, 'Events are kept as they are.'); END;
        CREATE TRIGGER workbench_events_remain BEFORE DELETE ON workbench_events BEGIN SELECT RAISE(ABORT, 'Events are kept as they are.'); END;
        CREATE TRIGGER workbench_events_once BEFORE INSERT ON workbench_events WHEN EXISTS (SELECT 1 FROM workbench_events WHERE number = NEW.number) BEGIN SELECT RAISE(ABORT, 'Events are kept as they are.'); END;
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
        // Acceptances in blocks. Each that is there becomes a block of its own.
        """
        CREATE TABLE acceptance_blocks(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, records BLOB NOT NULL, texts BLOB NOT NULL);
        INSERT INTO acceptance_blocks(first, count, records, texts)
        SELECT entry, 1, CAST(unhex(format('%08x', length(record))) || record AS BLOB),
            CAST(unhex(format('%08x', octet_length(subject))) || subject
                || CASE WHEN idempotency IS NULL THEN x'ffffffff' ELSE unhex(format('%08x', octet_length(idempotency))) || idempotency END
                || CASE WHEN request IS NULL THEN x'ffffffff' ELSE unhex(format('%08x', octet_length(request))) || request END AS BLOB)
        FROM acceptance_entries ORDER BY entry;
        DROP TABLE acceptance_entries;
        """,
        """
        CREATE TABLE notices(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, subject TEXT NOT NULL, version TEXT NOT NULL, text_digest TEXT NOT NULL, channel TEXT NOT NULL, carrier TEXT NOT NULL,
          language TEXT NOT NULL, title TEXT NOT NULL, digest TEXT NOT NULL, request TEXT NOT NULL);
        CREATE INDEX notices_of_subject ON notices(subject);
        CREATE TABLE notice_addresses(notice INTEGER PRIMARY KEY, address TEXT NOT NULL);
        CREATE TABLE notice_events(number INTEGER PRIMARY KEY, notice INTEGER NOT NULL, event BLOB NOT NULL);
        CREATE INDEX notice_events_of_notice ON notice_events(notice);
        CREATE TABLE notice_due(notice INTEGER PRIMARY KEY, due INTEGER NOT NULL);
        CREATE INDEX notice_due_by_time ON notice_due(due);
        CREATE TABLE notice_troubles(notice INTEGER PRIMARY KEY);
        CREATE TRIGGER notices_stay BEFORE UPDATE ON notices BEGIN SELECT RAISE(ABORT, 'Notices are kept as they are.'); END;
        CREATE TRIGGER notices_remain BEFORE DELETE ON notices BEGIN SELECT RAISE(ABORT, 'Notices are kept as they are.'); END;
        CREATE TRIGGER notices_once BEFORE INSERT ON notices WHEN EXISTS (SELECT 1 FROM notices WHERE number = NEW.number OR id = NEW.id) BEGIN SELECT RAISE(ABORT, 'Notices are kept as they are.'); END;
        CREATE TRIGGER notice_events_stay BEFORE UPDATE ON notice_events BEGIN SELECT RAISE(ABORT, 'Events of notices are kept as they are.'); END;
        CREATE TRIGGER notice_events_remain BEFORE DELETE ON notice_events BEGIN SELECT RAISE(ABORT, 'Events of notices are kept as they are.'); END;
        CREATE TRIGGER notice_events_once BEFORE INSERT ON notice_events WHEN EXISTS (SELECT 1 FROM notice_events WHERE number = NEW.number)
          BEGIN SELECT RAISE(ABORT, 'Events of notices are kept as they are.'); END;
        CREATE TABLE webhooks(id TEXT PRIMARY KEY, address TEXT NOT NULL, events TEXT NOT NULL, created TEXT NOT NULL, disabled TEXT) WITHOUT ROWID;
        CREATE TABLE outbox(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, agreement TEXT NOT NULL, sequence INTEGER NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL, created TEXT NOT NULL,
          UNIQUE(agreement, sequence));
        CREATE TABLE webhook_lanes(webhook TEXT NOT NULL, agreement TEXT NOT NULL, PRIMARY KEY(webhook, agreement)) WITHOUT ROWID;
        CREATE TABLE deliveries(webhook TEXT NOT NULL, agreement TEXT NOT NULL, message INTEGER NOT NULL, state INTEGER NOT NULL, attempts INTEGER NOT NULL, due INTEGER NOT NULL,
          PRIMARY KEY(webhook, agreement, message)) WITHOUT ROWID;
        CREATE INDEX deliveries_open ON deliveries(webhook, agreement, message) WHERE state < 2;
        CREATE TABLE delivery_attempts(number INTEGER PRIMARY KEY, webhook TEXT NOT NULL, message INTEGER NOT NULL, at TEXT NOT NULL, ended TEXT, status INTEGER, words TEXT);
        CREATE INDEX delivery_attempts_of_message ON delivery_attempts(webhook, message);
        CREATE TABLE told_effective(version TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
        """,
        // Notices to recipients are counted as they move on. Those that are there are counted once.
        """
        CREATE TABLE notice_counts(version TEXT NOT NULL, channel TEXT NOT NULL, standing TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY(version, channel, standing)) WITHOUT ROWID;
        INSERT INTO notice_counts(version, channel, standing, count)
        SELECT version, channel, CASE WHEN EXISTS (SELECT 1 FROM notice_troubles WHERE notice = n.number) THEN 'failed'
            ELSE (SELECT CASE json_extract(CAST(event AS TEXT), '$.event') WHEN 'sent' THEN 'sent' WHEN 'delivered' THEN 'delivered' ELSE 'waiting' END
                FROM notice_events AS e WHERE e.notice = n.number ORDER BY e.number DESC LIMIT 1) END AS standing, count(*)
        FROM notices AS n WHERE carrier <> 'board' GROUP BY version, channel, standing;
        """,
        // An acceptance is withdrawn once, also by two who ask at the same time. What was withdrawn before stands in the log, where whoever asks looks first.
        """
        CREATE TABLE acceptance_withdrawals(acceptance INTEGER PRIMARY KEY, entry INTEGER NOT NULL);
        """,
        // Passkeys of editors; the secret halves never come here.
        """
        CREATE TABLE editor_passkeys(id TEXT PRIMARY KEY, editor TEXT NOT NULL, handle TEXT NOT NULL, public_key BLOB NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL, sign_count INTEGER NOT NULL,
          transports TEXT NOT NULL, backup_eligible INTEGER NOT NULL, backed_up INTEGER NOT NULL, used TEXT) WITHOUT ROWID;
        CREATE INDEX editor_passkeys_of_editor ON editor_passkeys(editor);
        CREATE INDEX editor_passkeys_by_handle ON editor_passkeys(handle);
        """,
        // Acceptances that were recorded together are packed from here on. What is there stays as it is; the number keeps programs away that cannot unpack.
        """
        SELECT 1;
        """,
        // Digests of requests stand as bytes from here on. The number keeps programs away that would take a repeated request for another one.
        """
        SELECT 1;
        """,
        // Digests in packed rows are folded from here on. What is there stays as it is; the number keeps programs away that cannot unfold.
        """
        SELECT 1;
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
    public static void Run(Database database, DateTimeOffset at) => Run(database, at, All.Length);

    /// <summary>Brings a ledger to the shape of a program that knew so many.</summary>
    public static void Run(Database database, DateTimeOffset at, int known)
    {
        database.Execute("CREATE TABLE IF NOT EXISTS migrations(number INTEGER PRIMARY KEY, applied TEXT NOT NULL)");
        var applied = Applied(database);
        if (applied > known)
        {
            throw new StoreException(string.Create(CultureInfo.InvariantCulture,
                $"{database.File} has shape {applied}, and this program knows shapes up to {known}. Run the newer program that last opened it."));
        }
        for (var number = applied + 1; number <= known; number++)
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
