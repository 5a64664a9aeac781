using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Notices;

/// <summary>Who is told of a version.</summary>
public enum AudienceKind
{
    /// <summary>Nobody one by one: the change is editorial. It stands on the public board all the same.</summary>
    Nobody,

    /// <summary>Those whose company, law, forum or cap changes.</summary>
    Affected,

    /// <summary>Everybody for whom the agreement is.</summary>
    Everybody,
}

/// <summary>Says who is to be told of a version.</summary>
/// <param name="Kind">Who.</param>
/// <param name="Because">Why, in words.</param>
public sealed record Audience(AudienceKind Kind, string Because)
{
    /// <summary>The narrowest audience that the change allows. A publisher may choose a wider one.</summary>
    /// <param name="changes">The changes, each classified.</param>
    /// <param name="comparison">The comparison with its impact.</param>
    /// <exception cref="ArgumentException">A change is not classified.</exception>
    public static Audience Of(ImmutableArray<ChangeToClassify> changes, VersionComparison comparison)
    {
        var change = ClassConsequences.Gravest(changes) ?? throw new ArgumentException("A change is not classified. Classify it first.", nameof(changes));
        return Of(change, changes, comparison);
    }

    /// <summary>The same where not every change was classified by itself, as in a version that was published as files: what nobody has called editorial counts as more.</summary>
    /// <param name="change">How grave the version is as a whole; null if nobody has said so.</param>
    /// <param name="changes">Its changes.</param>
    /// <param name="comparison">The comparison with its impact.</param>
    internal static Audience Of(ChangeClass? change, ImmutableArray<ChangeToClassify> changes, VersionComparison comparison)
    {
        if (change is { } known && !ClassConsequences.Of(known).NeedsNotice)
        {
            return new(AudienceKind.Nobody, "The change is editorial.");
        }
        var abouts = comparison.Impact.Select(i => i.About).ToHashSet(StringComparer.Ordinal);
        var rules = comparison.Rules.Where(r => abouts.Contains(r.About)).SelectMany(r => r.ToClauses.Concat(r.FromClauses)).ToHashSet(StringComparer.Ordinal);
        var others = changes.Where(c => c.Class is not ChangeClass.Editorial && c.Key != Classifying.Rules && !rules.Contains(c.To ?? "") && !rules.Contains(c.From ?? "")).ToList();
        return comparison.Impact.IsEmpty ? new(AudienceKind.Everybody, $"The change is {change?.Word() ?? "not classified"} and is not limited to some customers.")
            : others.Count > 0 ? new(AudienceKind.Everybody, $"{((others[0].To ?? others[0].From) is { } clause ? $"Clauses that bind everybody have changed, such as {clause}." : $"The change of {others[0].Key} is for everybody.")}")
            : new(AudienceKind.Affected, $"Only clauses on {string.Join(" and ", abouts.Select(a => a == "party" ? "company" : a).Order(StringComparer.Ordinal))} have changed, and only for some customers.");
    }

    /// <summary>Whether one customer is to be told, and what changes for them.</summary>
    /// <param name="resolver">The answers, with both versions among them.</param>
    /// <param name="from">The version in force.</param>
    /// <param name="to">The new one.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="knownAt">What counts is what was known then; both versions were.</param>
    public (bool IsTold, ImmutableArray<Impact> Changes) Tells(Resolver resolver, AgreementVersion from, AgreementVersion to, Customer customer, DateTimeOffset knownAt)
    {
        var changes = ImpactSearch.Of(resolver, from, to, customer, knownAt);
        return Kind switch
        {
            AudienceKind.Nobody => (false, changes),
            AudienceKind.Everybody => (Applicability.IsFor(to.Agreement, customer) || Applicability.IsFor(from.Agreement, customer), changes),
            _ => (!changes.IsEmpty, changes),
        };
    }
}
