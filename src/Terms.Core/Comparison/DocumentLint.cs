using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Import;

namespace Terms.Comparison;

/// <summary>A finding about a document that has been imported.</summary>
/// <param name="Version">The text that it is about.</param>
/// <param name="Finding">The finding; its file is the document, its line the line there, or the paragraph of a Word file.</param>
public sealed record DocumentFinding(ImportedVersion Version, LintFinding Finding);

/// <summary>The findings about the texts of an imported document. There are no rules and facts, so the words are judged alone.</summary>
/// <param name="Findings">What an editor should look at, by place and code.</param>
/// <param name="Problems">The problems of the import that are no findings of the linter.</param>
public sealed partial record DocumentLint(ImmutableArray<DocumentFinding> Findings, ImmutableArray<Problem> Problems)
{
    /// <summary>Looks through every text of a document, and through the changes between old and new versions of one agreement in it.</summary>
    public static DocumentLint Of(ImportedDocument document)
    {
        var found = document.Versions.SelectMany(v => InText(v)).Concat(Pairs(document).SelectMany(p => InChange(p.Old, p.New))).ToList();
        // What the import has met by itself is said once: in the words of the linter, if it says the same at the same place.
        found.AddRange(document.Report.Problems.Where(p => p.Code is not null && !found.Exists(f => Says(f.Finding, p))).Select(p =>
        {
            var version = document.Versions.LastOrDefault(v => v.Line <= p.Line) ?? document.Versions[0];
            return new DocumentFinding(version, new LintFinding(p.Said!, p.File, p.Line, p.Clause is { } label && version.Text.Find(label) is not null ? label : null));
        }));
        return new DocumentLint(
            [.. found.OrderBy(f => f.Finding.Line).ThenBy(f => f.Finding.Code, StringComparer.Ordinal)],
            [.. document.Report.Problems.Where(p => p.Code is null || document.Versions.IsEmpty)]);
    }

    /// <summary>The old and new versions of one agreement that a document holds, each with the next; of several renderings the first.</summary>
    public static IEnumerable<(ImportedVersion Old, ImportedVersion New)> Pairs(ImportedDocument document) =>
        from agreement in document.Versions.Where(v => v is { Effective: not null, Text.Number: 1 }).GroupBy(v => (v.SuggestedId, v.Text.Language))
        let versions = agreement.OrderBy(v => v.Effective).ToList()
        from pair in versions.Zip(versions.Skip(1))
        select pair;

    /// <summary>Compares two imported texts; which of their clauses are critical is told by their words.</summary>
    public static TextComparison Compare(TermsText old, TermsText @new) => TextComparison.Of(old, @new, new ComparisonFocus(CriticalWords.In(old), CriticalWords.In(@new), []));

    private static IEnumerable<DocumentFinding> InText(ImportedVersion version) =>
        TextLinter.Find(version.Text, new LintedText(IsContract: !version.IsExcerpt && !version.IsAnnex && !Rules().IsMatch(version.Title), version.IsExcerpt, version.Effective is not null)).Select(f => At(version, f));

    private static IEnumerable<DocumentFinding> InChange(ImportedVersion old, ImportedVersion @new) => ChangeLint.Find(Compare(old.Text, @new.Text)).Select(f => At(@new, f));

    private static DocumentFinding At(ImportedVersion version, LintFinding finding) => new(version, finding with { Line = finding.Clause is null ? version.Line : version.PlaceOf(finding.Line) });

    /// <summary>A gap is one finding, however many numbers it is wide; so is a list that begins again, however long it is.</summary>
    private static bool Says(LintFinding finding, Problem problem) => finding.Code == problem.Code
        && (problem.Code == LintCode.NumberAgain || (finding.Line == problem.Line && (problem.Clause is null || finding.Clause == problem.Clause || problem.Code == LintCode.Gap)));

    /// <summary>Titles of texts that are no contracts: pages of rules, and notices.</summary>
    [GeneratedRegex(@"\b(?:policy|policies|rules|guidelines|notice|statement|code of conduct|FAQ)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Rules();
}
