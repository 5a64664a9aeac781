using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>What has become of a clause.</summary>
public enum ChangeKind
{
    /// <summary>It is as it was, under the same label.</summary>
    Unchanged,

    /// <summary>Its words or marks have changed.</summary>
    Changed,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>It, or a passage of it, stands elsewhere; the words may have changed too.</summary>
    Moved,

    /// <summary>It bears another label in the same order; the words may have changed too.</summary>
    Renumbered,

    /// <summary>It has become several; this is one of them.</summary>
    Split,

    /// <summary>It has been put together with others; this is one of them.</summary>
    Merged,
}

/// <summary>What has become of one clause, or of a passage of one.</summary>
/// <param name="Kind">What has become of it.</param>
/// <param name="From">The clause as it was; null if it is new.</param>
/// <param name="To">The clause as it is; null if it is gone.</param>
/// <param name="IsFromPart">Whether this is about a passage of the old clause only; the clause itself has an entry of its own, or all its passages together are it.</param>
/// <param name="IsToPart">Whether this is about a passage of the new clause only.</param>
/// <param name="TextChanged">Whether words differ, be it in spacing only.</param>
/// <param name="LinksChanged">Whether a link leads elsewhere, or came or went.</param>
/// <param name="IsCosmetic">Whether only spacing, quotes, case, punctuation or emphasis differ.</param>
/// <param name="IsCritical">Whether anything differs in a clause on law, forum, company, cap, exclusion or time for claims.</param>
/// <param name="Figures">Whether amounts, periods, other numbers or companies differ.</param>
/// <param name="MovesTo">The labels of other clauses that a passage of the old clause has moved to.</param>
/// <param name="MovesFrom">The labels of other clauses that a passage of the new clause has come from.</param>
/// <param name="Segments">The words: heading first, in a line of its own.</param>
public sealed record ClauseChange(
    ChangeKind Kind, Clause? From, Clause? To, bool IsFromPart, bool IsToPart, bool TextChanged, bool LinksChanged, bool IsCosmetic, bool IsCritical, bool Figures,
    ImmutableArray<string> MovesTo, ImmutableArray<string> MovesFrom, ImmutableArray<Segment> Segments)
{
    /// <summary>The words as they were; empty if the clause is new.</summary>
    public string FromText => string.Concat(Segments.Where(s => s.Kind != SegmentKind.Insert).Select(s => s.Text));

    /// <summary>The words as they are; empty if the clause is gone.</summary>
    public string ToText => string.Concat(Segments.Where(s => s.Kind != SegmentKind.Delete).Select(s => s.Text));

    /// <summary>Whether this is about a passage that stands elsewhere now, its clause being spoken of by itself.</summary>
    public bool IsPassage => Kind == ChangeKind.Moved && (IsFromPart || IsToPart);

    /// <summary>The label as it was.</summary>
    public string? FromLabel => From?.Label.Value;

    /// <summary>The label as it is.</summary>
    public string? ToLabel => To?.Label.Value;

    /// <summary>The same read from the new text to the old.</summary>
    internal ClauseChange Mirrored() => this with
    {
        Kind = Kind switch
        {
            ChangeKind.Added => ChangeKind.Removed,
            ChangeKind.Removed => ChangeKind.Added,
            ChangeKind.Split => ChangeKind.Merged,
            ChangeKind.Merged => ChangeKind.Split,
            _ => Kind,
        },
        From = To,
        To = From,
        IsFromPart = IsToPart,
        IsToPart = IsFromPart,
        MovesTo = MovesFrom,
        MovesFrom = MovesTo,
        Segments = Mirrored(Segments),
    };

    private static ImmutableArray<Segment> Mirrored(ImmutableArray<Segment> segments)
    {
        var mirrored = ImmutableArray.CreateBuilder<Segment>(segments.Length);
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Kind == SegmentKind.Delete && i + 1 < segments.Length && segments[i + 1].Kind == SegmentKind.Insert)
            {
                mirrored.Add(segments[i + 1] with { Kind = SegmentKind.Delete });
                mirrored.Add(segments[i] with { Kind = SegmentKind.Insert });
                i++;
            }
            else
            {
                mirrored.Add(segments[i] with { Kind = segments[i].Kind switch { SegmentKind.Delete => SegmentKind.Insert, SegmentKind.Insert => SegmentKind.Delete, _ => SegmentKind.Equal } });
            }
        }
        return mirrored.MoveToImmutable();
    }
}

/// <summary>What a comparison should point out.</summary>
/// <param name="CriticalFrom">Labels of the old text that rules on company, law and forum, or facts on caps, exclusions and time for claims, cite.</param>
/// <param name="CriticalTo">The same of the new text.</param>
/// <param name="Names">Names of companies.</param>
public sealed record ComparisonFocus(IReadOnlySet<string> CriticalFrom, IReadOnlySet<string> CriticalTo, IReadOnlyCollection<string> Names)
{
    /// <summary>Nothing in particular.</summary>
    public static readonly ComparisonFocus None = new(ImmutableHashSet<string>.Empty, ImmutableHashSet<string>.Empty, []);

    internal ComparisonFocus Mirrored() => new(CriticalTo, CriticalFrom, Names);
}

/// <summary>Two texts compared, clause by clause, and word by word inside the clauses.</summary>
/// <param name="From">The old text.</param>
/// <param name="To">The new text.</param>
/// <param name="Clauses">Every clause of both, in the order of the new text; those that are gone stand behind the clause that they followed.</param>
/// <param name="DeletedWords">How many words go, before words are grouped for reading.</param>
/// <param name="InsertedWords">How many words come.</param>
public sealed record TextComparison(TermsText From, TermsText To, ImmutableArray<ClauseChange> Clauses, int DeletedWords, int InsertedWords)
{
    /// <summary>Compares two texts. Reading them the other way round gives the mirror image.</summary>
    public static TextComparison Of(TermsText from, TermsText to, ComparisonFocus? focus = null)
    {
        focus ??= ComparisonFocus.None;
        if (string.CompareOrdinal(from.Digest.Value, to.Digest.Value) <= 0)
        {
            var (changes, deleted, inserted) = new Comparing(from, to, focus).Result();
            return new TextComparison(from, to, Ordered(changes), deleted, inserted);
        }
        var (mirror, come, gone) = new Comparing(to, from, focus.Mirrored()).Result();
        return new TextComparison(from, to, Ordered(mirror.ConvertAll(m => m with { Change = m.Change.Mirrored(), Old = m.New, New = m.Old })), gone, come);
    }

    /// <summary>The entries that say what changed: all but the unchanged ones.</summary>
    public IEnumerable<ClauseChange> Changes => Clauses.Where(c => c.Kind != ChangeKind.Unchanged);

    private static ImmutableArray<ClauseChange> Ordered(List<Placed> changes)
    {
        var placed = changes.Where(c => c.Old >= 0 && c.New >= 0 && c.Change.Kind != ChangeKind.Moved).GroupBy(c => c.Old).ToDictionary(g => g.Key, g => g.Max(c => c.New));
        int Anchor(int old)
        {
            for (var i = old - 1; i >= 0; i--)
            {
                if (placed.TryGetValue(i, out var @new))
                {
                    return @new;
                }
            }
            return -1;
        }
        return
        [
            .. changes.OrderBy(c => c.New >= 0 ? c.New : Anchor(c.Old)).ThenBy(c => c.New < 0).ThenBy(c => c.Change is { IsPassage: true, IsToPart: true }).ThenBy(c => c.Old).ThenBy(c => c.Place)
                .Select(c => c.Change),
        ];
    }
}

/// <summary>An entry and the places of its clauses in the texts.</summary>
internal sealed record Placed(ClauseChange Change, int Old, int New, int Place);
