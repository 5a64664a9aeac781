using System.Globalization;
using Terms.Catalogue;
using Terms.Import;

namespace Terms.Tests.Import;

/// <summary>Every folder of tests/imports holds a document and the labels that it imports into: a lawyer can add one.</summary>
public sealed class ImportCaseTests
{
    public static TheoryData<string> Cases() => [.. Directory.GetDirectories(Repository.Folder("tests/imports")).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_document_imports_into_the_expected_texts_and_labels(string name)
    {
        var document = Read(name);
        var found = document.Versions.SelectMany(v => v.Text.All.Select(c => c.Label.Value).Prepend($"{v.Title} | announced {Day(v.Announced)} | effective {Day(v.Effective)}"));

        Assert.Equal(System.IO.File.ReadAllText(Path.Combine(Repository.Folder("tests/imports"), name, "expected.txt")).TrimEnd(), string.Join('\n', found));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_document_written_as_content_reads_back_to_the_same_texts(string name)
    {
        var document = Read(name);
        var folder = Directory.CreateTempSubdirectory("terms-import-").FullName;
        try
        {
            ContentWriter.Write(folder, [document], Shipped.Later);
            var problems = new ProblemList();
            var catalogue = CatalogueReader.Read(folder, problems);

            Assert.Empty(problems.Sorted());
            foreach (var version in document.Versions)
            {
                var read = catalogue.Find(version.SuggestedId.Value)!.Version(version.Id.Value)!.Text(version.Text.Language, version.Text.Number)!;
                Assert.Equal(version.Text.Digest, read.Digest);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_word_of_the_document_is_in_a_text_or_in_the_report(string name)
    {
        var file = File(name);
        if (!file.EndsWith(".html", StringComparison.Ordinal))
        {
            Assert.Equal("", Accounting.Missing(Accounting.WithoutAddresses(System.IO.File.ReadAllText(file)), Read(name)));
        }
    }

    private static ImportedDocument Read(string name) => DocumentImporter.Import(Path.GetFileName(File(name)), System.IO.File.ReadAllBytes(File(name)));

    private static string File(string name) => Directory.GetFiles(Path.Combine(Repository.Folder("tests/imports"), name), "input.*").Single();

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
