using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>A version as it was published through the workbench: what the store keeps of it, and what is laid over the content folder.</summary>
public sealed record PublishedVersion
{
    /// <summary>Checks the parts.</summary>
    /// <param name="draft">The draft that it was.</param>
    /// <param name="digest">The digest of that draft.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="version">The version.</param>
    /// <param name="files">Its files by their names in its folder, <c>version.yaml</c> with its days among them; <c>agreement.yaml</c> of a new agreement too.</param>
    /// <param name="withdrawal">That it was taken back before it took effect; null if it was not.</param>
    /// <exception cref="ArgumentException">A file has no place in a version, or <c>version.yaml</c> is missing.</exception>
    public PublishedVersion(string draft, Digest digest, AgreementId agreement, VersionId version, ContentFiles files, Withdrawal? withdrawal = null)
    {
        (Draft, Digest, Agreement, Version, Withdrawal) = (draft, digest, agreement, version, withdrawal);
        Files = files.Contains(Publishing.Draft.VersionFile)
            ? Publishing.Draft.Checked(files, isNewAgreement: true)
            : throw new ArgumentException($"A version has a file {Publishing.Draft.VersionFile}, and {Path} has none.", nameof(files));
    }

    /// <summary>The draft that it was.</summary>
    public string Draft { get; }

    /// <summary>The digest of that draft.</summary>
    public Digest Digest { get; }

    /// <summary>The agreement.</summary>
    public AgreementId Agreement { get; }

    /// <summary>The version.</summary>
    public VersionId Version { get; }

    /// <summary>Its files, as they were published.</summary>
    public ContentFiles Files { get; }

    /// <summary>That it was taken back before it took effect; null if it was not.</summary>
    public Withdrawal? Withdrawal { get; init; }

    /// <summary><c>agreement/version</c>.</summary>
    public string Path => $"{Agreement}/{Version}";

    /// <summary>
    /// The content with the version among it, and its names in <c>used-in</c> of <c>parties.yaml</c>. Content that has the version already, with the same bytes, stays as it is: it was
    /// exported since. Later corrections and decisions may stand beside what was published.
    /// </summary>
    /// <exception cref="PublishedElsewhereException">The content has the version with other bytes.</exception>
    public ContentFiles Over(ContentFiles content)
    {
        var folder = $"agreements/{Path}";
        var version = Withdrawal is { } back ? Files.With(Publishing.Draft.VersionFile, back.On(Files.Text(Publishing.Draft.VersionFile)!)) : Files;
        if (content.HasFolder(folder))
        {
            RequireSame(content.Below(folder), version);
            return content.With($"{folder}/{Publishing.Draft.VersionFile}", version.Bytes(Publishing.Draft.VersionFile).Span);
        }
        if (version.Contains(Publishing.Draft.AgreementFile))
        {
            content = content.With($"agreements/{Agreement}/{Publishing.Draft.AgreementFile}", version.Bytes(Publishing.Draft.AgreementFile).Span);
            version = version.Without(Publishing.Draft.AgreementFile);
        }
        content = content.With(folder, version);
        return content.Text("parties.yaml") is { } parties ? content.With("parties.yaml", LaidDraft.WithNames(parties, Files, Path)) : content;
    }

    /// <summary>The folder has every file that was published, as it was published or as it is since the withdrawal, and beside them what may be added later.</summary>
    private void RequireSame(ContentFiles there, ContentFiles version)
    {
        var published = Files.Paths.Where(p => p != Publishing.Draft.AgreementFile).ToList();
        var other = published.Where(p => !there.Contains(p) || (!Same(there, Files, p) && !Same(there, version, p)))
            .Concat(there.Paths.Where(p => !published.Contains(p) && !p.StartsWith("corrections/", StringComparison.Ordinal) && p != "decisions.yaml")).ToImmutableArray();
        if (!other.IsEmpty)
        {
            throw new PublishedElsewhereException(Path, other);
        }
    }

    private static bool Same(ContentFiles one, ContentFiles two, string path) => one.Bytes(path).Span.SequenceEqual(two.Bytes(path).Span);
}

/// <summary>The content folder has a version that the store has published, with other bytes. A published version never changes.</summary>
/// <param name="version"><c>agreement/version</c>.</param>
/// <param name="files">The files that differ.</param>
public sealed class PublishedElsewhereException(string version, ImmutableArray<string> files) : Exception(
    $"{version} was published through the workbench, and the content folder has other files under that name: {string.Join(", ", files)}. A published version never changes. "
    + "Remove the folder of the version from the content folder, and the store's is served; or write it anew with `terms export --data`. New words are a version of their own.");
