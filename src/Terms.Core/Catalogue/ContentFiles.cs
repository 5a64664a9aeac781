using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>
/// The files of a content folder in memory, by path relative to the folder, with <c>/</c> on every system. A set never changes: <see cref="With(string, string)"/>
/// and <see cref="Without"/> give another, so that a draft can be laid over what is published and checked without touching the disk.
/// </summary>
public sealed partial class ContentFiles
{
    /// <summary>How deep files are looked for: <c>agreements/a/v/corrections/file</c>. What lies deeper is read by nothing, and its folder is refused.</summary>
    private const int DeepestFolder = 4;

    /// <summary>No files.</summary>
    public static readonly ContentFiles Empty = new(ImmutableSortedDictionary.Create<string, ContentFile>(StringComparer.Ordinal), []);

    private readonly ImmutableSortedDictionary<string, ContentFile> files;
    private readonly ImmutableArray<string> emptyFolders;
    private readonly Lazy<Dictionary<string, Listing>> listings;

    private ContentFiles(ImmutableSortedDictionary<string, ContentFile> files, ImmutableArray<string> emptyFolders)
    {
        this.files = files;
        this.emptyFolders = emptyFolders;
        listings = new(List);
    }

    /// <summary>Reads a folder; names that begin with a full stop are passed over.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static ContentFiles Load(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no content folder at {folder}. Name the folder that holds catalogue.yaml.");
        }
        var (paths, empty) = (new List<(string Name, string Path)>(), new List<string>());
        Walk(folder, "", 0);
        var read = new ContentFile[paths.Count];
        Parallel.For(0, read.Length, i => read[i] = ContentFile.Read(paths[i].Path));
        return new(paths.Select((p, i) => KeyValuePair.Create(p.Name, read[i])).ToImmutableSortedDictionary(StringComparer.Ordinal), [.. empty]);

        void Walk(string path, string name, int depth)
        {
            var before = paths.Count + empty.Count;
            foreach (var entry in new DirectoryInfo(path).EnumerateFileSystemInfos().Where(e => !e.Name.StartsWith('.')))
            {
                var child = name.Length == 0 ? entry.Name : $"{name}/{entry.Name}";
                if (entry is not DirectoryInfo)
                {
                    paths.Add((child, entry.FullName));
                }
                else if (depth < DeepestFolder)
                {
                    Walk(entry.FullName, child, depth + 1);
                }
                else
                {
                    empty.Add(child);
                }
            }
            if (name.Length > 0 && paths.Count + empty.Count == before)
            {
                empty.Add(name);
            }
        }
    }

    /// <summary>The paths of all files, in the order of their characters.</summary>
    public IEnumerable<string> Paths => files.Keys;

    /// <summary>Whether there is such a file.</summary>
    public bool Contains(string path) => files.ContainsKey(path);

    /// <summary>Whether there is such a folder.</summary>
    public bool HasFolder(string path) => listings.Value.ContainsKey(path);

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="KeyNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is larger than any that is read.</exception>
    public ReadOnlyMemory<byte> Bytes(string path) =>
        files[path] is { IsTooLarge: false } file ? file.Bytes : throw new InvalidDataException($"{path} is larger than {ContentFile.MaximumBytes / 1024 / 1024} MB and was not read.");

    /// <summary>The text of a file as it stands, line ends included; null if there is none, or if it is no UTF-8 or too large.</summary>
    public string? Text(string path) => files.GetValueOrDefault(path)?.Raw();

    /// <summary>The same files, and this one; it takes the place of what stood there.</summary>
    /// <exception cref="ArgumentException">The path has no place in a content folder.</exception>
    public ContentFiles With(string path, string text) => With(path, ContentFile.Of(text));

    /// <summary>The same files, and this one, as bytes.</summary>
    /// <exception cref="ArgumentException">The path has no place in a content folder.</exception>
    public ContentFiles With(string path, ReadOnlySpan<byte> bytes) => With(path, new ContentFile(bytes.ToArray()));

    /// <summary>The same files without this one.</summary>
    public ContentFiles Without(string path) => files.ContainsKey(path) ? new(files.Remove(path), emptyFolders) : this;

    /// <summary>The files below a folder, by their path in it.</summary>
    public ContentFiles Below(string folder) =>
        new(files.Where(f => f.Key.StartsWith(folder + "/", StringComparison.Ordinal)).ToImmutableSortedDictionary(f => f.Key[(folder.Length + 1)..], f => f.Value, StringComparer.Ordinal), []);

    /// <summary>These files, with others laid below a folder.</summary>
    /// <exception cref="ArgumentException">A path has no place in a content folder.</exception>
    public ContentFiles With(string folder, ContentFiles others) => others.files.Aggregate(this, (all, file) => all.With($"{folder}/{file.Key}", file.Value));

    /// <summary>
    /// Writes every file below a folder that is not there yet, or is empty. They are written beside it first, and take their name only when all of them are on the
    /// disk: there is the whole folder, or none.
    /// </summary>
    /// <exception cref="IOException">The folder is there and holds something, or the disk refuses.</exception>
    /// <exception cref="ArgumentException">A path has no place in a content folder.</exception>
    /// <exception cref="InvalidDataException">A file is larger than any that is read.</exception>
    public void WriteTo(string folder)
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new IOException($"{folder} is there already. Name a folder that does not exist, or is empty.");
        }
        var partial = $"{target}.{Path.GetRandomFileName()}.partial";
        Directory.CreateDirectory(partial);
        try
        {
            foreach (var path in Paths)
            {
                Refuse(path);
                var file = Path.Combine(partial, path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write);
                stream.Write(Bytes(path).Span);
                stream.Flush(flushToDisk: true);
            }
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }
            Directory.Move(partial, target);
        }
        finally
        {
            if (Directory.Exists(partial))
            {
                Directory.Delete(partial, recursive: true);
            }
        }
    }

    /// <summary>A file, for those who read content.</summary>
    internal ContentFile? Find(string path) => files.GetValueOrDefault(path);

    /// <summary>The names of the files right below a folder, in order.</summary>
    internal IReadOnlyList<string> FilesIn(string folder) => listings.Value.TryGetValue(folder, out var listing) ? listing.Files : [];

    /// <summary>The names of the folders right below a folder, in order.</summary>
    internal IReadOnlyList<string> FoldersIn(string folder) => listings.Value.TryGetValue(folder, out var listing) ? listing.Folders : [];

    private ContentFiles With(string path, ContentFile file)
    {
        Refuse(path);
        return new(files.SetItem(path, file), emptyFolders);
    }

    private static void Refuse(string path)
    {
        if (path.Length > 300 || !SafePath().IsMatch(path) || path.Count(c => c == '/') > DeepestFolder)
        {
            throw new ArgumentException($"`{path}` has no place in a content folder. Use letters, digits, `.`, `-` and `_`, with `/` between at most {DeepestFolder} folders and the file.", nameof(path));
        }
    }

    private Dictionary<string, Listing> List()
    {
        var found = new Dictionary<string, Listing>(StringComparer.Ordinal) { [""] = new() };
        foreach (var path in files.Keys)
        {
            var (folder, name) = Cut(path);
            Folder(folder).Files.Add(name);
        }
        foreach (var folder in emptyFolders)
        {
            Folder(folder);
        }
        foreach (var listing in found.Values)
        {
            listing.Files.Sort(StringComparer.Ordinal);
            listing.Folders.Sort(StringComparer.Ordinal);
        }
        return found;

        Listing Folder(string path)
        {
            if (!found.TryGetValue(path, out var listing))
            {
                found[path] = listing = new();
                var (above, name) = Cut(path);
                Folder(above).Folders.Add(name);
            }
            return listing;
        }
    }

    private static (string Folder, string Name) Cut(string path) => path.LastIndexOf('/') is var cut && cut < 0 ? ("", path) : (path[..cut], path[(cut + 1)..]);

    private sealed record Listing
    {
        public List<string> Files { get; } = [];

        public List<string> Folders { get; } = [];
    }

    [GeneratedRegex(@"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}(?:/[A-Za-z0-9_-][A-Za-z0-9._-]{0,99})*\z")]
    private static partial Regex SafePath();
}
