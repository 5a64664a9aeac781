using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Import;

namespace Terms.Publishing;

/// <summary>A new draft, and what a person should know before going on with it.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Notes">What was left out or taken over, in sentences.</param>
public sealed record StartedDraft(Draft Draft, ImmutableArray<string> Notes);

/// <summary>Makes drafts: from a version, or from imported texts.</summary>
public static partial class DraftStart
{
    /// <summary>A draft that says what a version says.</summary>
    /// <param name="id">The draft's name.</param>
    /// <param name="author">Who makes it.</param>
    /// <param name="version">The version, mostly the one in force.</param>
    /// <param name="published">The files of the catalogue.</param>
    /// <param name="knownAt">What counts of its rules and facts is what was known then; null for what is known now.</param>
    public static StartedDraft From(string id, string author, AgreementVersion version, ContentFiles published, DateTimeOffset? knownAt = null)
    {
        var state = knownAt is { } at ? version.StateAt(at) ?? version.States[0] : version.States[^1];
        var files = published.Below($"agreements/{version.Path}");
        var notes = ImmutableArray.CreateBuilder<string>();
        foreach (var correction in files.Paths.Where(p => p.StartsWith("corrections/", StringComparison.Ordinal)).ToList())
        {
            files = files.Without(correction);
        }
        if (state.Correction is { } last)
        {
            files = Corrected(files, state);
            notes.Add($"Rules and facts are those as corrected last by {last.Who}; comments in the files are not taken over.");
        }
        var (yaml, ofChange) = WithoutFindingsOfChange(WithoutKeys(files.Text(Draft.VersionFile)!, Dates));
        files = files.With(Draft.VersionFile, yaml);
        if (ofChange > 0)
        {
            notes.Add($"Accepted findings about the change to {version.Path} itself are not taken over: {ofChange}.");
        }
        return new StartedDraft(new Draft(id, version.Agreement.Id, version.Id, author, files), notes.ToImmutable());
    }

    /// <summary>A draft with imported texts: of a new version if <paramref name="base"/> is given, of a new agreement if not.</summary>
    /// <param name="id">The draft's name.</param>
    /// <param name="author">Who makes it.</param>
    /// <param name="document">What was imported. Pasted text is imported too: give it a name that ends in <c>.md</c> or <c>.txt</c>.</param>
    /// <param name="texts">The texts of the document that are taken: renderings of one version.</param>
    /// <param name="base">The version that rules and facts are taken over from; null for a new agreement.</param>
    /// <param name="published">The files of the catalogue.</param>
    /// <exception cref="ArgumentException">There is no text.</exception>
    public static StartedDraft From(string id, string author, ImportedDocument document, ImmutableArray<ImportedVersion> texts, AgreementVersion? @base, ContentFiles published)
    {
        if (texts.IsEmpty)
        {
            throw new ArgumentException("Choose at least one text of the document.", nameof(texts));
        }
        var notes = ImmutableArray.CreateBuilder<string>();
        var files = ContentFiles.Empty;
        var version = "";
        if (@base is not null)
        {
            var started = From(id, author, @base, published);
            notes.AddRange(started.Notes);
            files = started.Draft.Files;
            foreach (var old in files.Paths.Where(ClauseFile.IsText).ToList())
            {
                files = files.Without(old);
            }
            version = WithoutKeys(files.Text(Draft.VersionFile)!, OfText);
            notes.Add($"Rules, facts, incorporated documents and accepted findings are those of {@base.Path}; go through them clause by clause.");
        }
        foreach (var language in texts.GroupBy(t => t.Text.Language))
        {
            foreach (var (text, i) in language.Select((t, i) => (t, i)))
            {
                files = files.With(string.Create(CultureInfo.InvariantCulture, $"terms.{language.Key}{(i > 0 ? $".{i + 1}" : "")}.md"), text.Markdown);
            }
        }
        if (@base is not null && @base.Texts.Select(t => t.File[(t.File.LastIndexOf('/') + 1)..]).Where(n => !files.Contains(n)).ToList() is { Count: > 0 } gone)
        {
            notes.Add($"These texts of {@base.Path} are not in the draft: {string.Join(", ", gone)}.");
        }
        var missing = texts.SelectMany(t => t.Missing).Distinct().Select(YamlScalars.Quoted).ToList();
        files = files.With(Draft.VersionFile,
            $"source: {YamlScalars.Quoted($"imported from {document.Name}")}\nedition: official\nextent: {(texts[0].IsExcerpt ? "excerpt" : "full")}\n"
            + (missing.Count > 0 ? $"missing-in-original: [{string.Join(", ", missing)}]\n" : "") + version);
        files = @base is null ? files.With(Draft.AgreementFile, ContentWriter.Agreement(texts[0])) : files;
        return new StartedDraft(new Draft(id, @base?.Agreement.Id ?? texts[0].SuggestedId, @base?.Id, author, files), notes.ToImmutable());
    }

    /// <summary>The keys that a publication sets.</summary>
    internal static readonly string[] Dates = ["announced", "effective", "existing-customers-from", "recorded", "supersedes", "classification", Withdrawal.Key];

    private static readonly string[] OfText = ["source", "edition", "extent", "missing-in-original", "note"];

    /// <summary>A YAML mapping without some keys of its first level; the rest stays letter for letter.</summary>
    internal static string WithoutKeys(string yaml, string[] keys) =>
        TopLevel().Replace(yaml, m => keys.Contains(m.Groups[1].Value) ? "" : m.Value);

    /// <summary>Without the accepted findings about the change from the version before: they speak of a change that is over. Entries of several lines stay, and are shown as such that do not occur.</summary>
    private static (string Yaml, int Count) WithoutFindingsOfChange(string yaml)
    {
        var entries = YamlScalars.In(yaml).Where(s => s is { Key: "code", Value: LintCode.PunctuationChanged }).Select(s => s.Line - 1).ToHashSet();
        var lines = yaml.Split('\n');
        var gone = Enumerable.Range(0, lines.Length).Where(i => entries.Contains(i) && lines[i].TrimStart().StartsWith("- {", StringComparison.Ordinal) && lines[i].TrimEnd().EndsWith('}')).ToHashSet();
        return (string.Join('\n', lines.Where((_, i) => !gone.Contains(i))), gone.Count);
    }

    /// <summary>Rules and facts as they are known after the last correction.</summary>
    private static ContentFiles Corrected(ContentFiles files, VersionState state)
    {
        var facts = new StringBuilder();
        foreach (var fact in state.Section("facts"))
        {
            YamlText.Write(facts, fact.Canonical(), 0);
        }
        var rules = new StringBuilder();
        foreach (var (section, entries) in state.Entries.Where(e => e.Key != "facts" && !e.Value.IsEmpty).OrderBy(e => e.Key, StringComparer.Ordinal))
        {
            rules.Append(section).Append(":\n");
            foreach (var entry in entries)
            {
                YamlText.Write(rules, entry.Canonical(), 2);
            }
        }
        files = facts.Length > 0 ? files.With("facts.yaml", facts.ToString()) : files.Without("facts.yaml");
        return rules.Length > 0 ? files.With("rules.yaml", rules.ToString()) : files.Without("rules.yaml");
    }

    [GeneratedRegex(@"^([a-z][a-z-]*):[^\n]*(?:\n(?=[ \t]|- |\z|\r?\n)[^\n]*)*\n?", RegexOptions.Multiline)]
    private static partial Regex TopLevel();
}

/// <summary>Writes an entry, as it was read, as YAML: an item of a list, every value in double quotes.</summary>
internal static class YamlText
{
    public static void Write(StringBuilder yaml, object entry, int indent)
    {
        var lead = new string(' ', indent);
        foreach (var ((key, value), i) in ((IReadOnlyDictionary<string, object>)entry).Select((e, i) => (e, i)))
        {
            yaml.Append(lead).Append(i == 0 ? "- " : "  ").Append(key).Append(": ").Append(Flow(value)).Append('\n');
        }
    }

    private static string Flow(object value) => value switch
    {
        string text => YamlScalars.Quoted(text),
        IReadOnlyDictionary<string, object> map => $"{{ {string.Join(", ", map.Select(m => $"{m.Key}: {Flow(m.Value)}"))} }}",
        IEnumerable<object> list => $"[{string.Join(", ", list.Select(Flow))}]",
        _ => throw new ArgumentException($"A {value.GetType().Name} is no value of an entry.", nameof(value)),
    };
}
