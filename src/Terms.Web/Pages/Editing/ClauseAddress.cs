using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Web.Pages.Editing;

/// <summary>Where a clause of a draft is edited, and where its words are read.</summary>
internal static class ClauseAddress
{
    /// <summary>Where a clause is edited.</summary>
    public static string Of(OpenDraft open, ClauseFile text, Clause clause) => Of(open, text.Name, clause.Label.Value, null);

    /// <summary>Where a clause of a draft is edited.</summary>
    /// <param name="draft">The name of the draft.</param>
    /// <param name="label">The clause.</param>
    /// <param name="file">The file that it stands in, if it is known; a file that is no text does not count.</param>
    public static string Of(string draft, string label, string? file = null) => Of($"/workbench/drafts/{draft}", file is not null && ClauseFile.IsText(file) ? file : null, label, null);

    /// <summary>Where a file of a draft is mended.</summary>
    public static string OfFile(string draft, string file) =>
        $"/workbench/drafts/{draft}" + (ClauseFile.IsText(file) ? $"{DraftTabs.Text}?file={file}" : file is "facts.yaml" or "rules.yaml" ? DraftTabs.Facts : DraftTabs.Overview);

    /// <summary>Where a clause is edited, with what was done before.</summary>
    /// <param name="open">The draft.</param>
    /// <param name="file">The text.</param>
    /// <param name="label">The clause; null for the text as a whole.</param>
    /// <param name="done">The revision that has just been saved; null if none was.</param>
    public static string Of(OpenDraft open, string file, string? label, int? done) => Of(open.Address, file, label, done);

    private static string Of(string draft, string? file, string? label, int? done) =>
        $"{draft}/text{(label is null ? "" : "/" + Uri.EscapeDataString(new ClauseLabel(label).Anchor))}{QueryString.Create(new Dictionary<string, string?> { ["file"] = file, ["done"] = done?.ToString(CultureInfo.InvariantCulture) }.Where(p => p.Value is not null))}";

    /// <summary>The words of a clause as HTML, with links that lead to the clauses of the draft.</summary>
    public static string Words(OpenDraft open, ClauseFile text, Clause clause) =>
        Rendering.RenderedText.Of(text.Text, clause).Html.Replace("href=\"#", $"href=\"{open.Address}/text?file={text.Name}#", StringComparison.Ordinal);
}
