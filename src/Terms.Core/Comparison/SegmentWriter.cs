using System.Collections.Immutable;
using System.Text;

namespace Terms.Comparison;

/// <summary>Puts marked words together so that people can read what changed.</summary>
/// <param name="pair">The texts.</param>
/// <param name="deleted">The words of the old text that go.</param>
/// <param name="inserted">The words of the new text that come.</param>
/// <param name="isTrimmed">Whether white space behind words from inside a clause is left out.</param>
internal sealed class SegmentWriter(ComparedPair pair, bool[] deleted, bool[] inserted, bool isTrimmed = false)
{
    private readonly ImmutableArray<Segment>.Builder segments = ImmutableArray.CreateBuilder<Segment>();
    private readonly StringBuilder same = new();
    private readonly StringBuilder gone = new();
    private readonly StringBuilder come = new();

    private readonly record struct Run(bool Changed, WordRange Old, WordRange New)
    {
        public int Words => Old.Length + New.Length;
    }

    /// <summary>The segments that lead from some words of an old clause to some of a new one; each range lies within its clause.</summary>
    public ImmutableArray<Segment> Write(int oldClause, WordRange old, int newClause, WordRange @new)
    {
        var (from, to) = (new Side(pair.Old, oldClause, old, isTrimmed), new Side(pair.New, newClause, @new, isTrimmed));
        foreach (var run in Joined(Slid(Runs(old, @new), old, @new)))
        {
            if (run.Changed)
            {
                gone.Append(from.Through(run.Old));
                come.Append(to.Through(run.New));
                continue;
            }
            for (var i = 0; i < run.Old.Length; i++)
            {
                var gap = from.Before(run.Old.Start + i);
                var gapNew = to.Before(run.New.Start + i);
                if (gap.SequenceEqual(gapNew))
                {
                    Keep(gap);
                }
                else
                {
                    gone.Append(gap);
                    come.Append(gapNew);
                }
                to.Through(new WordRange(run.New.Start, run.New.Start + i + 1));
                Keep(from.Through(new WordRange(run.Old.Start, run.Old.Start + i + 1)));
            }
        }
        gone.Append(from.Rest());
        come.Append(to.Rest());
        Close();
        Add(SegmentKind.Equal, same.ToString());
        same.Clear();
        return segments.DrainToImmutable();
    }

    private List<Run> Runs(WordRange old, WordRange @new)
    {
        var runs = new List<Run>();
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
        return runs;
    }

    /// <summary>Words that go or come alone can often be marked one sentence or the other way round ("a b. c b." to "a b."): the cut that begins after a sentence is chosen.</summary>
    private List<Run> Slid(List<Run> runs, WordRange old, WordRange @new)
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
        return runs;
    }

    /// <summary>A few words that stay between many that are replaced are hard to read: they count as replaced too.</summary>
    private static List<Run> Joined(List<Run> runs)
    {
        var joined = new List<Run>();
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
        return joined;
    }

    private void Keep(ReadOnlySpan<char> words)
    {
        if (words.Length > 0)
        {
            Close();
            same.Append(words);
        }
    }

    /// <summary>Writes what goes and what comes, without what both begin or end with.</summary>
    private void Close()
    {
        if (gone.Length + come.Length == 0)
        {
            return;
        }
        var (old, @new) = (gone.ToString(), come.ToString());
        gone.Clear();
        come.Clear();
        var head = CommonHead(old, @new);
        same.Append(old.AsSpan(0, head));
        (old, @new) = (old[head..], @new[head..]);
        var tail = CommonHead(Reversed(old), Reversed(@new));
        var (oldOnly, newOnly) = (old[..^tail], @new[..^tail]);
        if (oldOnly.Length + newOnly.Length > 0)
        {
            Add(SegmentKind.Equal, same.ToString());
            same.Clear();
            Add(SegmentKind.Delete, oldOnly);
            Add(SegmentKind.Insert, newOnly);
        }
        same.Append(old.AsSpan(old.Length - tail));
    }

    private void Add(SegmentKind kind, string words)
    {
        if (words.Length > 0)
        {
            segments.Add(new Segment(kind, words));
        }
    }

    private static string Reversed(string text) => string.Create(text.Length, text, (span, from) =>
    {
        from.CopyTo(span);
        span.Reverse();
    });

    /// <summary>How much both begin with: whole words, and of a further word what stands before its punctuation, if only that differs.</summary>
    private static int CommonHead(string old, string @new)
    {
        var common = 0;
        while (common < old.Length && common < @new.Length && old[common] == @new[common])
        {
            common++;
        }
        var word = common;
        while (word > 0 && !char.IsWhiteSpace(old[word - 1]))
        {
            word--;
        }
        var rest = WordFrom(old, common);
        var restNew = WordFrom(@new, common);
        return (rest.Length == 0 && restNew.Length == 0) || (IsOnlyMarks(rest) && IsOnlyMarks(restNew) && !IsOnlyMarks(old.AsSpan(word, common - word))) ? common : word;
    }

    private static ReadOnlySpan<char> WordFrom(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]))
        {
            end++;
        }
        return text.AsSpan(start, end - start);
    }

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

    /// <summary>The text of one side, read from left to right.</summary>
    private sealed class Side(ComparedText text, int clause, WordRange range, bool isTrimmed)
    {
        private readonly string wording = text.Wordings[clause];
        private readonly int end = range.End == text.First[clause + 1] ? text.Wordings[clause].Length : isTrimmed ? text.Ends[range.End - 1] : text.Starts[range.End];
        private int at = range.Start == text.First[clause] ? 0 : text.Starts[range.Start];

        /// <summary>What stands before a word, from where reading stopped.</summary>
        public ReadOnlySpan<char> Before(int word) => To(text.Starts[word]);

        /// <summary>Everything up to the end of some words.</summary>
        public ReadOnlySpan<char> Through(WordRange words) => words.Length == 0 ? default : To(text.Ends[words.End - 1]);

        /// <summary>Everything that is left.</summary>
        public ReadOnlySpan<char> Rest() => To(end);

        private ReadOnlySpan<char> To(int next)
        {
            var words = wording.AsSpan(at, next - at);
            at = next;
            return words;
        }
    }
}
