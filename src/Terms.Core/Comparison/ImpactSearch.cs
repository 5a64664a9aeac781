using System.Collections.Immutable;
using System.Numerics;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>Tries the classes of customers against two versions.</summary>
internal sealed class ImpactSearch
{
    private static readonly string[] Abouts = ["party", "law", "forum", "cap"];

    private readonly Resolver resolver;
    private readonly (AgreementVersion Version, DateTimeOffset At) from;
    private readonly (AgreementVersion Version, DateTimeOffset At) to;
    private readonly DateTimeOffset knownAt;
    private readonly PlaceClasses places;
    private readonly ImmutableArray<ImmutableArray<PlaceGroup>> names;
    private readonly Dictionary<AgreementAnswer, (string Key, Applying What)[]> said = new(ReferenceEqualityComparer.Instance as IEqualityComparer<AgreementAnswer>);

    private ImpactSearch(Resolver resolver, (AgreementVersion, DateTimeOffset) from, (AgreementVersion, DateTimeOffset) to, DateTimeOffset knownAt)
    {
        (this.resolver, this.from, this.to, this.knownAt) = (resolver, from, to, knownAt);
        var groups = new[] { from.Item1, to.Item1 }.SelectMany(v => resolver.Corpus.Knowledge(v.StateAt(knownAt)!).Rules.All.SelectMany(r => r.When.Groups.Concat(r.OrReadAs?.Groups ?? []))
            .Concat(resolver.Corpus.Decisions.GetValueOrDefault(v.Path, []).SelectMany(d => d.When.Groups))).DistinctBy(g => g.Id).ToList();
        places = new PlaceClasses(groups);
        names = [.. places.Members.Select(m => groups.Where(g => g.Places.Contains(m[0])).ToImmutableArray())];
    }

    /// <summary>Who is affected, company first, the largest groups first. Nothing if one of the versions is never in force.</summary>
    public static ImmutableArray<Impact> Find(Resolver resolver, AgreementVersion from, AgreementVersion to, DateTimeOffset knownAt) => Over(resolver, from, to, knownAt) is { } search ? search.List(search.Try()) : [];

    /// <summary>The same as a table.</summary>
    public static ImpactMatrix Matrix(Resolver resolver, AgreementVersion from, AgreementVersion to, DateTimeOffset knownAt) => Over(resolver, from, to, knownAt) is { } search ? search.Table(search.Try()) : ImpactMatrix.Empty;

    /// <summary>What changes for one customer, in the order of company, law, forum and cap; nothing if one of the versions is never in force.</summary>
    public static ImmutableArray<Impact> Of(Resolver resolver, AgreementVersion from, AgreementVersion to, Customer customer, DateTimeOffset knownAt)
    {
        if (Over(resolver, from, to, knownAt) is not { } search)
        {
            return [];
        }
        var (before, after) = (search.Before(customer), search.After(customer));
        var group = new AffectedGroup([customer.Role], null, null, [customer.Service], false, [customer.Site], [customer.Members]);
        return [.. Abouts.Select((about, i) => (about, i)).Where(a => before[a.i].Key != after[a.i].Key).Select(a => new Impact(a.about, before[a.i].What, after[a.i].What, group, 1, customer))];
    }

    /// <summary>A search over two versions; null if one of them is never in force, or they are one.</summary>
    private static ImpactSearch? Over(Resolver resolver, AgreementVersion from, AgreementVersion to, DateTimeOffset knownAt)
    {
        var zone = resolver.Corpus.Catalogue.Zone;
        return from != to && Timeline.MomentOf(from, zone, knownAt) is { } at && Timeline.MomentOf(to, zone, knownAt) is { } then ? new ImpactSearch(resolver, (from, at), (to, then), knownAt) : null;
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

    /// <summary>What all kinds of customers were told by the two versions.</summary>
    /// <param name="Affected">For each change, by residence and place of access, the kinds of customers that it is for.</param>
    /// <param name="Reached">Likewise the kinds that one of the versions is for.</param>
    private sealed record Tried(Dictionary<(int About, string Key), (Applying Before, Applying After, BigInteger[,] Kinds)> Affected, BigInteger[,] Reached);

    private Tried Try()
    {
        var count = places.Members.Length;
        var tried = new Tried([], new BigInteger[count, count]);
        for (var residence = 0; residence < count; residence++)
        {
            for (var access = 0; access < count; access++)
            {
                for (var k = 0; k < Kinds.Length; k++)
                {
                    var customer = Customer(residence, access, Kinds[k]);
                    var (before, after) = (Before(customer), After(customer));
                    if (before[0].Key.Length + after[0].Key.Length > 0)
                    {
                        tried.Reached[residence, access] |= BigInteger.One << k;
                    }
                    for (var about = 0; about < Abouts.Length; about++)
                    {
                        if (before[about].Key != after[about].Key)
                        {
                            var key = (about, before[about].Key + "\n" + after[about].Key);
                            if (!tried.Affected.TryGetValue(key, out var known))
                            {
                                tried.Affected[key] = known = (before[about].What, after[about].What, new BigInteger[count, count]);
                            }
                            known.Kinds[residence, access] |= BigInteger.One << k;
                        }
                    }
                }
            }
        }
        return tried;
    }

    private ImmutableArray<Impact> List(Tried tried) =>
    [
        .. tried.Affected.OrderBy(a => a.Key.About)
            .SelectMany(a => Groups(a.Value.Kinds, tried.Reached).Select(g => Describe(Abouts[a.Key.About], a.Value.Before, a.Value.After, g, tried.Reached)))
            .OrderBy(i => Array.IndexOf(Abouts, i.About)).ThenByDescending(i => i.Combinations).ThenBy(i => i.Who, StringComparer.Ordinal),
    ];

    private ImpactMatrix Table(Tried tried)
    {
        var all = Enumerable.Range(0, places.Members.Length).ToList();
        var roles = Enum.GetValues<Role>().Select(role => Set(Enumerable.Range(0, Kinds.Length).Where(k => Kinds[k].Role == role))).ToList();
        var changed = Abouts.Select((_, i) => tried.Affected.Where(a => a.Key.About == i).Select(a => a.Value.Kinds).ToList()).ToList();
        return new ImpactMatrix([.. all.Select(residence => new ImpactMatrix.Row(Named([residence]), [.. roles.Select(role => Cell(residence, role))]))]);

        ImpactMatrix.Cell Cell(int residence, BigInteger ofRole)
        {
            var accesses = all.Where(access => !(tried.Reached[residence, access] & ofRole).IsZero).ToList();
            var changes = Abouts.Select((about, i) =>
            {
                var each = accesses.Select(access => (Changed: changed[i].Aggregate(BigInteger.Zero, (kinds, more) => kinds | more[residence, access]) & ofRole, Reached: tried.Reached[residence, access] & ofRole)).ToList();
                return (About: about, Any: each.Exists(e => !e.Changed.IsZero), All: each.TrueForAll(e => e.Changed == e.Reached));
            });
            return new ImpactMatrix.Cell(accesses.Count > 0, [.. changes.Where(c => c.Any).Select(c => (c.About, c.All))]);
        }
    }

    private (string Key, Applying What)[] Before(Customer customer) => Said(resolver.Resolve(from.Version.Agreement, customer, from.At, knownAt));

    private (string Key, Applying What)[] After(Customer customer) => Said(resolver.Resolve(to.Version.Agreement, customer, to.At, knownAt));

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

    private Impact Describe(string about, Applying before, Applying after, Group group, BigInteger[,] reached)
    {
        var combinations = group.Residences.Sum(r => (long)places.Members[r].Length) * group.Accesses.Sum(a => (long)places.Members[a].Length) * Members(group.Kinds).LongCount();
        var likely = Members(group.Kinds).Select(k => Kinds[k]).OrderByDescending(k => k.Members == Resolution.Customer.DefaultMembers(k.Role, k.Site)).ThenBy(k => k.Service)
            .ThenByDescending(k => k.Role == Role.Buyer).First();
        var residence = group.Residences[0];
        var access = group.Accesses.Contains(residence) ? residence : group.Accesses[0];
        return new Impact(about, before, after, Affected(group, reached[group.Residences[0], group.Accesses[0]]), combinations, Customer(residence, access, likely));
    }

    private AffectedGroup Affected(Group group, BigInteger reached)
    {
        var (roles, sites, services, members) = Parts(group.Kinds);
        var (allRoles, allSites, allServices, allMembers) = Parts(reached);
        var isExcept = services.Length < allServices.Length && services.Contains(Service.None);
        return new AffectedGroup(
            roles.Length == allRoles.Length ? [] : roles,
            group.Residences.Length == places.Members.Length ? null : Named(group.Residences),
            group.Accesses.Length == places.Members.Length ? null : Named(group.Accesses),
            services.Length == allServices.Length ? [] : isExcept ? [.. allServices.Except(services)] : services, isExcept,
            sites.Length == allSites.Length ? [] : sites,
            members.Length == allMembers.Length ? [] : members);
    }

    private AffectedPlaces Named(ImmutableArray<int> classes)
    {
        var rest = Enumerable.Range(0, names.Length).Where(i => names[i].IsEmpty).ToList();
        return rest.TrueForAll(r => classes.Contains(r)) && rest.Count > 0
            ? new AffectedPlaces(true, [.. Enumerable.Range(0, names.Length).Except(classes).Select(i => names[i])])
            : new AffectedPlaces(false, [.. classes.Select(i => names[i])]);
    }

    /// <summary>What an answer says of company, law, forum and cap: with a key to compare by, empty if the agreement is not for the customer.</summary>
    private (string Key, Applying What)[] Said(AgreementAnswer answer)
    {
        if (!said.TryGetValue(answer, out var known))
        {
            said[answer] = known = answer.Outcome is Outcome.NotApplicable or Outcome.NoVersion
                ? [.. Abouts.Select(_ => ("", new Applying(ApplyingState.NotForThem, [])))]
                :
                [
                    Said(answer.Party.Outcome, answer.Party.Parties.IsEmpty ? [] : [Together(answer.Party.Parties)], answer.Party.Candidates.Select(c => Together(c.Parties))),
                    Said(answer.Law.Outcome, answer.Law.Laws.Select(l => Single(l.Rule.Law, l.Name)), answer.Law.Candidates.Select(l => Single(l.Rule.Law, l.Name))),
                    Said(answer.Forum.Outcome, answer.Forum.Forums.Select(f => Single(f.Rule.Forum, f.Name)), answer.Forum.Candidates.Select(f => Single(f.Rule.Forum, f.Name))),
                    Said(answer.Caps),
                ];
        }
        return known;
    }

    private static (string Key, ApplyingResult Result) Together(ImmutableArray<NamedParty> parties) =>
        (string.Join('+', parties.Select(p => $"{p.Id}/{p.Part}").Order(StringComparer.Ordinal)), new ApplyingResult(null, null, parties, null));

    private static (string Key, ApplyingResult Result) Single(string id, string name) => (id, new ApplyingResult(id, name, [], null));

    private static (string, Applying) Said(Outcome outcome, IEnumerable<(string Key, ApplyingResult Result)> decided, IEnumerable<(string Key, ApplyingResult Result)> candidates) => outcome switch
    {
        Outcome.Decided => (Keys(decided, '&'), new Applying(ApplyingState.Decided, [.. decided.DistinctBy(d => d.Key).Select(d => d.Result)])),
        Outcome.Conflict => ("?" + Keys(candidates, '|'), new Applying(ApplyingState.Open, [.. candidates.DistinctBy(c => c.Key).Select(c => c.Result)])),
        _ => ("-", new Applying(ApplyingState.Nothing, [])),
    };

    private static string Keys(IEnumerable<(string Key, ApplyingResult Result)> results, char between) =>
        string.Join(between, results.Select(r => r.Key).Distinct().Order(StringComparer.Ordinal));

    private static (string, Applying) Said(ImmutableArray<CapFact> caps)
    {
        var each = caps.Select(c => (Key: ImpactWords.Of(c), Cap: c)).OrderBy(c => c.Key, StringComparer.Ordinal).ToList();
        return each.Count == 0
            ? ("-", new Applying(ApplyingState.Nothing, []))
            : (string.Join('\n', each.Select(c => c.Key)), new Applying(ApplyingState.Decided, [.. each.Select(c => new ApplyingResult(null, null, [], c.Cap))]));
    }
}
