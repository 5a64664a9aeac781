using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Comparison;

/// <summary>A value of a fact or rule, before and after; null where it is not stated.</summary>
public sealed record ValueChange(string Name, string? From, string? To);

/// <summary>A fact that came, went or changed.</summary>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="From">The fact as it was; null if it is new.</param>
/// <param name="To">The fact as it is; null if it is gone.</param>
/// <param name="Values">The values that differ.</param>
public sealed record FactChange(ChangeKind Kind, Fact? From, Fact? To, ImmutableArray<ValueChange> Values);

/// <summary>A rule that came, went or changed.</summary>
/// <param name="Kind">Added, removed or changed.</param>
/// <param name="About"><c>party</c>, <c>law</c>, <c>forum</c> or <c>precedence</c>.</param>
/// <param name="Id">Its name.</param>
/// <param name="FromClauses">Where it stood.</param>
/// <param name="ToClauses">Where it stands.</param>
/// <param name="Values">The values that differ.</param>
public sealed record RuleChange(
    ChangeKind Kind, string About, string Id, ImmutableArray<string> FromClauses, ImmutableArray<string> ToClauses, ImmutableArray<ValueChange> Values);

/// <summary>Compares what two versions say as facts and rules. Clauses that were merely renumbered make no difference.</summary>
internal sealed class FactComparison
{
    private readonly ILookup<string, string> becomes;

    public FactComparison(TextComparison text) =>
        becomes = text.Clauses.Where(c => c.From is not null && c.To is not null).ToLookup(c => c.FromLabel!, c => c.ToLabel!, StringComparer.Ordinal);

    /// <summary>The facts that came, went or changed: by name first, then those of one kind about the same clause.</summary>
    public ImmutableArray<FactChange> Facts(ImmutableArray<Fact> from, ImmutableArray<Fact> to)
    {
        var partners = new Dictionary<Fact, Fact>(ReferenceEqualityComparer.Instance);
        var left = to.ToList();
        foreach (var old in from)
        {
            if (left.Find(f => f.Id == old.Id && f.Origin.Kind == old.Origin.Kind && f.Origin.Rendering == old.Origin.Rendering) is { } same)
            {
                partners[old] = same;
                left.Remove(same);
            }
        }
        foreach (var (old, @new, _) in from.Where(f => !partners.ContainsKey(f)).SelectMany(old => left.Where(f => f.Origin.Kind == old.Origin.Kind && SharesClause(old, f))
            .Select(f => (Old: old, New: f, Differences: Differences(old, f).Length))).OrderBy(p => p.Differences).ToList())
        {
            if (!partners.ContainsKey(old) && left.Remove(@new))
            {
                partners[old] = @new;
            }
        }
        var pairs = partners.ToDictionary(p => p.Value, p => p.Key, ReferenceEqualityComparer.Instance as IEqualityComparer<Fact>);
        return
        [
            .. from.Where(f => partners.ContainsKey(f)).Select(f => new FactChange(ChangeKind.Changed, f, partners[f], Differences(f, partners[f]))).Where(c => !c.Values.IsEmpty),
            .. to.Where(f => !pairs.ContainsKey(f)).Select(f => new FactChange(ChangeKind.Added, null, f, [])),
            .. from.Where(f => !partners.ContainsKey(f)).Select(f => new FactChange(ChangeKind.Removed, f, null, [])),
        ];
    }

    /// <summary>The rules that came, went or changed, by name.</summary>
    public ImmutableArray<RuleChange> Rules(RuleBook from, RuleBook to) =>
    [
        .. Changes("party", Named(from.Parties), Named(to.Parties)),
        .. Changes("law", Named(from.Laws), Named(to.Laws)),
        .. Changes("forum", Named(from.Forums), Named(to.Forums)),
        .. Changes("precedence",
            [.. from.Precedence.Select(p => (p.Id, p.Clauses, (IReadOnlyList<(string, string?)>)[("says", p.Says), ("open", p.Open)]))],
            [.. to.Precedence.Select(p => (p.Id, p.Clauses, (IReadOnlyList<(string, string?)>)[("says", p.Says), ("open", p.Open)]))]),
    ];

    private bool SharesClause(Fact old, Fact @new) => old.Clauses.SelectMany(Now).Intersect(@new.Clauses, StringComparer.Ordinal).Any() || (old.Clauses.IsEmpty && @new.Clauses.IsEmpty);

    private IEnumerable<string> Now(string label) => becomes.Contains(label) ? becomes[label] : [label];

    private ImmutableArray<ValueChange> Differences(Fact old, Fact @new) => Differences(old.Clauses, Values(old), @new.Clauses, Values(@new));

    private ImmutableArray<ValueChange> Differences(
        ImmutableArray<string> clauses, IReadOnlyList<(string Name, string? Value)> old, ImmutableArray<string> newClauses, IReadOnlyList<(string Name, string? Value)> @new) =>
    [
        .. clauses.All(l => Now(l).Any(newClauses.Contains)) && newClauses.All(l => clauses.SelectMany(Now).Contains(l))
            ? Enumerable.Empty<ValueChange>()
            : [new ValueChange("clauses", string.Join(", ", clauses), string.Join(", ", newClauses))],
        .. old.Select(v => v.Name).Union(@new.Select(v => v.Name)).Select(name => new ValueChange(
            name, old.FirstOrDefault(v => v.Name == name).Value, @new.FirstOrDefault(v => v.Name == name).Value)).Where(v => v.From != v.To),
    ];

    private IEnumerable<RuleChange> Changes(
        string about, IReadOnlyList<(string Id, ImmutableArray<string> Clauses, IReadOnlyList<(string, string?)> Values)> from,
        IReadOnlyList<(string Id, ImmutableArray<string> Clauses, IReadOnlyList<(string, string?)> Values)> to)
    {
        foreach (var @new in to)
        {
            var old = from.Where(r => r.Id == @new.Id).ToList();
            if (old.Count == 0)
            {
                yield return new RuleChange(ChangeKind.Added, about, @new.Id, [], @new.Clauses, Differences([], [], [], @new.Values));
            }
            else if (Differences(old[0].Clauses, old[0].Values, @new.Clauses, @new.Values) is { IsEmpty: false } values)
            {
                yield return new RuleChange(ChangeKind.Changed, about, @new.Id, old[0].Clauses, @new.Clauses, values);
            }
        }
        foreach (var old in from.Where(o => !to.Any(n => n.Id == o.Id)))
        {
            yield return new RuleChange(ChangeKind.Removed, about, old.Id, old.Clauses, [], Differences([], old.Values, [], []));
        }
    }

    private static List<(string, ImmutableArray<string>, IReadOnlyList<(string, string?)>)> Named<T>(ImmutableArray<T> rules) where T : Rule => [.. rules.Select(r => (r.Id, r.Clauses, Values(r)))];

    private static IReadOnlyList<(string, string?)> Values(Rule rule) =>
    [
        ("when", ConditionWords.Of(rule.When)),
        ("or-read-as", rule.OrReadAs is null ? null : ConditionWords.Of(rule.OrReadAs)),
        ("overrides", List(rule.Overrides)),
        .. rule switch
        {
            PartyRule party => (IReadOnlyList<(string, string?)>)[("parties", List(party.Parties.Select(p => p.Part is null ? p.Party : $"{p.Party} for {p.Part}")))],
            LawRule law => [("parties", List(law.Parties)), ("law", law.Law), ("excludes", List(law.Excludes)), ("subject-to", law.SubjectTo)],
            ForumRule forum =>
            [
                ("parties", List(forum.Parties)), ("forum", forum.Forum), ("kind", forum.Kind), ("exclusive", Word(forum.IsExclusive)),
                ("steps", List(forum.Steps.Select(s => string.Join(' ', new[] { s.Kind, s.Days is { } d ? string.Create(CultureInfo.InvariantCulture, $"{d} days") : null, s.From is null ? null : $"from {s.From}" }.OfType<string>())))),
                .. forum.Details.Select(d => (d.Key, (string?)d.Value)),
            ],
            _ => [],
        },
    ];

    private static IReadOnlyList<(string Name, string? Value)> Values(Fact fact) =>
    [
        .. fact switch
        {
            CapFact c => (IReadOnlyList<(string, string?)>)
            [
                ("basis", c.Basis), ("amount", Word(c.Amount)), ("currency", c.Currency), ("period", c.Period), ("scope", c.Scope), ("per", c.Per), ("protects", c.Protects), ("binds", c.Binds),
                ("carveOuts", List(c.CarveOuts)),
            ],
            ExclusionFact e => [("scope", e.Scope), ("protects", e.Protects), ("binds", e.Binds), ("damages", List(e.Damages)), ("carveOuts", List(e.CarveOuts))],
            IndemnityFact i => [("scope", i.Scope), ("payer", i.Payer), ("payee", i.Payee), ("basis", i.Basis)],
            LiquidatedDamagesFact l =>
            [
                ("scope", l.Scope), ("payer", l.Payer), ("payee", l.Payee), ("amount", Word(l.Amount)), ("currency", l.Currency), ("rate", Word(l.Rate)), ("rateOf", l.RateOf),
                ("ratePer", l.RatePer), ("exclusive", Word(l.IsExclusive)),
            ],
            TimeLimitFact t =>
            [
                ("obligor", t.Obligor), ("what", t.What), ("value", Word(t.Value)), ("unit", t.Unit), ("date", t.Date?.ToFullDate()), ("open", t.Open),
                ("starts", t.Starts), ("atLeast", Word(t.IsAtLeast)), ("orLonger", Word(t.IsOrLonger)), ("consequence", t.Consequence),
            ],
            NoticeFact n =>
            [
                ("direction", n.Direction), ("event", n.Event), ("form", n.Form), ("channels", List(n.Channels)), ("addressees", List(n.Addressees)), ("address", n.Address),
                ("attention", n.Attention), ("days", Word(n.Days)), ("dayType", n.DayType), ("timing", n.Timing),
                ("deemed", List(n.Deemed.Select(d => string.Create(CultureInfo.InvariantCulture, $"{string.Join(" or ", d.Channels)}: {d.Days} days from {d.On}")))),
            ],
            AmountFact a => [("what", a.What), ("value", Word(a.Value)), ("unit", a.Unit), ("binds", a.Binds)],
            LanguageFact l => [("prevails", l.Prevails), ("what", l.What)],
            AmendmentFact a => [("how", a.How), ("days", Word(a.Days)), ("effective", a.Effective)],
            AcceptanceFact a => [("how", a.How)],
            _ => [],
        },
        ("quote", fact.Origin.Quote), ("notStated", fact.Origin.NotStated),
    ];

    private static string? List(IEnumerable<string> words) => string.Join(", ", words) is { Length: > 0 } list ? list : null;

    private static string? Word(decimal? number) => number?.ToString("0.############", CultureInfo.InvariantCulture);

    private static string? Word(bool? flag) => flag switch { null => null, true => "yes", false => "no" };
}

/// <summary>Conditions of rules in words.</summary>
internal static class ConditionWords
{
    public static string Of(Condition condition) => condition switch
    {
        Condition.From { Outside: true } from => $"from outside {Names(from.Groups)}",
        Condition.From from => $"from {Names(from.Groups)}",
        Condition.At { IsAccess: true } at => $"uses the sites from {Names(at.Groups)}",
        Condition.At at => $"resident in {Names(at.Groups)}",
        Condition.HasRole role => $"role {Or(role.Roles.Select(r => r.Word()))}",
        Condition.OnSite site => $"site {Or(site.Sites.Select(s => s.Word()))}",
        Condition.About about => $"{(about.Except ? "not " : "")}about {Or(about.Services.Select(s => Words.Services[(int)s]))}",
        Condition.MemberOf member => $"registered on {Or(member.Any.SiteWords())}",
        Condition.InBusiness business => business.Wanted ? "in business" : "as a consumer",
        Condition.Several { AnyIsEnough: true } several => string.Join(", or ", several.Of.Select(Of)),
        Condition.Several several => string.Join(", and ", several.Of.Select(c => c is Condition.Several { AnyIsEnough: true } ? $"({Of(c)})" : Of(c))),
        _ => "everyone",
    };

    private static string Names(IEnumerable<PlaceGroup> groups) => Or(groups.Select(g => g.Name));

    private static string Or(IEnumerable<string> words) => string.Join(" or ", words);
}
