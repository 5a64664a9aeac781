using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Resolution;

/// <summary>
/// Tries every combination of place × access × role × site × service × membership of a version, by classes of places that no rule tells apart, and
/// lists the conflicts and gaps.
/// </summary>
/// <param name="Version">The version.</param>
/// <param name="Combinations">How many combinations of single places were covered.</param>
/// <param name="Decided">How many of them have one company, law and forum.</param>
/// <param name="NotApplicable">How many are of customers whom the agreement is not for.</param>
/// <param name="Findings">What is in conflict or left open, the most frequent first.</param>
public sealed record Sweep(AgreementVersion Version, long Combinations, long Decided, long NotApplicable, ImmutableArray<Sweep.Finding> Findings)
{
    /// <summary>A conflict or a gap.</summary>
    /// <param name="About"><c>party</c>, <c>law</c> or <c>forum</c>.</param>
    /// <param name="Outcome">Conflict or no rule.</param>
    /// <param name="Candidates">What stands against each other, with the clauses; empty for a gap.</param>
    /// <param name="Combinations">In how many combinations of single places.</param>
    /// <param name="Example">One customer for whom it is so.</param>
    /// <param name="IsNew">Whether these customers had another answer in the version that this one was compared with.</param>
    public sealed record Finding(string About, Outcome Outcome, string Candidates, long Combinations, Customer Example, bool IsNew = false);

    /// <summary>Sweeps a version as known at an instant.</summary>
    /// <param name="resolver">Gives the answers.</param>
    /// <param name="version">The version.</param>
    /// <param name="knownAt">What counts is what was known then.</param>
    /// <param name="before">Another version; what its customers did not find there is new. Null to tell no difference.</param>
    public static Sweep Of(Resolver resolver, AgreementVersion version, DateTimeOffset knownAt, AgreementVersion? before = null)
    {
        var catalogue = resolver.Corpus.Catalogue;
        var then = before is null ? null : Timeline.MomentOf(before, catalogue.Zone, knownAt);
        var at = Timeline.MomentOf(version, catalogue.Zone, knownAt) ?? throw new ArgumentException($"{version.Path} is never in force.", nameof(version));
        var findings = new Dictionary<(string, Outcome, string, bool), (long Count, Customer Example)>();
        long combinations = 0, decided = 0, notApplicable = 0;
        foreach (var (customer, count) in Customers(resolver.Places))
        {
            var answer = resolver.Resolve(version.Agreement, customer, at, knownAt);
            combinations += count;
            decided += answer.Outcome == Outcome.Decided ? count : 0;
            notApplicable += answer.Outcome == Outcome.NotApplicable ? count : 0;
            if (answer.Outcome is Outcome.Conflict or Outcome.NoRule)
            {
                var old = then is { } moment ? resolver.Resolve(version.Agreement, customer, moment, knownAt) : null;
                Note("party", answer.Party.Outcome, old?.Party.Outcome, string.Join(" | ", answer.Party.Candidates.Select(Describe)), Parties(answer), old is null ? null : Parties(old));
                Note("law", answer.Law.Outcome, old?.Law.Outcome, Laws(answer), Laws(answer), old is null ? null : Laws(old));
                Note("forum", answer.Forum.Outcome, old?.Forum.Outcome, Forums(answer), Forums(answer), old is null ? null : Forums(old));
            }

            void Note(string about, Outcome outcome, Outcome? had, string candidates, string who, string? whoHad)
            {
                if (outcome != Outcome.Decided)
                {
                    var key = (about, outcome, candidates, before is not null && (had != outcome || who != whoHad));
                    findings[key] = findings.TryGetValue(key, out var known) ? (known.Count + count, known.Example) : (count, customer);
                }
            }
        }
        return new Sweep(
            version, combinations, decided, notApplicable,
            [.. findings.Select(f => new Finding(f.Key.Item1, f.Key.Item2, f.Key.Item3, f.Value.Count, f.Value.Example, f.Key.Item4)).OrderByDescending(f => f.Combinations).ThenBy(f => f.About, StringComparer.Ordinal).ThenBy(f => f.Candidates, StringComparer.Ordinal)]);
    }

    private static string Parties(AgreementAnswer answer) =>
        string.Join(" | ", answer.Party.Candidates.Select(c => string.Join('+', c.Parties.Select(p => $"{p.Id}/{p.Part}"))).Order(StringComparer.Ordinal));

    private static string Laws(AgreementAnswer answer) => string.Join(" | ", answer.Law.Candidates.Select(l => l.Name).Distinct());

    private static string Forums(AgreementAnswer answer) => string.Join(" | ", answer.Forum.Candidates.Select(f => f.Name).Distinct());

    private static string Describe(PartyCandidate candidate) =>
        $"{string.Join(" and ", candidate.Parties.Select(p => p.Name ?? "a company that is not named"))} ({string.Join(", ", candidate.Clauses)}{(candidate.IsOpen ? ", on one reading" : "")})";

    /// <summary>One customer of each class, with the number of combinations of places that the class stands for. A likely place stands for its class.</summary>
    private static IEnumerable<(Customer Customer, long Count)> Customers(PlaceClasses places)
    {
        foreach (var residence in places.Members)
        {
            foreach (var access in places.Members)
            {
                long count = (long)residence.Length * access.Length;
                foreach (var role in Enum.GetValues<Role>())
                {
                    foreach (var site in Enum.GetValues<Site>())
                    {
                        foreach (var service in Enum.GetValues<Service>())
                        {
                            for (var members = 0; members < 8; members++)
                            {
                                yield return (new Customer(Likely(residence), Likely(access), role, site, service, (Memberships)members), count);
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>A place that people think of first, to stand for its class.</summary>
    internal static Place Likely(ImmutableArray<Place> places) =>
        places.Where(p => p.Code is "FR" or "RU" or "HK" or "US" or "KR" or "CN").Select(p => (Place?)p).FirstOrDefault() ?? places[0];
}
