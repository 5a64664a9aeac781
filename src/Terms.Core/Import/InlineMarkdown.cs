using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Import;

/// <summary>Words with links and emphasis, so written that <see cref="TermsTextParser"/> reads just them.</summary>
internal static partial class InlineMarkdown
{
    private const int MostEmphasisMarks = 2000;

    [GeneratedRegex(@"\G!?\[((?:[^\[\]\\]|\\.){0,2000})\]\(\s*<?((?:[^\s()<>]|\([^\s()<>]{0,500}\)){0,2000})>?(?:\s+""[^""]{0,500}"")?\s*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\G<((?:https?://|mailto:)[^\s<>]{1,2000})>")]
    private static partial Regex Autolink();

    [GeneratedRegex(@"\G\[\^([^\]\s\[]{1,10})\]")]
    private static partial Regex FootnoteMark();

    [GeneratedRegex(@"(?<!\\)\[\^[^\]\s\[]{1,10}\]")]
    private static partial Regex AnyFootnoteMark();

    [GeneratedRegex(@"\G&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")]
    private static partial Regex Entity();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"^(?:#{1,6}(?=\s|$)|>|[-+*](?=\s|$)|[-=*_](?=[-=*_ ]*$)|~~~|\d{1,9}(?=[.)](?:\s|$)))")]
    private static partial Regex BlockStart();

    [GeneratedRegex(@"^(?:\d{1,3}(?=(?:\.\d{1,3}){1,6}(?: \[\d{1,2}(?:st|nd|rd|th)\])?\.?(?:\s|$))|(?=(?:\([A-Za-z]{1,5}\)|\(\d{1,3}\)){1,4}(?: \[\d{1,2}(?:st|nd|rd|th)\])?(?:\s|$)))")]
    private static partial Regex LabelStart();

    /// <summary>Words without any mark, as inline Markdown.</summary>
    public static string Escape(string words)
    {
        var written = new StringBuilder(words.Length + 8);
        for (var i = 0; i < words.Length; i++)
        {
            var c = words[i];
            if (c is '\\' or '`' or '*' or '[' or ']' or '<' || (c == '_' && !IsInsideWord(words, i)) || (c == '&' && Entity().IsMatch(words, i)))
            {
                written.Append('\\');
            }
            written.Append(char.IsControl(c) ? ' ' : c);
        }
        return written.ToString();
    }

    /// <summary>The inline Markdown of a document in the form that can be written: known links and emphasis stay, everything else is words.</summary>
    public static string Normalize(string source, IReadOnlySet<string> footnotes)
    {
        var keepEmphasis = source.AsSpan().Count('*') + source.AsSpan().Count('_') <= MostEmphasisMarks;
        var written = new StringBuilder(source.Length + 8);
        for (var i = 0; i < source.Length;)
        {
            var c = source[i];
            Match match;
            if (c == '\\' && i + 1 < source.Length && char.IsAscii(source[i + 1]) && char.IsPunctuation(source[i + 1]) | char.IsSymbol(source[i + 1]))
            {
                written.Append(c).Append(source[i + 1]);
                i += 2;
            }
            else if (c is '[' or '!' && (match = Link().Match(source, i)).Success)
            {
                AppendLink(written, Normalize(match.Groups[1].Value, footnotes), match.Groups[2].Value);
                i += match.Length;
            }
            else if (c == '[' && (match = FootnoteMark().Match(source, i)).Success && footnotes.Contains(match.Groups[1].Value))
            {
                written.Append(match.Value);
                i += match.Length;
            }
            else if (c == '<' && (match = Autolink().Match(source, i)).Success)
            {
                AppendLink(written, Escape(match.Groups[1].Value), match.Groups[1].Value);
                i += match.Length;
            }
            else
            {
                if (c is '\\' or '`' or '[' or ']' or '<' || (!keepEmphasis && c is ('*' or '_')))
                {
                    written.Append('\\');
                }
                written.Append(char.IsControl(c) ? ' ' : c);
                i++;
            }
        }
        return Collapse(written.ToString());
    }

    /// <summary>A link whose words are inline Markdown already; an address that is not allowed stands behind the words instead.</summary>
    public static void AppendLink(StringBuilder written, string words, string url)
    {
        if (SafeLink.Allows(url) && !url.StartsWith('#') && url.AsSpan().IndexOfAny('<', '>', '\\') < 0 && words.Trim().Length > 0)
        {
            written.Append('[').Append(words).Append("](").Append(url.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)).Append(')');
        }
        else
        {
            written.Append(words);
            if (url.Length > 0 && !url.StartsWith('#'))
            {
                written.Append(words.Length > 0 ? " (" : "(").Append(Escape(url)).Append(')');
            }
        }
    }

    /// <summary>The marks of footnotes in a text.</summary>
    public static IEnumerable<string> Marks(string markdown) => AnyFootnoteMark().Matches(markdown).Select(m => m.Value);

    /// <summary>A text without the marks of footnotes.</summary>
    public static string WithoutMarks(string markdown) => AnyFootnoteMark().Replace(markdown, "");

    /// <summary>White space collapsed.</summary>
    public static string Collapse(string words) => Spaces().Replace(words, " ").Trim();

    /// <summary>The words without marks and link addresses.</summary>
    public static string Plain(string markdown)
    {
        var plain = new StringBuilder(markdown.Length);
        for (var i = 0; i < markdown.Length; i++)
        {
            var c = markdown[i];
            if (c == '\\' && i + 1 < markdown.Length)
            {
                plain.Append(markdown[++i]);
            }
            else if (c == ']' && i + 1 < markdown.Length && markdown[i + 1] == '(' && markdown.IndexOf(')', i) is > 0 and var end)
            {
                i = end;
            }
            else if (c is not ('*' or '[' or ']'))
            {
                plain.Append(c);
            }
        }
        return Collapse(plain.ToString());
    }

    /// <summary>Words in bold; those that hold bold words stay as they are.</summary>
    public static string Bold(string words) => words.Contains("**", StringComparison.Ordinal) || words.Trim().Length == 0 ? words : $"**{words.Trim()}**";

    /// <summary>Whether nothing stands outside emphasis.</summary>
    public static bool IsAllBold(string markdown)
    {
        if (!markdown.StartsWith("**", StringComparison.Ordinal) || !markdown.EndsWith("**", StringComparison.Ordinal) || markdown.Length < 5)
        {
            return false;
        }
        var inside = true;
        for (var at = 2; at < markdown.Length - 2;)
        {
            var next = markdown.IndexOf("**", at, StringComparison.Ordinal);
            if (!inside && markdown.AsSpan(at, next - at).Trim().Length > 0)
            {
                return false;
            }
            inside = !inside;
            at = next + 2;
        }
        return true;
    }

    /// <summary>The same words so that a paragraph can begin with them: they are no list, heading, rule or label.</summary>
    public static string AsParagraph(string markdown)
    {
        if (markdown.StartsWith("[^", StringComparison.Ordinal) && markdown.IndexOf("]:", StringComparison.Ordinal) is > 0 and < 14 and var colon)
        {
            return markdown.Insert(colon + 1, "\\");
        }
        if (LabelStart().Match(markdown) is { Success: true } label)
        {
            return markdown.Insert(label.Length, "\\");
        }
        return BlockStart().Match(markdown) is { Success: true } start ? char.IsAsciiDigit(markdown[0]) ? markdown.Insert(start.Length, "\\") : "\\" + markdown : markdown;
    }

    private static bool IsInsideWord(string words, int i) => i > 0 && i + 1 < words.Length && char.IsLetterOrDigit(words[i - 1]) && char.IsLetterOrDigit(words[i + 1]);
}
