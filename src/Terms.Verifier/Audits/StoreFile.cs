using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Terms.Verifier.Audits;

/// <summary>
/// <c>ledger.db</c>, opened for reading alone and read as it was at one moment: all queries stand in one read transaction, so a server may go on writing.
/// Where no server has the file open, it is read as a file that does not change, so that not even an index of the log of writes is made beside it.
/// </summary>
internal sealed class StoreFile : IDisposable
{
    /// <summary>The longest text or blob that is read, in bytes.</summary>
    private const int LargestValue = 64 << 20;

    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly string _path;
    private readonly (long, DateTime)? _untouched;

    public StoreFile(string path)
    {
        _path = path;
        var isInUse = File.Exists(path + "-wal") || File.Exists(path + "-shm");
        _untouched = isInUse ? null : State();
        var source = new SqliteConnectionStringBuilder
        {
            DataSource = isInUse ? path : $"{new Uri(Path.GetFullPath(path)).AbsoluteUri}?immutable=1",
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        };
        _connection = new SqliteConnection(source.ConnectionString);
        _connection.Open();
        _ = raw.sqlite3_limit(_connection.Handle, raw.SQLITE_LIMIT_LENGTH, LargestValue);
        _transaction = _connection.BeginTransaction(deferred: true);
    }

    /// <summary>Whether somebody wrote to a file that was read as one that does not change.</summary>
    public bool WasWritten => _untouched is { } before && (before != State() || File.Exists(_path + "-wal"));

    /// <summary>The rows that a query gives.</summary>
    public Rows Query(string sql, params ReadOnlySpan<object> values)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }
        return new Rows(command);
    }

    /// <summary>Whether a query gives a row.</summary>
    public bool Any(string sql, params ReadOnlySpan<object> values)
    {
        using var rows = Query(sql, values);
        return rows.Next();
    }

    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private (long, DateTime) State() => (new FileInfo(_path).Length, File.GetLastWriteTimeUtc(_path));

    /// <summary>Rows, one after another.</summary>
    public sealed class Rows : IDisposable
    {
        private readonly SqliteCommand _command;
        private readonly SqliteDataReader _reader;

        public Rows(SqliteCommand command) => (_command, _reader) = (command, command.ExecuteReader());

        public bool Next() => _reader.Read();

        public long Number(int column) => raw.sqlite3_column_int64(_reader.Handle, column);

        public string Text(int column) => _reader.IsDBNull(column) ? "" : _reader.GetString(column);

        /// <summary>A blob where SQLite has it; good until the next row.</summary>
        public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(_reader.Handle, column);

        public void Dispose()
        {
            _reader.Dispose();
            _command.Dispose();
        }
    }
}
