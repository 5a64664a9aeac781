using System.Collections.Immutable;
using Terms.Comparison;

namespace Terms.Export;

/// <summary>Cuts the words of a clause that has a heading, which is compared in a line of its own, into those of its paragraphs.</summary>
internal sealed class SegmentCutter
{
    private readonly int[] oldOf;
    private readonly (int First, int Count) news;
    private readonly Lines old;
    private readonly Lines @new;

    /// <param name="before">The old text.</param>
    /// <param name="olds">The places of the clause's paragraphs in it.</param>
    /// <param name="after">The new text.</param>
    /// <param name="news">The places of the clause's paragraphs in it.</param>
    /// <param name="oldOf">The place of the old paragraph of each new one; -1 for none.</param>
    public SegmentCutter(RedlineText before, (int First, int Count) olds, RedlineText after, (int First, int Count) news, int[] oldOf)
    {
        (old, @new) = (new Lines(before.Paragraphs, olds), new Lines(after.Paragraphs, news));
        (this.news, this.oldOf) = (news, oldOf);
    }

    /// <summary>All old words go, all new words come; null if they are the same.</summary>
    public static ImmutableArray<Segment>? Replaced(string old, string @new) =>
        old == @new ? null : [.. new[] { new Segment(SegmentKind.Delete, old), new Segment(SegmentKind.Insert, @new) }.Where(s => s.Text.Length > 0)];

    /// <summary>Gives each new paragraph that has an old one its segments. Words that went from a heading into the text, or back, go in one and come in the other.</summary>
    public void Cut(ImmutableArray<Segment> segments, ImmutableArray<Segment>?[] words)
    {
        var cut = new Dictionary<int, ImmutableArray<Segment>.Builder>();
        for (var n = news.First; n < news.First + news.Count; n++)
        {
            if (oldOf[n] >= 0)
            {
                cut[n] = ImmutableArray.CreateBuilder<Segment>();
            }
        }
        foreach (var segment in segments)
        {
            for (var at = 0; at < segment.Text.Length;)
            {
                var take = segment.Text.Length - at;
                take = segment.Kind == SegmentKind.Insert ? take : Math.Min(take, old.Left);
                take = segment.Kind == SegmentKind.Delete ? take : Math.Min(take, @new.Left);
                var text = segment.Text.Substring(at, take);
                at += take;
                var from = segment.Kind == SegmentKind.Insert ? -1 : old.Take(take);
                var to = segment.Kind == SegmentKind.Delete ? -1 : @new.Take(take);
                if (from >= 0 && to >= 0 && oldOf[to] == from)
                {
                    cut[to].Add(segment with { Text = text });
                    continue;
                }
                if (from >= 0 && NewOf(from) is >= 0 and var gone)
                {
                    cut[gone].Add(new Segment(SegmentKind.Delete, text));
                }
                if (to >= 0 && cut.TryGetValue(to, out var come))
                {
                    come.Add(new Segment(SegmentKind.Insert, text));
                }
            }
        }
        foreach (var (n, found) in cut)
        {
            words[n] = found.ToImmutable();
        }
    }

    private int NewOf(int paragraph)
    {
        for (var n = news.First; n < news.First + news.Count; n++)
        {
            if (oldOf[n] == paragraph)
            {
                return n;
            }
        }
        return -1;
    }

    /// <summary>The paragraphs of one side, and the line end between two that have words.</summary>
    private sealed class Lines(ImmutableArray<WordParagraph> paragraphs, (int First, int Count) places)
    {
        private readonly int end = places.First + places.Count;
        private int paragraph = places.First;
        private int at;
        private bool isPastWords;

        /// <summary>How many characters are left in the line, or in the end of it.</summary>
        public int Left
        {
            get
            {
                while (paragraph < end && at == paragraphs[paragraph].Words.Length)
                {
                    if (at > 0 && !isPastWords && paragraph + 1 < end && paragraphs[paragraph + 1].Words.Length > 0)
                    {
                        return 1;
                    }
                    (paragraph, at, isPastWords) = (paragraph + 1, 0, false);
                }
                return paragraphs[paragraph].Words.Length - at;
            }
        }

        /// <summary>Takes characters; gives the place of their paragraph, or -1 for the end of a line.</summary>
        public int Take(int length)
        {
            _ = Left;
            if (at == paragraphs[paragraph].Words.Length)
            {
                isPastWords = true;
                return -1;
            }
            at += length;
            return paragraph;
        }
    }
}
