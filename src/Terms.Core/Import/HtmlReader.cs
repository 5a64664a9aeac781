using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Terms.Import;

/// <summary>Reads web pages: what a browser would show as text, with the numbers that it would show before the items of lists.</summary>
internal static partial class HtmlReader
{
    private const int MaximumCharacters = 6 * 1024 * 1024;
    private const int LongestFoot = 400;

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
        "header", "hgroup", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    };

    /// <summary>The blocks of a page.</summary>
    /// <exception cref="ImportRefusedException">The page is larger or nested more deeply than any agreement.</exception>
    public static List<Block> Read(string name, string html, ReportBuilder report, out string? language)
    {
        if (html.Length > MaximumCharacters)
        {
            throw new ImportRefusedException($"{name} is larger than {MaximumCharacters / 1024 / 1024} million characters. Save the text alone, or check that it is the right file.");
        }
        if (html.Contains("<!ENTITY", StringComparison.OrdinalIgnoreCase))
        {
            throw new ImportRefusedException($"{name} declares entities. Save it without them.");
        }
        if (HtmlNesting.IsTooDeep(html))
        {
            throw TooDeep(name);
        }
        using var page = new HtmlParser().ParseDocument(html);
        if (HtmlNesting.IsTooDeep(page))
        {
            throw TooDeep(name);
        }
        language = page.DocumentElement.GetAttribute("lang") is { Length: >= 2 } lang ? lang[..2].ToLowerInvariant() : null;
        var run = new Run(report, Footnotes(page));
        if (page.Title is { Length: > 0 } title)
        {
            run.Found.Add(new Block(BlockKind.About, InlineMarkdown.Escape(InlineMarkdown.Collapse(title)), 1, Number: FrontMatter.PageTitle));
        }
        var main = page.QuerySelectorAll("main, [role=main]") is { Length: 1 } only && only[0].TextContent.Length * 2 > (page.Body?.TextContent.Length ?? 0) ? only[0] : null;
        if (page.Body is { } body)
        {
            run.Walk(body, main);
        }
        run.Flush();
        return run.Found;
    }

    private static ImportRefusedException TooDeep(string name) => new($"{name} nests its elements more deeply than a page for people. Save the text alone.");

    /// <summary>The elements that short links in the text point to as footnotes, with their marks.</summary>
    private static Dictionary<IElement, string> Footnotes(IDocument page)
    {
        var notes = new Dictionary<IElement, string>();
        var marks = new HashSet<string>(StringComparer.Ordinal);
        var targets = page.QuerySelectorAll("[id]").DistinctBy(e => e.Id).ToDictionary(e => e.Id!, StringComparer.Ordinal);
        foreach (var link in page.QuerySelectorAll("sup a[href^='#'], a[href^='#'] > sup, a.footnote-ref[href^='#'], a[role=doc-noteref]"))
        {
            var anchor = link.LocalName == "a" ? link : link.ParentElement!;
            var mark = anchor.TextContent.Trim().Trim('[', ']', '(', ')');
            if (mark.Length is > 0 and <= 4 && mark.All(char.IsAsciiLetterOrDigit) && targets.TryGetValue(anchor.GetAttribute("href")![1..], out var target) && !target.Contains(anchor))
            {
                var note = target.LocalName is "a" or "span" or "sup" ? target.Closest("li, p, div, dd") ?? target : target;
                if (!note.Contains(anchor) && !notes.ContainsKey(note) && marks.Add(mark))
                {
                    notes.Add(note, mark);
                }
            }
        }
        return notes;
    }

    private sealed class Run(ReportBuilder report, Dictionary<IElement, string> notes)
    {
        private readonly StringBuilder words = new();
        private readonly Dictionary<string, string> marks = notes.SelectMany(n => n.Key.QuerySelectorAll("[id]").Prepend(n.Key).Where(e => e.Id is { Length: > 0 }).Select(e => (Id: e.Id!, Mark: n.Value)))
            .DistinctBy(m => m.Id).ToDictionary(m => m.Id, m => m.Mark, StringComparer.Ordinal);
        private readonly Stack<ListState> lists = new();
        private string? number;
        private int numberDepth;

        private bool isRow;

        /// <summary>How many letters and digits of the open paragraph lead to other places of the page.</summary>
        private int jumped;
        private int paragraph = 1;

        private sealed record ListState(string Style, int Step)
        {
            public int Next { get; set; }
        }

        public List<Block> Found { get; } = [];

        public void Walk(INode node, IElement? main)
        {
            foreach (var child in node.ChildNodes)
            {
                switch (child)
                {
                    case IText text:
                        words.Append(InlineMarkdown.Escape(text.Data.ReplaceLineEndings(" ")));
                        break;
                    case IElement element when main is not null && !element.Contains(main) && !main.Contains(element):
                        Flush();
                        report.LeftOut(paragraph, InlineMarkdown.Collapse(VisibleText(element)), "it stands outside the main part of the page");
                        break;
                    case IElement element:
                        Element(element, element == main ? null : main);
                        break;
                }
            }
        }

        private void Element(IElement element, IElement? main)
        {
            if (notes.Remove(element, out var mark))
            {
                Note(element, main, mark);
                return;
            }
            switch (element.LocalName)
            {
                case "script" or "style" or "template" or "noscript" or "svg" or "math" or "iframe" or "object" or "head" or "select" or "textarea" or "button":
                    report.LeftOut(paragraph, InlineMarkdown.Collapse(element.TextContent), $"a <{element.LocalName}> is not part of the text");
                    return;
                case "nav":
                    Flush();
                    report.LeftOut(paragraph, InlineMarkdown.Collapse(element.TextContent), "the navigation of the page");
                    return;
                case "br":
                    words.Append('\n');
                    return;
                case "hr":
                    Flush();
                    Found.Add(new Block(BlockKind.Rule, "---", paragraph));
                    return;
                case "img":
                    words.Append(InlineMarkdown.Escape(element.GetAttribute("alt") ?? ""));
                    return;
                case "b" or "strong":
                    Inline(element, main, "**");
                    return;
                case "a":
                    Link(element, main);
                    return;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    Flush();
                    Walk(element, main);
                    Flush(element.LocalName[1] - '0');
                    return;
                case "ol":
                    List(element, main);
                    return;
                case "ul" or "menu":
                    Flush();
                    lists.Push(new ListState("", 0));
                    Walk(element, main);
                    Flush();
                    lists.Pop();
                    return;
                case "li":
                    Item(element, main);
                    return;
                case "table":
                    report.Note(paragraph, "a table is kept as paragraphs, one per row");
                    break;
                case "tr":
                    Flush();
                    isRow = element.Children.Count(c => c.LocalName is "td" or "th") > 1;
                    Walk(element, main);
                    Flush();
                    isRow = false;
                    return;
                case "td" or "th":
                    if (words.Length > 0)
                    {
                        words.Append(" | ");
                    }
                    Walk(element, main);
                    return;
                case "q":
                    words.Append('“');
                    Walk(element, main);
                    words.Append('”');
                    return;
            }
            if (element.LocalName is "header" or "footer" or "aside" && IsMostlyLinks(element))
            {
                Flush();
                report.LeftOut(paragraph, InlineMarkdown.Collapse(VisibleText(element)), "links at the edge of the page");
                return;
            }
            if (element.LocalName == "footer" && element.Closest("article, main, section") is null && PageFoot().IsMatch(element.TextContent) && element.TextContent.Length < LongestFoot)
            {
                Flush();
                report.LeftOut(paragraph, InlineMarkdown.Collapse(VisibleText(element)), "the foot of the page");
                return;
            }
            if (element.HasAttribute("hidden") || element.GetAttribute("style") is { } css && Hidden().IsMatch(css))
            {
                report.LeftOut(paragraph, InlineMarkdown.Collapse(element.TextContent), "the page hides it");
                return;
            }
            var isBlock = Blocks.Contains(element.LocalName) && element.LocalName is not ("td" or "th");
            if (isBlock)
            {
                Flush();
            }
            Walk(element, main);
            if (isBlock)
            {
                Flush();
            }
        }

        private void Note(IElement element, IElement? main, string mark)
        {
            Flush();
            var before = Found.Count;
            Walk(element, main);
            Flush();
            var text = string.Join(' ', Found.Skip(before).Select(b => b.Text));
            Found.RemoveRange(before, Found.Count - before);
            var shown = NoteMark().Match(text);
            Found.Add(new Block(BlockKind.Footnote, shown.Success && shown.Groups[1].Value == mark ? text[shown.Length..] : text, paragraph, Number: mark));
        }

        private void Inline(IElement element, IElement? main, string mark)
        {
            var (start, before) = (words.Length, Found.Count);
            Walk(element, main);
            if (Found.Count > before || words.Length < start)
            {
                // A block inside it has ended the paragraph.
                return;
            }
            var inner = words.ToString(start, words.Length - start);
            words.Length = start;
            var trimmed = inner.Trim();
            if (trimmed.Length == 0 || trimmed.Contains("**", StringComparison.Ordinal) || trimmed.Contains('\n'))
            {
                words.Append(inner);
                return;
            }
            words.Append(inner.AsSpan(0, inner.Length - inner.TrimStart().Length)).Append(mark).Append(trimmed).Append(mark).Append(inner.AsSpan(inner.TrimEnd().Length));
        }

        private void Link(IElement element, IElement? main)
        {
            var (start, before) = (words.Length, Found.Count);
            Walk(element, main);
            if (Found.Count > before || words.Length < start)
            {
                // A block inside it has ended the paragraph.
                return;
            }
            var inner = words.ToString(start, words.Length - start);
            words.Length = start;
            if (inner.Contains("](", StringComparison.Ordinal) || inner.Contains('\n'))
            {
                words.Append(inner);
                return;
            }
            var url = element.GetAttribute("href")?.Trim() ?? "";
            if (url.StartsWith('#') && marks.TryGetValue(url[1..], out var mark) && inner.Contains(mark, StringComparison.Ordinal) && inner.Trim().Length <= mark.Length + 4)
            {
                words.Append("[^").Append(mark).Append(']');
                return;
            }
            if (url.StartsWith('#') && inner.Trim() is "↩" or "↩︎" or "↑" or "^" or "\\^")
            {
                report.LeftOut(paragraph, inner, "the way back from a footnote");
                return;
            }
            if (url.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                report.LeftOut(paragraph, url.Length > 200 ? url[..200] : url, "an address that is not allowed");
                url = "";
            }
            jumped += url.StartsWith('#') ? inner.Count(char.IsLetterOrDigit) : 0;
            InlineMarkdown.AppendLink(words, inner.Trim(), url.StartsWith('/') || url.StartsWith('.') || !url.Contains(':') ? "" : url);
            if (inner.Length > 0 && char.IsWhiteSpace(inner[^1]))
            {
                words.Append(' ');
            }
        }

        private void List(IElement element, IElement? main)
        {
            Flush();
            var style = element.GetAttribute("style") is { } css && ListStyle().Match(css) is { Success: true } declared ? declared.Groups[1].Value.ToLowerInvariant() : element.GetAttribute("type") switch
            {
                "a" => "lower-alpha", "A" => "upper-alpha", "i" => "lower-roman", "I" => "upper-roman", _ => "decimal",
            };
            var items = element.Children.Count(c => c.LocalName == "li");
            var isReversed = element.HasAttribute("reversed");
            var start = int.TryParse(element.GetAttribute("start"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : isReversed ? items : 1;
            lists.Push(new ListState(style, isReversed ? -1 : 1) { Next = start });
            Walk(element, main);
            Flush();
            lists.Pop();
        }

        private void Item(IElement element, IElement? main)
        {
            Flush();
            if (lists.TryPeek(out var list) && list.Step != 0)
            {
                var value = int.TryParse(element.GetAttribute("value"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? given : list.Next;
                list.Next = value + list.Step;
                number = Shown(list.Style, value);
                numberDepth = lists.Count(l => l.Step != 0);
            }
            Walk(element, main);
            Flush();
            if (number is not null)
            {
                report.LeftOut(paragraph, number, "the number of an empty item");
                number = null;
            }
        }

        private static string? Shown(string style, int value)
        {
            if (value is < 1 or > 999)
            {
                return style == "none" ? null : $"{value}.";
            }
            return style switch
            {
                "lower-alpha" or "lower-latin" => $"{NumberFormat.Letters(value)}.",
                "upper-alpha" or "upper-latin" => $"{NumberFormat.Letters(value).ToUpperInvariant()}.",
                "lower-roman" => $"{Marker.RomanOf(value).ToLowerInvariant()}.",
                "upper-roman" => $"{Marker.RomanOf(value)}.",
                "none" or "disc" or "circle" or "square" => null,
                _ => $"{value}.",
            };
        }

        /// <summary>Ends the open paragraph.</summary>
        public void Flush(int heading = 0)
        {
            var lines = words.ToString().Split('\n');
            var isJump = heading == 0 && jumped > 0 && words.ToString().Count(char.IsLetterOrDigit) <= jumped + 4;
            words.Clear();
            jumped = 0;
            foreach (var text in heading > 0 ? [InlineMarkdown.Collapse(string.Join(' ', lines))] : JoinLines(lines))
            {
                // An item whose words bear their own number is not numbered twice.
                var own = number is not null && Marker.Read(text, false) is { Kind: MarkerKind.Dotted or MarkerKind.Keyword };
                Found.Add(new Block(heading > 0 ? BlockKind.Heading : BlockKind.Paragraph, text, paragraph++, heading, own ? null : number, number is null || own ? 0 : numberDepth) { IsJump = isJump, IsRow = isRow });
                number = null;
            }
        }

        /// <summary>Lines that a <c>br</c> parts are paragraphs if they are long, or begin with a marker; else one paragraph.</summary>
        private static List<string> JoinLines(string[] lines)
        {
            var joined = new List<string>();
            foreach (var line in lines.Select(InlineMarkdown.Collapse))
            {
                if (line.Length == 0)
                {
                    continue;
                }
                joined.Add(line);
            }
            return joined;
        }

        private static bool IsMostlyLinks(IElement element) =>
            element.QuerySelectorAll("a").Sum(a => a.TextContent.Trim().Length) is var linked && linked > 0 && linked * 2 > InlineMarkdown.Collapse(VisibleText(element)).Length;

        private static string VisibleText(IElement element) =>
            string.Concat(element.Descendants<IText>().Where(t => t.ParentElement?.LocalName is not ("script" or "style")).Select(t => t.Data + " "));
    }

    [GeneratedRegex(@"^(?:\\?\[|\()?([A-Za-z0-9]{1,4})(?:\\?\]|\)|\.)?\s+")]
    private static partial Regex NoteMark();

    [GeneratedRegex(@"display\s*:\s*none", RegexOptions.IgnoreCase)]
    private static partial Regex Hidden();

    /// <summary>What stands at the foot of every page of a site.</summary>
    [GeneratedRegex(@"©|\bcopyright\b|\ball rights reserved\b|\(c\) ?\d{4}", RegexOptions.IgnoreCase)]
    private static partial Regex PageFoot();

    [GeneratedRegex(@"list-style(?:-type)?\s*:\s*([a-z-]+)", RegexOptions.IgnoreCase)]
    private static partial Regex ListStyle();
}
