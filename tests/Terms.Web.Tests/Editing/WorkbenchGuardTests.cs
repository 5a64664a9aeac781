using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Terms.People;

namespace Terms.Web.Tests.Editing;

/// <summary>Forms that others send in somebody's name do nothing.</summary>
public sealed class WorkbenchGuardTests : IDisposable
{
    private static readonly string[] Steps = ["/workbench/sign-out", "/workbench/account", "/workbench/account/sessions"];

    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task A_form_without_the_token_of_the_session_does_nothing()
    {
        var (anna, boris) = (await application.Person("anna"), await application.Person("boris"));
        var foreign = await boris.Token("/workbench");
        var earlier = await anna.Token("/workbench");
        await anna.SignInAgain();
        foreach (var step in Steps)
        {
            foreach (var token in new[] { null, "", "x", foreign, earlier, new string('x', 5000) })
            {
                Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post(step, token, ("everywhere", "yes"))).StatusCode);
            }
        }
        await anna.Page("/workbench");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task A_form_of_another_site_does_nothing_even_with_the_token(string site)
    {
        var anna = await application.Person("anna");
        var token = await anna.Token("/workbench");
        foreach (var step in Steps)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post(step, token, site)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await application.Visitor().Post("/workbench/sign-in", token, site)).StatusCode);
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
    public async Task Steps_are_not_taken_by_reading()
    {
        var anna = await application.Person("anna");
        foreach (var step in new[] { "/workbench/sign-out", "/workbench/account/sessions" })
        {
            Assert.Contains((await anna.Get(step)).StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed });
        }
        await anna.Page("/workbench");
    }
}
