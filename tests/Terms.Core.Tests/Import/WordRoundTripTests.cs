using Terms.Catalogue;
using Terms.Export;
using Terms.Import;

namespace Terms.Tests.Import;

/// <summary>What is exported to Word is imported again as the same clauses.</summary>
public sealed class WordRoundTripTests
{
    public static TheoryData<string, int> Texts()
    {
        var texts = new TheoryData<string, int>();
        foreach (var version in Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Where(v => !v.Details.IsExcerpt))
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
    public void An_exported_text_is_imported_with_the_same_title_labels_headings_and_words(string path, int number)
    {
        var version = Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);
        var text = version.Rendering(number)!;

        var imported = Assert.Single(DocumentImporter.Import("export.docx", WordExport.Docx(version, text)).Versions);

        Assert.Equal(text.Title, imported.Title);
        Assert.Equal(text.Language, imported.Text.Language);
        Assert.Equal(Lines(text.All), Lines(imported.Text.All));
    }

    private static List<string> Lines(IEnumerable<Clause> clauses) => [.. clauses.Select(c => $"{c.Label} <{c.Heading}> {c.Markdown}")];
}
