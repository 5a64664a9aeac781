using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Reads the rules and facts of a version as entries, and the corrections that were made of them.</summary>
internal sealed partial class StateReader(ContentReading reading)
{
    /// <summary>The state as recorded, then one per correction, each with the digest of what was then known.</summary>
    public ImmutableArray<VersionState> ReadStates(string path, ImmutableArray<TermsText> texts, DateTimeOffset recorded)
    {
        var textDigest = Digest.Of(texts.Select(t => t.Canonical()).ToArray());
        var entries = ReadEntries(path);
        var states = new List<VersionState> { State(recorded, entries, null) };
        reading.RefuseUnknown($"{path}/corrections", reading.Files($"{path}/corrections"), []);
        foreach (var name in reading.Files($"{path}/corrections"))
        {
            var file = $"{path}/corrections/{name}";
            if (!Instants.TryParse(CorrectionName().Replace(name, "$1T$2:$3:$4Z"), out var at))
            {
                reading.Problems.Add(file, 1, "the name of the correction is not an instant", "Name it 2026-05-03T10-00-00Z.yaml.");
            }
            else if (reading.Map(file) is { } map)
            {
                if (at <= states[^1].KnownFrom)
                {
                    map.Problem("the correction is not later than what it corrects", "Name it by the instant at which it was made.");
                }
                entries = Correct(entries, map, out var changed);
                states.Add(State(at, entries, new Correction(at, map.Text("who") ?? "", map.Text("why") ?? "", changed)));
                if (states[^1].Digest == states[^2].Digest)
                {
                    map.Problem("the correction changes nothing", "Put the corrected entries under `facts:`, `parties:`, `law:` or `forum:`, or ids under `remove:`.");
                }
                map.Finish();
            }
        }
        return [.. states];

        VersionState State(DateTimeOffset from, ImmutableDictionary<string, ImmutableArray<YamlMap>> known, Correction? correction) =>
            new(from, known, correction, textDigest, Digest.Of(new Dictionary<string, object>
            {
                ["text"] = textDigest.Value,
                ["entries"] = known.ToDictionary(k => k.Key, k => (object)k.Value.Select(e => e.Canonical()).ToArray(), StringComparer.Ordinal),
            }));
    }

    private static readonly string[] RuleSections = ["parties", "law", "forum", "precedence", "other-readings"];

    private ImmutableDictionary<string, ImmutableArray<YamlMap>> ReadEntries(string path)
    {
        var entries = ImmutableDictionary.CreateBuilder<string, ImmutableArray<YamlMap>>(StringComparer.Ordinal);
        if (reading.Exists($"{path}/facts.yaml"))
        {
            entries["facts"] = [.. reading.List($"{path}/facts.yaml")];
        }
        if (reading.Exists($"{path}/rules.yaml") && reading.Map($"{path}/rules.yaml") is { } rules)
        {
            foreach (var section in RuleSections.Where(rules.Has))
            {
                entries[section] = [.. rules.Maps(section)];
            }
            foreach (var section in RuleSections)
            {
                _ = rules.Maps(section);
            }
            rules.Finish();
        }
        return entries.ToImmutable();
    }

    private static ImmutableDictionary<string, ImmutableArray<YamlMap>> Correct(
        ImmutableDictionary<string, ImmutableArray<YamlMap>> entries, YamlMap correction, out ImmutableArray<string> changed)
    {
        var ids = ImmutableArray.CreateBuilder<string>();
        foreach (var id in correction.Texts("remove"))
        {
            if (!entries.Values.Any(section => section.Any(e => e.OptionalText("id") == id)))
            {
                correction.Problem($"`remove` names {id}, which is not there", "Name the id of a rule or a fact.", "remove");
            }
            entries = entries.ToImmutableDictionary(s => s.Key, s => s.Value.RemoveAll(e => e.OptionalText("id") == id), StringComparer.Ordinal);
            ids.Add(id);
        }
        foreach (var section in RuleSections.Append("facts"))
        {
            foreach (var entry in correction.Maps(section))
            {
                if (entry.Text("id") is not { } id)
                {
                    continue;
                }
                var known = entries.GetValueOrDefault(section, []);
                var place = known.IndexOf(known.FirstOrDefault(e => e.OptionalText("id") == id)!);
                entries = entries.SetItem(section, place < 0 ? known.Add(entry) : known.SetItem(place, entry));
                ids.Add(id);
            }
        }
        changed = ids.ToImmutable();
        return entries;
    }

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.yaml\z")]
    private static partial Regex CorrectionName();
}
