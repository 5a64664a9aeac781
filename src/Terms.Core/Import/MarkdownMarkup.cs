using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>Takes HTML out of Markdown: comments and tags go to the report, links and headings become Markdown.</summary>
internal static partial class MarkdownMarkup
{
    [GeneratedRegex(@"<a\s[^<>]{0,500}?href\s*=\s*[""']([^""'<>\s]{1,1000})[""'][^<>]{0,500}>([^<>\[\]\n]{1,500})</a>", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex(@"</?(?:a|abbr|b|big|blockquote|br|center|code|dd|details|div|dl|dt|em|font|h[1-6]|hr|i|img|li|mark|ol|p|s|section|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|u|ul)(?:\s[^<>]{0,2000})?/?>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag();

    [GeneratedRegex(@"^\s*<h([1-6])(?:\s[^<>]{0,500})?>(.*)</h\1>\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Heading();

    /// <summary>The text without markup, line by line where it was.</summary>
    public static string LeaveOut(string text, ReportBuilder report)
    {
        if (!text.Contains('<'))
        {
            return text;
        }
        var lines = WithoutComments(text, report).Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Contains('<') || lines[i].StartsWith("    ", StringComparison.Ordinal) && !lines[i].Contains("</", StringComparison.Ordinal))
            {
                continue;
            }
            var line = Heading().Replace(lines[i], m => $"{new string('#', m.Groups[1].Value[0] - '0')} {m.Groups[2].Value}");
            line = Link().Replace(line, "[$2]($1)");
            var tags = Tag().Matches(line);
            if (tags.Count > 0)
            {
                report.LeftOut(i + 1, string.Join(' ', tags.Select(t => t.Value)), "markup of a web page");
                line = Tag().Replace(line, m => m.Value.AsSpan().TrimStart("</").StartsWith("br", StringComparison.OrdinalIgnoreCase) ? " " : Emphasis(m.Value));
            }
            lines[i] = line;
        }
        return string.Join('\n', lines);
    }

    private static string Emphasis(string tag) => tag.ToUpperInvariant() is "<B>" or "</B>" or "<STRONG>" or "</STRONG>" ? "**" : "";

    private static string WithoutComments(string text, ReportBuilder report)
    {
        var written = new StringBuilder(text.Length);
        var (from, line) = (0, 1);
        for (int start; (start = text.IndexOf("<!--", from, StringComparison.Ordinal)) >= 0;)
        {
            var end = text.IndexOf("-->", start + 4, StringComparison.Ordinal);
            if (end < 0)
            {
                break;
            }
            var comment = text.AsSpan(start, end + 3 - start);
            line += text.AsSpan(from, start - from).Count('\n');
            report.LeftOut(line, comment.ToString(), "a comment in the file");
            line += comment.Count('\n');
            written.Append(text.AsSpan(from, start - from)).Append('\n', comment.Count('\n'));
            from = end + 3;
        }
        return written.Append(text.AsSpan(from)).ToString();
    }
}
