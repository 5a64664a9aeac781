using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Terms.Storage;
using Terms.Verifier.Trees;

namespace Terms.Benchmarks;

/// <summary>Ledgers of invented acceptances, as docs/evidence.md describes them.</summary>
internal static class SyntheticLedger
{
    private const string Origin = "bench.example/acceptances";
    private const int FullRow = 16 * 1024;
    private static readonly string Digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData("lamp"u8))}";
    private static readonly DateTime Start = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes an export with a checkpoint after each batch.</summary>
    public static void WriteExport(Stream export, int count, int batch)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        export.Write(Encoding.UTF8.GetBytes($"{{\"schema\":\"terms-export/1\",\"log\":\"acceptances\",\"publicKey\":\"{VerifierKey(key, Origin)}\",\"size\":{count}}}\n"));
        var tree = new GrowingTree();
        for (var i = 0; i < count; i++)
        {
            var record = Record(i, out _);
            tree.Append(Hashes.Leaf(record));
            export.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"entry\":{i},\"record\":")));
            export.Write(record);
            export.Write("}\n"u8);
            if ((i + 1) % batch == 0 || i == count - 1)
            {
                export.Write(Encoding.UTF8.GetBytes($"{{\"checkpoint\":{JsonSerializer.Serialize(Checkpoint(key, Origin, tree))},\"at\":\"{At(i)}\"}}\n"));
            }
        }
    }

    /// <summary>Writes the folder of a store with tiles, and with an annex if asked for.</summary>
    public static void WriteStore(string folder, int count, int batch, bool hasAnnex)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true); // What a run left that was broken off.
        }
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        const string Catalogue = "bench.example/catalogue";
        File.WriteAllText(Path.Combine(folder, "keys", "signing.pub"), $"{VerifierKey(key, Origin)}\n{VerifierKey(key, Catalogue)}\n");
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "ledger.db")};Pooling=False");
        connection.Open();
        Run("PRAGMA journal_mode=WAL");
        using var transaction = connection.BeginTransaction();
        Run("""
            CREATE TABLE acceptance_blocks(first INTEGER PRIMARY KEY, count INTEGER, records BLOB, texts BLOB);
            CREATE TABLE catalogue_entries(entry INTEGER PRIMARY KEY, record BLOB);
            CREATE TABLE checkpoints(log TEXT, size INTEGER, note TEXT, at TEXT, PRIMARY KEY(log, size)) WITHOUT ROWID;
            CREATE TABLE tiles(log TEXT, level INTEGER, tile INTEGER, hashes BLOB, PRIMARY KEY(log, level, tile));
            CREATE TABLE annex(entry INTEGER PRIMARY KEY, details BLOB);
            CREATE TABLE shown(digest TEXT PRIMARY KEY, media TEXT, content BLOB);
            """);
        Run("INSERT INTO shown VALUES ($0, 'text/plain', CAST('lamp' AS BLOB))", Digest);
        var tree = new GrowingTree();
        var note = "";
        List<byte[]> leaves = [];
        List<byte> row = [];
        var first = 0;
        var length = new byte[sizeof(int)];
        for (var i = 0; i < count; i++)
        {
            var record = Record(i, out var details);
            leaves.Add(Hashes.Leaf(record));
            tree.Append(leaves[^1]);
            BinaryPrimitives.WriteInt32BigEndian(length, record.Length);
            row.AddRange([.. length, .. record]);
            if (hasAnnex)
            {
                Run("INSERT INTO annex VALUES ($0, $1)", i, Encoding.UTF8.GetBytes(details));
            }
            if (row.Count >= FullRow || (i + 1) % batch == 0 || i == count - 1)
            {
                Run("INSERT INTO acceptance_blocks VALUES ($0, $1, $2, x'')", first, i + 1 - first, Packing.Pack(row.ToArray(), new byte[row.Count]).ToArray());
                row.Clear();
                first = i + 1;
            }
            if ((i + 1) % batch == 0 || i == count - 1)
            {
                note = Checkpoint(key, Origin, tree);
                Run("INSERT INTO checkpoints VALUES ('acceptances', $0, $1, $2)", i + 1, note, At(i));
            }
        }
        WriteTiles(leaves, 0);
        transaction.Commit();
        Run("PRAGMA wal_checkpoint(TRUNCATE)");
        var head = new byte[4096];
        BinaryPrimitives.WriteInt32BigEndian(head, Encoding.UTF8.GetBytes($"{note}=\n{Checkpoint(key, Catalogue, new GrowingTree())}", head.AsSpan(4)));
        File.WriteAllBytes(Path.Combine(folder, "ledger.head"), head);

        void WriteTiles(List<byte[]> hashes, int level)
        {
            List<byte[]> above = [];
            foreach (var (tile, number) in hashes.Chunk(TileComparison.Width).Where(t => t.Length == TileComparison.Width).Select((t, n) => (t, n)))
            {
                Run("INSERT INTO tiles VALUES ('acceptances', $0, $1, $2)", level, number, tile.SelectMany(h => h).ToArray());
                var whole = new GrowingTree();
                var root = new byte[Hashes.Size];
                Array.ForEach(tile, h => whole.Append(h));
                whole.Root(root);
                above.Add(root);
            }
            if (above.Count > 0)
            {
                WriteTiles(above, level + 1);
            }
        }

        void Run(string sql, params ReadOnlySpan<object> values)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                command.Parameters.AddWithValue($"${i}", values[i]);
            }
            command.ExecuteNonQuery();
        }
    }

    private static byte[] Record(int i, out string details)
    {
        const string Salt = "AAECAwQFBgcICQoLDA0ODw";
        var email = $"reader{i}@example.org";
        details = $"{{\"email\":{{\"salt\":\"{Salt}\",\"value\":\"{email}\"}}}}";
        var commitment = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{{\"name\":\"email\",\"salt\":\"{Salt}\",\"value\":\"{email}\"}}")));
        return Encoding.UTF8.GetBytes(
            $"{{\"actor\":\"customer-{i}\",\"agreements\":[{{\"agreement\":\"lamp-hire\",\"language\":\"en\",\"rendering\":\"1\",\"textDigest\":\"{Digest}\",\"version\":\"2025-01-01\"}}],"
            + $"\"answer\":\"{Digest}\",\"authority\":null,\"channel\":\"page\",\"details\":{{\"email\":\"sha256:{commitment}\"}},\"key\":\"shop\",\"kind\":\"agree\",\"language\":\"en\","
            + $"\"presentation\":{{\"id\":\"p{i}\",\"shown\":\"{Digest}\"}},\"presented\":\"{At(i)}\",\"provenance\":null,\"recorded\":\"{At(i)}\",\"schema\":\"terms-record/1\","
            + $"\"subject\":\"customer-{i}\",\"surface\":\"signup-web\",\"withdraws\":null}}");
    }

    private static string At(int i) => Start.AddMilliseconds(i).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string VerifierKey(ECDsa key, string origin)
    {
        var information = key.ExportSubjectPublicKeyInfo();
        return $"{origin}+{Convert.ToHexStringLower(SHA256.HashData(information), 0, 4)}+{Convert.ToBase64String([2, .. information])}";
    }

    private static string Checkpoint(ECDsa key, string origin, GrowingTree tree)
    {
        var root = new byte[Hashes.Size];
        tree.Root(root);
        var text = string.Create(CultureInfo.InvariantCulture, $"{origin}\n{tree.Size}\n{Convert.ToBase64String(root)}\n");
        var signature = key.SignData(Encoding.UTF8.GetBytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return $"{text}\n— {origin} {Convert.ToBase64String([.. SHA256.HashData(key.ExportSubjectPublicKeyInfo())[..4], .. signature])}\n";
    }
}
