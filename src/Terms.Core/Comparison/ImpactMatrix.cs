using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>For whom company, law, forum or cap change, as a table of places and roles. Each place stands for all that no rule tells apart.</summary>
/// <param name="Rows">One for each class of places.</param>
public sealed record ImpactMatrix(ImmutableArray<ImpactMatrix.Row> Rows)
{
    /// <summary>A table without rows: one of the versions is never in force, or they are one.</summary>
    public static readonly ImpactMatrix Empty = new([]);

    /// <summary>Tries all classes of customers against two versions, as the list of a <see cref="VersionComparison"/> does.</summary>
    /// <param name="resolver">Gives the answers.</param>
    /// <param name="from">The old version.</param>
    /// <param name="to">The new version.</param>
    /// <param name="knownAt">What counts is what was known then.</param>
    public static ImpactMatrix Of(Resolver resolver, AgreementVersion from, AgreementVersion to, DateTimeOffset knownAt) => ImpactSearch.Matrix(resolver, from, to, knownAt);

    /// <summary>Those who live in some places.</summary>
    /// <param name="Living">The places.</param>
    /// <param name="Cells">One for each role, in the order of <see cref="Role"/>.</param>
    public sealed record Row(AffectedPlaces Living, ImmutableArray<Cell> Cells);

    /// <summary>What changes for one role, over all places of access, sites, services and memberships.</summary>
    /// <param name="IsReached">Whether one of the versions is for any of them.</param>
    /// <param name="Changes">What changes: <c>party</c>, <c>law</c>, <c>forum</c> or <c>cap</c>, and whether for all whom a version is for, or for some.</param>
    public sealed record Cell(bool IsReached, ImmutableArray<(string About, bool IsForAll)> Changes);
}
