using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Reads a content folder into an <see cref="AgreementCatalogue"/>; what is wrong with it is noted, all of it.</summary>
public sealed partial class CatalogueReader
{
    private readonly string folder;
    private readonly ProblemList problems;
    private readonly ConcurrentDictionary<AgreementVersion, YamlMap> details = new();

    private CatalogueReader(string folder, ProblemList problems)
    {
        this.folder = folder;
        this.problems = problems;
    }

    /// <summary>Reads the folder. The result is whole only if no problem was noted.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static AgreementCatalogue Read(string folder, ProblemList problems)
    {
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"There is no content folder at {folder}. Name the folder that holds catalogue.yaml.");
        }
        return new CatalogueReader(folder, problems).Read();
    }

    private AgreementCatalogue Read()
    {
        var (zone, language) = ReadSettings();
        var places = ReadPlaces();
        var (laws, forums) = ReadJurisdictions();
        var names = Folders("agreements");
        var agreements = new Agreement?[names.Length];
        Parallel.For(0, names.Length, i => agreements[i] = ReadAgreement(names[i], language));
        var found = agreements.OfType<Agreement>().OrderByDescending(a => a.IsContract).ThenBy(a => a.Id.Value, StringComparer.Ordinal).ToImmutableArray();
        CheckLinks(found);
        var parties = ReadParties(found.SelectMany(a => a.Versions).ToDictionary(v => v.Path, StringComparer.Ordinal));
        RefuseUnknown("", ["catalogue.yaml", "parties.yaml", "places.yaml", "jurisdictions.yaml", "notice-floors.yaml"], ["agreements"]);
        return new AgreementCatalogue(zone, language, found, parties, places, laws, forums);
    }

    private (TimeZoneInfo Zone, string Language) ReadSettings()
    {
        const string file = "catalogue.yaml";
        var zone = TimeZoneInfo.Utc;
        var language = "en";
        if (Map(file) is { } map)
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

    private FrozenDictionary<string, PlaceGroup> ReadPlaces()
    {
        var groups = new Dictionary<string, PlaceGroup>(StringComparer.Ordinal);
        foreach (var map in List("places.yaml"))
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
                Add(groups, id, new PlaceGroup(id, map.Text("name") ?? id, [.. map.Texts("spellings")], codes.ToFrozenSet()), map);
            }
            map.Finish();
        }
        return groups.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private (FrozenDictionary<string, LegalName> Laws, FrozenDictionary<string, LegalName> Forums) ReadJurisdictions()
    {
        var map = Map("jurisdictions.yaml");
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
                    Add(names, id, new LegalName(id, name, [.. entry.Texts("spellings")]), entry);
                }
                entry.Finish();
            }
            return names.ToFrozenDictionary(StringComparer.Ordinal);
        }
    }

    private FrozenDictionary<string, Party> ReadParties(Dictionary<string, AgreementVersion> versions)
    {
        var parties = new Dictionary<string, Party>(StringComparer.Ordinal);
        foreach (var map in List("parties.yaml"))
        {
            var names = map.Maps("names").Select(n => ReadName(n, versions, IsThere)).OfType<PartyName>().ToImmutableArray();
            if (names.IsEmpty)
            {
                map.Problem("the party has no name", "Add `names:` with at least one `- name: …`.");
                names = [new PartyName(map.OptionalText("id") ?? "", [], true, false)];
            }
            if (map.Text("id") is { } id)
            {
                Add(parties, id, new Party(id, map.OptionalText("registration"), map.OptionalText("incorporation"), names, map.OptionalText("note")), map);
            }
            map.Finish();
        }
        return parties.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Whether a version has a folder, so that its own problems are reported there.</summary>
    private bool IsThere(string version) => Directory.Exists(Full($"agreements/{version}"));

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

    private Agreement? ReadAgreement(string name, string language)
    {
        var path = $"agreements/{name}";
        if (!AgreementId.IsValid(name))
        {
            problems.Add(path, 1, $"`{name}` is not an agreement's name", "Use lower-case letters, digits and hyphens, such as free-membership.");
            return null;
        }
        var id = new AgreementId(name);
        var versions = new List<AgreementVersion>();
        foreach (var versionName in Folders(path))
        {
            if (ReadVersion(id, path, versionName, language) is { } version)
            {
                versions.Add(version);
            }
        }
        RefuseUnknown(path, ["agreement.yaml"], Folders(path));
        if (Folders(path).Length == 0)
        {
            problems.Add(path, 1, "the agreement has no version", "Add a folder named by its effective date, or `undated`, with version.yaml and terms.en.md.");
        }
        versions.Sort((a, b) => Nullable.Compare(a.Id.Effective, b.Id.Effective));
        return Map($"{path}/agreement.yaml") is { } meta ? new Agreement(id, meta, [.. versions]) : null;
    }

    private AgreementVersion? ReadVersion(AgreementId agreement, string parent, string name, string language)
    {
        var path = $"{parent}/{name}";
        VersionId id;
        try
        {
            id = new VersionId(name);
        }
        catch (ArgumentException)
        {
            problems.Add(path, 1, $"`{name}` is not a version", "Name the folder by the effective date, such as 2025-04-01, or `undated`.");
            return null;
        }
        RefuseUnknown(path, ["version.yaml", "rules.yaml", "facts.yaml", "decisions.yaml", .. TextFiles(path)], ["corrections"]);
        if (Map($"{path}/version.yaml") is not { } map)
        {
            return null;
        }
        if (map.OptionalDate("effective") is { } date && date != id.Effective && Directory.Exists(Full($"{parent}/{date:yyyy-MM-dd}")))
        {
            map.Problem($"two versions of {agreement} take effect on {date:yyyy-MM-dd}: the folders {id} and {date:yyyy-MM-dd}", "Give one of them its own date.", "effective");
        }
        else
        {
            CheckDate(map, id);
        }
        var said = ReadDetails(map);
        var texts = ReadTexts(path, language, said.IsExcerpt, said.MissingInOriginal);
        map.Finish();
        if (texts.IsEmpty)
        {
            return null;
        }
        var states = ReadStates(path, texts, said.Recorded);
        var decisions = Exists($"{path}/decisions.yaml") ? List($"{path}/decisions.yaml") : [];
        var version = new AgreementVersion(agreement, id, said, texts, states, [.. decisions]);
        details[version] = map;
        foreach (var label in said.Incorporates.SelectMany(i => i.Clauses).Where(l => !version.HasClause(l)))
        {
            map.Problem($"`incorporates` cites clause {label}, which the text does not have", "Cite a clause of this version.", "incorporates");
        }
        return version;
    }

    private static void CheckDate(YamlMap map, VersionId id)
    {
        var effective = map.OptionalDate("effective");
        if (effective != id.Effective && (effective is not null || !map.Has("effective")))
        {
            map.Problem(
                $"`effective` and the name of the folder, `{id}`, differ",
                id.Effective is null ? "Leave `effective` empty in an undated version." : $"Write `effective: {id}`, or rename the folder.",
                map.Has("effective") ? "effective" : null);
        }
    }

    private static VersionDetails ReadDetails(YamlMap map)
    {
        var announced = map.OptionalDate("announced");
        var recorded = map.OptionalInstant("recorded");
        if (recorded is null && !map.Has("recorded"))
        {
            map.Problem("`recorded` is missing", "Write when the catalogue learnt of this version, as 2026-05-03T10:00:00Z.");
        }
        VersionId? supersedes = null;
        if (map.OptionalText("supersedes") is { } before)
        {
            try
            {
                supersedes = new VersionId(before);
            }
            catch (ArgumentException)
            {
                map.Problem($"`supersedes: {before}` is not a version", "Use its effective date, such as 2025-04-01, or remove the line.", "supersedes");
            }
        }
        var incorporates = map.Maps("incorporates").Select(ReadIncorporation).ToImmutableArray();
        var isOfficial = map.OneOf("edition", ["official", "restatement"]) == "official";
        var isExcerpt = map.OneOf("extent", ["full", "excerpt"]) == "excerpt";
        var classification = map.OneOf("classification", ["editorial", "clarification", "substantive", "needs-adaptation"], required: false);
        return new VersionDetails(
            announced, recorded ?? DateTimeOffset.MinValue, supersedes, map.OptionalText("source"), isOfficial, isExcerpt, classification, incorporates, map.OptionalText("note"),
            [.. map.Texts("missing-in-original")], [.. map.Maps("accepted").Select(ReadAccepted).OfType<AcceptedFinding>()]);
    }

    private static AcceptedFinding? ReadAccepted(YamlMap map)
    {
        var code = map.Text("code");
        var clause = map.OptionalText("clause");
        var words = map.OptionalText("words");
        var why = map.Text("why");
        map.Finish();
        if (code is not null && !LintCode.IsKnown(code))
        {
            map.Problem($"`{code}` is not the code of a finding", "Use a code of docs/lint.md, such as TW102.", "code");
            return null;
        }
        return code is null || why is null ? null : new AcceptedFinding(code, clause, words, why, map.Line);
    }

    private static Incorporation ReadIncorporation(YamlMap map)
    {
        var agreement = map.OptionalText("agreement");
        var read = new Incorporation(agreement, map.OptionalText("name") ?? agreement ?? "", map.OptionalText("url"), [.. map.Texts("clauses")]);
        if (read.Name.Length == 0)
        {
            map.Problem("the incorporated document has no name", "Add `agreement:` if it is in this catalogue, or `name:`.");
        }
        if (read.Clauses.IsEmpty)
        {
            map.Problem($"the incorporation of {read.Name} cites no clause", "Add `clauses: [\"1.1\"]`.");
        }
        if (read.Url is not null && !SafeLink.Allows(read.Url))
        {
            map.Problem($"the address `{read.Url}` is not allowed", "Use an http or https address.", "url");
        }
        map.Finish();
        return read;
    }

    private ImmutableArray<TermsText> ReadTexts(string path, string language, bool isExcerpt, ImmutableArray<string> missing)
    {
        var texts = new List<TermsText>();
        var files = TextFiles(path);
        foreach (var name in files)
        {
            var match = TextName().Match(name);
            var file = $"{path}/{name}";
            var number = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : 1;
            if (ContentFile.Read(Full(file), file, problems) is { } markdown
                && TermsTextParser.Parse(file, markdown, match.Groups[1].Value, number, isExcerpt, missing, problems) is { } text)
            {
                texts.Add(text);
            }
        }
        if (files.Length == 0)
        {
            problems.Add(path, 1, "the version has no text", $"Add terms.{language}.md.");
        }
        return [.. texts.OrderByDescending(t => t.Language == language).ThenBy(t => t.Language, StringComparer.Ordinal).ThenBy(t => t.Number)];
    }

    /// <summary>The state as recorded, then one per correction, each with the digest of what was then known.</summary>
    private ImmutableArray<VersionState> ReadStates(string path, ImmutableArray<TermsText> texts, DateTimeOffset recorded)
    {
        var textDigest = Digest.Of(texts.Select(t => t.Canonical()).ToArray());
        var entries = ReadEntries(path);
        var states = new List<VersionState> { State(recorded, entries, null) };
        foreach (var name in Files($"{path}/corrections"))
        {
            var file = $"{path}/corrections/{name}";
            if (!Instants.TryParse(CorrectionName().Replace(name, "$1T$2:$3:$4Z"), out var at))
            {
                problems.Add(file, 1, "the name of the correction is not an instant", "Name it 2026-05-03T10-00-00Z.yaml.");
            }
            else if (Map(file) is { } map)
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
        if (Exists($"{path}/facts.yaml"))
        {
            entries["facts"] = [.. List($"{path}/facts.yaml")];
        }
        if (Exists($"{path}/rules.yaml") && Map($"{path}/rules.yaml") is { } rules)
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

    private void CheckLinks(ImmutableArray<Agreement> agreements)
    {
        foreach (var agreement in agreements)
        {
            foreach (var version in agreement.Versions)
            {
                var map = details[version];
                if (version.Details.Supersedes is { } before && (agreement.Version(before.Value) is not { } older || !older.Id.IsBefore(version.Id)))
                {
                    map.Problem($"`supersedes: {before}` does not lead to an earlier version of {agreement.Id}", "Name an earlier version that is here, or remove the line.", "supersedes");
                }
                foreach (var target in version.Details.Incorporates.Where(i => i.Agreement is not null && !agreements.Any(a => a.Id.Value == i.Agreement)))
                {
                    map.Problem($"`incorporates` names the agreement `{target.Agreement}`, which is not in the catalogue", "Name one that is, or give the document's `name` instead.", "incorporates");
                }
            }
        }
    }

    private static void Add<T>(Dictionary<string, T> all, string id, T value, YamlMap map)
    {
        if (!all.TryAdd(id, value))
        {
            map.Problem($"`{id}` is defined twice", "Remove one, or give it another id.", "id");
        }
    }

    private string Full(string name) => Path.Combine(folder, name.Replace('/', Path.DirectorySeparatorChar));

    private bool Exists(string name) => File.Exists(Full(name));

    private string? Content(string file)
    {
        if (Exists(file))
        {
            return ContentFile.Read(Full(file), file, problems);
        }
        problems.Add(file, 1, "the file is missing", "Add it; docs/content-format.md shows its shape.");
        return null;
    }

    private YamlMap? Map(string file) => Content(file) is { } text ? YamlMap.Parse(file, text, problems) : null;

    private IReadOnlyList<YamlMap> List(string file) => Content(file) is { } text ? YamlMap.ParseList(file, text, problems) : [];

    private string[] Folders(string path) => Names(path, Directory.GetDirectories);

    private string[] Files(string path) => Names(path, Directory.GetFiles);

    private string[] TextFiles(string path) => [.. Files(path).Where(f => TextName().IsMatch(f))];

    private string[] Names(string path, Func<string, string[]> list) =>
        Directory.Exists(Full(path)) ? [.. list(Full(path)).Select(p => Path.GetFileName(p)).Where(n => !n.StartsWith('.')).Order(StringComparer.Ordinal)] : [];

    private void RefuseUnknown(string path, string[] files, string[] folders)
    {
        foreach (var name in Files(path).Except(files).Concat(Folders(path).Except(folders)))
        {
            problems.Add(path.Length == 0 ? name : $"{path}/{name}", 1, "nothing here reads this", "Remove it, or mend its name.");
        }
    }

    [GeneratedRegex(@"^terms\.([a-z]{2,3}(?:-[A-Za-z]{4})?(?:-[A-Z]{2})?)(?:\.([1-9]))?\.md\z")]
    private static partial Regex TextName();

    [GeneratedRegex(@"^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.yaml\z")]
    private static partial Regex CorrectionName();
}
