using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Tests.Comparison;

/// <summary>Short texts for comparing.</summary>
internal static class Texts
{
    public static TermsText Parse(string markdown)
    {
        var problems = new ProblemList();
        var text = TermsTextParser.Parse("terms.en.md", "# Lamp hire\n\n" + markdown, "en", 1, false, [], problems);
        Assert.Empty(problems.Sorted());
        return text!;
    }

    public static TextComparison Compare(string old, string @new, ComparisonFocus? focus = null) => TextComparison.Of(Parse(old), Parse(@new), focus);

    /// <summary>The entries that say what changed, as <c>kind from → to</c>; words changed are starred.</summary>
    public static IReadOnlyList<string> Said(this TextComparison comparison) => [.. comparison.Changes.Select(Said)];

    public static string Said(ClauseChange change) =>
        $"{change.Kind}{(change.TextChanged && change.From is not null && change.To is not null ? "*" : "")} "
        + (change.FromLabel == change.ToLabel ? change.FromLabel : $"{change.FromLabel ?? "-"} → {change.ToLabel ?? "-"}") + (change.IsFromPart || change.IsToPart ? " (passage)" : "");
}
