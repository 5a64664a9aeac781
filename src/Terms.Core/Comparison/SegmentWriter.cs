using System.Collections.Immutable;

namespace Terms.Comparison;

/// <summary>Puts marked words together so that people can read what changed.</summary>
/// <param name="pair">The texts.</param>
internal sealed class SegmentWriter(ComparedPair pair)
{
    private readonly ImmutableArray<Segment>.Builder segments = ImmutableArray.CreateBuilder<Segment>();
    private readonly List<Run> runs = [];
    private readonly List<Run> joined = [];
    private string oldText = "";
    private string newText = "";
    private int sameFrom;

    private readonly record struct Run(bool Changed, WordRange Old, WordRange New)
    {
        public int Words => Old.Length + New.Length;
    }

    /// <summary>The segments that lead from some words of an old clause to some of a new one; each range lies within its clause.</summary>
    /// <param name="oldClause">The old clause.</param>
    /// <param name="old">Its words.</param>
    /// <param name="newClause">The new clause.</param>
    /// <param name="new">Its words.</param>
    /// <param name="deleted">The words of the old text that go.</param>
    /// <param name="inserted">The words of the new text that come.</param>
    /// <param name="isTrimmed">Whether white space behind words from inside a clause is left out.</param>
    public ImmutableArray<Segment> Write(int oldClause, WordRange old, int newClause, WordRange @new, bool[] deleted, bool[] inserted, bool isTrimmed)
    {
        (oldText, newText) = (pair.Old.Wordings[oldClause], pair.New.Wordings[newClause]);
        var (start, startNew) = (Begin(pair.Old, oldClause, old), Begin(pair.New, newClause, @new));
        var (gone, come) = (start, startNew);
        sameFrom = start;
        Find(old, @new, deleted, inserted);
        Slide(old, @new);
        Join();
        // What stays is copied from the old text. Between what stays, everything is pending: from gone and from come on.
        foreach (var run in joined)
        {
            for (var i = 0; !run.Changed && i < run.Old.Length; i++)
            {
                var (word, wordNew) = (run.Old.Start + i, run.New.Start + i);
                var (at, atNew) = (pair.Old.Starts[word], pair.New.Starts[wordNew]);
                var (gap, gapNew) = (word > old.Start ? pair.Old.Ends[word - 1] : start, wordNew > @new.Start ? pair.New.Ends[wordNew - 1] : startNew);
                var isSame = oldText.AsSpan(gap, at - gap).SequenceEqual(newText.AsSpan(gapNew, atNew - gapNew));
                Close(gone, isSame ? gap : at, come, isSame ? gapNew : atNew);
                (gone, come) = (pair.Old.Ends[word], pair.New.Ends[wordNew]);
            }
        }
        var end = End(pair.Old, oldClause, old, isTrimmed);
        Close(gone, end, come, End(pair.New, newClause, @new, isTrimmed));
        Add(SegmentKind.Equal, oldText, sameFrom, end);
        return segments.DrainToImmutable();
    }

    private static int Begin(ComparedText text, int clause, WordRange range) => range.Start == text.First[clause] ? 0 : text.Starts[range.Start];

    private static int End(ComparedText text, int clause, WordRange range, bool isTrimmed) =>
        range.End == text.First[clause + 1] ? text.Wordings[clause].Length : isTrimmed ? text.Ends[range.End - 1] : text.Starts[range.End];

    private void Find(WordRange old, WordRange @new, bool[] deleted, bool[] inserted)
    {
        runs.Clear();
        for (var (i, j) = (old.Start, @new.Start); i < old.End || j < @new.End;)
        {
            var (start, startNew) = (i, j);
            while (i < old.End && deleted[i])
            {
                i++;
            }
            while (j < @new.End && inserted[j])
            {
                j++;
            }
            var changed = i > start || j > startNew;
            while (!changed && i < old.End && j < @new.End && !deleted[i] && !inserted[j])
            {
                i++;
                j++;
            }
            runs.Add(new Run(changed, new(start, i), new(startNew, j)));
        }
    }

    /// <summary>Words that go or come alone can often be marked one sentence or the other way round ("a b. c b." to "a b."): the cut that begins after a sentence is chosen.</summary>
    private void Slide(WordRange old, WordRange @new)
    {
        for (var i = 1; i + 1 < runs.Count; i++)
        {
            var run = runs[i];
            if (!run.Changed || (run.Old.Length > 0 && run.New.Length > 0))
            {
                continue;
            }
            var (ids, text, moving) = run.New.Length == 0 ? (pair.OldIds, pair.Old, run.Old) : (pair.NewIds, pair.New, run.New);
            var first = run.New.Length == 0 ? old.Start : @new.Start;
            var best = (Shift: 0, Rank: Rank(moving));
            for (var shift = -1; -shift < runs[i - 1].Old.Length && ids[moving.Start + shift] == ids[moving.End + shift]; shift--)
            {
                Consider(shift);
            }
            for (var shift = 1; shift < runs[i + 1].Old.Length && ids[moving.Start + shift - 1] == ids[moving.End + shift - 1]; shift++)
            {
                Consider(shift);
            }
            if (best.Shift != 0)
            {
                WordRange Grown(WordRange range) => new(range.Start, range.End + best.Shift);
                WordRange Shrunk(WordRange range) => new(range.Start + best.Shift, range.End);
                WordRange Shifted(WordRange range) => new(range.Start + best.Shift, range.End + best.Shift);
                runs[i - 1] = runs[i - 1] with { Old = Grown(runs[i - 1].Old), New = Grown(runs[i - 1].New) };
                runs[i] = runs[i] with { Old = Shifted(run.Old), New = Shifted(run.New) };
                runs[i + 1] = runs[i + 1] with { Old = Shrunk(runs[i + 1].Old), New = Shrunk(runs[i + 1].New) };
            }

            void Consider(int shift)
            {
                var rank = Rank(new WordRange(moving.Start + shift, moving.End + shift));
                best = rank > best.Rank ? (shift, rank) : best;
            }

            int Rank(WordRange range) =>
                (3 * (range.Start == first ? 3 : Stop(range.Start - 1))) + Stop(range.End - 1);

            int Stop(int word) => text.Words[text.Ids[word]][^1] switch { '.' or '?' or '!' or '。' => 3, ';' or ':' or '；' => 2, ',' => 1, _ => 0 };
        }
    }

    /// <summary>A few words that stay between many that are replaced are hard to read: they count as replaced too.</summary>
    private void Join()
    {
        joined.Clear();
        for (var i = 0; i < runs.Count; i++)
        {
            var run = runs[i];
            if (!run.Changed && joined.Count > 0 && i + 1 < runs.Count && joined[^1] is { Changed: true } before && runs[i + 1] is var after
                && run.Old.Length <= 3 && 2 * run.Old.Length <= Math.Min(before.Words, after.Words)
                && before.Old.Length + after.Old.Length > 0 && before.New.Length + after.New.Length > 0)
            {
                joined[^1] = new Run(true, new(before.Old.Start, after.Old.End), new(before.New.Start, after.New.End));
                i++;
            }
            else
            {
                joined.Add(run);
            }
        }
    }

    /// <summary>Writes what goes and what comes, without what both begin or end with.</summary>
    private void Close(int gone, int goneEnd, int come, int comeEnd)
    {
        if (gone == goneEnd && come == comeEnd)
        {
            return;
        }
        var old = oldText.AsSpan(gone, goneEnd - gone);
        var @new = newText.AsSpan(come, comeEnd - come);
        var head = CommonHead(old, @new);
        var tail = CommonTail(old[head..], @new[head..]);
        if (old.Length - head - tail + @new.Length - head - tail > 0)
        {
            Add(SegmentKind.Equal, oldText, sameFrom, gone + head);
            Add(SegmentKind.Delete, oldText, gone + head, goneEnd - tail);
            Add(SegmentKind.Insert, newText, come + head, comeEnd - tail);
            sameFrom = goneEnd - tail;
        }
    }

    private void Add(SegmentKind kind, string text, int start, int end)
    {
        if (end > start)
        {
            segments.Add(new Segment(kind, text[start..end]));
        }
    }

    /// <summary>How much both begin with: whole words, and of a further word what stands before its punctuation, if only that differs.</summary>
    private static int CommonHead(ReadOnlySpan<char> old, ReadOnlySpan<char> @new)
    {
        var common = old.CommonPrefixLength(@new);
        var word = common;
        while (word > 0 && !char.IsWhiteSpace(old[word - 1]))
        {
            word--;
        }
        return IsWhole(Rest(old[common..]), Rest(@new[common..]), old[word..common]) ? common : word;

        static ReadOnlySpan<char> Rest(ReadOnlySpan<char> text)
        {
            var end = 0;
            while (end < text.Length && !char.IsWhiteSpace(text[end]))
            {
                end++;
            }
            return text[..end];
        }
    }

    /// <summary>How much both end with, in the same way.</summary>
    private static int CommonTail(ReadOnlySpan<char> old, ReadOnlySpan<char> @new)
    {
        var common = 0;
        while (common < old.Length && common < @new.Length && old[^(common + 1)] == @new[^(common + 1)])
        {
            common++;
        }
        var word = common;
        while (word > 0 && !char.IsWhiteSpace(old[^word]))
        {
            word--;
        }
        return IsWhole(Rest(old[..^common]), Rest(@new[..^common]), old[^common..^word]) ? common : word;

        static ReadOnlySpan<char> Rest(ReadOnlySpan<char> text)
        {
            var start = text.Length;
            while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
            {
                start--;
            }
            return text[start..];
        }
    }

    private static bool IsWhole(ReadOnlySpan<char> rest, ReadOnlySpan<char> restNew, ReadOnlySpan<char> word) =>
        (rest.Length == 0 && restNew.Length == 0) || (IsOnlyMarks(rest) && IsOnlyMarks(restNew) && !IsOnlyMarks(word));

    private static bool IsOnlyMarks(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c) || char.IsSurrogate(c))
            {
                return false;
            }
        }
        return true;
    }
}
