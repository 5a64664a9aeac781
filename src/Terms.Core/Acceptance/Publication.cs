using System.Text.Json;
using Terms.Catalogue;

namespace Terms.Acceptance;

/// <summary>A published version of a text, as it becomes a leaf of the log <c>catalogue</c>.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Version">The version's id: its effective date, or <c>undated</c>.</param>
/// <param name="TextDigest">The digest of all its renderings.</param>
/// <param name="Announced">When it was announced, as the catalogue writes it; null if that is unknown.</param>
/// <param name="Effective">From when it binds, as the catalogue writes it; null if that is unknown.</param>
/// <param name="Edition"><c>official</c> or <c>restatement</c>.</param>
/// <param name="Published">When this store first saw it.</param>
public sealed record Publication(string Agreement, string Version, string TextDigest, string? Announced, string? Effective, string Edition, DateTimeOffset Published)
{
    private const string Schema = "terms-publication/1";

    /// <summary>The agreement and its version: <c>free-membership/2025-04-01</c>.</summary>
    public string Path => $"{Agreement}/{Version}";

    /// <summary>The leaf: canonical JSON.</summary>
    public byte[] Bytes() => CanonicalJson.Bytes(new Dictionary<string, object>
    {
        ["schema"] = Schema,
        ["agreement"] = Agreement,
        ["version"] = Version,
        ["textDigest"] = TextDigest,
        ["announced"] = Announced!,
        ["effective"] = Effective!,
        ["edition"] = Edition,
        ["published"] = Published.ToRfc3339(),
    });

    /// <summary>Reads a leaf.</summary>
    /// <exception cref="FormatException">It is not a publication.</exception>
    public static Publication Parse(ReadOnlyMemory<byte> leaf)
    {
        try
        {
            using var document = JsonDocument.Parse(leaf);
            var root = document.RootElement;
            if (Text("schema") != Schema || !Instants.TryParse(Text("published"), out var published))
            {
                throw new FormatException($"The leaf is not a {Schema}.");
            }
            return new Publication(Text("agreement"), Text("version"), Text("textDigest"), root.GetProperty("announced").GetString(), root.GetProperty("effective").GetString(), Text("edition"), published);

            string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"The leaf has no {name}.");
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"The leaf is not a {Schema}.", e);
        }
    }
}
