using System.CommandLine;
using Terms.Catalogue;
using Terms.Export;

namespace Terms.Cli;

/// <summary><c>terms redline OLD NEW --out FILE.docx</c>: the differences as tracked changes, proved before the file is written.</summary>
internal static class RedlineCommand
{
    private const string Forms = "a version such as free-membership/2024-07-12, the folder of one, or a .docx file";

    public static Command Create(TimeProvider clock)
    {
        var content = Folder.Option();
        var oldText = new Argument<string>("OLD") { Description = $"The old text: {Forms}." };
        var newText = new Argument<string>("NEW") { Description = $"The new text: {Forms}." };
        var language = new Option<string?>("--lang") { Description = "The language. Default: the first that the new version has." };
        var oldRendering = new Option<int>("--old-rendering") { Description = "The rendering of the old version in that language.", DefaultValueFactory = _ => 1 };
        var newRendering = new Option<int>("--new-rendering") { Description = "The rendering of the new version in that language.", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--out") { Description = "The Word file to write.", Required = true };
        var command = new Command("redline", "Writes a Word file with the differences between two texts as tracked changes.") { oldText, newText, content, language, oldRendering, newRendering, output };
        command.SetAction(parsed =>
        {
            var (from, to) = (parsed.GetValue(oldText)!, parsed.GetValue(newText)!);
            if (IsWordFile(from) != IsWordFile(to))
            {
                throw new WrongCallException("A Word file is compared with a Word file. Write the version with `terms export --format docx` first.");
            }
            if (IsWordFile(from))
            {
                var (oldFile, newFile) = (Document(from), Document(to));
                Folder.Write(parsed.GetValue(output)!, Redline.Between(oldFile, newFile, clock.GetUtcNow()));
                foreach (var omission in oldFile.Omissions.Select(o => $"{from}: {o}.").Concat(newFile.Omissions.Select(o => $"{to}: {o}.")))
                {
                    Console.Error.WriteLine(omission);
                }
                return 0;
            }
            var (before, after) = (Version(from, parsed.GetValue(content)), Version(to, parsed.GetValue(content)));
            var tongue = parsed.GetValue(language) ?? after.Texts[0].Language;
            Folder.Write(parsed.GetValue(output)!, Redline.Between(before, Text(before, tongue, parsed.GetValue(oldRendering)), after, Text(after, tongue, parsed.GetValue(newRendering))));
            return 0;
        });
        return command;
    }

    private static bool IsWordFile(string name) => name.EndsWith(".docx", StringComparison.OrdinalIgnoreCase);

    private static WordDocument Document(string file)
    {
        try
        {
            return WordDocument.Read(Path.GetFileName(file), File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongCallException($"{file} cannot be read: {e.Message}");
        }
    }

    /// <summary>A version by its name in the content folder, or by its own folder.</summary>
    private static AgreementVersion Version(string name, string? content)
    {
        if (File.Exists(Path.Combine(name, "version.yaml")))
        {
            var folder = new DirectoryInfo(Path.GetFullPath(name));
            var root = folder.Parent?.Parent?.Parent?.FullName;
            if (root is null || !File.Exists(Path.Combine(root, "catalogue.yaml")))
            {
                throw new WrongCallException($"{name} is not a version in a content folder: there is no catalogue.yaml three folders up.");
            }
            (content, name) = (root, $"{folder.Parent!.Name}/{folder.Name}");
        }
        return name.Split('/') is [var agreement, var version]
            ? FactsCommand.Versions(Folder.Load(content).Catalogue, agreement, version).Single()
            : throw new WrongCallException($"{name} is not a text. Send {Forms}.");
    }

    private static TermsText Text(AgreementVersion version, string language, int rendering) =>
        version.Text(language, rendering)
            ?? throw new WrongCallException($"{version.Path} has no rendering {rendering} in {language}. It has: {string.Join("; ", version.Texts.Select(t => $"{t.Language} {t.Number}"))}.");
}
