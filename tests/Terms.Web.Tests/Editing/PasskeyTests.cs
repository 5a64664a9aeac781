using System.Net;
using System.Text.Json;
using Terms.People;
using Terms.Web.Editing;

namespace Terms.Web.Tests.Editing;

/// <summary>Adding passkeys, and signing in with them.</summary>
public sealed class PasskeyTests : IDisposable
{
    private const string SignIn = "/workbench/sign-in/passkey";
    private const string Account = "/workbench/account/passkeys";

    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task Somebody_adds_a_passkey_signs_in_with_it_and_is_led_back_to_what_they_asked_for()
    {
        var here = await application.Person("anna", "drafter");
        using var device = new Device();

        Assert.Equal("/workbench/account?changed=passkey-added", (await Add(here, device)).Headers.Location!.OriginalString);
        var page = await here.Page("/workbench/account?changed=passkey-added");
        Assert.Contains("The passkey is added.", page, StringComparison.Ordinal);
        Assert.Contains(">My phone</strong>", page, StringComparison.Ordinal);
        Assert.Contains("Not used yet.", page, StringComparison.Ordinal);

        var there = application.Visitor();
        there.Cookies["terms-session"] = EditorSession.NewToken(); // Planted there by somebody who would like to know the token.
        var planted = there.Session;
        application.Now = application.Now.AddMinutes(3);
        var signed = await Use(there, device, to: "/workbench/account");

        Assert.Equal((HttpStatusCode.SeeOther, "/workbench/account"), (signed.StatusCode, signed.Headers.Location!.OriginalString));
        Assert.NotEqual(planted, there.Session);
        Assert.NotEqual(here.Session, there.Session);
        Assert.DoesNotContain("Not used yet.", await there.Page("/workbench/account"), StringComparison.Ordinal);
        var kept = Assert.Single(application.Store().Passkeys.Of("anna"));
        Assert.Equal((1u, application.Now), (kept.SignCount, kept.Used!.Value));
        Assert.Equal("internal", Assert.Single(kept.Transports)); // Others are no words of the standard.
        Assert.Equal(["signed-in", "passkey-added My phone", "signed-in passkey My phone"], application.Logged().Skip(2).Select(e => $"{e.Kind} {PersonEvent.Parse(e.Json).What}".TrimEnd()));

        Assert.Equal("/workbench", (await Use(application.Visitor(), device, to: "https://elsewhere.example")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_passkey_is_refused_in_the_same_words_and_kept_with_its_reason()
    {
        var anna = await application.Person("anna");
        using var device = new Device();
        await Add(anna, device);
        var answers = new List<string>();

        var browser = application.Visitor();
        var options = await Challenge(browser);
        var signed = device.Sign(options);
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, signed)).StatusCode);
        await browser.Post("/workbench/sign-out", await browser.Token("/workbench"));
        await Refused(browser, signed); // Used, and the browser has another secret by now.

        browser = application.Visitor();
        signed = device.Sign(await Challenge(browser));
        await Challenge(browser);
        await Refused(browser, signed); // The newer challenge has taken its place.
        await Refused(browser, signed);

        signed = device.Sign(await Challenge(browser));
        application.Now = application.Now.AddMinutes(5);
        await Refused(browser, signed);

        signed = device.Sign(await Challenge(browser));
        await Refused(await Asked(application.Visitor()), signed);

        using var stranger = new Device();
        stranger.Make(JsonSerializer.Serialize(new { challenge = "", user = new { id = "c29tZWJvZHk" }, rp = new { id = "localhost" } }));
        await RefusedFrom(stranger, _ => { });
        using var forged = device.Forged();
        await RefusedFrom(forged, _ => { });
        await RefusedFrom(device, d => d.Origin = "https://elsewhere.example");
        (device.Origin, device.IsFramed) = ("http://localhost", true);
        await RefusedFrom(device, _ => { });
        (device.IsFramed, device.Verifies) = (false, false);
        await RefusedFrom(device, _ => { });
        (device.Verifies, device.Site) = (true, "elsewhere.example");
        await RefusedFrom(device, _ => { });
        (device.Site, device.Count) = (null, 0);
        await RefusedFrom(device, _ => { });
        device.Count = 100;
        foreach (var rubbish in new[] { "", "{}", "null", "[" + new string('[', 2000), """{"id":"","rawId":"","type":"x","response":{}}""" })
        {
            await Refused(await Asked(application.Visitor()), rubbish);
        }
        application.Accounts().Disable("anna", "operator test", application.Now);
        await RefusedFrom(device, _ => { });
        application.Accounts().Enable("anna", "operator test", application.Now);
        Assert.Equal(HttpStatusCode.SeeOther, (await Use(application.Visitor(), device)).StatusCode);
        application.Accounts().RemovePasskey("anna", device.Id, "operator test", application.Now);
        await RefusedFrom(device, _ => { });

        Assert.All(answers, a => Assert.Equal(answers[0], a));
        Assert.Contains("the passkey is not known here", answers[0], StringComparison.Ordinal);
        var (challenge, answer) = ($"{PersonEvent.Nobody}: passkey: the challenge is not open", $"{PersonEvent.Nobody}: passkey: the answer does not hold");
        var elsewhere = $"{PersonEvent.Nobody}: passkey: the answer was given to a page of another address, or in a frame";
        Assert.Equal(
            [
                challenge, answer, challenge, challenge, answer, answer, answer, elsewhere, elsewhere, answer, answer, "anna: passkey: its counter has not gone on, so there may be a copy of it",
                .. Enumerable.Repeat(answer, 5), "anna: passkey: the account is disabled", answer,
            ],
            application.Logged(new(Kind: "sign-in-refused")).Select(e => $"{e.Who}: {PersonEvent.Parse(e.Json).What}"));

        async Task<Visitor> Asked(Visitor visitor)
        {
            await Challenge(visitor);
            return visitor;
        }

        async Task RefusedFrom(Device from, Action<Device> bend)
        {
            bend(from);
            var visitor = application.Visitor();
            await Refused(visitor, from.Sign(await Challenge(visitor)));
        }

        async Task Refused(Visitor visitor, string credential)
        {
            var response = await Send(visitor, credential);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.Null(visitor.Session);
            answers.Add(EditingPeople.FormToken().Replace(await response.Content.ReadAsStringAsync(), ""));
            application.Now = application.Now.AddMinutes(15); // So that the limits stay out of it.
        }
    }

    [Fact]
    public async Task A_passkey_is_added_by_whoever_knows_the_password_to_the_session_that_asked_and_once()
    {
        var anna = await application.Person("anna");
        using var device = new Device();
        await NotAdded(anna, "{}"); // Nothing was asked.

        var made = device.Make(await ChallengeToAdd(anna));
        application.Now = application.Now.AddMinutes(5);
        await NotAdded(anna, made);

        made = device.Make(await ChallengeToAdd(anna));
        var there = application.Visitor();
        await there.SignIn("anna");
        await NotAdded(there, made);
        await NotAdded(anna, made, name: "my\nphone");
        Assert.Equal(HttpStatusCode.SeeOther, (await PostMade(anna, made)).StatusCode);
        await NotAdded(anna, made);
        await NotAdded(anna, device.Make(await ChallengeToAdd(anna))); // It is known.

        var boris = await application.Person("boris");
        await NotAdded(boris, device.Make(await ChallengeToAdd(boris)));
        using var unverified = new Device { Verifies = false };
        await NotAdded(boris, unverified.Make(await ChallengeToAdd(boris)));
        using var framed = new Device { Origin = "https://elsewhere.example" };
        await NotAdded(boris, framed.Make(await ChallengeToAdd(boris)));

        Assert.Single(application.Store().Passkeys.Of("anna"));
        Assert.Empty(application.Store().Passkeys.Of("boris"));
        Assert.Equal(
            [
                "anna: passkey: the challenge is not open", "anna: passkey: the challenge is not open", "anna: passkey: the challenge is not open", "anna: passkey: it was given no name that can be one",
                "anna: passkey: the challenge is not open", "anna: passkey: it is known here already", "boris: passkey: it is known here already", "boris: passkey: the answer does not hold",
                "boris: passkey: the answer was given to a page of another address, or in a frame",
            ],
            application.Logged(new(Kind: "passkey-refused")).Select(e => PersonEvent.Parse(e.Json)).Select(e => $"{e.Who}{e.What![Account.Length..]}"));
        Assert.Empty(application.Logged(new(Kind: "request-refused")));
        using var second = new Device();
        using var options = JsonDocument.Parse(await ChallengeToAdd(anna));
        Assert.Equal(device.Id, Assert.Single(options.RootElement.GetProperty("excludeCredentials").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("required", options.RootElement.GetProperty("authenticatorSelection").GetProperty("userVerification").GetString());
        Assert.Equal("required", options.RootElement.GetProperty("authenticatorSelection").GetProperty("residentKey").GetString());
    }

    [Fact]
    public async Task Guessing_the_password_to_add_a_passkey_locks_the_account_and_gives_no_challenge()
    {
        var anna = await application.Person("anna");
        for (var i = 0; i < LockOut.Failures; i++)
        {
            Assert.StartsWith("The password that you have now is wrong", await Message(await AskToAdd(anna, password: "wrong words altogether"), 403), StringComparison.Ordinal);
        }
        await Message(await AskToAdd(anna), 403);
        Assert.Single(application.Logged(new(Kind: "locked")));
        Assert.Equal(LockOut.Failures + 1, application.Logged(new(Kind: "sign-in-refused")).Count());

        application.Now = application.Now.AddMinutes(15);
        Assert.Equal("Give the passkey a name of 1 to 60 printable characters.", await Message(await AskToAdd(anna, name: " "), 400));
        await ChallengeToAdd(anna);
        Assert.Equal(0, application.Accounts().Find("anna")!.Failures);
        Assert.Equal($"{Account}/challenge: passkey: it was given no name that can be one", PersonEvent.Parse(Assert.Single(application.Logged(new(Kind: "passkey-refused"))).Json).What);
    }

    [Fact]
    public async Task Asking_for_a_challenge_counts_as_a_failure_until_somebody_has_signed_in()
    {
        var anna = await application.Person("anna");
        using var device = new Device();
        await Add(anna, device);
        for (var i = 0; i < SignInLimits.Most + 5; i++)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await Use(application.Visitor(), device)).StatusCode);
        }
        var browser = application.Visitor();
        for (var i = 1; i < SignInLimits.Most; i++)
        {
            await Challenge(browser);
        }
        var last = device.Sign(await Challenge(browser));

        var refused = await AskToSignIn(browser);

        Assert.Equal(SignInLimits.Span, refused.Headers.RetryAfter!.Delta);
        Assert.StartsWith("Too many attempts came from your address.", await Message(refused, 429), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Send(application.Visitor(), last)).StatusCode); // What nobody asked for counts when it comes.
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, last)).StatusCode); // What was asked for in time is taken, and gives its attempt back.
        Assert.Equal(HttpStatusCode.OK, (await AskToSignIn(application.Visitor())).StatusCode);
    }

    [Fact]
    public async Task Another_site_neither_asks_nor_answers_in_somebodys_name()
    {
        var anna = await application.Person("anna");
        foreach (var address in new[] { SignIn, SignIn + "/challenge" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await application.Visitor().Post(address, "x", ("credential", "{}"))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post(address, await anna.Token("/workbench/account"), ("credential", "{}"))).StatusCode); // That token is of another form.
        }
        foreach (var address in new[] { Account, Account + "/challenge", Account + "/remove" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post(address, "x", ("name", "x"), ("password", EditingPeople.Password))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await anna.Post(address, await anna.Token("/workbench/account"), "cross-site", ("name", "x"), ("password", EditingPeople.Password))).StatusCode);
            Assert.Equal(HttpStatusCode.Forbidden, (await application.Visitor().Post(address, "x", ("name", "x"))).StatusCode);
        }
    }

    [Fact]
    public async Task A_passkey_is_removed_by_its_owner_alone()
    {
        var (anna, boris) = (await application.Person("anna"), await application.Person("boris"));
        using var device = new Device();
        await Add(anna, device);

        var foreign = await boris.Post(Account + "/remove", await boris.Token("/workbench/account"), ("passkey", device.Id));
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Contains("There is no such passkey", await foreign.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var removed = await anna.Post(Account + "/remove", await anna.Token("/workbench/account"), ("passkey", device.Id));
        Assert.Contains("The passkey is removed.", await anna.Page(removed.Headers.Location!.OriginalString), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await Use(application.Visitor(), device)).StatusCode);
    }

    [Fact]
    public async Task A_name_with_signs_of_HTML_is_shown_as_words()
    {
        var anna = await application.Person("anna");
        using var device = new Device();
        await Add(anna, device, "<script>alert(1)</script>");

        var html = await anna.Page("/workbench/account");

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Behind_its_own_address_the_server_knows_its_site_and_nowhere_else_are_passkeys_offered()
    {
        application.Settings["Terms:Address"] = "https://terms.example";
        application.AddPerson("anna");
        var anna = application.Visitor(new Uri("https://terms.example"));
        await anna.SignIn("anna");
        using var device = new Device { Origin = "https://terms.example" };

        Assert.Equal(HttpStatusCode.SeeOther, (await Add(anna, device)).StatusCode);
        var browser = application.Visitor(new Uri("https://terms.example"));
        var options = await Challenge(browser);
        Assert.Equal("terms.example", JsonDocument.Parse(options).RootElement.GetProperty("rpId").GetString());
        Assert.Equal(HttpStatusCode.SeeOther, (await Send(browser, device.Sign(options))).StatusCode);

        Assert.Contains("passkey.js", await application.Visitor(new Uri("https://terms.example")).Page("/workbench/sign-in"), StringComparison.Ordinal);
        foreach (var address in new[] { "http://localhost", "https://terms.example:444", "https://other.example", "https://127.0.0.1" })
        {
            Assert.DoesNotContain("passkey", await application.Visitor(new Uri(address)).Page("/workbench/sign-in"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_scripts_the_page_to_sign_in_shows_no_button_that_does_nothing()
    {
        Assert.Contains("""class="question" hidden data-passkey="get" """, await application.Visitor().Page("/workbench/sign-in"), StringComparison.Ordinal);
        Assert.DoesNotContain("passkey", await application.Visitor(new Uri("http://127.0.0.1")).Page("/workbench/sign-in"), StringComparison.Ordinal); // A number is no site.
    }

    private static async Task<HttpResponseMessage> Add(Visitor browser, Device device, string name = "My phone") => await PostMade(browser, device.Make(await ChallengeToAdd(browser)), name);

    private static async Task<string> ChallengeToAdd(Visitor browser)
    {
        var answer = await AskToAdd(browser);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> AskToAdd(Visitor browser, string password = EditingPeople.Password, string name = "My phone") =>
        await browser.Post(Account + "/challenge", await browser.Token("/workbench/account"), ("name", name), ("password", password));

    private static async Task<HttpResponseMessage> PostMade(Visitor browser, string credential, string name = "My phone") =>
        await browser.Post(Account, await browser.Token("/workbench/account"), ("name", name), ("credential", credential));

    private static async Task NotAdded(Visitor browser, string credential, string name = "My phone")
    {
        var answer = await PostMade(browser, credential, name);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("The passkey was not added: it came too late, or is known here already.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> Use(Visitor browser, Device device, string to = "") => await Send(browser, device.Sign(await Challenge(browser)), to);

    private static async Task<string> Challenge(Visitor browser)
    {
        var answer = await AskToSignIn(browser);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<HttpResponseMessage> AskToSignIn(Visitor browser) => await browser.Post(SignIn + "/challenge", await browser.Token("/workbench/sign-in"));

    private static async Task<HttpResponseMessage> Send(Visitor browser, string credential, string to = "") =>
        await browser.Post(SignIn, await browser.Token("/workbench/sign-in"), ("credential", credential), ("to", to));

    private static async Task<string> Message(HttpResponseMessage answer, int status) => (await ServiceCalls.Answer(answer, status)).Text("message");
}
