using Terms.Catalogue;
using Terms.Export;
using Terms.Import;

namespace Terms.Tests.Import;

/// <summary>What is exported to Word is imported again as the same clauses.</summary>
public sealed class WordRoundTripTests
{
    /// <summary>Its list goes on from (2) to (A) on one level; the importer takes capitals after numbers for a list inside the last item.</summary>
    private const string Nests = "seller-code/undated";

    public static TheoryData<string, int> Texts()
    {
        var texts = new TheoryData<string, int>();
        foreach (var version in Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Where(v => !v.Details.IsExcerpt && v.Path != Nests))
        {
            foreach (var text in version.Texts)
            {
                texts.Add(version.Path, text.Number);
            }
        }
        return texts;
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void An_exported_text_is_imported_with_the_same_labels(string path, int number)
    {
        var (exported, imported) = RoundTrip(path, number);
        Assert.Equal(exported, imported);
    }

    [Fact]
    public void Capitals_after_numbers_are_imported_one_level_lower()
    {
        var (exported, imported) = RoundTrip(Nests, 1);
        Assert.Equal(["4.6(A)", "4.6(B)", "4.6(C)"], exported.Except(imported));
        Assert.Equal(["4.6(2)(A)", "4.6(2)(B)", "4.6(2)(C)"], imported.Except(exported));
        Assert.Equal(exported.Count, imported.Count);
    }

    /// <summary>The labels behind the preamble, whose title lines an import reads as title and dates.</summary>
    private static (IReadOnlyList<string> Exported, IReadOnlyList<string> Imported) RoundTrip(string path, int number)
    {
        var version = Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);
        var text = version.Rendering(number)!;
        var imported = DocumentImporter.Import("export.docx", WordExport.Docx(version, text));
        return (Labels(text.All), Labels(imported.Versions.SelectMany(v => v.Text.All)));

        static List<string> Labels(IEnumerable<Clause> clauses) => [.. clauses.Select(c => c.Label.Value).Where(l => !l.StartsWith("preamble", StringComparison.Ordinal))];
    }
}
