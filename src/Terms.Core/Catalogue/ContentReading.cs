using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Files of content while they are read: what is missing, malformed or read by nothing is noted.</summary>
internal sealed partial class ContentReading(ContentFiles files, ProblemList problems)
{
    public ProblemList Problems => problems;

    public bool Exists(string file) => files.Contains(file);

    public bool HasFolder(string path) => files.HasFolder(path);

    public IReadOnlyList<string> Folders(string path) => files.FoldersIn(path);

    public IReadOnlyList<string> Files(string path) => files.FilesIn(path);

    /// <summary>The names of the renderings in a version's folder.</summary>
    public IReadOnlyList<string> TextFiles(string path) => [.. Files(path).Where(f => TextName().IsMatch(f))];

    /// <summary>The words of a file, or null with the problem noted.</summary>
    public string? Text(string file)
    {
        if (files.Find(file) is { } found)
        {
            return found.Text(file, problems);
        }
        problems.Add(file, 1, "the file is missing", "Add it; docs/content-format.md shows its shape.");
        return null;
    }

    public YamlMap? Map(string file) => Text(file) is { } text ? YamlMap.Parse(file, text, problems) : null;

    public IReadOnlyList<YamlMap> List(string file) => Text(file) is { } text ? YamlMap.ParseList(file, text, problems) : [];

    /// <summary>Notes every file and folder right below a folder that nothing reads.</summary>
    public void RefuseUnknown(string path, IEnumerable<string> known, IEnumerable<string> knownFolders)
    {
        foreach (var name in Files(path).Except(known).Concat(Folders(path).Except(knownFolders)))
        {
            problems.Add(path.Length == 0 ? name : $"{path}/{name}", 1, "nothing here reads this", "Remove it, or mend its name.");
        }
    }

    /// <summary>Adds a value under its id, and notes an id that is there already.</summary>
    public static void Add<T>(Dictionary<string, T> all, string id, T value, YamlMap map)
    {
        if (!all.TryAdd(id, value))
        {
            map.Problem($"`{id}` is defined twice", "Remove one, or give it another id.", "id");
        }
    }

    /// <summary><c>terms.en.md</c>, <c>terms.en.2.md</c>: language, and number from the second on.</summary>
    [GeneratedRegex(@"^terms\.([a-z]{2,3}(?:-[A-Za-z]{4})?(?:-[A-Z]{2})?)(?:\.([1-9]))?\.md\z")]
    internal static partial Regex TextName();
}
