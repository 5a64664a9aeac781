using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Terms.Web.Tests.Endpoints;

/// <summary>The way of an acceptance through the API.</summary>
public sealed class AcceptanceTests : IDisposable
{
    private static readonly string[] Foreign = ["lamp-care"];
    private static readonly string[] Missing = ["no-such"];
    private static readonly string[] Named = ["lamp-hire"];

    private readonly AcceptanceApplication application = new();
    private readonly Lazy<HttpClient> first;


    public AcceptanceTests() => first = new Lazy<HttpClient>(() => application.Service());

    private HttpClient Service => first.Value;

    [Fact]
    public async Task An_acceptance_goes_the_whole_way()
    {
        var before = await Service.Status("member-17");
        Assert.Equal("never-accepted", Assert.Single(before.GetProperty("required").EnumerateArray()).Text("because"));

        var presented = await Service.Present("member-17");
        Assert.Equal($"http://localhost/accept/{presented.Text("id")}", presented.Text("url"));
        var shown = presented.GetProperty("shown");
        Assert.Contains(shown.Text("button"), shown.GetProperty("controls")[0].Text("sentence"), StringComparison.Ordinal);

        application.Now = application.Now.AddMinutes(5);
        var recorded = await ServiceCalls.Answer(
            await Service.Post(new { kind = "agree", token = presented.Text("token"), details = new Dictionary<string, string> { ["email"] = "zoë@example.org", ["network-address"] = "192.0.2.7" } }), 201);
        var record = recorded.GetProperty("record");
        Assert.Equal("member-17", record.Text("subject"));
        Assert.Equal("api", record.Text("channel"));
        Assert.Equal("2025-06-01T12:00:00Z", record.Text("presented"));
        Assert.Equal("2025-06-01T12:05:00Z", record.Text("recorded"));
        Assert.Equal(ReceiptCheck.Digest(shown.GetRawText()), record.GetProperty("presentation").Text("shown"));
        Assert.Equal(shown.Text("answerDigest"), record.Text("answer"));

        var after = await Service.Status("member-17");
        Assert.Empty(after.GetProperty("required").EnumerateArray());
        Assert.Equal(recorded.Text("id"), Assert.Single(after.GetProperty("accepted").EnumerateArray()).Text("acceptance"));

        var receipt = (await Service.Get(recorded.Text("receipt"))).GetRawText();
        ReceiptCheck.Proves(receipt);
        Assert.Contains("zoë@example.org", receipt, StringComparison.Ordinal);
        var without = (await Service.Get(recorded.Text("receipt") + "?details=false")).GetRawText();
        ReceiptCheck.Proves(without);
        Assert.DoesNotContain("zoë", without, StringComparison.Ordinal);

        var one = await Service.Get($"/api/v1/acceptances/{recorded.Text("id")}");
        Assert.Equal("192.0.2.7", one.GetProperty("details").Text("network-address"));
        Assert.Equal(recorded.Text("id"), (await Service.Get("/api/v1/subjects/member-17/acceptances"))[0].Text("id"));
    }

    [Fact]
    public async Task A_new_version_is_asked_for_with_its_classification_and_told_with_its_changes()
    {
        await Service.Accept("member-17");
        application.Now = new DateTimeOffset(2025, 7, 2, 0, 0, 0, TimeSpan.Zero);

        var required = Assert.Single((await Service.Status("member-17")).GetProperty("required").EnumerateArray());
        Assert.Equal("new-version", required.Text("because"));
        Assert.Equal("substantive", required.Text("classification"));
        Assert.Equal("2025-07-01", required.Text("version"));
        Assert.Equal("2025-01-01", required.GetProperty("last").Text("version"));
        Assert.Equal("2025-01-01", (await Service.Present("member-17")).GetProperty("shown").GetProperty("agreements")[0].Text("since"));
        Assert.Equal(JsonValueKind.Null, (await Service.Present("member-18")).GetProperty("shown").GetProperty("agreements")[0].GetProperty("since").ValueKind);
    }

    [Fact]
    public async Task A_form_that_is_late_is_refused()
    {
        var presented = await Service.Present("member-17");
        application.Now = application.Now.AddHours(1);

        var problem = await Service.Post(new { kind = "agree", token = presented.Text("token") }).Refused(409, "stale-presentation", "The form was open until 2025-06-01T13:00:00Z. Nothing was recorded.");

        Assert.Equal("late", problem.Text("reason"));
        await NothingIsRecorded("member-17");
    }

    [Fact]
    public async Task A_form_is_answered_once()
    {
        var presented = await Service.Present("member-17");
        var first = await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token = presented.Text("token") }), 201);

        var problem = await Service.Post(new { kind = "decline", token = presented.Text("token") }).Refused(409, "stale-presentation", $"answered already, by {first.Text("id")}");

        Assert.Equal("used", problem.Text("reason"));
        Assert.Single((await Service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task An_idempotency_key_that_was_sent_with_another_request_is_refused()
    {
        var presented = await Service.Present("member-17");
        var first = await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token = presented.Text("token") }, "key-1"), 201);

        await Service.Post(new { kind = "decline", token = presented.Text("token") }, "key-1").Refused(422, "invalid-parameter", "was sent with another request. Send a new one for a new request.");

        await ServiceCalls.Answer(await Service.Post(new { kind = "withdraw", subject = "member-17", withdraws = first.Text("id") }, "key-2"), 201);
        await Service.Post(new { kind = "withdraw", subject = "member-17", withdraws = first.Text("id") }, "key-1").Refused(422, "invalid-parameter", "was sent with another request.");
        Assert.Equal(2, (await Service.Get("/api/v1/subjects/member-17/acceptances")).GetArrayLength());
    }

    [Fact]
    public async Task Of_many_who_withdraw_one_acceptance_at_once_one_is_recorded()
    {
        var accepted = await Service.Accept("member-17");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Service.Post(new { kind = "withdraw", subject = "member-17", withdraws = accepted.Text("id") })));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(2, (await Service.Get("/api/v1/subjects/member-17/acceptances")).GetArrayLength());
        var refused = answers.First(a => a.StatusCode != HttpStatusCode.Created);
        await Task.FromResult(refused).Refused(409, "cannot-withdraw", $"{accepted.Text("id")} was withdrawn by a1-");
    }

    [Theory]
    [InlineData("""{"subject":"m","\ud800":1}""")]
    [InlineData("""{"subject":"\udfff","surface":"x"}""")]
    public async Task A_request_that_is_no_Unicode_is_refused_in_words(string body)
    {
        await Service.PostAsync(new Uri("/api/v1/presentations", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"))
            .Refused(400, "invalid-parameter", "holds half of a surrogate pair, or bytes that are no UTF-8.");
    }

    [Fact]
    public async Task Of_many_answers_to_one_form_at_once_one_is_recorded()
    {
        var token = (await Service.Present("member-17")).Text("token");

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Service.Post(new { kind = "agree", token })));

        Assert.Equal(1, answers.Count(a => a.StatusCode == HttpStatusCode.Created));
        Assert.Equal(15, answers.Count(a => a.StatusCode == HttpStatusCode.Conflict));
        Assert.Single((await Service.Get("/api/v1/subjects/member-17/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task A_form_of_a_text_that_has_changed_since_is_refused()
    {
        application.Now = new DateTimeOffset(2025, 6, 30, 15, 59, 59, TimeSpan.Zero);
        var presented = await Service.Present("member-17");
        application.Now = application.Now.AddSeconds(1); // Midnight in the catalogue's zone: the new version is in force.

        var problem = await Service.Post(new { kind = "agree", token = presented.Text("token") }).Refused(409, "stale-presentation", "What applies has changed since the form was shown. Nothing was recorded.");

        Assert.Equal("changed", problem.Text("reason"));
        await NothingIsRecorded("member-17");
    }

    [Fact]
    public async Task An_altered_token_is_refused()
    {
        var token = (await Service.Present("member-17")).Text("token");
        var random = new Random(3);
        for (var i = 0; i < 50; i++)
        {
            var at = random.Next(token.Length);
            var altered = token.Remove(at, 1).Insert(at, token[at] == 'A' ? "B" : "A");
            await Service.Post(new { kind = "agree", token = altered }).Refused(403, "not-allowed", "not one that this server signed");
        }
        await NothingIsRecorded("member-17");
    }

    [Fact]
    public async Task A_presentation_is_recorded_with_the_key_that_made_it()
    {
        var token = (await Service.Present("member-17")).Text("token");

        await application.Service().Post(new { kind = "agree", token }).Refused(403, "not-allowed", "made with another key");

        await NothingIsRecorded("member-17");
    }

    [Fact]
    public async Task What_a_form_did_not_ask_is_no_answer_to_it()
    {
        var token = (await Service.Present("member-17", new { act = "acknowledge" })).Text("token");

        await Service.Post(new { kind = "agree", token }).Refused(400, "invalid-parameter", "Send \"kind\": \"acknowledge\" or \"decline\".");
        await Service.Post(new { kind = "acknowledge", token, agreements = Foreign }).Refused(400, "invalid-parameter", "The form did not show \"lamp-care\". Send some of: lamp-hire.");
        await Service.Post(new { kind = "acknowledge", token, agreements = Array.Empty<string>() }).Refused(400, "invalid-parameter", "names 1 to 64 agreements");
        await Service.Post(new { kind = "acknowledge", token, subject = "member-18" }).Refused(400, "invalid-parameter", "\"subject\" is not known. Send only: token, kind, agreements, details.");
        Assert.Equal("acknowledge", (await ServiceCalls.Answer(await Service.Post(new { kind = "acknowledge", token }), 201)).GetProperty("record").Text("kind"));
    }

    [Fact]
    public async Task The_same_request_sent_again_has_the_same_answer_even_when_the_form_is_late()
    {
        var token = (await Service.Present("member-17")).Text("token");
        var first = await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token, details = new { name = "Zoë" } }, "k-1"), 201);
        var again = await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token, details = new { name = "Zoë" } }, "k-1"), 200);
        application.Now = application.Now.AddDays(90);
        var late = await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token, details = new { name = "Zoë" } }, "k-1"), 200);

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(first.GetRawText(), late.GetRawText());
    }

    [Fact]
    public async Task An_idempotency_key_used_for_another_request_is_refused()
    {
        await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token = (await Service.Present("member-17")).Text("token") }, "k-1"), 201);

        await Service.Post(new { kind = "agree", token = (await Service.Present("member-18")).Text("token") }, "k-1").Refused(422, "invalid-parameter", "was sent with another request");

        await NothingIsRecorded("member-18");
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words")]
    [InlineData("k\u007f")]
    public async Task A_request_without_a_good_idempotency_key_is_refused(string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/acceptances", UriKind.Relative)) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

        await Service.SendAsync(request).Refused(400, "invalid-parameter", "Send 1 to 200 printable ASCII characters");
    }

    [Fact]
    public async Task Declining_and_withdrawing_are_acts_of_their_own()
    {
        var declined = await Service.Accept("member-17", "decline");
        Assert.Equal("declined", Assert.Single((await Service.Status("member-17")).GetProperty("required").EnumerateArray()).Text("because"));
        application.Now = application.Now.AddMinutes(1);
        var agreed = await Service.Accept("member-17");
        application.Now = application.Now.AddMinutes(1);
        Assert.Empty((await Service.Status("member-17")).GetProperty("required").EnumerateArray());

        await Service.Post(new { kind = "withdraw", subject = "member-17", withdraws = declined.Text("id") }).Refused(409, "cannot-withdraw", "is of the kind decline");
        await Service.Post(new { kind = "withdraw", subject = "member-18", withdraws = agreed.Text("id") }).Refused(404, "unknown-acceptance", "The subject has no acceptance of that id");
        var body = new { kind = "withdraw", subject = "member-17", withdraws = agreed.Text("id") };
        var withdrawn = await ServiceCalls.Answer(await Service.Post(body, "w-1"), 201);
        Assert.Equal(agreed.Text("id"), withdrawn.GetProperty("record").Text("withdraws"));
        Assert.Equal(withdrawn.GetRawText(), (await ServiceCalls.Answer(await Service.Post(body, "w-1"), 200)).GetRawText());
        await Service.Post(body).Refused(409, "cannot-withdraw", $"was withdrawn by {withdrawn.Text("id")}");
        Assert.Equal("withdrawn", Assert.Single((await Service.Status("member-17")).GetProperty("required").EnumerateArray()).Text("because"));
        ReceiptCheck.Proves((await Service.Get(withdrawn.Text("receipt"))).GetRawText());
    }

    [Fact]
    public async Task An_actor_acts_with_an_authority()
    {
        var token = (await Service.Present("company-9", new { actor = "member-17", authority = "managing director" })).Text("token");

        var record = (await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token }), 201)).GetProperty("record");

        Assert.Equal(("company-9", "member-17", "managing director"), (record.Text("subject"), record.Text("actor"), record.Text("authority")));
    }

    [Fact]
    public async Task Details_are_erased_and_the_receipt_still_proves_itself()
    {
        var token = (await Service.Present("member-17")).Text("token");
        var id = (await ServiceCalls.Answer(await Service.Post(new { kind = "agree", token, details = new { name = "Zoë" } }), 201)).Text("id");
        await ServiceCalls.Answer(await Service.GetAsync(new Uri($"/api/v1/acceptances/{id}/receipt", UriKind.Relative)), 200);

        using var held = await Service.PutAsync(new Uri("/api/v1/subjects/member-17/hold", UriKind.Relative), new StringContent("{\"why\":\"case 4711\"}", Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.NoContent, held.StatusCode);
        await Service.DeleteAsync(new Uri($"/api/v1/acceptances/{id}/details", UriKind.Relative)).Refused(409, "on-hold", "Release the hold first");
        using var released = await Service.DeleteAsync(new Uri("/api/v1/subjects/member-17/hold", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NoContent, released.StatusCode);

        var erased = await ServiceCalls.Answer(await Service.DeleteAsync(new Uri($"/api/v1/acceptances/{id}/details", UriKind.Relative)), 200);
        Assert.Equal(id, erased.GetProperty("erased")[0].GetString());
        var receipt = (await Service.Get($"/api/v1/acceptances/{id}/receipt")).GetRawText();
        ReceiptCheck.Proves(receipt);
        Assert.DoesNotContain("Zoë", receipt, StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, (await Service.Get($"/api/v1/acceptances/{id}")).GetProperty("details").ValueKind);
    }

    [Fact]
    public async Task The_evidence_is_one_ZIP_with_the_form_byte_for_byte()
    {
        var id = (await Service.Accept("member-17")).Text("id");
        await Service.Accept("member-17", "decline");

        using var response = await Service.GetAsync(new Uri("/api/v1/subjects/member-17/evidence?agreement=lamp-hire", UriKind.Relative));
        var bytes = await response.Content.ReadAsByteArrayAsync();
        using var zip = new ZipArchive(new MemoryStream(bytes));

        Assert.Equal("application/zip", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("evidence-lamp-hire.zip", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        Assert.Equal(2, zip.Entries.Count(e => e.FullName.EndsWith("/receipt.json", StringComparison.Ordinal)));
        ReceiptCheck.Proves(Read(zip, $"acceptances/{id}/receipt.json"));
        using var shown = JsonDocument.Parse(Read(zip, $"acceptances/{id}/shown.json"));
        Assert.Equal(shown.RootElement.Text("html"), ReceiptCheck.Digest(Read(zip, $"acceptances/{id}/shown.html")));
        Assert.Contains(shown.RootElement.Text("button"), Read(zip, $"acceptances/{id}/shown.html"), StringComparison.Ordinal);
        Assert.NotNull(zip.GetEntry("texts/lamp-hire-2025-01-01-en.html"));
        Assert.Equal(bytes, await Service.GetByteArrayAsync(new Uri("/api/v1/subjects/member-17/evidence?agreement=lamp-hire", UriKind.Relative)));
        await Service.GetAsync(new Uri("/api/v1/subjects/member-18/evidence?agreement=lamp-hire", UriKind.Relative)).Refused(404, "unknown-acceptance", "no act on lamp-hire");
    }

    [Theory]
    [InlineData("agent/17", "agent%2F17")]
    [InlineData("agent%2F17", "agent%252F17")]
    [InlineData("ünï 17", "%C3%BCn%C3%AF%2017")]
    public async Task Any_printable_subject_can_stand_in_an_address(string subject, string encoded)
    {
        application.Listen(); // The test server does not keep the request line as it came.
        using var real = application.Service();
        await real.Accept(subject);

        Assert.Equal(subject, (await real.Get($"/api/v1/subjects/{encoded}/status?{ServiceCalls.BuyerQuery}")).Text("subject"));
        Assert.Equal(subject, (await real.Get($"/api/v1/subjects/{encoded}/acceptances"))[0].GetProperty("record").Text("subject"));
    }

    [Fact]
    public async Task Two_subjects_of_one_class_are_shown_the_same_bytes()
    {
        var (one, two) = (await Service.Present("member-17"), await Service.Present("member-18"));

        Assert.Equal(one.GetProperty("shown").GetRawText(), two.GetProperty("shown").GetRawText());
        Assert.NotEqual(one.GetProperty("shown").GetRawText(), (await Service.Present("member-19", new { surface = "checkout" })).GetProperty("shown").GetRawText());
    }

    [Theory]
    [InlineData("en", "agree")]
    [InlineData("zh-Hans", "agree")]
    [InlineData("ru", "agree")]
    [InlineData("ko", "agree")]
    [InlineData("en", "acknowledge")]
    [InlineData("zh-Hans", "acknowledge")]
    [InlineData("ru", "acknowledge")]
    [InlineData("ko", "acknowledge")]
    public async Task In_every_language_the_sentence_names_the_button(string language, string act)
    {
        var shown = (await Service.Present("member-17", new { language, act })).GetProperty("shown");

        Assert.Equal(language, shown.Text("language"));
        Assert.All(shown.GetProperty("controls").EnumerateArray(), c => Assert.Contains(shown.Text("button"), c.Text("sentence"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_return_address_has_to_be_registered()
    {
        await Service.Present("member-17", new { returnTo = "https://shop.example/welcome/back?x=1" });
        foreach (var foreign in new[] { "https://evil.example/welcome", "https://shop.example/welcomes", "http://shop.example/welcome", "javascript:alert(1)", "https://shop.example/welcome\r\nSet-Cookie: a=b" })
        {
            await Service.PostAsync(new Uri("/api/v1/presentations", UriKind.Relative), Json(new { subject = "m", customer = ServiceCalls.Buyer, surface = "s", returnTo = foreign }))
                .Refused(403, "not-allowed", "not below an address that is registered");
        }
    }

    [Fact]
    public async Task What_is_too_long_or_could_forge_a_line_is_refused_in_words()
    {
        await Presenting(new { subject = new string('x', 201), customer = ServiceCalls.Buyer, surface = "s" }).Refused(400, "invalid-parameter", "`subject` has 201 characters. Send 1 to 200.");
        await Presenting(new { subject = "a\nb", customer = ServiceCalls.Buyer, surface = "s" }).Refused(400, "invalid-parameter", "control character");
        await Presenting(new { subject = "a", customer = ServiceCalls.Buyer, surface = new string('x', 101) }).Refused(400, "invalid-parameter", "`surface` has 101 characters");
        await Presenting(new { subject = "a", surface = "s" }).Refused(400, "invalid-parameter", "\"customer\" is missing");
        await Presenting(new { subject = "a", customer = new { residence = "NO", role = "king" }, surface = "s" }).Refused(400, "invalid-parameter", "\"role=king\" is not known");
        await Presenting(new { subject = "a", customer = ServiceCalls.Buyer, surface = "s", minutes = 10_081 }).Refused(400, "invalid-parameter", "from 1 to 10080");
        await Presenting(new { subject = "a", customer = ServiceCalls.Buyer, surface = "s", agreements = Missing }).Refused(404, "unknown-agreement", "lamp-hire");
        await Presenting(new { subject = "a", customer = new { residence = "NO", role = "buyer" }, surface = "s", agreements = Named }).Refused(400, "invalid-parameter", "lamp-hire cannot be presented");
        await Presenting(new { subject = "a", customer = ServiceCalls.Buyer, surface = "s", language = "de" }).Refused(400, "invalid-parameter", "en, zh-Hans, ru, ko");
        await Presenting(new { subject = new string('x', 20_000), customer = ServiceCalls.Buyer, surface = "s" }).Refused(413, "too-large", "larger than 16 KB");
        await Service.PostAsync(new Uri("/api/v1/presentations", UriKind.Relative), new StringContent("{\"subject\":\"a\",\"subject\":\"b\"}", Encoding.UTF8, "application/json")).Refused(400, "invalid-parameter", "a member twice");
        await Service.PostAsync(new Uri("/api/v1/presentations", UriKind.Relative), new StringContent("{\"subject\":\"\\ud800\"}", Encoding.UTF8, "application/json")).Refused(400, "invalid-parameter", "");
        var token = (await Service.Present("member-17")).Text("token");
        await Service.Post(new { kind = "agree", token, details = new Dictionary<string, string> { ["user-agent"] = "a\r\nb" } }).Refused(400, "invalid-parameter", "control character");
        await Service.Post(new { kind = "agree", token, details = new Dictionary<string, string> { ["phone"] = "1" } }).Refused(400, "invalid-parameter", "Send only: email, name, network-address, user-agent.");
        await Service.GetAsync(new Uri("/api/v1/subjects/a%0Ab/acceptances", UriKind.Relative)).Refused(400, "invalid-parameter", "control character");
        await NothingIsRecorded("member-17");
    }

    [Fact]
    public async Task Unknown_acceptances_are_not_there()
    {
        var id = (await Service.Accept("member-17")).Text("id");
        foreach (var wrong in new[] { "a1-0123456789abcdef0123", id[..^1] + (id[^1] == '0' ? '1' : '0'), "a0", "0" })
        {
            await Service.GetAsync(new Uri($"/api/v1/acceptances/{wrong}", UriKind.Relative)).Refused(404, "unknown-acceptance", "There is no acceptance of that id");
            await Service.GetAsync(new Uri($"/api/v1/acceptances/{wrong}/receipt", UriKind.Relative)).Refused(404, "unknown-acceptance", "");
        }
    }

    public void Dispose()
    {
        if (first.IsValueCreated)
        {
            first.Value.Dispose();
        }
        application.Dispose();
    }

    private Task<HttpResponseMessage> Presenting(object body) => Service.PostAsync(new Uri("/api/v1/presentations", UriKind.Relative), Json(body));

    private async Task NothingIsRecorded(string subject) => Assert.Empty((await Service.Get($"/api/v1/subjects/{subject}/acceptances")).EnumerateArray());

    private static StringContent Json(object body) => new(JsonSerializer.Serialize(body), new MediaTypeHeaderValue("application/json"));

    private static string Read(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
