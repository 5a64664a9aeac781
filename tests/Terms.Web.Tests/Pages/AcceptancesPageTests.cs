using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Terms.Acceptance;
using Terms.Notices;
using Terms.Web.Tests.Endpoints;

namespace Terms.Web.Tests.Pages;

/// <summary>What a person sees of their acceptances through a signed link.</summary>
public sealed partial class AcceptancesPageTests : IDisposable
{
    private readonly AcceptanceApplication application = new();
    private readonly HttpClient service;
    private readonly HttpClient reader;

    public AcceptancesPageTests()
    {
        service = application.Service();
        reader = application.CreateClient();
    }

    [Fact]
    public async Task All_acts_are_listed_the_newest_first()
    {
        await service.Accept("member-17", "decline");
        application.Now = application.Now.AddDays(1);
        var agreed = (await service.Accept("member-17")).Text("id");
        await service.Accept("somebody-else");

        var page = await reader.GetStringAsync(await Link("member-17"));

        Assert.Contains("Records: 2.", page, StringComparison.Ordinal);
        Assert.Matches("(?s)>Agreed</span> <time datetime=\"2025-06-02T12:00:00Z\">2 June 2025, 12:00:00 UTC</time>.*>Declined</span> <time datetime=\"2025-06-01T12:00:00Z\">", page);
        Assert.Contains("href=\"/agreements/lamp-hire/2025-01-01?lang=en&amp;rendering=1\"", page, StringComparison.Ordinal);
        Assert.Single(Withdrawals().Matches(page), m => m.Value.Contains(agreed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_than_fifty_acts_stand_on_several_pages_each_once()
    {
        var lines = Enumerable.Range(1, 101).Select(n => $$"""{"subject":"member-17","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":null,"system":"old-shop","reference":"r-{{n}}"}""");
        using var imported = await service.PostAsync(new Uri("/api/v1/acceptances/import", UriKind.Relative), new StringContent(string.Join('\n', lines), System.Text.Encoding.UTF8, "application/jsonl"));
        imported.EnsureSuccessStatusCode();
        var link = await Link("member-17");

        var pages = new[] { await reader.GetStringAsync(link), await reader.GetStringAsync(Below(link, "?page=2")), await reader.GetStringAsync(Below(link, "?page=3")) };

        Assert.All(pages, p => Assert.Contains("Records: 101.", p, StringComparison.Ordinal));
        Assert.Equal([50, 50, 1], pages.Select(p => Withdrawals().Count(p)));
        Assert.Equal(101, pages.SelectMany(p => Withdrawals().Matches(p)).Select(m => m.Value).Distinct().Count());
        Assert.Equal([(false, true), (true, true), (true, false)], pages.Select(p => (p.Contains("rel=\"prev\"", StringComparison.Ordinal), p.Contains("rel=\"next\"", StringComparison.Ordinal))));
        foreach (var (beyond, nearest) in new[] { ("4", 2), ("0", 0), ("-1", 0), ("x", 0), ("99999999999", 0) })
        {
            Assert.Equal(Withdrawals().Matches(pages[nearest]).Select(m => m.Value), Withdrawals().Matches(await reader.GetStringAsync(Below(link, $"?page={beyond}"))).Select(m => m.Value));
        }
    }

    [Fact]
    public async Task What_was_shown_comes_back_byte_for_byte_inside_a_page_that_switches_it_off()
    {
        var presented = await service.Present("member-17");
        var sent = Fragment().Match(await reader.GetStringAsync(new Uri(new Uri(presented.Text("url")).AbsolutePath, UriKind.Relative))).Value;
        var id = (await ServiceCalls.Answer(await service.Post(new { kind = "agree", token = presented.Text("token") }), 201)).Text("id");
        application.Now = application.Now.AddMonths(2); // Another version is in force.
        var link = await Link("member-17");

        var page = await reader.GetStringAsync(Below(link, $"/{id}/shown"));
        using var file = await reader.GetAsync(Below(link, $"/{id}/shown.html"));

        Assert.Contains("<fieldset class=\"kept\" disabled", page, StringComparison.Ordinal);
        Assert.Contains(sent, page, StringComparison.Ordinal);
        Assert.Contains("This is what this server gave the service to show, byte for byte.", page, StringComparison.Ordinal);
        Assert.Equal(sent, await file.Content.ReadAsStringAsync());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task The_receipt_is_a_file_that_proves_itself_and_a_page_that_says_what_it_proves()
    {
        using var posted = await service.Post(new { kind = "agree", token = (await service.Present("member-17")).Text("token"), details = new { name = "Ada <b>Löw</b>" } });
        var id = (await ServiceCalls.Answer(posted, 201)).Text("id");
        var link = await Link("member-17");

        var page = await reader.GetStringAsync(Below(link, $"/{id}"));
        ReceiptCheck.Proves(await reader.GetStringAsync(Below(link, $"/{id}/receipt.json")));

        foreach (var words in new[] { "What this shows, if it verifies", "What it does not show", "That the terms are valid, or what effect they have in law.", "Agree and continue", "member-17", "Ada &lt;b&gt;L" })
        {
            Assert.Contains(words, page, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("<b>L", page, StringComparison.Ordinal);
        using var erased = await service.DeleteAsync(new Uri($"/api/v1/acceptances/{id}/details", UriKind.Relative));
        var after = await reader.GetStringAsync(Below(link, $"/{id}"));
        Assert.Contains("erased, or not given out here", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Ada", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acceptance_is_withdrawn_after_a_question_and_only_once()
    {
        var id = (await service.Accept("member-17")).Text("id");
        var link = await Link("member-17");
        var question = await reader.GetStringAsync(Below(link, $"/{id}/withdraw"));
        Assert.Contains("It does not by itself end a contract or undo an order.", question, StringComparison.Ordinal);

        using var withdrawn = await Withdraw(link, id, Token(question));
        using var again = await Withdraw(link, id, Token(question));

        Assert.Equal(HttpStatusCode.SeeOther, withdrawn.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("There is nothing to withdraw", await again.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Matches($"Withdraws the acceptance\\s+<a href=\"{Regex.Escape($"{link}/{id}")}\">", await reader.GetStringAsync(withdrawn.Headers.Location));
        Assert.Contains("Withdrawn: <a href=", await reader.GetStringAsync(link), StringComparison.Ordinal);
        Assert.Equal("withdrawn", (await service.Status("member-17")).GetProperty("required")[0].Text("because"));
        var record = (await service.Get("/api/v1/subjects/member-17/acceptances"))[1].GetProperty("record");
        Assert.Equal(("withdraw", "page", id), (record.Text("kind"), record.Text("channel"), record.Text("withdraws")));
    }

    [Fact]
    public async Task A_withdrawal_needs_the_token_of_its_own_question()
    {
        var (id, other) = ((await service.Accept("member-17")).Text("id"), (await service.Accept("member-17")).Text("id"));
        var link = await Link("member-17");
        var mine = Token(await reader.GetStringAsync(Below(link, $"/{id}/withdraw")));
        string[] foreign =
        [
            "", "x", mine + "A", mine[..^1], Token(await reader.GetStringAsync(Below(link, $"/{other}/withdraw"))), link.OriginalString["/acceptances/".Length..],
            application.Tokens.Sign(new WithdrawalClaims("somebody-else", id, application.Now.AddHours(1))),
        ];
        foreach (var token in foreign)
        {
            using var refused = await Withdraw(link, id, token);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, Below(link, $"/{id}/withdraw")) { Content = new FormUrlEncodedContent([new("token", mine)]) };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var elsewhere = await reader.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, elsewhere.StatusCode);

        application.Now = application.Now.AddMinutes(90);
        using var late = await Withdraw(await Link("member-17"), id, mine);
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("The page was open for too long, and nothing was recorded.", await late.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await service.Get("/api/v1/subjects/member-17/acceptances")).GetArrayLength());
    }

    [Fact]
    public async Task What_was_declined_cannot_be_withdrawn()
    {
        var id = (await service.Accept("member-17", "decline")).Text("id");
        using var question = await reader.GetAsync(Below(await Link("member-17"), $"/{id}/withdraw"));
        Assert.Equal(HttpStatusCode.Conflict, question.StatusCode);
    }

    [Fact]
    public async Task A_link_that_is_late_or_altered_says_how_to_get_a_new_one()
    {
        await service.Accept("member-17");
        var link = await Link("member-17");
        foreach (var altered in new[] { link.OriginalString + "A", link.OriginalString[..^2], "/acceptances/x", "/acceptances/" + application.Tokens.Sign(new WithdrawalClaims("member-17", "a0", application.Now.AddHours(1))) })
        {
            using var refused = await reader.GetAsync(new Uri(altered, UriKind.Relative));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("ask for a new one there", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        application.Now = application.Now.AddMinutes(60);
        using var late = await reader.GetAsync(link);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        var words = await late.Content.ReadAsStringAsync();
        Assert.Contains("The time of this link is over", words, StringComparison.Ordinal);
        Assert.DoesNotContain("member-17", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_opens_the_acts_of_its_own_subject_alone()
    {
        var other = (await service.Accept("somebody-else")).Text("id");
        var link = await Link("member-17");
        foreach (var below in new[] { "", "/receipt.json", "/shown", "/shown.html", "/withdraw" })
        {
            using var refused = await reader.GetAsync(Below(link, $"/{other}{below}"));
            Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        }
        Assert.Contains("Nothing is recorded for you yet.", await reader.GetStringAsync(link), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_older_system_recorded_is_shown_as_its_word()
    {
        using var imported = await service.PostAsJsonAsync(
            new Uri("/api/v1/acceptances/import", UriKind.Relative),
            new[] { new { subject = "member-17", agreements = new[] { new { agreement = "lamp-hire", version = "2025-01-01" } }, agreed = "2025-02-03T04:05:06Z", system = "old shop", reference = "no. 7" } });
        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        var id = (await service.Get("/api/v1/subjects/member-17/acceptances"))[0].Text("id");
        var link = await Link("member-17");

        var page = await reader.GetStringAsync(Below(link, $"/{id}"));

        Assert.Contains("Agreed, as an older system says <time datetime=\"2025-02-03T04:05:06Z\">", page, StringComparison.Ordinal);
        Assert.Contains("from an older system; this server saw neither the form nor the act", page, StringComparison.Ordinal);
        Assert.DoesNotContain("/shown\"", page, StringComparison.Ordinal);
        using var shown = await reader.GetAsync(Below(link, $"/{id}/shown"));
        Assert.Equal(HttpStatusCode.NotFound, shown.StatusCode);
    }

    [Theory]
    [InlineData("en", "1 notice of these versions", "What you were told of these versions", "before this act", "e-mail", "The notice")]
    [InlineData("zh-Hans", "关于这些版本的通知：1 份", "就这些版本向您发出的通知", "在此行为之前", "电子邮件", "通知原文")]
    [InlineData("ru", "1 извещение об этих редакциях", "Что вам сообщили об этих редакциях", "до этого действия", "электронная почта", "Извещение")]
    [InlineData("ko", "이 버전에 관한 통지 1건", "이 버전에 관해 귀하에게 보낸 통지", "이 행위 이전", "전자우편", "통지 원문")]
    public async Task What_somebody_was_told_of_a_version_stands_beside_their_act_on_it(string language, params string[] says)
    {
        var presented = await service.Present("member-17");
        var notice = await application.Told("member-17", "Lamps <b>from</b> July.");
        await application.Told("somebody-else", "Another's.");
        await application.Told("member-17", "Taken back.", textDigest: Terms.Catalogue.Digest.Of("words that were taken back"));
        var id = (await ServiceCalls.Answer(await service.Post(new { kind = "agree", token = presented.Text("token") }), 201)).Text("id");
        application.Now = application.Now.AddDays(1);
        await application.Told("member-17", "Too late.", version: "2025-07-01");
        var link = await Link("member-17");
        reader.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);

        var list = System.Net.WebUtility.HtmlDecode(await reader.GetStringAsync(link));
        Assert.Contains($"<a href=\"{link}/{id}#notices\" aria-describedby=\"h-{id}\">{says[0]}</a>", list, StringComparison.Ordinal);
        var html = await reader.GetStringAsync(Below(link, $"/{id}"));
        var page = System.Net.WebUtility.HtmlDecode(html);
        Assert.All(says[1..], s => Assert.Contains(s, page, StringComparison.Ordinal));
        Assert.Contains(notice.Digest.Value, page, StringComparison.Ordinal);
        Assert.Contains("<time datetime=\"2025-06-01T12:00:00Z\">", page, StringComparison.Ordinal);
        Assert.Contains("lang=\"en\">Lamps &lt;b&gt;from&lt;/b&gt; July.</div>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Another's.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Too late.", page, StringComparison.Ordinal); // It is about another version.
        Assert.DoesNotContain("Taken back.", page, StringComparison.Ordinal); // So is this, although it bears the same day.
        Assert.DoesNotContain("member-17@", page, StringComparison.Ordinal);

        var form = await reader.GetStringAsync(new Uri(new Uri(presented.Text("url")).AbsolutePath + "/receipt", UriKind.Relative));
        Assert.DoesNotContain("id=\"notices\"", form, StringComparison.Ordinal); // Whoever has the address of the form need not know what its reader was told.
    }

    [Theory]
    [InlineData(NoticeStage.Queued, "It waits to be sent.")]
    [InlineData(NoticeStage.Attempted, "Sending began, and nobody knows whether it was sent.")]
    public async Task A_notice_of_which_nobody_knows_whether_it_was_sent_is_not_called_unsent(NoticeStage stage, string words)
    {
        await application.Told("member-17", "Lamps from July.", upTo: stage);
        var id = (await service.Accept("member-17")).Text("id");

        var page = await reader.GetStringAsync(Below(await Link("member-17"), $"/{id}"));
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("It was not sent.", page, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        service.Dispose();
        reader.Dispose();
        application.Dispose();
    }

    private async Task<Uri> Link(string subject)
    {
        using var made = await service.PostAsync(new Uri($"/api/v1/subjects/{subject}/link", UriKind.Relative), null);
        return new Uri(new Uri((await ServiceCalls.Answer(made, 200)).Text("url")).AbsolutePath, UriKind.Relative);
    }

    private static Uri Below(Uri link, string path) => new(link.OriginalString + path, UriKind.Relative);

    private Task<HttpResponseMessage> Withdraw(Uri link, string id, string token) => reader.PostAsync(Below(link, $"/{id}/withdraw"), new FormUrlEncodedContent([new("token", token)]));

    private static string Token(string page) => Hidden().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"token\" value=\"([^\"]+)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("href=\"[^\"]+/withdraw\"")]
    private static partial Regex Withdrawals();

    [GeneratedRegex("<section class=\"offer\".*?</section>", RegexOptions.Singleline)]
    private static partial Regex Fragment();
}
