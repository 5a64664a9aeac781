using System.Text;
using SQLitePCL;

namespace Terms.Storage;

/// <summary>One connection to an SQLite file, for one thread at a time. Every failure is a <see cref="StoreException"/>.</summary>
internal sealed class Database : IDisposable
{
    private const int BusyMilliseconds = 10_000;
    private const int EmptyingMilliseconds = 500;
    private readonly sqlite3 handle;
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    static Database()
    {
        Batteries_V2.Init();
        raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0); // Counting memory takes a lock that all connections share.
    }

    private Database(string file, int flags)
    {
        File = file;
        var code = raw.sqlite3_open_v2(file, out handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (code != raw.SQLITE_OK)
        {
            throw StoreException.Of(code, raw.sqlite3_errstr(code).utf8_to_string(), file);
        }
        raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
    }

    public string File { get; }

    /// <summary>Whether the file could only be opened for reading.</summary>
    public bool IsReadOnly => raw.sqlite3_db_readonly(handle, "main") == 1;

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(handle);

    /// <summary>The key of the row that was last inserted.</summary>
    public long LastRow => raw.sqlite3_last_insert_rowid(handle);

    /// <summary>Makes a file that is not there.</summary>
    public static Database Create(string file) => Prepared(new Database(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE));

    /// <summary>Opens a file that is there; it is never made.</summary>
    public static Database Open(string file) => Prepared(new Database(file, raw.SQLITE_OPEN_READWRITE));

    /// <summary>Opens a file and refuses to write to it.</summary>
    public static Database OpenToRead(string file)
    {
        var database = Open(file);
        database.Execute("PRAGMA query_only=ON");
        return database;
    }

    /// <summary>Runs statements without parameters and results.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(handle, sql));

    /// <summary>The statement for a text, prepared once, ready to be bound. Its use ends with <see cref="Statement.Run"/> or <see cref="Statement.Reset"/>.</summary>
    public Statement Statement(string sql)
    {
        if (!statements.TryGetValue(sql, out var statement))
        {
            Check(raw.sqlite3_prepare_v2(handle, sql, out var prepared));
            statements[sql] = statement = new Statement(this, prepared);
        }
        return statement;
    }

    /// <summary>Runs an action as one transaction that has the right to write from the start.</summary>
    public void Transact(Action action)
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            action();
            Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    /// <summary>Gives a transaction up, if SQLite has not done so itself.</summary>
    public void RollBack()
    {
        if (raw.sqlite3_get_autocommit(handle) == 0)
        {
            raw.sqlite3_exec(handle, "ROLLBACK"); // The failure before is what is reported; a connection in doubt is closed.
        }
    }

    /// <summary>Brings what it can of the write-ahead log into the file, without making anybody wait.</summary>
    /// <returns>Whether all of it was brought over.</returns>
    public bool MoveLog() => MoveLog(raw.SQLITE_CHECKPOINT_PASSIVE);

    /// <summary>Brings the whole write-ahead log into the file and empties it. Writers wait meanwhile, so it gives up soon if somebody reads for long.</summary>
    /// <returns>Whether the log is empty.</returns>
    public bool EmptyLog()
    {
        raw.sqlite3_busy_timeout(handle, EmptyingMilliseconds);
        try
        {
            return MoveLog(raw.SQLITE_CHECKPOINT_TRUNCATE);
        }
        finally
        {
            raw.sqlite3_busy_timeout(handle, BusyMilliseconds);
        }
    }

    private bool MoveLog(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(handle, "main", mode, out var frames, out var moved);
        if ((code & 0xff) == raw.SQLITE_BUSY)
        {
            return false;
        }
        Check(code);
        return frames == moved;
    }

    /// <summary>Pages that this connection has written since the last call.</summary>
    public int PagesWritten()
    {
        Check(raw.sqlite3_db_status(handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        return pages;
    }

    public void Check(int code)
    {
        if (code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            throw StoreException.Of(code, raw.sqlite3_errmsg(handle).utf8_to_string(), File);
        }
    }

    public void Dispose()
    {
        foreach (var statement in statements.Values)
        {
            statement.Dispose();
        }
        handle.Dispose();
    }

    private static Database Prepared(Database database)
    {
        try
        {
            database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA wal_autocheckpoint=0; PRAGMA trusted_schema=OFF");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }
}

/// <summary>A prepared statement. Parameters count from 1, columns from 0, as in SQLite.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public Statement Bind(int parameter, long value)
    {
        database.Check(raw.sqlite3_bind_int64(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, string? value)
    {
        database.Check(value is null ? raw.sqlite3_bind_null(handle, parameter) : raw.sqlite3_bind_text(handle, parameter, value));
        return this;
    }

    public Statement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        database.Check(raw.sqlite3_bind_blob(handle, parameter, value));
        return this;
    }

    /// <summary>Goes to the next row; false behind the last.</summary>
    public bool Next()
    {
        var code = raw.sqlite3_step(handle);
        if (code is raw.SQLITE_ROW)
        {
            return true;
        }
        if (code is not raw.SQLITE_DONE)
        {
            raw.sqlite3_reset(handle);
            database.Check(code);
        }
        return false;
    }

    /// <summary>Runs a statement without results.</summary>
    public void Run()
    {
        Next();
        Reset();
    }

    /// <summary>The first row through a reader, or nothing if there is none.</summary>
    public T? First<T>(Func<Statement, T> read)
    {
        try
        {
            return Next() ? read(this) : default;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>All rows through a reader.</summary>
    public List<T> All<T>(Func<Statement, T> read)
    {
        var rows = new List<T>();
        try
        {
            while (Next())
            {
                rows.Add(read(this));
            }
        }
        finally
        {
            Reset();
        }
        return rows;
    }

    public void Reset() => raw.sqlite3_reset(handle);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    public long Long(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(handle, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes of a column, until the statement goes on.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public byte[] Blob(int column) => raw.sqlite3_column_blob(handle, column).ToArray();

    public void Dispose() => handle.Dispose();
}
