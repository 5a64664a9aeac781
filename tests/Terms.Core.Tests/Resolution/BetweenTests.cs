using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>Contradictions between agreements that apply together, on the shipped content; the numbers are those of the shared list of ambiguities.</summary>
public sealed class BetweenTests
{
    [Theory]
    [InlineData("2024-09-01", false)]
    [InlineData("2025-02-15", true)]
    [InlineData("2025-06-01", true)]
    public void AMB_10_Two_agreements_name_different_companies_for_promotion(string day, bool bothAreThere)
    {
        var party = Shipped.AskAll("CN", "seller", day, service: Service.Promotion).Between.SingleOrDefault(c => c.About == "party");
        var told = party?.Candidates.ToDictionary(c => c.Answer.Agreement.Id.Value, c => (c.Values[0], c.Clauses[0]));

        Assert.Equal(("Alibaba.com Singapore E-Commerce Private Limited", "1.1(a)"), told!["free-membership"]);
        Assert.Equal(bothAreThere, told.ContainsKey("terms-of-use"));
        if (bothAreThere)
        {
            Assert.Equal(("Hangzhou Alibaba Advertising Co., Ltd.", "2.1"), told["terms-of-use"]);
        }
    }

    [Theory]
    [InlineData("US", "hkiac", "8.7")]
    [InlineData("CN", "hangzhou-internet-court", "8.7")]
    public void AMB_21_The_membership_goes_to_other_courts_than_what_it_incorporates(string residence, string forum, string clause)
    {
        var contradiction = Shipped.AskAll(residence, "buyer", "2025-06-01").Between.Single(c => c.About == "forum");
        var told = contradiction.Candidates.ToDictionary(c => c.Answer.Agreement.Id.Value);

        Assert.Equal("courts of Hong Kong", told["vip-membership"].Values.Single());
        Assert.Equal<string>(["7.1"], told["vip-membership"].Clauses);
        Assert.Equal(forum, told["free-membership"].Answer.Forum.Forums.Single().Rule.Forum);
        Assert.Equal<string>([clause], told["free-membership"].Clauses);
        Assert.Contains("terms-of-use", told.Keys);
        Assert.Contains(contradiction.Precedence, p => p.Rule is { Id: "entire-agreement", Open: not null });
        Assert.Contains(contradiction.Precedence, p => p.Rule.Id == "additional-agreements");
    }

    [Fact]
    public void AMB_24_The_Singapore_company_stands_under_two_laws()
    {
        var law = Shipped.AskAll("CN", "seller", "2025-06-01", service: Service.Promotion).Between.Single(c => c.About == "law");
        var told = law.Candidates.ToDictionary(c => c.Answer.Agreement.Id.Value);

        Assert.Equal(("laws of the People's Republic of China", "17.3"), (told["merchant-service"].Values.Single(), told["merchant-service"].Clauses.Single()));
        Assert.Equal(("laws of the Hong Kong Special Administrative Region", "8.7"), (told["free-membership"].Values.Single(), told["free-membership"].Clauses.Single()));
    }

    [Theory]
    [InlineData("2025-02-15")]
    [InlineData("2025-06-01")]
    public void AMB_27_Two_caps_are_set_for_the_same_claims(string day)
    {
        var cap = Shipped.AskAll("FR", "buyer", day).Between.Single(c => c.About == "cap");

        Assert.Contains(cap.Candidates, c => c.Answer.Agreement.Id.Value == "free-membership" && c.Values.Single() == "HKD 100 per calendar year" && c.Clauses.Single() == "6.7");
        Assert.Contains(cap.Candidates, c => c.Answer.Agreement.Id.Value == "terms-of-use" && c.Clauses.Single() == "8.8");
        Assert.Contains(cap.Precedence, p => p.Rule.Open == "Whether the free membership agreement is an Additional Agreement is not said.");
    }

    [Fact]
    public void Agreements_that_say_the_same_do_not_contradict_each_other() =>
        Assert.DoesNotContain(Shipped.AskAll("US", "visitor", "2024-09-01").Between, c => c.About == "party");

    [Fact]
    public void One_agreement_alone_contradicts_nothing()
    {
        var answer = Repository.Resolver.Resolve(Shipped.Customer("TH", "seller", site: Site.EasyBuy), Shipped.At("2024-01-01"), Shipped.Later);

        Assert.Equal("seller-code", answer.Agreements.Single().Agreement.Id.Value);
        Assert.Empty(answer.Between);
    }

    [Fact]
    public void Only_contracts_that_are_for_the_customer_are_listed()
    {
        Assert.Equal(["alibaba-terms-of-use", "free-membership", "terms-of-use", "vip-membership"], Listed("buyer"));
        Assert.Equal(["alibaba-terms-of-use", "free-membership", "merchant-service", "terms-of-use"], Listed("seller"));
        Assert.Equal(["alibaba-terms-of-use", "free-membership", "merchant-service", "terms-of-use", "vip-membership"], Listed("buyer-and-seller"));
        Assert.Equal(["alibaba-terms-of-use", "free-membership", "terms-of-use"], Listed("visitor"));

        static IEnumerable<string> Listed(string role) => Shipped.AskAll("FR", role, "2025-06-01").Agreements.Select(a => a.Agreement.Id.Value);
    }
}
