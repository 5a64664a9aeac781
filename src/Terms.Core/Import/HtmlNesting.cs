using AngleSharp.Dom;

namespace Terms.Import;

/// <summary>Refuses pages that would make a parser slow: elements nested deeply, or formatting that has to be opened anew in every block.</summary>
internal static class HtmlNesting
{
    /// <summary>How deep elements may stand in each other.</summary>
    private const int MaximumDepth = 400;

    private const int MaximumCost = 2_000_000;

    private static readonly HashSet<string> Formatting = new(StringComparer.OrdinalIgnoreCase) { "a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u" };

    private static readonly HashSet<string> Unnested = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "option", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "html", "head", "body",
    };

    private static readonly HashSet<string> Raw = new(StringComparer.OrdinalIgnoreCase) { "script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes" };

    /// <summary>Whether a page nests its elements more deeply than a page for people.</summary>
    public static bool IsTooDeep(string html)
    {
        var open = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        int depth = 0, formatting = 0;
        long cost = 0;
        for (var at = html.IndexOf('<'); at >= 0; at = html.IndexOf('<', at))
        {
            if (html.AsSpan(at).StartsWith("<!--"))
            {
                var end = html.IndexOf("-->", at + 4, StringComparison.Ordinal);
                at = end < 0 ? html.Length : end;
                continue;
            }
            var isEnd = at + 1 < html.Length && html[at + 1] == '/';
            var name = Name(html, at + (isEnd ? 2 : 1));
            at += 1;
            if (name.Length == 0)
            {
                continue;
            }
            at = EndOfTag(html, at + (isEnd ? 1 : 0) + name.Length);
            if (!isEnd && Raw.Contains(name))
            {
                var end = html.IndexOf("</" + name, at, StringComparison.OrdinalIgnoreCase);
                at = end < 0 ? html.Length : end;
            }
            else if (Unnested.Contains(name))
            {
                cost += formatting;
            }
            else if (!isEnd)
            {
                open[name] = open.GetValueOrDefault(name) + 1;
                depth++;
                formatting += Formatting.Contains(name) ? 1 : 0;
                cost += Formatting.Contains(name) ? 0 : formatting;
            }
            else if (open.GetValueOrDefault(name) > 0)
            {
                open[name]--;
                depth--;
                formatting -= Formatting.Contains(name) ? 1 : 0;
            }
            if (depth > MaximumDepth || cost > MaximumCost)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether the tree of a page is deeper than its tags showed.</summary>
    public static bool IsTooDeep(INode page)
    {
        var open = new Stack<(INode Node, int Depth)>();
        open.Push((page, 0));
        while (open.TryPop(out var next))
        {
            if (next.Depth > MaximumDepth + 10)
            {
                return true;
            }
            foreach (var child in next.Node.ChildNodes)
            {
                open.Push((child, next.Depth + 1));
            }
        }
        return false;
    }

    private static string Name(string html, int at)
    {
        var end = at;
        while (end < html.Length && end < at + 30 && (char.IsAsciiLetter(html[end]) || (end > at && char.IsAsciiDigit(html[end]))))
        {
            end++;
        }
        return html[at..end];
    }

    /// <summary>Where a tag ends, as browsers see it: a quote counts only behind an equals sign.</summary>
    private static int EndOfTag(string html, int at)
    {
        var isValue = false;
        for (; at < html.Length; at++)
        {
            var c = html[at];
            if (c == '>')
            {
                return at + 1;
            }
            if (isValue && c is '"' or '\'')
            {
                at = html.IndexOf(c, at + 1) is >= 0 and var end ? end : html.Length - 1;
                isValue = false;
            }
            else
            {
                isValue = c == '=' || (isValue && char.IsWhiteSpace(c));
            }
        }
        return at;
    }
}
