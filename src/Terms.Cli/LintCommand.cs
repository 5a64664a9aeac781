using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary><c>terms lint [PATH]</c>: every problem of a content folder, with file and line.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("path") { Description = "The content folder. Default: the nearest folder `content`.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Prints the problems as data." };
        var command = new Command("lint", "Reads a content folder and prints every problem with file, line and remedy.") { path, json };
        command.SetAction(parsed =>
        {
            var problems = new ProblemList();
            var corpus = Corpus.Read(Folder.Find(parsed.GetValue(path)), problems);
            var sorted = problems.Sorted();
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize<IReadOnlyList<ProblemDocument>>([.. sorted.Select(p => new ProblemDocument(p.File, p.Line, p.What, p.Remedy))], TermsJson.Indented.IReadOnlyListProblemDocument));
            }
            else
            {
                foreach (var problem in sorted)
                {
                    Console.WriteLine(problem);
                }
                var versions = corpus.Catalogue.Agreements.Sum(a => a.Versions.Length);
                Console.Error.WriteLine($"{corpus.Catalogue.Agreements.Length} agreements, {versions} versions, {sorted.Count} problems.");
            }
            return sorted.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
