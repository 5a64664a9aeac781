using System.Buffers;
using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace Terms.Storage;

/// <summary>
/// Blobs of things that each stand behind their length in four bytes (big-endian), and of which the first is always there. A blob that begins with a number below 0 is packed: behind
/// -n stands a block of LZ4 (the block format, without a frame) that unpacks to n bytes. Acceptances of one batch are so alike that a quarter is left of them.
/// </summary>
internal static class Packing
{
    /// <summary>A byte of LZ4 stands for no more bytes than that.</summary>
    private const long MostForOne = 255;

    /// <summary>The blob packed, if that makes it shorter; else as it is.</summary>
    /// <param name="blob">Not empty.</param>
    /// <param name="room">Room for as many bytes.</param>
    public static ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> blob, Span<byte> room)
    {
        var packed = blob.Length > sizeof(int) ? LZ4Codec.Encode(blob, room[sizeof(int)..(blob.Length - 1)]) : -1;
        if (packed < 0)
        {
            return blob;
        }
        BinaryPrimitives.WriteInt32BigEndian(room, -blob.Length);
        return room[..(sizeof(int) + packed)];
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
        var length = -(long)number;
        var packed = blob[sizeof(int)..];
        if (length > MostForOne * packed.Length || length > Array.MaxLength)
        {
            return false;
        }
        if (room is null || room.Length < length)
        {
            Return(room);
            room = null;
            room = ArrayPool<byte>.Shared.Rent((int)length);
        }
        unpacked = room.AsSpan(0, (int)length);
        return LZ4Codec.Decode(packed, room.AsSpan(0, (int)length)) == length;
    }

    /// <summary>Gives rented room back.</summary>
    public static void Return(byte[]? room)
    {
        if (room is not null)
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }
}
