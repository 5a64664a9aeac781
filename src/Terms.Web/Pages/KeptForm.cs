using System.Collections.Immutable;
using System.Text.Json;

namespace Terms.Web.Pages;

/// <summary>What was shown, read back from the canonical bytes of a <c>terms-shown/1</c>.</summary>
/// <param name="Button">The words of the button that agreed.</param>
/// <param name="Decline">The words of the button that declined.</param>
/// <param name="Sentences">The sentences beside the boxes.</param>
/// <param name="Titles">By agreement, the title that was shown.</param>
/// <param name="Restatements">The agreements that were shown as restatements.</param>
/// <param name="Html">The digest of the HTML that was sent.</param>
public sealed record KeptForm(
    string Button, string Decline, ImmutableArray<string> Sentences, ImmutableDictionary<string, string> Titles, ImmutableHashSet<string> Restatements, string Html)
{
    /// <summary>Reads the bytes.</summary>
    public static KeptForm Parse(ReadOnlyMemory<byte> shown)
    {
        using var json = JsonDocument.Parse(shown);
        var root = json.RootElement;
        var agreements = root.GetProperty("agreements").EnumerateArray().ToList();
        return new KeptForm(
            Text(root, "button"), Text(root, "decline"), [.. root.GetProperty("controls").EnumerateArray().Select(c => Text(c, "sentence"))],
            agreements.ToImmutableDictionary(a => Text(a, "agreement"), a => Text(a, "title")),
            [.. agreements.Where(a => Text(a, "edition") == "restatement").Select(a => Text(a, "agreement"))], Text(root, "html"));
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
