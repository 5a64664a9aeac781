using System.Buffers;

namespace Terms.Comparison;

/// <summary>
/// The shortest edit between two rows of numbers, in linear space (Myers 1986). Very different long rows are cut where the search has come furthest
/// (as in git), so that time stays bounded; up to <see cref="Exact"/> edits the result is the shortest.
/// </summary>
internal static class ShortestEdit
{
    /// <summary>Up to so many edits the result is the shortest there is.</summary>
    public const int Exact = 2 * Cap;

    private const int Cap = 2048;
    private const int Nowhere = int.MinValue / 2;

    /// <summary>Marks the elements that have to go from the old row and those that have to come into the new; what stays unmarked is equal, in order.</summary>
    public static void Mark(ReadOnlySpan<int> old, ReadOnlySpan<int> @new, Span<bool> deleted, Span<bool> inserted)
    {
        var start = 0;
        while (start < old.Length && start < @new.Length && old[start] == @new[start])
        {
            start++;
        }
        var end = 0;
        while (end < old.Length - start && end < @new.Length - start && old[old.Length - 1 - end] == @new[@new.Length - 1 - end])
        {
            end++;
        }
        var (n, m) = (old.Length - start - end, @new.Length - start - end);
        if (n == 0 || m == 0)
        {
            deleted.Slice(start, n).Fill(true);
            inserted.Slice(start, m).Fill(true);
            return;
        }
        var buffer = ArrayPool<int>.Shared.Rent((4 * (n + m)) + 12);
        var a = buffer.AsSpan(0, n);
        var b = buffer.AsSpan(n, m);
        var places = buffer.AsSpan(n + m, n + m);
        var (common, brought) = (KeepShared(old.Slice(start, n), @new.Slice(start, m), a, places, deleted.Slice(start, n)),
            KeepShared(@new.Slice(start, m), old.Slice(start, n), b, places[n..], inserted.Slice(start, m)));
        var run = new Run
        {
            A = a[..common],
            B = b[..brought],
            PlaceOfA = places[..common],
            PlaceOfB = places.Slice(n, brought),
            Deleted = deleted.Slice(start, n),
            Inserted = inserted.Slice(start, m),
            Forward = buffer.AsSpan(2 * (n + m), n + m + 4),
            Backward = buffer.AsSpan((3 * (n + m)) + 4, n + m + 4),
        };
        run.Compare(0, common, 0, brought);
        ArrayPool<int>.Shared.Return(buffer);
    }

    /// <summary>Leaves out the elements that the other row does not have: no edit can keep them.</summary>
    private static int KeepShared(ReadOnlySpan<int> row, ReadOnlySpan<int> other, Span<int> kept, Span<int> places, Span<bool> gone)
    {
        var highest = 0;
        foreach (var element in other)
        {
            highest = Math.Max(highest, element);
        }
        var known = ArrayPool<bool>.Shared.Rent(highest + 1);
        known.AsSpan(0, highest + 1).Clear();
        foreach (var element in other)
        {
            known[element] = true;
        }
        var count = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i] <= highest && known[row[i]])
            {
                kept[count] = row[i];
                places[count++] = i;
            }
            else
            {
                gone[i] = true;
            }
        }
        ArrayPool<bool>.Shared.Return(known);
        return count;
    }

    private ref struct Run
    {
        public required ReadOnlySpan<int> A { get; init; }
        public required ReadOnlySpan<int> B { get; init; }
        public required ReadOnlySpan<int> PlaceOfA { get; init; }
        public required ReadOnlySpan<int> PlaceOfB { get; init; }
        public required Span<bool> Deleted { get; init; }
        public required Span<bool> Inserted { get; init; }
        public required Span<int> Forward { get; init; }
        public required Span<int> Backward { get; init; }

        public readonly void Compare(int a0, int a1, int b0, int b1)
        {
            while (true)
            {
                while (a0 < a1 && b0 < b1 && A[a0] == B[b0])
                {
                    a0++;
                    b0++;
                }
                while (a0 < a1 && b0 < b1 && A[a1 - 1] == B[b1 - 1])
                {
                    a1--;
                    b1--;
                }
                if (a0 == a1 || b0 == b1)
                {
                    for (; a0 < a1; a0++)
                    {
                        Deleted[PlaceOfA[a0]] = true;
                    }
                    for (; b0 < b1; b0++)
                    {
                        Inserted[PlaceOfB[b0]] = true;
                    }
                    return;
                }
                var (x, y) = Middle(A[a0..a1], B[b0..b1], Forward, Backward);
                Compare(a0, a0 + x, b0, b0 + y);
                (a0, b0) = (a0 + x, b0 + y);
            }
        }

        /// <summary>A point on a shortest way through the grid, neither its beginning nor its end: searched from both corners at once.</summary>
        private static (int X, int Y) Middle(ReadOnlySpan<int> a, ReadOnlySpan<int> b, Span<int> forward, Span<int> backward)
        {
            var (n, m) = (a.Length, b.Length);
            var (zero, delta) = (m + 1, n - m);
            var odd = (delta & 1) != 0;
            var (fromLow, fromHigh, toLow, toHigh) = (0, 0, delta, delta);
            forward[zero] = 0;
            backward[zero + delta] = n;
            for (var cost = 1; ; cost++)
            {
                Widen(ref fromLow, ref fromHigh, -m, n, forward, zero, Nowhere);
                for (var k = fromHigh; k >= fromLow; k -= 2)
                {
                    var right = forward[zero + k - 1];
                    var down = forward[zero + k + 1];
                    var x = Math.Max(right < n ? right + 1 : Nowhere, down - k <= m ? down : Nowhere);
                    if (x < 0)
                    {
                        forward[zero + k] = Nowhere;
                        continue;
                    }
                    var y = x - k;
                    while (x < n && y < m && a[x] == b[y])
                    {
                        x++;
                        y++;
                    }
                    forward[zero + k] = x;
                    if (odd && k >= toLow && k <= toHigh && backward[zero + k] <= x)
                    {
                        return (x, y);
                    }
                }
                Widen(ref toLow, ref toHigh, -m, n, backward, zero, -Nowhere);
                for (var k = toHigh; k >= toLow; k -= 2)
                {
                    var left = backward[zero + k + 1];
                    var up = backward[zero + k - 1];
                    var x = Math.Min(left > 0 ? left - 1 : -Nowhere, up - k >= 0 ? up : -Nowhere);
                    if (x > n)
                    {
                        backward[zero + k] = -Nowhere;
                        continue;
                    }
                    var y = x - k;
                    while (x > 0 && y > 0 && a[x - 1] == b[y - 1])
                    {
                        x--;
                        y--;
                    }
                    backward[zero + k] = x;
                    if (!odd && k >= fromLow && k <= fromHigh && x <= forward[zero + k])
                    {
                        return (x, y);
                    }
                }
                if (cost >= Cap)
                {
                    return Furthest(n, m, forward, zero, fromLow, fromHigh);
                }
            }
        }

        /// <summary>The diagonals that one more edit reaches; those at the border of the grid turn back.</summary>
        private static void Widen(ref int low, ref int high, int lowest, int highest, Span<int> reached, int zero, int nowhere)
        {
            if (low > lowest)
            {
                low--;
                reached[zero + low - 1] = nowhere;
            }
            else
            {
                low++;
            }
            if (high < highest)
            {
                high++;
                reached[zero + high + 1] = nowhere;
            }
            else
            {
                high--;
            }
        }

        private static (int X, int Y) Furthest(int n, int m, Span<int> forward, int zero, int low, int high)
        {
            var best = (X: 0, Y: 0);
            for (var k = low; k <= high; k += 2)
            {
                var x = forward[zero + k];
                if (x >= 0 && x <= n && x - k <= m && (2 * x) - k > best.X + best.Y)
                {
                    best = (x, x - k);
                }
            }
            return best;
        }
    }
}
