using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Terms.Web.Tests;

namespace Terms.Client.Tests;

public sealed class RequireTermsTests : IDisposable
{
    private static readonly Customer Buyer = new("NO", "buyer") { Site = "easy-buy" };

    private readonly AcceptanceApplication terms = new();

    [Fact]
    public async Task Who_has_not_accepted_is_told_what_why_and_where()
    {
        await using var shop = await Shop.Start(terms, Build(o => { }));

        using var response = await shop.Order("m-1");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        var problem = await Shop.Body(response);
        Assert.EndsWith("/terms-required", problem.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.StartsWith("http://localhost/accept/", problem.GetProperty("link").GetString(), StringComparison.Ordinal);
        Assert.Equal("lamp-hire", problem.GetProperty("required")[0].GetProperty("agreement").GetString());
    }

    [Fact]
    public async Task Who_has_accepted_is_let_through_at_once()
    {
        await using var shop = await Shop.Start(terms, Build(o => { }));
        using var before = await shop.Order("m-1");
        await Accept(shop, "m-1");

        using var after = await shop.Order("m-1");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.OK), (before.StatusCode, after.StatusCode));
    }

    [Fact]
    public async Task That_somebody_has_accepted_is_remembered_for_the_time_that_is_set()
    {
        var clock = new MovedClock();
        await using var shop = await Shop.Start(terms, Build(o => o.RememberAccepted = TimeSpan.FromSeconds(30)), clock);
        var accepted = await Accept(shop, "m-1");
        using (await shop.Order("m-1"))
        {
        }
        await shop.Terms.Withdraw("m-1", accepted.Id);

        clock.Move(TimeSpan.FromSeconds(29));
        using var remembered = await shop.Order("m-1");
        clock.Move(TimeSpan.FromSeconds(2));
        using var asked = await shop.Order("m-1");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (remembered.StatusCode, asked.StatusCode));
    }

    [Fact]
    public async Task Programs_that_are_exempt_and_requests_of_nobody_are_let_through()
    {
        await using var shop = await Shop.Start(terms, Build(o => o.IsExempt = context => context.Request.Headers["X-Member"] == "robot"));

        using var robot = await shop.Order("robot");
        using var nobody = await shop.Order(null);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (robot.StatusCode, nobody.StatusCode));
    }

    [Fact]
    public async Task A_browser_is_sent_to_the_form_if_that_is_asked_for_and_a_program_is_not()
    {
        await using var shop = await Shop.Start(terms, Build(o => o.RedirectsBrowsers = true));

        using var browser = await shop.Order("m-1", "text/html,application/xhtml+xml");
        using var program = await shop.Order("m-1", "application/json");

        Assert.Equal(HttpStatusCode.SeeOther, browser.StatusCode);
        Assert.StartsWith("http://localhost/accept/", browser.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, program.StatusCode);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.ServiceUnavailable)]
    [InlineData(true, HttpStatusCode.OK)]
    public async Task When_the_terms_service_is_down_a_request_is_refused_unless_it_was_said_otherwise(bool letsPass, HttpStatusCode status)
    {
        using var down = new Stub((_, _) => throw new HttpRequestException("No connection could be made."));
        await using var shop = await Shop.Start("tk_x_y", down, Build(o => o.LetsPassWhenUnavailable = letsPass), new MovedClock());

        using var response = await shop.Order("m-1");

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(3, down.Asked.Count);
    }

    [Fact]
    public async Task A_mistake_of_this_service_is_not_taken_for_an_outage()
    {
        using var refusing = new Stub((_, _) => new HttpResponseMessage(HttpStatusCode.Unauthorized)
        {
            Content = new StringContent("""{"type":"/problems/not-allowed","detail":"The key is revoked."}""", Encoding.UTF8, "application/problem+json"),
        });
        await using var shop = await Shop.Start("tk_x_y", refusing, Build(o => o.LetsPassWhenUnavailable = true));

        var failure = await Assert.ThrowsAsync<TermsProblemException>(() => shop.Order("m-1"));

        Assert.Contains("The key is revoked.", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => terms.Dispose();

    private static async Task<RecordedAcceptance> Accept(Shop shop, string subject) =>
        await shop.Terms.Record((await shop.Terms.Present(new PresentationRequest(subject, Buyer, "signup-web"))).Token);

    private static Func<WebApplicationBuilder, WebApplication> Build(Action<RequireTermsOptions> configure) => builder =>
    {
        var options = new RequireTermsOptions { Subject = context => context.Request.Headers["X-Member"], Customer = _ => Buyer, Surface = "signup-web" };
        configure(options);
        builder.Services.AddTermsClient(o => (o.Address, o.Key) = (new Uri(builder.Configuration["Terms:Address"]!), builder.Configuration["Terms:Key"]));
        var app = builder.Build();
        app.MapMethods("/orders", ["GET", "POST"], () => "ordered").RequireTerms(options);
        return app;
    };
}
