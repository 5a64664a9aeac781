using System.IO.Compression;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Terms.Export;

namespace Terms.Web.Tests.Pages;

/// <summary>What the form of a presentation says of an agreement, and where its links lead.</summary>
public sealed partial class AcceptFormTests
{
    private static readonly string[] Both = ["lamp-hire", "lamp-care"];

    [Fact]
    public async Task Each_link_of_the_form_gives_the_text_that_it_names()
    {
        using var application = new AcceptanceApplication();
        using var service = application.Service();
        using var reader = application.CreateClient();
        var form = await Form(reader, await service.Present("member-17", new { agreements = Both }));
        var read = new List<string>();

        foreach (Match link in Link().Matches(form))
        {
            var (address, label, title) = (WebUtility.HtmlDecode(link.Groups["to"].Value), link.Groups["label"].Value, link.Groups["title"].Value);
            using var answered = await reader.GetAsync(new Uri(address, UriKind.Relative));
            Assert.True(answered.StatusCode == HttpStatusCode.OK, $"{address} answers {answered.StatusCode}");
            var type = label == "Save as Word" ? WordExport.MediaType : "text/html";
            Assert.Equal(type, answered.Content.Headers.ContentType!.MediaType);
            var text = type == "text/html" ? await answered.Content.ReadAsStringAsync() : Words(await answered.Content.ReadAsStreamAsync());
            Assert.Contains(title, text, StringComparison.Ordinal);
            Assert.Contains(title == "Lamp care" ? "Trim the wick" : "We pay at most 40 krone", text, StringComparison.Ordinal);
            Assert.Equal(label.StartsWith("Save", StringComparison.Ordinal), link.Groups["download"].Success);
            read.Add($"{title}: {label}");
        }

        Assert.Equal(
            ["Lamp Hire Agreement: Read the text", "Lamp Hire Agreement: Save as Word", "Lamp Hire Agreement: Save as HTML", "Lamp care: Read the text", "Lamp care: Save as Word", "Lamp care: Save as HTML"],
            read);
    }

    [Fact]
    public async Task One_sentence_of_the_form_names_company_law_and_forum_in_the_readers_language()
    {
        using var application = new AcceptanceApplication { HasShippedContent = true, Now = TermsApplication.Now };
        using var service = application.Service();
        using var reader = application.CreateClient();
        (string Language, string Law, string Forum)[] expected =
        [
            ("en", "the laws of the Hong Kong Special Administrative Region", "arbitration at the Hong Kong International Arbitration Centre (HKIAC)"),
            ("zh-Hans", "香港特别行政区法律", "香港国际仲裁中心（HKIAC）仲裁"),
            ("ru", "право Специального административного района Гонконг", "арбитраж в Гонконгском международном арбитражном центре (HKIAC)"),
            ("ko", "홍콩 특별행정구 법", "홍콩국제중재센터(HKIAC) 중재"),
        ];
        var sentences = new List<string>();

        foreach (var (language, law, forum) in expected)
        {
            var asked = new { customer = new { residence = "US", role = "buyer", site = "aliexpress" }, agreements = new[] { "free-membership" }, language };
            var form = await Form(reader, await service.Present("member-17", asked));
            sentences.Add(WebUtility.HtmlDecode(Assert.Single(Sentence().Matches(form)).Groups[1].Value));
            Assert.All(["AliExpress E-Commerce One Pte. Ltd.", law, forum], words => Assert.Contains(words, sentences[^1], StringComparison.Ordinal));
        }

        Assert.Equal($"You contract with AliExpress E-Commerce One Pte. Ltd., under {expected[0].Law}; disputes go to {expected[0].Forum}.", sentences[0]);
    }

    private static async Task<string> Form(HttpClient reader, JsonElement presented) => await reader.GetStringAsync(new Uri(new Uri(presented.Text("url")).AbsolutePath, UriKind.Relative));

    /// <summary>The words of a Word file, without what stands around them.</summary>
    private static string Words(Stream file)
    {
        using var zip = new ZipArchive(file);
        using var document = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        return Tag().Replace(document.ReadToEnd(), "");
    }

    [GeneratedRegex("<li><a (class=\"read\" )?href=\"(?<to>[^\"]+)\"(?<download> download)?>(?<label>[^<]+)<span class=\"hidden\">: <span lang=\"en\">(?<title>[^<]+)</span>")]
    private static partial Regex Link();

    [GeneratedRegex("<p class=\"sentence\">([^<]+)</p>")]
    private static partial Regex Sentence();

    [GeneratedRegex("<[^>]+>")]
    private static partial Regex Tag();
}
