using System.Net;
using Terms.Web.Editing;

namespace Terms.Web.Tests.Editing;

/// <summary>How often one address may fail to sign in.</summary>
public sealed class SignInLimitsTests
{
    private readonly AcceptanceApplication.SettableClock clock = new();
    private readonly SignInLimits limits;

    public SignInLimitsTests() => limits = new SignInLimits(clock);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:1:2:a::1", "2001:db8:1:2:ffff:ffff:ffff:ffff", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void An_address_counts_with_its_network(string one, string other, bool together)
    {
        Fail(one);

        Assert.Equal(together, limits.Begin(IPAddress.Parse(other)) is not null);
    }

    [Fact]
    public void The_count_begins_anew_after_its_span_and_success_takes_its_own_back()
    {
        Fail("192.0.2.1");
        limits.Succeeded(IPAddress.Parse("192.0.2.1"));
        Assert.Null(limits.Begin(IPAddress.Parse("192.0.2.1")));
        clock.Now += TimeSpan.FromMinutes(5);
        Assert.Equal(TimeSpan.FromMinutes(10), limits.Begin(IPAddress.Parse("192.0.2.1")));
        clock.Now += TimeSpan.FromMinutes(10);
        Assert.Null(limits.Begin(IPAddress.Parse("192.0.2.1")));
    }

    [Fact]
    public void A_flood_of_addresses_shares_one_count_and_those_counted_before_keep_theirs()
    {
        Fail("192.0.2.1");
        var passed = 0;
        for (var i = 0; i < 50_000; i++)
        {
            passed += limits.Begin(new IPAddress([10, (byte)(i >> 16), (byte)(i >> 8), (byte)i])) is null ? 1 : 0;
        }

        Assert.Equal(19_999 + 20, passed);
        Assert.NotNull(limits.Begin(IPAddress.Parse("192.0.2.1")));
        clock.Now += TimeSpan.FromMinutes(15);
        Assert.Null(limits.Begin(IPAddress.Parse("10.200.0.1")));
    }

    private void Fail(string address)
    {
        for (var i = 0; i < SignInLimits.Most; i++)
        {
            Assert.Null(limits.Begin(IPAddress.Parse(address)));
        }
    }
}
