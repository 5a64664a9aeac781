using System.Text;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests;

/// <summary>A content folder of a test's own: tests/catalogues/base in a temporary place, with files put over it.</summary>
internal sealed class ContentFolder : IDisposable
{
    /// <summary>A file that ends so is laid in this encoding, without the ending; what is in the repository is all plain UTF-8.</summary>
    private static readonly Dictionary<string, Encoding> Encodings = new(StringComparer.Ordinal) { [".latin-1"] = Encoding.Latin1, [".with-bom"] = new UTF8Encoding(true) };

    private readonly string folder = Directory.CreateTempSubdirectory("terms-content-").FullName;

    public ContentFolder() => Lay(Repository.Folder("tests/catalogues/base"));

    /// <summary>Puts the files of a case over those that are there; <c>remove.txt</c> names the ones that go.</summary>
    public ContentFolder Over(string caseFolder)
    {
        Lay(caseFolder);
        var remove = Path.Combine(caseFolder, "remove.txt");
        foreach (var name in File.Exists(remove) ? File.ReadAllLines(remove).Where(l => l.Length > 0) : [])
        {
            File.Delete(Full(name));
        }
        return this;
    }

    /// <summary>Writes a file.</summary>
    public ContentFolder With(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Full(name))!);
        File.WriteAllText(Full(name), text, new UTF8Encoding(false));
        return this;
    }

    /// <summary>Replaces words in a file that is there.</summary>
    public ContentFolder Mend(string name, string words, string by)
    {
        var text = File.ReadAllText(Full(name));
        Assert.Contains(words, text, StringComparison.Ordinal);
        return With(name, text.Replace(words, by, StringComparison.Ordinal));
    }

    /// <summary>Ends every line of every file as another system would.</summary>
    public ContentFolder WithLineEnds(string end)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            File.WriteAllText(file, File.ReadAllText(file).ReplaceLineEndings(end), new UTF8Encoding(false));
        }
        return this;
    }

    /// <summary>Reads the folder; there must be no problem.</summary>
    public Corpus Load() => Corpus.Load(folder);

    /// <summary>The problems of the folder, as they are printed.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new ProblemList();
        Corpus.Read(folder, problems);
        return [.. problems.Sorted().Select(p => p.ToString())];
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Full(string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    private void Lay(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var name = Path.GetRelativePath(source, file);
            if (name is not ("expected.txt" or "remove.txt"))
            {
                var target = Path.Combine(folder, name);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                if (Encodings.TryGetValue(Path.GetExtension(name), out var encoding))
                {
                    File.WriteAllText(Path.ChangeExtension(target, null), File.ReadAllText(file), encoding);
                }
                else
                {
                    File.Copy(file, target, overwrite: true);
                }
            }
        }
    }
}
