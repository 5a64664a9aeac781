using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>An entry that cannot be written as asked; nothing has changed.</summary>
/// <param name="problems">What is wrong; lines are those of the entry, counted from 1.</param>
public sealed class EntryRefusedException(ImmutableArray<Problem> problems) : Exception(string.Join(' ', problems.Select(p => $"{p.What}. {p.Remedy}")))
{
    /// <summary>What is wrong, with the lines of the entry.</summary>
    public ImmutableArray<Problem> Problems { get; } = problems;
}

/// <summary>The facts and rules of a draft, one by one. An entry is written only if it is right as it stands; the rest of its file stays letter for letter.</summary>
public static class DraftEntries
{
    /// <summary>The file of facts.</summary>
    public const string FactsFile = "facts.yaml";

    /// <summary>The file of rules.</summary>
    public const string RulesFile = "rules.yaml";

    /// <summary>The section of facts.</summary>
    public const string Facts = "facts";

    /// <summary>The sections that there are: facts, then those of rules.</summary>
    public static readonly ImmutableArray<string> Sections = [Facts, "parties", "law", "forum", "precedence", "other-readings"];

    /// <summary>All entries, in the order of the files; those of a file that cannot be read are not among them.</summary>
    public static ImmutableArray<YamlEntry> Of(ContentFiles files) => [.. Read(files, FactsFile, new())?.All ?? [], .. Read(files, RulesFile, new())?.All ?? []];

    /// <summary>The entry of a section with an id; null if there is none.</summary>
    public static YamlEntry? Find(ContentFiles files, string section, string id) => Read(files, FileOf(section), new())?.Find(section, id);

    /// <summary>The draft with an entry that says something else, or with one more.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="section">The section.</param>
    /// <param name="id">The id of the entry; null for a new one.</param>
    /// <param name="says">What it is to say.</param>
    /// <param name="published">What is published.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="EntryRefusedException">The entry would be wrong; the exception says what is.</exception>
    public static Draft Write(Draft draft, string section, string? id, IReadOnlyDictionary<string, object> says, Corpus published, DateTimeOffset now) =>
        Written(draft, section, id, (entries, old) => old is null ? entries.Add(section, YamlEntries.Block(says)) : entries.Replace(old, says), says, published, now);

    /// <summary>The draft with the lines of an entry as they are given.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="section">The section.</param>
    /// <param name="id">The id of the entry; null for a new one.</param>
    /// <param name="source">The lines, without the dash of the list.</param>
    /// <param name="published">What is published.</param>
    /// <param name="now">The moment.</param>
    /// <exception cref="EntryRefusedException">The lines are no entry, or the entry would be wrong.</exception>
    public static Draft Write(Draft draft, string section, string? id, string source, Corpus published, DateTimeOffset now)
    {
        var problems = new ProblemList();
        if (YamlMap.Parse(FileOf(section), source, problems) is not { } map || problems.Count > 0)
        {
            throw new EntryRefusedException([.. problems.Sorted()]);
        }
        return Written(draft, section, id, (entries, old) => old is null ? entries.Add(section, source) : entries.Write(old, source), (IReadOnlyDictionary<string, object>)map.Canonical(), published, now);
    }

    /// <summary>The draft without an entry.</summary>
    /// <exception cref="EntryRefusedException">There is no such entry.</exception>
    public static Draft Remove(Draft draft, string section, string id)
    {
        var (entries, file) = (Open(draft.Files, section), FileOf(section));
        var without = entries.Remove(entries.Find(section, id) ?? throw Gone(section, id));
        return draft.With(without.Trim().Length == 0 ? draft.Files.Without(file) : draft.Files.With(file, without));
    }

    private static Draft Written(
        Draft draft, string section, string? id, Func<YamlEntries, YamlEntry?, string> write, IReadOnlyDictionary<string, object> says, Corpus published, DateTimeOffset now)
    {
        var (file, entries) = (FileOf(section), Open(draft.Files, section));
        var old = id is null ? null : entries.Find(section, id) ?? throw Gone(section, id);
        var text = write(entries, old);
        var problems = new ProblemList();
        var after = YamlEntries.Read(file, text, section == Facts ? Facts : null, problems)?.All.ToList();
        var written = after?.Where(e => e.Section == section).ElementAtOrDefault(old?.Place ?? entries.All.Count(e => e.Section == section));
        if (after is null || written is null || after.Count != entries.All.Count() + (old is null ? 1 : 0) || !YamlEntries.IsSame(written.Says, says))
        {
            throw new EntryRefusedException([problems.Sorted() is [var first, ..] ? first with { Line = 1 } : new Problem(file, 1, "the lines are not one entry of the file", "Write `key: value` lines, each of them to the left edge or below a key.")]);
        }
        var revised = draft.With(draft.Files.With(file, text));
        var wrong = DraftReading.Of(revised, published, now).Problems.Where(p => p.File == file && p.Line >= written.Line && p.Line <= written.LastLine).ToImmutableArray();
        return wrong.IsEmpty ? revised : throw new EntryRefusedException([.. wrong.Select(p => p with { Line = p.Line - written.Line + 1 })]);
    }

    private static YamlEntries Open(ContentFiles files, string section)
    {
        var problems = new ProblemList();
        return Read(files, FileOf(section), problems) ?? throw new EntryRefusedException([.. problems.Sorted()]);
    }

    private static YamlEntries? Read(ContentFiles files, string file, ProblemList problems) => YamlEntries.Read(file, files.Text(file) ?? "", file == FactsFile ? Facts : null, problems);

    private static string FileOf(string section) => section == Facts ? FactsFile : Sections.Contains(section) ? RulesFile : throw new ArgumentException($"`{section}` is no section of facts or rules. Use: {string.Join(", ", Sections)}.", nameof(section));

    private static EntryRefusedException Gone(string section, string id) => new([new Problem(FileOf(section), 1, $"`{section}/{id}` is not in the draft any more", "Add it anew if it is to be there.")]);
}
