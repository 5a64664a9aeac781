using Terms.Comparison;
using Terms.Tests.Resolution;

namespace Terms.Tests.Comparison;

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

        Assert.Equal($"{Details}:8: `accepted` names TW101 in clause 1.1, which does not occur. Take the entry out, or mend its code, clause or words.", problem.ToString());
    }

    [Fact]
    public void An_acceptance_hides_no_second_finding_of_its_code_in_the_clause()
    {
        const string entry = "accepted:\n  - { code: TW403, clause: \"1.1\", why: It is so. }\n";
        using var folder = WithTwoFindings(entry);

        var lint = ContentLint.Of(folder.Load());

        Assert.Equal(2, lint.Open.Count(f => f.Code == "TW403"));
        Assert.Equal($"{Details}:8: `accepted` names TW403 in clause 1.1, which occurs 2 times. Write one entry for each, with `words:` from its message.", Assert.Single(lint.Stale).ToString());
    }

    [Fact]
    public void Words_say_which_of_several_findings_is_accepted()
    {
        using var folder = WithTwoFindings("accepted:\n  - { code: TW403, clause: \"1.1\", words: \"five (6)\", why: It is so. }\n");

        var lint = ContentLint.Of(folder.Load());

        Assert.Equal("“seven (8)” says 7 in words and 8 in figures", Assert.Single(lint.Open, f => f.Code == "TW403").What);
        Assert.Single(lint.Accepted, a => a.Finding.Code == "TW403");
        Assert.Empty(lint.Stale);
    }

    [Theory]
    [InlineData("3.1", "the law of Northland and go", "the law of Northland, and go", true)]
    [InlineData("1.2", "lamp care is", "lamp care, is", false)]
    public void Punctuation_that_changed_from_the_version_before_is_found_where_rules_or_facts_stand(string clause, string words, string by, bool isFound)
    {
        using var folder = new ContentFolder().Over(Repository.Folder("tests/catalogues/good/two-versions")).Mend("agreements/lamp-hire/2025-07-01/terms.en.md", words, by);

        var found = ContentLint.Of(folder.Load()).Open.Where(f => f.Code == "TW701").ToList();

        Assert.Equal(isFound, found.Exists(f => f.Clause == clause && f.File == "agreements/lamp-hire/2025-07-01/terms.en.md"));
    }

    [Fact]
    public void The_shipped_content_has_no_open_finding() => Assert.Empty(ContentLint.Of(Repository.Content).Open);

    [Fact]
    public void The_shipped_content_accepts_only_what_occurs() => Assert.Empty(ContentLint.Of(Repository.Content).Stale);

    private static ContentFolder WithTwoFindings(string accepted) => new ContentFolder()
        .Mend(Lamps.Version + "terms.en.md", "1.1 ", "1.1 Lamps are lit for five (6) or seven (8) days. ").Mend(Details, "extent: full\n", "extent: full\n" + accepted);

    private static void OnlyIn(string code, Func<ContentFolder, ContentFolder> bad, Func<ContentFolder, ContentFolder> good)
    {
        using var badFolder = bad(new ContentFolder());
        using var goodFolder = good(new ContentFolder());

        Assert.Contains(ContentLint.Of(badFolder.Load()).Open, f => f.Code == code);
        Assert.DoesNotContain(ContentLint.Of(goodFolder.Load()).Open, f => f.Code == code);
    }
}
