using System.Buffers.Binary;
using System.Numerics;

namespace Terms.Storage;

/// <summary>SipHash-2-4 (Aumasson and Bernstein, 2012): a keyed 64-bit hash of short texts, made so that nobody without the key can find texts that collide.</summary>
internal static class SipHash
{
    /// <summary>The hash under a key of 16 bytes.</summary>
    public static ulong Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> bytes)
    {
        var (k0, k1) = (BinaryPrimitives.ReadUInt64LittleEndian(key), BinaryPrimitives.ReadUInt64LittleEndian(key[8..]));
        var state = new State(k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d, k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573);
        var last = (ulong)bytes.Length << 56;
        for (; bytes.Length >= 8; bytes = bytes[8..])
        {
            state.Take(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }
        for (var i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * i);
        }
        state.Take(last);
        return state.End();
    }

    private struct State(ulong v0, ulong v1, ulong v2, ulong v3)
    {
        public void Take(ulong word)
        {
            v3 ^= word;
            Mix();
            Mix();
            v0 ^= word;
        }

        public ulong End()
        {
            v2 ^= 0xff;
            Mix();
            Mix();
            Mix();
            Mix();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void Mix()
        {
            v0 += v1;
            v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
            v0 = BitOperations.RotateLeft(v0, 32);
            v2 += v3;
            v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
            v2 = BitOperations.RotateLeft(v2, 32);
        }
    }
}
