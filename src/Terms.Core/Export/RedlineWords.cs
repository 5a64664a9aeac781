using System.Collections.Immutable;

namespace Terms.Export;

/// <summary>Word-level differences of two paragraphs.</summary>
internal static class RedlineWords
{
    /// <summary>Larger tables of words are not filled; what differs is then replaced as a whole.</summary>
    private const int MaximumCells = 4_000_000;

    public static ImmutableArray<RedlineSegment> Segments(string oldWords, string newWords)
    {
        var (a, b) = (Tokens(oldWords), Tokens(newWords));
        var start = 0;
        while (start < a.Count && start < b.Count && a[start] == b[start])
        {
            start++;
        }
        var (endA, endB) = (a.Count, b.Count);
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        {
            endA--;
            endB--;
        }
        var edits = new List<(RedlineOperation Operation, string Text)>(a.Count + b.Count);
        edits.AddRange(a.Take(start).Select(t => (RedlineOperation.Equal, t)));
        AddMiddle(edits, a[start..endA], b[start..endB]);
        edits.AddRange(a.Skip(endA).Select(t => (RedlineOperation.Equal, t)));
        return Grouped(edits);
    }

    /// <summary>Words, runs of white space, and every other character alone.</summary>
    private static List<string> Tokens(string words)
    {
        var tokens = new List<string>();
        for (var i = 0; i < words.Length;)
        {
            var end = i + 1;
            if (char.IsLetterOrDigit(words[i]))
            {
                while (end < words.Length && char.IsLetterOrDigit(words[end]))
                {
                    end++;
                }
            }
            else if (words[i] == ' ')
            {
                while (end < words.Length && words[end] == ' ')
                {
                    end++;
                }
            }
            else if (char.IsHighSurrogate(words[i]) && end < words.Length)
            {
                end++;
            }
            tokens.Add(words[i..end]);
            i = end;
        }
        return tokens;
    }

    /// <summary>A longest common subsequence.</summary>
    private static void AddMiddle(List<(RedlineOperation Operation, string Text)> edits, List<string> a, List<string> b)
    {
        if ((long)a.Count * b.Count > MaximumCells)
        {
            edits.AddRange(a.Select(t => (RedlineOperation.Delete, t)));
            edits.AddRange(b.Select(t => (RedlineOperation.Insert, t)));
            return;
        }
        var lengths = new int[a.Count + 1, b.Count + 1];
        for (var x = a.Count - 1; x >= 0; x--)
        {
            for (var y = b.Count - 1; y >= 0; y--)
            {
                lengths[x, y] = a[x] == b[y] ? lengths[x + 1, y + 1] + 1 : Math.Max(lengths[x + 1, y], lengths[x, y + 1]);
            }
        }
        for (int i = 0, j = 0; i < a.Count || j < b.Count;)
        {
            if (i < a.Count && j < b.Count && a[i] == b[j])
            {
                edits.Add((RedlineOperation.Equal, a[i++]));
                j++;
            }
            else if (j == b.Count || (i < a.Count && lengths[i + 1, j] >= lengths[i, j + 1]))
            {
                edits.Add((RedlineOperation.Delete, a[i++]));
            }
            else
            {
                edits.Add((RedlineOperation.Insert, b[j++]));
            }
        }
    }

    /// <summary>Joins neighbours; a space that stayed between two changes goes with them, so that a passage is replaced as one.</summary>
    private static ImmutableArray<RedlineSegment> Grouped(List<(RedlineOperation Operation, string Text)> edits)
    {
        var segments = ImmutableArray.CreateBuilder<RedlineSegment>();
        for (var i = 0; i < edits.Count;)
        {
            if (edits[i].Operation == RedlineOperation.Equal)
            {
                var from = i;
                while (i < edits.Count && edits[i].Operation == RedlineOperation.Equal)
                {
                    i++;
                }
                segments.Add(new RedlineSegment(RedlineOperation.Equal, Join(from, i, RedlineOperation.Equal)));
                continue;
            }
            var start = i;
            while (i < edits.Count && (edits[i].Operation != RedlineOperation.Equal || IsBetween(i)))
            {
                i++;
            }
            foreach (var operation in new[] { RedlineOperation.Delete, RedlineOperation.Insert })
            {
                if (Join(start, i, operation) is { Length: > 0 } words)
                {
                    segments.Add(new RedlineSegment(operation, words));
                }
            }
        }
        return segments.ToImmutable();

        bool IsBetween(int i) => edits[i].Text.Trim(' ').Length == 0 && i + 1 < edits.Count && edits[i + 1].Operation != RedlineOperation.Equal;

        string Join(int from, int to, RedlineOperation operation) =>
            string.Concat(Enumerable.Range(from, to - from).Where(i => edits[i].Operation == operation || edits[i].Operation == RedlineOperation.Equal).Select(i => edits[i].Text));
    }
}
