using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Terms.Web.Tests.Endpoints;

namespace Terms.Web.Tests.Pages;

/// <summary>The form of a presentation, filled in as a reader does.</summary>
public sealed partial class AcceptPageTests : IDisposable
{
    private static readonly string[] Both = ["lamp-hire", "lamp-care"];

    private readonly AcceptanceApplication application = new();
    private readonly HttpClient service;
    private readonly HttpClient reader;

    public AcceptPageTests()
    {
        service = application.Service();
        reader = application.CreateClient();
    }

    [Fact]
    public async Task A_form_is_not_open_to_the_scripts_of_other_sites()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(await service.Present("member-17")));
        request.Headers.Add("Origin", "https://elsewhere.example");
        using var form = await reader.SendAsync(request);
        using var open = new HttpRequestMessage(HttpMethod.Get, new Uri("/", UriKind.Relative));
        open.Headers.Add("Origin", "https://elsewhere.example");
        using var catalogue = await reader.SendAsync(open);

        Assert.False(form.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.True(catalogue.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task What_is_sent_is_what_is_kept_by_its_digest()
    {
        var presented = await service.Present("member-17");
        var page = await reader.GetStringAsync(Address(presented));
        var fragment = Fragment().Match(page).Value;

        Assert.Equal(presented.GetProperty("shown").Text("html"), ReceiptCheck.Digest(fragment));
        Assert.DoesNotContain("member-17", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("checked", fragment, StringComparison.Ordinal);
        Assert.Contains("Lantern North Ltd.", fragment, StringComparison.Ordinal);
        Assert.Contains("href=\"/agreements/lamp-hire/2025-01-01?lang=en&amp;rendering=1\"", fragment, StringComparison.Ordinal);
        Assert.Equal(page.Replace(Token(page), "", StringComparison.Ordinal), (await reader.GetStringAsync(Address(presented))).Replace(Token(page), "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_ticked_form_is_recorded_and_leads_back_to_the_service()
    {
        var presented = await service.Present("member-17", new { returnTo = "https://shop.example/welcome?step=2" });
        using var shown = await reader.GetAsync(Address(presented));
        Assert.Contains("form-action 'self' https://shop.example;", shown.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("no-store", shown.Headers.CacheControl!.ToString());

        using var answered = await Send(presented, Token(await shown.Content.ReadAsStringAsync()), "agree", "all");

        Assert.Equal(HttpStatusCode.SeeOther, answered.StatusCode);
        var back = answered.Headers.Location!;
        var query = HttpUtility.ParseQueryString(back.Query);
        Assert.Equal("https://shop.example/welcome", back.GetLeftPart(UriPartial.Path));
        Assert.Equal(("2", presented.Text("id"), "agreed"), (query["step"], query["presentation"], query["outcome"]));
        var record = (await service.Get($"/api/v1/acceptances/{query["acceptance"]}")).GetProperty("record");
        Assert.Equal(("agree", "page", "member-17"), (record.Text("kind"), record.Text("channel"), record.Text("subject")));
        ReceiptCheck.Proves((await service.Get($"/api/v1/acceptances/{query["acceptance"]}/receipt")).GetRawText());
    }

    [Fact]
    public async Task A_service_that_asked_to_have_note_taken_is_not_told_that_somebody_agreed()
    {
        var presented = await service.Present("member-17", new { act = "acknowledge", returnTo = "https://shop.example/welcome" });

        using var answered = await Send(presented, Token(await reader.GetStringAsync(Address(presented))), "agree", "all");

        Assert.Equal("acknowledged", HttpUtility.ParseQueryString(answered.Headers.Location!.Query)["outcome"]);
    }

    [Fact]
    public async Task An_unticked_form_records_nothing_and_says_what_to_do()
    {
        var presented = await service.Present("member-17");
        var token = Token(await reader.GetStringAsync(Address(presented)));

        using var answered = await Send(presented, token, "agree");
        var page = await answered.Content.ReadAsStringAsync();

        Assert.Equal(422, (int)answered.StatusCode);
        Assert.Contains("<title>Nothing was recorded: ", page, StringComparison.Ordinal);
        Assert.Contains("role=\"alert\" tabindex=\"-1\" autofocus", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"#control-all\">Tick the box for Lamp Hire Agreement", page, StringComparison.Ordinal);
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
        using var declined = await Send(presented, Token(page), "decline");
        Assert.Equal((HttpStatusCode.SeeOther, Address(presented)), (declined.StatusCode, declined.Headers.Location));
        Assert.Contains("<h1>Your refusal was recorded</h1>", await reader.GetStringAsync(Address(presented)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agreement_with_a_control_of_its_own_is_asked_for_by_itself()
    {
        using var own = new AcceptanceApplication();
        own.AddToContent("agreements/lamp-care/agreement.yaml", "control: own");
        using var shop = own.Service();
        using var member = own.CreateClient();
        var presented = await shop.Present("member-17", new { agreements = Both });
        var page = await member.GetStringAsync(Address(presented));
        Assert.Equal(2, page.Split("type=\"checkbox\"").Length - 1);

        using var answered = await member.PostAsync(Address(presented), Answer(Token(page), "agree", "all"));
        var again = await answered.Content.ReadAsStringAsync();

        Assert.Equal(422, (int)answered.StatusCode);
        Assert.Contains("<a href=\"#control-lamp-care\">Tick the box for Lamp care, or decline.</a>", again, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"#control-all\"", again, StringComparison.Ordinal);
        using var whole = await member.PostAsync(Address(presented), Answer(Token(again), "agree", "all", "lamp-care"));
        Assert.Equal(HttpStatusCode.SeeOther, whole.StatusCode);
        Assert.Equal(2, (await shop.Get("/api/v1/subjects/member-17/acceptances"))[0].GetProperty("record").GetProperty("agreements").GetArrayLength());
    }

    [Fact]
    public async Task A_conflict_is_shown_as_a_conflict_with_all_candidates()
    {
        using var divided = new AcceptanceApplication();
        divided.ReplaceInContent("agreements/lamp-hire/2025-01-01/rules.yaml", "when: { from: the-isles }", "when: { from: northland }");
        using var shop = divided.Service();
        using var member = divided.CreateClient();
        var fragment = Fragment().Match(await member.GetStringAsync(Address(await shop.Present("member-17")))).Value;

        Assert.Contains("<strong>Conflict.</strong>", fragment, StringComparison.Ordinal);
        Assert.Contains("<li>Lantern North Ltd.", fragment, StringComparison.Ordinal);
        Assert.Contains("<li>Lantern Isles Ltd.", fragment, StringComparison.Ordinal);
        Assert.DoesNotContain("You contract with", fragment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_operators_decision_is_shown_as_the_operators_beside_the_conflict()
    {
        using var decided = new AcceptanceApplication();
        decided.ReplaceInContent("agreements/lamp-hire/2025-01-01/rules.yaml", "when: { from: the-isles }", "when: { from: northland }");
        decided.AddToContent("agreements/lamp-hire/2025-01-01/decisions.yaml", """
            - id: all-of-them
              when: { from: northland }
              parties: [lantern-north]
              who: B. Counsel
              at: 2025-05-01T00:00:00Z
              why: agreed with the association
            """);
        using var shop = decided.Service();
        using var member = decided.CreateClient();
        var fragment = Fragment().Match(await member.GetStringAsync(Address(await shop.Present("member-17")))).Value;

        Assert.Contains("<strong>Conflict.</strong>", fragment, StringComparison.Ordinal);
        Assert.Matches("<p class=\"decision\"><strong>The operator’s decision, not the text’s:</strong> B. Counsel, 1 May 2025\\. Lantern North Ltd\\.</p>", HttpUtility.HtmlDecode(fragment));
        Assert.DoesNotContain("You contract with", fragment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_depends_on_how_the_text_is_read_the_form_says_so()
    {
        var presented = await service.Present("member-17", new { customer = new { residence = "NO", role = "buyer", site = "easy-buy", accessFrom = "IS" } });
        var fragment = Fragment().Match(await reader.GetStringAsync(Address(presented))).Value;

        Assert.Contains("You contract with Lantern North Ltd.", fragment, StringComparison.Ordinal);
        Assert.Contains(
            "<strong>It depends on how the text is read.</strong> If the place from which you use the site counts in place of where you live: Lantern Isles Ltd.", fragment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_changed_since_the_last_acceptance_is_told_and_can_be_compared()
    {
        await service.Accept("member-17");
        application.Now = new DateTimeOffset(2025, 7, 2, 0, 0, 0, TimeSpan.Zero);
        var fragment = Fragment().Match(await reader.GetStringAsync(Address(await service.Present("member-17")))).Value;

        Assert.Contains("<h4>What changed since you last accepted it</h4>", fragment, StringComparison.Ordinal);
        Assert.Contains("Version of 1 January 2025 → version of 1 July 2025. ", fragment, StringComparison.Ordinal);
        Assert.Contains("href=\"/agreements/lamp-hire/compare?from=2025-01-01&amp;to=2025-07-01\"", fragment, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_language_that_the_service_asks_for_is_that_of_the_whole_page()
    {
        var presented = await service.Present("member-17", new { language = "ko" });
        using var shown = await reader.GetAsync(Address(presented));
        var page = await shown.Content.ReadAsStringAsync();

        Assert.Equal("ko", shown.Content.Headers.ContentLanguage.Single());
        Assert.Contains("<html lang=\"ko\">", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"ko\" aria-labelledby=\"offer-title\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"languages\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_cache_no_frame_no_search_engine_and_no_referrer_gets_the_page()
    {
        var presented = await service.Present("member-17");
        foreach (var address in new[] { Address(presented), new Uri("/accept/b-aaaaaaaaaaaaaaaa", UriKind.Relative), new Uri("/acceptances/x.y", UriKind.Relative) })
        {
            using var shown = await reader.GetAsync(address);
            string Header(string name) => string.Join(", ", shown.Headers.GetValues(name));
            Assert.Equal(("no-store", "DENY", "noindex, nofollow", "no-referrer"), (Header("Cache-Control"), Header("X-Frame-Options"), Header("X-Robots-Tag"), Header("Referrer-Policy")));
            Assert.Contains("frame-ancestors 'none'", Header("Content-Security-Policy"), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", Header("Content-Security-Policy"), StringComparison.Ordinal);
        }
        Assert.Contains("<meta name=\"robots\" content=\"noindex, nofollow\"", await reader.GetStringAsync(Address(presented)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("none")]
    public async Task A_form_that_another_site_sends_is_refused(string site)
    {
        var presented = await service.Present("member-17");
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(presented)) { Content = Answer(Token(await reader.GetStringAsync(Address(presented))), "agree", "all") };
        request.Headers.Add("Sec-Fetch-Site", site);

        using var answered = await reader.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answered.StatusCode);
        Assert.Contains("The answer came from another site", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Theory]
    [InlineData("https://evil.example/welcome")]
    [InlineData("https://shop.example.evil.example/welcome")]
    [InlineData("https://shop.example@evil.example/welcome")]
    [InlineData("https://shop.example/welcome/../admin")]
    [InlineData("https://shop.example/welcome-not")]
    [InlineData("//evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://shop.example/welcome\r\nSet-Cookie: a=b")]
    public async Task Nobody_is_led_to_an_address_that_is_not_registered(string address)
    {
        using var refused = await service.PostAsJsonAsync(
            new Uri("/api/v1/presentations", UriKind.Relative), new { subject = "member-17", customer = ServiceCalls.Buyer, surface = "signup-web", returnTo = address });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        var presented = await service.Present("member-17");
        using var answered = await reader.PostAsync(
            new Uri($"{Address(presented)}?returnTo={Uri.EscapeDataString(address)}", UriKind.Relative), Answer(Token(await reader.GetStringAsync(Address(presented))), "agree", "all"));
        Assert.Equal(Address(presented), answered.Headers.Location);
    }

    [Fact]
    public async Task What_is_no_form_is_refused()
    {
        var presented = await service.Present("member-17");
        var token = Token(await reader.GetStringAsync(Address(presented)));
        HttpContent[] bodies =
        [
            new StringContent("{}", System.Text.Encoding.UTF8, "application/json"),
            new FormUrlEncodedContent([new("token", token), new("control", new string('x', 20_000))]),
            new FormUrlEncodedContent([new("token", token), .. Enumerable.Range(0, 1100).Select(i => new KeyValuePair<string, string>($"f{i}", ""))]),
        ];
        foreach (var body in bodies)
        {
            using var answered = await reader.PostAsync(Address(presented), body);
            Assert.Equal(HttpStatusCode.BadRequest, answered.StatusCode);
            Assert.Contains("Nothing was recorded.", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task A_form_that_is_late_or_out_of_date_is_shown_anew_with_an_explanation()
    {
        var presented = await service.Present("member-17", new { minutes = 60 * 24 * 7 });
        application.Now = new DateTimeOffset(2025, 6, 5, 0, 0, 0, TimeSpan.Zero);
        var late = Token(await reader.GetStringAsync(Address(presented)));
        application.Now = application.Now.AddHours(2);
        using var first = await Send(presented, late, "agree", "all");
        Assert.Equal(HttpStatusCode.Conflict, first.StatusCode);
        var again = await first.Content.ReadAsStringAsync();
        Assert.Contains("The form was open for too long.", again, StringComparison.Ordinal);

        application.Now = new DateTimeOffset(2025, 6, 30, 15, 50, 0, TimeSpan.Zero);
        presented = await service.Present("member-18");
        var before = Token(await reader.GetStringAsync(Address(presented)));
        application.Now = application.Now.AddMinutes(20);
        using var second = await Send(presented, before, "agree", "all");
        var changed = await second.Content.ReadAsStringAsync();
        Assert.Contains("What applies has changed since the form was shown.", changed, StringComparison.Ordinal);
        Assert.Empty((await service.Get("/api/v1/subjects/member-18/acceptances")).EnumerateArray());

        using var third = await Send(presented, Token(changed), "agree", "all");
        Assert.Equal(HttpStatusCode.SeeOther, third.StatusCode);
        Assert.Equal("2025-07-01", (await service.Get("/api/v1/subjects/member-18/acceptances"))[0].GetProperty("record").GetProperty("agreements")[0].Text("version"));
    }

    [Fact]
    public async Task Another_presentations_token_or_none_is_refused()
    {
        var (mine, yours) = (await service.Present("member-17"), await service.Present("member-18"));
        foreach (var token in new[] { "", "x", yours.Text("token"), mine.Text("token") + "A" })
        {
            using var answered = await Send(mine, token, "agree", "all");
            Assert.Equal(HttpStatusCode.Forbidden, answered.StatusCode);
        }
        using var unknown = await reader.GetAsync(new Uri("/accept/b-aaaaaaaaaaaaaaaa", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task A_form_that_was_answered_shows_what_was_recorded_and_leads_on()
    {
        var presented = await service.Present("member-17", new { returnTo = "https://shop.example/welcome" });
        var token = Token(await reader.GetStringAsync(Address(presented)));
        using var first = await Send(presented, token, "agree", "all");

        using var second = await Send(presented, token, "decline");
        var again = await second.Content.ReadAsStringAsync();
        var shown = await reader.GetStringAsync(Address(presented));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Contains("This form was answered before. Nothing further was recorded.", again, StringComparison.Ordinal);
        Assert.DoesNotContain("This form was answered before", shown, StringComparison.Ordinal);
        foreach (var page in new[] { again, shown })
        {
            Assert.Contains("<h1>Your agreement was recorded</h1>", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"{first.Headers.Location!.OriginalString.Replace("&", "&amp;", StringComparison.Ordinal)}\">Continue to shop.example</a>", page, StringComparison.Ordinal);
            Assert.Contains($"href=\"{Address(presented)}/receipt\"", page, StringComparison.Ordinal);
        }
        Assert.Single((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task The_receipt_of_the_form_tells_no_personal_detail_and_can_be_had_for_a_week()
    {
        reader.DefaultRequestHeaders.UserAgent.ParseAdd("Reader/7");
        var presented = await service.Present("member-17");
        using var before = await reader.GetAsync(new Uri($"{Address(presented)}/receipt", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, before.StatusCode);
        using var answered = await Send(presented, Token(await reader.GetStringAsync(Address(presented))), "agree", "all");

        var page = await reader.GetStringAsync(new Uri($"{Address(presented)}/receipt", UriKind.Relative));
        var file = await reader.GetStringAsync(new Uri($"{Address(presented)}/receipt.json", UriKind.Relative));

        Assert.Contains("What it does not show", page, StringComparison.Ordinal);
        Assert.Contains("erased, or not given out here", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Reader/7", page + file, StringComparison.Ordinal);
        ReceiptCheck.Proves(file);
        application.Now = application.Now.AddDays(7);
        using var late = await reader.GetAsync(Address(presented));
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        using var gone = await reader.GetAsync(new Uri($"{Address(presented)}/receipt.json", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_failure_of_the_store_is_told_on_a_page()
    {
        var presented = await service.Present("member-17");
        var token = Token(await reader.GetStringAsync(Address(presented)));
        application.Now = application.Now.AddMinutes(10);
        await service.Accept("somebody-else");
        application.Now = application.Now.AddMinutes(-5); // A clock that runs backwards: the store takes nothing with an earlier instant.

        using var answered = await Send(presented, token, "agree", "all");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answered.StatusCode);
        Assert.Equal("text/html", answered.Content.Headers.ContentType!.MediaType);
        Assert.Contains("Nothing of this was recorded, and it is logged here.", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task A_presentation_whose_time_is_over_says_so()
    {
        var presented = await service.Present("member-17", new { minutes = 5 });
        var token = Token(await reader.GetStringAsync(Address(presented)));
        application.Now = application.Now.AddMinutes(5);

        using var shown = await reader.GetAsync(Address(presented));
        using var answered = await Send(presented, token, "agree", "all");

        Assert.Equal((HttpStatusCode.Gone, HttpStatusCode.Conflict), (shown.StatusCode, answered.StatusCode));
        Assert.Contains("The time for this form is over", await answered.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    public void Dispose()
    {
        service.Dispose();
        reader.Dispose();
        application.Dispose();
    }

    private Task<HttpResponseMessage> Send(JsonElement presented, string token, string action, params string[] controls) => reader.PostAsync(Address(presented), Answer(token, action, controls));

    private static FormUrlEncodedContent Answer(string token, string action, params string[] controls) =>
        new([new("token", token), new("action", action), .. controls.Select(c => new KeyValuePair<string, string>("control", c))]);

    private static Uri Address(JsonElement presented) => new(new Uri(presented.Text("url")).AbsolutePath, UriKind.Relative);

    private static string Token(string page) => Hidden().Match(page).Groups[1].Value;

    [GeneratedRegex("<section class=\"offer\".*?</section>", RegexOptions.Singleline)]
    private static partial Regex Fragment();

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
