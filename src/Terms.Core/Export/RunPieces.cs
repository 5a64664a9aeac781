using System.Collections.Immutable;
using Terms.Comparison;

namespace Terms.Export;

/// <summary>What happened to a run of a redline.</summary>
internal enum Change
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>It comes in.</summary>
    Inserted,

    /// <summary>It goes.</summary>
    Deleted,

    /// <summary>It comes from elsewhere.</summary>
    MovedHere,

    /// <summary>It goes elsewhere.</summary>
    MovedAway,
}

/// <summary>A run and what happened to it.</summary>
/// <param name="Change">What happened to it.</param>
/// <param name="Run">The run as it is; as it was, if it goes.</param>
/// <param name="Before">How a run that stays was set, if that changed.</param>
/// <param name="OldFootnote">The footnote that a mark that stays referred to.</param>
internal readonly record struct Piece(Change Change, WordRun Run, WordRun? Before = null, WordParagraph? OldFootnote = null);

/// <summary>Lays the differences of the words of two paragraphs over their runs, which are cut differently: by type, links and footnotes.</summary>
/// <param name="footnotes">The footnotes that are in both texts, by label, and how their words differ.</param>
internal sealed class RunPieces(IReadOnlyDictionary<(string Old, string New), ImmutableArray<Segment>?> footnotes)
{
    /// <summary>Adds the pieces that lead from one paragraph to another.</summary>
    /// <param name="pieces">Where to.</param>
    /// <param name="before">The old paragraph.</param>
    /// <param name="after">The new paragraph.</param>
    /// <param name="words">How its old words lead to the new ones, footnotes' marks apart; null if they are the same.</param>
    public void Add(List<Piece> pieces, WordParagraph before, WordParagraph after, ImmutableArray<Segment>? words)
    {
        var (from, to) = (new RunWalk(before.Runs), new RunWalk(after.Runs));
        KeepMarks();
        foreach (var segment in words ?? [new Segment(SegmentKind.Equal, after.Words)])
        {
            for (var left = segment.Text.Length; left > 0;)
            {
                if (segment.Kind != SegmentKind.Insert && from.Mark is not null)
                {
                    pieces.Add(new Piece(Change.Deleted, from.TakeMark()));
                    continue;
                }
                if (segment.Kind != SegmentKind.Delete && to.Mark is not null)
                {
                    pieces.Add(new Piece(Change.Inserted, to.TakeMark()));
                    continue;
                }
                var take = Math.Min(left, Math.Min(segment.Kind == SegmentKind.Insert ? left : from.Left, segment.Kind == SegmentKind.Delete ? left : to.Left));
                left -= take;
                AddWords(segment.Kind == SegmentKind.Insert ? null : from.Take(take), segment.Kind == SegmentKind.Delete ? null : to.Take(take));
                KeepMarks();
            }
        }
        while (from.Mark is not null)
        {
            pieces.Add(new Piece(Change.Deleted, from.TakeMark()));
        }
        while (to.Mark is not null)
        {
            pieces.Add(new Piece(Change.Inserted, to.TakeMark()));
        }

        void KeepMarks()
        {
            while (from.Mark is { } old && to.Mark is { } @new && AreOne(old, @new))
            {
                pieces.Add(new Piece(Change.None, to.TakeMark(), OldFootnote: from.TakeMark().Footnote));
            }
        }

        void AddWords(WordRun? gone, WordRun? come)
        {
            if (gone is not null && come is not null && gone.Link == come.Link)
            {
                pieces.Add(new Piece(Change.None, come, gone.IsBold != come.IsBold || gone.IsItalic != come.IsItalic ? gone : null));
                return;
            }
            if (gone is not null)
            {
                pieces.Add(new Piece(Change.Deleted, gone));
            }
            if (come is not null)
            {
                pieces.Add(new Piece(Change.Inserted, come));
            }
        }
    }

    /// <summary>Adds the pieces that lead from one footnote to what it has become.</summary>
    public void AddFootnote(List<Piece> pieces, WordParagraph before, WordParagraph after)
    {
        var words = footnotes[(before.Label!, after.Label!)];
        // A footnote that refers to another shows the mark in words, which are not compared.
        var fits = words is { } known
            ? known.Sum(s => s.Kind == SegmentKind.Insert ? 0 : s.Text.Length) == before.Words.Length && known.Sum(s => s.Kind == SegmentKind.Delete ? 0 : s.Text.Length) == after.Words.Length
            : before.Words == after.Words;
        Add(pieces, before, after, fits ? words : SegmentCutter.Replaced(before.Words, after.Words));
    }

    /// <summary>
    /// Sees to it that a paragraph does not end with an insertion. LibreOffice takes that and an insertion at the beginning of the next paragraph for
    /// one, and when it rejects it joins the paragraphs: a deletion has to part them.
    /// </summary>
    /// <returns>False if there is nothing before the insertion that could go behind it.</returns>
    public static bool PartEnd(List<Piece> pieces)
    {
        var come = pieces.Count;
        while (come > 0 && pieces[come - 1].Change == Change.Inserted)
        {
            come--;
        }
        if (come == pieces.Count)
        {
            return true;
        }
        var gone = come;
        while (gone > 0 && pieces[gone - 1].Change == Change.Deleted)
        {
            gone--;
        }
        if (gone == come)
        {
            if (come == 0 || pieces[come - 1] is not { Change: Change.None, Run: { Footnote: null } stays } last)
            {
                return false;
            }
            // The last word that stays goes and comes again.
            var word = stays.Text.AsSpan().TrimEnd().LastIndexOf(' ') + 1;
            pieces[come - 1] = last with { Run = stays with { Text = stays.Text[..word] }, Before = last.Before is { } before ? before with { Text = stays.Text[..word] } : null };
            pieces.Insert(come, new Piece(Change.Deleted, (last.Before ?? stays) with { Text = stays.Text[word..] }));
            pieces.Insert(come + 1, new Piece(Change.Inserted, stays with { Text = stays.Text[word..] }));
            if (word == 0)
            {
                pieces.RemoveAt(--come);
            }
            (gone, come) = (come, come + 1);
        }
        var moved = pieces[gone..come];
        pieces.RemoveRange(gone, come - gone);
        pieces.AddRange(moved);
        return true;
    }

    private bool AreOne(WordParagraph old, WordParagraph @new) => old.Label is not null && @new.Label is not null && footnotes.ContainsKey((old.Label, @new.Label));

    /// <summary>Takes runs off the front of a paragraph.</summary>
    private sealed class RunWalk(ImmutableArray<WordRun> runs)
    {
        private int run;
        private int at;

        /// <summary>The footnote whose mark comes next; null if words come next, or nothing.</summary>
        public WordParagraph? Mark
        {
            get
            {
                while (run < runs.Length && runs[run].Footnote is null && at == runs[run].Text.Length)
                {
                    run++;
                    at = 0;
                }
                return run < runs.Length ? runs[run].Footnote : null;
            }
        }

        /// <summary>How many characters are left in the run of words that comes next.</summary>
        public int Left => Mark is null && run < runs.Length ? runs[run].Text.Length - at : 0;

        public WordRun TakeMark() => runs[run++];

        public WordRun Take(int length)
        {
            var taken = runs[run].Text.Length == length ? runs[run] : runs[run] with { Text = runs[run].Text.Substring(at, length) };
            at += length;
            return taken;
        }
    }
}
