using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;
using Terms.Catalogue;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Endpoints;

public sealed class ApiTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    private readonly HttpClient client = application.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    private async Task<JsonElement> Get(string path, HttpStatusCode status = HttpStatusCode.OK)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == status, $"{path}: {response.StatusCode}\n{body}");
        return JsonDocument.Parse(body).RootElement;
    }

    [Fact]
    public async Task A_body_that_is_not_declared_as_JSON_is_told_what_to_declare()
    {
        using var response = await client.PostAsync(new Uri("/api/v1/applicable", UriKind.Relative), new StringContent("[]", System.Text.Encoding.UTF8, "text/plain"));

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Contains("Send Content-Type: application/json.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task Refused(string path, int status, string type, string says)
    {
        using var response = await client.GetAsync(new Uri("/api/v1/" + path, UriKind.Relative));
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.EndsWith("/" + type, body.GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Contains(says, body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_buyer_in_France_contracts_with_the_Singapore_company_under_Hong_Kong_law()
    {
        var answer = await Get("applicable?agreement=free-membership&residence=FR&role=buyer&at=2025-06-01");

        Assert.Equal("2025-05-31T16:00:00Z", answer.GetProperty("at").GetString());
        Assert.Equal("Asia/Hong_Kong", answer.GetProperty("zone").GetString());
        var agreement = Assert.Single(answer.GetProperty("agreements").EnumerateArray());
        Assert.Equal("decided", agreement.GetProperty("outcome").GetString());
        Assert.Equal("2025-03-31T16:00:00Z", agreement.GetProperty("version").GetProperty("from").GetString());
        Assert.Equal("alibaba-singapore", agreement.GetProperty("party").GetProperty("parties")[0].GetProperty("id").GetString());
        Assert.Equal("HK", agreement.GetProperty("law").GetProperty("laws")[0].GetProperty("code").GetString());
        Assert.Equal("hkiac", agreement.GetProperty("forum").GetProperty("forums")[0].GetProperty("id").GetString());
        Assert.Equal(100, agreement.GetProperty("caps")[0].GetProperty("amount").GetInt32());
        Assert.Equal("no-rule", agreement.GetProperty("noticeTo").GetProperty("outcome").GetString());
        Assert.Equal(["terms-of-use", "product-listing-policy"], agreement.GetProperty("incorporated").EnumerateArray().Select(i => i.GetString()));
        Assert.Contains("may give more", answer.GetProperty("mandatoryLaw").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_written_head_of_an_answer_reads_as_the_serialized_one()
    {
        var answer = await Get("applicable?residence=KR&accessFrom=US&role=buyer-and-seller&site=alibaba&service=deposit&member=alibaba,aliexpress&business=true&registered=2013-03-18&at=2020-12-01T00:00:00.5Z&knownAt=2026-11-30");
        var customer = answer.GetProperty("customer");
        Assert.Equal("2020-12-01T00:00:00.5Z", answer.GetProperty("at").GetString());
        Assert.Equal("2026-11-29T16:00:00Z", answer.GetProperty("knownAt").GetString());
        Assert.Equal("""{"residence":"KR","accessFrom":"US","role":"buyer-and-seller","site":"alibaba","service":"deposit","member":["aliexpress","alibaba"],"business":true,"registered":"2013-03-18"}""", customer.GetRawText());
    }

    [Fact]
    public async Task Before_the_first_version_applicable_answers_no_version_and_facts_answer_404()
    {
        var answer = await Get("applicable?agreement=free-membership&residence=FR&role=buyer&at=2024-07-11");
        Assert.Equal("no-version", answer.GetProperty("agreements")[0].GetProperty("outcome").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("agreements")[0].GetProperty("version").ValueKind);
        await Refused("facts?agreement=free-membership&at=2024-07-11", 404, "no-version-at-instant", "Send an instant from 2024-07-11T16:00:00Z on.");
        await Refused("facts/cap?agreement=vip-membership&at=2023-10-31", 404, "no-version-at-instant", "vip-membership");
    }

    [Fact]
    public async Task Nothing_was_known_before_it_was_recorded()
    {
        var answer = await Get("applicable?agreement=free-membership&residence=FR&role=buyer&at=2025-06-01&knownAt=2026-11-20");
        Assert.Equal("no-version", answer.GetProperty("agreements")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task An_agreement_that_is_asked_for_and_does_not_fit_says_why()
    {
        var answer = await Get("applicable?agreement=merchant-service&residence=FR&role=buyer&at=2025-06-01");
        var agreement = answer.GetProperty("agreements")[0];
        Assert.Equal("not-applicable", agreement.GetProperty("outcome").GetString());
        Assert.Contains("not for a buyer", agreement.GetProperty("because").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_announced_version_is_upcoming_until_it_takes_effect()
    {
        var answer = await Get("applicable?agreement=free-membership&residence=KR&role=buyer&at=2025-03-15");
        Assert.Equal("2025-04-01", answer.GetProperty("agreements")[0].GetProperty("upcoming").GetProperty("effective").GetString());
        answer = await Get("applicable?agreement=free-membership&residence=KR&role=buyer&at=2025-02-15");
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("agreements")[0].GetProperty("upcoming").ValueKind);
    }

    [Fact]
    public async Task Both_the_2020_and_the_2025_terms_are_listed_and_their_contradictions_named()
    {
        var answer = await Get("applicable?residence=FR&role=buyer&at=2025-06-01");
        Assert.Equal(
            ["alibaba-terms-of-use", "free-membership", "terms-of-use", "vip-membership"],
            answer.GetProperty("agreements").EnumerateArray().Select(a => a.GetProperty("agreement").GetString()));
        Assert.False(answer.GetProperty("agreements")[0].GetProperty("version").GetProperty("untilKnown").GetBoolean());
        Assert.Contains("forum", answer.GetProperty("between").EnumerateArray().Select(b => b.GetProperty("about").GetString()));
    }

    [Theory]
    [InlineData("applicable?role=buyer", "residence=FR")]
    [InlineData("applicable?residence=FR", "buyer-and-seller")]
    [InlineData("applicable?residence=fr&role=buyer", "ISO 3166-1 alpha-2")]
    [InlineData("applicable?residence=FR&role=king", "visitor, buyer, seller")]
    [InlineData("applicable?residence=FR&role=buyer&site=ebay", "aliexpress, alibaba, easy-buy")]
    [InlineData("applicable?residence=FR&role=buyer&service=x", "promotion")]
    [InlineData("applicable?residence=FR&role=buyer&member=none,alibaba", "separated by commas")]
    [InlineData("applicable?residence=FR&role=buyer&business=maybe", "true for a business")]
    [InlineData("applicable?residence=FR&role=buyer&registered=18.3.2013", "2025-04-01")]
    [InlineData("applicable?residence=FR&role=buyer&at=yesterday", "RFC 3339")]
    [InlineData("applicable?residence=FR&role=buyer&at=2025-02-30", "RFC 3339")]
    [InlineData("applicable?residence=FR&residence=DE&role=buyer", "sent twice")]
    [InlineData("applicable?residence=FR&rôle=buyer", "is not known. Send only")]
    [InlineData("facts?version=2025-04-01", "Send both")]
    [InlineData("facts?kind=caps", "cap, exclusion")]
    [InlineData("facts?party=nobody", "aliexpress-cis")]
    [InlineData("facts/cap?agreement=terms-of-use&feesPaid=-5&currency=USD", "digits with a full stop")]
    [InlineData("facts/cap?agreement=terms-of-use&feesPaid=5&currency=dollars", "ISO 4217")]
    [InlineData("facts/cap", "agreement=free-membership")]
    [InlineData("facts/deemed-receipt?agreement=terms-of-use&direction=up&channel=email&sentAt=2025-05-01", "to-platform")]
    [InlineData("facts/deemed-receipt?agreement=terms-of-use&direction=to-user&channel=pigeon&sentAt=2025-05-01", "courier")]
    [InlineData("facts/deemed-receipt?agreement=terms-of-use&direction=to-user&channel=email", "sentAt=2025-04-01")]
    [InlineData("facts/time-limit?agreement=terms-of-use&clause=8.8&start=soon", "RFC 3339")]
    [InlineData("agreements?page=2", "Send only: none")]
    [InlineData("agreements/free-membership/versions/2025-04-01/text?format=pdf", "html, markdown, text, json, docx")]
    [InlineData("agreements/free-membership/versions/2025-04-01/text?lang=ko", "lang=en&rendering=1")]
    [InlineData("agreements/free-membership/versions/2025-04-01/text?rendering=2", "lang=en&rendering=1")]
    public Task A_malformed_parameter_is_refused_with_what_to_send(string path, string says) => Refused(path, 400, "invalid-parameter", says);

    [Theory]
    [InlineData("agreements/nothing", "unknown-agreement", "free-membership")]
    [InlineData("agreements/..%2F..%2Fetc%2Fpasswd", "unknown-agreement", "free-membership")]
    [InlineData("applicable?residence=FR&role=buyer&agreement=..%2Fx", "unknown-agreement", "free-membership")]
    [InlineData("agreements/free-membership/versions/2025-04-02", "unknown-version", "2025-04-01")]
    [InlineData("agreements/free-membership/versions/..%2Fx", "unknown-version", "2025-04-01")]
    [InlineData("agreements/free-membership/versions/2025-04-01/clauses/99.9", "unknown-clause", "99.9")]
    [InlineData("facts?agreement=free-membership&clause=99.9", "unknown-clause", "99.9")]
    [InlineData("parties/nobody", "not-found", "aliexpress-cis")]
    [InlineData("nothing", "not-found", "/openapi/v1.json")]
    public Task What_is_not_there_is_named(string path, string type, string says) => Refused(path, 404, type, says);

    [Fact]
    public async Task Control_characters_are_not_repeated_in_a_problem()
    {
        using var response = await client.GetAsync(new Uri("/api/v1/applicable?residence=%0d%0aSet-Cookie:x&role=buyer", UriKind.Relative));
        Assert.False(response.Headers.Contains("Set-Cookie"));
        Assert.DoesNotContain("\\r", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_batch_is_answered_in_order_with_problems_in_place()
    {
        using var response = await Post("""
            [{"residence":"FR","role":"buyer","agreement":"free-membership","at":"2025-06-01"},{"residence":"FR","role":"king"},7,
             {"residence":"RU","role":"buyer","site":"alibaba","member":["alibaba","aliexpress"],"agreement":"alibaba-terms-of-use","at":"2020-12-01"},
             {"residence":"FR","role":"buyer","agreement":"nothing"}]
            """);
        var answers = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(5, answers.GetArrayLength());
        Assert.Equal("decided", answers[0].GetProperty("agreements")[0].GetProperty("outcome").GetString());
        Assert.EndsWith("invalid-parameter", answers[1].GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("invalid-parameter", answers[2].GetProperty("type").GetString(), StringComparison.Ordinal);
        Assert.Equal("conflict", answers[3].GetProperty("agreements")[0].GetProperty("outcome").GetString());
        Assert.EndsWith("unknown-agreement", answers[4].GetProperty("type").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_questions_are_answered_and_two_thousand_refused()
    {
        using var thousand = await Post("[" + string.Join(',', Enumerable.Repeat("""{"residence":"FR","role":"buyer","agreement":"vip-membership"}""", 1000)) + "]");
        Assert.Equal(1000, JsonDocument.Parse(await thousand.Content.ReadAsStringAsync()).RootElement.GetArrayLength());
        using var refused = await Post("[" + string.Join(',', Enumerable.Repeat("""{"residence":"FR","role":"buyer"}""", 2000)) + "]");
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        Assert.Contains("at most 1,000", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not well-formed JSON")]
    [InlineData("{}", "not an array")]
    [InlineData("[[[[[[[[[[[[]]]]]]]]]]]]", "not well-formed JSON")]
    public async Task A_body_that_is_no_array_is_refused(string body, string says)
    {
        using var response = await Post(body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_is_a_tree_of_clauses_with_labels_of_every_kind()
    {
        var text = await Get("agreements/terms-of-use/versions/2025-04-01/text");
        var labels = new List<string>();
        Collect(text.GetProperty("clauses"), labels);
        foreach (var label in new[] { "preamble ¶1", "§9", "§9 ¶1", "2.1 ¶3", "5.6(l)", "3.2(ii)", "12.7 ¶2", "fn1" })
        {
            Assert.Contains(label, labels);
        }
        Assert.Equal("A restatement, not the operator's official text.", text.GetProperty("editionNotice").GetString());

        static void Collect(JsonElement clauses, List<string> labels)
        {
            foreach (var clause in clauses.EnumerateArray())
            {
                labels.Add(clause.GetProperty("label").GetString()!);
                Collect(clause.GetProperty("children"), labels);
            }
        }
    }

    [Theory]
    [InlineData("html", "text/html")]
    [InlineData("markdown", "text/markdown")]
    [InlineData("text", "text/plain")]
    [InlineData("json", "application/json")]
    public async Task A_text_comes_in_every_format_with_the_edition_and_the_digest(string format, string type)
    {
        using var response = await client.GetAsync(new Uri($"/api/v1/agreements/vip-membership/versions/2023-11-01/text?format={format}", UriKind.Relative));
        var body = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("A restatement, not the operator's official text", body, StringComparison.Ordinal);
        Assert.Contains("sha256:", body, StringComparison.Ordinal);
        Assert.Contains("202216156R", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agreements/merchant-service/versions/2022-01-01/clauses/5.1.2(1)", "5.1.2(1)")]
    [InlineData("agreements/vip-membership/versions/2023-11-01/clauses/8.3%20%5B2nd%5D", "8.3 [2nd]")]
    [InlineData("agreements/terms-of-use/versions/2025-04-01/clauses/%C2%A79", "§9")]
    [InlineData("agreements/terms-of-use/versions/2025-04-01/clauses/c-2.1-p3", "2.1 ¶3")]
    [InlineData("agreements/merchant-service/versions/2022-01-01/clauses/preamble?rendering=2", "preamble")]
    [InlineData("agreements/customs-declaration-terms/versions/undated/clauses/excerpt", "excerpt")]
    public async Task A_clause_is_found_by_its_label_or_anchor(string path, string label) =>
        Assert.Equal(label, (await Get(path)).GetProperty("clause").GetProperty("label").GetString());

    [Fact]
    public async Task A_clause_comes_with_its_facts_rules_and_notes()
    {
        var clause = await Get("agreements/terms-of-use/versions/2025-04-01/clauses/12.7");
        Assert.Contains(clause.GetProperty("rules").EnumerateArray(), r => r.GetProperty("rule").GetString() == "prc");
        Assert.Contains("full stop", clause.GetProperty("clause").GetProperty("notes")[0].GetString(), StringComparison.Ordinal);
        var cap = await Get("agreements/free-membership/versions/2025-04-01/clauses/6.7");
        Assert.Contains(cap.GetProperty("facts").EnumerateArray(), f => f.GetProperty("id").GetString() == "cap-fma");
    }

    [Fact]
    public async Task Caps_receipts_and_time_limits_compute()
    {
        Assert.Equal(100, (await Get("facts/cap?agreement=free-membership&at=2025-06-01")).GetProperty("amount").GetInt32());
        var greater = await Get("facts/cap?agreement=terms-of-use&feesPaid=250.5&currency=USD&at=2025-06-01");
        Assert.Equal("undetermined", greater.GetProperty("outcome").GetString());
        Assert.Equal(250.5m, greater.GetProperty("atLeast").GetDecimal());
        Assert.Equal("2025-05-06", (await Get("facts/deemed-receipt?agreement=merchant-service&direction=to-user&channel=paper-mail&sentAt=2025-05-01T10:00:00Z")).GetProperty("date").GetString());
        Assert.Equal("2025-05-01T10:00:00Z", (await Get("facts/deemed-receipt?agreement=terms-of-use&direction=to-user&channel=site-posting&sentAt=2025-05-01T18:00:00%2B08:00")).GetProperty("instant").GetString());
        Assert.Equal("not-permitted", (await Get("facts/deemed-receipt?agreement=terms-of-use&direction=to-platform&channel=email&sentAt=2025-05-01")).GetProperty("outcome").GetString());
        Assert.Equal("2025-05-21", (await Get("facts/time-limit?agreement=merchant-service&clause=15.6.1&start=2025-05-01")).GetProperty("lastDay").GetString());
        var conflict = await Get("facts/time-limit?agreement=merchant-service&clause=5.1.4&start=2025-05-01");
        Assert.Equal("undetermined", conflict.GetProperty("outcome").GetString());
        Assert.Contains("contradict", conflict.GetProperty("because").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_never_changes_has_an_etag_and_is_not_sent_twice()
    {
        var address = new Uri("/api/v1/agreements/free-membership/versions/2025-04-01/text", UriKind.Relative);
        using var first = await client.GetAsync(address);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, address));
        Assert.Equal(first.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
    }

    [Theory]
    [InlineData("/api/v1/agreements/free-membership", "/api/v1/agreements/free-membership/versions/2024-07-12")]
    [InlineData("/agreements/free-membership", "/agreements/free-membership/2024-07-12")]
    public async Task The_address_of_an_agreement_leads_to_the_version_in_force_then(string address, string version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Datetime", "Sat, 01 Mar 2025 00:00:00 GMT");
        using var response = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(version, response.Headers.Location!.ToString());
        Assert.Contains("Accept-Datetime", response.Headers.Vary);
        using var memento = await client.GetAsync(new Uri(version, UriKind.Relative));
        Assert.Equal("Thu, 11 Jul 2024 16:00:00 GMT", memento.Headers.GetValues("Memento-Datetime").Single());
    }

    [Fact]
    public async Task Public_reading_is_open_to_other_origins_and_writing_is_not()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/agreements");
        request.Headers.Add("Origin", "https://shop.example");
        using var response = await client.SendAsync(request);
        Assert.Equal("*", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/api/v1/applicable");
        preflight.Headers.Add("Origin", "https://shop.example");
        preflight.Headers.Add("Access-Control-Request-Method", "DELETE");
        using var answer = await client.SendAsync(preflight);
        Assert.DoesNotContain("DELETE", string.Join(',', answer.Headers.TryGetValues("Access-Control-Allow-Methods", out var allowed) ? allowed : []), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_feed_lists_every_version()
    {
        using var response = await client.GetAsync(new Uri("/feed.atom", UriKind.Relative));
        var feed = System.Xml.Linq.XDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("application/atom+xml", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(19, feed.Root!.Elements(System.Xml.Linq.XName.Get("entry", "http://www.w3.org/2005/Atom")).Count());
    }

    [Fact]
    public async Task Problem_types_explain_themselves()
    {
        using var response = await client.GetAsync(new Uri("/problems/no-version-at-instant", UriKind.Relative));
        Assert.Contains("in force", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_many_requests_are_told_when_to_come_back()
    {
        using var limited = application.WithWebHostBuilder(b => b.UseSetting("Terms:RequestsPerMinute", "3"));
        using var hasty = limited.CreateClient();
        hasty.DefaultRequestHeaders.Add("Origin", "https://shop.example");
        HttpResponseMessage last = null!;
        for (var i = 0; i < 4; i++)
        {
            last = await hasty.GetAsync(new Uri("/api/v1/parties", UriKind.Relative));
        }
        Assert.Equal(HttpStatusCode.TooManyRequests, last.StatusCode);
        Assert.InRange(last.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal("application/problem+json", last.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", last.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Retry-After", last.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/api/v1/agreements/free-membership", "GET, HEAD")]
    [InlineData("PUT", "/api/v1/applicable", "GET, HEAD, POST")]
    [InlineData("GET", "/api/v1/presentations", "POST")]
    public async Task A_method_that_an_address_does_not_answer_is_told_those_that_it_does(string method, string address, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allowed.Split(", "), response.Content.Headers.Allow);
        var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("/problems/method-not-allowed", body.GetProperty("type").GetString());
        Assert.Contains($"does not answer {method}. Send ", body.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("nothing.json")]
    [InlineData("agreements/free-membership/nothing")]
    public Task An_address_with_nothing_at_it_says_so(string path) => Refused(path, 404, "not-found", "There is nothing at this address.");

    [Fact]
    public async Task A_question_can_be_asked_for_its_head_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, "/api/v1/applicable?residence=FR&role=buyer");
        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("""[{"residence":"\ud800","role":"buyer"}]""")]
    [InlineData("""[{"\udc00":"FR","role":"buyer"}]""")]
    [InlineData("""[{"residence":"FR","role":"buyer","member":["a\ud83dx"]}]""")]
    [InlineData("""[{"residence":"FR","role":"\ud83d\ud83d"}]""")]
    public async Task A_body_that_is_no_Unicode_is_refused_in_words(string body)
    {
        using var response = await client.PostAsync(new Uri("/api/v1/applicable", UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("holds half of a surrogate pair, or bytes that are no UTF-8. Send well-formed Unicode.", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pairs_of_surrogates_and_escaped_escapes_are_texts_like_others()
    {
        using var response = await client.PostAsync(
            new Uri("/api/v1/applicable", UriKind.Relative), new StringContent("""[{"residence":"\ud83d\ude00","role":"\\ud800"}]""", Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("/problems/invalid-parameter", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_content_is_never_served()
    {
        var folder = Directory.CreateTempSubdirectory("terms").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "catalogue.yaml"), "zone: Nowhere/Land\n");
            var failure = Assert.Throws<ContentException>(() => TermsHost.Build([$"--Terms:Content={folder}"]));
            Assert.Contains("catalogue.yaml:1: the time zone `Nowhere/Land` is not known. Use an IANA name, such as Asia/Hong_Kong.", failure.Message, StringComparison.Ordinal);
            Assert.Contains("parties.yaml:1: the file is missing", failure.Message, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<HttpResponseMessage> Post(string json)
    {
        var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        return client.PostAsync(new Uri("/api/v1/applicable", UriKind.Relative), content);
    }
}
