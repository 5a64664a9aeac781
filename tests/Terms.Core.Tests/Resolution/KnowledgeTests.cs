using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>What was answered before a correction, a decision or a recording stays answerable after it.</summary>
public sealed class KnowledgeTests
{
    private const string Slip = "who: A. Editor\nwhy: a slip of the pen\n";

    private const string Decision = """
        - id: travellers
          when: { from: northland }
          parties: [lantern-north]
          who: B. Counsel
          at: 2025-05-01T00:00:00Z
          why: agreed with the association
        - id: second-thoughts
          when: { from: northland }
          parties: [lantern-isles]
          who: B. Counsel
          at: 2025-08-01T00:00:00Z
          why: the association withdrew
        """;

    private static ContentFolder Corrected() => new ContentFolder().With(Lamps.Version + "corrections/2025-03-01T08-30-00Z.yaml", Slip + """
        parties:
          - id: northland
            when: { from: northland }
            parties: [lantern-isles]
            clauses: ["1.1"]
        """);

    [Theory]
    [InlineData("2025-02-01T00:00:00Z", "lantern-north")]
    [InlineData("2025-03-01T08:29:59Z", "lantern-north")]
    [InlineData("2025-03-01T08:30:00Z", "lantern-isles")]
    [InlineData("2026-01-01T00:00:00Z", "lantern-isles")]
    public void A_corrected_rule_counts_from_the_instant_of_its_correction(string knownAt, string party)
    {
        using var folder = Corrected();

        Assert.Equal([party], Lamps.Ask(folder.Load(), "NO", knownAt: knownAt).Parties());
    }

    [Fact]
    public void Before_it_was_recorded_a_version_was_not_known()
    {
        using var folder = Corrected();
        var answer = Lamps.Ask(folder.Load(), "NO", knownAt: "2025-01-31T23:59:59Z");

        Assert.Equal(Outcome.NoVersion, answer.Outcome);
        Assert.Null(answer.Version);
        Assert.Equal("No version of the agreement was known to the catalogue then.", answer.Because);
    }

    [Fact]
    public void A_correction_changes_the_digest_and_not_the_digest_of_the_text()
    {
        using var folder = Corrected();
        var version = folder.Load().Catalogue.Find("lamp-hire")!.Versions[0];

        Assert.Equal(2, version.States.Length);
        Assert.NotEqual(version.States[0].Digest, version.States[1].Digest);
        Assert.All(version.States, s => Assert.Equal(version.TextDigest, s.TextDigest));
        Assert.Equal(("A. Editor", "a slip of the pen", "northland"), (version.States[1].Correction!.Who, version.States[1].Correction!.Why, version.States[1].Correction!.Changed.Single()));
    }

    [Fact]
    public void Changing_the_words_changes_both_digests()
    {
        using var folder = new ContentFolder();
        var before = folder.Load().Catalogue.Find("lamp-hire")!.Versions[0];
        var after = folder.Mend(Lamps.Version + "terms.en.md", "Whoever borrows", "Anyone who borrows").Load().Catalogue.Find("lamp-hire")!.Versions[0];

        Assert.NotEqual(before.TextDigest, after.TextDigest);
        Assert.NotEqual(before.States[0].Digest, after.States[0].Digest);
    }

    [Fact]
    public void An_editors_note_changes_no_digest()
    {
        using var folder = new ContentFolder();
        var before = folder.Load().Catalogue.Find("lamp-hire")!.Versions[0];
        var after = folder.Mend(Lamps.Version + "terms.en.md", "part of this agreement.", "part of this agreement.\n\n> Editor's note: It is short.").Load().Catalogue.Find("lamp-hire")!.Versions[0];

        Assert.Equal(before.States[0].Digest, after.States[0].Digest);
        Assert.Equal("It is short.", after.Texts[0].Find("1.2")!.Notes.Single());
    }

    [Fact]
    public void A_removed_fact_is_no_longer_answered_with()
    {
        using var folder = new ContentFolder().With(Lamps.Version + "corrections/2025-03-01T00-00-00Z.yaml", Slip + "remove: [letters]\n");
        var corpus = folder.Load();

        Assert.Equal("4 Wick Lane", Lamps.Ask(corpus, "NO", knownAt: "2025-02-15").NoticeTo.Rules.Single().Address);
        Assert.Equal("The text gives no address for notices to the company.", Lamps.Ask(corpus, "NO").NoticeTo.Because);
    }

    [Theory]
    [InlineData("2025-04-30T23:59:59Z", null)]
    [InlineData("2025-05-01T00:00:00Z", "travellers")]
    [InlineData("2025-07-31T23:59:59Z", "travellers")]
    [InlineData("2025-08-01T00:00:00Z", "second-thoughts")]
    public void An_operators_decision_is_shown_from_its_instant_and_the_conflict_stays(string knownAt, string? decision)
    {
        using var folder = Lamps.WithTravellers().With(Lamps.Version + "decisions.yaml", Decision);
        var party = Lamps.Ask(folder.Load(), "NO", knownAt: knownAt, access: "FO").Party;

        Assert.Equal(Outcome.Conflict, party.Outcome);
        Assert.Empty(party.Parties);
        Assert.Equal(["lantern-north", "lantern-isles"], party.Candidates.Select(c => c.Parties.Single().Id));
        Assert.Equal(decision, party.Decision?.Decision.Id);
    }

    [Fact]
    public void A_decision_carries_who_why_and_the_law_that_would_follow()
    {
        using var folder = Lamps.WithTravellers().With(Lamps.Version + "decisions.yaml", Decision);
        var decision = Lamps.Ask(folder.Load(), "NO", knownAt: "2025-06-01", access: "FO").Party.Decision!;

        Assert.Equal(("B. Counsel", "agreed with the association"), (decision.Decision.Who, decision.Decision.Why));
        Assert.Equal(("Lantern North Ltd.", "NO", "north-court"), (decision.Parties.Single().Name, decision.Laws.Single().Rule.Law, decision.Forums.Single().Rule.Forum));
    }

    [Fact]
    public void A_decision_is_for_its_own_customers_and_for_conflicts_only()
    {
        using var folder = Lamps.WithTravellers().With(Lamps.Version + "decisions.yaml", Decision.Replace("{ from: northland }", "{ access: northland }", StringComparison.Ordinal));
        var corpus = folder.Load();

        Assert.Null(Lamps.Ask(corpus, "NO", access: "FO").Party.Decision);
        Assert.Null(Lamps.Ask(corpus, "NO").Party.Decision);
    }
}
