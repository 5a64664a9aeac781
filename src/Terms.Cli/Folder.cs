using System.CommandLine;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary>A call that names something that is not there, or leaves out what is needed: status 2.</summary>
internal sealed class WrongCallException(string message) : Exception(message);

/// <summary>The content folder that a command reads.</summary>
internal static class Folder
{
    public static Option<string?> Option() => new("--content") { Description = "The content folder. Default: the nearest folder `content` with a catalogue.yaml, from here upwards." };

    /// <summary>Finds and reads the folder.</summary>
    public static Corpus Load(string? path) => Corpus.Load(Find(path));

    /// <summary>Writes a file and says so.</summary>
    public static void Write(string file, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(file, bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongCallException($"{file} cannot be written: {e.Message}");
        }
        Console.Error.WriteLine($"Wrote {file}.");
    }

    public static string Find(string? path)
    {
        if (path is not null)
        {
            return Path.GetFullPath(path);
        }
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            var content = Path.Combine(folder.FullName, "content");
            if (File.Exists(Path.Combine(content, "catalogue.yaml")))
            {
                return content;
            }
        }
        throw new WrongCallException("No content folder was found from here upwards. Name it with --content FOLDER.");
    }
}
