using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Web.Editing;

/// <summary>A piece of a draft that differs between two revisions: a clause of a text, or a fact or rule.</summary>
/// <param name="File">The file.</param>
/// <param name="Where">The clause, or the fact or rule; null for a file as a whole.</param>
/// <param name="Before">Its lines before; null if it was not there.</param>
/// <param name="After">Its lines after; null if it is gone.</param>
public sealed record RevisionChange(string File, string? Where, string? Before, string? After)
{
    /// <summary>The language of the words of a file: that of a text by its name; facts and rules are written in English.</summary>
    public static string LanguageOf(string file) => ClauseFile.IsText(file) ? ClauseFile.NameOf(file).Language : "en";

    /// <summary>What differs between the files of two revisions; of no files all is new.</summary>
    public static ImmutableArray<RevisionChange> Between(ContentFiles old, ContentFiles now)
    {
        var found = ImmutableArray.CreateBuilder<RevisionChange>();
        foreach (var path in old.Paths.Union(now.Paths).Order(StringComparer.Ordinal).Where(p => old.Text(p) != now.Text(p)))
        {
            if (!old.Contains(path) || !now.Contains(path))
            {
                found.Add(new RevisionChange(path, null, old.Contains(path) ? "…" : null, now.Contains(path) ? "…" : null));
                continue;
            }
            var (was, @is) = (Pieces(old, path), Pieces(now, path));
            var names = was.Select(p => p.Where).Union(@is.Select(p => p.Where)).ToList();
            found.AddRange(names.Select(n => new RevisionChange(path, n, Source(was, n), Source(@is, n))).Where(c => c.Before != c.After));
        }
        return found.ToImmutable();
    }

    private static string? Source(ImmutableArray<(string Where, string Source)> pieces, string where) => pieces.FirstOrDefault(p => p.Where == where).Source?.Trim();

    private static ImmutableArray<(string Where, string Source)> Pieces(ContentFiles files, string path)
    {
        if (!ClauseFile.IsText(path))
        {
            var file = path == DraftEntries.FactsFile ? DraftEntries.Of(files).Where(e => e.Section == DraftEntries.Facts) : path == DraftEntries.RulesFile ? DraftEntries.Of(files).Where(e => e.Section != DraftEntries.Facts) : [];
            ImmutableArray<(string, string)> entries = [.. file.Select(e => ($"{e.Section}/{e.Id}", e.Source))];
            return entries.IsEmpty ? [(path, files.Text(path) ?? "")] : entries;
        }
        try
        {
            var text = new ClauseEditing(files, path, ClauseFile.NameOf(path).Language).Clauses;
            return [(text.Text.Title, text.Head), .. text.Clauses.Select(c => (c.Clause.Label.Value, c.Source))];
        }
        catch (EditRefusedException)
        {
            return [(path, files.Text(path) ?? "")]; // It cannot be cut into clauses, and is shown whole.
        }
    }
}
