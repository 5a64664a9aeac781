using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Terms.People;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>Forms that others send in somebody's name do nothing.</summary>
public sealed class WorkbenchGuardTests : IDisposable
{
    private static readonly Editor Drafter = new("dora", [new(EditorRole.Drafter)]);

    private readonly AcceptanceApplication application = new();
    private string guarded = "";

    public void Dispose() => application.Dispose();

    /// <summary>Every address of the workbench that takes a form of somebody who is signed in, or that shows a page, with a draft that is there.</summary>
    private async Task<List<string>> Addresses(string method)
    {
        var version = application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1];
        if (guarded.Length == 0)
        {
            guarded = Assert.IsType<StepOutcome.Taken>(await application.Services.GetRequiredService<Workbench>().Start(Drafter, version, "guarded")).Draft!.Id;
        }
        return Addresses(application, method, guarded);
    }

    internal static List<string> Addresses(AcceptanceApplication application, string method, string draft) =>
        [.. application.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains(method) == true)
            .Select(e => e.RoutePattern.RawText!)
            .Where(a => (a.StartsWith("/workbench", StringComparison.Ordinal) || a.StartsWith("/audit", StringComparison.Ordinal)) && a != "/workbench/sign-in" && !a.Contains('.'))
            .Select(a => a.Replace("{draft}", draft, StringComparison.Ordinal).Replace("{clause}", "c-1.1", StringComparison.Ordinal).Replace("{section}/{entry}", "facts/report", StringComparison.Ordinal).Replace("{revision}", "1", StringComparison.Ordinal))];

    [Fact]
    public async Task Who_is_not_signed_in_sees_no_page_and_takes_no_step()
    {
        var stranger = application.Visitor();
        var token = await (await application.Person("anna", "drafter")).Token("/workbench");
        var (pages, steps) = (await Addresses("GET"), await Addresses("POST"));
        Assert.True(pages.Count > 15 && steps.Count > 20);
        foreach (var page in pages)
        {
            using var answer = await stranger.Get(page);
            Assert.Equal((page, HttpStatusCode.SeeOther), (page, answer.StatusCode));
            Assert.StartsWith("/workbench/sign-in", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        }
        foreach (var step in steps)
        {
            using var answer = await stranger.Post(step, token);
            Assert.Equal((step, HttpStatusCode.Forbidden), (step, answer.StatusCode));
        }
    }

    [Fact]
    public async Task A_form_without_the_token_of_the_session_does_nothing()
    {
        var (anna, boris) = (await application.Person("anna", "drafter"), await application.Person("boris", "drafter"));
        var foreign = await boris.Token("/workbench");
        var earlier = await anna.Token("/workbench");
        await anna.SignInAgain();
        foreach (var step in await Addresses("POST"))
        {
            foreach (var token in new[] { null, "", "x", foreign, earlier, new string('x', 5000) })
            {
                Assert.Equal((step, HttpStatusCode.Forbidden), (step, (await anna.Post(step, token, ("everywhere", "yes"))).StatusCode));
            }
        }
        await anna.Page("/workbench");
        Assert.Single(application.Services.GetRequiredService<Workbench>().Find(Drafter, guarded)!.Events);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task A_form_of_another_site_does_nothing_even_with_the_token(string site)
    {
        var anna = await application.Person("anna", "drafter");
        var token = await anna.Token("/workbench");
        foreach (var step in await Addresses("POST"))
        {
            Assert.Equal((step, HttpStatusCode.Forbidden), (step, (await anna.Post(step, token, site)).StatusCode));
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await application.Visitor().Post("/workbench/sign-in", token, site)).StatusCode);
        await anna.Page("/workbench");
    }

    [Theory]
    [InlineData("/Workbench")]
    [InlineData("/WORKBENCH/account")]
    [InlineData("/Audit")]
    public async Task An_address_in_other_letters_is_guarded_alike(string address)
    {
        var anna = await application.Person("anna", "drafter", "auditor");
        using var page = await anna.Get(address);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.Equal("DENY", page.Headers.GetValues("X-Frame-Options").Single());

        Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post("/WORKBENCH/sign-out", await anna.Token("/workbench"), "cross-site")).StatusCode);
        await anna.Page("/workbench");
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_a_form_that_this_browser_was_not_given()
    {
        application.AddPerson("anna");
        var (attacker, victim) = (application.Visitor(), application.Visitor());
        var token = await attacker.Token("/workbench/sign-in");

        var bare = await victim.Post("/workbench/sign-in", token, ("name", "anna"), ("password", EditingPeople.Password));
        await victim.Page("/workbench/sign-in");
        var other = await victim.Post("/workbench/sign-in", token, ("name", "anna"), ("password", EditingPeople.Password));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (bare.StatusCode, other.StatusCode));
        Assert.Null(victim.Session);
        Assert.Contains("The form was open for too long", await other.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_the_form_to_sign_in_is_none_of_the_session()
    {
        var anna = await application.Person("anna");
        var fresh = application.Visitor();
        fresh.Cookies["terms-sign-in"] = anna.Session!;

        Assert.NotEqual(await anna.Token("/workbench"), await fresh.Token("/workbench/sign-in"));
    }

    [Fact]
    public async Task A_form_that_is_none_or_too_large_is_refused()
    {
        var anna = await application.Person("anna");
        var token = await anna.Token("/workbench");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await anna.Post("/workbench/account", token, ("old", new string('x', 100_000)))).StatusCode);
        foreach (var content in new HttpContent[] { new StringContent("{}", Encoding.UTF8, "application/json"), new StringContent("form=" + token, Encoding.UTF8, "text/plain"), new ByteArrayContent([]) })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await anna.Send(new HttpRequestMessage(HttpMethod.Post, new Uri("/workbench/account", UriKind.Relative)) { Content = content })).StatusCode);
        }
        var broken = new StringContent("--x\r\nnonsense", Encoding.UTF8);
        broken.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=x");
        Assert.Equal(HttpStatusCode.BadRequest, (await anna.Send(new HttpRequestMessage(HttpMethod.Post, new Uri("/workbench/account", UriKind.Relative)) { Content = broken })).StatusCode);
    }

    [Fact]
    public async Task A_form_that_is_larger_than_any_page_has_it_or_has_thousands_of_fields_is_refused()
    {
        var anna = await application.Person("anna", "drafter");
        var token = await anna.Token("/workbench");
        foreach (var step in await Addresses("POST"))
        {
            using var large = await anna.Post(step, token, ("why", new string('x', step.EndsWith("/document", StringComparison.Ordinal) ? 17 * 1024 * 1024 : 1_100_000)));
            Assert.Equal((step, HttpStatusCode.RequestEntityTooLarge), (step, large.StatusCode));
            using var many = await anna.Post(step, token, [.. Enumerable.Range(0, 2001).Select(i => ($"a{i}", ""))]);
            Assert.Equal((step, HttpStatusCode.BadRequest), (step, many.StatusCode));
        }
        await anna.Page("/workbench");
        Assert.Single(application.Services.GetRequiredService<Workbench>().Find(Drafter, guarded)!.Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("%00%0d%0a")]
    public async Task A_cookie_that_is_no_session_opens_nothing(string cookie)
    {
        var browser = await application.Person("anna");
        browser.Cookies["terms-session"] = cookie;

        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/workbench")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.Post("/workbench/account", "x")).StatusCode);
    }

    [Fact]
    public async Task The_session_of_somebody_else_cannot_be_ended()
    {
        var (anna, boris) = (await application.Person("anna"), await application.Person("boris"));
        var other = EditorSession.IdOf(boris.Session)!;

        Assert.Equal(HttpStatusCode.NotFound, (await anna.Post("/workbench/account/sessions", await anna.Token("/workbench"), ("session", other))).StatusCode);
        await boris.Page("/workbench");
    }

    [Fact]
    public async Task Steps_are_not_taken_by_reading_and_their_addresses_lead_to_the_page_of_the_form()
    {
        var anna = await application.Person("anna", "drafter", "publisher");
        foreach (var step in (await Addresses("POST")).Where(s => s != "/workbench/sign-in/passkey/challenge")) // A script asks for that alone.
        {
            var (at, answer) = (step, await anna.Get(step));
            while (answer.StatusCode == HttpStatusCode.SeeOther)
            {
                at = answer.Headers.Location!.OriginalString;
                answer = await anna.Get(at);
            }
            Assert.Equal((step, HttpStatusCode.OK), (step, answer.StatusCode));
            Assert.StartsWith(at.Split('?')[0], step.Replace("/sign-in/passkey", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
        Assert.Single(application.Services.GetRequiredService<Workbench>().Find(Drafter, guarded)!.Events);
    }
}
