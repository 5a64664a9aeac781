using System.Net;
using System.Text;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Endpoints;

/// <summary>Who may do what, and what stays closed.</summary>
public sealed class ServiceKeyTests(AcceptanceApplication application) : IClassFixture<AcceptanceApplication>
{
    private static readonly (string Method, string Address, string Scope)[] Routes =
    [
        ("POST", "/api/v1/presentations", "present"),
        ("POST", "/api/v1/acceptances", "record"),
        ("POST", "/api/v1/acceptances/import", "import"),
        ("GET", "/api/v1/acceptances/export", "export"),
        ("GET", "/api/v1/acceptances/a0-0123456789abcdef0123", "read"),
        ("GET", "/api/v1/acceptances/a0-0123456789abcdef0123/receipt", "read"),
        ("DELETE", "/api/v1/acceptances/a0-0123456789abcdef0123/details", "erase"),
        ("GET", "/api/v1/subjects/m/status?residence=NO&role=buyer", "read"),
        ("GET", "/api/v1/subjects/m/acceptances", "read"),
        ("POST", "/api/v1/subjects/m/link", "read present"),
        ("GET", "/api/v1/subjects/m/evidence?agreement=lamp-hire", "read"),
        ("PUT", "/api/v1/subjects/m/hold", "hold"),
        ("DELETE", "/api/v1/subjects/m/hold", "hold"),
    ];

    public static TheoryData<string, string, string> Protected()
    {
        var routes = new TheoryData<string, string, string>();
        foreach (var (method, address, scope) in Routes)
        {
            routes.Add(method, address, scope);
        }
        return routes;
    }

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task Every_route_asks_for_a_key_with_its_scopes(string method, string address, string scopes)
    {
        var needed = scopes.Split(' ');
        using var nobody = application.CreateClient();
        using var without = await nobody.SendAsync(Request(method, address));
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.Equal("Bearer", without.Headers.WwwAuthenticate.ToString());
        Assert.Equal("no-store", without.Headers.CacheControl!.ToString());

        foreach (var scope in needed)
        {
            using var others = application.Service([.. AcceptanceApplication.AllScopes.Where(s => s != scope)]);
            await others.SendAsync(Request(method, address)).Refused(403, "not-allowed", $"does not have the scope {scope}.");
        }

        using var right = application.Service(needed);
        using var answer = await right.SendAsync(Request(method, address));
        Assert.NotEqual(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True((int)answer.StatusCode < 500);
    }

    [Fact]
    public async Task The_word_before_a_key_may_be_written_in_any_case()
    {
        using var service = application.Service("read");
        using var request = Request("GET", "/api/v1/subjects/m/acceptances");
        request.Headers.TryAddWithoutValidation("Authorization", $"bearer {service.DefaultRequestHeaders.Authorization!.Parameter}");
        using var nobody = application.CreateClient();
        using var answer = await nobody.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Protected))]
    public async Task No_route_with_a_key_is_open_to_other_origins(string method, string address, string scopes)
    {
        using var service = application.Service(scopes.Split(' '));
        using var request = Request(method, address);
        request.Headers.Add("Origin", "https://evil.example");
        using var answer = await service.SendAsync(request);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));

        using var ask = new HttpRequestMessage(HttpMethod.Options, new Uri(address, UriKind.Relative));
        ask.Headers.Add("Origin", "https://evil.example");
        ask.Headers.Add("Access-Control-Request-Method", method);
        ask.Headers.Add("Access-Control-Request-Headers", "authorization");
        using var preflight = await service.SendAsync(ask);
        Assert.False(preflight.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Theory]
    [InlineData("Basic dGVzdDp0ZXN0")]
    [InlineData("Bearer tk_shop_short")]
    [InlineData("Bearer tk_nobody_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("bearer")]
    public async Task What_is_no_key_is_refused(string header)
    {
        using var client = application.CreateClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        await client.GetAsync(new Uri("/api/v1/subjects/m/acceptances", UriKind.Relative)).Refused(401, "not-allowed", "`terms key add` makes one.");
    }

    [Fact]
    public async Task A_revocation_counts_within_a_second()
    {
        using var service = application.Service(out var id, "read");
        await service.Get("/api/v1/subjects/m/acceptances");

        application.Revoke(id);
        application.Clock.Now += TimeSpan.FromSeconds(1);

        await service.GetAsync(new Uri("/api/v1/subjects/m/acceptances", UriKind.Relative)).Refused(401, "not-allowed", "not revoked");
    }

    [Fact]
    public async Task A_key_is_counted_by_itself()
    {
        using var limited = new AcceptanceApplication { RequestsPerMinuteAndKey = 3 };
        using var first = limited.Service(out var id, "read");
        using var second = limited.Service("read");
        for (var i = 0; i < 3; i++)
        {
            await first.Get("/api/v1/subjects/m/acceptances");
        }

        await first.GetAsync(new Uri("/api/v1/subjects/m/acceptances", UriKind.Relative)).Refused(429, "too-many-requests", $"More than 3 requests came with the key {id} within a minute.");
        await second.Get("/api/v1/subjects/m/acceptances");
    }

    [Fact]
    public async Task Without_a_store_the_catalogue_works_and_acceptances_say_how_to_make_one()
    {
        using var bare = new TermsApplication();
        using var client = bare.CreateClient();

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/agreements", UriKind.Relative))).StatusCode);
        foreach (var (method, address, _) in Routes)
        {
            await client.SendAsync(Request(method, address)).Refused(503, "no-store", "Make a store with `terms store create`, set Terms:Data");
        }
        using var checkpoint = await client.GetAsync(new Uri("/log/checkpoint", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, checkpoint.StatusCode);
    }

    [Fact]
    public void A_missing_store_stops_the_start()
    {
        var refusal = Assert.Throws<StoreException>(() => TermsHost.Build([
            $"--contentRoot={Path.Combine(Repository.Root, "src", "Terms.Web")}", $"--Terms:Data={Path.Combine(Path.GetTempPath(), "no-such-store-here")}", "--urls=http://127.0.0.1:0"]));

        Assert.Contains("make it with `terms store create`", refusal.Message, StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string method, string address)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, UriKind.Relative));
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent(address.EndsWith("import", StringComparison.Ordinal) ? "[]" : "{}", Encoding.UTF8, "application/json");
        }
        return request;
    }
}
