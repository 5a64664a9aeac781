using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Export;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary><c>terms lint [PATH]</c>: every problem of a content folder or of a document, then every finding about its texts, with file and line.</summary>
internal static class LintCommand
{
    public static Command Create()
    {
        var path = new Argument<string?>("path") { Description = "The content folder, or a document (DOCX, HTML, Markdown, plain text). Default: the nearest folder `content`.", Arity = ArgumentArity.ZeroOrOne };
        var json = new Option<bool>("--json") { Description = "Prints problems and findings as data, accepted findings included." };
        var command = new Command("lint", "Reads a content folder, or a document, and prints every problem and every finding (docs/lint.md) with file, line and remedy.") { path, json };
        command.SetAction(parsed => parsed.GetValue(path) is { } file && File.Exists(file) ? LintDocument(file, parsed.GetValue(json)) : LintFolder(parsed.GetValue(path), parsed.GetValue(json)));
        return command;
    }

    private static int LintFolder(string? path, bool asJson)
    {
        var noted = new ProblemList();
        var corpus = Corpus.Read(Folder.Find(path), noted);
        var lint = ContentLint.Of(corpus);
        IReadOnlyList<Problem> problems = [.. noted.Sorted(), .. lint.Stale];
        var versions = corpus.Catalogue.Agreements.Sum(a => a.Versions.Length);
        Print(
            problems, lint.Open, asJson ? Terms.Export.LintDocument.Of(problems, lint) : null,
            $"{corpus.Catalogue.Agreements.Length} agreements, {versions} versions, {problems.Count} problems, {lint.Open.Length} findings, {lint.Accepted.Length} accepted.");
        return problems.Count == 0 && lint.Open.IsEmpty ? 0 : 1;
    }

    private static int LintDocument(string file, bool asJson)
    {
        var document = ImportCommand.Read(file);
        var lint = DocumentLint.Of(document);
        Print(
            lint.Problems, [.. lint.Findings.Select(f => f.Finding)], asJson ? Terms.Export.LintDocument.Of(lint) : null,
            $"{document.Versions.Length} texts, {lint.Problems.Length} problems, {lint.Findings.Length} findings.");
        return lint.Problems.IsEmpty && lint.Findings.IsEmpty ? 0 : 1;
    }

    private static void Print(IReadOnlyList<Problem> problems, IReadOnlyList<LintFinding> findings, LintDocument? asJson, string counted)
    {
        if (asJson is not null)
        {
            Console.WriteLine(JsonSerializer.Serialize(asJson, TermsJson.Indented.LintDocument));
            return;
        }
        foreach (var line in problems.Select(p => p.ToString()).Concat(findings.Select(f => f.ToString())))
        {
            Console.WriteLine(line);
        }
        Console.Error.WriteLine(counted);
    }
}
