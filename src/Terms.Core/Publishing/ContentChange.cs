using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>What a publication changes in a content folder: files that come, and files that have other bytes.</summary>
internal sealed class ContentChange(ContentFiles before, ContentFiles after)
{
    /// <summary>
    /// Writes the change. Every file is written beside its place first and flushed, and new folders are made whole beside theirs; only then does each take its name. A machine that stops in
    /// between leaves a working tree with changes that are not committed, and never half a file.
    /// </summary>
    /// <param name="content">The content folder.</param>
    /// <param name="agreement">The folder of the agreement in it.</param>
    /// <exception cref="IOException">The disk refuses, or something stands there that was not read.</exception>
    public void WriteTo(string content, string agreement)
    {
        var changed = after.Paths.Where(p => !before.Contains(p) || !before.Bytes(p).Span.SequenceEqual(after.Bytes(p).Span)).ToList();
        var folder = before.HasFolder(agreement) ? changed.Where(p => p.StartsWith(agreement + "/", StringComparison.Ordinal)).Select(Above).FirstOrDefault(f => !before.HasFolder(f)) : agreement;
        var beside = changed.Where(p => folder is null || !p.StartsWith(folder + "/", StringComparison.Ordinal)).Select(p => (Path: Place(content, p), Beside: Place(content, p) + ".new", Bytes: after.Bytes(p))).ToList();
        foreach (var (_, file, bytes) in beside)
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write);
            stream.Write(bytes.Span);
            stream.Flush(flushToDisk: true);
        }
        if (folder is not null)
        {
            after.Below(folder).WriteTo(Place(content, folder));
        }
        foreach (var (path, file, _) in beside)
        {
            File.Move(file, path, overwrite: true);
        }
    }

    private static string Above(string path) => path[..path.LastIndexOf('/')];

    private static string Place(string content, string path) => Path.Combine(content, path.Replace('/', Path.DirectorySeparatorChar));
}
