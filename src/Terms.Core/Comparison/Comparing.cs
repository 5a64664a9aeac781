using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>One comparison under way: clauses are matched, then put together from parts, then compared word by word, then searched for passages that moved.</summary>
internal sealed partial class Comparing
{
    private readonly ComparisonFocus focus;
    private readonly ComparedPair pair;
    private readonly ClauseMatching matching;
    private readonly bool[] deleted;
    private readonly bool[] inserted;
    private readonly SegmentWriter writer;
    private readonly TellingWords telling;
    private readonly List<Placed> changes = [];
    private readonly List<Passage> passages = [];

    public Comparing(TermsText from, TermsText to, ComparisonFocus focus)
    {
        this.focus = focus;
        pair = new ComparedPair(from, to);
        matching = new ClauseMatching(pair);
        deleted = new bool[pair.OldIds.Length];
        inserted = new bool[pair.NewIds.Length];
        writer = new SegmentWriter(pair);
        telling = new TellingWords(pair, focus.Names);
    }

    /// <summary>The entries, and how many words go and come.</summary>
    public (List<Placed> Changes, int Deleted, int Inserted) Result()
    {
        var moved = matching.Moved();
        var (splits, merges) = ClauseParts.Find(pair, matching);
        var inParts = (Old: new bool[pair.Old.Clauses.Length], New: new bool[pair.New.Clauses.Length]);
        foreach (var piece in splits.Concat(merges))
        {
            Mark(pair.OldIds, pair.NewIds, piece.OldWords, piece.NewWords, deleted, inserted);
            (inParts.Old[piece.Old], inParts.New[piece.New]) = (true, true);
        }
        for (var old = 0; old < pair.Old.Clauses.Length; old++)
        {
            if (!inParts.Old[old] && matching.NewOf[old] is >= 0 and var @new)
            {
                if (pair.Old.Wordings[old] != pair.New.Wordings[@new])
                {
                    Mark(pair.OldIds, pair.NewIds, pair.OldWords(old), pair.NewWords(@new), deleted, inserted);
                }
            }
            else if (!inParts.Old[old])
            {
                Fill(deleted, pair.OldWords(old));
            }
        }
        for (var @new = 0; @new < pair.New.Clauses.Length; @new++)
        {
            if (!inParts.New[@new] && matching.OldOf[@new] < 0)
            {
                Fill(inserted, pair.NewWords(@new));
            }
        }
        passages.AddRange(MovedPassages.Find(pair, matching, deleted, inserted));

        foreach (var piece in splits)
        {
            Add(ChangeKind.Split, piece.Old, piece.OldWords, piece.New, piece.NewWords, isFromPart: true);
        }
        foreach (var piece in merges)
        {
            Add(ChangeKind.Merged, piece.Old, piece.OldWords, piece.New, piece.NewWords, isToPart: true);
        }
        AddPassages(inParts.Old, inParts.New);
        for (var old = 0; old < pair.Old.Clauses.Length; old++)
        {
            if (!inParts.Old[old])
            {
                var @new = matching.NewOf[old];
                Add(@new < 0 ? ChangeKind.Removed : moved[old] ? ChangeKind.Moved : null, old, pair.OldWords(old), @new, @new < 0 ? default : pair.NewWords(@new));
            }
        }
        for (var @new = 0; @new < pair.New.Clauses.Length; @new++)
        {
            if (!inParts.New[@new] && matching.OldOf[@new] < 0)
            {
                Add(ChangeKind.Added, -1, default, @new, pair.NewWords(@new));
            }
        }
        return (changes, deleted.AsSpan().Count(true), inserted.AsSpan().Count(true));
    }

    private static void Mark(int[] old, int[] @new, WordRange range, WordRange rangeNew, bool[] deleted, bool[] inserted) => ShortestEdit.Mark(
        old.AsSpan(range.Start, range.Length), @new.AsSpan(rangeNew.Start, rangeNew.Length), deleted.AsSpan(range.Start, range.Length), inserted.AsSpan(rangeNew.Start, rangeNew.Length));

    private static void Fill(bool[] marks, WordRange range) => marks.AsSpan(range.Start, range.Length).Fill(true);

    /// <summary>Passages that moved: a clause that is hardly more than the passage is the moved one itself; else the passage gets an entry beside those of its clauses.</summary>
    private void AddPassages(bool[] oldDone, bool[] newDone)
    {
        var (gone, come) = passages.Count == 0 ? ([], []) : (new bool[deleted.Length], new bool[inserted.Length]);
        foreach (var passage in passages)
        {
            var wholeOld = passage.IsMostOfOld && matching.NewOf[passage.Old] < 0 && !oldDone[passage.Old];
            var wholeNew = passage.IsMostOfNew && matching.OldOf[passage.New] < 0 && !newDone[passage.New];
            var (old, @new) = (wholeOld ? pair.OldWords(passage.Old) : passage.OldWords, wholeNew ? pair.NewWords(passage.New) : passage.NewWords);
            Mark(pair.OldIds, pair.NewIds, old, @new, gone, come);
            Add(ChangeKind.Moved, passage.Old, old, passage.New, @new, !wholeOld, !wholeNew, gone, come);
            // A clause that has moved as a whole has no other entry: what this one shows is what counts of it.
            if (wholeOld)
            {
                oldDone[passage.Old] = true;
                gone.AsSpan(old.Start, old.Length).CopyTo(deleted.AsSpan(old.Start));
            }
            if (wholeNew)
            {
                newDone[passage.New] = true;
                come.AsSpan(@new.Start, @new.Length).CopyTo(inserted.AsSpan(@new.Start));
            }
            gone.AsSpan(old.Start, old.Length).Clear();
            come.AsSpan(@new.Start, @new.Length).Clear();
        }
    }

    private void Add(
        ChangeKind? kind, int old, WordRange oldWords, int @new, WordRange newWords, bool isFromPart = false, bool isToPart = false, bool[]? gone = null, bool[]? come = null)
    {
        var (from, to) = (old < 0 ? null : pair.Old.Clauses[old], @new < 0 ? null : pair.New.Clauses[@new]);
        var isWhole = !isFromPart && !isToPart;
        ImmutableArray<Segment> segments;
        if (from is null || to is null)
        {
            var wording = from is null ? pair.New.Wordings[@new] : pair.Old.Wordings[old];
            segments = wording.Length == 0 ? [] : [new Segment(from is null ? SegmentKind.Insert : SegmentKind.Delete, wording)];
        }
        else if (isWhole && pair.Old.Wordings[old] == pair.New.Wordings[@new])
        {
            segments = pair.Old.Wordings[old].Length == 0 ? [] : [new Segment(SegmentKind.Equal, pair.Old.Wordings[old])];
        }
        else
        {
            segments = telling.Marked(writer.Write(old, oldWords, @new, newWords, gone ?? deleted, come ?? inserted, isTrimmed: gone is not null));
        }
        var textChanged = segments.Any(s => s.Kind != SegmentKind.Equal && (isWhole || !string.IsNullOrWhiteSpace(s.Text)));
        var isPair = from is not null && to is not null;
        var marksChanged = isPair && isWhole && from!.Markdown != to!.Markdown;
        var linksChanged = marksChanged && !Links(from!.Markdown).SequenceEqual(Links(to!.Markdown));
        var change = new ClauseChange(
            kind ?? (from!.Label != to!.Label ? ChangeKind.Renumbered : textChanged || marksChanged ? ChangeKind.Changed : ChangeKind.Unchanged),
            from, to, isFromPart, isToPart, textChanged, linksChanged,
            isPair && (textChanged || marksChanged) && !linksChanged && IsCosmetic(segments),
            (textChanged || linksChanged) && (IsCritical(pair.Old, old, focus.CriticalFrom) || IsCritical(pair.New, @new, focus.CriticalTo)),
            segments.Any(s => s.Figures),
            isFromPart || old < 0 ? [] : [.. passages.Where(p => p.Old == old && p.New != @new).Select(p => pair.New.Clauses[p.New].Label.Value).Distinct()],
            isToPart || @new < 0 ? [] : [.. passages.Where(p => p.New == @new && p.Old != old).Select(p => pair.Old.Clauses[p.Old].Label.Value).Distinct()],
            segments);
        changes.Add(new Placed(change, old, @new, oldWords.Start));
    }

    private static bool IsCritical(ComparedText text, int clause, IReadOnlySet<string> labels)
    {
        for (; clause >= 0; clause = text.Parents[clause])
        {
            if (labels.Contains(text.Clauses[clause].Label.Value))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsCosmetic(ImmutableArray<Segment> segments)
    {
        // Letters and digits that come have to be as many as those that go: that settles most clauses without reading them whole.
        var balance = 0;
        foreach (var segment in segments)
        {
            foreach (var c in segment.Kind == SegmentKind.Equal ? "" : segment.Text)
            {
                balance += char.IsLetterOrDigit(c) ? (segment.Kind == SegmentKind.Insert ? 1 : -1) : 0;
            }
        }
        return balance == 0 && Plain(segments, SegmentKind.Insert) == Plain(segments, SegmentKind.Delete);
    }

    private static string Plain(ImmutableArray<Segment> segments, SegmentKind without) =>
        ComparedText.Plain(string.Concat(segments.Where(s => s.Kind != without).Select(s => s.Text)));

    private static IEnumerable<string> Links(string markdown) => Link().Matches(markdown).Select(m => m.Groups[1].Value);

    [GeneratedRegex(@"\]\(([^)\s]*)")]
    private static partial Regex Link();
}
