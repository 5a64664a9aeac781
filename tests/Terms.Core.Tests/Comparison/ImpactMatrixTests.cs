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
        var known = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        var comparison = VersionComparison.Of(Repository.Resolver, agreement.Versions[0], agreement.Versions[1], known);
        var matrix = ImpactMatrix.Of(Repository.Resolver, agreement.Versions[0], agreement.Versions[1], known);

        Assert.Equal(comparison.Impact.Select(i => i.About).Distinct().Order(), matrix.Rows.SelectMany(r => r.Cells).SelectMany(c => c.Changes).Select(c => c.About).Distinct().Order());
        Assert.All(matrix.Rows, r => Assert.Equal(Enum.GetValues<Role>().Length, r.Cells.Length));
        var korea = matrix.Rows.Single(r => r.Living is { IsOutside: false } living && living.Places.Single().Any(g => g.Name.Contains("Korea", StringComparison.Ordinal)));
        Assert.Contains(korea.Cells[(int)Role.Buyer].Changes, c => c.About == "party");
    }

    [Fact]
    public void A_version_beside_itself_has_no_table()
    {
        var version = Repository.Resolver.Corpus.Catalogue.Find("free-membership")!.Versions[0];

        Assert.Empty(ImpactMatrix.Of(Repository.Resolver, version, version, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero)).Rows);
    }
}
