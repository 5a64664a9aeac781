using System.Globalization;
using Terms.Catalogue;
using Xunit.Abstractions;

namespace Terms.Tests.Catalogue;

/// <summary>What the linter finds in the collected documents, which contain most kinds of defects.</summary>
public sealed class SeedLintTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_kind_of_defect_that_the_documents_are_known_for_is_found()
    {
        if (!Seeds.AreHere(output))
        {
            return;
        }
        var found = SeedReader.All().SelectMany(t => TextLinter.Find(t.Text, t.Known)).ToList();
        foreach (var kind in found.GroupBy(f => f.Code).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Key} {kind.Count()}"));
        }
        foreach (var finding in found)
        {
            output.WriteLine(finding.ToString());
        }
    }
}
