using System.Globalization;

namespace Terms.Import;

/// <summary>Gives the items of a Markdown file the depth that their indentation shows, and counts lists whose items all bear the number 1.</summary>
internal sealed class MarkdownNesting(bool isPlain, ReportBuilder report)
{
    private const int TabWidth = 4;

    private sealed class Level(int indent)
    {
        public int Indent { get; } = indent;

        /// <summary>How many items that bear the number 1 stand in a row.</summary>
        public int Ones { get; set; }
    }

    private readonly Stack<Level> levels = new();

    /// <summary>By how many columns a line is set in.</summary>
    public static int Indent(string line)
    {
        var columns = 0;
        foreach (var c in line)
        {
            if (c is not (' ' or '\t'))
            {
                break;
            }
            columns += c == '\t' ? TabWidth - (columns % TabWidth) : 1;
        }
        return columns;
    }

    /// <summary>Adds a block that was set in by so many columns.</summary>
    public void Add(List<Block> blocks, Block block, int indent)
    {
        var isItem = block.Kind == BlockKind.Paragraph && !block.IsRow && block.Marker is { Kind: MarkerKind.Number or MarkerKind.Item };
        if (block.Kind == BlockKind.Heading || block.IsRow)
        {
            levels.Clear();
        }
        while (levels.TryPeek(out var open) && (isItem ? open.Indent > indent : open.Indent >= indent))
        {
            levels.Pop();
        }
        if (!isItem)
        {
            blocks.Add(block);
            return;
        }
        if (!levels.TryPeek(out var level) || level.Indent < indent)
        {
            levels.Push(level = new Level(indent));
        }
        level.Ones = block.Marker is { Kind: MarkerKind.Number, Keyword: "", First: 1, Style: MarkerStyle.Dot } ? level.Ones + 1 : 0;
        if (!isPlain && level.Ones > 1)
        {
            var shown = string.Create(CultureInfo.InvariantCulture, $"{level.Ones}.");
            report.LeftOut(block.Line, block.Marker!.Shown, $"the number as the file writes it; Markdown shows {shown}");
            block = block with { Text = $"{shown} {block.Rest}" };
        }
        blocks.Add(levels.Count > 1 ? block with { Depth = levels.Count } : block);
    }
}
