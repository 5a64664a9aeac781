using System.Collections.Immutable;
using Terms.Comparison;

namespace Terms.Publishing;

/// <summary>A stretch of a three-way merge: settled, or two changes that stand against each other.</summary>
/// <param name="Base">What stood there.</param>
/// <param name="Mine">What one has made of it.</param>
/// <param name="Theirs">What the other has made of it.</param>
/// <param name="Settled">What comes of it; null for a conflict.</param>
internal sealed record Stretch<T>(ImmutableArray<T> Base, ImmutableArray<T> Mine, ImmutableArray<T> Theirs, ImmutableArray<T>? Settled);

/// <summary>Merges two changes of one row, as diff3 does: what only one has changed is taken, what both have changed alike is taken once, the rest is a conflict.</summary>
internal static class ThreeWay
{
    /// <summary>The stretches in order.</summary>
    public static ImmutableArray<Stretch<T>> Merge<T>(IReadOnlyList<T> old, IReadOnlyList<T> mine, IReadOnlyList<T> theirs) where T : notnull
    {
        var (inMine, inTheirs) = Pairs(old, mine, theirs);
        var stretches = ImmutableArray.CreateBuilder<Stretch<T>>();
        var (o, m, t) = (0, 0, 0);
        while (o < old.Count || m < mine.Count || t < theirs.Count)
        {
            var stable = 0;
            while (o + stable < old.Count && inMine[o + stable] == m + stable && inTheirs[o + stable] == t + stable)
            {
                stable++;
            }
            if (stable > 0)
            {
                var same = Part(old, o, o + stable);
                stretches.Add(new(same, same, same, same));
                (o, m, t) = (o + stable, m + stable, t + stable);
                continue;
            }
            var end = o;
            while (end < old.Count && (inMine[end] < m || inTheirs[end] < t))
            {
                end++;
            }
            var (mineEnd, theirsEnd) = end < old.Count ? (inMine[end], inTheirs[end]) : (mine.Count, theirs.Count);
            var (was, first, second) = (Part(old, o, end), Part(mine, m, mineEnd), Part(theirs, t, theirsEnd));
            stretches.Add(new(was, first, second, Settle(was, first, second)));
            (o, m, t) = (end, mineEnd, theirsEnd);
        }
        return stretches.ToImmutable();
    }

    private static ImmutableArray<T>? Settle<T>(ImmutableArray<T> old, ImmutableArray<T> mine, ImmutableArray<T> theirs) =>
        mine.SequenceEqual(theirs) || theirs.SequenceEqual(old) ? mine : mine.SequenceEqual(old) ? theirs : null;

    private static ImmutableArray<T> Part<T>(IReadOnlyList<T> row, int from, int to)
    {
        var part = ImmutableArray.CreateBuilder<T>(Math.Max(0, to - from));
        for (var i = from; i < to; i++)
        {
            part.Add(row[i]);
        }
        return part.ToImmutable();
    }

    /// <summary>For each element of the old row, its place in each new one; -1 where it is gone.</summary>
    private static (int[] Mine, int[] Theirs) Pairs<T>(IReadOnlyList<T> old, IReadOnlyList<T> mine, IReadOnlyList<T> theirs) where T : notnull
    {
        var numbers = new Dictionary<T, int>();
        int[] Number(IReadOnlyList<T> row) => [.. row.Select(e => numbers.TryGetValue(e, out var known) ? known : numbers[e] = numbers.Count)];
        var was = Number(old);
        return (Pair(was, Number(mine)), Pair(was, Number(theirs)));
    }

    private static int[] Pair(int[] old, int[] @new)
    {
        var (gone, come) = (new bool[old.Length], new bool[@new.Length]);
        ShortestEdit.Mark(old, @new, gone, come);
        var places = new int[old.Length];
        var next = 0;
        for (var i = 0; i < old.Length; i++)
        {
            if (gone[i])
            {
                places[i] = -1;
                continue;
            }
            while (come[next])
            {
                next++;
            }
            places[i] = next++;
        }
        return places;
    }
}
