using System.Buffers.Binary;
using K4os.Compression.LZ4;

namespace Terms.Verifier.Audits;

/// <summary>
/// Unpacks blobs as docs/evidence.md says ("A block"). One that begins with 0 or more is not packed. Behind -1 stand a length and a block of LZ4 that unpacks to so many bytes: pieces in which digests stand
/// as bytes. Behind -n, as earlier programs wrote it, stands a block of LZ4 that unpacks to n bytes.
/// </summary>
internal sealed class Unpacking
{
    private const int PieceHead = 3;
    private byte[] _decoded = [];
    private byte[] _unfolded = [];

    /// <summary>Unpacks a blob.</summary>
    /// <param name="blob">The blob.</param>
    /// <param name="unpacked">What it holds, good until the next; null if it is not packed.</param>
    /// <returns>Whether it holds what it says.</returns>
    public bool TryUnpack(ReadOnlySpan<byte> blob, out ReadOnlyMemory<byte>? unpacked)
    {
        unpacked = null;
        if (blob.Length < sizeof(int) || BinaryPrimitives.ReadInt32BigEndian(blob) is var number && number >= 0)
        {
            return true;
        }
        if (number == -1)
        {
            unpacked = blob.Length < 2 * sizeof(int) ? null : Unfolded(Decoded(blob[(2 * sizeof(int))..], BinaryPrimitives.ReadInt32BigEndian(blob[sizeof(int)..])));
        }
        else
        {
            unpacked = Decoded(blob[sizeof(int)..], -(long)number);
        }
        return unpacked is not null;
    }

    /// <summary>What a block of LZ4 unpacks to, if it has that length; no byte of the block stands for more than 255.</summary>
    private ReadOnlyMemory<byte>? Decoded(ReadOnlySpan<byte> packed, long length)
    {
        if (length < 0 || length > 255L * packed.Length || length > Array.MaxLength / 2)
        {
            return null;
        }
        Require(ref _decoded, (int)length);
        return LZ4Codec.Decode(packed, _decoded.AsSpan(0, (int)length)) == length ? _decoded.AsMemory(0, (int)length) : null;
    }

    /// <summary>What pieces stand for, if they are whole: two bytes say how many follow as they are, and one how many follow them of which each is two hexadecimal digits.</summary>
    private ReadOnlyMemory<byte>? Unfolded(ReadOnlyMemory<byte>? folded)
    {
        if (folded is not { Span: var pieces })
        {
            return null;
        }
        Require(ref _unfolded, 2 * pieces.Length);
        var length = 0;
        while (pieces.Length >= PieceHead)
        {
            var (plain, digits) = (BinaryPrimitives.ReadUInt16BigEndian(pieces), pieces[PieceHead - 1]);
            var rest = pieces[PieceHead..];
            if (rest.Length < plain + digits)
            {
                return null;
            }
            rest[..plain].CopyTo(_unfolded.AsSpan(length));
            Convert.TryToHexStringLower(rest.Slice(plain, digits), _unfolded.AsSpan(length + plain), out var written);
            length += plain + written;
            pieces = rest[(plain + digits)..];
        }
        return pieces.IsEmpty ? _unfolded.AsMemory(0, length) : null;
    }

    private static void Require(ref byte[] room, int length)
    {
        if (room.Length < length)
        {
            room = new byte[length];
        }
    }
}
