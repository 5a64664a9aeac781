using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Terms.Comparison;
using Terms.Import;

namespace Terms.Cli;

/// <summary><c>terms import FILE… --out DIR</c>: documents as folders of content, and what was found and is wrong.</summary>
internal static class ImportCommand
{
    public static Command Create(TimeProvider clock)
    {
        var files = new Argument<string[]>("files") { Description = "DOCX, HTML, Markdown or plain text.", Arity = ArgumentArity.OneOrMore };
        var output = new Option<string>("--out") { Description = "The content folder to write: agreements/…, and catalogue.yaml if there is none.", Required = true };
        var reportFile = new Option<string?>("--report") { Description = "A file for the report; JSON if its name ends in .json." };
        var json = new Option<bool>("--json") { Description = "Prints the report as data." };
        var command = new Command("import", "Splits documents into agreements, versions and clauses, and writes them as content.") { files, output, reportFile, json };
        command.SetAction(parsed =>
        {
            var documents = (parsed.GetValue(files) ?? []).Select(Read).ToList();
            var written = ContentWriter.Write(Path.GetFullPath(parsed.GetValue(output)!), documents, clock.GetUtcNow());
            var linted = documents.ConvertAll(d => (Document: d, Lint: DocumentLint.Of(d)));
            var asJson = JsonSerializer.Serialize<IReadOnlyList<ImportDocument>>(linted.ConvertAll(l => Document(l.Document, l.Lint)), ImportJson.Indented.IReadOnlyListImportDocument);
            var asText = string.Concat(linted.Select(l => Text(l.Document, l.Lint)));
            if (parsed.GetValue(reportFile) is { } file)
            {
                File.WriteAllText(file, file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? asJson : asText);
            }
            Console.WriteLine(parsed.GetValue(json) ? asJson : asText.TrimEnd());
            Console.Error.WriteLine($"Wrote {written.Count} files to {parsed.GetValue(output)}.");
            return linted.TrueForAll(l => l.Lint.Problems.IsEmpty && l.Lint.Findings.IsEmpty) ? 0 : 1;
        });
        return command;
    }

    /// <summary>Imports a file.</summary>
    /// <exception cref="WrongCallException">There is no such file.</exception>
    public static ImportedDocument Read(string file)
    {
        if (!File.Exists(file))
        {
            throw new WrongCallException($"There is no file {file}.");
        }
        using var stream = File.OpenRead(file);
        return DocumentImporter.Import(Path.GetFileName(file), stream);
    }

    private static string Text(ImportedDocument document, DocumentLint lint)
    {
        var text = new StringBuilder($"{document.Name}\n");
        Section("Found", document.Report.Found.Select(f => $"{f.Line}: {f.Words}"));
        Section("Problems", lint.Problems.Select(p => $"{p.Line}: {p.What}. {p.Remedy}"));
        Section("Findings", lint.Findings.Select(f => $"{f.Finding.Line}: {f.Finding.Code} {f.Finding.What}{(f.Finding.Clause is { } clause ? $" (clause {clause})" : "")}. {f.Finding.Remedy}"));
        Section("Notes", document.Report.Notes.Select(n => $"{n.Line}: {n.Words}"));
        Section("Left out", document.Report.LeftOut.Select(l => $"{l.Line}: {l.Reason}: {l.Text.ReplaceLineEndings(" ")}"));
        return text.Append('\n').ToString();

        void Section(string head, IEnumerable<string> lines)
        {
            foreach (var (line, i) in lines.Select((l, i) => (l, i)))
            {
                text.Append(i == 0 ? $"  {head}:\n" : "").Append("    ").Append(line).Append('\n');
            }
        }
    }

    private static ImportDocument Document(ImportedDocument document, DocumentLint lint) => new(
        document.Name,
        [.. document.Versions.Select(v => new ImportVersionDocument(
            v.SuggestedId.Value, v.Id.Value, v.Title, v.Announced, v.Effective, v.Text.Language, v.Text.Number, v.IsExcerpt, v.Line, [.. v.Text.All.Select(c => c.Label.Value)]))],
        [.. document.Report.Found], [.. lint.Problems.Select(p => new ImportProblemDocument(p.Line, p.What, p.Remedy))],
        [.. lint.Findings.Select(f => new ImportFindingDocument(f.Version.SuggestedId.Value, f.Version.Id.Value, f.Finding.Line, f.Finding.Code, f.Finding.Clause, f.Finding.What, f.Finding.Remedy))], [.. document.Report.Notes], [.. document.Report.LeftOut]);
}

/// <summary>The report of one document as data.</summary>
internal sealed record ImportDocument(
    string File, IReadOnlyList<ImportVersionDocument> Versions, IReadOnlyList<ImportRemark> Found, IReadOnlyList<ImportProblemDocument> Problems,
    IReadOnlyList<ImportFindingDocument> Findings, IReadOnlyList<ImportRemark> Notes, IReadOnlyList<LeftOutText> LeftOut);

/// <summary>One text of the document.</summary>
internal sealed record ImportVersionDocument(
    string Agreement, string Version, string Title, DateOnly? Announced, DateOnly? Effective, string Language, int Rendering, bool IsExcerpt, int Line, IReadOnlyList<string> Clauses);

/// <summary>Something that is wrong with the document.</summary>
internal sealed record ImportProblemDocument(int Line, string What, string Remedy);

/// <summary>A finding of the linter about one text of the document.</summary>
internal sealed record ImportFindingDocument(string Agreement, string Version, int Line, string Code, string? Clause, string What, string Remedy);

/// <summary>How the report is serialized.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyList<ImportDocument>))]
internal sealed partial class ImportJson : JsonSerializerContext
{
    /// <summary>Indented, and with letters of all scripts as they are.</summary>
    public static ImportJson Indented { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
