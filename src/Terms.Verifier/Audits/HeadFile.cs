using System.Buffers.Binary;
using System.Text;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Audits;

/// <summary><c>ledger.head</c>: the last checkpoints of both logs, kept outside the database in two slots that are written in turn.</summary>
internal static class HeadFile
{
    private const int SlotSize = 2048;

    /// <summary>The checkpoints of the slot that counts: of those that have both logs, can be read and are signed, the one with the larger trees. Null if there is none.</summary>
    public static IReadOnlyList<Checkpoint>? Read(string file, IReadOnlyList<VerifierKey> keys)
    {
        var bytes = new byte[2 * SlotSize];
        using (var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            _ = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        return new[] { Slot(bytes.AsSpan(0, SlotSize), keys), Slot(bytes.AsSpan(SlotSize), keys) }.Where(s => s is not null).MaxBy(s => s!.Sum(c => (decimal)c.Size));
    }

    private static List<Checkpoint>? Slot(ReadOnlySpan<byte> slot, IReadOnlyList<VerifierKey> keys)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(slot);
        if (length is 0 or > SlotSize - 4)
        {
            return null;
        }
        try
        {
            List<Checkpoint> checkpoints = [.. Encoding.UTF8.GetString(slot.Slice(4, (int)length)).Split("\n=\n").Select(note => Checkpoint.Read(note.EndsWith('\n') ? note : note + "\n"))];
            return checkpoints is [var acceptances, var catalogue] && acceptances.Origin.EndsWith("/acceptances", StringComparison.Ordinal) && catalogue.Origin.EndsWith("/catalogue", StringComparison.Ordinal)
                && checkpoints.All(c => keys.Any(k => c.WrongWith(k) is null)) ? checkpoints : null; // Of a slot without one log, nothing would be known of that log.
        }
        catch (MalformedException)
        {
            return null; // Half written when the power went; the other slot is there for that.
        }
    }
}
