using Terms.Comparison;

namespace Terms.Tests.Comparison;

/// <summary>The true changes of the collected documents, found by reading both texts side by side; whatever is not listed is unchanged.</summary>
public sealed class SeedComparisonTests
{
    private static readonly Lazy<TextComparison> Membership = new(() => Compare("FMA-2024-07-12", "FMA-2025-04-01"));
    private static readonly Lazy<TextComparison> TermsOfUse = new(() => Compare("TOU-2025-01-30", "TOU-2025-04-01"));
    private static readonly Lazy<TextComparison> Alibaba = new(() => Compare("CTOU-2020-05-06", "CTOU-2020-10-17"));
    private static readonly Lazy<TextComparison> Renderings = new(() => TextComparison.Of(ImportedSeeds.Text("MSA-2022-01-01"), ImportedSeeds.Text("MSA-2022-01-01", 2), Focus));

    private static ComparisonFocus Focus => ComparisonFocus.None with { Names = [.. Repository.Content.Catalogue.Parties.Values.SelectMany(p => p.Names).Select(n => n.Name)] };

    private static TextComparison Compare(string from, string to) => TextComparison.Of(ImportedSeeds.Text(from), ImportedSeeds.Text(to), Focus);

    [SeedFact]
    public void Free_membership_from_2024_to_2025()
    {
        string[] expected = ["Changed* preamble ¶1", "Added - → 1.1(c)", "Renumbered* 1.1(c) → 1.1(d)", "Renumbered* 1.1(d) → 1.1(e)", "Changed* 2.7", "Changed* 8.7"];
        Assert.Equal(expected, Membership.Value.Said());
    }

    [SeedFact]
    public void Terms_of_use_from_January_to_April_2025()
    {
        // The words of 3.2 stand under a new heading, as its second paragraph. The paragraph for researchers has become a paragraph and an item; how to apply is said anew.
        string[] expected =
        [
            "Changed* preamble ¶1", "Added - → 2.1 ¶3", "Renumbered* 2.1 ¶3 → 2.1 ¶4", "Renumbered 2.1 ¶4 → 2.1 ¶5", "Changed* 2.4", "Changed* §3", "Added - → 3.2", "Renumbered* 3.2 → 3.2 ¶2",
            "Split* 3.2 ¶2 → 3.2 ¶3 (passage)", "Added - → 3.2(i)", "Split* 3.2 ¶2 → 3.2(ii) (passage)", "Added - → 3.2 ¶4", "Changed* 11.1", "Changed* 12.7 ¶2",
        ];
        Assert.Equal(expected, TermsOfUse.Value.Said());
    }

    [SeedFact]
    public void Alibaba_terms_of_use_from_May_to_October_2020()
    {
        // A space that is missing in 11.1 has been put in. Spaces that became no-break spaces are no change.
        string[] expected =
        [
            "Added - → preamble ¶1", "Renumbered* preamble ¶1 → preamble ¶2", "Renumbered preamble ¶2 → preamble ¶3", "Renumbered preamble ¶3 → preamble ¶4", "Changed* 1.1", "Added - → 2.6",
            "Moved* 1.1 → 2.6 (passage)", "Added - → 2.6 ¶2", "Changed* 3.7", "Changed* 5.4", "Changed* 5.5(f)", "Added - → 5.13", "Added - → 5.13(a)", "Moved* 5.4 → 5.13(b) (passage)",
            "Added - → 5.13(c)", "Added - → 5.13(d)", "Added - → 5.13(e)", "Added - → 5.13 ¶2", "Changed* 6.1", "Changed* 8.5", "Changed* 8.6", "Changed* 9.1", "Added - → 10.4", "Changed* 11.1",
        ];
        Assert.Equal(expected, Alibaba.Value.Said());
        Assert.Equal(["11.1"], Alibaba.Value.Changes.Where(c => c.IsCosmetic && c.TextChanged).Select(c => c.ToLabel));
        Assert.False(Alibaba.Value.Changes.Single(c => c.ToLabel == "11.1").Figures);
    }

    [SeedFact]
    public void In_2020_the_promotion_services_and_the_sanctions_warranty_move()
    {
        var (promotion, sanctions) = (Alibaba.Value.Changes.Single(c => c.IsPassage && c.ToLabel == "2.6"), Alibaba.Value.Changes.Single(c => c.ToLabel == "5.13(b)"));
        Assert.StartsWith("The Promotion Services referred to in the", promotion.FromText, StringComparison.Ordinal);
        Assert.StartsWith("(d) you and your affiliates are not the subject of", sanctions.FromText, StringComparison.Ordinal);
        Assert.Equal(["2.6"], Alibaba.Value.Changes.Single(c => c.ToLabel == "1.1").MovesTo.AsEnumerable());
        Assert.Equal(["5.13(b)"], Alibaba.Value.Changes.Single(c => c.ToLabel == "5.4").MovesTo.AsEnumerable());
    }

    [SeedFact]
    public void In_2025_c_and_d_become_d_and_e_and_say_so_with_the_few_words_that_changed()
    {
        var elsewhere = Membership.Value.Changes.Single(c => c.ToLabel == "1.1(d)");
        Assert.Equal([", South Korea"], elsewhere.Segments.Where(s => s.Kind == SegmentKind.Insert).Select(s => s.Text));
        var jurisdictions = Membership.Value.Changes.Single(c => c.ToLabel == "1.1(e)");
        Assert.Equal([", (c) and (d),"], jurisdictions.Segments.Where(s => s.Kind == SegmentKind.Insert).Select(s => s.Text));
    }

    [SeedFact]
    public void The_renderings_of_the_merchant_agreement_compare_clause_by_clause()
    {
        string[] elsewhere =
        [
            "Removed preamble ¶1 → -", "Removed preamble ¶2 → -", "Merged preamble ¶3 → preamble (passage)", "Merged preamble ¶4 → preamble (passage)", "Merged* preamble ¶5 → preamble (passage)", "Merged* preamble ¶6 → preamble (passage)",
            "Merged* 5.1.1 (passage)", "Merged 5.1.1 ¶2 → 5.1.1 (passage)", "Merged* 5.1.1 ¶3 → 5.1.1 (passage)", "Merged 5.1.3 (passage)", "Merged* 5.1.3 ¶2 → 5.1.3 (passage)",
        ];
        Assert.Equal(elsewhere, Renderings.Value.Changes.Where(c => c.Kind != ChangeKind.Changed).Select(Texts.Said));
        Assert.All(Renderings.Value.Clauses.Where(c => c.Kind is ChangeKind.Changed or ChangeKind.Unchanged), c => Assert.Equal(c.FromLabel, c.ToLabel));
    }

    [SeedFact]
    public void Amounts_and_parties_stand_out_between_the_renderings_and_wording_does_not()
    {
        // Thirty days for two, working days for days, an order by number, a hundred thousand and a thousand yuan, five thousandths a day; "Sellong", "DolExpress",
        // "Selling Platform" and "the company" where the other has the platform's name; who is called what in the preamble and in 6.1.1 and 8.5.
        string[] expected = ["preamble", "2.8", "3.1", "4.1", "5.1.4", "5.2.4", "5.2.7", "6.1.1", "8.5", "11.2", "13.2", "14.2.2", "15.6.4", "17.1"];
        Assert.Equal(expected, Renderings.Value.Changes.Where(c => c.Figures).Select(c => c.ToLabel).Distinct());
        Assert.Contains(Marked("5.1.4"), m => m == "within thirty (30) natural days");
        Assert.Contains(Marked("5.1.4"), m => m.Contains("within two calendar days", StringComparison.Ordinal));
        Assert.Contains(Marked("14.2.2"), m => m == "1,000 yuan,");
        Assert.Contains(Marked("5.2.4"), m => m == "DolExpress");
        Assert.Contains(Marked("3.1"), m => m.EndsWith("Sellong", StringComparison.Ordinal));

        static List<string> Marked(string label) => [.. Renderings.Value.Changes.Single(c => c.ToLabel == label).Segments.Where(s => s.Figures).Select(s => s.Text.Trim())];
    }
}
