using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Export;

/// <summary>A paragraph of a redline: kept, inserted, deleted, or one end of a move.</summary>
/// <param name="Old">The paragraph in the old text; null if it is new here.</param>
/// <param name="New">The paragraph in the new text; null if it is gone from here.</param>
/// <param name="Words">For a kept paragraph, how its old words lead to the new ones; null if they are the same.</param>
/// <param name="Move">The same number at both ends of a move: once with the old paragraph alone, once with the new; null for none.</param>
internal sealed record RedlineParagraph(WordParagraph? Old, WordParagraph? New, ImmutableArray<Segment>? Words = null, int? Move = null);

/// <summary>The paragraphs of two texts in one row, as the comparison of their clauses pairs them.</summary>
internal sealed class RedlineLayout
{
    private readonly RedlineText before;
    private readonly RedlineText after;

    /// <summary>The old paragraph of each new one; -1 for none.</summary>
    private readonly int[] oldOf;

    /// <summary>How the old words of each new paragraph lead to its own.</summary>
    private readonly ImmutableArray<Segment>?[] words;

    private readonly Dictionary<(string Old, string New), ImmutableArray<Segment>?> footnotes = [];

    private RedlineLayout(RedlineText before, RedlineText after)
    {
        (this.before, this.after) = (before, after);
        oldOf = new int[after.Paragraphs.Length];
        Array.Fill(oldOf, -1);
        words = new ImmutableArray<Segment>?[after.Paragraphs.Length];
        if (before.HasTitle && after.HasTitle)
        {
            oldOf[0] = 0;
            words[0] = SegmentCutter.Replaced(before.Paragraphs[0].Words, after.Paragraphs[0].Words);
        }
        foreach (var pair in ClausePairs.Of(TextComparison.Of(before.Clauses, after.Clauses)))
        {
            if (ClauseNumber.IsFootnote(pair.From.Label) && ClauseNumber.IsFootnote(pair.To.Label))
            {
                footnotes[(pair.From.Label.Value, pair.To.Label.Value)] = pair.Words;
            }
            else
            {
                Pair(pair);
            }
        }
        Paragraphs = Merged(InOrder());
    }

    /// <summary>The paragraphs in the order in which they are shown. Those with an old paragraph give the old text, those with a new one the new.</summary>
    public ImmutableArray<RedlineParagraph> Paragraphs { get; }

    /// <summary>The footnotes that are in both texts, by label, and how their words differ.</summary>
    public IReadOnlyDictionary<(string Old, string New), ImmutableArray<Segment>?> Footnotes => footnotes;

    /// <summary>Lays out two texts.</summary>
    public static RedlineLayout Of(RedlineText before, RedlineText after) => new(before, after);

    /// <summary>A heading is paired with the heading and words with words; a clause that has only one of them is paired by what it has.</summary>
    private void Pair(ClausePair pair)
    {
        var (olds, news) = (before.PlacesOf(pair.From), after.PlacesOf(pair.To));
        if (olds.Count == 0 || news.Count == 0)
        {
            return;
        }
        if (olds.Count == 1 && news.Count == 1)
        {
            (oldOf[news.First], words[news.First]) = (olds.First, pair.Words);
            return;
        }
        for (var n = news.First; n < news.First + news.Count; n++)
        {
            for (var o = olds.First; o < olds.First + olds.Count; o++)
            {
                if (before.Paragraphs[o].Kind == after.Paragraphs[n].Kind)
                {
                    oldOf[n] = o;
                }
            }
        }
        if (pair.Words is { } segments)
        {
            new SegmentCutter(before, olds, after, news, oldOf).Cut(segments, words);
        }
    }

    /// <summary>Whether each pair keeps its place among the others, so that as few words as possible are shown in two places.</summary>
    private bool[] InOrder()
    {
        int[] paired = [.. Enumerable.Range(0, oldOf.Length).Where(n => oldOf[n] >= 0)];
        var kept = RisingRow.Heaviest([.. paired.Select(n => oldOf[n])], [.. paired.Select(n => 1 + after.Paragraphs[n].Text.Length)]);
        var stays = new bool[oldOf.Length];
        for (var i = 0; i < paired.Length; i++)
        {
            stays[paired[i]] = kept[i];
        }
        return stays;
    }

    /// <summary>Both texts as one list: what went stands before what came in its place.</summary>
    private ImmutableArray<RedlineParagraph> Merged(bool[] stays)
    {
        var newOf = new int[before.Paragraphs.Length];
        Array.Fill(newOf, -1);
        for (var n = 0; n < oldOf.Length; n++)
        {
            if (oldOf[n] >= 0)
            {
                newOf[oldOf[n]] = n;
            }
        }
        var merged = ImmutableArray.CreateBuilder<RedlineParagraph>();
        var (at, came) = (0, 0);
        for (var n = 0; n <= oldOf.Length; n++)
        {
            if (n < oldOf.Length && !stays[n])
            {
                continue;
            }
            for (var end = n < oldOf.Length ? oldOf[n] : newOf.Length; at < end; at++)
            {
                merged.Add(new RedlineParagraph(before.Paragraphs[at], null, Move: newOf[at] >= 0 ? newOf[at] : null));
            }
            for (; came < n; came++)
            {
                merged.Add(new RedlineParagraph(null, after.Paragraphs[came], Move: oldOf[came] >= 0 ? came : null));
            }
            if (n < oldOf.Length)
            {
                merged.Add(new RedlineParagraph(before.Paragraphs[at++], after.Paragraphs[came], words[came++]));
            }
        }
        return merged.ToImmutable();
    }
}
