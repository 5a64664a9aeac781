using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>Where a notice to the resolved company goes, on the shipped content.</summary>
public sealed class NoticeToTests
{
    [Theory]
    [InlineData("terms-of-use", "FR", null, "2025-06-01", "25/F Tower One")]
    [InlineData("terms-of-use", "RU", null, "2025-06-01", "51 Bras Basah Road")]
    [InlineData("terms-of-use", "KR", null, "2025-06-01", "29F, Parnas Tower")]
    [InlineData("alibaba-terms-of-use", "HK", null, "2020-12-01", "26/F Tower One")]
    public void The_address_follows_from_the_company(string agreement, string residence, string? access, string day, string address)
    {
        var notice = Shipped.Ask(agreement, residence, "buyer", day, access).NoticeTo;

        Assert.Equal((Outcome.Decided, (string?)null), (notice.Outcome, notice.Because));
        Assert.StartsWith(address, Assert.Single(notice.Rules).Address, StringComparison.Ordinal);
    }

    [Fact]
    public void Candidates_that_share_an_address_do_not_leave_it_open()
    {
        var customer = Shipped.Customer("HK", "buyer", "RU", site: Site.Alibaba);
        var answer = Repository.Resolver.Resolve(Repository.Content.Catalogue.Find("alibaba-terms-of-use")!, customer, Shipped.At("2020-12-01"), Shipped.Later);

        Assert.Equal((Outcome.Conflict, Outcome.Decided), (answer.Party.Outcome, answer.NoticeTo.Outcome));
    }

    [Fact]
    public void Candidates_with_different_addresses_leave_it_open()
    {
        var notice = Shipped.Ask("terms-of-use", "CN", "buyer", "2025-06-01", "KR").NoticeTo;

        Assert.Equal((Outcome.Conflict, "The address depends on the company, which is not decided."), (notice.Outcome, notice.Because));
        Assert.Equal(2, notice.Rules.Length);
    }

    [Theory]
    [InlineData("free-membership", "buyer", "2025-06-01", "The text gives no address for notices to the company.")]
    [InlineData("vip-membership", "buyer", "2025-06-01", "The text gives no address for notices to the company.")]
    [InlineData("merchant-service", "seller", "2025-06-01", "The text gives no address for notices to the company.")]
    [InlineData("alibaba-terms-of-use", "visitor", "2020-12-01", "No company is resolved to which a notice could go.")]
    public void Where_there_is_no_address_the_answer_says_why(string agreement, string role, string day, string because)
    {
        var notice = Shipped.Ask(agreement, "FR", role, day).NoticeTo;

        Assert.Equal((Outcome.NoRule, because), (notice.Outcome, notice.Because));
    }

    [Theory]
    [InlineData("2025-02-15")]
    [InlineData("2025-06-01")]
    public void A_company_that_is_not_among_the_addressees_is_named(string day)
    {
        var notice = Shipped.Ask("terms-of-use", "US", "seller", day).NoticeTo;

        Assert.Equal(Outcome.NoRule, notice.Outcome);
        Assert.Equal("Clause 11.1 gives addresses, but AliExpress International (United States) Corporation is not among the addressees.", notice.Because);
        Assert.NotEmpty(notice.Rules);
    }
}
