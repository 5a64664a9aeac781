using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>Findings about rules and facts, and findings that an editor has accepted.</summary>
public sealed class ContentLintTests
{
    private const string Facts = Lamps.Version + "facts.yaml";
    private const string Details = Lamps.Version + "version.yaml";
    private const string BothAddressed = "addressees: [lantern-north, lantern-isles]";

    [Fact]
    public void A_company_that_nobody_can_write_to_is_found() => OnlyIn("TW605", f => f, f => f.Mend(Facts, "addressees: [lantern-north]", BothAddressed));

    [Fact]
    public void A_contract_without_any_address_is_found() => OnlyIn("TW605", f => f.Mend(Facts, "  address: 4 Wick Lane\n", ""), f => f.Mend(Facts, "addressees: [lantern-north]", BothAddressed));

    [Fact]
    public void A_law_for_a_company_that_no_rule_produces_is_found() => OnlyIn("TW603", f => f.Mend(Lamps.Rules, "  - id: the-isles\n    when: { from: the-isles }\n    parties: [lantern-isles]\n    clauses: [\"1.1\"]\n", ""), f => f);

    [Fact]
    public void A_company_that_no_law_is_said_for_is_found() => OnlyIn("TW604", f => f.Mend(Lamps.Rules, "  - id: isles\n    parties: [lantern-isles]\n    law: IS\n    clauses: [\"3.2\"]\n", ""), f => f);

    [Fact]
    public void A_contract_without_a_rule_on_the_law_is_found() => OnlyIn("TW601", f => f.With(Lamps.Rules, "parties:\n  - id: northland\n    when: { from: northland }\n    parties: [lantern-north]\n    clauses: [\"1.1\"]\n"), f => f);

    [Fact]
    public void A_contract_without_a_rule_on_the_party_is_found() => OnlyIn("TW602", f => f.With(Lamps.Rules, "law:\n  - id: northland\n    parties: [lantern-north]\n    law: \"NO\"\n    clauses: [\"3.1\"]\n"), f => f);

    [Fact]
    public void An_accepted_finding_is_not_open()
    {
        using var folder = new ContentFolder().Mend(Details, "extent: full\n", "extent: full\naccepted:\n  - { code: TW605, clause: \"1.1\", why: The Isles have no post. }\n");

        var lint = ContentLint.Of(folder.Load());

        Assert.DoesNotContain(lint.Open, f => f.Code == "TW605");
        Assert.Contains(lint.Accepted, a => a.Finding.Code == "TW605" && a.Why == "The Isles have no post.");
        Assert.Empty(lint.Stale);
    }

    [Fact]
    public void An_acceptance_of_nothing_is_a_problem()
    {
        using var folder = new ContentFolder().Mend(Details, "extent: full\n", "extent: full\naccepted:\n  - { code: TW101, clause: \"1.1\", why: It is so. }\n");

        var problem = Assert.Single(ContentLint.Of(folder.Load()).Stale);

        Assert.Equal($"{Details}:8: `accepted` names TW101 in clause 1.1, which does not occur. Take the entry out, or mend its code or clause.", problem.ToString());
    }

    [Fact]
    public void The_shipped_content_has_no_open_finding() => Assert.Empty(ContentLint.Of(Repository.Content).Open);

    [Fact]
    public void The_shipped_content_accepts_only_what_occurs() => Assert.Empty(ContentLint.Of(Repository.Content).Stale);

    private static void OnlyIn(string code, Func<ContentFolder, ContentFolder> bad, Func<ContentFolder, ContentFolder> good)
    {
        using var badFolder = bad(new ContentFolder());
        using var goodFolder = good(new ContentFolder());

        Assert.Contains(ContentLint.Of(badFolder.Load()).Open, f => f.Code == code);
        Assert.DoesNotContain(ContentLint.Of(goodFolder.Load()).Open, f => f.Code == code);
    }
}
