using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace Terms.Verifier.Tests;

/// <summary>The folder of a store as docs/evidence.md describes it, written without a line of the writer.</summary>
internal sealed class StoreFolder : IDisposable
{
    public StoreFolder(Ledger acceptances, Ledger catalogue, int batch = 10)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "keys"));
        File.WriteAllText(In("keys/signing.pub"), $"{acceptances.PublicKey}\n{catalogue.PublicKey}\n");
        Execute("""
            PRAGMA journal_mode=WAL;
            CREATE TABLE acceptance_entries(entry INTEGER PRIMARY KEY, record BLOB);
            CREATE TABLE catalogue_entries(entry INTEGER PRIMARY KEY, record BLOB);
            CREATE TABLE checkpoints(log TEXT, size INTEGER, note TEXT, at TEXT, PRIMARY KEY(log, size));
            CREATE TABLE tiles(log TEXT, level INTEGER, tile INTEGER, hashes BLOB, PRIMARY KEY(log, level, tile));
            CREATE TABLE annex(entry INTEGER PRIMARY KEY, details BLOB);
            CREATE TABLE shown(digest TEXT PRIMARY KEY, media TEXT, content BLOB);
            """);
        Execute("INSERT INTO shown VALUES ($1, 'application/json', $2)", Records.ShownDigest, Canonical.Bytes(Records.Shown()));
        Write(acceptances, batch);
        Write(catalogue, batch);
        WriteHead(0, acceptances.Checkpoint(acceptances.Leaves.Count), catalogue.Checkpoint(catalogue.Leaves.Count));
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("terms-store-").FullName;

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Execute(string sql, params object[] values)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = In("ledger.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }
        command.ExecuteNonQuery();
    }

    public void WriteHead(int slot, params string[] notes)
    {
        var text = Encoding.UTF8.GetBytes(string.Join("=\n", notes));
        var bytes = File.Exists(In("ledger.head")) ? File.ReadAllBytes(In("ledger.head")) : new byte[4096];
        bytes.AsSpan(slot * 2048, 2048).Clear();
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(slot * 2048), text.Length);
        text.CopyTo(bytes.AsSpan((slot * 2048) + 4));
        File.WriteAllBytes(In("ledger.head"), bytes);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    private void Write(Ledger ledger, int batch)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = In("ledger.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using var transaction = connection.BeginTransaction();
        void Insert(string sql, params object[] values)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i + 1}", values[i]);
            }
            command.ExecuteNonQuery();
        }
        var table = ledger.Log == "acceptances" ? "acceptance_entries" : "catalogue_entries";
        Insert("INSERT INTO checkpoints VALUES ($1, 0, $2, $3)", ledger.Log, ledger.Checkpoint(0), Records.Instant(0));
        for (var i = 0; i < ledger.Leaves.Count; i++)
        {
            Insert($"INSERT INTO {table} VALUES ($1, $2)", i, ledger.Leaves[i]);
            if (JsonNode.Parse(ledger.Leaves[i])!["details"] is JsonObject { Count: > 0 })
            {
                Insert("INSERT INTO annex VALUES ($1, $2)", i, Canonical.Bytes(Records.Details(i)));
            }
            if ((i + 1) % batch == 0 || i == ledger.Leaves.Count - 1)
            {
                Insert("INSERT INTO checkpoints VALUES ($1, $2, $3, $4)", ledger.Log, i + 1, ledger.Checkpoint(i + 1), Records.Instant(i));
            }
        }
        foreach (var (tile, number) in ledger.Leaves.Chunk(256).Where(t => t.Length == 256).Select((t, n) => (t, n)))
        {
            Insert("INSERT INTO tiles VALUES ($1, 0, $2, $3)", ledger.Log, number.ToString(CultureInfo.InvariantCulture), tile.SelectMany(ReferenceTree.Leaf).ToArray());
        }
        transaction.Commit();
    }
}
