using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Export;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary><c>terms compare OLD NEW</c>: what changed between two versions, and for whom.</summary>
internal static class CompareCommand
{
    public static Command Create(TimeProvider clock)
    {
        var old = new Argument<string>("old") { Description = "The old version: agreement/version, such as free-membership/2024-07-12, its folder, or a document; FILE:2 is the second text of one." };
        var @new = new Argument<string>("new") { Description = "The new version, likewise; the same one to compare two of its renderings." };
        var content = Folder.Option();
        var oldRendering = new Option<int>("--old-rendering") { Description = "Which rendering of the old version.", DefaultValueFactory = _ => 1 };
        var newRendering = new Option<int>("--new-rendering") { Description = "Which rendering of the new version.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Prints the comparison as data, as the API does." };
        var command = new Command("compare", "Compares two versions: clauses, words, facts, rules, and for whom the company, law, forum or cap changes.") { old, @new, content, oldRendering, newRendering, json };
        command.SetAction(parsed =>
        {
            var (oldName, newName) = (parsed.GetValue(old)!, parsed.GetValue(@new)!);
            if (File.Exists(DocumentText.File(oldName)) && File.Exists(DocumentText.File(newName)))
            {
                return Print(TextComparison.Of(DocumentText.Read(oldName), DocumentText.Read(newName)), parsed.GetValue(json));
            }
            var folder = Content(oldName) ?? Content(newName);
            var resolver = new Resolver(Folder.Load(parsed.GetValue(content) ?? folder));
            var (from, to) = (Version(resolver.Corpus.Catalogue, oldName, clock), Version(resolver.Corpus.Catalogue, newName, clock));
            var comparison = VersionComparison.Of(
                resolver, from, Rendering(from, parsed.GetValue(oldRendering)), to, Rendering(to, parsed.GetValue(newRendering)), clock.GetUtcNow());
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(ComparisonDocuments.Document(comparison), TermsJson.Indented.ComparisonDocument));
            }
            else
            {
                foreach (var line in ComparisonSentences.Lines(comparison))
                {
                    Console.WriteLine(line);
                }
            }
            return comparison.Text.Changes.Any() ? 1 : 0;
        });
        return command;
    }

    private static int Print(TextComparison comparison, bool asJson)
    {
        if (asJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(ComparisonDocuments.Document(comparison), TermsJson.Indented.IReadOnlyListClauseChangeDocument));
        }
        else
        {
            foreach (var line in ComparisonSentences.Lines(comparison))
            {
                Console.WriteLine(line);
            }
        }
        return comparison.Changes.Any() ? 1 : 0;
    }

    /// <summary>The content folder around a version's folder; null if a name was given.</summary>
    private static string? Content(string name) =>
        Directory.Exists(name) && new DirectoryInfo(Path.GetFullPath(name)) is { Parent.Parent: { Name: "agreements", Parent: { } content } } ? content.FullName : null;

    private static AgreementVersion Version(AgreementCatalogue catalogue, string name, TimeProvider clock)
    {
        if (File.Exists(DocumentText.File(name)))
        {
            throw new WrongCallException($"{name} is a document. Compare it with another document, or import it and compare the version's folder.");
        }
        var parts = (Directory.Exists(name) ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(name)).Replace('\\', '/') : name).Split('/');
        if (parts.Length < 2)
        {
            throw new WrongCallException($"`{name}` is not a version. Write agreement/version, such as free-membership/2024-07-12, or its folder.");
        }
        return FactsCommand.Versions(catalogue, parts[^2], parts[^1]).Single() is var version && version.StateAt(clock.GetUtcNow()) is not null
            ? version
            : throw new WrongCallException($"{name} is recorded later than now.");
    }

    private static TermsText Rendering(AgreementVersion version, int number) => version.Rendering(number)
        ?? throw new WrongCallException($"{version.Path} has no rendering {number}. It has: {string.Join(", ", version.Texts.Where(t => t.Language == version.Texts[0].Language).Select(t => t.Number))}.");
}
