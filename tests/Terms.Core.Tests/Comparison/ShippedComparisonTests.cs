using Terms.Comparison;

namespace Terms.Tests.Comparison;

/// <summary>The true changes of the shipped content, found by reading both texts; whatever is not listed is unchanged.</summary>
public sealed class ShippedComparisonTests
{
    private static VersionComparison Compare(string from, string to) => VersionComparison.Of(Repository.Resolver, Shipped.Version(from), Shipped.Version(to), Shipped.Later);

    private static readonly Lazy<VersionComparison> Membership = new(() => Compare("free-membership/2024-07-12", "free-membership/2025-04-01"));
    private static readonly Lazy<VersionComparison> TermsOfUse = new(() => Compare("terms-of-use/2025-01-30", "terms-of-use/2025-04-01"));
    private static readonly Lazy<VersionComparison> Alibaba = new(() => Compare("alibaba-terms-of-use/2020-05-06", "alibaba-terms-of-use/2020-10-17"));

    [Fact]
    public void Free_membership_from_2024_to_2025()
    {
        string[] expected =
        [
            "Changed* preamble ¶1", "Added - → 1.1(c)", "Renumbered* 1.1(c) → 1.1(d)", "Renumbered* 1.1(d) → 1.1(e)", "Changed* 2.7", "Changed* 8.7",
        ];
        Assert.Equal(expected, Membership.Value.Text.Said());
    }

    [Fact]
    public void Terms_of_use_from_January_to_April_2025()
    {
        // The words of 3.2 stand under a new heading, as its second paragraph. Of the paragraph for researchers, the purpose of their work has become an item and the link the last paragraph.
        string[] expected =
        [
            "Changed* preamble ¶1", "Added - → 2.1 ¶3", "Renumbered* 2.1 ¶3 → 2.1 ¶4", "Renumbered 2.1 ¶4 → 2.1 ¶5", "Changed* 2.4", "Changed* §3", "Added - → 3.2",
            "Renumbered* 3.2 → 3.2 ¶2", "Added - → 3.2 ¶3", "Added - → 3.2(i)", "Split* 3.2 ¶2 → 3.2(ii) (passage)", "Split* 3.2 ¶2 → 3.2 ¶4 (passage)", "Changed* 11.1", "Changed* 12.7 ¶2",
        ];
        Assert.Equal(expected, TermsOfUse.Value.Text.Said());
    }

    [Fact]
    public void Alibaba_terms_of_use_from_May_to_October_2020()
    {
        string[] expected =
        [
            "Added - → preamble ¶1", "Renumbered* preamble ¶1 → preamble ¶2", "Renumbered preamble ¶2 → preamble ¶3", "Renumbered preamble ¶3 → preamble ¶4", "Changed* 1.1", "Added - → 2.6",
            "Moved* 1.1 → 2.6 (passage)", "Added - → 2.6 ¶2", "Changed* 3.7", "Changed* 5.4", "Changed* 5.5(f)", "Added - → 5.13", "Added - → 5.13(a)", "Moved* 5.4 → 5.13(b) (passage)",
            "Added - → 5.13(c)", "Added - → 5.13(d)", "Added - → 5.13(e)", "Added - → 5.13 ¶2", "Changed* 6.1", "Changed* 8.5", "Changed* 8.6", "Changed* 9.1", "Added - → 10.4",
        ];
        Assert.Equal(expected, Alibaba.Value.Text.Said());
    }

    [Fact]
    public void In_2020_the_promotion_services_and_the_sanctions_warranty_move_and_both_ends_say_so()
    {
        var clauses = Alibaba.Value.Text.Clauses;
        Assert.Equal(["2.6"], clauses.Single(c => c is { FromLabel: "1.1", Kind: ChangeKind.Changed }).MovesTo.AsEnumerable());
        Assert.Equal(["1.1"], clauses.Single(c => c is { ToLabel: "2.6", Kind: ChangeKind.Added }).MovesFrom.AsEnumerable());
        Assert.Equal(["5.13(b)"], clauses.Single(c => c is { FromLabel: "5.4", Kind: ChangeKind.Changed }).MovesTo.AsEnumerable());
        var sanctions = clauses.Single(c => c.ToLabel == "5.13(b)");
        Assert.StartsWith("(d) neither you nor your affiliates", sanctions.FromText, StringComparison.Ordinal);
        Assert.Contains(sanctions.Segments, s => s is { Kind: SegmentKind.Insert } && s.Text.Contains("proposes to enact", StringComparison.Ordinal));
        Assert.StartsWith("The Promotion Services to which", clauses.Single(c => c is { ToLabel: "2.6", Kind: ChangeKind.Moved }).FromText, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_label_of_the_shipped_pairs_occurs_once_as_a_whole_or_in_pieces()
    {
        foreach (var comparison in new[] { Membership.Value, TermsOfUse.Value, Alibaba.Value })
        {
            var split = comparison.Text.Clauses.Where(c => c.Kind == ChangeKind.Split).Select(c => c.FromLabel!).Distinct();
            Assert.Equal(comparison.Text.From.All.Select(c => c.Label.Value).Order(), comparison.Text.Clauses.Where(c => c is { From: not null, IsFromPart: false }).Select(c => c.FromLabel!).Concat(split).Order());
            Assert.Equal(comparison.Text.To.All.Select(c => c.Label.Value).Order(), comparison.Text.Clauses.Where(c => c is { To: not null, IsToPart: false }).Select(c => c.ToLabel!).Order());
        }
    }

    [Fact]
    public void The_renderings_of_the_merchant_agreement_compare_clause_by_clause()
    {
        var version = Shipped.Version("merchant-service/2022-01-01");
        var comparison = VersionComparison.Of(Repository.Resolver, version, version.Rendering(1)!, version, version.Rendering(2)!, Shipped.Later);
        string[] elsewhere =
        [
            "Removed preamble ¶1 → -", "Removed preamble ¶2 → -", "Merged preamble ¶3 → preamble (passage)", "Merged* preamble ¶4 → preamble (passage)", "Merged* preamble ¶5 → preamble (passage)", "Merged* preamble ¶6 → preamble (passage)",
            "Merged* 5.1.1 (passage)", "Merged 5.1.1 ¶2 → 5.1.1 (passage)", "Merged* 5.1.1 ¶3 → 5.1.1 (passage)", "Merged 5.1.3 (passage)", "Merged* 5.1.3 ¶2 → 5.1.3 (passage)",
        ];
        Assert.Equal(elsewhere, comparison.Text.Changes.Where(c => c.Kind != ChangeKind.Changed).Select(Texts.Said));
        Assert.All(comparison.Text.Changes.Where(c => c.Kind == ChangeKind.Changed), c => Assert.Equal(c.FromLabel, c.ToLabel));
        Assert.Empty(comparison.Impact);
    }

    [Fact]
    public void Amounts_periods_and_companies_stand_out_between_the_renderings()
    {
        var version = Shipped.Version("merchant-service/2022-01-01");
        var comparison = VersionComparison.Of(Repository.Resolver, version, version.Rendering(1)!, version, version.Rendering(2)!, Shipped.Later);
        var marked = comparison.Text.Changes.Where(c => c.Figures).Select(c => c.ToLabel).ToList();

        Assert.Superset(new HashSet<string?>(["3.1", "5.1.4", "5.2.4", "5.2.7", "11.2", "17.1"]), marked.ToHashSet());
        Assert.DoesNotContain("2.4", marked);
        Assert.DoesNotContain("7.8", marked);
        Assert.DoesNotContain("15.10", marked);
        Assert.Contains(comparison.Facts, f => f.From?.Id == "tl-msa-5.1.4b-r1" && f.Values.Contains(new ValueChange("value", "2", "30")));
        Assert.DoesNotContain(comparison.Facts, f => f.Kind == ChangeKind.Removed);
        var company = comparison.Text.Clauses.Single(c => c.ToLabel == "3.1");
        Assert.Contains(company.Segments, s => s is { Kind: SegmentKind.Delete, Text: "Sellong", Figures: true });
    }

    [Fact]
    public void A_change_in_a_clause_on_law_or_company_is_critical()
    {
        Assert.Equal(["1.1(c)", "1.1(d)", "1.1(e)", "8.7"], Membership.Value.Text.Changes.Where(c => c.IsCritical).Select(c => c.ToLabel));
        Assert.Equal(["2.1 ¶3", "2.1 ¶4", "12.7 ¶2"], TermsOfUse.Value.Text.Changes.Where(c => c.IsCritical).Select(c => c.ToLabel));
    }

    [Fact]
    public void The_rules_that_change_in_2025_are_those_about_South_Korea()
    {
        string[] expected = ["Added party south-korea", "Changed party elsewhere", "Changed party relevant-jurisdictions", "Changed law hong-kong", "Changed forum hkiac"];
        Assert.Equal(expected, Membership.Value.Rules.Select(r => $"{r.Kind} {r.About} {r.Id}"));
        Assert.Equal(expected, TermsOfUse.Value.Rules.Select(r => $"{r.Kind} {r.About} {r.Id}"));
        Assert.Empty(Alibaba.Value.Rules);
        var elsewhere = Membership.Value.Rules.Single(r => r.Id == "elsewhere");
        Assert.Equal(["when"], elsewhere.Values.Select(v => v.Name));
    }

    [Fact]
    public void Facts_differ_by_value_and_not_by_name_or_label()
    {
        var service = Assert.Single(Membership.Value.Facts);
        Assert.Equal(["quote"], service.Values.Select(v => v.Name));
        Assert.Equal(["ntf-tou-a-3"], TermsOfUse.Value.Facts.Where(f => f.Kind == ChangeKind.Added).Select(f => f.To!.Id));
        Assert.Equal(["tl-ctou-5.13"], Alibaba.Value.Facts.Where(f => f.Kind == ChangeKind.Added).Select(f => f.To!.Id));
        Assert.DoesNotContain(Alibaba.Value.Facts, f => f.Kind == ChangeKind.Removed);
    }

    [Fact]
    public void The_company_changes_for_residents_of_South_Korea_and_for_those_who_connect_from_there()
    {
        var impact = Membership.Value.Impact.Where(i => i.About == "party").ToList();
        var residents = impact.Single(i => i.Who == "residents of South Korea who use the sites from outside the Relevant Jurisdictions");
        Assert.Equal("Alibaba.com Singapore E-Commerce Private Limited", residents.Before);
        Assert.Equal("ALIEXPRESS KOREA HOLDING (SINGAPORE) PTE. LTD. and AliExpress Korea Limited", residents.After);
        Assert.Equal("KR", residents.Example.Residence.Code);
        Assert.All(impact, i => Assert.Contains("South Korea", i.Who, StringComparison.Ordinal));
        Assert.Empty(Alibaba.Value.Impact);
    }

    [Fact]
    public void Law_and_forum_change_in_2025_only_for_residents_of_mainland_China_who_connect_from_South_Korea()
    {
        var others = Membership.Value.Impact.Where(i => i.About != "party").ToList();
        Assert.Equal(["law", "forum"], others.Select(i => i.About));
        Assert.All(others, i => Assert.Equal("residents of mainland China who use the sites from South Korea, except about promotion", i.Who));
    }

    [Theory]
    [InlineData("free-membership/2024-07-12", "free-membership/2025-04-01")]
    [InlineData("terms-of-use/2025-01-30", "terms-of-use/2025-04-01")]
    [InlineData("alibaba-terms-of-use/2020-10-17", "terms-of-use/2025-04-01")]
    public void The_impact_counts_each_combination_that_the_resolver_answers_otherwise_once(string from, string to)
    {
        var (old, @new) = (Shipped.Version(from), Shipped.Version(to));
        var zone = Repository.Content.Catalogue.Zone;
        var (at, then) = (Terms.Catalogue.Timeline.MomentOf(old, zone, Shipped.Later)!.Value, Terms.Catalogue.Timeline.MomentOf(@new, zone, Shipped.Later)!.Value);
        long expected = 0;
        foreach (var residence in Repository.Resolver.Places.Members)
        {
            foreach (var access in Repository.Resolver.Places.Members)
            {
                foreach (var role in Enum.GetValues<Terms.Resolution.Role>())
                {
                    foreach (var site in Enum.GetValues<Terms.Resolution.Site>())
                    {
                        foreach (var service in Enum.GetValues<Terms.Resolution.Service>())
                        {
                            for (var members = 0; members < 8; members++)
                            {
                                var customer = new Terms.Resolution.Customer(residence[0], access[0], role, site, service, (Terms.Resolution.Memberships)members);
                                var (before, after) = (Repository.Resolver.Resolve(old.Agreement, customer, at, Shipped.Later), Repository.Resolver.Resolve(@new.Agreement, customer, then, Shipped.Later));
                                expected += Company(before) == Company(after) ? 0 : (long)residence.Length * access.Length;
                            }
                        }
                    }
                }
            }
        }
        Assert.Equal(expected, Compare(from, to).Impact.Where(i => i.About == "party").Sum(i => i.Combinations));

        static string Company(Terms.Resolution.AgreementAnswer answer) => answer.Outcome == Terms.Resolution.Outcome.NotApplicable
            ? ""
            : $"{answer.Party.Outcome} " + string.Join('|', answer.Party.Parties.Select(p => p.Id + p.Part).Order()) + " "
                + string.Join('|', answer.Party.Candidates.Select(c => string.Join('+', c.Parties.Select(p => p.Id + p.Part).Order())).Distinct().Order());
    }

    [Fact]
    public void The_summary_says_in_words_what_changed_and_for_whom()
    {
        Assert.StartsWith("3 clauses changed, 1 added, 2 renumbered and changed", Membership.Value.Summary, StringComparison.Ordinal);
        Assert.Contains("Company changes for residents of South Korea", Membership.Value.Summary, StringComparison.Ordinal);
        Assert.Contains("1 passage moved", Alibaba.Value.Summary, StringComparison.Ordinal);
        Assert.Equal("Nothing in the text has changed.", Compare("free-membership/2025-04-01", "free-membership/2025-04-01").Summary);
    }
}
