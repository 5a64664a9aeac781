using System.Text;
using Terms.Comparison;
using Terms.Import;

namespace Terms.Tests.Comparison;

/// <summary>Findings about a document that is no content: their places are those of the document.</summary>
public sealed class DocumentLintTests
{
    private const string Lamps = "# Lamp Hire Agreement\n\nEffective as of 1 May 2025\n\n## 1. Lamps\n\n1.1 Your contract is with Lamp Ltd. Write to it in writing: notices are sent to Lamp Ltd., Wick Lane.\n\n1.2 The law of the Isles governs this agreement, lamps included.\n";

    [Fact]
    public void A_text_without_defects_has_no_finding() => Assert.Equal([], Found(Lamps));

    [Fact]
    public void A_finding_stands_at_its_line_of_the_document()
    {
        var lines = "\n\n\n" + Lamps + "\n\n\n\n1.3 Return a lamp in five (6) days.\n";

        Assert.Equal(["lamps.md:17: TW403 “five (6)” says 5 in words and 6 in figures (clause 1.3). Find out which is right, and write it both times."], Found(lines));
    }

    [Theory]
    [InlineData("1.3 Wicks.\n\n1.3 Oil.\n", "lamps.md:13: TW101 the number 1.3 is used again (clause 1.3 [2nd]). Number the clause anew, or accept the finding if the original repeats the number.")]
    [InlineData("1.5 Wicks.\n", "lamps.md:11: TW102 1.3, 1.4 are left out before 1.5 (clause 1.5). Look for the missing words, or list the label under `missing-in-original` in version.yaml.")]
    [InlineData("1.3Wicks are cut.\n", "lamps.md:11: TW406 no space stands behind the number 1.3 (clause 1.3). Put one there.")]
    public void What_the_import_meets_and_the_linter_finds_is_said_once(string more, string finding) => Assert.Equal([finding], Found(Lamps + "\n" + more));

    [Fact]
    public void A_text_without_a_date_is_found_once() =>
        Assert.Equal(["lamps.md:1: TW501 no effective date is known. State from when the text binds, or accept that nobody knows."], Found(Lamps.Replace("Effective as of 1 May 2025\n\n", "", StringComparison.Ordinal)));

    [Fact]
    public void A_problem_that_is_no_finding_stays_a_problem()
    {
        var lint = Lint("Effective as of 05/06/2020\n\n" + Lamps.Replace("Effective as of 1 May 2025\n\n", "", StringComparison.Ordinal));

        Assert.Contains(lint.Problems, p => p.What == "the date 05/06/2020 can be read in two ways");
        Assert.DoesNotContain(lint.Findings, f => f.Finding.What.Contains("two ways", StringComparison.Ordinal));
    }

    [Fact]
    public void An_old_and_a_new_version_in_one_document_are_compared()
    {
        var document = DocumentImporter.Import("two-versions.md", File.ReadAllBytes(Repository.Folder("docs/examples/documents/two-versions.md")));

        var change = Assert.Single(DocumentLint.Of(document).Findings, f => f.Finding.Code == "TW701");

        Assert.Equal(new DateOnly(2025, 3, 1), change.Version.Effective);
        Assert.Equal((13, "2.1"), (change.Finding.Line, change.Finding.Clause));
    }

    [Fact]
    public void A_policy_needs_no_company_and_no_law() =>
        Assert.Equal([], Found("# Lamp Policy\n\nEffective as of 1 May 2025\n\n## 1. Lamps\n\n1.1 Lamps are lit.\n\n1.2 Wicks are cut.\n"));

    private static IEnumerable<string> Found(string markdown) => Lint(markdown).Findings.Select(f => f.Finding.ToString());

    private static DocumentLint Lint(string markdown) => DocumentLint.Of(DocumentImporter.Import("lamps.md", Encoding.UTF8.GetBytes(markdown)));
}
