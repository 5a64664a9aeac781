using System.Buffers;
using System.Text;
using Terms.Verifier.Json;

namespace Terms.Verifier.Records;

/// <summary>The kinds of texts that records are made of, read from a canonical text.</summary>
internal static class RecordText
{
    private const int DigestLength = 71;
    private const int LongestName = 200;

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    /// <summary>A member whose value is one of a few texts; the value's place among them.</summary>
    public static int OneOf(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member, params ReadOnlySpan<string> words)
    {
        reader.Member(member);
        var text = reader.Text();
        for (var i = 0; i < words.Length; i++)
        {
            if (Ascii.Equals(text, words[i]))
            {
                return i;
            }
        }
        throw new MalformedException($"`{Quoted.Text(member)}` is `{Quoted.Text(text)}`, which is none of: {string.Join(", ", words)}");
    }

    /// <summary>A member whose value is a text that is not empty.</summary>
    public static ReadOnlySpan<byte> Filled(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member)
    {
        reader.Member(member);
        var text = reader.Text();
        return text.IsEmpty ? throw new MalformedException($"`{Quoted.Text(member)}` is empty") : text;
    }

    /// <summary>A member whose value is a text that is not empty, or <c>null</c>.</summary>
    public static bool FilledOrNull(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member, out ReadOnlySpan<byte> text)
    {
        reader.Member(member);
        return reader.TextOrNull(out text) && (!text.IsEmpty ? true : throw new MalformedException($"`{Quoted.Text(member)}` is empty"));
    }

    /// <summary>A member that names somebody as a service does: 1 to 200 characters, no control characters.</summary>
    public static ReadOnlySpan<byte> Opaque(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member)
    {
        reader.Member(member);
        var text = reader.Text();
        if (text.Length is 0 or > LongestName || text.IndexOfAnyExceptInRange((byte)' ', (byte)'~') >= 0 || text.Contains((byte)'\\'))
        {
            var plain = Encoding.UTF8.GetString(text).Replace("\\\\", "\\", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal);
            if (plain.Length is 0 or > LongestName || plain.Any(char.IsControl) || HasControlEscape(text))
            {
                throw new MalformedException($"`{Quoted.Text(member)}` does not have 1 to {LongestName} characters without control characters");
            }
        }
        return text;
    }

    /// <summary>A member whose value is a digest.</summary>
    public static ReadOnlySpan<byte> Digest(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member)
    {
        reader.Member(member);
        return Checked(reader.Text(), member);
    }

    /// <summary>A member whose value is a digest or <c>null</c>.</summary>
    public static bool DigestOrNull(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member)
    {
        reader.Member(member);
        return reader.TextOrNull(out var text) && !Checked(text, member).IsEmpty;
    }

    /// <summary>Holds that a text is a digest, and gives it back.</summary>
    public static ReadOnlySpan<byte> Checked(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> what) =>
        digest.Length == DigestLength && digest.StartsWith("sha256:"u8) && !digest[7..].ContainsAnyExcept(LowerHex)
            ? digest
            : throw new MalformedException($"`{Quoted.Text(what)}` is not a digest: sha256: and 64 lower-case hexadecimal digits");

    /// <summary>A member whose value is an instant, as ticks.</summary>
    public static long Moment(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member)
    {
        reader.Member(member);
        return Ticks(reader.Text(), member);
    }

    /// <summary>A member whose value is an instant or <c>null</c>.</summary>
    public static long? MomentOrNull(this scoped ref CanonicalReader reader, ReadOnlySpan<byte> member)
    {
        reader.Member(member);
        return reader.TextOrNull(out var text) ? Ticks(text, member) : null;
    }

    private static long Ticks(ReadOnlySpan<byte> text, ReadOnlySpan<byte> member) => Instant.TryRead(text, out var ticks)
        ? ticks
        : throw new MalformedException($"`{Quoted.Text(member)}` is not an instant in UTC such as 2026-05-03T10:00:00Z");

    /// <summary>Whether a canonical text has an escape other than that of the quote and the backslash: those stand for control characters.</summary>
    private static bool HasControlEscape(ReadOnlySpan<byte> text)
    {
        for (var i = text.IndexOf((byte)'\\'); i >= 0 && i < text.Length; i++)
        {
            if (text[i] == '\\' && text[++i] is not ((byte)'\\' or (byte)'"'))
            {
                return true;
            }
        }
        return false;
    }
}
