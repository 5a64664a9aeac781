using Terms.Catalogue;
using Terms.Facts;
using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>The questions of the shared list that are about no customer, by their ids, asked of the shipped facts.</summary>
public sealed class FactQuestionTests
{
    /// <summary>The ids of the questions below.</summary>
    internal static IEnumerable<string> Asked => typeof(FactQuestionTests).GetMethods().Where(m => m.Name.StartsWith('Q')).Select(m => m.Name.Split('_')[0]);

    [Fact]
    public void Q114_The_caps_of_two_agreements_contradict_each_other()
    {
        var cap = Assert.Single(Shipped.AskAll("FR", "buyer", "2025-06-01").Between, c => c.About == "cap");

        Assert.Contains(cap.Candidates, c => c.Answer.Agreement.Id.Value == "free-membership" && c.Values.Contains("HKD 100 per calendar year"));
        Assert.Contains(cap.Candidates, c => c.Answer.Agreement.Id.Value == "terms-of-use" && c.Values.Single().StartsWith("the greater of", StringComparison.Ordinal));
        Assert.Contains(cap.Precedence, p => p.Rule.Clauses.Contains("1.5") && p.Rule.Open is not null);
    }

    [Fact]
    public void Q116_Thirty_days_of_consultation_that_begins_on_8_May_end_on_7_June()
    {
        var limit = LimitAnswer.Of(Shipped.Facts("free-membership/2025-04-01"), "8.7", new DateOnly(2025, 5, 8), "tl-fma-8.7b");

        Assert.Equal(("determined", new DateOnly(2025, 6, 7)), (limit.Outcome, limit.LastDay));
    }

    [Fact]
    public void Q117_A_Korean_user_writes_to_Seoul()
    {
        var notice = Assert.Single(Shipped.Ask("terms-of-use", "KR", "buyer", "2025-06-01").NoticeTo.Rules);

        Assert.StartsWith("29F, Parnas Tower", notice.Address, StringComparison.Ordinal);
        Assert.Equal<string>(["personal", "courier", "certified-mail"], notice.Channels);
        Assert.Null(notice.Attention);
    }

    [Fact]
    public void Q119_A_seller_from_the_United_States_finds_no_address()
    {
        var notice = Shipped.Ask("terms-of-use", "US", "seller", "2025-06-01").NoticeTo;

        Assert.Equal(Outcome.NoRule, notice.Outcome);
        Assert.Contains("AliExpress International (United States) Corporation is not among the addressees", notice.Because, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("terms-of-use/2025-01-30")]
    [InlineData("terms-of-use/2025-04-01")]
    public void Q120_A_legal_notice_cannot_be_mailed_electronically(string version) =>
        Assert.Equal("not-permitted", Shipped.Receipt(version, "to-platform", "email", "2025-05-01T09:00:00Z").Outcome);

    [Theory]
    [InlineData("terms-of-use/2025-01-30")]
    [InlineData("terms-of-use/2025-04-01")]
    public void Q121_A_posted_notice_is_received_at_once(string version)
    {
        var receipt = Shipped.Receipt(version, "to-user", "site-posting", "2025-05-01T09:00:00Z");

        Assert.Equal(("determined", new DateTimeOffset(2025, 5, 1, 9, 0, 0, TimeSpan.Zero)), (receipt.Outcome, receipt.Instant));
        Assert.Contains("11.2(b)", receipt.Clauses);
    }

    [Fact]
    public void Q122_In_2020_notices_to_the_Russian_company_go_to_Shenton_Way()
    {
        var notice = Assert.Single(Shipped.Ask("alibaba-terms-of-use", "RU", "buyer", "2020-12-01").NoticeTo.Rules);

        Assert.Equal(("8 Shenton Way, #45-01 AXA Tower, Singapore 068811", "Legal Department"), (notice.Address, notice.Attention));
    }

    [Fact]
    public void Q123_English_prevails() =>
        Assert.All(Shipped.Facts("terms-of-use/2025-04-01").OfType<LanguageFact>(), f => Assert.Equal(("en", "1.4"), (f.Prevails, f.Clauses[0])));

    [Fact]
    public void Q126_Two_renderings_disagree_about_the_release_of_the_deposit()
    {
        var limit = LimitAnswer.Of(Shipped.Facts("merchant-service/2022-01-01"), "5.1.4", new DateOnly(2025, 5, 1), null);

        Assert.Equal("undetermined", limit.Outcome);
        Assert.Contains(limit.Limits, l => l is { Rendering: 1, LastDay: { Month: 5, Day: 3 } });
        Assert.Contains(limit.Limits, l => l is { Rendering: 2, LastDay: { Month: 5, Day: 31 } });
    }

    [Fact]
    public void Q128_More_than_180_days_are_needed() =>
        Assert.Contains("more than", Shipped.Fact("merchant-service/2022-01-01", "tl-msa-15.2.3h").Origin.Quote, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Q129_The_clearance_takes_20_days() =>
        Assert.Equal(new DateOnly(2025, 5, 21), LimitAnswer.Of(Shipped.Facts("merchant-service/2022-01-01"), "15.6.1", new DateOnly(2025, 5, 1), null).LastDay);

    [Fact]
    public void Q136_An_order_unpaid_after_20_days_is_closed()
    {
        var limit = Assert.IsType<TimeLimitFact>(Shipped.Fact("seller-code/undated", "tl-eb-4.3.1"));

        Assert.Equal((20m, "days"), (limit.Value!.Value, limit.Unit));
        Assert.Contains("clos", limit.Consequence, StringComparison.Ordinal);
    }

    [Fact]
    public void Q138_A_dispute_without_agreement_is_submitted_after_15_days() =>
        Assert.Equal(new DateOnly(2025, 5, 16), LimitAnswer.Of(Shipped.Facts("seller-code/undated"), "4.5.3(2)", new DateOnly(2025, 5, 1), null).LastDay);

    [Fact]
    public void Q140_The_Russian_privacy_policy_is_of_17_January_2019() =>
        Assert.Equal(new DateOnly(2019, 1, 17), Assert.Single(Repository.Content.Catalogue.Find("privacy-policy-ru")!.Versions).Id.Effective);

    [Fact]
    public void Q141_What_the_date_of_the_listing_policy_means_is_open()
    {
        var version = Assert.Single(Repository.Content.Catalogue.Find("product-listing-policy")!.Versions);

        Assert.Equal((VersionId.Undated, new DateOnly(2016, 11, 17)), (version.Id, version.Details.Announced));
        Assert.Contains("not clear", version.Details.Note, StringComparison.Ordinal);
    }
}
