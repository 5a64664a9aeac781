using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>Reads what all agreements share: settings, groups of places, systems of law and forums, and parties.</summary>
internal sealed class RegisterReader(ContentReading reading)
{
    public (TimeZoneInfo Zone, string Language) ReadSettings()
    {
        const string file = "catalogue.yaml";
        var zone = TimeZoneInfo.Utc;
        var language = "en";
        if (reading.Map(file) is { } map)
        {
            if (map.Text("zone") is { } name && !TimeZoneInfo.TryFindSystemTimeZoneById(name, out zone!))
            {
                zone = TimeZoneInfo.Utc;
                map.Problem($"the time zone `{name}` is not known", "Use an IANA name, such as Asia/Hong_Kong.", "zone");
            }
            language = map.Text("language") ?? language;
            map.Finish();
        }
        return (zone, language);
    }

    public FrozenDictionary<string, PlaceGroup> ReadPlaces()
    {
        var groups = new Dictionary<string, PlaceGroup>(StringComparer.Ordinal);
        foreach (var map in reading.List("places.yaml"))
        {
            var codes = new HashSet<Place>();
            foreach (var code in map.Texts("places"))
            {
                if (!Place.TryParse(code, out var place))
                {
                    map.Problem($"the place `{code}` is not an ISO 3166-1 alpha-2 code", "Use two capitals, such as FR.", "places");
                }
                else if (!codes.Add(place))
                {
                    map.Problem($"the place `{code}` stands twice in the group", "Remove one.", "places");
                }
            }
            if (map.Text("id") is { } id)
            {
                ContentReading.Add(groups, id, new PlaceGroup(id, map.Text("name") ?? id, [.. map.Texts("spellings")], codes.ToFrozenSet()), map);
            }
            map.Finish();
        }
        return groups.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public (FrozenDictionary<string, LegalName> Laws, FrozenDictionary<string, LegalName> Forums) ReadJurisdictions()
    {
        var map = reading.Map("jurisdictions.yaml");
        var read = (Laws: Names(map, "laws"), Forums: Names(map, "forums"));
        map?.Finish();
        return read;

        static FrozenDictionary<string, LegalName> Names(YamlMap? map, string key)
        {
            var names = new Dictionary<string, LegalName>(StringComparer.Ordinal);
            foreach (var entry in map?.Maps(key) ?? [])
            {
                if (entry.Text("id") is { } id && entry.Text("name") is { } name)
                {
                    ContentReading.Add(names, id, new LegalName(id, name, [.. entry.Texts("spellings")]), entry);
                }
                entry.Finish();
            }
            return names.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }

    /// <summary>The floors of <c>notice-floors.yaml</c>, in its order; none if there is no such file.</summary>
    public ImmutableArray<NoticeFloor> ReadNoticeFloors(FrozenDictionary<string, PlaceGroup> groups)
    {
        const string file = "notice-floors.yaml";
        var floors = new Dictionary<string, NoticeFloor>(StringComparer.Ordinal);
        foreach (var map in reading.Exists(file) ? reading.List(file) : [])
        {
            var places = ReadFloorPlaces(map, groups);
            var who = map.OneOf("who", ["any", "business", "consumer"]);
            var from = ChangeClasses.Of(map.OneOf("from", ChangeClasses.Words));
            var starts = map.OneOf("starts", ["notice", "publication"]);
            var days = map.OptionalWhole("days");
            if (!map.Has("days"))
            {
                map.Problem("`days` is missing", "Add `days:` with a whole number.");
            }
            var (id, source) = (map.Text("id"), map.Text("source"));
            var (isSecondary, isEnabled, note) = (map.Flag("secondary-source"), map.Flag("enabled", byDefault: true), map.OptionalText("note"));
            if (id is not null && source is not null && from is { } least)
            {
                ContentReading.Add(floors, id, new NoticeFloor(
                    id, source, isSecondary, places, Enum.TryParse<FloorAudience>(who, ignoreCase: true, out var audience) ? audience : FloorAudience.Any, least,
                    starts == "publication" ? FloorStart.Publication : FloorStart.Notice, days ?? 0, isEnabled, note), map);
            }
            map.Finish();
        }
        return [.. floors.Values];
    }

    private static FrozenSet<Place>? ReadFloorPlaces(YamlMap map, FrozenDictionary<string, PlaceGroup> groups)
    {
        var places = new HashSet<Place>();
        foreach (var name in map.Texts("places"))
        {
            if (groups.TryGetValue(name, out var group))
            {
                places.UnionWith(group.Places);
            }
            else if (Place.TryParse(name, out var place))
            {
                places.Add(place);
            }
            else
            {
                map.Problem($"`{name}` in `places` is neither a group of places.yaml nor an ISO 3166-1 alpha-2 code", "Use the id of a group, or two capitals such as FR.", "places");
            }
        }
        return map.Has("places") ? places.ToFrozenSet() : null;
    }

    public FrozenDictionary<string, Party> ReadParties(Dictionary<string, AgreementVersion> versions)
    {
        var parties = new Dictionary<string, Party>(StringComparer.Ordinal);
        foreach (var map in reading.List("parties.yaml"))
        {
            var names = map.Maps("names").Select(n => ReadName(n, versions, v => reading.HasFolder($"agreements/{v}"))).OfType<PartyName>().ToImmutableArray();
            if (names.IsEmpty)
            {
                map.Problem("the party has no name", "Add `names:` with at least one `- name: …`.");
                names = [new PartyName(map.OptionalText("id") ?? "", [], true, false)];
            }
            if (map.Text("id") is { } id)
            {
                ContentReading.Add(parties, id, new Party(id, map.OptionalText("registration"), map.OptionalText("incorporation"), names, map.OptionalText("note")), map);
            }
            map.Finish();
        }
        return parties.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static PartyName? ReadName(YamlMap map, Dictionary<string, AgreementVersion> versions, Predicate<string> isThere)
    {
        var name = map.Text("name");
        var usedIn = map.Texts("used-in").ToImmutableArray();
        foreach (var path in usedIn)
        {
            if (!versions.TryGetValue(path, out var version))
            {
                if (isThere(path))
                {
                    continue;
                }
                map.Problem($"the version `{path}` in `used-in` is not in the catalogue", "Write it as agreement/version, such as free-membership/2025-04-01.", "used-in");
            }
            else if (name is not null && !version.Texts.Any(t => t.All.Any(c => c.Text.Contains(name, StringComparison.Ordinal))))
            {
                map.Problem($"the name \"{name}\" does not occur in {path}", "Write the name as that text does, or take the version out of `used-in`.", "used-in");
            }
        }
        var read = name is null ? null : new PartyName(name, usedIn, !map.Flag("variant"), map.Flag("former"));
        map.Finish();
        return read;
    }
}
