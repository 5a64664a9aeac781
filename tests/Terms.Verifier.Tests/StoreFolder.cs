using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using K4os.Compression.LZ4;
using Microsoft.Data.Sqlite;

namespace Terms.Verifier.Tests;

/// <summary>The folder of a store as docs/evidence.md describes it, written without a line of the writer.</summary>
internal sealed partial class StoreFolder : IDisposable
{
    private const int PerRow = 7;

    public StoreFolder(Ledger acceptances, Ledger catalogue, int batch = 10)
    {
        Directory.CreateDirectory(System.IO.Path.Combine(Path, "keys"));
        File.WriteAllText(In("keys/signing.pub"), $"{acceptances.PublicKey}\n{catalogue.PublicKey}\n");
        Execute("""
            PRAGMA journal_mode=WAL;
            CREATE TABLE acceptance_blocks(first INTEGER PRIMARY KEY, count INTEGER, records BLOB, texts BLOB);
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

    /// <summary>Takes acceptances out of their rows, changes them, and writes the rows anew.</summary>
    public void Change(Func<IEnumerable<(long Entry, byte[] Record)>, IEnumerable<(long Entry, byte[] Record)>> change)
    {
        var changed = change(Acceptances()).ToList();
        Execute("DELETE FROM acceptance_blocks");
        WriteBlocks(Execute, changed);
    }

    private List<(long Entry, byte[] Record)> Acceptances()
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = In("ledger.db"), Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT first, count, records FROM acceptance_blocks ORDER BY first";
        using var rows = command.ExecuteReader();
        var entries = new List<(long, byte[])>();
        while (rows.Read())
        {
            var rest = Unpacked(rows.GetFieldValue<byte[]>(2)).AsSpan();
            for (var i = 0; i < rows.GetInt64(1); i++)
            {
                var length = BinaryPrimitives.ReadInt32BigEndian(rest);
                entries.Add((rows.GetInt64(0) + i, rest.Slice(4, length).ToArray()));
                rest = rest[(4 + length)..];
            }
        }
        return entries;
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
        Insert("INSERT INTO checkpoints VALUES ($1, 0, $2, $3)", ledger.Log, ledger.Checkpoint(0), Records.Instant(0));
        for (var i = 0; i < ledger.Leaves.Count; i++)
        {
            if (ledger.Log == "catalogue")
            {
                Insert("INSERT INTO catalogue_entries VALUES ($1, $2)", i, ledger.Leaves[i]);
            }
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
        if (ledger.Log == "acceptances")
        {
            WriteBlocks(Insert, ledger.Leaves.Select((leaf, i) => ((long)i, leaf)));
        }
        transaction.Commit();
    }

    private static byte[] Unpacked(byte[] blob) => BinaryPrimitives.ReadInt32BigEndian(blob) switch
    {
        >= 0 => blob,
        -1 => Unfolded(Decoded(blob[8..], BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(4)))),
        var number => Decoded(blob[4..], -number),
    };

    private static byte[] Decoded(byte[] block, int length)
    {
        var bytes = new byte[length];
        return LZ4Codec.Decode(block, bytes) == length ? bytes : throw new InvalidDataException("The row does not unpack.");
    }

    private static byte[] Encoded(byte[] bytes)
    {
        var block = new byte[LZ4Codec.MaximumOutputSize(bytes.Length)];
        return block[..LZ4Codec.Encode(bytes, block)];
    }

    private static byte[] Unfolded(byte[] pieces)
    {
        var bytes = new List<byte>();
        for (var at = 0; at < pieces.Length;)
        {
            var plain = at + 3 + BinaryPrimitives.ReadUInt16BigEndian(pieces.AsSpan(at));
            var end = plain + pieces[at + 2];
            bytes.AddRange([.. pieces[(at + 3)..plain], .. Encoding.ASCII.GetBytes(Convert.ToHexStringLower(pieces[plain..end]))]);
            at = end;
        }
        return [.. bytes];
    }

    /// <summary>Each digest in half its room, behind the bytes before it and their number.</summary>
    private static byte[] Folded(byte[] bytes)
    {
        var text = Encoding.Latin1.GetString(bytes);
        var pieces = new List<byte>();
        var at = 0;
        foreach (var digest in Digest().Matches(text).Append(null))
        {
            var plain = text[at..(digest?.Index ?? text.Length)];
            pieces.AddRange([(byte)(plain.Length >> 8), (byte)plain.Length, (byte)(digest is null ? 0 : 32), .. Encoding.Latin1.GetBytes(plain), .. Convert.FromHexString(digest?.Value ?? "")]);
            at += plain.Length + 64;
        }
        return [.. pieces];
    }

    /// <summary>As it is, as the program packs it, or as earlier programs did: -1, a length and a block that unpacks to pieces, or the negative length and a block.</summary>
    private static byte[] Written(byte[] blob, long form) => form switch
    {
        0 => blob,
        1 when Folded(blob) is var pieces => [.. Number(-1), .. Number(pieces.Length), .. Encoded(pieces)],
        _ => [.. Number(-blob.Length), .. Encoded(blob)],
    };

    private static byte[] Number(int number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return bytes;
    }

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex Digest();

    /// <summary>Rows of up to seven acceptances that follow one another, each record behind its length in four bytes; in turn as they are and packed in both ways.</summary>
    private static void WriteBlocks(Action<string, object[]> insert, IEnumerable<(long Entry, byte[] Record)> entries)
    {
        var row = new List<(long Entry, byte[] Record)>();
        foreach (var entry in entries)
        {
            if (row.Count == PerRow || (row.Count > 0 && entry.Entry != row[^1].Entry + 1))
            {
                Close();
            }
            row.Add(entry);
        }
        Close();

        void Close()
        {
            byte[] records = [.. row.SelectMany(e => (byte[])[.. Number(e.Record.Length), .. e.Record])];
            insert("INSERT INTO acceptance_blocks VALUES ($1, $2, $3, x'')", [row[0].Entry, row.Count, Written(records, row[0].Entry / PerRow % 3)]);
            row.Clear();
        }
    }
}
