using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Facts;

namespace Terms.Cli;

/// <summary><c>terms facts</c>: the facts of a version as data.</summary>
internal static class FactsCommand
{
    public static Command Create(TimeProvider clock)
    {
        var content = Folder.Option();
        var agreement = new Option<string?>("--agreement") { Description = "One agreement. Default: all." };
        var version = new Option<string?>("--version") { Description = "One of its versions. Default: all." };
        var kind = new Option<string?>("--kind") { Description = $"One of: {string.Join(", ", FactKind.All)}." };
        var clause = new Option<string?>("--clause") { Description = "Only facts that cite this clause, such as 6.7." };
        var json = new Option<bool>("--json") { Description = "Prints the facts as data, as the API does." };
        kind.AcceptOnlyFromAmong([.. FactKind.All]);
        var command = new Command("facts", "Lists what the texts say on caps, notices, time limits and the like, with clause and quote.") { content, agreement, version, kind, clause, json };
        command.SetAction(parsed =>
        {
            var corpus = Folder.Load(parsed.GetValue(content));
            var facts = Versions(corpus.Catalogue, parsed.GetValue(agreement), parsed.GetValue(version)).Where(v => v.StateAt(clock.GetUtcNow()) is not null)
                .SelectMany(v => corpus.Knowledge(v.StateAt(clock.GetUtcNow())!).Facts)
                .Where(f => parsed.GetValue(kind) is not { } k || f.Origin.Kind == k).Where(f => parsed.GetValue(clause) is not { } c || f.Clauses.Contains(c)).ToList();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize<IReadOnlyList<FactDocument>>([.. facts.Select(CatalogueDocuments.Document)], TermsJson.Indented.IReadOnlyListFactDocument));
            }
            else
            {
                facts.ForEach(f => Console.WriteLine($"{f.Origin.Version.Path} {string.Join(", ", f.Clauses)}  {f.Origin.Kind}  {f.Id}: {f.Origin.Summary ?? f.Origin.NotStated}"));
            }
            return facts.Count > 0 ? 0 : 1;
        });
        return command;
    }

    internal static IEnumerable<AgreementVersion> Versions(AgreementCatalogue catalogue, string? agreement, string? version)
    {
        if (agreement is null)
        {
            return version is null ? catalogue.Agreements.SelectMany(a => a.Versions) : throw new WrongCallException("--version needs --agreement.");
        }
        var found = catalogue.Find(agreement) ?? throw new WrongCallException(Resolution.QuestionReader.UnknownAgreement(catalogue, agreement));
        return version is null
            ? found.Versions
            : [found.Version(version) ?? throw new WrongCallException($"{found.Id} has no version {version}. Send one of: {string.Join(", ", found.Versions.Select(v => v.Id.Value))}.")];
    }
}
