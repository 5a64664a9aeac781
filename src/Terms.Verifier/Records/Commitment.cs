using System.Buffers;
using System.Security.Cryptography;
using Terms.Verifier.Json;

namespace Terms.Verifier.Records;

/// <summary>Personal details and the commitments to them: SHA-256 over the canonical JSON of name, salt and value.</summary>
internal static class Commitment
{
    private const int SaltLength = 16;
    private const int LongestName = 64;
    private const int OnStack = 256;

    private static readonly SearchValues<byte> SaltBytes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    private static readonly SearchValues<byte> NameBytes = SearchValues.Create("abcdefghijklmnopqrstuvwxyz-"u8);

    /// <summary>Holds that a name of a detail is lower-case words joined by hyphens.</summary>
    public static void HoldName(ReadOnlySpan<byte> name)
    {
        if (name.Length is 0 or > LongestName || name.ContainsAnyExcept(NameBytes))
        {
            throw new MalformedException($"`{Quoted.Text(name)}` is not the name of a detail: lower-case letters and hyphens");
        }
    }

    /// <summary>
    /// Opens commitments: <paramref name="details"/> is the canonical object from name to salt and value, <paramref name="commitments"/> the record's from name to digest.
    /// Gives the number opened; the message of <see cref="MalformedException"/> says which does not open and why.
    /// </summary>
    public static int Open(ReadOnlySpan<byte> details, ReadOnlySpan<byte> commitments)
    {
        var reader = new CanonicalReader(details);
        reader.OpenObject();
        var record = new CanonicalReader(commitments);
        record.OpenObject();
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> recorded = default;
        var opened = 0;
        while (reader.AnyMember(ref name))
        {
            HoldName(name);
            reader.OpenObject();
            var salt = reader.Filled("salt"u8);
            reader.Member("value"u8);
            var value = reader.Text();
            reader.CloseObject();
            if (!IsSalt(salt))
            {
                throw new MalformedException($"the salt of `{Quoted.Text(name)}` is not {SaltLength} bytes in base64url");
            }
            var committed = Find(ref record, ref recorded, name);
            if (committed.IsEmpty)
            {
                throw new MalformedException($"the record has no commitment to `{Quoted.Text(name)}`");
            }
            if (!IsOpened(committed, name, salt, value))
            {
                throw new MalformedException($"`{Quoted.Text(name)}` does not open its commitment");
            }
            opened++;
        }
        reader.CloseObject();
        reader.End();
        return opened;
    }

    /// <summary>16 bytes are 22 characters, of which the last carries two bits.</summary>
    private static bool IsSalt(ReadOnlySpan<byte> salt) => salt.Length == 22 && !salt.ContainsAnyExcept(SaltBytes) && salt[^1] is (byte)'A' or (byte)'Q' or (byte)'g' or (byte)'w';

    /// <summary>Both objects have their names in order, so the search goes on where the last one ended.</summary>
    private static ReadOnlySpan<byte> Find(scoped ref CanonicalReader record, ref ReadOnlySpan<byte> recorded, ReadOnlySpan<byte> name)
    {
        while (record.AnyMember(ref recorded))
        {
            var digest = record.Text();
            if (recorded.SequenceEqual(name))
            {
                return digest;
            }
        }
        return default;
    }

    /// <summary>The texts come from a canonical text, so they stand in the canonical form of the commitment as they are.</summary>
    private static bool IsOpened(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> name, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> value)
    {
        var length = "{\"name\":\"\",\"salt\":\"\",\"value\":\"\"}"u8.Length + name.Length + salt.Length + value.Length;
        Span<byte> committed = length <= OnStack ? stackalloc byte[OnStack] : new byte[length];
        var rest = Put(Put(Put(committed, "{\"name\":\""u8, name), "\",\"salt\":\""u8, salt), "\",\"value\":\""u8, value);
        "\"}"u8.CopyTo(rest);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Sha256.Of(committed[..length], hash);
        Span<byte> hexadecimal = stackalloc byte[2 * SHA256.HashSizeInBytes];
        return Convert.TryToHexStringLower(hash, hexadecimal, out _) && digest.StartsWith("sha256:"u8) && digest[7..].SequenceEqual(hexadecimal);
    }

    private static Span<byte> Put(Span<byte> place, ReadOnlySpan<byte> before, ReadOnlySpan<byte> text)
    {
        before.CopyTo(place);
        text.CopyTo(place[before.Length..]);
        return place[(before.Length + text.Length)..];
    }
}
