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

    [Fact]
    public void A_section_put_between_two_is_kept_as_words_and_the_report_says_so()
    {
        var document = DocumentImporter.Import("lamps.txt", "Lamp Terms\n\n§ 1 Light\n\nLamps are lit.\n\n§ 1a Oil\n\nOil is ours.\n\n§ 2 Wicks\n\nWicks are yours."u8.ToArray());

        Assert.Equal(["preamble ¶1", "§1", "§1 ¶1", "§1 ¶2", "§1 ¶3", "§2", "§2 ¶1"], document.Versions.Single().Text.All.Select(c => c.Label.Value));
        Assert.Contains(document.Report.Problems, p => p.Line == 7 && p.What == "the number § 1a stands between two others, and is kept as words of section 1");
    }

    [Fact]
    public void An_annex_need_not_name_a_company_and_a_law()
    {
        var document = DocumentImporter.Import("lamps.txt", "Lamp Terms\n\n1. Light\n\nWick Lamps Ltd. lends lamps. Irish law applies.\n\nSCHEDULE 1\n\n1. Two lamps."u8.ToArray());

        Assert.Equal([false, true], document.Versions.Select(v => v.IsAnnex));
        Assert.DoesNotContain(Terms.Comparison.DocumentLint.Of(document).Findings, f => f.Version.IsAnnex && f.Finding.Code is LintCode.NoLaw or LintCode.NoCompany);
    }

    private static ImportedDocument Read(string name) => DocumentImporter.Import(Path.GetFileName(File(name)), System.IO.File.ReadAllBytes(File(name)));

    private static string File(string name) => Directory.GetFiles(Path.Combine(Repository.Folder("tests/imports"), name), "input.*").Single();

    private static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "-";
}
