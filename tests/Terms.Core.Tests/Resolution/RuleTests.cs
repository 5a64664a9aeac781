using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>How rules that hold together are weighed, on rules made for the purpose.</summary>
public sealed class RuleTests
{
    private const string Rest = """
        law:
          - id: any
            parties: any
            law: IS
            clauses: ["3.2"]
        forum:
          - id: any
            parties: any
            forum: isles-arbitration
            kind: arbitration
            clauses: ["3.2"]
        """;

    [Fact]
    public void An_exception_beats_the_rule_it_overrides()
    {
        var answer = Ask(Everyone, Rule("exception", "{ from: northland }", "lantern-isles", "everyone"));

        Assert.Equal(["lantern-isles"], answer.Parties());
        Assert.Equal(Outcome.Decided, answer.Outcome);
        Assert.Equal(["exception"], answer.Party.Considered.Single(c => c.Rule.Id == "everyone").OverriddenBy.AsEnumerable());
    }

    [Fact]
    public void An_exception_that_does_not_hold_overrides_nothing() =>
        Assert.Equal(["lantern-north"], Ask(Everyone, Rule("exception", "{ from: the-isles }", "lantern-isles", "everyone")).Parties());

    [Fact]
    public void Two_exceptions_to_the_same_rule_conflict()
    {
        var answer = Ask(Everyone, Rule("first", "{ from: northland }", "lantern-isles", "everyone"), Rule("second", "{ access: northland }", "unnamed", "everyone"));

        Assert.Equal(Outcome.Conflict, answer.Party.Outcome);
        Assert.Equal([["first"], ["second"]], answer.Party.Candidates.Select(c => c.Rules.ToArray()));
        Assert.Empty(answer.Party.Parties);
    }

    [Fact]
    public void Neither_of_two_rules_wins_because_it_stands_first()
    {
        var one = Rule("one", "{ from: northland }", "lantern-isles");
        var other = Rule("other", "{ access: northland }", "lantern-north");

        Assert.Equal(Outcome.Conflict, Ask(one, other).Party.Outcome);
        Assert.Equal(Outcome.Conflict, Ask(other, one).Party.Outcome);
    }

    [Fact]
    public void Two_rules_with_the_same_result_do_not_conflict()
    {
        var answer = Ask(Rule("one", "{ from: northland }", "lantern-north"), Rule("other", "{ access: northland }", "lantern-north"));

        Assert.Equal(["lantern-north"], answer.Parties());
    }

    [Fact]
    public void A_customer_no_rule_covers_gets_none()
    {
        var answer = Ask(Rule("isles", "{ from: the-isles }", "lantern-isles"));

        Assert.Equal(Outcome.NoRule, answer.Party.Outcome);
        Assert.Empty(answer.Party.Candidates);
        Assert.Contains("outside the Isles", answer.Party.Considered.Single().Because, StringComparison.Ordinal);
    }

    [Fact]
    public void A_rule_that_holds_on_one_reading_only_is_a_candidate_and_overrides_nothing()
    {
        var open = Rule("open", "{ from: northland }", "lantern-isles", "everyone") + """

                or-read-as:
                  because: the words may mean travellers only
                  when: { access: the-isles }
            """;

        var answer = Ask(Everyone, open);

        Assert.Equal(Outcome.Conflict, answer.Party.Outcome);
        Assert.Equal([("everyone", false), ("open", true)], answer.Party.Candidates.Select(c => (c.Rules[0], c.IsOpen)));
        Assert.Contains("travellers only", answer.Party.Considered[1].Because, StringComparison.Ordinal);
    }

    [Fact]
    public void If_the_candidates_share_law_and_forum_these_are_decided()
    {
        var answer = Ask(Rule("one", "{ from: northland }", "lantern-isles"), Rule("other", "{ access: northland }", "lantern-north"));

        Assert.Equal((Outcome.Conflict, Outcome.Conflict, Outcome.Decided, Outcome.Decided), (answer.Outcome, answer.Party.Outcome, answer.Law.Outcome, answer.Forum.Outcome));
        Assert.Equal("IS", answer.Law.Laws.Single().Rule.Law);
    }

    private static string Everyone => Rule("everyone", "{ role: [buyer, seller] }", "lantern-north");

    private static string Rule(string id, string when, string party, string? overrides = null) => $$"""
          - id: {{id}}
            when: {{when}}
            overrides: [{{overrides}}]
            parties: [{{party}}]
            clauses: ["1.1"]
        """;

    private static AgreementAnswer Ask(params string[] rules)
    {
        using var folder = new ContentFolder().With(Lamps.Rules, $"parties:\n{string.Join('\n', rules)}\n{Rest}\n");
        return Lamps.Ask(folder.Load(), "NO");
    }
}
