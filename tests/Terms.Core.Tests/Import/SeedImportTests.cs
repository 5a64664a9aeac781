using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Import;
using Xunit.Abstractions;

namespace Terms.Tests.Import;

/// <summary>The collected documents import, without a hand edit, into the agreements, versions, dates and clauses that they hold.</summary>
public sealed partial class SeedImportTests(ITestOutputHelper output)
{
    [SeedFact]
    public void The_collected_documents_import_into_their_agreements_versions_dates_and_labels()
    {
        foreach (var (file, document) in Import())
        {
            var expected = Expected(file);
            Assert.Equal(string.Join('\n', expected.Select(e => e.Head)), string.Join('\n', document.Versions.Select(Head)));
            foreach (var (want, version) in expected.Zip(document.Versions))
            {
                Assert.Equal(want.Head + "\n" + string.Join('\n', want.Labels), Head(version) + "\n" + string.Join('\n', version.Text.All.Select(c => c.Label)));
            }
            output.WriteLine($"{file}: {string.Join(", ", document.Versions.Select((v, i) => $"{expected[i].Id} {v.Text.All.Count()}"))}");
        }
    }

    [SeedFact]
    public void What_is_written_reads_back_to_the_same_labels_and_words()
    {
        var folder = Directory.CreateTempSubdirectory("terms-import-").FullName;
        try
        {
            var documents = Import().Select(i => i.Document).ToList();
            ContentWriter.Write(folder, documents, Shipped.Later);
            var problems = new ProblemList();
            var catalogue = CatalogueReader.Read(folder, problems);

            Assert.Empty(problems.Sorted());
            foreach (var version in documents.SelectMany(d => d.Versions))
            {
                var read = catalogue.Find(version.SuggestedId.Value)!.Version(version.Id.Value)!;
                var text = read.Text(version.Text.Language, version.Text.Number)!;
                Assert.True(read.Details.IsOfficial);
                Assert.Equal(version.Announced, read.Details.Announced);
                Assert.Equal(version.Text.Digest, text.Digest);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SeedFact]
    public void Every_word_of_the_collected_documents_is_in_a_text_or_in_the_report()
    {
        foreach (var (file, document) in Import())
        {
            var source = LinkTarget().Replace(string.Join('\n', Seeds.Document(file)), "]");
            Assert.Equal("", Accounting.Missing(source, document));
        }
    }

    private static List<(string File, ImportedDocument Document)> Import() =>
        [.. Versions().Select(v => v.Text("source_file")!).Distinct().Order(StringComparer.Ordinal).Select(f => (f, DocumentImporter.Import(f, Seeds.Bytes(f))))];

    private static List<JsonElement> Versions() => [.. Seeds.Facts("versions.json").GetProperty("versions").EnumerateArray()];

    /// <summary>The texts of one document in its own order, with their labels.</summary>
    private static List<(string Id, string Head, string[] Labels)> Expected(string file)
    {
        var expected = new List<(int Line, string Id, string Head, string[] Labels)>();
        foreach (var version in Versions().Where(v => v.Text("source_file") == file))
        {
            foreach (var labels in Seeds.Facts("labels.json").EnumerateObject().Where(l => l.Name == version.Text("id") || l.Name.StartsWith(version.Text("id") + "/R", StringComparison.Ordinal)))
            {
                var rendering = labels.Name.EndsWith("/R2", StringComparison.Ordinal) ? 2 : 1;
                var lines = version.Text("source_lines")!;
                var line = FirstNumber().Match(lines, rendering == 2 ? lines.IndexOf("R2:", StringComparison.Ordinal) + 3 : lines.StartsWith('R') ? 3 : 0).Value;
                // Where two documents bear one title, the list of versions adds the sites in brackets.
                var title = version.Text("title")!.Split(" (www.")[0];
                expected.Add((int.Parse(line, CultureInfo.InvariantCulture), labels.Name, $"{title}, announced {version.Text("published_date")}, effective {version.Text("effective_date")}, rendering {rendering}", [.. labels.Value.EnumerateArray().Select(l => l.GetString()!)]));
            }
        }
        return [.. expected.OrderBy(e => e.Line).Select(e => (e.Id, e.Head, e.Labels))];
    }

    private static string Head(ImportedVersion version) => $"{version.Title}, announced {version.Announced:yyyy-MM-dd}, effective {version.Effective:yyyy-MM-dd}, rendering {version.Text.Number}";

    [GeneratedRegex(@"\d+")]
    private static partial Regex FirstNumber();

    [GeneratedRegex(@"\]\([^\s)]*\)")]
    private static partial Regex LinkTarget();
}
