using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>A draft as somebody has it before them.</summary>
/// <param name="Who">Who.</param>
/// <param name="Standing">How the draft stands.</param>
/// <param name="Draft">Its newest revision.</param>
/// <param name="Title">The title of the agreement, or its id while it is not in the catalogue.</param>
public sealed record OpenDraft(SignedIn Who, DraftStanding Standing, Draft Draft, string Title)
{
    /// <summary>Whether they may write in it now.</summary>
    public bool CanWrite => Standing.State.IsOpen && Who.Editor.Is(EditorRole.Drafter, Standing.Agreement);

    /// <summary>The address of its pages.</summary>
    public string Address => $"/workbench/drafts/{Draft.Id}";

    /// <summary>The names of its texts, the one that facts are taken from first.</summary>
    /// <param name="language">The catalogue's default language.</param>
    public IEnumerable<string> Texts(string language) => Draft.Files.Paths.Where(ClauseFile.IsText)
        .OrderBy(p => ClauseFile.NameOf(p).Language != language).ThenBy(p => ClauseFile.NameOf(p).Language, StringComparer.Ordinal).ThenBy(p => ClauseFile.NameOf(p).Number);

    /// <summary>A text cut into clauses; null if there is none of that name.</summary>
    /// <param name="language">The catalogue's default language.</param>
    /// <param name="name">The name; empty for the first.</param>
    /// <exception cref="EditRefusedException">It cannot be cut.</exception>
    public ClauseFile? Text(string language, string? name) =>
        (string.IsNullOrEmpty(name) ? Texts(language).FirstOrDefault() : Texts(language).FirstOrDefault(t => t == name)) is { } file ? new ClauseEditing(Draft.Files, file, language).Clauses : null;

    /// <summary>The facts and rules that are taken from a text; one in another language than the first has none.</summary>
    public IEnumerable<YamlEntry> Entries(ClauseFile text, string language) => Texts(language).FirstOrDefault() is { } first && ClauseFile.NameOf(first).Language == text.Text.Language
        ? DraftEntries.Of(Draft.Files).Where(e => (e.Texts("rendering").FirstOrDefault() ?? "1") == text.Text.Number.ToString(CultureInfo.InvariantCulture))
        : [];
}

/// <summary>Finds drafts for those who may see them.</summary>
internal sealed class OpenDrafts(Workbench workbench, CurrentCatalogue current)
{
    /// <summary>A draft; null if there is none that they may see.</summary>
    public OpenDraft? Find(SignedIn who, HttpContext context) =>
        workbench.Find(who.Editor, (string)context.Request.RouteValues["draft"]!) is { } standing
            ? new OpenDraft(who, standing, workbench.Newest(standing), current.Now.Catalogue.Find(standing.Agreement.Value)?.Title ?? standing.Agreement.Value)
            : null;
}
