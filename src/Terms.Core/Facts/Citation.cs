using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Facts;

/// <summary>Checks that facts and rules stand in the clauses that they cite.</summary>
public static partial class Citation
{
    /// <summary>Notes every clause that does not exist, a missing citation, and a quote that does not occur in any cited clause of the rendering.</summary>
    /// <param name="version">The version that is cited.</param>
    /// <param name="map">The entry.</param>
    /// <param name="entry">What it is: <c>fact</c>, <c>rule</c> or <c>reading</c>.</param>
    /// <param name="id">Its name.</param>
    /// <param name="clauses">The clauses that it cites.</param>
    /// <param name="quote">The words that it quotes; null if none.</param>
    /// <param name="rendering">The number of the rendering that it quotes.</param>
    /// <param name="isAbsence">Whether it says that the text says nothing, for which no clause is needed.</param>
    public static void Check(AgreementVersion version, YamlMap map, string entry, string id, ImmutableArray<string> clauses, string? quote, int rendering, bool isAbsence = false)
    {
        if (clauses.IsEmpty && !isAbsence)
        {
            map.Problem(ContentForms.Cites(entry).Nothing, null, id);
        }
        var text = version.Rendering(rendering);
        if (text is null)
        {
            map.Problem($"the {entry} `{id}` names rendering {rendering}, which {version.Path} does not have", "Name a rendering that is there.", "rendering");
            return;
        }
        foreach (var label in clauses.Where(l => !version.HasClause(l)))
        {
            map.Problem(ContentForms.Cites(entry).NoSuchClause, "clauses", id, label, version.Path);
        }
        if (quote is not null && clauses.Any(version.HasClause) && !clauses.Select(text.Find).OfType<Clause>().Any(c => Contains(c, quote, StringComparison.Ordinal)))
        {
            map.Problem(
                clauses.Length == 1 ? ContentForms.QuoteNotThere : ContentForms.QuoteNotInAny, "quote", quote, string.Join(", ", clauses), rendering.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Whether words occur in a clause's own heading or text, white space apart.</summary>
    public static bool Contains(Clause clause, string words, StringComparison comparison) =>
        $"{clause.Heading} {clause.Text}".Contains(Spaces().Replace(words, " ").Trim(), comparison);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
