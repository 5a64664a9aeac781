using System.Globalization;
using System.Text;

namespace Terms.Import;

/// <summary>Writes what was imported as folders of content: drafts that a lawyer completes.</summary>
public static class ContentWriter
{
    /// <summary>Writes <c>agreements/…</c> below a folder, and a <c>catalogue.yaml</c> if there is none. What is there already is never changed.</summary>
    /// <param name="folder">The content folder.</param>
    /// <param name="documents">The documents, in order: texts of one agreement and day become its renderings.</param>
    /// <param name="recorded">When the catalogue learns of them.</param>
    /// <returns>The files written, relative to the folder.</returns>
    /// <exception cref="ImportRefusedException">A version is there already.</exception>
    public static IReadOnlyList<string> Write(string folder, IReadOnlyList<ImportedDocument> documents, DateTimeOffset recorded)
    {
        var written = new List<string>();
        var versions = documents.SelectMany(d => d.Versions.Select(v => (Document: d, Version: v))).ToList();
        foreach (var version in versions.GroupBy(v => $"agreements/{v.Version.SuggestedId}/{v.Version.Id}").Where(g => Directory.Exists(Full(g.Key))))
        {
            throw new ImportRefusedException($"{version.Key} is there already. Choose an empty folder, or remove it first.");
        }
        foreach (var agreement in versions.GroupBy(v => v.Version.SuggestedId.Value))
        {
            if (!File.Exists(Full($"agreements/{agreement.Key}/agreement.yaml")))
            {
                Save($"agreements/{agreement.Key}/agreement.yaml", Agreement(agreement.First().Version));
            }
            foreach (var version in agreement.GroupBy(v => v.Version.Id))
            {
                var path = $"agreements/{agreement.Key}/{version.Key}";
                Save($"{path}/version.yaml", VersionYaml(version.ToList(), recorded));
                foreach (var language in version.GroupBy(v => v.Version.Text.Language))
                {
                    var number = 0;
                    foreach (var (_, text) in language)
                    {
                        number++;
                        Save($"{path}/terms.{language.Key}{(number > 1 ? $".{number.ToString(CultureInfo.InvariantCulture)}" : "")}.md", text.Markdown);
                    }
                }
            }
        }
        if (!File.Exists(Full("catalogue.yaml")))
        {
            Save("catalogue.yaml", "# Effective dates are local dates of this zone.\nzone: Etc/UTC\nlanguage: en\n");
            foreach (var (name, text) in new[] { ("parties.yaml", "[]\n"), ("places.yaml", "[]\n"), ("jurisdictions.yaml", "laws: []\nforums: []\n") })
            {
                if (!File.Exists(Full(name)))
                {
                    Save(name, text);
                }
            }
        }
        return written;

        string Full(string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));

        void Save(string path, string text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
            File.WriteAllText(Full(path), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            written.Add(path);
        }
    }

    private static string Agreement(ImportedVersion version) =>
        $"""
        title: {Quoted(version.Title)}
        kind: {(version.IsExcerpt ? "rules" : "contract")}
        # An import cannot tell whom the agreement is for: take out what does not apply.
        sites: [{string.Join(", ", Catalogue.Agreement.KnownSites)}]
        roles: [{string.Join(", ", Catalogue.Agreement.KnownRoles)}]

        """.ReplaceLineEndings("\n");

    private static string VersionYaml(List<(ImportedDocument Document, ImportedVersion Version)> texts, DateTimeOffset recorded)
    {
        var first = texts[0].Version;
        var yaml = new StringBuilder();
        yaml.Append(CultureInfo.InvariantCulture, $"announced:{Day(texts.Select(t => t.Version.Announced).FirstOrDefault(a => a is not null))}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"effective:{Day(first.Effective)}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"recorded: {recorded.ToUniversalTime():yyyy-MM-ddTHH:mm:ssZ}\n");
        yaml.Append(CultureInfo.InvariantCulture, $"source: {Quoted($"imported from {string.Join(", ", texts.Select(t => Path.GetFileName(t.Document.Name)).Distinct())}")}\n");
        yaml.Append("edition: official\n");
        yaml.Append(CultureInfo.InvariantCulture, $"extent: {(first.IsExcerpt ? "excerpt" : "full")}\n");
        var missing = texts.SelectMany(t => t.Version.Missing).Distinct().ToList();
        if (missing.Count > 0)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"missing-in-original: [{string.Join(", ", missing.Select(Quoted))}]\n");
        }
        return yaml.ToString();
    }

    private static string Day(DateOnly? day) => day is { } d ? $" {d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";

    private static string Quoted(string text) => $"\"{string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
