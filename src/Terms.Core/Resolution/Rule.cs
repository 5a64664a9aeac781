using System.Collections.Immutable;

namespace Terms.Resolution;

/// <summary>A rule of a version: a condition, the clauses it stands in, and the rules that it overrides in so many words.</summary>
/// <param name="Id">Its name, unique in its section.</param>
/// <param name="When">When it holds.</param>
/// <param name="OrReadAs">A second reading of the same words, if they bear one. A rule that holds on only one reading is open.</param>
/// <param name="OtherReadingBecause">Why the words can be read so.</param>
/// <param name="Overrides">The rules that it overrides in words.</param>
/// <param name="Clauses">Where it stands.</param>
public abstract record Rule(
    string Id, Condition When, Condition? OrReadAs, string? OtherReadingBecause, ImmutableArray<string> Overrides, ImmutableArray<string> Clauses)
{
    /// <summary>Whether the rule holds, is open, or does not hold, and why.</summary>
    public ConsideredRule Consider(in Customer customer, Reading reading)
    {
        var first = When.Holds(customer, reading);
        var second = OrReadAs?.Holds(customer, reading) ?? first;
        var because = When.Because(customer, reading);
        if (first != second)
        {
            because = $"{because}; its words can be read otherwise: {OtherReadingBecause}";
        }
        return new ConsideredRule(this, first && second, first != second, [], because);
    }
}

/// <summary>A rule on the contracting party.</summary>
public sealed record PartyRule(
    string Id, Condition When, Condition? OrReadAs, string? OtherReadingBecause, ImmutableArray<string> Overrides, ImmutableArray<string> Clauses,
    ImmutableArray<PartyPart> Parties) : Rule(Id, When, OrReadAs, OtherReadingBecause, Overrides, Clauses);

/// <summary>A company and the part of the services that it provides, if the text divides them.</summary>
public readonly record struct PartyPart(string Party, string? Part);

/// <summary>A rule on the governing law of contracts with some parties.</summary>
/// <param name="Id"><inheritdoc cref="Rule" path="/param[@name='Id']"/></param>
/// <param name="When"><inheritdoc cref="Rule" path="/param[@name='When']"/></param>
/// <param name="OrReadAs"><inheritdoc cref="Rule" path="/param[@name='OrReadAs']"/></param>
/// <param name="OtherReadingBecause"><inheritdoc cref="Rule" path="/param[@name='OtherReadingBecause']"/></param>
/// <param name="Overrides"><inheritdoc cref="Rule" path="/param[@name='Overrides']"/></param>
/// <param name="Clauses"><inheritdoc cref="Rule" path="/param[@name='Clauses']"/></param>
/// <param name="Parties">The parties; empty for any.</param>
/// <param name="Law">ISO 3166-1 code of the system of law.</param>
/// <param name="Excludes">Regions whose law the text excludes.</param>
/// <param name="SubjectTo">What the text puts before the law, in words.</param>
public sealed record LawRule(
    string Id, Condition When, Condition? OrReadAs, string? OtherReadingBecause, ImmutableArray<string> Overrides, ImmutableArray<string> Clauses,
    ImmutableArray<string> Parties, string Law, ImmutableArray<string> Excludes, string? SubjectTo)
    : Rule(Id, When, OrReadAs, OtherReadingBecause, Overrides, Clauses);

/// <summary>A rule on the forum of disputes with some parties.</summary>
/// <param name="Id"><inheritdoc cref="Rule" path="/param[@name='Id']"/></param>
/// <param name="When"><inheritdoc cref="Rule" path="/param[@name='When']"/></param>
/// <param name="OrReadAs"><inheritdoc cref="Rule" path="/param[@name='OrReadAs']"/></param>
/// <param name="OtherReadingBecause"><inheritdoc cref="Rule" path="/param[@name='OtherReadingBecause']"/></param>
/// <param name="Overrides"><inheritdoc cref="Rule" path="/param[@name='Overrides']"/></param>
/// <param name="Clauses"><inheritdoc cref="Rule" path="/param[@name='Clauses']"/></param>
/// <param name="Parties">The parties; empty for any.</param>
/// <param name="Forum">The forum's id.</param>
/// <param name="Kind"><c>court</c> or <c>arbitration</c>.</param>
/// <param name="IsExclusive">Whether the text calls it exclusive; null if it does not say.</param>
/// <param name="Steps">What has to come before.</param>
/// <param name="Details">What the text says about the proceedings: rules, arbitrators, language, place, finality, costs, carve-out.</param>
public sealed record ForumRule(
    string Id, Condition When, Condition? OrReadAs, string? OtherReadingBecause, ImmutableArray<string> Overrides, ImmutableArray<string> Clauses,
    ImmutableArray<string> Parties, string Forum, string Kind, bool? IsExclusive, ImmutableArray<ForumStep> Steps, ImmutableSortedDictionary<string, string> Details)
    : Rule(Id, When, OrReadAs, OtherReadingBecause, Overrides, Clauses);

/// <summary>A step before proceedings.</summary>
/// <param name="Kind"><c>negotiation</c>, <c>consultation</c> or <c>wait</c>.</param>
/// <param name="Days">How many calendar days; null if the text gives no number.</param>
/// <param name="From">The event from which they run.</param>
public sealed record ForumStep(string Kind, int? Days, string? From);

/// <summary>What a version says about its rank among agreements.</summary>
public sealed record PrecedenceRule(string Id, string Says, string? Open, ImmutableArray<string> Clauses);

/// <summary>A literal reading of a clause that the catalogue does not follow, and what it would give.</summary>
public sealed record OtherLawReading(string Law, string Because, ImmutableArray<string> Clauses);

/// <summary>An operator's decision of a conflict: the operator's, never the text's.</summary>
/// <param name="Id">Its name.</param>
/// <param name="When">The customers that it is for.</param>
/// <param name="Parties">The parties decided on.</param>
/// <param name="Who">Who decided.</param>
/// <param name="At">When.</param>
/// <param name="Why">Why.</param>
public sealed record OperatorDecision(string Id, Condition When, ImmutableArray<PartyPart> Parties, string Who, DateTimeOffset At, string Why);

/// <summary>A rule as considered for a customer.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Holds">Whether it holds, on every reading of its words.</param>
/// <param name="IsOpen">Whether it holds on one reading only: it is a candidate and overrides nothing.</param>
/// <param name="OverriddenBy">The holding rules that override it in words.</param>
/// <param name="Because">Why.</param>
public sealed record ConsideredRule(Rule Rule, bool Holds, bool IsOpen, ImmutableArray<string> OverriddenBy, string Because)
{
    /// <summary>Whether it takes part in the result.</summary>
    public bool Stands => (Holds || IsOpen) && OverriddenBy.IsEmpty;

    /// <summary>Considers every rule and marks those that a holding rule overrides in words.</summary>
    public static ImmutableArray<ConsideredRule> All<T>(ImmutableArray<T> rules, Customer customer, Reading reading) where T : Rule
    {
        var considered = rules.Select(r => r.Consider(customer, reading)).ToList();
        return
        [
            .. considered.Select(c => c.Holds || c.IsOpen
                ? c with { OverriddenBy = [.. considered.Where(o => o.Holds && o.Rule.Overrides.Contains(c.Rule.Id)).Select(o => o.Rule.Id)] }
                : c),
        ];
    }
}
