using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Terms.Storage;

/// <summary>
/// Writes rows of the table <c>acceptance_blocks</c>. A row holds acceptances that were recorded together, so that a record costs a part of a row and not a row. In its blobs
/// everything stands behind its length in four bytes (big-endian): in <c>records</c> the records, in <c>texts</c> subject, idempotency key and digest of the request
/// of each; a length of -1 is one that there is not. Rows of more than one acceptance are packed (see <see cref="Packing"/>). A reader takes up and unpacks a row for one record, so a row is not
/// longer than it has to be.
/// </summary>
/// <param name="database">The writer's connection, inside the transaction of a batch.</param>
internal sealed class BlockWriter(Database database)
{
    /// <summary>The bytes of records after which a row is closed: enough that the row itself costs next to nothing.</summary>
    private const int FullAt = 16 * 1024;

    private readonly Statement insert = database.Statement("INSERT INTO acceptance_blocks(first, count, records, texts) VALUES (?, ?, ?, ?)");
    private readonly ArrayBufferWriter<byte> records = new(2 * FullAt);
    private readonly ArrayBufferWriter<byte> texts = new(FullAt);
    private long first;
    private int count;

    /// <summary>Forgets what a transaction that was given up has left.</summary>
    public void Begin() => Begin(0);

    /// <summary>Adds an acceptance, whose place is the next.</summary>
    public void Add(long entry, Recording recording)
    {
        if (count == 0)
        {
            Begin(entry);
        }
        count++;
        Add(records, recording.Record.Span);
        Add(recording.Subject);
        Add(recording.Idempotency);
        if (recording.RequestDigest is { } digest)
        {
            Add(texts, digest);
        }
        else
        {
            Add(null);
        }
        if (records.WrittenCount >= FullAt)
        {
            Close();
        }
    }

    /// <summary>Writes the row that has been begun, if one has.</summary>
    public void Close()
    {
        if (count > 0)
        {
            insert.Bind(1, first).Bind(2, count);
            Bind(3, records.WrittenSpan);
            Bind(4, texts.WrittenSpan);
            insert.Run();
            Begin(0);
        }
    }

    private void Bind(int parameter, ReadOnlySpan<byte> blob)
    {
        var room = ArrayPool<byte>.Shared.Rent(blob.Length);
        insert.Bind(parameter, count > 1 ? Packing.Pack(blob, room) : blob);
        ArrayPool<byte>.Shared.Return(room);
    }

    private void Begin(long entry)
    {
        (first, count) = (entry, 0);
        records.ResetWrittenCount();
        texts.ResetWrittenCount();
    }

    private void Add(string? text)
    {
        var room = texts.GetSpan(sizeof(int) + Encoding.UTF8.GetMaxByteCount(text?.Length ?? 0));
        var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32BigEndian(room, length);
        texts.Advance(sizeof(int) + Math.Max(length, 0));
    }

    private static void Add(ArrayBufferWriter<byte> blob, ReadOnlySpan<byte> bytes)
    {
        var room = blob.GetSpan(sizeof(int) + bytes.Length);
        BinaryPrimitives.WriteInt32BigEndian(room, bytes.Length);
        bytes.CopyTo(room[sizeof(int)..]);
        blob.Advance(sizeof(int) + bytes.Length);
    }
}

/// <summary>Reads acceptances in order, as <see cref="BlockWriter"/> has written them. What it gives is good until it goes on; its connection reads with one cursor at a time.</summary>
internal ref struct AcceptanceCursor : IDisposable
{
    private const string FromBlockOf = """
        SELECT first, count, records, texts FROM acceptance_blocks
        WHERE first >= coalesce((SELECT first FROM acceptance_blocks WHERE first <= ?1 ORDER BY first DESC LIMIT 1), ?1) ORDER BY first
        """;

    private readonly Database database;
    private readonly Statement blocks;
    private readonly long from;
    private long first;
    private long end;
    private byte[]? recordsRoom;
    private byte[]? textsRoom;
    private ReadOnlySpan<byte> records;
    private ReadOnlySpan<byte> texts;
    private ReadOnlySpan<byte> request;
    private bool hasRequest;

    /// <summary>A cursor before the first acceptance at a place or behind it.</summary>
    public AcceptanceCursor(Database database, long from)
    {
        (this.database, this.from) = (database, from);
        blocks = database.Statement(FromBlockOf).Bind(1, from);
        Entry = -1;
    }

    /// <summary>The place of the acceptance.</summary>
    public long Entry { get; private set; }

    /// <summary>Its record.</summary>
    public ReadOnlySpan<byte> Record { get; private set; }

    /// <summary>Whom it binds, as UTF-8.</summary>
    public ReadOnlySpan<byte> Subject { get; private set; }

    /// <summary>Whether it has an idempotency key.</summary>
    public bool HasIdempotency { get; private set; }

    /// <summary>Its idempotency key, as UTF-8; empty if there is none.</summary>
    public ReadOnlySpan<byte> Idempotency { get; private set; }

    /// <summary>The digest of what was asked; null if there is none. Earlier programs wrote it in hexadecimal.</summary>
    public readonly byte[]? RequestDigest => !hasRequest ? null : request.Length == 2 * SHA256.HashSizeInBytes ? Convert.FromHexString(request) : request.ToArray();

    /// <summary>How many acceptances the ledger has, if none is missing.</summary>
    public static long End(Database database) => database.Statement("SELECT first + count FROM acceptance_blocks ORDER BY first DESC LIMIT 1").First(r => r.Long(0));

    /// <summary>Goes to the next acceptance; false behind the last.</summary>
    /// <exception cref="StoreException">A row does not hold what it says.</exception>
    public bool Next()
    {
        do
        {
            if (Entry + 1 >= end && !NextBlock())
            {
                return false;
            }
            Entry++;
            Record = Take(ref records, out _);
            Subject = Take(ref texts, out _);
            Idempotency = Take(ref texts, out var hasIdempotency);
            HasIdempotency = hasIdempotency;
            request = Take(ref texts, out hasRequest);
            if (Entry + 1 == end && !(records.IsEmpty && texts.IsEmpty))
            {
                throw Broken();
            }
        }
        while (Entry < from);
        return true;
    }

    public void Dispose()
    {
        blocks.Reset();
        Packing.Return(recordsRoom);
        Packing.Return(textsRoom);
        (recordsRoom, textsRoom) = (null, null);
    }

    private bool NextBlock()
    {
        if (!blocks.Next())
        {
            return false;
        }
        (first, var count) = (blocks.Long(0), blocks.Long(1));
        (Entry, end) = (first - 1, first + count);
        return count > 0 && Packing.TryUnpack(blocks.Bytes(2), ref recordsRoom, out records) && Packing.TryUnpack(blocks.Bytes(3), ref textsRoom, out texts) ? true : throw Broken();
    }

    private readonly ReadOnlySpan<byte> Take(scoped ref ReadOnlySpan<byte> framed, out bool isThere)
    {
        var length = framed.Length < sizeof(int) ? int.MinValue : BinaryPrimitives.ReadInt32BigEndian(framed);
        if (length < -1 || length > framed.Length - sizeof(int))
        {
            throw Broken();
        }
        isThere = length >= 0;
        var taken = framed.Slice(sizeof(int), Math.Max(length, 0));
        framed = framed[(sizeof(int) + taken.Length)..];
        return taken;
    }

    private readonly StoreException Broken() => new($"{database.File} has a row of acceptances from entry {first} on that does not hold what it says. Stop the server, keep the file as it is, and restore the last backup with `terms restore`.");
}
