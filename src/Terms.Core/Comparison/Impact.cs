using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>Customers for whom the company, law, forum or cap changes.</summary>
/// <param name="About"><c>party</c>, <c>law</c>, <c>forum</c> or <c>cap</c>.</param>
/// <param name="From">What applied to them.</param>
/// <param name="To">What applies to them.</param>
/// <param name="Group">Who they are.</param>
/// <param name="Combinations">How many combinations of single places, role, site, service and membership they are.</param>
/// <param name="Example">One of them.</param>
public sealed record Impact(string About, Applying From, Applying To, AffectedGroup Group, long Combinations, Customer Example)
{
    /// <summary>What applied to them, in English words.</summary>
    public string Before => ImpactWords.Of(About, From);

    /// <summary>What applies to them, in English words.</summary>
    public string After => ImpactWords.Of(About, To);

    /// <summary>Who they are, in English words.</summary>
    public string Who => ImpactWords.Of(Group);

    /// <summary>The example in English words.</summary>
    public string ExampleWords => ImpactWords.Of(Example);
}

/// <summary>How far a version gets with a question.</summary>
public enum ApplyingState
{
    /// <summary>The agreement is not for these customers.</summary>
    NotForThem,

    /// <summary>The version answers it.</summary>
    Decided,

    /// <summary>The version leaves it open between several.</summary>
    Open,

    /// <summary>The version says nothing of it.</summary>
    Nothing,
}

/// <summary>What a version says of the company, law, forum or cap.</summary>
/// <param name="State">How far it gets.</param>
/// <param name="Results">What it comes to, or may come to; empty if it comes to nothing.</param>
public sealed record Applying(ApplyingState State, ImmutableArray<ApplyingResult> Results);

/// <summary>One thing that a version comes to: companies together, a law, a forum or a cap.</summary>
/// <param name="Id">The name of the law or forum in the catalogue; null for companies and caps.</param>
/// <param name="Name">Its name in English.</param>
/// <param name="Parties">The companies; empty for all else.</param>
/// <param name="Cap">The cap; null for all else.</param>
public sealed record ApplyingResult(string? Id, string? Name, ImmutableArray<NamedParty> Parties, CapFact? Cap);

/// <summary>Customers who share an outcome, by what sets them apart from the others whom the agreement is for. Null and empty set nobody apart.</summary>
/// <param name="Roles">Their roles.</param>
/// <param name="Living">Where they live.</param>
/// <param name="Visiting">From where they use the sites.</param>
/// <param name="Services">What the question is about.</param>
/// <param name="IsExcept">Whether the services are those that it is not about.</param>
/// <param name="Sites">The sites that they use.</param>
/// <param name="Members">All combinations of sites on which they may be registered.</param>
public sealed record AffectedGroup(
    ImmutableArray<Role> Roles, AffectedPlaces? Living, AffectedPlaces? Visiting, ImmutableArray<Service> Services, bool IsExcept, ImmutableArray<Site> Sites, ImmutableArray<Memberships> Members);

/// <summary>Places by the groups that rules tell apart.</summary>
/// <param name="IsOutside">Whether everywhere else is meant.</param>
/// <param name="Places">The places; each is where all its groups meet.</param>
public sealed record AffectedPlaces(bool IsOutside, ImmutableArray<ImmutableArray<PlaceGroup>> Places);
