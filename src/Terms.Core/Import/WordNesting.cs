namespace Terms.Import;

/// <summary>How deep numbered paragraphs of a Word file stand in each other: by the levels of one list, and by the indent of one list below another.</summary>
internal sealed class WordNesting
{
    /// <summary>From how much on, in twentieths of a point, a list counts as set in: about 3 mm.</summary>
    private const int Noticeable = 170;

    private const int Deepest = 9;

    private readonly List<(string List, int Level, int? Left, int Depth)> open = [];

    /// <summary>A heading ends all lists.</summary>
    public void Heading() => open.Clear();

    /// <summary>A paragraph without a number ends the lists that are set in further.</summary>
    public void Paragraph(int left)
    {
        while (open.Count > 0 && open[^1].Left is { } inner && inner > left + Noticeable)
        {
            open.RemoveAt(open.Count - 1);
        }
    }

    /// <summary>The depth of a numbered paragraph, from 1.</summary>
    /// <param name="list">The definition that counts it.</param>
    /// <param name="level">Its level there, from 0; levels that stand beside each other share one.</param>
    /// <param name="left">How far its words are set in, in twentieths of a point; null if the file does not say.</param>
    public int Depth(string list, int level, int? left)
    {
        var same = open.FindLastIndex(o => o.List == list);
        int depth;
        if (same >= 0)
        {
            depth = Math.Max(1, open[same].Depth + level - open[same].Level);
            open.RemoveRange(same, open.Count - same);
        }
        else
        {
            while (open.Count > 0 && !(left > open[^1].Left + Noticeable))
            {
                open.RemoveAt(open.Count - 1);
            }
            depth = open.Count > 0 ? Math.Min(open[^1].Depth + 1, Deepest) : level + 1;
            if (open.Count == Deepest)
            {
                open.RemoveAt(open.Count - 1);
            }
        }
        open.Add((list, level, left, depth));
        return depth;
    }
}
