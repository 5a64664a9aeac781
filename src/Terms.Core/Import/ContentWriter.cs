using System.Globalization;
using System.IO.Compression;
using System.Text;
using Terms.Catalogue;

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
        foreach (var version in documents.SelectMany(d => d.Versions).Select(v => $"agreements/{v.SuggestedId}/{v.Id}").Where(v => Directory.Exists(Full(v))))
        {
            throw new ImportRefusedException($"{version} is there already. Choose an empty folder, or remove it first.");
        }
        var hasCatalogue = File.Exists(Full("catalogue.yaml"));
        var written = new List<string>();
        foreach (var (path, text) in Files(documents, recorded).Where(f => !File.Exists(Full(f.Path)) && !(hasCatalogue && !f.Path.Contains('/'))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Full(path))!);
            File.WriteAllText(Full(path), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            written.Add(path);
        }
        return written;

        string Full(string path) => Path.Combine(folder, path.Replace('/', Path.DirectorySeparatorChar));
    }

    /// <summary>The same files as a ZIP archive. Their names are made of letters, digits, hyphens and dots; the time of each is that of recording.</summary>
    /// <param name="documents">The documents, in order.</param>
    /// <param name="recorded">When the catalogue learns of them: from 1980 to 2107, which is what a ZIP can hold.</param>
    public static byte[] Zip(IReadOnlyList<ImportedDocument> documents, DateTimeOffset recorded)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in Files(documents, recorded))
            {
                var entry = archive.CreateEntry(path);
                entry.LastWriteTime = recorded;
                using var stream = entry.Open();
                stream.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return memory.ToArray();
    }

    /// <summary>The files of a content folder that holds the documents.</summary>
    private static IEnumerable<(string Path, string Text)> Files(IReadOnlyList<ImportedDocument> documents, DateTimeOffset recorded)
    {
        foreach (var agreement in documents.SelectMany(d => d.Versions.Select(v => (Document: d, Version: v))).GroupBy(v => v.Version.SuggestedId.Value))
        {
            yield return ($"agreements/{agreement.Key}/agreement.yaml", Agreement(agreement.First().Version));
            foreach (var version in agreement.GroupBy(v => v.Version.Id))
            {
                var path = $"agreements/{agreement.Key}/{version.Key}";
                yield return ($"{path}/version.yaml", VersionYaml(version.ToList(), recorded));
                foreach (var language in version.GroupBy(v => v.Version.Text.Language))
                {
                    foreach (var (text, i) in language.Select((v, i) => (v.Version, i)))
                    {
                        yield return ($"{path}/terms.{language.Key}{(i > 0 ? $".{(i + 1).ToString(CultureInfo.InvariantCulture)}" : "")}.md", text.Markdown);
                    }
                }
            }
        }
        yield return ("catalogue.yaml", "# Effective dates are local dates of this zone.\nzone: Etc/UTC\nlanguage: en\n");
        yield return ("parties.yaml", "[]\n");
        yield return ("places.yaml", "[]\n");
        yield return ("jurisdictions.yaml", "laws: []\nforums: []\n");
    }

    /// <summary>An <c>agreement.yaml</c> to begin with.</summary>
    internal static string Agreement(ImportedVersion version) =>
        $"""
        title: {YamlScalars.Quoted(version.Title)}
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
        yaml.Append(CultureInfo.InvariantCulture, $"source: {YamlScalars.Quoted($"imported from {string.Join(", ", texts.Select(t => Path.GetFileName(t.Document.Name)).Distinct())}")}\n");
        yaml.Append("edition: official\n");
        yaml.Append(CultureInfo.InvariantCulture, $"extent: {(first.IsExcerpt ? "excerpt" : "full")}\n");
        var missing = texts.SelectMany(t => t.Version.Missing).Distinct().ToList();
        if (missing.Count > 0)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"missing-in-original: [{string.Join(", ", missing.Select(YamlScalars.Quoted))}]\n");
        }
        return yaml.ToString();
    }

    private static string Day(DateOnly? day) => day is { } d ? $" {d.ToFullDate()}" : "";
}
