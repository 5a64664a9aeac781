using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary>A draft as somebody has it before them.</summary>
/// <param name="Who">Who.</param>
/// <param name="Standing">How the draft stands.</param>
/// <param name="Draft">Its newest revision.</param>
/// <param name="Title">The title of the agreement, or its id while it is not in the catalogue.</param>
/// <param name="Newer">The version that it has to be merged with; null if there is none, or if the draft is over.</param>
public record OpenDraft(SignedIn Who, DraftStanding Standing, Draft Draft, string Title, AgreementVersion? Newer)
{
    /// <summary>How far it has come.</summary>
    public Publication State => Standing.State;

    /// <summary>Whether they may write in it now.</summary>
    public bool CanWrite => State.IsOpen && Who.Editor.Is(EditorRole.Drafter, Standing.Agreement);

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
    /// <summary>The draft that an address names; null if there is none that they may see. That is noted.</summary>
    public OpenDraft? Find(SignedIn who, HttpContext context)
    {
        if (Find(who, (string)context.Request.RouteValues["draft"]!) is { } found)
        {
            return found;
        }
        RefusalNote.Denied(context);
        return null;
    }

    /// <summary>A draft; null if there is none that they may see.</summary>
    public OpenDraft? Find(SignedIn who, string draft)
    {
        if (workbench.Find(who.Editor, draft) is not { } standing)
        {
            return null;
        }
        var catalogue = current.Now.Catalogue;
        return new OpenDraft(who, standing, workbench.Newest(standing), catalogue.Find(standing.Agreement.Value)?.Title ?? standing.Agreement.Value,
            standing.State.IsOpen ? NewerVersion.Than(standing.Agreement, standing.State.Base, catalogue) : null);
    }
}
