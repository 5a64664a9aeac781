using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Terms.Catalogue;

/// <summary>Reads files of content into an <see cref="AgreementCatalogue"/>; what is wrong with them is noted, all of it.</summary>
public sealed class CatalogueReader
{
    private readonly ContentReading reading;
    private readonly ConcurrentDictionary<AgreementVersion, YamlMap> details = new();

    private CatalogueReader(ContentFiles files, ProblemList problems) => reading = new ContentReading(files, problems);

    /// <summary>Reads a folder. The result is whole only if no problem was noted.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static AgreementCatalogue Read(string folder, ProblemList problems) => Read(ContentFiles.Load(folder), problems);

    /// <summary>Reads files that are in memory. The result is whole only if no problem was noted.</summary>
    public static AgreementCatalogue Read(ContentFiles files, ProblemList problems) => new CatalogueReader(files, problems).Read();

    private AgreementCatalogue Read()
    {
        var registers = new RegisterReader(reading);
        var (zone, language) = registers.ReadSettings();
        var places = registers.ReadPlaces();
        var (laws, forums) = registers.ReadJurisdictions();
        var floors = registers.ReadNoticeFloors(places);
        var names = reading.Folders("agreements");
        var agreements = new Agreement?[names.Count];
        var versions = new VersionReader(reading, language);
        Parallel.For(0, names.Count, i => agreements[i] = ReadAgreement(names[i], versions));
        var found = agreements.OfType<Agreement>().OrderByDescending(a => a.IsContract).ThenBy(a => a.Id.Value, StringComparer.Ordinal).ToImmutableArray();
        CheckLinks(found);
        CheckWithdrawals(found, zone);
        var parties = registers.ReadParties(found.SelectMany(a => a.Versions).ToDictionary(v => v.Path, StringComparer.Ordinal));
        reading.RefuseUnknown("", ["catalogue.yaml", "parties.yaml", "places.yaml", "jurisdictions.yaml", "notice-floors.yaml"], ["agreements"]);
        return new AgreementCatalogue(zone, language, found, parties, places, laws, forums, floors);
    }

    private Agreement? ReadAgreement(string name, VersionReader versionReader)
    {
        var path = $"agreements/{name}";
        if (!AgreementId.IsValid(name))
        {
            reading.Problems.Add(path, 1, $"`{name}` is not an agreement's name", "Use lower-case letters, digits and hyphens, such as free-membership.");
            return null;
        }
        var id = new AgreementId(name);
        var versions = new List<AgreementVersion>();
        foreach (var versionName in reading.Folders(path))
        {
            if (versionReader.Read(id, path, versionName) is var (version, map))
            {
                versions.Add(version);
                details[version] = map;
            }
        }
        reading.RefuseUnknown(path, ["agreement.yaml"], reading.Folders(path));
        if (reading.Folders(path).Count == 0)
        {
            reading.Problems.Add(path, 1, "the agreement has no version", "Add a folder named by its effective date, or `undated`, with version.yaml and terms.en.md.");
        }
        versions.Sort((a, b) => Nullable.Compare(a.Id.Effective, b.Id.Effective));
        return reading.Map($"{path}/agreement.yaml") is { } meta ? new Agreement(id, meta, [.. versions]) : null;
    }

    private void CheckWithdrawals(ImmutableArray<Agreement> agreements, TimeZoneInfo zone)
    {
        foreach (var version in agreements.SelectMany(a => a.Versions))
        {
            if (version.Details.Withdrawn is not { } back)
            {
                continue;
            }
            if (version.Id.Effective is not { } day || back.At >= Instants.StartOf(day, zone))
            {
                details[version].Problem(
                    $"{version.Path} was withdrawn at {back.At.ToRfc3339()}, when it was in force", "A version is taken back before it takes effect. Publish another in its place, and remove `withdrawn`.", Withdrawal.Key);
            }
            else if (back.At < version.Details.Recorded)
            {
                details[version].Problem($"{version.Path} was withdrawn before it was recorded", "Write in `at` when it was taken back.", Withdrawal.Key);
            }
        }
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
}
