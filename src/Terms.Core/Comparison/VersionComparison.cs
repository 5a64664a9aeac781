using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>Two versions compared: their words, facts and rules, and for whom the company, law, forum or cap changes.</summary>
/// <param name="From">The old version.</param>
/// <param name="To">The new version.</param>
/// <param name="Text">Their words.</param>
/// <param name="Facts">The facts that came, went or changed.</param>
/// <param name="Rules">The rules that came, went or changed.</param>
/// <param name="Impact">Who is affected; empty between renderings of one version.</param>
public sealed record VersionComparison(
    AgreementVersion From, AgreementVersion To, TextComparison Text, ImmutableArray<FactChange> Facts, ImmutableArray<RuleChange> Rules, ImmutableArray<Impact> Impact)
{
    private static readonly string[] CriticalKinds = [FactKind.Cap, FactKind.Exclusion, FactKind.ClaimPeriod];

    /// <summary>Compares renderings of two versions, or of one.</summary>
    /// <param name="resolver">Gives facts, rules and answers.</param>
    /// <param name="from">The old version.</param>
    /// <param name="fromText">Its rendering.</param>
    /// <param name="to">The new version.</param>
    /// <param name="toText">Its rendering.</param>
    /// <param name="knownAt">What counts is what was known then; both versions were.</param>
    public static VersionComparison Of(Resolver resolver, AgreementVersion from, TermsText fromText, AgreementVersion to, TermsText toText, DateTimeOffset knownAt)
    {
        var corpus = resolver.Corpus;
        var (old, @new) = (corpus.Knowledge(Known(from, knownAt)), corpus.Knowledge(Known(to, knownAt)));
        var text = TextComparison.Of(fromText, toText, new ComparisonFocus(
            Critical(old), Critical(@new), [.. corpus.Catalogue.Parties.Values.SelectMany(p => p.Names).Select(n => n.Name)]));
        var facts = new FactComparison(text);
        return from == to
            ? new VersionComparison(from, to, text, [.. facts.Facts(In(old.Facts, fromText), In(@new.Facts, toText)).Where(IsDifference)], [], [])
            : new VersionComparison(from, to, text, facts.Facts(old.Facts, @new.Facts), facts.Rules(old.Rules, @new.Rules), ImpactSearch.Find(resolver, from, to, knownAt));
    }

    /// <summary>Compares the first renderings of two versions.</summary>
    public static VersionComparison Of(Resolver resolver, AgreementVersion from, AgreementVersion to, DateTimeOffset knownAt) => Of(resolver, from, from.Texts[0], to, to.Texts[0], knownAt);

    /// <summary>The labels of the clauses that rules on company, law and forum, or facts on caps, exclusions and time for claims, cite.</summary>
    public static IReadOnlySet<string> Critical(VersionKnowledge knowledge) =>
        knowledge.Rules.All.SelectMany(r => r.Clauses).Concat(knowledge.Facts.Where(f => CriticalKinds.Contains(f.Origin.Kind)).SelectMany(f => f.Clauses)).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>What changed, in one sentence.</summary>
    public string Summary => ComparisonSummary.Of(this);

    private static VersionState Known(AgreementVersion version, DateTimeOffset knownAt) =>
        version.StateAt(knownAt) ?? throw new ArgumentException($"{version.Path} was not known at {knownAt:O}.", nameof(knownAt));

    private static ImmutableArray<Fact> In(ImmutableArray<Fact> facts, TermsText text) => [.. facts.Where(f => f.Origin.Rendering == text.Number)];

    /// <summary>Facts are read from the first rendering, and from another only where it says otherwise: that a fact was read from one rendering alone is no difference.</summary>
    private static bool IsDifference(FactChange change) => change.Kind == ChangeKind.Changed || (change.From ?? change.To)!.Origin.Rendering > 1;
}

/// <summary>A comparison in words.</summary>
public static class ComparisonSummary
{
    /// <summary>Clauses, facts, rules, and for whom the company, law, forum or cap changes.</summary>
    public static string Of(VersionComparison comparison)
    {
        var parts = new List<string> { Of(comparison.Text) };
        if (comparison.Facts.Length > 0)
        {
            parts.Add($"{Counted(comparison.Facts.Length, "fact")} differ{(comparison.Facts.Length == 1 ? "s" : "")}");
        }
        if (comparison.Rules.Length > 0)
        {
            parts.Add($"{Counted(comparison.Rules.Length, "rule")} differ{(comparison.Rules.Length == 1 ? "s" : "")}");
        }
        foreach (var about in comparison.Impact.GroupBy(i => i.About))
        {
            var who = about.GroupBy(i => i.Who).OrderByDescending(g => g.Sum(i => i.Combinations)).Select(g => g.Key).ToList();
            parts.Add($"{(about.Key == "party" ? "company" : about.Key)} changes for {string.Join("; ", who.Take(3))}{(who.Count > 3 ? $" and {who.Count - 3} other groups" : "")}");
        }
        return string.Join(". ", parts.Select(p => char.ToUpperInvariant(p[0]) + p[1..])) + ".";
    }

    /// <summary>How many clauses changed, came, went, moved: what there is none of is left out.</summary>
    public static IReadOnlyList<(int Count, string What)> Counts(TextComparison text)
    {
        var clauses = Clauses(text);
        var counts = new List<(int Count, string What)>
        {
            (clauses.Count(c => c.Kind == ChangeKind.Changed && !c.IsCosmetic), "changed"),
            (clauses.Count(c => c.Kind == ChangeKind.Changed && c.IsCosmetic), "changed only cosmetically"),
            (clauses.Count(c => c.Kind == ChangeKind.Added), "added"),
            (clauses.Count(c => c.Kind == ChangeKind.Removed), "removed"),
            (clauses.Count(c => c.Kind == ChangeKind.Moved), "moved"),
            (clauses.Count(c => c is { Kind: ChangeKind.Renumbered, TextChanged: true }), "renumbered and changed"),
            (clauses.Count(c => c is { Kind: ChangeKind.Renumbered, TextChanged: false }), "renumbered"),
            (clauses.Where(c => c.Kind == ChangeKind.Split).Select(c => c.From).Distinct().Count(), "split"),
            (clauses.Where(c => c.Kind == ChangeKind.Merged).Select(c => c.To).Distinct().Count(), "put together from several"),
        };
        return [.. counts.Where(c => c.Count > 0)];
    }

    /// <summary>How many passages stand in another clause now.</summary>
    public static int Passages(TextComparison text) => text.Clauses.Length - Clauses(text).Count;

    /// <summary>How many of the clauses are on company, law, forum, liability or time for claims.</summary>
    public static int Critical(TextComparison text) => Clauses(text).Count(c => c.IsCritical);

    /// <summary>How many clauses changed, came, went, moved.</summary>
    public static string Of(TextComparison text)
    {
        var (found, passages, critical) = (Counts(text), Passages(text), Critical(text));
        var words = found.Count == 0 ? "nothing in the text has changed" : string.Join(", ", found.Select((c, i) => i == 0 ? $"{Counted(c.Count, "clause")} {c.What}" : $"{c.Count} {c.What}"));
        return words + (passages > 0 ? $", {Counted(passages, "passage")} moved" : "") + (critical > 0 ? $"; {critical} of them on company, law, forum, liability or time for claims" : "");
    }

    private static List<ClauseChange> Clauses(TextComparison text) => [.. text.Clauses.Where(c => !c.IsPassage || !c.IsFromPart || !c.IsToPart)];

    private static string Counted(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
