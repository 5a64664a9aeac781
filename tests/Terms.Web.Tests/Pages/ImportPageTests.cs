using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;

namespace Terms.Web.Tests.Pages;

/// <summary>What the page of import answers over HTTP.</summary>
public sealed class ImportPageTests(TermsApplication application) : IClassFixture<TermsApplication>
{
    private static readonly byte[] TwoVersions = File.ReadAllBytes(Path.Combine(Repository.Root, "docs", "examples", "documents", "two-versions.md"));

    private readonly HttpClient client = application.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });

    [Theory]
    [InlineData("en", "Nothing is stored", "2 clauses changed")]
    [InlineData("zh-Hans", "不存储任何内容", "修改")]
    [InlineData("ru", "Ничего не сохраняется", "2 пункта изменено")]
    [InlineData("ko", "아무것도 저장하지 않습니다", "조항 변경")]
    public async Task The_page_is_well_formed_before_and_after_in_every_language(string language, string stored, string changed)
    {
        using var get = new HttpRequestMessage(HttpMethod.Get, "/import");
        var before = await Send(get, HttpStatusCode.OK, language);
        Assert.Contains(stored, WebUtility.HtmlDecode(before), StringComparison.Ordinal);
        var after = await Post(HttpStatusCode.OK, language, Named("two-versions.md", TwoVersions));
        Assert.Contains(changed, WebUtility.HtmlDecode(after), StringComparison.Ordinal);
        foreach (var html in new[] { before, after })
        {
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.Single(Regex.Matches(html, "<h1\\b"));
            Assert.DoesNotMatch("<script|<style| style=| on[a-z]+=", html);
            Assert.DoesNotMatch(@">(?:Import|Compare|Nav)\.[A-Za-z.]+<", html);
            var ids = Regex.Matches(html, " id=\"([^\"]+)\"").Select(m => m.Groups[1].Value).ToList();
            Assert.Equal(ids.Distinct(), ids);
            Assert.All(Regex.Matches(html, "href=\"#([^\"]+)\"").Select(m => WebUtility.HtmlDecode(m.Groups[1].Value)), target => Assert.Contains(target, ids));
            var levels = Regex.Matches(html, "<h([1-6])\\b").Select(m => m.Groups[1].Value[0] - '0').ToList();
            Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} is followed by h{pair.Second}"));
        }
    }

    [Fact]
    public async Task It_says_what_the_document_holds_what_is_wrong_and_what_changes()
    {
        var html = WebUtility.HtmlDecode(await Post(HttpStatusCode.OK, "en", Named("two-versions.md", TwoVersions)));

        Assert.Contains("Texts: 2.", html, StringComparison.Ordinal);
        Assert.Matches("Effective: 1 March 2025\\s+\\(read from line 3\\)", html);
        Assert.Matches("<a href=\"#t1-c-2.1\">clause 2.1</a>\\s+· line 13:\\s+<span>“the laws of Northland. If you live[^<]*only punctuation differs\\.\\s*<span class=\"remedy\">Make sure", html);
        Assert.Matches("<span class=\"badge\">TW403</span> A number in words and the figure", html);
        Assert.Contains("version of 1 March 2024 → version of 1 March 2025", html, StringComparison.Ordinal);
        Assert.Matches("<a href=\"#t1-c-1.1\">clause 1.1</a>", html);
        Assert.Contains("None of these agreements is in the catalogue", html, StringComparison.Ordinal);
        Assert.Contains("id=\"t2-c-1.1\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-Hans", "文字写出的数字与其后括号中的数字不一致", "中文字写的是 15，数字写的是 14。", "请查明哪个正确，两处都照此书写。")]
    [InlineData("ru", "Число словами и цифры в скобках после него расходятся", "словами сказано 15, а цифрами 14.", "Выясните, что верно, и напишите так в обоих местах.")]
    [InlineData("ko", "글로 쓴 수와 뒤의 괄호 안 숫자가 다르거나", "글로는 15, 숫자로는 14입니다.", "어느 쪽이 맞는지 알아보고 두 곳에 똑같이 쓰십시오.")]
    public async Task What_is_wrong_is_said_in_the_readers_language(string language, string kind, string what, string remedy)
    {
        var html = WebUtility.HtmlDecode(await Post(HttpStatusCode.OK, language, Named("two-versions.md", TwoVersions)));
        var wrong = Regex.Match(html, "<section aria-labelledby=\"wrong\">.*?</section>", RegexOptions.Singleline).Value;

        Assert.All([kind, what, remedy], words => Assert.Contains(words, wrong, StringComparison.Ordinal));
        Assert.DoesNotContain("lang=\"en\"", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_left_out_is_gathered_by_reason_the_rare_first()
    {
        var html = WebUtility.HtmlDecode(await Post(HttpStatusCode.OK, "en", Named("lamps.md", "# Lamp Terms\n\n## 1. Light\n\n- oil\n- gas\n- wicks\n- glass\n\n---\n\nLamps are lit.\n"u8.ToArray())));

        Assert.Matches("<details class=\"finding\" open[^>]*>\\s*<summary><span lang=\"en\">A ruled line</span> \\(1\\)</summary>\\s*<ul>\\s*<li>line 10: <q lang=\"en\">---</q>", html);
        Assert.Matches("<details class=\"finding\">\\s*<summary><span lang=\"en\">The mark of an item without a number</span> \\(4\\)</summary>", html);
        Assert.True(html.IndexOf("A ruled line", StringComparison.Ordinal) < html.IndexOf("The mark of an item", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_whose_agreement_is_in_the_catalogue_is_held_against_the_version_in_force()
    {
        var html = WebUtility.HtmlDecode(await Post(HttpStatusCode.OK, "en", Text("# AliExpress.com Free Membership Agreement\n\nEffective as of 1 January 2027\n\n## 1. Terms\n\n1.1 All is new.\n\n1.2 All is well.\n")));

        Assert.Contains("In force according to the catalogue: <a href=\"/agreements/free-membership/2025-04-01\">", html, StringComparison.Ordinal);
        Assert.Contains("A restatement, not the operator’s official text.", html, StringComparison.Ordinal);
        Assert.Matches("clauses? (?:changed|removed)", html);
    }

    [Fact]
    public async Task The_archive_in_the_page_holds_the_content_folder_under_safe_names()
    {
        var html = await Post(HttpStatusCode.OK, "en", Named("../../etc/../Tool\u202E<b>.md", TwoVersions));
        var link = Regex.Match(html, "download=\"([^\"]+)\" href=\"data:application/zip;base64,([^\"]+)\"");
        using var archive = new ZipArchive(new MemoryStream(Convert.FromBase64String(WebUtility.HtmlDecode(link.Groups[2].Value))));

        Assert.Equal("tool-library-agreement.zip", link.Groups[1].Value);
        Assert.Equal(
            ["agreements/tool-library-agreement/2024-03-01/terms.en.md", "agreements/tool-library-agreement/2024-03-01/version.yaml", "agreements/tool-library-agreement/2025-03-01/terms.en.md", "agreements/tool-library-agreement/2025-03-01/version.yaml", "agreements/tool-library-agreement/agreement.yaml", "catalogue.yaml", "jurisdictions.yaml", "parties.yaml", "places.yaml"],
            archive.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        using var version = new StreamReader(archive.GetEntry("agreements/tool-library-agreement/2025-03-01/version.yaml")!.Open());
        Assert.Contains($"recorded: {TermsApplication.Now:yyyy-MM-ddTHH:mm:ss}Z", await version.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_name_of_a_file_is_shown_escaped_and_without_folders_or_invisible_signs()
    {
        var html = await Post(HttpStatusCode.OK, "en", Named("C:\\secret/../x\u202Egnp.<script>alert(1)</script>.md", TwoVersions));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", html, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202E", WebUtility.HtmlDecode(html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markup_in_a_document_stays_words()
    {
        var html = await Post(HttpStatusCode.OK, "en", Text("# Lamps <img src=x onerror=alert(1)>\n\n## 1. Light\n\n1.1 <script>alert(1)</script> [x](javascript:alert(1)) lamps.\n\n1.2 Wicks.\n"));

        Assert.DoesNotMatch("<script|<img|href=\"javascript:", html);
    }

    [Theory]
    [InlineData("broken.docx", 422, "broken.docx")]
    [InlineData("bomb.docx", 422, "bomb.docx")]
    [InlineData("a.pdf", 422, "a.pdf is a PDF")]
    [InlineData("binary.txt", 422, "binary.txt")]
    [InlineData("long.txt", 422, "more text than an agreement")]
    [InlineData("large.txt", 413, "larger than 16 MB")]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_reason(string name, int status, string why)
    {
        var bytes = name switch
        {
            "broken.docx" => "PK\x03\x04 not a zip"u8.ToArray(),
            "bomb.docx" => HostileFile.Bomb(),
            "a.pdf" => "%PDF-1.7"u8.ToArray(),
            "binary.txt" => [0, 1, 2, 3, 0, 0, 255, 254, 0],
            "long.txt" => Encoding.UTF8.GetBytes(new string('x', 7 * 1024 * 1024)),
            _ => new byte[(16 * 1024 * 1024) + 1],
        };
        var html = WebUtility.HtmlDecode(await Post((HttpStatusCode)status, "en", Named(name, bytes)));

        Assert.Contains("The document was not read", html, StringComparison.Ordinal);
        Assert.Contains(why, html, StringComparison.Ordinal);
        Assert.Contains("<form method=\"post\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_both_or_other_fields_are_refused()
    {
        Assert.Contains("Choose a file, or paste text.", await Post(HttpStatusCode.BadRequest, "en", Text("")), StringComparison.Ordinal);
        Assert.Contains("Send one of them.", await Post(HttpStatusCode.BadRequest, "en", Text("x"), Named("a.md", TwoVersions)), StringComparison.Ordinal);
        Assert.Contains("Use the form on this page.", await Post(HttpStatusCode.BadRequest, "en", (new StringContent("x"), "path", null)), StringComparison.Ordinal);
        Assert.Contains("Use the form on this page.", await Post(HttpStatusCode.BadRequest, "en", Text("x"), Text("y")), StringComparison.Ordinal);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/import") { Content = new FormUrlEncodedContent([new("text", "x")]) };
        Assert.Contains("Use the form on this page.", await Send(form, HttpStatusCode.UnsupportedMediaType), StringComparison.Ordinal);
        using var cut = new HttpRequestMessage(HttpMethod.Post, "/import") { Content = new StringContent("--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx") };
        cut.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        Assert.Contains("Use the form on this page.", await Send(cut, HttpStatusCode.BadRequest), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Origin", "https://elsewhere.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Origin", "http://localhost", 200)]
    public async Task A_form_on_another_site_is_refused(string header, string value, int status)
    {
        using var request = Form(Text("# Lamps\n\n## 1. Light\n\n1.1 Lamps are lit.\n"));
        request.Headers.Add(header, value);
        var html = await Send(request, (HttpStatusCode)status);
        Assert.Equal(status == 403, html.Contains("from a page of another site", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_are_kept_nowhere_and_name_their_origin_to_this_site_only()
    {
        using var request = Form(Named("two-versions.md", TwoVersions));
        using var answer = await client.SendAsync(request);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Only_so_many_are_sending_at_once_and_the_others_are_told_to_come_back()
    {
        using var own = new TermsApplication();
        own.Listen();
        using var sender = own.CreateClient();
        var (status, retry) = (HttpStatusCode.OK, "");
        for (var rounds = 0; status != HttpStatusCode.ServiceUnavailable && rounds < 5; rounds++) // The server drops who sends nothing for some seconds; on a busy machine that can be too early.
        {
            var slow = new List<TcpClient>();
            for (var i = 0; i < 8; i++)
            {
                slow.Add(new TcpClient(sender.BaseAddress!.Host, sender.BaseAddress.Port));
                await slow[i].GetStream().WriteAsync("POST /import HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 1000\r\n\r\n--b\r\n"u8.ToArray());
            }
            for (var tries = 0; status != HttpStatusCode.ServiceUnavailable && tries < 100; tries++)
            {
                using var answer = await sender.SendAsync(Form(Text("# Lamps\n\n## 1. Light\n\n1.1 Lamps are lit.\n")));
                (status, retry) = (answer.StatusCode, answer.Headers.RetryAfter?.ToString() ?? "");
            }
            slow.ForEach(c => c.Dispose());
        }

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "5"), (status, retry));
    }

    [Fact]
    public async Task The_real_server_takes_larger_bodies_here_and_nowhere_else()
    {
        using var own = new TermsApplication();
        using var sender = Listening.PatientClient(own.Listen());
        using var here = await sender.SendAsync(Form(Named("a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("Lamps are lit.\n\n", 120_000))))));
        Assert.NotEqual(HttpStatusCode.RequestEntityTooLarge, here.StatusCode);
        using var large = await sender.SendAsync(Form(Named("a.txt", new byte[20 * 1024 * 1024])));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Contains("larger than 16 MB", await large.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var elsewhere = await sender.PostAsync(new Uri("/api/v1/applicable", UriKind.Relative), new StringContent(new string('1', 2_000_000), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, elsewhere.StatusCode);
    }

    private static (HttpContent Content, string Name, string? File) Named(string name, byte[] bytes) => (new ByteArrayContent(bytes), "file", name);

    private static (HttpContent Content, string Name, string? File) Text(string words) => (new StringContent(words), "text", null);

    private static HttpRequestMessage Form(params (HttpContent Content, string Name, string? File)[] parts)
    {
        var form = new MultipartFormDataContent();
        foreach (var (content, name, file) in parts)
        {
            if (file is null)
            {
                form.Add(content, name);
            }
            else
            {
                form.Add(content, name, file);
            }
        }
        return new HttpRequestMessage(HttpMethod.Post, "/import") { Content = form };
    }

    private async Task<string> Post(HttpStatusCode status, string language, params (HttpContent Content, string Name, string? File)[] parts)
    {
        using var request = Form(parts);
        return await Send(request, status, language);
    }

    private async Task<string> Send(HttpRequestMessage request, HttpStatusCode status, string language = "en")
    {
        request.Headers.Add("Accept-Language", language);
        using var answer = await client.SendAsync(request);
        var html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, answer.StatusCode);
        return html;
    }
}
