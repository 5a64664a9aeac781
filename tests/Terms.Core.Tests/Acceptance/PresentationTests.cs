using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Acceptance;

public sealed class PresentationTests
{
    private static readonly Customer Customer = new(
        Place.Parse("FR"), Place.Parse("KR"), Role.BuyerAndSeller, Site.Alibaba, Service.Deposit, Memberships.AliExpress | Memberships.EasyBuy, true, new DateOnly(2025, 4, 1));

    private static Presentation Present(
        Customer? customer = null, string? actor = "agent-3", string? authority = "by letter", string secret = "abcdefghijklmn23", DateTimeOffset? expires = null, params string[] agreements) => new(
            "member-17", actor, authority, AcceptanceKind.Agree, customer ?? Customer, agreements.Length == 0 ? ["free-membership", "terms-of-use"] : [.. agreements],
            ImmutableSortedDictionary<string, string>.Empty.Add("terms-of-use", "2025-01-30"), "signup-web", "zh-Hans", "https://shop.example/welcome", "shop-web", secret, Acts.At,
            expires ?? Acts.At.AddHours(1));

    [Fact]
    public void A_presentation_is_read_back_as_it_was()
    {
        var all = from role in Enum.GetValues<Role>()
                  from service in Enum.GetValues<Service>()
                  from business in new bool?[] { null, true, false }
                  select Customer with { Role = role, Service = service, IsBusiness = business, Members = (Memberships)((int)role * 2 % 8) };
        Assert.All(all, customer =>
        {
            var read = Presentation.Parse(Present(customer).Bytes);

            Assert.Equal(Present(customer).Bytes.ToArray(), read.Bytes.ToArray());
            Assert.Equal(customer, read.Customer);
        });
    }

    [Fact]
    public void A_subject_that_acts_for_itself_is_no_actor() => Assert.Null(Present(actor: "member-17", authority: null).Actor);

    [Fact]
    public void What_cannot_be_presented_is_refused_in_words()
    {
        Assert.Contains("`authority`", Assert.Throws<ArgumentException>(() => Present(authority: null)).Message, StringComparison.Ordinal);
        Assert.Contains("up to a week", Assert.Throws<ArgumentException>(() => Present(expires: Acts.At.AddDays(8))).Message, StringComparison.Ordinal);
        Assert.Contains("up to a week", Assert.Throws<ArgumentException>(() => Present(expires: Acts.At)).Message, StringComparison.Ordinal);
        Assert.Contains("each once", Assert.Throws<ArgumentException>(() => Present(agreements: ["a", "a"])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(32)]
    [InlineData(123_456_789_012)]
    public void An_id_is_the_number_and_the_secret(long number)
    {
        var id = new PresentationId(number, PresentationId.NewSecret());

        Assert.True(PresentationId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
    }

    [Theory]
    [InlineData("a-abcdefghijklmn2")]
    [InlineData("ab-abcdefghijklmn2")]
    [InlineData("A-abcdefghijklmn23")]
    [InlineData("aab-abcdefghijklmn23")]
    [InlineData("-abcdefghijklmn23")]
    [InlineData("b-abcdefghijklmn2\n")]
    [InlineData("bbbbbbbbbbbbbbbbbb-abcdefghijklmn23")]
    public void Another_way_of_writing_an_id_is_refused(string text) => Assert.False(PresentationId.TryParse(text, out _));

    [Fact]
    public void Only_the_secret_opens_a_presentation()
    {
        Assert.True(new PresentationId(1, "abcdefghijklmn23").Opens(Present()));
        Assert.False(new PresentationId(1, "abcdefghijklmn24").Opens(Present()));
    }
}
