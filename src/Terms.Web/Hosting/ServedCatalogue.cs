using System.Collections.Frozen;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Web.Hosting;

/// <summary>
/// The catalogue as it is served at one moment: read whole and never changed in place. A publication puts another in its place (<see cref="CurrentCatalogue"/>); a request takes one and
/// works on it to its end. What is kept for answering belongs to it and goes with it.
/// </summary>
/// <param name="Folder">The content folder.</param>
/// <param name="Resolver">Answers questions.</param>
/// <param name="FirstSeen">By <c>agreement/version</c>, when the store first saw a version; empty without a store.</param>
public sealed record ServedCatalogue(string Folder, Resolver Resolver, FrozenDictionary<string, DateTimeOffset> FirstSeen)
{
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
