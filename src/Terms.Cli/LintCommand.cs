using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary><c>terms lint [PATH]</c>: every problem of a content folder, then every finding about its texts, with file and line.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("path") { Description = "The content folder. Default: the nearest folder `content`.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Prints problems and findings as data, accepted findings included." };
        var command = new Command("lint", "Reads a content folder and prints every problem and every finding (docs/lint.md) with file, line and remedy.") { path, json };
        command.SetAction(parsed =>
        {
            var noted = new ProblemList();
            var corpus = Corpus.Read(Folder.Find(parsed.GetValue(path)), noted);
            var lint = ContentLint.Of(corpus);
            IReadOnlyList<Problem> problems = [.. noted.Sorted(), .. lint.Stale];
            if (parsed.GetValue(json))
            {
                Console.WriteLine(JsonSerializer.Serialize(LintDocument.Of(problems, lint), TermsJson.Indented.LintDocument));
            }
            else
            {
                foreach (var problem in problems)
                {
                    Console.WriteLine(problem);
                }
                foreach (var finding in lint.Open)
                {
                    Console.WriteLine(finding);
                }
                var versions = corpus.Catalogue.Agreements.Sum(a => a.Versions.Length);
                Console.Error.WriteLine(
                    $"{corpus.Catalogue.Agreements.Length} agreements, {versions} versions, {problems.Count} problems, {lint.Open.Length} findings, {lint.Accepted.Length} accepted.");
            }
            return problems.Count == 0 && lint.Open.IsEmpty ? 0 : 1;
        });
        return command;
    }
}
