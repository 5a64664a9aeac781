using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Web.Pages;

/// <summary>Which facts are asked for.</summary>
public sealed record FactFilter(Agreement? Agreement, AgreementVersion? Version, string Kind, string Clause, int Page)
{
    /// <summary>How many facts stand on one page.</summary>
    public const int PageSize = 50;

    /// <summary>The facts that pass: of the version named, else of the versions in force, else of all versions of the agreement if none is.</summary>
    public ImmutableArray<Fact> Find(Corpus corpus, DateTimeOffset now)
    {
        var versions = Version is not null ? [Version] : (Agreement is null ? corpus.Catalogue.Agreements : [Agreement])
            .Select(a => Timeline.Of(a, corpus.Catalogue.Zone, now).Last(s => s.From is null || s.From <= now).Version).OfType<AgreementVersion>();
        return
        [
            .. versions.Select(v => v.StateAt(now)).OfType<VersionState>().SelectMany(s => corpus.Knowledge(s).Facts)
                .Where(f => (Kind.Length == 0 || f.Origin.Kind == Kind) && (Clause.Length == 0 || f.Clauses.Contains(Clause))),
        ];
    }

    /// <summary>The address of another page of the same facts.</summary>
    public string Address(int page) => "/facts" + QueryString.Create(new Dictionary<string, string?>
    {
        ["agreement"] = Agreement?.Id.Value,
        ["version"] = Version?.Id.Value,
        ["kind"] = Kind,
        ["clause"] = Clause,
        ["page"] = page.ToString(System.Globalization.CultureInfo.InvariantCulture),
    }.Where(p => !string.IsNullOrEmpty(p.Value)));

    internal static FactFilter Read(IQueryCollection query, AgreementCatalogue catalogue, out (int Status, string Words)? refusal)
    {
        var (agreement, version, kind) = (query["agreement"].ToString(), query["version"].ToString(), query["kind"].ToString());
        // The form sends a version as agreement/version; links send the two apart.
        if (version.Split('/') is [var of, var id])
        {
            (agreement, version) = (of, id);
        }
        var found = agreement.Length > 0 ? catalogue.Find(agreement) : null;
        var filter = new FactFilter(
            found, found?.Version(version), kind, query["clause"].ToString().Trim(), int.TryParse(query["page"], out var page) && page > 0 ? page : 1);
        refusal = agreement.Length > 0 && found is null ? (404, "Refusal.Agreement")
            : version.Length > 0 && filter.Version is null ? (404, "Refusal.Version")
            : kind.Length > 0 && !FactKind.All.Contains(kind) ? (400, "Refusal.Kind")
            : null;
        return filter;
    }
}
