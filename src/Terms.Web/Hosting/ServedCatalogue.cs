using System.Diagnostics;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Web.Hosting;

/// <summary>The catalogue that is being served: read whole and never changed in place.</summary>
public sealed class ServedCatalogue
{
    /// <summary>Serves the content of a folder.</summary>
    /// <exception cref="ContentException">The content has problems; it is not served.</exception>
    public ServedCatalogue(string folder)
    {
        var start = Stopwatch.GetTimestamp();
        Folder = folder;
        Resolver = new Resolver(Corpus.Load(folder));
        LoadTime = Stopwatch.GetElapsedTime(start);
    }

    /// <summary>The folder that was read.</summary>
    public string Folder { get; }

    /// <summary>How long reading it took.</summary>
    public TimeSpan LoadTime { get; }

    /// <summary>Answers questions.</summary>
    public Resolver Resolver { get; }

    /// <summary>Texts, facts and rules.</summary>
    public Corpus Corpus => Resolver.Corpus;

    /// <summary>Agreements, parties and places.</summary>
    public AgreementCatalogue Catalogue => Resolver.Corpus.Catalogue;

    /// <summary>
    /// The content folder: the one configured as <c>Terms:Content</c>, else the nearest <c>content</c> folder with a <c>catalogue.yaml</c> above the
    /// application or beside its binaries.
    /// </summary>
    public static string FindFolder(string? configured, string contentRoot)
    {
        if (!string.IsNullOrEmpty(configured))
        {
            return Path.GetFullPath(configured, contentRoot);
        }
        foreach (var start in new[] { contentRoot, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                var content = Path.Combine(folder.FullName, "content");
                if (File.Exists(Path.Combine(content, "catalogue.yaml")))
                {
                    return content;
                }
            }
        }
        throw new DirectoryNotFoundException("No content folder was found. Set Terms:Content (or the environment variable Terms__Content) to the folder that holds catalogue.yaml.");
    }
}
