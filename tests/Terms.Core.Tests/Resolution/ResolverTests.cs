using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>Properties of the resolver as a whole, on the shipped content.</summary>
public sealed class ResolverTests
{
    private static readonly DateTimeOffset Moment = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_repeated_question_allocates_nothing()
    {
        var random = new Random(20250401);
        var customers = Enumerable.Range(0, 10_000).Select(_ => Anyone(random)).ToArray();
        var agreements = Repository.Content.Catalogue.Agreements.ToArray();
        Ask(customers, agreements);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var answered = Ask(customers, agreements);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(customers.Length * (agreements.Length + 1), answered);
    }

    [Fact]
    public void Places_of_one_class_get_the_same_answer_object_for_every_version()
    {
        var resolver = Repository.Resolver;
        var compared = 0;
        foreach (var version in Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions))
        {
            var at = version.Id.Effective is { } day ? Instants.StartOf(day, Repository.Content.Catalogue.Zone) : Moment;
            foreach (var members in resolver.Places.Members)
            {
                foreach (var role in Enum.GetValues<Role>())
                {
                    var first = Answer(members[0], role, version.Agreement, at);
                    Assert.True(first.Version is null || ReferenceEquals(first.Version, version));
                    foreach (var place in members.Skip(1))
                    {
                        compared++;
                        Assert.Same(first, Answer(place, role, version.Agreement, at));
                    }
                }
            }
        }

        Assert.True(compared > 10_000, $"Only {compared} answers were compared.");

        AgreementAnswer Answer(Place place, Role role, Agreement agreement, DateTimeOffset at)
        {
            var site = (Site)Words.Sites.IndexOf(agreement.Sites[0]);
            return resolver.Resolve(agreement, new Customer(place, place, role, site, Service.None, Customer.DefaultMembers(role, site)), at, Shipped.Later);
        }
    }

    [Fact]
    public void Every_place_is_in_one_class_and_the_classes_are_few()
    {
        var places = Repository.Resolver.Places;

        Assert.Equal(Place.All.Select(p => p.Code), places.Members.SelectMany(m => m).Select(p => p.Code).Order(StringComparer.Ordinal));
        Assert.Equal(6, places.Members.Length); // mainland China, Hong Kong and Macau, the United States, South Korea, the Relevant Jurisdictions, elsewhere
    }

    [Fact]
    public void Without_a_service_the_merchant_agreement_divides_the_forum_by_company()
    {
        var answer = Shipped.Ask("merchant-service", "CN", "seller", "2025-06-01");

        Assert.Equal(
            [("hangzhou-internet-court", "hangzhou-alibaba-advertising"), ("hkiac", "alibaba-china-network-technology"), ("hkiac", "alibaba-singapore")],
            answer.Forum.Forums.Select(f => (f.Rule.Forum, f.Party)));
        Assert.Equal(["platform-technical", "transaction-technical", "transaction-technical"], answer.Party.Parties.Select(p => p.Part));
    }

    [Fact]
    public void A_company_bears_the_name_that_the_version_uses()
    {
        Assert.Equal("AliExpress Russia Holding Private Limited", Shipped.Ask("alibaba-terms-of-use", "RU", "buyer", "2020-12-01").Party.Parties.Single().Name);
        Assert.Equal("AliExpress CIS Holding Pte. Ltd.", Shipped.Ask("terms-of-use", "RU", "buyer", "2025-06-01").Party.Parties.Single().Name);
        Assert.Null(Shipped.Ask("vip-membership", "FR", "buyer", "2025-06-01").Party.Candidates[1].Parties.Single().Name);
    }

    private static int Ask(Customer[] customers, Agreement[] agreements)
    {
        var resolver = Repository.Resolver;
        var answered = 0;
        foreach (ref readonly var customer in customers.AsSpan())
        {
            answered += resolver.Resolve(customer, Moment, Shipped.Later) is null ? 0 : 1;
            foreach (var agreement in agreements)
            {
                answered += resolver.Resolve(agreement, customer, Moment, Shipped.Later) is null ? 0 : 1;
            }
        }
        return answered;
    }

    private static Customer Anyone(Random random)
    {
        var places = Place.Codes;
        return new Customer(
            Place.Parse(places[random.Next(places.Length)]), Place.Parse(places[random.Next(places.Length)]), (Role)random.Next(4), (Site)random.Next(3),
            (Service)random.Next(5), (Memberships)random.Next(8), random.Next(3) switch { 0 => null, 1 => false, _ => true });
    }
}
