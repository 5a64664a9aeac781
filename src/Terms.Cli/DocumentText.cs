using Terms.Catalogue;
using Terms.Import;

namespace Terms.Cli;

/// <summary>One text of a document: <c>FILE</c>, or <c>FILE:2</c> where it holds several.</summary>
internal static class DocumentText
{
    /// <summary>The file that a name means.</summary>
    public static string File(string name) => Split(name).File;

    /// <summary>Imports the file and takes the text.</summary>
    /// <exception cref="WrongCallException">The file holds several texts and the name does not say which, or it holds fewer.</exception>
    public static TermsText Read(string name)
    {
        var (file, number) = Split(name);
        using var stream = System.IO.File.OpenRead(file);
        var texts = DocumentImporter.Import(Path.GetFileName(file), stream).Versions;
        if (texts.Length == 1 && number is null or 1)
        {
            return texts[0].Text;
        }
        return number is { } n && n >= 1 && n <= texts.Length
            ? texts[n - 1].Text
            : throw new WrongCallException($"{file} holds {texts.Length} texts. Name one: {string.Join(", ", texts.Select((t, i) => $"{file}:{i + 1} ({t.Title}, {t.Id})"))}.");
    }

    private static (string File, int? Number) Split(string name) =>
        name.LastIndexOf(':') is var colon and > 1 && int.TryParse(name[(colon + 1)..], out var number) ? (name[..colon], number) : (name, null);
}
