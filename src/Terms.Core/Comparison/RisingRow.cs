namespace Terms.Comparison;

/// <summary>Of things that stand in one order here and in another there: which keep their order, so that as little as possible moves.</summary>
internal static class RisingRow
{
    /// <summary>Which of some things keep their order: those of the heaviest rising row of places.</summary>
    /// <param name="places">Where each stands in the other order, from 0, no two alike; in the order of this one.</param>
    /// <param name="weights">What each weighs, at least 1.</param>
    public static bool[] Heaviest(ReadOnlySpan<int> places, ReadOnlySpan<int> weights)
    {
        var kept = new bool[places.Length];
        var (rises, highest) = (true, -1);
        foreach (var place in places)
        {
            rises &= place > highest;
            highest = Math.Max(highest, place);
        }
        if (rises)
        {
            Array.Fill(kept, true);
            return kept;
        }
        // For each thing the best row that ends with it, found in a tree of the best so far by place in the other order.
        var best = new (long Weight, int Last)[highest + 2];
        Array.Fill(best, (0, -1));
        var before = new int[places.Length];
        (long Weight, int Last) top = (0, -1);
        for (var i = 0; i < places.Length; i++)
        {
            (long Weight, int Last) so = (0, -1);
            for (var at = places[i]; at > 0; at -= at & -at)
            {
                so = best[at].Weight > so.Weight ? best[at] : so;
            }
            before[i] = so.Last;
            var row = (Weight: so.Weight + weights[i], Last: i);
            for (var at = places[i] + 1; at < best.Length; at += at & -at)
            {
                best[at] = row.Weight > best[at].Weight ? row : best[at];
            }
            top = row.Weight > top.Weight ? row : top;
        }
        for (var i = top.Last; i >= 0; i = before[i])
        {
            kept[i] = true;
        }
        return kept;
    }
}
