using System.Text.Json;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>What people have said of a draft beside its files: facts confirmed, changes classified, gaps accepted. One line of canonical JSON each; of those with one key the last counts.</summary>
internal static class DraftStatement
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };

    public static byte[] Bytes(FactConfirmation said) => Bytes("fact", said.Key, said.Wording.Value, null, said.Who, said.At, said.Why);

    public static byte[] Bytes(ClauseClassification said) => Bytes("change", said.Key, said.Wording.Value, said.Class.Word(), said.Who, said.At, said.Why);

    public static byte[] Bytes(AcceptedGap said) => Bytes("gap", said.Key, null, null, said.Who, said.At, said.Why);

    /// <summary>The draft with everything that the lines say.</summary>
    /// <exception cref="FormatException">A line says nothing of the kind.</exception>
    public static Draft On(Draft draft, IEnumerable<ReadOnlyMemory<byte>> lines)
    {
        var (facts, changes, gaps) = (new Dictionary<string, FactConfirmation>(StringComparer.Ordinal), new Dictionary<string, ClauseClassification>(StringComparer.Ordinal), new Dictionary<string, AcceptedGap>(StringComparer.Ordinal));
        foreach (var line in lines)
        {
            switch (Read(line))
            {
                case FactConfirmation fact:
                    facts[fact.Key] = fact;
                    break;
                case ClauseClassification change:
                    changes[change.Key] = change;
                    break;
                case AcceptedGap gap:
                    gaps[gap.Key] = gap;
                    break;
            }
        }
        return Draft.Kept(draft.Id, draft.Agreement, draft.Base, draft.Author, draft.Revision, draft.Files, facts.Values, changes.Values, gaps.Values);
    }

    private static byte[] Bytes(string about, string key, string? wording, string? @class, string who, DateTimeOffset at, string why) => CanonicalJson.Bytes(new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["about"] = about,
        ["key"] = key,
        ["wording"] = wording!,
        ["class"] = @class!,
        ["who"] = who,
        ["at"] = at.ToRfc3339(),
        ["why"] = why,
    });

    private static object Read(ReadOnlyMemory<byte> line)
    {
        object said;
        try
        {
            using var document = JsonDocument.Parse(line, Options);
            var root = document.RootElement;
            var (key, who, why) = (Text("key"), Text("who"), Text("why"));
            var at = Instants.TryParse(Text("at"), out var instant) ? instant : throw new FormatException("`at` is not an instant of RFC 3339.");
            said = Text("about") switch
            {
                "fact" => new FactConfirmation(key, Digest.Parse(Text("wording")), who, at, why),
                "change" => new ClauseClassification(key, Digest.Parse(Text("wording")), ChangeClasses.Of(Text("class")) ?? throw new FormatException($"`class` is not one of {string.Join(", ", ChangeClasses.Words)}."), who, at, why),
                "gap" => new AcceptedGap(key, who, at, why),
                _ => throw new FormatException("`about` is none of fact, change, gap."),
            };

            string Text(string name) => root.GetProperty(name).GetString() ?? throw new FormatException($"`{name}` must not be null.");
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException(wrong.Message, wrong);
        }
        var written = said switch { FactConfirmation fact => Bytes(fact), ClauseClassification change => Bytes(change), var gap => Bytes((AcceptedGap)gap) };
        return written.AsSpan().SequenceEqual(line.Span) ? said : throw new FormatException("It is not in the canonical form of RFC 8785.");
    }
}
