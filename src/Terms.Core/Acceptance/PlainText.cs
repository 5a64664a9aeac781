using System.Buffers;
using System.Globalization;

namespace Terms.Acceptance;

/// <summary>What texts from outside have to be like before they enter a record.</summary>
public static class PlainText
{
    private const string DigestStart = "sha256:";
    private const int DigestLength = 71;
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>Returns a text if it has 1 to so many characters, all of them printable: no control character, no line separator, no half of a surrogate pair.</summary>
    /// <param name="text">The text.</param>
    /// <param name="longest">The most UTF-16 code units that it may have.</param>
    /// <param name="name">What it is called in the message.</param>
    /// <exception cref="ArgumentException">It is not so; the message says what to send.</exception>
    public static string Checked(string? text, int longest, string name)
    {
        if (text is null || text.Length == 0 || text.Length > longest)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"`{name}` has {text?.Length ?? 0} characters. Send 1 to {longest:#,0}."));
        }
        return IsPrintable(text) ? text : throw new ArgumentException($"`{name}` holds a control character or half of a surrogate pair. Send printable characters only.");
    }

    /// <summary>The same for a text that may be absent.</summary>
    public static string? OptionalChecked(string? text, int longest, string name) => text is null ? null : Checked(text, longest, name);

    /// <summary>Whether every character is printable.</summary>
    public static bool IsPrintable(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is >= ' ' and <= '~')
            {
                continue;
            }
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.GetUnicodeCategory(text[i]) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate)
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Returns a text if it is a digest: <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Digest(string? text, string name) =>
        text is { Length: DigestLength } && text.StartsWith(DigestStart, StringComparison.Ordinal) && !text.AsSpan(DigestStart.Length).ContainsAnyExcept(Hexadecimal)
            ? text
            : throw new ArgumentException($"`{name}` is not a digest. Write sha256: and 64 lower-case hexadecimal digits.");
}
