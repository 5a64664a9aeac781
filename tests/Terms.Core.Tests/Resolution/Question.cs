using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>One entry of tests/questions/questions.yaml: a customer, a moment, and the answer expected.</summary>
internal sealed record Question(string Id, string Agreement, Customer Customer, string At, string? KnownAt, ImmutableSortedDictionary<string, string> Expected)
{
    /// <summary>A moment at which everything shipped is known.</summary>
    public static readonly DateTimeOffset Later = new(2027, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly string[] Lists = ["parties", "candidates", "other-reading", "law", "law-in-conflict", "forum", "forum-in-conflict", "caps", "holds", "overridden", "open", "clauses"];

    private static readonly string[] Words = ["outcome", "version", "other-law-reading", "because"];

    private static readonly Lazy<ImmutableArray<Question>> Read = new(ReadAll);

    /// <summary>All questions, in the order of the file.</summary>
    public static ImmutableArray<Question> All => Read.Value;

    /// <summary>The answer of the shipped content.</summary>
    public AgreementAnswer Ask()
    {
        var corpus = Repository.Content;
        var agreement = corpus.Catalogue.Find(Agreement) ?? throw new InvalidOperationException($"{Id} asks about {Agreement}, which is not shipped.");
        return Repository.Resolver.Resolve(agreement, Customer, Instant(At), KnownAt is null ? Later : Instant(KnownAt));
    }

    /// <summary>An answer in the words of the file; what is empty is left out.</summary>
    public static ImmutableSortedDictionary<string, string> Describe(AgreementAnswer answer)
    {
        var party = answer.Party;
        var told = new Dictionary<string, string?>
        {
            ["outcome"] = Kebab(answer.Outcome),
            ["version"] = answer.Version?.Id.Value,
            ["parties"] = List(party.Parties.Select(p => p.Id)),
            ["candidates"] = List(party.Candidates.Select(c => Names(c.Parties))),
            ["law"] = List(answer.Law.Laws.Select(Law)),
            ["law-in-conflict"] = List(answer.Law.Candidates.Select(Law)),
            ["forum"] = List(answer.Forum.Forums.Select(f => f.Rule.Forum)),
            ["forum-in-conflict"] = List(answer.Forum.Candidates.Select(f => f.Rule.Forum)),
            ["other-law-reading"] = answer.Law.OtherReading?.Law,
            ["caps"] = List(answer.Caps.Select(c => string.Join(' ', new[] { c.Basis, c.Currency, c.Amount?.ToString(CultureInfo.InvariantCulture), c.Period }.OfType<string>()))),
            ["other-reading"] = party.IsReadingSensitive ? List(party.OtherReading.Select(Names)) : null,
            ["holds"] = List(party.Considered.Where(c => c.Holds && c.OverriddenBy.IsEmpty).Select(c => c.Rule.Id)),
            ["overridden"] = List(party.Considered.Where(c => c.Holds && !c.OverriddenBy.IsEmpty).Select(c => c.Rule.Id)),
            ["open"] = List(party.Considered.Where(c => c.IsOpen).Select(c => c.Rule.Id)),
            ["clauses"] = List(party.Considered.Where(c => c.Holds || c.IsOpen).SelectMany(c => c.Rule.Clauses)),
        };
        return told.Where(t => !string.IsNullOrEmpty(t.Value)).ToImmutableSortedDictionary(t => t.Key, t => t.Value!, StringComparer.Ordinal);
    }

    /// <summary>The companies of the answer, each result as <c>a + b</c>, in the order of the alphabet.</summary>
    public IEnumerable<string> Companies() =>
        (Expected.GetValueOrDefault("candidates") ?? Expected.GetValueOrDefault("parties")?.Replace(", ", " + ", StringComparison.Ordinal) ?? "")
            .Split(", ", StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal);

    public override string ToString() => Id;

    private static DateTimeOffset Instant(string text) =>
        Instants.TryParse(text, Repository.Content.Catalogue.Zone, out var instant) ? instant : throw new FormatException($"{text} is no instant.");

    private static string Law(LawResult law) => law.Rule.Law + (law.Rule.Excludes.IsEmpty ? "" : $" without {string.Join(", ", law.Rule.Excludes)}");

    private static string Names(ImmutableArray<NamedParty> parties) => string.Join(" + ", parties.Select(p => p.Id));

    private static string List(IEnumerable<string> values) => string.Join(", ", values.Distinct());

    private static string Kebab(Outcome outcome) => outcome switch
    {
        Outcome.Decided => "decided",
        Outcome.Conflict => "conflict",
        Outcome.NoRule => "no-rule",
        Outcome.NotApplicable => "not-applicable",
        _ => "no-version",
    };

    private static ImmutableArray<Question> ReadAll()
    {
        const string file = "tests/questions/questions.yaml";
        var problems = new ProblemList();
        ImmutableArray<Question> questions = [.. YamlMap.ParseList(file, File.ReadAllText(Repository.Folder(file)), problems).Select(ReadOne)];
        return problems.Count == 0 ? questions : throw new ContentException(problems.Sorted());
    }

    private static Question ReadOne(YamlMap map)
    {
        var residence = Place.Parse(map.Text("residence") ?? "");
        var role = (Role)Terms.Resolution.Words.Roles.IndexOf(map.Text("role") ?? "");
        var site = (Site)Terms.Resolution.Words.Sites.IndexOf(map.OptionalText("site") ?? "aliexpress");
        var customer = new Customer(
            residence, map.OptionalText("access") is { } access ? Place.Parse(access) : residence, role, site,
            (Service)Terms.Resolution.Words.Services.IndexOf(map.OptionalText("service") ?? "none"),
            map.Has("member") ? Members(map.Texts("member")) : Customer.DefaultMembers(role, site));
        var expected = map.Map("expected")!;
        var values = Words.Select(k => (k, Value: expected.OptionalText(k)))
            .Concat(Lists.Select(k => (k, Value: (string?)List(expected.Texts(k)))))
            .Where(v => !string.IsNullOrEmpty(v.Value)).ToImmutableSortedDictionary(v => v.k, v => v.Value!, StringComparer.Ordinal);
        expected.Finish();
        var question = new Question(map.Text("id") ?? "", map.Text("agreement") ?? "", customer, map.Text("at") ?? "", map.OptionalText("known-at"), values);
        map.Finish();
        return question;
    }

    private static Memberships Members(IReadOnlyList<string> sites) =>
        sites is ["none"] ? Memberships.None : sites.Aggregate(Memberships.None, (m, s) => m | (Memberships)(1 << Terms.Resolution.Words.Sites.IndexOf(s)));
}
