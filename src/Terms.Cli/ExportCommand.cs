using System.CommandLine;
using System.Text.Json;
using Terms.Export;
using Terms.Rendering;

namespace Terms.Cli;

/// <summary><c>terms export</c>: a text as HTML, Markdown, plain text, JSON or a Word file.</summary>
internal static class ExportCommand
{
    public static Command Create(TimeProvider clock)
    {
        var content = Folder.Option();
        var agreement = new Option<string>("--agreement") { Description = "The agreement.", Required = true };
        var version = new Option<string?>("--version") { Description = "The version. Default: the latest that is known." };
        var language = new Option<string?>("--lang") { Description = "The language. Default: the first that the version has." };
        var rendering = new Option<int>("--rendering") { Description = "The rendering in that language.", DefaultValueFactory = _ => 1 };
        var format = new Option<string>("--format") { Description = "html, markdown, text, json or docx.", DefaultValueFactory = _ => "text" };
        var output = new Option<string?>("--out") { Description = "A file to write; docx needs one. Default: the terminal." };
        format.AcceptOnlyFromAmong("html", "markdown", "text", "json", "docx");
        var command = new Command("export", "Writes a text as HTML, Markdown, plain text, JSON or a Word file.") { content, agreement, version, language, rendering, format, output };
        command.SetAction(parsed =>
        {
            var corpus = Folder.Load(parsed.GetValue(content));
            var found = FactsCommand.Versions(corpus.Catalogue, parsed.GetValue(agreement), parsed.GetValue(version)).Last(v => v.Details.Recorded <= clock.GetUtcNow());
            var text = found.Text(parsed.GetValue(language) ?? found.Texts[0].Language, parsed.GetValue(rendering))
                ?? throw new WrongCallException($"{found.Path} has no such rendering. It has: {string.Join(", ", found.Texts.Select(t => $"--lang {t.Language} --rendering {t.Number}"))}.");
            if (parsed.GetValue(format) == "docx")
            {
                var word = parsed.GetValue(output) ?? throw new WrongCallException("A Word file needs a name. Send --out FILE.docx.");
                Folder.Write(word, WordExport.Docx(found, text));
                return 0;
            }
            var words = parsed.GetValue(format) switch
            {
                "html" => TextRenderer.Html(found, text),
                "markdown" => TextRenderer.Markdown(found, text),
                "json" => JsonSerializer.Serialize(CatalogueDocuments.Document(found, text), TermsJson.Indented.TextDocument),
                _ => TextRenderer.PlainText(found, text),
            };
            if (parsed.GetValue(output) is { } file)
            {
                File.WriteAllText(file, words);
                Console.Error.WriteLine($"Wrote {file}.");
            }
            else
            {
                Console.WriteLine(words);
            }
            return 0;
        });
        return command;
    }
}
