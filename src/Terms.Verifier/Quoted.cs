using System.Globalization;
using System.Text;

namespace Terms.Verifier;

/// <summary>What comes from outside, made fit for one line of a report: no control or direction characters, no more than a hundred characters.</summary>
internal static class Quoted
{
    private const int Longest = 100;

    public static string Text(string text)
    {
        var line = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length >= Longest)
            {
                return line.Append('…').ToString();
            }
            var isPlain = rune.Value != '\\' && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            _ = isPlain ? line.Append(rune.ToString()) : line.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
        }
        return line.ToString();
    }

    public static string Text(ReadOnlySpan<byte> utf8) => Text(Encoding.UTF8.GetString(utf8[..Math.Min(utf8.Length, 4 * Longest)]));
}
