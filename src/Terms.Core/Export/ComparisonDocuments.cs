using Terms.Catalogue;
using Terms.Comparison;
using Terms.Facts;

namespace Terms.Export;

#pragma warning disable CS1591 // the members are the names of the API

/// <summary>Two versions compared.</summary>
public sealed record ComparisonDocument(
    ComparedVersionDocument From, ComparedVersionDocument To, string Summary, int DeletedWords, int InsertedWords, IReadOnlyList<ClauseChangeDocument> Clauses,
    IReadOnlyList<FactChangeDocument> Facts, IReadOnlyList<RuleChangeDocument> Rules, IReadOnlyList<ImpactDocument> Impact);

public sealed record ComparedVersionDocument(string Agreement, string Version, string Language, int Rendering, string Title, string TextDigest, string Url);

/// <summary>What has become of a clause, or of a passage of one (<c>fromPart</c>, <c>toPart</c>).</summary>
public sealed record ClauseChangeDocument(
    string Kind, bool TextChanged, bool LinksChanged, bool Cosmetic, bool Critical, bool Figures, string? FromLabel, string? ToLabel, string? FromAnchor, string? ToAnchor,
    bool FromPart, bool ToPart, IReadOnlyList<string> MovesTo, IReadOnlyList<string> MovesFrom, IReadOnlyList<SegmentDocument> Segments);

public sealed record SegmentDocument(string Op, string Text, bool Figures);

public sealed record FactChangeDocument(
    string Change, string Kind, string? FromFact, string? ToFact, IReadOnlyList<string> FromClauses, IReadOnlyList<string> ToClauses, string? FromSummary, string? ToSummary,
    IReadOnlyList<ValueChangeDocument> Values);

public sealed record RuleChangeDocument(
    string Change, string About, string Rule, IReadOnlyList<string> FromClauses, IReadOnlyList<string> ToClauses, IReadOnlyList<ValueChangeDocument> Values);

public sealed record ValueChangeDocument(string Name, string? From, string? To);

public sealed record ImpactDocument(string About, string Before, string After, string Who, long Combinations, CustomerDocument Example, string ExampleWords);

#pragma warning restore CS1591

/// <summary>Comparisons as documents.</summary>
public static class ComparisonDocuments
{
    /// <summary>The whole comparison.</summary>
    public static ComparisonDocument Document(VersionComparison comparison) => new(
        Document(comparison.From, comparison.Text.From), Document(comparison.To, comparison.Text.To), comparison.Summary, comparison.Text.DeletedWords, comparison.Text.InsertedWords,
        [.. comparison.Text.Clauses.Select(Document)], [.. comparison.Facts.Select(Document)], [.. comparison.Rules.Select(Document)], [.. comparison.Impact.Select(Document)]);

    /// <summary>The clauses of two texts that are in no catalogue.</summary>
    public static IReadOnlyList<ClauseChangeDocument> Document(TextComparison comparison) => [.. comparison.Clauses.Select(Document)];

    /// <summary>The word of the API for a kind of change.</summary>
    public static string Word(this ChangeKind kind) => kind switch
    {
        ChangeKind.Unchanged => "unchanged",
        ChangeKind.Changed => "changed",
        ChangeKind.Added => "added",
        ChangeKind.Removed => "removed",
        ChangeKind.Moved => "moved",
        ChangeKind.Renumbered => "renumbered",
        ChangeKind.Split => "split",
        _ => "merged",
    };

    /// <summary>The word of the API for what happens to some words.</summary>
    public static string Word(this SegmentKind kind) => kind switch { SegmentKind.Insert => "insert", SegmentKind.Delete => "delete", _ => "equal" };

    private static ComparedVersionDocument Document(AgreementVersion version, TermsText text) =>
        new(version.Agreement.Id.Value, version.Id.Value, text.Language, text.Number, text.Title, text.Digest.Value, $"/agreements/{version.Path}");

    private static ClauseChangeDocument Document(ClauseChange change) => new(
        change.Kind.Word(), change.TextChanged, change.LinksChanged, change.IsCosmetic, change.IsCritical, change.Figures, change.FromLabel, change.ToLabel, change.From?.Label.Anchor,
        change.To?.Label.Anchor, change.IsFromPart, change.IsToPart, change.MovesTo, change.MovesFrom, [.. change.Segments.Select(s => new SegmentDocument(s.Kind.Word(), s.Text, s.Figures))]);

    private static FactChangeDocument Document(FactChange change) => new(
        change.Kind.Word(), (change.To ?? change.From)!.Origin.Kind, change.From?.Id, change.To?.Id, Clauses(change.From), Clauses(change.To), Summary(change.From), Summary(change.To),
        [.. change.Values.Select(Document)]);

    private static System.Collections.Immutable.ImmutableArray<string> Clauses(Fact? fact) => fact is null ? [] : fact.Clauses;

    private static string? Summary(Fact? fact) => fact?.Origin.Summary ?? fact?.Origin.NotStated;

    private static RuleChangeDocument Document(RuleChange change) =>
        new(change.Kind.Word(), change.About, change.Id, change.FromClauses, change.ToClauses, [.. change.Values.Select(Document)]);

    private static ValueChangeDocument Document(ValueChange change) => new(change.Name, change.From, change.To);

    private static ImpactDocument Document(Impact impact) =>
        new(impact.About, impact.Before, impact.After, impact.Who, impact.Combinations, AnswerDocuments.Document(impact.Example), impact.ExampleWords);
}

/// <summary>A comparison as plain lines, for people at a terminal.</summary>
public static class ComparisonSentences
{
    /// <summary>The summary, then clause by clause what changed, then facts, rules and who is affected.</summary>
    public static IEnumerable<string> Lines(VersionComparison comparison) =>
    [
        $"{Name(comparison.From, comparison.Text.From)} → {Name(comparison.To, comparison.Text.To)}",
        comparison.Summary,
        .. comparison.Text.Changes.SelectMany(Lines),
        .. comparison.Facts.SelectMany(f => Lines($"{f.Kind.Word(),-11}fact {(f.To ?? f.From)!.Id} ({(f.To ?? f.From)!.Origin.Kind}; {string.Join(", ", (f.To ?? f.From)!.Clauses)})", f.Values)),
        .. comparison.Rules.SelectMany(r => Lines($"{r.Kind.Word(),-11}rule {r.About} {r.Id} ({string.Join(", ", r.ToClauses.IsEmpty ? r.FromClauses : r.ToClauses)})", r.Values)),
        .. comparison.Impact.SelectMany(i => new[]
        {
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(i.About == "party" ? "company" : i.About),-11}{i.Who} ({i.Combinations:#,0} combinations)"),
            $"{"",-11}{i.Before} → {i.After}",
            $"{"",-11}e.g. {i.ExampleWords}",
        }),
    ];

    /// <summary>Clause by clause what changed between two texts that are in no catalogue: there are no facts and rules to compare.</summary>
    public static IEnumerable<string> Lines(TextComparison comparison) => comparison.Changes.SelectMany(Lines);

    private static string Name(AgreementVersion version, TermsText text) => version.Texts.Length == 1 ? version.Path : $"{version.Path} ({text.Language}, rendering {text.Number})";

    private static IEnumerable<string> Lines(ClauseChange change)
    {
        var labels = change.FromLabel == change.ToLabel ? change.FromLabel : change.From is null ? change.ToLabel : change.To is null ? change.FromLabel : $"{change.FromLabel} → {change.ToLabel}";
        var marks = new[]
        {
            change is { Kind: not (ChangeKind.Changed or ChangeKind.Added or ChangeKind.Removed), TextChanged: true } ? "words changed" : null,
            change.IsPassage ? "a passage" : null, change.LinksChanged ? "links changed" : null, change.IsCosmetic ? "cosmetic" : null, change.IsCritical ? "critical" : null, change.Figures ? "figures or names" : null,
        }.OfType<string>().ToList();
        yield return $"{change.Kind.Word(),-11}{labels}{(marks.Count == 0 ? "" : $"  [{string.Join(", ", marks)}]")}";
        if (change.TextChanged)
        {
            yield return $"{"",-11}{string.Concat(change.Segments.Select(s => s.Kind switch
            {
                SegmentKind.Delete => $"[-{s.Text}-]",
                SegmentKind.Insert => $"{{+{s.Text}+}}",
                _ => s.Text.Length > 80 ? $"{s.Text[..35]} … {s.Text[^35..]}" : s.Text,
            })).ReplaceLineEndings(" / ")}";
        }
    }

    private static IEnumerable<string> Lines(string head, IEnumerable<ValueChange> values) =>
        values.Select(v => $"{"",-11}{v.Name}: {v.From ?? "not stated"} → {v.To ?? "not stated"}").Prepend(head);
}
