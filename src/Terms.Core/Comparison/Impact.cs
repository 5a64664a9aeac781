using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>Customers for whom the company, law, forum or cap changes.</summary>
/// <param name="About"><c>party</c>, <c>law</c>, <c>forum</c> or <c>cap</c>.</param>
/// <param name="Before">What applied to them, in words.</param>
/// <param name="After">What applies to them.</param>
/// <param name="Who">Who they are, in words.</param>
/// <param name="Combinations">How many combinations of single places, role, site, service and membership they are.</param>
/// <param name="Example">One of them.</param>
public sealed record Impact(string About, string Before, string After, string Who, long Combinations, Customer Example)
{
    /// <summary>The example in words.</summary>
    public string ExampleWords =>
        $"{(Example.Role == Role.BuyerAndSeller ? "somebody who buys and sells," : $"a {Example.Role.Word()}")} who lives in {Example.Residence} and uses {Example.Site.Word()} from {Example.AccessFrom}"
        + (Example.Service.Word() is { } service ? $", about {service}" : "") + (Example.Members == Memberships.None ? "" : $", registered on {string.Join(" and ", Example.Members.SiteWords())}");
}

/// <summary>Tries the classes of customers against two versions.</summary>
internal sealed class ImpactSearch
{
    private static readonly string[] Abouts = ["party", "law", "forum", "cap"];

    private readonly Resolver resolver;
    private readonly (AgreementVersion Version, DateTimeOffset At) from;
    private readonly (AgreementVersion Version, DateTimeOffset At) to;
    private readonly DateTimeOffset knownAt;
    private readonly PlaceClasses places;
    private readonly ImmutableArray<string> names;
    private readonly Dictionary<AgreementAnswer, (string Key, string Words)[]> said = new(ReferenceEqualityComparer.Instance as IEqualityComparer<AgreementAnswer>);

    private ImpactSearch(Resolver resolver, (AgreementVersion, DateTimeOffset) from, (AgreementVersion, DateTimeOffset) to, DateTimeOffset knownAt)
    {
        (this.resolver, this.from, this.to, this.knownAt) = (resolver, from, to, knownAt);
        var groups = new[] { from.Item1, to.Item1 }.SelectMany(v => resolver.Corpus.Knowledge(v.StateAt(knownAt)!).Rules.All.SelectMany(r => r.When.Groups.Concat(r.OrReadAs?.Groups ?? []))
            .Concat(resolver.Corpus.Decisions.GetValueOrDefault(v.Path, []).SelectMany(d => d.When.Groups))).DistinctBy(g => g.Id).ToList();
        places = new PlaceClasses(groups);
        names = [.. places.Members.Select(m => string.Join(" and in ", groups.Where(g => g.Places.Contains(m[0])).Select(g => g.Name)))];
    }

    /// <summary>Who is affected, company first, the largest groups first. Nothing if one of the versions is never in force.</summary>
    public static ImmutableArray<Impact> Find(Resolver resolver, AgreementVersion from, AgreementVersion to, DateTimeOffset knownAt)
    {
        var zone = resolver.Corpus.Catalogue.Zone;
        return Timeline.MomentOf(from, zone, knownAt) is { } at && Timeline.MomentOf(to, zone, knownAt) is { } then
            ? new ImpactSearch(resolver, (from, at), (to, then), knownAt).Find()
            : [];
    }

    /// <summary>A class of customers apart from their places.</summary>
    private readonly record struct Kind(Role Role, Site Site, Service Service, Memberships Members);

    private static readonly ImmutableArray<Kind> Kinds =
    [
        .. from role in Enum.GetValues<Role>()
           from site in Enum.GetValues<Site>()
           from service in Enum.GetValues<Service>()
           from members in Enumerable.Range(0, 8)
           select new Kind(role, site, service, (Memberships)members),
    ];

    private ImmutableArray<Impact> Find()
    {
        var count = places.Members.Length;
        var affected = new Dictionary<(int About, string Key), (string Before, string After, BigInteger[,] Kinds)>();
        var reached = new BigInteger[count, count];
        for (var residence = 0; residence < count; residence++)
        {
            for (var access = 0; access < count; access++)
            {
                for (var k = 0; k < Kinds.Length; k++)
                {
                    var customer = Customer(residence, access, Kinds[k]);
                    var before = Said(resolver.Resolve(from.Version.Agreement, customer, from.At, knownAt));
                    var after = Said(resolver.Resolve(to.Version.Agreement, customer, to.At, knownAt));
                    if (before[0].Key.Length + after[0].Key.Length > 0)
                    {
                        reached[residence, access] |= BigInteger.One << k;
                    }
                    for (var about = 0; about < Abouts.Length; about++)
                    {
                        if (before[about].Key != after[about].Key)
                        {
                            var key = (about, before[about].Key + "\n" + after[about].Key);
                            if (!affected.TryGetValue(key, out var known))
                            {
                                affected[key] = known = (before[about].Words, after[about].Words, new BigInteger[count, count]);
                            }
                            known.Kinds[residence, access] |= BigInteger.One << k;
                        }
                    }
                }
            }
        }
        return
        [
            .. affected.OrderBy(a => a.Key.About).SelectMany(a => Groups(a.Value.Kinds, reached).Select(g => Describe(Abouts[a.Key.About], a.Value.Before, a.Value.After, g, reached)))
                .OrderBy(i => Array.IndexOf(Abouts, i.About)).ThenByDescending(i => i.Combinations).ThenBy(i => i.Who, StringComparer.Ordinal),
        ];
    }

    private Customer Customer(int residence, int access, Kind kind) =>
        new(Sweep.Likely(places.Members[residence]), Sweep.Likely(places.Members[access]), kind.Role, kind.Site, kind.Service, kind.Members);

    /// <summary>Residences and places of access that go with the same kinds of customers.</summary>
    private sealed record Group(ImmutableArray<int> Residences, ImmutableArray<int> Accesses, BigInteger Kinds);

    private List<Group> Groups(BigInteger[,] kinds, BigInteger[,] reached)
    {
        var all = Enumerable.Range(0, places.Members.Length).ToList();
        var groups = new List<Group>();
        var parts = all.SelectMany(r => all.Select(a => (Kinds: kinds[r, a], Reached: reached[r, a]))).Where(p => !p.Kinds.IsZero).Distinct();
        foreach (var (part, whole) in parts)
        {
            var rows = all.Select(r => (Residence: r, Accesses: all.Where(a => kinds[r, a] == part && reached[r, a] == whole).ToImmutableArray())).Where(r => !r.Accesses.IsEmpty);
            foreach (var alike in rows.GroupBy(r => string.Join(',', r.Accesses)))
            {
                groups.AddRange(Rectangles(part, whole).Select(k => new Group([.. alike.Select(r => r.Residence)], alike.First().Accesses, k)));
            }
        }
        return groups;
    }

    /// <summary>Cuts a set of kinds into sets that roles, sites, services and memberships describe each by itself.</summary>
    private static IEnumerable<BigInteger> Rectangles(BigInteger kinds, BigInteger reached)
    {
        if (Box(kinds, reached) == kinds)
        {
            return [kinds];
        }
        foreach (var part in new Func<Kind, int>[] { k => (int)k.Service, k => (int)k.Role, k => (int)k.Site, k => (int)k.Members })
        {
            var cuts = Members(kinds).GroupBy(k => part(Kinds[k])).Select(g => Set(g)).ToList();
            if (cuts.Count > 1)
            {
                // Cuts that are alike apart from this part belong together: they are tried as one box first.
                var merged = new List<BigInteger>();
                foreach (var cut in cuts)
                {
                    var at = merged.FindIndex(m => Box(m | cut, reached) == (m | cut));
                    if (at >= 0)
                    {
                        merged[at] |= cut;
                    }
                    else
                    {
                        merged.Add(cut);
                    }
                }
                return merged.Count > 1 ? merged.SelectMany(m => Rectangles(m, reached)) : [kinds];
            }
        }
        return [kinds];
    }

    private static IEnumerable<int> Members(BigInteger set) => Enumerable.Range(0, Kinds.Length).Where(k => !((set >> k) & 1).IsZero);

    private static BigInteger Set(IEnumerable<int> kinds) => kinds.Aggregate(BigInteger.Zero, (set, k) => set | (BigInteger.One << k));

    /// <summary>All kinds that have the roles, sites, services and memberships of some.</summary>
    private static BigInteger Box(BigInteger kinds, BigInteger reached)
    {
        var (roles, sites, services, members) = Parts(kinds);
        return Set(Members(reached).Where(k => Kinds[k] is var kind && roles.Contains(kind.Role) && sites.Contains(kind.Site) && services.Contains(kind.Service) && members.Contains(kind.Members)));
    }

    private static (ImmutableArray<Role> Roles, ImmutableArray<Site> Sites, ImmutableArray<Service> Services, ImmutableArray<Memberships> Members) Parts(BigInteger kinds)
    {
        var found = Members(kinds).Select(k => Kinds[k]).ToList();
        return ([.. found.Select(k => k.Role).Distinct()], [.. found.Select(k => k.Site).Distinct()], [.. found.Select(k => k.Service).Distinct()], [.. found.Select(k => k.Members).Distinct()]);
    }

    private Impact Describe(string about, string before, string after, Group group, BigInteger[,] reached)
    {
        var combinations = group.Residences.Sum(r => (long)places.Members[r].Length) * group.Accesses.Sum(a => (long)places.Members[a].Length) * Members(group.Kinds).LongCount();
        var likely = Members(group.Kinds).Select(k => Kinds[k]).OrderByDescending(k => k.Members == Resolution.Customer.DefaultMembers(k.Role, k.Site)).ThenBy(k => k.Service)
            .ThenByDescending(k => k.Role == Role.Buyer).First();
        var residence = group.Residences[0];
        var access = group.Accesses.Contains(residence) ? residence : group.Accesses[0];
        return new Impact(about, before, after, Who(group, reached[group.Residences[0], group.Accesses[0]]), combinations, Customer(residence, access, likely));
    }

    private string Who(Group group, BigInteger reached)
    {
        var (roles, sites, services, members) = Parts(group.Kinds);
        var (allRoles, allSites, allServices, allMembers) = Parts(reached);
        var subject = roles.Length == allRoles.Length ? null : And(roles.Select(r => r switch { Role.Visitor => "visitors", Role.Buyer => "buyers", Role.Seller => "sellers", _ => "people who buy and sell" }));
        var living = group.Residences.Length == places.Members.Length ? null : Place(group.Residences);
        var visiting = group.Accesses.Length == places.Members.Length ? null : Place(group.Accesses);
        var who = (subject, living, visiting) switch
        {
            (null, null, null) => "everyone whom the agreement is for",
            (_, null, null) => subject,
            (null, { Outside: false }, null) => $"residents of {living.Names}",
            (_, null, _) => $"{subject ?? "people"} who use the sites {From(visiting)}",
            (_, _, null) => $"{subject ?? "people"} who live {In(living)}",
            (null, { Outside: false }, _) => $"residents of {living.Names} who use the sites {From(visiting)}",
            _ => $"{subject ?? "people"} who live {In(living)} and use the sites {From(visiting)}",
        };
        if (services.Length < allServices.Length)
        {
            who += services.Contains(Service.None)
                ? $", except about {Or(allServices.Except(services).Select(s => s.Word()!))}"
                : $", about {Or(services.Select(s => s.Word()!))}";
        }
        who += sites.Length < allSites.Length ? $", on {Or(sites.Select(s => s.Word()))}" : "";
        return who + (members.Length < allMembers.Length ? Registered(members) : "");
    }

    private static string Registered(ImmutableArray<Memberships> members)
    {
        var always = members.Aggregate((all, m) => all & m);
        var never = ~members.Aggregate((all, m) => all | m) & (Memberships)7;
        return (always, never) switch
        {
            (not Memberships.None, _) => $", registered on {And(always.SiteWords())}",
            _ when members is [Memberships.None] => ", registered nowhere",
            _ when !members.Contains(Memberships.None) && members.Length == 7 => ", registered somewhere",
            (_, not Memberships.None) => $", not registered on {Or(never.SiteWords())}",
            _ => $", registered {Or(members.Select(m => m == Memberships.None ? "nowhere" : $"on {And(m.SiteWords())}"))}",
        };
    }

    private sealed record PlaceWords(bool Outside, string Names);

    private PlaceWords Place(ImmutableArray<int> classes)
    {
        var rest = Enumerable.Range(0, names.Length).Where(i => names[i].Length == 0).ToList();
        return rest.TrueForAll(r => classes.Contains(r)) && rest.Count > 0
            ? new PlaceWords(true, Or(Enumerable.Range(0, names.Length).Except(classes).Select(i => names[i])))
            : new PlaceWords(false, Or(classes.Select(i => names[i])));
    }

    private static string In(PlaceWords place) => place.Outside ? $"outside {place.Names}" : $"in {place.Names}";

    private static string From(PlaceWords place) => place.Outside ? $"from outside {place.Names}" : $"from {place.Names}";

    private static string And(IEnumerable<string> words) => Listed(words, "and");

    private static string Or(IEnumerable<string> words) => Listed(words, "or");

    private static string Listed(IEnumerable<string> words, string last) => words.ToList() switch
    {
        [] => "",
        [var one] => one,
        var several => $"{string.Join(", ", several[..^1])} {last} {several[^1]}",
    };

    /// <summary>What an answer says of company, law, forum and cap: a key to compare by, empty if the agreement is not for the customer, and words.</summary>
    private (string Key, string Words)[] Said(AgreementAnswer answer)
    {
        if (!said.TryGetValue(answer, out var known))
        {
            said[answer] = known = answer.Outcome is Outcome.NotApplicable or Outcome.NoVersion
                ? [.. Abouts.Select(_ => ("", "the agreement is not for them"))]
                :
                [
                    Said(answer.Party.Outcome, answer.Party.Parties, answer.Party.Candidates.Select(c => c.Parties), "no company"),
                    Said(answer.Law.Outcome, answer.Law.Laws.Select(l => (l.Rule.Law, l.Name)), answer.Law.Candidates.Select(l => (l.Rule.Law, l.Name)), "no law"),
                    Said(answer.Forum.Outcome, answer.Forum.Forums.Select(f => (f.Rule.Forum, f.Name)), answer.Forum.Candidates.Select(f => (f.Rule.Forum, f.Name)), "no forum"),
                    Said(answer.Caps),
                ];
        }
        return known;
    }

    private static (string, string) Said(Outcome outcome, ImmutableArray<NamedParty> parties, IEnumerable<ImmutableArray<NamedParty>> candidates, string none)
    {
        static (string Key, string Words) Together(ImmutableArray<NamedParty> parties) => (
            string.Join('+', parties.Select(p => $"{p.Id}/{p.Part}").Order(StringComparer.Ordinal)),
            And(parties.Select(p => (p.Name ?? "a company that the text does not name") + (p.Part is null ? "" : $" for {p.Part}"))));
        return Said(outcome, parties.IsEmpty ? [] : [Together(parties)], candidates.Select(Together), none);
    }

    private static (string, string) Said(Outcome outcome, IEnumerable<(string Key, string Words)> decided, IEnumerable<(string Key, string Words)> candidates, string none) => outcome switch
    {
        Outcome.Decided => (string.Join('&', decided.Select(d => d.Key).Distinct().Order(StringComparer.Ordinal)), And(decided.Select(d => d.Words).Distinct())),
        Outcome.Conflict => ("?" + string.Join('|', candidates.Select(c => c.Key).Distinct().Order(StringComparer.Ordinal)), $"open between {And(candidates.Select(c => c.Words).Distinct())}"),
        _ => ("-", none),
    };

    private static (string, string) Said(ImmutableArray<CapFact> caps)
    {
        var each = caps.Select(c => (c.Basis switch
        {
            "fixed" => string.Create(CultureInfo.InvariantCulture, $"{c.Currency} {c.Amount:0.##}"),
            "fees-paid" => "the fees paid",
            _ => "the greater of the fees paid and what the law permits at most",
        }) + (c.Period == "calendar-year" ? " per calendar year" : "") + $", for {c.Scope}").Order(StringComparer.Ordinal).ToList();
        return (each.Count == 0 ? "-" : string.Join('\n', each), each.Count == 0 ? "no cap" : string.Join("; ", each));
    }
}
