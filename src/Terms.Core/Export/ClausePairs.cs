using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Export;

/// <summary>A clause of the old text and what it has become.</summary>
/// <param name="From">The clause as it was.</param>
/// <param name="To">The clause as it is.</param>
/// <param name="Words">How the old words lead to the new ones; null if they are the same.</param>
internal readonly record struct ClausePair(Clause From, Clause To, ImmutableArray<Segment>? Words);

/// <summary>Reads from a comparison which clauses are each other's: a paragraph can be followed to one place only.</summary>
internal static class ClausePairs
{
    /// <summary>Every pair, each clause in one at most. Of a clause that was split or put together, the piece that has most of its words stands for it.</summary>
    public static IEnumerable<ClausePair> Of(TextComparison comparison)
    {
        foreach (var change in comparison.Clauses)
        {
            if (change is { From: { } from, To: { } to, IsFromPart: false, IsToPart: false })
            {
                yield return new ClausePair(from, to, change.TextChanged ? change.Segments : null);
            }
        }
        foreach (var pieces in comparison.Clauses.Where(c => c.Kind == ChangeKind.Split).GroupBy(c => c.From!))
        {
            yield return Largest([.. pieces], c => new Segment(SegmentKind.Delete, c.FromText));
        }
        foreach (var pieces in comparison.Clauses.Where(c => c.Kind == ChangeKind.Merged).GroupBy(c => c.To!))
        {
            yield return Largest([.. pieces], c => new Segment(SegmentKind.Insert, c.ToText));
        }
    }

    /// <summary>The piece with the most words that stay; the others only go, or only come, in front of it and behind.</summary>
    private static ClausePair Largest(List<ClauseChange> pieces, Func<ClauseChange, Segment> alone)
    {
        var largest = pieces.MaxBy(p => p.Segments.Where(s => s.Kind == SegmentKind.Equal).Sum(s => s.Text.Length))!;
        return new ClausePair(largest.From!, largest.To!, [.. pieces.SelectMany(p => p == largest ? p.Segments : [alone(p)]).Where(s => s.Text.Length > 0)]);
    }
}
