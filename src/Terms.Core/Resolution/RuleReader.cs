using System.Collections.Frozen;
using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Resolution;

/// <summary>The rules of a version as known in a state.</summary>
public sealed record RuleBook(
    ImmutableArray<PartyRule> Parties, ImmutableArray<LawRule> Laws, ImmutableArray<ForumRule> Forums, ImmutableArray<PrecedenceRule> Precedence,
    ImmutableArray<OtherLawReading> OtherReadings)
{
    /// <summary>Every rule that decides something.</summary>
    public IEnumerable<Rule> All => [.. Parties, .. Laws, .. Forums];
}

/// <summary>Turns the entries of <c>rules.yaml</c> into rules; a rule that no longer stands in its clauses is a problem.</summary>
public sealed class RuleReader
{
    private readonly AgreementCatalogue catalogue;
    private readonly AgreementVersion version;

    private RuleReader(AgreementCatalogue catalogue, AgreementVersion version)
    {
        this.catalogue = catalogue;
        this.version = version;
    }

    /// <summary>The rules of a version as known in a state.</summary>
    public static RuleBook Read(AgreementCatalogue catalogue, AgreementVersion version, VersionState state)
    {
        var reader = new RuleReader(catalogue, version);
        var book = new RuleBook(
            Section(state, "parties", reader.ReadParty),
            Section(state, "law", reader.ReadLaw),
            Section(state, "forum", reader.ReadForum),
            [.. state.Section("precedence").Select(reader.ReadPrecedence).OfType<PrecedenceRule>()],
            [.. state.Section("other-readings").Select(reader.ReadOtherReading).OfType<OtherLawReading>()]);
        return book;
    }

    /// <summary>The operator's decisions of a version.</summary>
    public static ImmutableArray<OperatorDecision> ReadDecisions(AgreementCatalogue catalogue, AgreementVersion version)
    {
        var reader = new RuleReader(catalogue, version);
        return [.. version.Decisions.Select(reader.ReadDecision).OfType<OperatorDecision>().OrderBy(d => d.At)];
    }

    private static ImmutableArray<T> Section<T>(VersionState state, string section, Func<YamlMap, T?> read) where T : Rule
    {
        var entries = state.Section(section);
        var rules = entries.Select(read).OfType<T>().ToImmutableArray();
        foreach (var entry in entries)
        {
            var id = entry.OptionalText("id");
            if (rules.Count(r => r.Id == id) > 1)
            {
                entry.Problem(ContentForms.RuleTwice, "id", id ?? "");
            }
            foreach (var other in entry.Texts("overrides").Where(o => o == id || !rules.Any(r => r.Id == o)))
            {
                entry.Problem($"`overrides: {other}` is not another rule of this section", "Name the id of a rule beside this one.", "overrides");
            }
        }
        return rules;
    }

    private PartyRule? ReadParty(YamlMap map)
    {
        var head = ReadHead(map);
        var parties = ReadParties(map);
        map.Finish();
        if (head is null || parties.IsEmpty)
        {
            return null;
        }
        CheckNames(map, head, parties.Select(p => p.Party));
        return new PartyRule(head.Id, head.When, head.OrReadAs, head.Because, head.Overrides, head.Clauses, parties);
    }

    private LawRule? ReadLaw(YamlMap map)
    {
        var head = ReadHead(map);
        var law = map.Text("law");
        var rule = (Parties: ReadAddressees(map), Excludes: map.Texts("excludes"), SubjectTo: map.OptionalText("subject-to"));
        map.Finish();
        if (head is null || law is null)
        {
            return null;
        }
        CheckNames(map, head, rule.Parties);
        CheckSpelling(map, head, catalogue.Laws, law, "law");
        foreach (var region in rule.Excludes)
        {
            CheckSpelling(map, head, catalogue.Laws, region, "excludes");
        }
        return new LawRule(head.Id, head.When, head.OrReadAs, head.Because, head.Overrides, head.Clauses, rule.Parties, law, [.. rule.Excludes], rule.SubjectTo);
    }

    private static readonly string[] DetailKeys = ["rules", "arbitrators", "language", "place", "finality", "costs", "enforcement", "subject-to"];

    private ForumRule? ReadForum(YamlMap map)
    {
        var head = ReadHead(map);
        var forum = map.Text("forum");
        var kind = map.OneOf("kind", ["court", "arbitration"]);
        bool? exclusive = map.Has("exclusive") && map.OptionalText("exclusive") is not null ? map.Flag("exclusive") : null;
        var parties = ReadAddressees(map);
        var steps = map.Maps("steps").Select(ReadStep).ToImmutableArray();
        var details = DetailKeys.Select(k => (k, v: map.OptionalText(k))).Where(d => d.v is not null).ToImmutableSortedDictionary(d => d.k, d => d.v!, StringComparer.Ordinal);
        map.Finish();
        if (head is null || forum is null || kind is null)
        {
            return null;
        }
        CheckNames(map, head, parties);
        CheckSpelling(map, head, catalogue.Forums, forum, "forum");
        return new ForumRule(head.Id, head.When, head.OrReadAs, head.Because, head.Overrides, head.Clauses, parties, forum, kind, exclusive, steps, details);
    }

    private static ForumStep ReadStep(YamlMap map)
    {
        var step = new ForumStep(map.OneOf("kind", ["negotiation", "consultation", "wait"]) ?? "", map.OptionalWhole("days"), map.OptionalText("from"));
        map.Finish();
        return step;
    }

    private PrecedenceRule? ReadPrecedence(YamlMap map)
    {
        var id = map.Text("id");
        var says = map.Text("says");
        var clauses = map.Texts("clauses").ToImmutableArray();
        Citation.Check(version, map, "rule", id ?? "", clauses, map.OptionalText("quote"), Rendering(map));
        var open = map.OptionalText("open");
        map.Finish();
        return id is null || says is null ? null : new PrecedenceRule(id, says, open, clauses);
    }

    private OtherLawReading? ReadOtherReading(YamlMap map)
    {
        var id = map.Text("id");
        var law = map.Text("law");
        var because = map.Text("because");
        var clauses = map.Texts("clauses").ToImmutableArray();
        Citation.Check(version, map, "reading", id ?? "", clauses, map.OptionalText("quote"), Rendering(map));
        map.Finish();
        return law is null || because is null ? null : new OtherLawReading(law, because, clauses);
    }

    private OperatorDecision? ReadDecision(YamlMap map)
    {
        var id = map.Text("id");
        var when = ReadCondition(map.Map("when"));
        var parties = ReadParties(map);
        var who = map.Text("who");
        var at = map.OptionalInstant("at");
        var why = map.Text("why");
        if (at is null && !map.Has("at"))
        {
            map.Problem("`at` is missing", "Write when the decision was made, as 2026-05-03T10:00:00Z.");
        }
        map.Finish();
        return id is null || who is null || at is null || why is null || parties.IsEmpty ? null : new OperatorDecision(id, when, parties, who, at.Value, why);
    }

    private sealed record Head(
        string Id, Condition When, Condition? OrReadAs, string? Because, ImmutableArray<string> Overrides, ImmutableArray<string> Clauses, string? Quote, int Rendering);

    private Head? ReadHead(YamlMap map)
    {
        var id = map.Text("id");
        var other = map.Map("or-read-as");
        var head = new Head(
            id ?? "", ReadCondition(map.Map("when")), other is null ? null : ReadCondition(other.Map("when")), other?.Text("because"), [.. map.Texts("overrides")],
            [.. map.Texts("clauses")], map.OptionalText("quote"), Rendering(map));
        other?.Finish();
        if (id is null)
        {
            return null;
        }
        Citation.Check(version, map, "rule", id, head.Clauses, head.Quote, head.Rendering);
        foreach (var group in head.When.Groups.Where(g => !g.Spellings.IsEmpty && !g.Spellings.Any(s => Stands(head, s))))
        {
            map.Problem(ContentForms.NameNotThere, "clauses", group.Name, id, string.Join(" / ", group.Spellings));
        }
        return head;
    }

    private static int Rendering(YamlMap map) => map.OptionalWhole("rendering") ?? 1;

    private ImmutableArray<PartyPart> ReadParties(YamlMap map)
    {
        var parties = ImmutableArray.CreateBuilder<PartyPart>();
        foreach (var text in map.Texts("parties"))
        {
            var halves = text.Split(" for ", 2);
            if (halves[0] != Party.Unnamed && !catalogue.Parties.ContainsKey(halves[0]))
            {
                map.Problem(ContentForms.NoParty, "parties", halves[0]);
            }
            parties.Add(new PartyPart(halves[0], halves.Length == 2 ? halves[1] : null));
        }
        if (parties.Count == 0)
        {
            map.Problem("the rule names no party", "Add `parties: [id]`, or `parties: [unnamed]`.");
        }
        return parties.ToImmutable();
    }

    /// <summary>The parties whose contracts a rule on law or forum is about: empty for <c>any</c>.</summary>
    private ImmutableArray<string> ReadAddressees(YamlMap map)
    {
        var parties = map.Texts("parties").ToImmutableArray();
        if (parties.IsEmpty)
        {
            map.Problem("the rule does not say for which parties", "Add `parties: [id]`, or `parties: any`.");
        }
        foreach (var party in parties.Where(p => p != "any" && !catalogue.Parties.ContainsKey(p)))
        {
            map.Problem(ContentForms.NoParty, "parties", party);
        }
        return parties is ["any"] ? [] : parties;
    }

    private void CheckNames(YamlMap map, Head head, IEnumerable<string> parties)
    {
        foreach (var id in parties)
        {
            if (catalogue.Parties.TryGetValue(id, out var party) && !party.Names.Any(n => Stands(head, n.Name)))
            {
                map.Problem(ContentForms.CompanyNotThere, "clauses", party.Names[0].Name, head.Id);
            }
        }
    }

    private void CheckSpelling(YamlMap map, Head head, FrozenDictionary<string, LegalName> names, string id, string key)
    {
        if (!names.TryGetValue(id, out var name))
        {
            map.Problem($"`{id}` is defined nowhere", "Add it to jurisdictions.yaml, or mend its id.", key);
        }
        else if (!name.Spellings.Any(s => Stands(head, s)))
        {
            map.Problem(ContentForms.NameNotThere, "clauses", name.Name, head.Id, string.Join(" / ", name.Spellings));
        }
    }

    private bool Stands(Head head, string words) =>
        head.Clauses.IsEmpty || version.Texts.Any(t => head.Clauses.Select(t.Find).OfType<Clause>().Any(c => Citation.Contains(c, words, StringComparison.OrdinalIgnoreCase)));

    private Condition ReadCondition(YamlMap? map)
    {
        if (map is null)
        {
            return new Condition.Always();
        }
        var conditions = ImmutableArray.CreateBuilder<Condition>();
        AddPlaces("from", g => new Condition.From(g, Outside: false));
        AddPlaces("from-outside", g => new Condition.From(g, Outside: true));
        AddPlaces("residence", g => new Condition.At(g, IsAccess: false));
        AddPlaces("access", g => new Condition.At(g, IsAccess: true));
        AddWords("role", Words.Roles, i => new Condition.HasRole([.. i.Select(x => (Role)x)]));
        AddWords("site", Words.Sites, i => new Condition.OnSite([.. i.Select(x => (Site)x)]));
        AddWords("service", Words.Services, i => new Condition.About([.. i.Select(x => (Service)x)], Except: false));
        AddWords("service-not", Words.Services, i => new Condition.About([.. i.Select(x => (Service)x)], Except: true));
        AddWords("member", [.. Words.Sites, "any"], i => new Condition.MemberOf(i.Aggregate(Memberships.None, (m, x) => m | (x == Words.Sites.Length ? (Memberships)7 : (Memberships)(1 << x)))));
        if (map.Has("business"))
        {
            conditions.Add(new Condition.InBusiness(map.Flag("business")));
        }
        if (map.Has("any"))
        {
            conditions.Add(new Condition.Several([.. map.Maps("any").Select(ReadCondition)], AnyIsEnough: true));
        }
        map.Finish();
        return conditions.Count switch { 0 => new Condition.Always(), 1 => conditions[0], _ => new Condition.Several(conditions.ToImmutable(), AnyIsEnough: false) };

        void AddPlaces(string key, Func<ImmutableArray<PlaceGroup>, Condition> make)
        {
            var groups = ImmutableArray.CreateBuilder<PlaceGroup>();
            foreach (var id in map.Texts(key))
            {
                if (catalogue.PlaceGroups.TryGetValue(id, out var group))
                {
                    groups.Add(group);
                }
                else
                {
                    map.Problem($"the group of places `{id}` is defined nowhere", "Add it to places.yaml, or mend its id.", key);
                }
            }
            if (groups.Count > 0)
            {
                conditions.Add(make(groups.ToImmutable()));
            }
        }

        void AddWords(string key, ImmutableArray<string> known, Func<IEnumerable<int>, Condition> make)
        {
            var words = map.Texts(key);
            foreach (var word in words.Where(w => !known.Contains(w)))
            {
                map.Problem($"`{word}` in `{key}` is not known", $"Use: {string.Join(", ", known)}.", key);
            }
            if (words.Count > 0)
            {
                conditions.Add(make(words.Select(w => known.IndexOf(w)).Where(i => i >= 0)));
            }
        }
    }
}
