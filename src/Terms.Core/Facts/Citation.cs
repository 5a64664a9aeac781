using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Facts;

/// <summary>Checks that facts and rules stand in the clauses that they cite.</summary>
public static partial class Citation
{
    /// <summary>Notes every clause that does not exist, a missing citation, and a quote that does not occur in any cited clause of the rendering.</summary>
    public static void Check(AgreementVersion version, YamlMap map, string what, ImmutableArray<string> clauses, string? quote, int rendering, bool isAbsence = false)
    {
        if (clauses.IsEmpty && !isAbsence)
        {
            map.Problem($"{what} cites no clause", "Add `clauses:` with the labels of the clauses that state it.");
        }
        var text = version.Rendering(rendering);
        if (text is null)
        {
            map.Problem($"{what} names rendering {rendering}, which {version.Path} does not have", "Name a rendering that is there.", "rendering");
            return;
        }
        foreach (var label in clauses.Where(l => !version.HasClause(l)))
        {
            map.Problem($"{what} cites clause {label}, which {version.Path} does not have", "Cite a clause of this version.", "clauses");
        }
        if (quote is not null && clauses.Any(version.HasClause) && !clauses.Select(text.Find).OfType<Clause>().Any(c => Contains(c, quote, StringComparison.Ordinal)))
        {
            map.Problem($"the quote \"{quote}\" does not occur in {(clauses.Length == 1 ? "clause" : "clauses")} {string.Join(", ", clauses)} of rendering {rendering}",
                "Quote words that stand there, letter for letter.", "quote");
        }
    }

    /// <summary>Whether words occur in a clause's own heading or text, white space apart.</summary>
    public static bool Contains(Clause clause, string words, StringComparison comparison) =>
        $"{clause.Heading} {clause.Text}".Contains(Spaces().Replace(words, " ").Trim(), comparison);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
