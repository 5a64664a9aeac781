using System.Net;
using Terms.People;

namespace Terms.Web.Tests.Editing;

/// <summary>One's own account, the board and the page of a draft.</summary>
public sealed class AccountTests : IDisposable
{
    private const string Better = "another row of plain words";

    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task A_changed_password_ends_every_other_session()
    {
        var here = await application.Person("anna");
        var there = application.Visitor();
        await there.SignIn("anna");
        var before = here.Session;

        var changed = await Change(here, EditingPeople.Password, Better, Better);

        Assert.Equal("/workbench/account?changed=yes", changed.Headers.Location!.OriginalString);
        Assert.NotEqual(before, here.Session);
        Assert.Contains("Your password is changed.", await here.Page("/workbench/account?changed=yes"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await there.Get("/workbench")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await there.SignIn("anna")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await there.SignIn("anna", Better)).StatusCode);
    }

    [Theory]
    [InlineData(EditingPeople.Password, Better, "other", "The two new passwords differ.")]
    [InlineData(EditingPeople.Password, "short", "short", "The new password is too short.")]
    [InlineData(EditingPeople.Password, "password1234", "password1234", "one of those that are tried first")]
    [InlineData(EditingPeople.Password, "Anna-Anna-Anna", "Anna-Anna-Anna", "The new password is your name")]
    [InlineData(EditingPeople.Password, EditingPeople.Password, EditingPeople.Password, "The new password is the old one.")]
    [InlineData("wrong words altogether", Better, Better, "The password that you have now is wrong")]
    public async Task A_password_that_is_refused_stays_as_it_was(string old, string @new, string again, string says)
    {
        var browser = await application.Person("anna");

        var refused = await Change(browser, old, @new, again);

        Assert.Contains(refused.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Forbidden });
        Assert.Contains(says, await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await application.Visitor().SignIn("anna")).StatusCode);
        Assert.Empty(application.Logged(new(Kind: "password-set")));
    }

    [Fact]
    public async Task Guessing_the_password_from_an_open_session_locks_the_account()
    {
        var browser = await application.Person("anna");
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await Change(browser, "wrong words altogether", Better, Better)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await Change(browser, EditingPeople.Password, Better, Better)).StatusCode);
        Assert.Single(application.Logged(new(Kind: "locked")));
    }

    [Fact]
    public async Task One_session_is_ended_from_another()
    {
        var here = await application.Person("anna");
        var there = application.Visitor();
        await there.SignIn("anna");

        var ended = await here.Post("/workbench/account/sessions", await here.Token("/workbench/account"), ("session", EditorSession.IdOf(there.Session)!));

        Assert.Equal("/workbench/account", ended.Headers.Location!.OriginalString);
        Assert.Equal("of the session begun 2025-06-01T12:00:00Z", PersonEvent.Parse(Assert.Single(application.Logged(new(Kind: "signed-out"))).Json).What);
        Assert.Equal(HttpStatusCode.SeeOther, (await there.Get("/workbench")).StatusCode);
        await here.Page("/workbench");
    }

    [Fact]
    public async Task A_name_with_signs_of_HTML_is_shown_as_words()
    {
        application.Accounts().Add(new EditorAccount("anna", "<script>alert(1)</script>", [], application.Now), Passwords.Hash(EditingPeople.Password), "operator test");
        var browser = application.Visitor();
        await browser.SignIn("anna");

        var html = await browser.Page("/workbench");

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Change(Visitor browser, string old, string @new, string again) =>
        await browser.Post("/workbench/account", await browser.Token("/workbench/account"), ("old", old), ("new", @new), ("again", again));
}
