namespace Terms.Benchmarks;

/// <summary>Where things are in the repository.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Content => Path.Combine(Root, "content");

    /// <summary>The published program, which <c>bench/run</c> puts there.</summary>
    public static string Published => Path.Combine(Root, "artifacts", "bench", "web");

    /// <summary>A file or folder of a run; nothing of it is kept in the repository.</summary>
    public static string Scratch(string name)
    {
        var folder = Path.Combine(Root, "artifacts", "bench");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, name);
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Terms.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("The benchmarks have to be started from inside the repository.");
    }
}
