using Terms.Resolution;

namespace Terms.Tests;

/// <summary>Where things stand in the repository, found from the tests' own folder.</summary>
internal static class Repository
{
    private static readonly Lazy<Corpus> Shipped = new(() => Corpus.Load(Folder("content")));
    private static readonly Lazy<Resolver> ShippedResolver = new(() => new Resolver(Shipped.Value));

    /// <summary>The folder that holds Terms.sln.</summary>
    public static string Root { get; } = Find();

    /// <summary>The shipped content, read once for all tests.</summary>
    public static Corpus Content => Shipped.Value;

    /// <summary>The answers of the shipped content.</summary>
    public static Resolver Resolver => ShippedResolver.Value;

    /// <summary>A folder or file below the root.</summary>
    public static string Folder(string relative) => Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Terms.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Terms.sln.");
    }
}
