using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Whether a text consists of whole characters, and of such as can be shown.</summary>
public static partial class WellFormed
{
    /// <summary>Whether no half of a surrogate pair stands alone.</summary>
    public static bool IsWhole(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether a text can be shown as a name beside others: 1 to so many whole characters, none of which turns the direction of writing.</summary>
    public static bool IsPrintable(string text, int longest) => !string.IsNullOrWhiteSpace(text) && text.Length <= longest && IsWhole(text) && !Unprintable().IsMatch(text);

    /// <summary>A text of at most so many UTF-16 code units: a longer one is cut between two characters, and ends with <c>…</c>.</summary>
    public static string Shortened(string text, int longest) => text.Length <= longest ? text : text[..(char.IsHighSurrogate(text[longest - 2]) ? longest - 2 : longest - 1)] + "…";

    /// <summary>A text on one line: control characters become spaces; half a character, and U+FFFE, which is none and which the framework refuses to normalize, become U+FFFD.</summary>
    public static string OneLine(string text) => string.Concat(text.EnumerateRunes().Select(r => Rune.IsControl(r) ? " " : r.Value == 0xFFFE ? "\uFFFD" : r.ToString()));

    /// <summary>Control characters, ends of lines, and the marks that turn the direction of what stands behind them (Unicode UAX 9).</summary>
    [GeneratedRegex(@"[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]")]
    private static partial Regex Unprintable();
}
