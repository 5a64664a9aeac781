using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Terms.Web.Tests.Pages;

/// <summary>What the pages answer over HTTP, without a browser.</summary>
public sealed class PagesTests(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>
{
    private readonly HttpClient client = factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    public static readonly TheoryData<string> Addresses =
    [
        "/", "/agreements/free-membership", "/agreements/terms-of-use", "/agreements/alibaba-terms-of-use", "/agreements/vip-membership", "/agreements/seller-code",
        "/agreements/privacy-policy-ru", "/agreements/customs-declaration-terms", "/agreements/unpaid-items-policy", "/agreements/free-membership/2024-07-12",
        "/agreements/merchant-service/2022-01-01", "/agreements/merchant-service/2022-01-01?rendering=2", "/agreements/seller-code/undated",
        "/agreements/free-membership/compare", "/agreements/alibaba-terms-of-use/compare?show=all&cosmetic=shown", "/agreements/merchant-service/compare",
        "/agreements/free-membership/history", "/agreements/alibaba-terms-of-use/history", "/agreements/free-membership?residence=FR&role=buyer",
        "/applicable", "/applicable?residence=KR&role=buyer", "/applicable?residence=US&role=buyer&accessFrom=KR", "/applicable?residence=CN&role=seller&service=deposit",
        "/facts", "/facts?agreement=free-membership&kind=cap", "/facts?version=terms-of-use%2F2025-04-01&page=2", "/parties",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_page_is_well_formed_in_every_language(string address)
    {
        foreach (var language in new[] { "en", "zh-Hans", "ru", "ko" })
        {
            var (status, html) = await Get(address, language);
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.Single(Regex.Matches(html, "<h1\\b"));
            Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=", html);
            Assert.DoesNotMatch(@">(?!Ali\w+\.com<)(?:[A-Z][A-Za-z]+\.)+[A-Za-z-]+<", html);
            var ids = Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.All(Regex.Matches(html, "href=\"#([^\"]+)\"").Select(m => m.Groups[1].Value), target => Assert.Contains(target, ids));
            var levels = Regex.Matches(html, "<h([1-6])\\b").Select(m => m.Groups[1].Value[0] - '0').ToList();
            Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} is followed by h{pair.Second}"));
        }
    }

    [Theory]
    [InlineData("/nothing-here", 404)]
    [InlineData("/agreements/nope", 404)]
    [InlineData("/agreements/nope/history", 404)]
    [InlineData("/agreements/free-membership/1999-01-01", 404)]
    [InlineData("/agreements/nope/compare", 404)]
    [InlineData("/agreements/free-membership/compare?from=1999-01-01", 404)]
    [InlineData("/agreements/free-membership?rendering=2", 404)]
    [InlineData("/agreements/free-membership?lang=zh", 404)]
    [InlineData("/agreements/free-membership?at=2001-01-01", 404)]
    [InlineData("/agreements/free-membership?at=yesterday", 400)]
    [InlineData("/agreements/free-membership?residence=UK&role=buyer", 400)]
    [InlineData("/agreements/free-membership?residence=FR", 400)]
    [InlineData("/applicable?residence=FR&role=king", 400)]
    [InlineData("/applicable?residence=&role=", 400)]
    [InlineData("/applicable?residence=FR&role=buyer&at=2025-04-01T00:00:00", 400)]
    [InlineData("/applicable?residence=FR&residence=KR&role=buyer", 400)]
    [InlineData("/applicable?residence=FR&role=buyer&agreement=nope", 404)]
    [InlineData("/applicable?residence=%3Cscript%3E&role=buyer", 400)]
    [InlineData("/facts?agreement=nope", 404)]
    [InlineData("/facts?agreement=free-membership&version=1999-01-01", 404)]
    [InlineData("/facts?kind=nope", 400)]
    public async Task What_cannot_be_answered_is_refused_in_words(string address, int status)
    {
        var (found, html) = await Get(address, "en");
        Assert.Equal(status, (int)found);
        Assert.Single(Regex.Matches(html, "<h1\\b"));
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_style_is_kept_for_good_under_the_address_that_names_its_bytes_and_under_no_other()
    {
        var (_, html) = await Get("/", "en");
        var named = Regex.Match(html, "href=\"(/terms\\.css\\?v=[0-9a-f]+)\"").Groups[1].Value;
        foreach (var (address, kept) in new[] { (named, "public, max-age=31536000, immutable"), ("/terms.css?v=of-another-release", "no-cache"), ("/terms.css", "no-cache") })
        {
            using var style = await client.GetAsync(new Uri(address, UriKind.Relative));
            Assert.Equal((address, kept), (address, style.Headers.GetValues("Cache-Control").Single()));
        }
    }

    [Fact]
    public async Task Errors_lead_to_their_fields()
    {
        var (_, html) = await Get("/applicable?residence=xx&role=", "en");
        foreach (var field in new[] { "residence", "role" })
        {
            Assert.Contains($"<a href=\"#q-{field}\">", html, StringComparison.Ordinal);
            Assert.Matches($"<select id=\"q-{field}\"[^>]*aria-invalid=\"true\"[^>]*aria-describedby=\"e-{field}\"", html);
        }
    }

    [Fact]
    public async Task A_version_says_which_text_it_is_and_since_when()
    {
        var (_, html) = await Get("/agreements/free-membership/2024-07-12", "en");
        Assert.Contains("A restatement, not the operator’s official text.", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("Was in force from 12 July 2024, until replaced on 1 April 2025.", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/agreements/free-membership/2025-04-01\">In force: version of 1 April 2025", html, StringComparison.Ordinal);
        Assert.Contains("sha256:", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_is_said()
    {
        Assert.Contains("The text bears no date", (await Get("/agreements/seller-code", "en")).Html, StringComparison.Ordinal);
        Assert.Contains("Whether it still applies is not known.", (await Get("/agreements/alibaba-terms-of-use", "en")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_keeps_its_language_whatever_the_interface_speaks()
    {
        var (_, korean) = await Get("/agreements/free-membership", "ko");
        Assert.Contains("<div class=\"terms\" lang=\"en\">", korean, StringComparison.Ordinal);
        Assert.Contains("본문은 영어로 표시됩니다", WebUtility.HtmlDecode(korean), StringComparison.Ordinal);
        Assert.Contains("<div class=\"terms\" lang=\"ru\">", (await Get("/agreements/privacy-policy-ru", "en")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"language\"", (await Get("/agreements/privacy-policy-ru", "ru")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_moment_chooses_the_version()
    {
        var (_, html) = await Get("/agreements/free-membership?at=2025-03-31", "en");
        Assert.Contains("Contract · version of 12 July 2024", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/applicable?residence=KR&role=buyer&agreement=free-membership", "AliExpress Korea Limited")]
    [InlineData("/applicable?residence=FR&role=visitor&agreement=free-membership", "Alibaba.com Singapore E-Commerce Private Limited")]
    [InlineData("/agreements/free-membership?residence=FR&role=buyer", "Alibaba.com Singapore E-Commerce Private Limited")]
    public async Task The_answer_names_the_company(string address, string company)
    {
        var (_, html) = await Get(address, "en");
        Assert.Contains("You contract with", html, StringComparison.Ordinal);
        Assert.Contains($"<strong lang=\"en\">{company}</strong>", html, StringComparison.Ordinal);
        Assert.Contains("Mandatory law of the place where you live may give you more.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_conflict_shows_every_candidate()
    {
        var (_, html) = await Get("/applicable?residence=US&role=buyer&accessFrom=KR&agreement=free-membership", "en");
        Assert.Contains("Conflict.", html, StringComparison.Ordinal);
        Assert.Contains("AliExpress E-Commerce One Pte. Ltd.", html, StringComparison.Ordinal);
        Assert.Contains("ALIEXPRESS KOREA HOLDING (SINGAPORE) PTE. LTD.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_renderings_show_where_they_contradict_each_other()
    {
        var (_, html) = await Get("/agreements/merchant-service/2022-01-01?rendering=2", "en");
        Assert.Contains("Where the two renderings contradict each other", html, StringComparison.Ordinal);
        Assert.Contains("five thousandths (0.5%) of the unpaid amount per day", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Choosing_a_language_is_kept_and_leads_back_to_the_same_page_only()
    {
        using var chosen = await client.GetAsync("/facts?kind=cap&ui=ko");
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Equal("/facts?kind=cap", chosen.Headers.Location!.OriginalString);
        var cookie = Assert.Single(chosen.Headers.GetValues("Set-Cookie"));
        Assert.Contains("uic%3Dko", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/facts");
        request.Headers.Add("Cookie", cookie.Split(';')[0]);
        using var answer = await client.SendAsync(request);
        Assert.Contains("<html lang=\"ko\">", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var unknown = await client.GetAsync("/?ui=xx");
        Assert.Equal("/", unknown.Headers.Location!.OriginalString);
        Assert.False(unknown.Headers.Contains("Set-Cookie"));
    }

    [Theory]
    [InlineData("zh-CN,zh;q=0.9", "zh-Hans")]
    [InlineData("ru-RU", "ru")]
    [InlineData("ko-KR,ko;q=0.9,en;q=0.8", "ko")]
    [InlineData("fr-FR", "en")]
    public async Task The_browser_s_language_is_taken(string header, string language) =>
        Assert.Contains($"<html lang=\"{language}\">", (await Get("/", header)).Html, StringComparison.Ordinal);

    [Fact]
    public async Task Countries_bear_their_names_in_the_language_of_the_interface()
    {
        Assert.Contains(">Франция</option>", WebUtility.HtmlDecode((await Get("/applicable", "ru")).Html), StringComparison.Ordinal);
        Assert.Contains(">法国</option>", WebUtility.HtmlDecode((await Get("/applicable", "zh-CN")).Html), StringComparison.Ordinal);
        Assert.Equal(249, Regex.Count((await Get("/agreements/free-membership", "en")).Html, "<option value=\"[A-Z]{2}\""));
    }

    [Fact]
    public async Task Pages_answer_head_and_say_what_they_vary_by()
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("Accept-Language", answer.Headers.Vary);
        Assert.Contains("script-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Html)> Get(string address, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Language", language);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
