using System.Globalization;
using Microsoft.Extensions.Localization;
using Terms.Comparison;

namespace Terms.Web.Pages;

/// <summary>A comparison in the language of the interface.</summary>
internal static class ComparedWords
{
    /// <summary>What became of the clauses, in one sentence.</summary>
    public static string Sentence(IStringLocalizer<Wording> words, TextComparison text)
    {
        var counts = ComparisonSummary.Counts(text);
        if (counts.Count == 0)
        {
            return words["Compare.Sum.Nothing"];
        }
        var sentence = string.Join(words["Compare.Sum.Comma"], counts.Select((c, i) =>
            words[i > 0 ? "Compare.Sum.Further" : c.Count == 1 ? "Compare.Sum.One" : "Compare.Sum.Several", c.Count, words["Compare.Sum." + c.What.Replace(' ', '-')]].Value));
        var (passages, critical) = (ComparisonSummary.Passages(text), ComparisonSummary.Critical(text));
        return char.ToUpper(sentence[0], CultureInfo.CurrentCulture) + sentence[1..] + (passages > 0 ? words["Compare.Sum.Passages", passages] : "")
            + (critical > 0 ? words["Compare.Sum.Critical", critical] : "") + words["Compare.Sum.Stop"];
    }
}
