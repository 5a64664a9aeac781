using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using K4os.Compression.LZ4;

namespace Terms.Storage;

/// <summary>
/// Blobs of things that each stand behind their length in four bytes (big-endian), and of which the first is always there. A blob that begins with the number -1 is packed: behind it stands a
/// number n, and then a block of LZ4 (the block format, without a frame) that unpacks to n bytes, which <see cref="HexFolding"/> unfolds. Acceptances of one batch are so alike that a sixth is left of them.
/// Earlier programs did not fold: their packed blobs begin with -n.
/// </summary>
internal static class Packing
{
    /// <summary>A byte of LZ4 stands for no more bytes than that.</summary>
    private const long MostForOne = 255;

    private const int Folded = -1;
    private const int HeadLength = 2 * sizeof(int);

    /// <summary>The blob packed, if that makes it shorter; else as it is.</summary>
    /// <param name="blob">Not empty.</param>
    /// <param name="room">Room for as many bytes.</param>
    public static ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> blob, Span<byte> room)
    {
        if (blob.Length <= HeadLength)
        {
            return blob;
        }
        var folding = ArrayPool<byte>.Shared.Rent(HexFolding.MostFolded(blob.Length));
        var folded = folding.AsSpan(0, HexFolding.Fold(blob, folding));
        var packed = LZ4Codec.Encode(folded, room[HeadLength..(blob.Length - 1)]);
        Return(folding);
        if (packed < 0)
        {
            return blob;
        }
        BinaryPrimitives.WriteInt32BigEndian(room, Folded);
        BinaryPrimitives.WriteInt32BigEndian(room[sizeof(int)..], folded.Length);
        return room[..(HeadLength + packed)];
    }

    /// <summary>The blob unpacked, in room that is rented for it if it is needed; as it is, if it is not packed.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="room">What was rented before, or null; larger room takes its place.</param>
    /// <param name="unpacked">The blob, good as long as the room.</param>
    /// <returns>Whether the blob holds what it says.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> blob, scoped ref byte[]? room, out ReadOnlySpan<byte> unpacked)
    {
        unpacked = blob;
        if (blob.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(blob) is var number && number >= 0)
        {
            return true;
        }
        return number == Folded ? TryUnfold(blob[sizeof(int)..], ref room, out unpacked) : TryDecode(blob[sizeof(int)..], -(long)number, ref room, out unpacked);
    }

    /// <summary>Gives rented room back.</summary>
    public static void Return(byte[]? room)
    {
        if (room is not null)
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    private static bool TryUnfold(ReadOnlySpan<byte> packed, scoped ref byte[]? room, out ReadOnlySpan<byte> unfolded)
    {
        unfolded = default;
        byte[]? folding = null;
        try
        {
            if (packed.Length < sizeof(int) || !TryDecode(packed[sizeof(int)..], BinaryPrimitives.ReadInt32BigEndian(packed), ref folding, out var folded)
                || HexFolding.MostUnfolded(folded.Length) > Array.MaxLength)
            {
                return false;
            }
            Require(ref room, (int)HexFolding.MostUnfolded(folded.Length));
            var isWhole = HexFolding.TryUnfold(folded, room, out var length);
            unfolded = room.AsSpan(0, length);
            return isWhole;
        }
        finally
        {
            Return(folding);
        }
    }

    private static bool TryDecode(ReadOnlySpan<byte> packed, long length, scoped ref byte[]? room, out ReadOnlySpan<byte> decoded)
    {
        decoded = default;
        if (length < 0 || length > MostForOne * packed.Length || length > Array.MaxLength)
        {
            return false;
        }
        Require(ref room, (int)length);
        decoded = room.AsSpan(0, (int)length);
        return LZ4Codec.Decode(packed, room.AsSpan(0, (int)length)) == length;
    }

    private static void Require([NotNull] scoped ref byte[]? room, int length)
    {
        if (room is null || room.Length < length)
        {
            Return(room);
            room = null;
            room = ArrayPool<byte>.Shared.Rent(length);
        }
    }
}
