using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Terms.Web.Tests.Endpoints;

namespace Terms.Web.Tests.Pages;

/// <summary>The form of a presentation, filled in as a reader does.</summary>
public sealed partial class AcceptPageTests : IDisposable
{
    private readonly AcceptanceApplication application = new();
    private readonly HttpClient service;
    private readonly HttpClient reader;

    public AcceptPageTests()
    {
        service = application.Service();
        reader = application.CreateClient();
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
    public async Task An_unticked_form_records_nothing_and_says_what_to_do()
    {
        var presented = await service.Present("member-17");
        var token = Token(await reader.GetStringAsync(Address(presented)));

        using var answered = await Send(presented, token, "agree");
        var page = await answered.Content.ReadAsStringAsync();

        Assert.Equal(422, (int)answered.StatusCode);
        Assert.Contains("<a href=\"#control-all\">Tick the box to agree, or decline.</a>", page, StringComparison.Ordinal);
        Assert.Empty((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
        using var declined = await Send(presented, Token(page), "decline");
        Assert.Contains("Your refusal was recorded.", await declined.Content.ReadAsStringAsync(), StringComparison.Ordinal);
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
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
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
    public async Task A_form_that_was_answered_is_not_shown_again()
    {
        var presented = await service.Present("member-17");
        var token = Token(await reader.GetStringAsync(Address(presented)));
        using var first = await Send(presented, token, "agree", "all");
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);

        using var second = await Send(presented, token, "agree", "all");
        using var shown = await reader.GetAsync(Address(presented));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
        Assert.Single((await service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    public void Dispose()
    {
        service.Dispose();
        reader.Dispose();
        application.Dispose();
    }

    private Task<HttpResponseMessage> Send(JsonElement presented, string token, string action, params string[] controls) => reader.PostAsync(
        Address(presented), new FormUrlEncodedContent([new("token", token), new("action", action), .. controls.Select(c => new KeyValuePair<string, string>("control", c))]));

    private static Uri Address(JsonElement presented) => new(new Uri(presented.Text("url")).AbsolutePath, UriKind.Relative);

    private static string Token(string page) => Hidden().Match(page).Groups[1].Value;

    [GeneratedRegex("<section class=\"offer\".*?</section>", RegexOptions.Singleline)]
    private static partial Regex Fragment();

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();
}
