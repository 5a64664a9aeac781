using System.Buffers;
using System.Buffers.Binary;

namespace Terms.Storage;

/// <summary>
/// Writes digests within bytes in half the room. A record holds each as 64 hexadecimal digits, and those of salted commitments are like no other, so that a packer finds nothing to spare in them. What is
/// folded is pieces, one behind the other, each of two bytes (big-endian) with the number p, a byte with the number d, p bytes as they are, and d bytes that stand for twice as many digits
/// 0 to 9 and a to f. Any bytes can be folded, and are the same when they are unfolded.
/// </summary>
internal static class HexFolding
{
    /// <summary>Digits in fewer than so many in a row stay as they are: a digest has as many.</summary>
    private const int LeastDigits = 64;

    private const int HeadLength = sizeof(ushort) + sizeof(byte);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>The most bytes that so many can be folded to. A piece with digits is shorter than what it stands for.</summary>
    public static int MostFolded(int length) => length + (HeadLength * (1 + (length / ushort.MaxValue)));

    /// <summary>The most bytes that so many can be unfolded to.</summary>
    public static long MostUnfolded(int length) => 2L * length;

    /// <summary>Folds bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="folded">Room for as many as <see cref="MostFolded"/> says.</param>
    /// <returns>How many came of them.</returns>
    public static int Fold(ReadOnlySpan<byte> bytes, Span<byte> folded)
    {
        var (done, used) = (0, 0);
        for (var probe = LeastDigits - 1; probe < bytes.Length;)
        {
            if (!Digits.Contains(bytes[probe]))
            {
                probe += LeastDigits; // Whatever run begins behind this place reaches that one, if it is long enough.
                continue;
            }
            var first = done + bytes[done..probe].LastIndexOfAnyExcept(Digits) + 1;
            var end = bytes[probe..].IndexOfAnyExcept(Digits) is var length and >= 0 ? probe + length : bytes.Length;
            if (end - first < LeastDigits)
            {
                probe = end + LeastDigits;
                continue;
            }
            var digits = Math.Min((end - first) / 2, byte.MaxValue) * 2;
            used += Pieces(bytes[done..first], bytes.Slice(first, digits), folded[used..]);
            done = first + digits;
            probe = done + LeastDigits - 1;
        }
        return done < bytes.Length ? used + Pieces(bytes[done..], [], folded[used..]) : used;
    }

    /// <summary>Unfolds what was folded.</summary>
    /// <param name="folded">What was folded.</param>
    /// <param name="bytes">Room for as many as <see cref="MostUnfolded"/> says.</param>
    /// <param name="length">How many came of it.</param>
    /// <returns>Whether it was pieces, the last of them whole.</returns>
    public static bool TryUnfold(ReadOnlySpan<byte> folded, Span<byte> bytes, out int length)
    {
        length = 0;
        while (!folded.IsEmpty)
        {
            if (folded.Length < HeadLength)
            {
                return false;
            }
            var (plain, pairs) = (BinaryPrimitives.ReadUInt16BigEndian(folded), folded[sizeof(ushort)]);
            folded = folded[HeadLength..];
            if (folded.Length < plain + pairs)
            {
                return false;
            }
            folded[..plain].CopyTo(bytes[length..]);
            Convert.TryToHexStringLower(folded.Slice(plain, pairs), bytes[(length + plain)..], out var digits);
            length += plain + digits;
            folded = folded[(plain + pairs)..];
        }
        return true;
    }

    /// <summary>A piece, and before it what is too long for it.</summary>
    private static int Pieces(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> digits, Span<byte> folded)
    {
        var used = 0;
        for (; plain.Length > ushort.MaxValue; plain = plain[ushort.MaxValue..])
        {
            used += Piece(plain[..ushort.MaxValue], [], folded[used..]);
        }
        return used + Piece(plain, digits, folded[used..]);
    }

    private static int Piece(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> digits, Span<byte> folded)
    {
        BinaryPrimitives.WriteUInt16BigEndian(folded, (ushort)plain.Length);
        folded[sizeof(ushort)] = (byte)(digits.Length / 2);
        plain.CopyTo(folded[HeadLength..]);
        Convert.FromHexString(digits, folded[(HeadLength + plain.Length)..], out _, out var written);
        return HeadLength + plain.Length + written;
    }
}
