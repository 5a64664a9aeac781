using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Publishing;

/// <summary>Two edits of the same words, to be shown side by side.</summary>
/// <param name="File">The file.</param>
/// <param name="Clause">The clause, as the base or else the first of the edits calls it; null outside the clauses of a text.</param>
/// <param name="Base">What stood there; null if there was nothing.</param>
/// <param name="Mine">What one has made of it; null if they have taken it out.</param>
/// <param name="Theirs">What the other has made of it.</param>
public sealed record MergeConflict(string File, string? Clause, string? Base, string? Mine, string? Theirs);

/// <summary>A piece of a merged file: settled words, or a conflict.</summary>
/// <param name="Words">The words; null for a conflict.</param>
/// <param name="Conflict">The conflict; null for settled words.</param>
public sealed record MergePiece(string? Words, MergeConflict? Conflict);

/// <summary>Two people's edits of one draft, brought together clause by clause, and inside a clause word by word.</summary>
/// <param name="Pieces">The files in pieces, by name.</param>
public sealed partial record DraftMerge(ImmutableSortedDictionary<string, ImmutableArray<MergePiece>> Pieces)
{
    /// <summary>What both have changed differently; nobody's words are in the result before a person has chosen.</summary>
    public IEnumerable<MergeConflict> Conflicts => Pieces.Values.SelectMany(p => p).Select(p => p.Conflict).OfType<MergeConflict>();

    /// <summary>The merged files.</summary>
    /// <param name="choose">Says what comes of a conflict; not needed if there is none.</param>
    /// <exception cref="InvalidOperationException">There is a conflict and nobody who chooses.</exception>
    public ContentFiles Files(Func<MergeConflict, string>? choose = null) =>
        Pieces.Select(f => (f.Key, Text: string.Concat(f.Value.Select(p => p.Words ?? (choose ?? throw new InvalidOperationException("The edits conflict; choose for each conflict what comes of it."))(p.Conflict!)))))
            .Where(f => f.Text.Length > 0).Aggregate(ContentFiles.Empty, (files, f) => files.With(f.Key, f.Text));

    /// <summary>Merges two edits of the same files.</summary>
    /// <param name="base">The files that both began from.</param>
    /// <param name="mine">The files of one.</param>
    /// <param name="theirs">The files of the other.</param>
    public static DraftMerge Of(ContentFiles @base, ContentFiles mine, ContentFiles theirs)
    {
        var pieces = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<MergePiece>>(StringComparer.Ordinal);
        foreach (var path in @base.Paths.Union(mine.Paths).Union(theirs.Paths))
        {
            var (old, first, second) = (@base.Text(path), mine.Text(path), theirs.Text(path));
            pieces[path] = first == second || second == old ? [new(first ?? "", null)]
                : first == old ? [new(second ?? "", null)]
                : old is null || first is null || second is null ? [new(null, new MergeConflict(path, null, old, first, second))]
                : ClauseFile.IsText(path) && Text(path, old, first, second, VersionFacts.Of(@base)) is { } text ? text
                : Lines(path, old, first, second);
        }
        return new DraftMerge(pieces.ToImmutable());
    }

    /// <summary>A text by its clauses; null if one of the three cannot be cut into clauses, or both have changed their order.</summary>
    private static ImmutableArray<MergePiece>? Text(string file, string old, string mine, string theirs, VersionFacts version)
    {
        ClauseFile was, first, second;
        try
        {
            (was, first, second) = (Read(old), Read(mine), Read(theirs));
        }
        catch (EditRefusedException)
        {
            return null; // By lines, then: the conflict is shown, and so is what keeps the text from being cut.
        }
        var labels = was.Clauses.Select(c => c.Clause.Label.Value).ToList();
        var (inMine, inTheirs) = (Paired(was, first), Paired(was, second));
        if (Order(labels, inMine, first) is not { } mineOrder || Order(labels, inTheirs, second) is not { } theirsOrder)
        {
            return null;
        }
        var pieces = ImmutableArray.CreateBuilder<MergePiece>();
        pieces.AddRange(Words(file, null, was.Head, first.Head, second.Head));
        foreach (var stretch in ThreeWay.Merge(labels, mineOrder, theirsOrder))
        {
            if (stretch.Settled is { } settled)
            {
                foreach (var name in stretch.Base.Except(settled).Concat(settled)) // What one has taken out, the other may have changed.
                {
                    pieces.AddRange(Clause(name));
                }
            }
            else if (stretch.Base.IsEmpty || stretch.Mine.Concat(stretch.Theirs).Any(n => n.Contains('+')))
            {
                pieces.Add(new(null, new MergeConflict(file, Shown(stretch.Base.Concat(stretch.Mine).Concat(stretch.Theirs).First()),
                    Joined(was, stretch.Base, n => n), Joined(first, stretch.Mine, n => Named(n, inMine)), Joined(second, stretch.Theirs, n => Named(n, inTheirs)))));
            }
            else
            {
                foreach (var name in stretch.Base)
                {
                    pieces.AddRange(Clause(name));
                }
            }
        }
        return pieces.ToImmutable();

        ClauseFile Read(string source) => ClauseFile.Read(file, source, version.IsExcerpt, version.Missing);

        ImmutableArray<MergePiece> Clause(string name)
        {
            if (name[0] == '+')
            {
                return [new(name[(name.IndexOf('\0') + 1)..], null)];
            }
            var (o, m, t) = (Source(was, name)!, Source(first, Named(name, inMine)), Source(second, Named(name, inTheirs)));
            return m == t || t == o ? [new(m ?? "", null)] : m == o ? [new(t ?? "", null)]
                : m is null || t is null ? [new(null, new MergeConflict(file, name, o, m, t))]
                : Words(file, name, o, m, t);
        }
    }

    /// <summary>What each clause of the base is called in an edit.</summary>
    private static Dictionary<string, string> Paired(ClauseFile was, ClauseFile now)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var change in TextComparison.Of(was.Text, now.Text).Clauses.Where(c => c.From is not null && c.To is not null && !c.IsFromPart && !c.IsToPart))
        {
            if (!pairs.ContainsValue(change.ToLabel!))
            {
                pairs.TryAdd(change.FromLabel!, change.ToLabel!);
            }
        }
        foreach (var label in was.Clauses.Select(c => c.Clause.Label.Value).Where(l => !pairs.ContainsKey(l) && now.Text.Find(l) is not null && !pairs.ContainsValue(l)))
        {
            pairs[label] = label; // Rewritten from the ground up, under the same number.
        }
        return pairs;
    }

    /// <summary>The clauses of an edit in its order, by their names in the base; new ones with a <c>+</c>. Null if clauses of the base have changed their order.</summary>
    private static List<string>? Order(List<string> labels, Dictionary<string, string> pairs, ClauseFile now)
    {
        var back = pairs.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
        var order = now.Clauses.Select(c => back.GetValueOrDefault(c.Clause.Label.Value) ?? $"+{c.Clause.Label.Value}\0{c.Source}").ToList();
        var kept = order.Where(n => n[0] != '+').Select(n => labels.IndexOf(n)).ToList();
        return kept.SequenceEqual(kept.Order()) ? order : null;
    }

    private static string? Named(string name, Dictionary<string, string> pairs) => pairs.GetValueOrDefault(name);

    private static string Shown(string name) => name.TrimStart('+').Split('\0')[0];

    private static string? Source(ClauseFile file, string? label) => label is null ? null : file.Clauses.FirstOrDefault(c => c.Clause.Label.Value == label)?.Source;

    private static string? Joined(ClauseFile file, ImmutableArray<string> names, Func<string, string?> named) => names.IsEmpty ? null : string.Concat(names.Select(n => n[0] == '+' ? n[(n.IndexOf('\0') + 1)..] : Source(file, named(n))));

    private static ImmutableArray<MergePiece> Words(string file, string? clause, string old, string mine, string theirs) => Merged(file, clause, Cut(old), Cut(mine), Cut(theirs));

    private static ImmutableArray<MergePiece> Lines(string file, string old, string mine, string theirs) => Merged(file, null, CutLines(old), CutLines(mine), CutLines(theirs));

    /// <summary>Where words conflict, the whole clause is shown, and not only the words: half a sentence is no choice.</summary>
    private static ImmutableArray<MergePiece> Merged(string file, string? clause, List<string> old, List<string> mine, List<string> theirs)
    {
        var stretches = ThreeWay.Merge(old, mine, theirs);
        if (clause is not null && stretches.Any(s => s.Settled is null))
        {
            return [new(null, new MergeConflict(file, clause, string.Concat(old), string.Concat(mine), string.Concat(theirs)))];
        }
        return [.. stretches.Select(s => s.Settled is { } settled ? new MergePiece(string.Concat(settled), null)
            : new MergePiece(null, new MergeConflict(file, clause, string.Concat(s.Base), string.Concat(s.Mine), string.Concat(s.Theirs))))];
    }

    /// <summary>Words with the white space behind them; Chinese characters one by one.</summary>
    private static List<string> Cut(string source) => [.. Word().Matches(source).Select(m => m.Value)];

    private static List<string> CutLines(string source) => [.. Line().Matches(source).Select(m => m.Value)];

    [GeneratedRegex(@"[\u3001-\u30FF\u3400-\u9FFF\uFF01-\uFF65]\s*|[^\s\u3001-\u30FF\u3400-\u9FFF\uFF01-\uFF65]+\s*|\s+")]
    private static partial Regex Word();

    [GeneratedRegex(@"[^\n]*\n|[^\n]+")]
    private static partial Regex Line();
}
