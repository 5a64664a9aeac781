namespace Terms.Import;

/// <summary>Leaves out tables of contents: lines that lead to other places of the page, or stand again, in the same order, above what they announce.</summary>
internal static class TableOfContents
{
    private const int FewestEntries = 3;
    private const int LongestEntry = 160;

    /// <summary>The blocks without tables of contents, which the report lists.</summary>
    public static List<Block> LeaveOut(List<Block> blocks, ReportBuilder report)
    {
        var names = blocks.Select(b => b.Kind is BlockKind.Paragraph or BlockKind.Heading && b.Plain.Length <= LongestEntry ? Name(b) : "").ToList();
        var places = names.Select((n, i) => (Name: n, At: i)).Where(n => n.Name.Length > 0).GroupBy(n => n.Name, n => n.At, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.Ordinal);
        var kept = new List<Block>();
        for (var i = 0; i < blocks.Count;)
        {
            var jumps = blocks.Skip(i).TakeWhile(b => b.IsJump).Count();
            var entries = jumps >= FewestEntries ? jumps : Entries(names, places, i);
            if (entries < FewestEntries)
            {
                kept.Add(blocks[i++]);
                continue;
            }
            for (var end = i + entries; i < end; i++)
            {
                report.LeftOut(blocks[i].Line, $"{blocks[i].Number} {blocks[i].Plain}", "the table of contents");
            }
        }
        return kept;
    }

    /// <summary>How many blocks from here on stand again behind all of them, with something between one and the next.</summary>
    private static int Entries(List<string> names, Dictionary<string, List<int>> places, int from)
    {
        var first = Next(names[from], from);
        if (first < from + FewestEntries)
        {
            return 0;
        }
        var (count, last, apart) = (1, first, 0);
        for (var i = from + 1; i < first; i++)
        {
            var again = Next(names[i], last);
            if (again < 0)
            {
                break;
            }
            apart += again > last + 1 ? 1 : 0;
            (count, last) = (count + 1, again);
        }
        // What stands again without words between is a list used twice, no table of contents.
        return apart * 2 >= count ? count : 0;

        int Next(string name, int behind)
        {
            var found = name.Length > 0 && places[name].Count > 1 ? places[name].BinarySearch(behind + 1) : -1;
            var at = found >= 0 ? found : ~found;
            return name.Length > 0 && places[name].Count > 1 && at < places[name].Count ? places[name][at] : -1;
        }
    }

    /// <summary>The words of an entry: without its number, the dots behind it and the number of a page.</summary>
    private static string Name(Block block)
    {
        var words = InlineMarkdown.Plain(block.Rest).TrimEnd();
        var end = words.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').TrimEnd();
        if (end.EndsWith("..", StringComparison.Ordinal) || end.EndsWith('…'))
        {
            words = end;
        }
        return words.TrimEnd('.', '…', ':', ' ').ToUpperInvariant();
    }
}
