using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary>Where a clause of a draft is edited, and where its words are read.</summary>
internal static class ClauseAddress
{
    /// <summary>Where a clause is edited.</summary>
    public static string Of(OpenDraft open, ClauseFile text, Clause clause) => Of(open, text.Name, clause.Label.Value, null);

    /// <summary>Where a clause is edited, with what was done before.</summary>
    /// <param name="open">The draft.</param>
    /// <param name="file">The text.</param>
    /// <param name="label">The clause; null for the text as a whole.</param>
    /// <param name="done">The revision that has just been saved; null if none was.</param>
    public static string Of(OpenDraft open, string file, string? label, int? done) =>
        $"{open.Address}/text{(label is null ? "" : "/" + Uri.EscapeDataString(new ClauseLabel(label).Anchor))}{QueryString.Create(new[] { KeyValuePair.Create<string, string?>("file", file) }.Concat(done is { } d ? [KeyValuePair.Create<string, string?>("done", d.ToString(System.Globalization.CultureInfo.InvariantCulture))] : []))}";

    /// <summary>The words of a clause as HTML, with links that lead to the clauses of the draft.</summary>
    public static string Words(OpenDraft open, ClauseFile text, Clause clause) =>
        Rendering.RenderedText.Of(text.Text, clause).Html.Replace("href=\"#", $"href=\"{open.Address}/text?file={text.Name}#", StringComparison.Ordinal);
}
