using Terms.Comparison;
using Terms.Resolution;

namespace Terms.Tests.Comparison;

/// <summary>The impact as a table says what the list says.</summary>
public sealed class ImpactMatrixTests
{
    [Fact]
    public void Each_cell_of_the_table_has_what_the_list_has_for_its_role()
    {
        var agreement = Repository.Resolver.Corpus.Catalogue.Find("free-membership")!;
        var comparison = VersionComparison.Of(Repository.Resolver, agreement.Versions[0], agreement.Versions[1], new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(comparison.Impact.Select(i => i.About).Distinct().Order(), comparison.Matrix.Rows.SelectMany(r => r.Cells).SelectMany(c => c.Changes).Select(c => c.About).Distinct().Order());
        Assert.All(comparison.Matrix.Rows, r => Assert.Equal(Enum.GetValues<Role>().Length, r.Cells.Length));
        var korea = comparison.Matrix.Rows.Single(r => r.Living is { IsOutside: false } living && living.Places.Single().Any(g => g.Name.Contains("Korea", StringComparison.Ordinal)));
        Assert.Contains(korea.Cells[(int)Role.Buyer].Changes, c => c.About == "party");
    }
}
