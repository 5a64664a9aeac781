using System.Globalization;
using System.IO.Compression;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Storage;

/// <summary>
/// Revisions of drafts as canonical JSON (RFC 8785) that names each file by its digest; the files are kept beside it, once each and compressed (Brotli, RFC 7932). A
/// revision that changes one file, or none, costs little.
/// </summary>
internal static class DraftForm
{
    /// <summary>What is said of a revision beside the bytes of its files.</summary>
    public static byte[] Bytes(Draft draft)
    {
        var writer = new CanonicalWriter().Object().List("accepted-gaps");
        foreach (var gap in draft.AcceptedGaps.Values)
        {
            writer.Object().Member("at", gap.At).Member("key", gap.Key).Member("who", gap.Who).Member("why", gap.Why).EndObject();
        }
        writer.EndList().Member("agreement", draft.Agreement.Value).Member("author", draft.Author).Member("base", draft.Base?.Value).List("classifications");
        foreach (var one in draft.Classifications.Values)
        {
            writer.Object().Member("at", one.At).Member("class", one.Class.Word()).Member("key", one.Key).Member("who", one.Who).Member("why", one.Why).Member("wording", one.Wording.Value).EndObject();
        }
        writer.EndList().List("confirmations");
        foreach (var one in draft.Confirmations.Values)
        {
            writer.Object().Member("at", one.At).Member("key", one.Key).Member("who", one.Who).Member("why", one.Why).Member("wording", one.Wording.Value).EndObject();
        }
        writer.EndList().Member("draft", draft.Id).List("files");
        foreach (var path in draft.Files.Paths)
        {
            writer.Object().Member("digest", DigestOf(draft, path)).Member("path", path).EndObject();
        }
        return writer.EndList().Member("revision", draft.Revision.ToString(CultureInfo.InvariantCulture)).EndObject().ToArray();
    }

    /// <summary>The files of a revision, by digest, each packed.</summary>
    public static IReadOnlyList<(string Digest, byte[] Packed)> Files(Draft draft) =>
        [.. draft.Files.Paths.Select(p => (Digest: DigestOf(draft, p), Path: p)).DistinctBy(f => f.Digest).Select(f => (f.Digest, Pack(draft.Files.Bytes(f.Path).Span)))];

    /// <summary>Reads a revision.</summary>
    /// <param name="bytes">What is said of it.</param>
    /// <param name="packed">Gives a packed file by its digest.</param>
    /// <exception cref="StoreException">The bytes are not those of a revision, or a file is missing or another.</exception>
    public static Draft Read(ReadOnlyMemory<byte> bytes, Func<string, byte[]?> packed)
    {
        try
        {
            return CanonicalReader.Read(bytes, "revision", json => Read(json, packed));
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or OverflowException or InvalidDataException)
        {
            throw new StoreException($"A revision of a draft is not what was kept: {e.Message} Stop the server, keep the file as it is, and restore the last backup with `terms restore`.", e);
        }
    }

    private static Draft Read(CanonicalReader json, Func<string, byte[]?> packed)
    {
        var gaps = json.List("accepted-gaps", g =>
        {
            var (at, key, who) = (g.Instant("at"), g.Text("key"), g.Text("who"));
            return new AcceptedGap(key, who, at, g.Text("why"));
        });
        var (agreement, author, before) = (json.Text("agreement"), json.Text("author"), json.OptionalText("base"));
        var classifications = json.List("classifications", c =>
        {
            var (at, word, key, who, why) = (c.Instant("at"), c.Text("class"), c.Text("key"), c.Text("who"), c.Text("why"));
            return new ClauseClassification(key, Digest.Parse(c.Text("wording")), ChangeClasses.Of(word) ?? throw new FormatException($"`{word}` is no class of a change."), who, at, why);
        });
        var confirmations = json.List("confirmations", c =>
        {
            var (at, key, who, why) = (c.Instant("at"), c.Text("key"), c.Text("who"), c.Text("why"));
            return new FactConfirmation(key, Digest.Parse(c.Text("wording")), who, at, why);
        });
        var id = json.Text("draft");
        var files = ContentFiles.Empty;
        foreach (var (path, bytes) in json.List("files", f =>
        {
            var digest = f.Text("digest");
            return (Path: f.Text("path"), Packed: packed(digest));
        }))
        {
            files = files.With(path, Unpack(bytes ?? throw new FormatException($"The file {path} is missing.")));
        }
        return Draft.Kept(id, new AgreementId(agreement), before is null ? null : new VersionId(before), author, int.Parse(json.Text("revision"), NumberStyles.None, CultureInfo.InvariantCulture),
            files, confirmations, classifications, gaps);
    }

    private static string DigestOf(Draft draft, string path) => Digest.OfBytes(draft.Files.Bytes(path).Span).Value;

    private static byte[] Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Optimal))
        {
            brotli.Write(bytes);
        }
        return packed.ToArray();
    }

    private static ReadOnlySpan<byte> Unpack(byte[] packed)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress))
        {
            brotli.CopyTo(bytes);
        }
        return bytes.ToArray();
    }
}
