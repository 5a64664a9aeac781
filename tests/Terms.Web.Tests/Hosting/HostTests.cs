using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Terms.Web.Tests.Hosting;

public sealed class HostTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    [Theory]
    [InlineData("10.0.0.7", "10.0.0.7", "https://terms.example/feed.atom")]
    [InlineData("10.0.0.0/8", "10.0.0.7", "https://terms.example/feed.atom")]
    [InlineData("10.0.0.7", "10.0.0.8", "http://localhost/feed.atom")]
    [InlineData(null, "10.0.0.7", "http://localhost/feed.atom")]
    public async Task Forwarded_headers_count_from_configured_proxies_only(string? trusted, string sender, string self)
    {
        using var proxied = Behind(sender, trusted);
        using var client = proxied.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/feed.atom");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "terms.example");
        using var response = await client.SendAsync(request);
        Assert.Contains($"href=\"{self}\"", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_answer_keeps_to_itself()
    {
        using var client = application.CreateClient();
        foreach (var address in new[] { "/", "/api/v1/parties", "/nothing", "/health/live" })
        {
            using var response = await client.GetAsync(new Uri(address, UriKind.Relative));
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        }
    }

    [Fact]
    public async Task A_body_of_fifty_megabytes_is_refused_by_the_real_server()
    {
        using var real = new TermsApplication();
        using var client = Listening.PatientClient(real.Listen());
        using var body = new StringContent(new string('1', 50_000_000), Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri("/api/v1/applicable", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Contains("larger than 1 MB", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private WebApplicationFactory<Program> Behind(string sender, string? trusted) => application.WithWebHostBuilder(builder =>
    {
        if (trusted is not null)
        {
            builder.UseSetting("Terms:TrustedProxies:0", trusted);
        }
        builder.ConfigureServices(services => services.AddSingleton<IStartupFilter>(new Sender(IPAddress.Parse(sender))));
    });

    private sealed class Sender(IPAddress address) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, rest) =>
            {
                context.Connection.RemoteIpAddress = address;
                return rest(context);
            });
            next(app);
        };
    }
}
