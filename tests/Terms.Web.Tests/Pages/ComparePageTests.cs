using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Terms.Web.Tests.Pages;

/// <summary>What the page that compares two versions answers over HTTP.</summary>
public sealed class ComparePageTests(WebApplicationFactory<Program> factory) : IClassFixture<WebApplicationFactory<Program>>
{
    private readonly HttpClient client = factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    [Fact]
    public async Task The_summary_stands_at_the_top_in_words()
    {
        var html = await Get("/agreements/free-membership/compare?from=2024-07-12&to=2025-04-01");
        Assert.Contains("3 clauses changed, 1 added, 2 renumbered and changed; 4 of them on company, law, forum, liability or time for claims.", html, StringComparison.Ordinal);
        Assert.Contains("The contracting company changes for:</strong> residents of South Korea", html, StringComparison.Ordinal);
        Assert.Contains("Facts that differ: 1. Rules that differ: 5.", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("3 clauses changed", StringComparison.Ordinal) < html.IndexOf("<form", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("en", "3 clauses changed, 1 added, 2 renumbered and changed;")]
    [InlineData("zh-Hans", "修改 3 条，新增 1 条，重新编号并修改 2 条；")]
    [InlineData("ru", "3 пункта изменено, 1 добавлен, 2 изменено с переменой номера;")]
    [InlineData("ko", "조항 변경 3건, 신설 1건, 번호 및 문구 변경 2건;")]
    public async Task The_summary_speaks_the_language_of_the_interface(string language, string words) =>
        Assert.Contains(words, await Get("/agreements/free-membership/compare", language), StringComparison.Ordinal);

    [Theory]
    [InlineData("en", "residents of South Korea who use the sites from outside the Relevant Jurisdictions", "the laws of the People’s Republic of China")]
    [InlineData("zh-Hans", "居住在韩国、从“相关司法管辖区”以外使用网站的人", "中华人民共和国法律")]
    [InlineData("ru", "лица, проживающие на территории: Республика Корея и использующие сайты не с территории: «Соответствующие юрисдикции»", "право Китайской Народной Республики")]
    [InlineData("ko", "거주지가 대한민국이고 접속 지역이 ‘해당 관할권’ 밖인 사람", "중화인민공화국")]
    public async Task Who_is_affected_and_by_what_is_said_in_the_language_of_the_interface(string language, string who, string law)
    {
        var html = await Get("/agreements/free-membership/compare", language);
        var table = html[html.IndexOf("<table", StringComparison.Ordinal)..html.IndexOf("</table>", StringComparison.Ordinal)];
        Assert.Contains(who, html[..html.IndexOf("<form", StringComparison.Ordinal)], StringComparison.Ordinal);
        Assert.Contains(who, table, StringComparison.Ordinal);
        Assert.Contains(law, table, StringComparison.Ordinal);
        Assert.Contains("<span lang=\"en\">AliExpress Korea Limited</span>", table, StringComparison.Ordinal);
        if (language != "en")
        {
            Assert.DoesNotMatch("residents|who use|open between|the laws of|except about", table);
        }
    }

    [Fact]
    public async Task Amounts_and_companies_that_differ_between_the_renderings_are_counted_and_listed()
    {
        var html = await Get("/agreements/merchant-service/compare");
        var list = Regex.Match(html, "<p class=\"telling\" id=\"figures\">.*?</p>", RegexOptions.Singleline).Value;
        var count = Regex.Count(list, "<a href=\"#change-\\d+\">");
        Assert.Contains($"<a href=\"#figures\">In {count} changes, amounts, periods, other numbers or companies differ.</a>", html, StringComparison.Ordinal);
        Assert.Matches("<a href=\"#change-\\d+\">clause 5.1.4</a>", list);
        Assert.DoesNotContain(">clause 2.4<", list, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_versions_the_one_in_force_is_compared_with_the_one_before_it()
    {
        var html = await Get("/agreements/free-membership/compare");
        Assert.Matches("<option value=\"2024-07-12\" selected[^>]*>version of 12 July 2024</option>", html);
        Assert.Equal(Content(await Get("/agreements/free-membership/compare?from=2024-07-12&to=2025-04-01")), Content(html));
        Assert.Contains("A restatement, not the operator’s official text.", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_bears_its_kind_and_labels_in_words_and_leads_to_both_versions()
    {
        var html = await Get("/agreements/free-membership/compare");
        var change = Change(html, "clause 1.1(c) → 1.1(d)");
        Assert.Contains("<span class=\"badge\">Renumbered</span>", change, StringComparison.Ordinal);
        Assert.Contains("Critical: on company, law, forum, liability or time for claims", change, StringComparison.Ordinal);
        Assert.Contains("href=\"/agreements/free-membership/2024-07-12#c-1.1(c)\"", change, StringComparison.Ordinal);
        Assert.Contains("href=\"/agreements/free-membership/2025-04-01#c-1.1(d)\"", change, StringComparison.Ordinal);
        Assert.Contains("<ins><span class=\"hidden\" lang=\"en\"> inserted: </span>, South Korea<span class=\"hidden\" lang=\"en\"> end of insertion; </span></ins>", change, StringComparison.Ordinal);
        Assert.Matches("<ins class=\"figures\"><span class=\"hidden\" lang=\"en\"> inserted, figure or company: </span>[^<]*AliExpress Korea Limited", Change(html, "clause 2.7"));
        var added = Change(html, "clause 1.1(c)<");
        Assert.Contains("<span class=\"badge\">Added</span>", added, StringComparison.Ordinal);
        Assert.Contains("Old version: not there", added, StringComparison.Ordinal);
        Assert.Contains("AliExpress Korea Limited", added, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_lead_to_each_other()
    {
        var html = await Get("/agreements/alibaba-terms-of-use/compare?from=2020-05-06&to=2020-10-17");
        var last = Regex.Count(html, "<section class=\"change\"");
        Assert.True(last > 10);
        for (var number = 1; number <= last; number++)
        {
            Assert.Contains($"<section class=\"change\" id=\"change-{number}\" tabindex=\"-1\" aria-labelledby=\"change-{number}-title\">", html, StringComparison.Ordinal);
            Assert.Equal(number < last, html.Contains($"<a href=\"#change-{number + 1}\">Next change ({number + 1})</a>", StringComparison.Ordinal));
        }
        Assert.Contains("Only a passage of the clause", Change(html, "clause 1.1 → 2.6"), StringComparison.Ordinal);
        Assert.Contains("A passage moved to: 2.6", Change(html, "clause 1.1<"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_table_says_who_is_affected_and_how()
    {
        var html = await Get("/agreements/free-membership/compare");
        var row = Regex.Matches(html, "<tr role=\"row\">.*?</tr>", RegexOptions.Singleline)[1].Value;
        foreach (var words in new[] { "Contracting company", "residents of South Korea who use the sites", "Alibaba.com Singapore E-Commerce Private Limited", "AliExpress Korea Limited", "38,080", "lives in South Korea" })
        {
            Assert.Contains(words, row, StringComparison.Ordinal);
        }
        Assert.Contains("href=\"/agreements/free-membership/2025-04-01?residence=KR&role=buyer&accessFrom=KR&site=aliexpress\"", row, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_and_facts_stand_with_their_values()
    {
        var html = await Get("/agreements/free-membership/compare");
        Assert.Contains("applies to", html, StringComparison.Ordinal);
        Assert.Contains("resident in South Korea, or uses the sites from South Korea", html, StringComparison.Ordinal);
        Assert.Contains("without prior notice, save in respect of any AliExpress Relevant Jurisdiction Users and South Korea Users", html, StringComparison.Ordinal);
        Assert.DoesNotContain("aliexpress-korea-holding", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unchanged_clauses_and_cosmetic_changes_are_shown_on_request()
    {
        const string Address = "/agreements/merchant-service/compare?from=2022-01-01&to=2022-01-01&fromRendering=1&toRendering=2";
        var html = await Get(Address);
        Assert.Contains("Cosmetic changes that are hidden: ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"same\"", html, StringComparison.Ordinal);
        var cosmetic = await Get(Address + "&cosmetic=shown");
        Assert.DoesNotContain("Cosmetic changes that are hidden: ", cosmetic, StringComparison.Ordinal);
        Assert.True(Regex.Count(cosmetic, "<section class=\"change\"") > Regex.Count(html, "<section class=\"change\""));
        var all = await Get(Address + "&show=all");
        Assert.Contains("class=\"same\"", all, StringComparison.Ordinal);
        Assert.Equal(Regex.Count(html, "<section class=\"change\""), Regex.Count(all, "<section class=\"change\""));
        Assert.Contains("One rendering: ", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/agreements/merchant-service/2022-01-01?lang=en&rendering=2#c-", html, StringComparison.Ordinal);
        Assert.Equal(Content(html), Content(await Get("/agreements/merchant-service/compare")));
    }

    [Fact]
    public async Task A_version_against_itself_has_no_changes() =>
        Assert.Contains("Nothing in the text has changed.", await Get("/agreements/free-membership/compare?from=2025-04-01&to=2025-04-01"), StringComparison.Ordinal);

    [Theory]
    [InlineData("/agreements/nope/compare", "There is no such agreement")]
    [InlineData("/agreements/free-membership/compare?from=1999-01-01", "There is no such version")]
    [InlineData("/agreements/free-membership/compare?to=%3Cscript%3E", "There is no such version")]
    [InlineData("/agreements/free-membership/compare?from=2024-07-12&from=2025-04-01", "There is no such version")]
    [InlineData("/agreements/free-membership/compare?fromRendering=2", "There is no such rendering")]
    [InlineData("/agreements/free-membership/compare?toRendering=x", "There is no such rendering")]
    [InlineData("/agreements/seller-code/compare", "There is nothing to compare with")]
    public async Task What_cannot_be_compared_is_refused_in_words(string address, string words)
    {
        var html = await Get(address, "en", HttpStatusCode.NotFound);
        Assert.Contains($"<h1>{words}</h1>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marks_in_a_text_stay_text()
    {
        using var answer = await client.GetAsync("/agreements/alibaba-terms-of-use/compare");
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Contains("User&#x27;s store", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(?:script|b|i|em)\\b", html);
    }

    [Fact]
    public async Task Version_and_history_lead_here()
    {
        const string Link = "href=\"/agreements/free-membership/compare?from=2024-07-12&to=2025-04-01\">";
        Assert.Contains(Link + "What changed since the version before</a>", await Get("/agreements/free-membership/2025-04-01"), StringComparison.Ordinal);
        Assert.Contains(Link + "Compared with 12 July 2024</a>", await Get("/agreements/free-membership/history"), StringComparison.Ordinal);
        Assert.Contains(">Compare the renderings</a>", await Get("/agreements/merchant-service/2022-01-01"), StringComparison.Ordinal);
        Assert.DoesNotContain("/compare", await Get("/agreements/free-membership/2024-07-12"), StringComparison.Ordinal);
    }

    private static string Content(string html) => html[html.IndexOf("<main", StringComparison.Ordinal)..];

    private static string Change(string html, string heading)
    {
        var place = html.IndexOf("</span> " + heading, StringComparison.Ordinal);
        Assert.True(place > 0, heading);
        return html[html.LastIndexOf("<section", place, StringComparison.Ordinal)..html.IndexOf("</section>", place, StringComparison.Ordinal)];
    }

    private async Task<string> Get(string address, string language = "en", HttpStatusCode status = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept-Language", language);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }
}
