using System.Globalization;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Web.Pages;

/// <summary>Says in words what became of the clauses of two texts, and what clauses, versions and renderings are called there.</summary>
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
            words.Counted(i == 0 ? "Compare.Sum.First" : "Compare.Sum.Further", c.Count, words.Counted("Compare.Sum." + c.What.Replace(' ', '-'), c.Count))));
        var (passages, critical) = (ComparisonSummary.Passages(comparison), ComparisonSummary.Critical(comparison));
        return char.ToUpper(said[0], CultureInfo.CurrentCulture) + said[1..] + (passages > 0 ? words["Compare.Sum.Passages", passages] : "") + (critical > 0 ? words["Compare.Sum.Critical", critical] : "") + words["Compare.Sum.Stop"];
    }

    /// <summary>A version, and which of its renderings if it has several.</summary>
    public static string Name(this IStringLocalizer<Wording> words, AgreementVersion version, TermsText text) =>
        words.Name(version) + (version.Texts.Length > 1 ? ", " + words["Rendering", text.Number] : "");

    /// <summary>A version by its day.</summary>
    public static string Name(this IStringLocalizer<Wording> words, AgreementVersion version) =>
        version.Id.Effective is { } day ? words["Version.Of", words.Day(day)] : words["Version.Undated"];

    /// <summary>The clause of a change: both labels, if it has two.</summary>
    public static string Labels(this IStringLocalizer<Wording> words, ClauseChange change) => change.FromLabel is null || change.ToLabel is null || change.FromLabel == change.ToLabel
        ? words.ClauseLabel(change.ToLabel ?? change.FromLabel!)
        : $"{words.ClauseLabel(change.FromLabel)} → {(IsPreamble(change.ToLabel) == IsPreamble(change.FromLabel) ? words.Shown(change.ToLabel) : words.ClauseLabel(change.ToLabel))}";

    /// <summary>A clause by its label.</summary>
    public static string ClauseLabel(this IStringLocalizer<Wording> words, string label) => IsPreamble(label) ? words.Shown(label) : words["Compare.Clause", label];

    /// <summary>A label alone.</summary>
    public static string Shown(this IStringLocalizer<Wording> words, string label) => IsPreamble(label) ? words["Preamble"] + label["preamble".Length..] : label;

    private static bool IsPreamble(string label) => label.StartsWith("preamble", StringComparison.Ordinal);
}
