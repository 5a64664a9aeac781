using System.CommandLine;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Rendering;
using Terms.Resolution;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms export</c>: a text as HTML, Markdown, plain text, JSON or a Word file; or the whole catalogue as files.</summary>
internal static class ExportCommand
{
    public static Command Create(TimeProvider clock)
    {
        var data = new Option<string?>("--data") { Description = "The data folder of a store: what it has published is laid over the content folder, as the server does. May run beside the server." };
        var content = new Option<string?>("--content") { Description = "The content folder that is read; default: the nearest folder `content` with a catalogue.yaml, from here upwards. Alone: the new folder, as --content-to." };
        var agreement = new Option<string?>("--agreement") { Description = "The agreement." };
        var version = new Option<string?>("--version") { Description = "The version. Default: the latest that is known." };
        var language = new Option<string?>("--lang") { Description = "The language. Default: the first that the version has." };
        var rendering = new Option<int>("--rendering") { Description = "The rendering in that language.", DefaultValueFactory = _ => 1 };
        var format = new Option<string>("--format") { Description = "html, markdown, text, json or docx.", DefaultValueFactory = _ => "text" };
        var output = new Option<string?>("--out") { Description = "A file to write; docx needs one. Default: the terminal." };
        var contentTo = new Option<string?>("--content-to") { Description = "A new folder, to which the whole catalogue is written as files; they load to the same digests. With --data, what the store has published is among them." };
        format.AcceptOnlyFromAmong("html", "markdown", "text", "json", "docx");
        var command = new Command("export", "Writes a text as HTML, Markdown, plain text, JSON or a Word file, or the whole catalogue as files.")
        {
            content, data, agreement, version, language, rendering, format, output, contentTo,
        };
        command.Validators.Add(parsed =>
        {
            var isWhole = parsed.GetValue(contentTo) is not null;
            if (parsed.GetValue(agreement) is null ? !isWhole && parsed.GetValue(content) is null : isWhole)
            {
                parsed.AddError("Send --agreement AGREEMENT for one text, or --content-to FOLDER for the whole catalogue.");
            }
        });
        command.SetAction(parsed =>
        {
            var (read, write) = parsed.GetValue(agreement) is null && parsed.GetValue(contentTo) is null ? (null, parsed.GetValue(content)) : (parsed.GetValue(content), parsed.GetValue(contentTo));
            var corpus = Corpus.Load(Published(Folder.Find(read), parsed.GetValue(data)));
            if (write is not null)
            {
                return WriteContent(corpus, write);
            }
            var now = clock.GetUtcNow();
            var known = FactsCommand.Versions(corpus.Catalogue, parsed.GetValue(agreement), parsed.GetValue(version)).Where(v => v.Details.Recorded <= now).ToList();
            var found = known.LastOrDefault(v => !v.IsWithdrawn(now)) ?? known.Last();
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

    private static ContentFiles Published(string content, string? data) => data is null
        ? ContentFiles.Load(content)
        : PublishedVersions.Of(new StoreFolders(Path.GetFullPath(data))).Aggregate(ContentFiles.Load(content), (files, version) => version.Over(files));

    private static int WriteContent(Corpus corpus, string folder)
    {
        try
        {
            corpus.Files.WriteTo(folder);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new WrongCallException(refused.Message);
        }
        Console.Error.WriteLine($"Wrote {corpus.Files.Paths.Count()} files to {folder}.");
        return 0;
    }
}
