using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>
/// The last checkpoints, kept outside the ledger so that a ledger that lost its end is noticed. Two slots are written in turn, so that one is whole whenever
/// the machine stops. The head is written after each batch that reached the disk and flushed now and then: it may be behind the ledger, never ahead of it.
/// </summary>
internal sealed class LedgerHead : IDisposable
{
    private const int SlotLength = 2048;
    private const int WritesPerFlush = 1024;
    private const string Between = "=\n";
    private readonly SafeFileHandle file;
    private readonly byte[] slot = new byte[SlotLength];
    private long writes;

    public LedgerHead(string path) => file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);

    /// <summary>Makes the file, with the first checkpoints in both slots.</summary>
    public static void Create(string path, SignedTree acceptances, SignedTree catalogue)
    {
        var slots = new byte[2 * SlotLength];
        Fill(slots.AsSpan(0, SlotLength), acceptances, catalogue);
        slots.AsSpan(0, SlotLength).CopyTo(slots.AsSpan(SlotLength));
        StoreFolders.WritePrivate(path, slots);
    }

    /// <summary>The checkpoints of the larger valid slot; null if neither is valid.</summary>
    public static (SignedTree Acceptances, SignedTree Catalogue)? Read(string path, VerifierKey acceptances, VerifierKey catalogue)
    {
        var bytes = File.ReadAllBytes(path);
        return new[] { 0, SlotLength }.Where(at => at + SlotLength <= bytes.Length).Select(at => ReadSlot(bytes.AsSpan(at, SlotLength), acceptances, catalogue))
            .OrderByDescending(s => s is { } head ? head.Acceptances.Size + head.Catalogue.Size : -1).FirstOrDefault();
    }

    public void Write(SignedTree acceptances, SignedTree catalogue)
    {
        Fill(slot, acceptances, catalogue);
        RandomAccess.Write(file, slot, writes++ % 2 * SlotLength);
        if (writes % WritesPerFlush == 0)
        {
            RandomAccess.FlushToDisk(file);
        }
    }

    public void Dispose()
    {
        RandomAccess.FlushToDisk(file);
        file.Dispose();
    }

    private static void Fill(Span<byte> slot, SignedTree acceptances, SignedTree catalogue)
    {
        slot.Clear();
        var length = Encoding.UTF8.GetBytes(acceptances.Note, slot[4..]);
        length += Encoding.UTF8.GetBytes(Between, slot[(4 + length)..]);
        length += Encoding.UTF8.GetBytes(catalogue.Note, slot[(4 + length)..]);
        BinaryPrimitives.WriteInt32BigEndian(slot, length);
    }

    private static (SignedTree Acceptances, SignedTree Catalogue)? ReadSlot(ReadOnlySpan<byte> slot, VerifierKey acceptances, VerifierKey catalogue)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(slot);
        if (length is <= 0 or > SlotLength - 4 || Encoding.UTF8.GetString(slot.Slice(4, length)).Split("\n" + Between) is not [var first, var second])
        {
            return null;
        }
        try
        {
            return (acceptances.Open(first + "\n"), catalogue.Open(second));
        }
        catch (FormatException)
        {
            return null; // A slot that was being written when the machine stopped, or that was altered. The other one counts.
        }
    }
}
