using System.Collections.Immutable;
using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>The shipped content answers every question of tests/questions as the file says, and the questions try every rule.</summary>
public sealed class QuestionTests
{
    public static TheoryData<string> Ids => [.. Question.All.Select(q => q.Id)];

    [Fact]
    public void Every_question_has_its_own_id() => Assert.Empty(Question.All.GroupBy(q => q.Id).Where(g => g.Count() > 1).Select(g => g.Key));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_question_is_answered_as_the_file_says(string id)
    {
        var question = Question.All.First(q => q.Id == id);
        var answer = question.Ask();
        var told = Question.Describe(answer);
        var wrong = question.Expected.Remove("because").Keys.Union(told.Keys).Where(k => question.Expected.GetValueOrDefault(k) != told.GetValueOrDefault(k))
            .Select(k => $"{k}: expected {question.Expected.GetValueOrDefault(k) ?? "nothing"}, got {told.GetValueOrDefault(k) ?? "nothing"}").ToList();
        var reasons = answer.Party.Considered.Select(c => c.Because).Append(answer.Because ?? "").ToList();
        if (question.Expected.GetValueOrDefault("because") is { } because && !reasons.Exists(r => r.Contains(because, StringComparison.Ordinal)))
        {
            wrong.Add($"because: expected words `{because}`, got {string.Join(" | ", reasons)}");
        }

        Assert.True(wrong.Count == 0, $"{id} ({question.Customer}, at {question.At}):\n  {string.Join("\n  ", wrong)}");
    }

    [Fact]
    public void Every_rule_is_tried_as_holding_as_not_holding_and_as_overridden()
    {
        var seen = Question.All.SelectMany(q => Tried(q.Ask())).ToHashSet();
        var wanted = new List<string>();
        foreach (var version in Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions))
        {
            var rules = Repository.Content.Knowledge(version.States[^1]).Rules;
            var always = rules.All.Where(r => r.When is Condition.Always && r is PartyRule or LawRule { Parties.IsEmpty: true } or ForumRule { Parties.IsEmpty: true }).Select(r => r.Id).ToHashSet();
            wanted.AddRange(rules.All.Select(r => $"{version.Path} {Section(r)} {r.Id} holds"));
            wanted.AddRange(rules.All.Where(r => !always.Contains(r.Id)).Select(r => $"{version.Path} {Section(r)} {r.Id} does not hold"));
            wanted.AddRange(rules.All.SelectMany(r => r.Overrides.Select(o => $"{version.Path} {Section(r)} {o} is overridden")));
        }

        Assert.Equal(8, wanted.Select(w => w.Split(' ')[0]).Distinct().Count()); // the dated contracts; the seller code has no rules
        Assert.Equal(Impossible, wanted.Except(seen));
    }

    /// <summary>
    /// The rule on Relevant Jurisdictions has words that override this one, but for somebody on the Alibaba Sites it is never more than open, and an
    /// open rule overrides nothing.
    /// </summary>
    private static readonly string[] Impossible =
    [
        "alibaba-terms-of-use/2020-05-06 parties alibaba-sites-from-relevant-jurisdictions is overridden",
        "alibaba-terms-of-use/2020-10-17 parties alibaba-sites-from-relevant-jurisdictions is overridden",
    ];

    [Theory]
    [InlineData("2020-08-01")]
    [InlineData("2020-12-01")]
    public void What_no_question_tries_cannot_happen_to_any_customer(string at)
    {
        var resolver = Repository.Resolver;
        var agreement = Repository.Content.Catalogue.Find("alibaba-terms-of-use")!;
        var places = resolver.Places.Members.Select(m => m[0]).ToList();
        var moment = DateTimeOffset.Parse(at + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture);
        var tried = from residence in places
                    from access in places
                    from role in Enum.GetValues<Role>()
                    from site in Enum.GetValues<Site>()
                    from members in Enumerable.Range(0, 8)
                    let customer = new Customer(residence, access, role, site, Service.None, (Memberships)members)
                    from outcome in Tried(resolver.Resolve(agreement, customer, moment, Question.Later))
                    select outcome;

        Assert.Empty(tried.Intersect(Impossible));
    }

    private static IEnumerable<string> Tried(AgreementAnswer answer)
    {
        if (answer.Version is not { } version || answer.Outcome == Outcome.NotApplicable)
        {
            return [];
        }
        var rules = Repository.Content.Knowledge(answer.State!).Rules;
        var laws = answer.Law.Laws.Concat(answer.Law.Candidates).Select(l => l.Rule.Id).ToImmutableHashSet();
        var forums = answer.Forum.Forums.Concat(answer.Forum.Candidates).Select(f => f.Rule.Id).ToImmutableHashSet();
        return answer.Party.Considered.Select(c => $"{version.Path} parties {c.Rule.Id} {(c.Holds && !c.OverriddenBy.IsEmpty ? "is overridden" : c.Holds ? "holds" : "does not hold")}")
            .Concat(rules.Laws.Select(r => $"{version.Path} law {r.Id} {(laws.Contains(r.Id) ? "holds" : "does not hold")}"))
            .Concat(rules.Forums.Select(r => $"{version.Path} forum {r.Id} {(forums.Contains(r.Id) ? "holds" : "does not hold")}"));
    }

    private static string Section(Rule rule) => rule switch { PartyRule => "parties", LawRule => "law", _ => "forum" };
}
