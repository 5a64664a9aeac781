using System.Net;
using Terms.People;

namespace Terms.Web.Tests.Editing;

/// <summary>Signing in, staying signed in, signing out.</summary>
public sealed class SignInTests : IDisposable
{
    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task Somebody_signs_in_and_is_led_back_to_what_they_asked_for()
    {
        application.AddPerson("anna", "drafter");
        var browser = application.Visitor();
        var asked = await browser.Get("/workbench/account");
        Assert.Equal((HttpStatusCode.SeeOther, "/workbench/sign-in?to=%2Fworkbench%2Faccount"), (asked.StatusCode, asked.Headers.Location!.OriginalString));
        Assert.Contains("value=\"/workbench/account\"", await browser.Page(asked.Headers.Location.OriginalString), StringComparison.Ordinal);

        var signed = await browser.SignIn("anna", to: "/workbench/account");

        Assert.Equal((HttpStatusCode.SeeOther, "/workbench/account"), (signed.StatusCode, signed.Headers.Location!.OriginalString));
        Assert.Contains("You sign in as anna.", await browser.Page("/workbench/account"), StringComparison.Ordinal);
        Assert.Equal(["user-added", "granted", "signed-in"], application.Logged().Select(e => e.Kind));
    }

    [Fact]
    public async Task The_cookie_is_out_of_reach_of_scripts_and_of_forms_of_other_sites()
    {
        application.AddPerson("anna");
        var cookie = Assert.Single((await application.Visitor().SignIn("anna")).Headers.GetValues("Set-Cookie"), c => c.StartsWith("terms-session=", StringComparison.Ordinal));

        Assert.Contains("; httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("; samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/;", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_https_the_cookie_is_bound_to_the_host()
    {
        application.AddPerson("anna");
        var browser = new Visitor(application.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("https://terms.example") }));

        var cookie = Assert.Single((await browser.SignIn("anna")).Headers.GetValues("Set-Cookie"), c => c.StartsWith("__Host-terms-session=", StringComparison.Ordinal));

        Assert.Contains("; secure", cookie, StringComparison.Ordinal);
        await browser.Page("/workbench");
        browser.Cookies["terms-session"] = browser.Cookies["__Host-terms-session"];
        browser.Cookies.Remove("__Host-terms-session");
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/workbench")).StatusCode); // The plain name counts for nothing here.
    }

    [Fact]
    public async Task Without_https_nobody_signs_in_from_another_machine()
    {
        var client = application.CreateClient(new() { AllowAutoRedirect = false, HandleCookies = false, BaseAddress = new Uri("http://terms.example") });

        Assert.Contains("opens over https only", await new Visitor(client).Page("/workbench/sign-in", 403), StringComparison.Ordinal);
        Assert.Contains("opens over https only", await (await new Visitor(client).Post("/workbench/sign-in", "x", ("name", "anna"))).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_name_and_wrong_password_are_answered_alike()
    {
        application.AddPerson("anna");
        application.AddPerson("boris");
        _ = application.Visitor();
        application.Accounts().Disable("boris", "operator test", application.Now);
        var answers = new List<string>();
        foreach (var (name, password) in new[] { ("anna", "wrong words altogether"), ("nobody", EditingPeople.Password), ("boris", EditingPeople.Password) })
        {
            var response = await application.Visitor().SignIn(name, password);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            answers.Add(EditingPeople.FormToken().Replace(await response.Content.ReadAsStringAsync(), "").Replace($"value=\"{name}\"", "", StringComparison.Ordinal));
        }

        Assert.All(answers, a => Assert.Equal(answers[0], a));
        Assert.Contains("name or password are wrong", answers[0], StringComparison.Ordinal);
        Assert.Equal([("anna", "wrong password"), (PersonEvent.Nobody, "unknown name"), ("boris", "the account is disabled")],
            application.Logged(new(Kind: "sign-in-refused")).Select(e => (e.Who, PersonEvent.Parse(e.Json).What!)));
    }

    [Fact]
    public async Task What_was_typed_as_a_name_is_neither_kept_nor_shown_again()
    {
        const string typed = "My secret, in the wrong field!";
        var html = await (await application.Visitor().SignIn(typed)).Content.ReadAsStringAsync();

        Assert.DoesNotContain(typed, html, StringComparison.Ordinal);
        Assert.DoesNotContain(application.Logged(), e => System.Text.Encoding.UTF8.GetString(e.Json.Span).Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Five_failures_lock_the_account_and_each_further_one_for_longer()
    {
        application.AddPerson("anna");
        var browser = application.Visitor();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await browser.SignIn("anna", "wrong words altogether")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SignIn("anna")).StatusCode);

        application.Now = application.Now.AddMinutes(15);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SignIn("anna", "wrong words altogether")).StatusCode);
        application.Now = application.Now.AddMinutes(29);
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.SignIn("anna")).StatusCode);
        application.Now = application.Now.AddMinutes(1);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignIn("anna")).StatusCode);
        Assert.Equal(["until 2025-06-01T12:15:00Z, after 5 failures", "until 2025-06-01T12:45:00Z, after 6 failures"],
            application.Logged(new(Kind: "locked")).Select(e => PersonEvent.Parse(e.Json).What));
    }

    [Fact]
    public async Task Guesses_sent_at_once_do_not_pass_the_lock()
    {
        application.AddPerson("anna");
        var browser = application.Visitor();
        var token = await browser.Token("/workbench/sign-in");

        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => browser.Post("/workbench/sign-in", token, ("name", "anna"), ("password", $"wrong words altogether {i}"))));

        Assert.Equal(5, application.Logged(new(Kind: "sign-in-refused")).Count(e => PersonEvent.Parse(e.Json).What == "wrong password"));
        Assert.Equal(7, application.Logged(new(Kind: "sign-in-refused")).Count(e => PersonEvent.Parse(e.Json).What == "the account is locked"));
    }

    [Fact]
    public async Task An_address_that_fails_too_often_waits()
    {
        application.AddPerson("anna");
        var browser = application.Visitor();
        var token = await browser.Token("/workbench/sign-in");
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 1000; i++)
        {
            answers.Add((await browser.Post("/workbench/sign-in", token, ("name", $"user{i}"), ("password", "wrong words altogether"))).StatusCode);
        }

        Assert.Equal(20, answers.Count(a => a == HttpStatusCode.Forbidden));
        Assert.Equal(980, answers.Count(a => a == HttpStatusCode.TooManyRequests));
        Assert.Equal(20, application.Logged(new(Kind: "sign-in-refused")).Count());
        var waiting = await browser.SignIn("anna");
        Assert.Equal((HttpStatusCode.TooManyRequests, "900"), (waiting.StatusCode, waiting.Headers.RetryAfter!.ToString()));
        application.Now = application.Now.AddMinutes(15);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.SignIn("anna")).StatusCode);
    }

    [Fact]
    public async Task Those_who_sign_in_are_not_counted_against_their_address()
    {
        application.AddPerson("anna");
        for (var i = 0; i < 25; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await application.Visitor().SignIn("anna")).StatusCode);
        }
    }

    [Fact]
    public async Task A_session_that_somebody_else_has_set_is_not_taken_over()
    {
        application.AddPerson("anna");
        var browser = application.Visitor();
        var planted = EditorSession.NewToken();
        browser.Cookies["terms-session"] = planted;

        await browser.SignIn("anna");

        Assert.NotEqual(planted, browser.Session);
        var other = application.Visitor();
        other.Cookies["terms-session"] = planted;
        Assert.Equal(HttpStatusCode.SeeOther, (await other.Get("/workbench")).StatusCode);
    }

    [Fact]
    public async Task Every_sign_in_is_a_session_of_its_own()
    {
        var first = await application.Person("anna");
        var second = application.Visitor();
        await second.SignIn("anna");

        Assert.NotEqual(first.Session, second.Session);
        await first.Post("/workbench/sign-out", await first.Token("/workbench"));
        Assert.Equal(HttpStatusCode.SeeOther, (await first.Get("/workbench")).StatusCode);
        await second.Page("/workbench");
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("/workbench/..//evil.example")]
    [InlineData("/workbench/../../agreements")]
    [InlineData("/workbench@evil.example")]
    [InlineData("/workbench.evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/workbench\r\nSet-Cookie: x=y")]
    [InlineData("/agreements/lamp-hire")]
    [InlineData("/workbench?to=//evil.example")]
    public async Task One_is_led_to_the_workbench_alone(string to)
    {
        application.AddPerson("anna");

        Assert.Equal("/workbench", (await application.Visitor().SignIn("anna", to: to)).Headers.Location!.OriginalString);
        Assert.Contains("name=\"to\" value=\"/workbench\"", await application.Visitor().Page("/workbench/sign-in?to=" + Uri.EscapeDataString(to)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_ends_when_nothing_is_done_for_an_hour_and_after_twelve_hours_in_any_case()
    {
        var browser = await application.Person("anna");
        for (var minutes = 0; minutes < 12 * 60 - 59; minutes += 59)
        {
            application.Now = application.Now.AddMinutes(59);
            await browser.Page("/workbench");
        }
        application.Now = application.Now.AddMinutes(59);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Get("/workbench")).StatusCode);

        var idle = application.Visitor();
        await idle.SignIn("anna");
        application.Now = application.Now.AddMinutes(60);
        Assert.Equal(HttpStatusCode.SeeOther, (await idle.Get("/workbench")).StatusCode);
    }

    [Fact]
    public async Task A_session_ends_with_the_account_and_with_the_password()
    {
        var (anna, boris) = (await application.Person("anna"), await application.Person("boris"));
        var token = await anna.Token("/workbench");

        application.Accounts().Disable("anna", "operator test", application.Now);
        application.Accounts().SetPassword("boris", Passwords.Hash("other words of the operator"), "operator test", application.Now);

        Assert.Equal(HttpStatusCode.SeeOther, (await anna.Get("/workbench")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post("/workbench/account/sessions", token, ("session", "x"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await boris.Get("/workbench")).StatusCode);
    }

    [Fact]
    public async Task A_role_that_is_taken_away_opens_nothing_from_then_on()
    {
        var browser = await application.Person("anna", "auditor");
        await browser.Page("/audit");

        application.Accounts().Revoke("anna", Roles.Parse("auditor"), "operator test", application.Now);

        await browser.Page("/audit", 404);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session()
    {
        var first = await application.Person("anna");
        var second = application.Visitor();
        await second.SignIn("anna");

        var answer = await first.Post("/workbench/sign-out", await first.Token("/workbench"), ("everywhere", "yes"));

        Assert.Equal("/workbench/sign-in?out=yes", answer.Headers.Location!.OriginalString);
        Assert.Null(first.Session);
        Assert.Contains("You are signed out.", await first.Page("/workbench/sign-in?out=yes"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await second.Get("/workbench")).StatusCode);
    }

    [Fact]
    public async Task A_password_hashed_in_an_older_way_is_hashed_anew_when_its_owner_signs_in()
    {
        var old = new Microsoft.AspNetCore.Identity.PasswordHasher<string>(Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 1000 }))
            .HashPassword("", EditingPeople.Password);
        application.Accounts().Add(new EditorAccount("anna", "Anna", [], application.Now), old, "operator test");
        var before = await application.Store().Editors.BeginSignIn("anna", application.Now);
        Assert.Equal(old, before.PasswordHash);

        Assert.Equal(HttpStatusCode.SeeOther, (await application.Visitor().SignIn("anna")).StatusCode);

        var after = await application.Store().Editors.BeginSignIn("anna", application.Now);
        Assert.NotEqual(old, after.PasswordHash);
        Assert.True(Passwords.Match(after.PasswordHash, EditingPeople.Password, out var isOld) && !isOld);
    }

    [Fact]
    public async Task Pages_of_the_workbench_are_kept_by_no_cache_and_listed_by_no_search_engine()
    {
        var browser = await application.Person("anna", "auditor");
        foreach (var page in new[] { "/workbench", "/workbench/sign-in", "/workbench/account", "/audit" })
        {
            using var response = await browser.Get(page);
            Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
            Assert.Equal(["noindex, nofollow"], response.Headers.GetValues("X-Robots-Tag"));
            Assert.Equal(["DENY"], response.Headers.GetValues("X-Frame-Options"));
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Without_a_store_the_workbench_says_what_is_missing()
    {
        await using var bare = new TermsApplication();
        var client = bare.CreateClient(new() { AllowAutoRedirect = false });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/workbench", UriKind.Relative))).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await client.GetAsync(new Uri("/workbench/sign-in", UriKind.Relative))).StatusCode);
    }
}
