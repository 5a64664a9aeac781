using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Terms.Verifier.Json;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Records;

/// <summary>Personal details and the commitments to them: SHA-256 over the canonical JSON of name, salt and value.</summary>
internal static class Commitment
{
    private const int SaltLength = 16;
    private const int LongestName = 64;

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
        ReadOnlySpan<byte> name = default;
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
            var committed = Find(commitments, name);
            if (committed.IsEmpty)
            {
                throw new MalformedException($"the record has no commitment to `{Quoted.Text(name)}`");
            }
            if (!committed.SequenceEqual(Digest(name, salt, value)))
            {
                throw new MalformedException($"`{Quoted.Text(name)}` does not open its commitment");
            }
            opened++;
        }
        reader.CloseObject();
        reader.End();
        return opened;
    }

    private static bool IsSalt(ReadOnlySpan<byte> salt) => salt.Length == 22 && StrictBase64.ReadUrl(Encoding.ASCII.GetString(salt)) is { Length: SaltLength };

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> commitments, ReadOnlySpan<byte> name)
    {
        var reader = new CanonicalReader(commitments);
        reader.OpenObject();
        ReadOnlySpan<byte> found = default;
        while (reader.AnyMember(ref found))
        {
            var digest = reader.Text();
            if (found.SequenceEqual(name))
            {
                return digest;
            }
        }
        return default;
    }

    /// <summary>The texts come from a canonical text, so they stand in the canonical form of the commitment as they are.</summary>
    private static byte[] Digest(ReadOnlySpan<byte> name, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> value)
    {
        byte[] committed = [.. "{\"name\":\""u8, .. name, .. "\",\"salt\":\""u8, .. salt, .. "\",\"value\":\""u8, .. value, .. "\"}"u8];
        return Encoding.ASCII.GetBytes($"sha256:{Convert.ToHexStringLower(SHA256.HashData(committed))}");
    }
}
