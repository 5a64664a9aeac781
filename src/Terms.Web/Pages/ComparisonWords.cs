using System.Globalization;
using Microsoft.Extensions.Localization;
using Terms.Comparison;

namespace Terms.Web.Pages;

/// <summary>Says in words what became of the clauses of two texts.</summary>
internal static class ComparisonWords
{
    /// <summary>What became of the clauses, in one sentence.</summary>
    public static string Sentence(this IStringLocalizer<Wording> words, TextComparison comparison)
    {
        var counts = ComparisonSummary.Counts(comparison);
        if (counts.Count == 0)
        {
            return words["Compare.Sum.Nothing"];
        }
        var said = string.Join(words["Compare.Sum.Comma"], counts.Select((c, i) =>
            words[i > 0 ? "Compare.Sum.Further" : c.Count == 1 ? "Compare.Sum.One" : "Compare.Sum.Several", c.Count, words["Compare.Sum." + c.What.Replace(' ', '-')]].Value));
        var (passages, critical) = (ComparisonSummary.Passages(comparison), ComparisonSummary.Critical(comparison));
        return char.ToUpper(said[0], CultureInfo.CurrentCulture) + said[1..] + (passages > 0 ? words["Compare.Sum.Passages", passages] : "") + (critical > 0 ? words["Compare.Sum.Critical", critical] : "") + words["Compare.Sum.Stop"];
    }
}
