namespace Terms.Tests.Comparison;

/// <summary>The longest common row and the shortest edit by the plain table, which is slow and leaves nothing to get wrong.</summary>
internal static class Exact
{
    /// <summary>How many elements can stay, in order.</summary>
    public static int Kept<T>(IReadOnlyList<T> old, IReadOnlyList<T> @new) where T : notnull
    {
        var numbers = new Dictionary<T, int>();
        int[] Numbers(IReadOnlyList<T> row) => [.. row.Select(e => numbers.TryGetValue(e, out var n) ? n : numbers[e] = numbers.Count)];
        var (a, b) = (Numbers(old), Numbers(@new));
        var row = new int[b.Length + 1];
        foreach (var x in a)
        {
            var diagonal = 0;
            for (var j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], x == b[j - 1] ? diagonal + 1 : Math.Max(row[j], row[j - 1]));
            }
        }
        return row[^1];
    }

    /// <summary>How many elements have to go and to come at least.</summary>
    public static int Edit<T>(IReadOnlyList<T> old, IReadOnlyList<T> @new) where T : notnull => old.Count + @new.Count - (2 * Kept(old, @new));
}
