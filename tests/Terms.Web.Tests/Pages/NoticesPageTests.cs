using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Terms.Notices;
using Terms.Web.Tests.Delivery;
using Terms.Web.Tests.Editing;

namespace Terms.Web.Tests.Pages;

/// <summary>The public board: what is to come is posted once in four languages, word for word, and stays.</summary>
public sealed partial class NoticesPageTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly string[] Languages = ["en", "zh-Hans", "ru", "ko"];

    private static async Task<string> Read(HttpClient reader, string address, string language = "en")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, UriKind.Relative)) { Headers = { { "Accept-Language", language } } };
        using var response = await reader.SendAsync(request);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    [Fact]
    public async Task A_version_that_is_to_come_is_posted_once_in_each_language_and_what_is_in_force_is_not()
    {
        using var terms = DeliveryApplication.New();
        await terms.SendNotices();
        await terms.SendNotices();
        terms.Now += TimeSpan.FromDays(1);
        using var restarted = await terms.StartedAgain();
        await restarted.SendNotices();

        var posted = restarted.Store().Notices.OnBoard();
        Assert.Equal(Languages.Order(), posted.Select(n => n.Notice.Language).Order());
        Assert.All(posted, n => Assert.Equal(("lamp-hire/2025-07-01", "site-posting", terms.Now.AddDays(-1)), (n.Notice.Version, n.Notice.Channel, n.State.SentAt!.Value)));
    }

    [Fact]
    public async Task The_page_shows_the_words_as_they_were_posted_in_the_language_of_the_reader()
    {
        using var terms = DeliveryApplication.New();
        await terms.SendNotices();
        using var reader = terms.CreateClient();
        foreach (var language in Languages)
        {
            var page = await Read(reader, "/notices", language);
            var kept = terms.Store().Notices.OnBoard().Single(n => n.Notice.Language == language).Notice;

            Assert.Contains($"<html lang=\"{language}\"", page, StringComparison.Ordinal);
            Assert.Contains($"<div class=\"posted\">{Encoding.UTF8.GetString(kept.Bytes.AsSpan())}</div>", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
            Assert.Contains(kept.Digest.Value, page, StringComparison.Ordinal);
            Assert.Matches("id=\"lamp-hire-2025-07-01\"[\\s\\S]*id=\"lamp-hire-2025-01-01\"", page);
        }
    }

    [Fact]
    public async Task The_feed_has_the_same_words_and_an_entry_for_every_dated_version()
    {
        using var terms = DeliveryApplication.New();
        await terms.SendNotices();
        using var reader = terms.CreateClient();

        var feed = XDocument.Parse(await Read(reader, "/notices/feed", "ru")).Root!;

        Assert.Equal("ru", (string?)feed.Attribute(XNamespace.Xml + "lang"));
        var entries = feed.Elements(Atom + "entry").ToList();
        Assert.Equal(["urn:terms:notice:lamp-hire:2025-07-01:ru", "urn:terms:notice:lamp-hire:2025-01-01:ru"], entries.Select(e => (string?)e.Element(Atom + "id")).Where(i => i!.Contains("lamp-hire:", StringComparison.Ordinal)));
        Assert.Equal(Encoding.UTF8.GetString(terms.Store().Notices.OnBoard().Single(n => n.Notice.Language == "ru").Notice.Bytes.AsSpan()), (string?)entries[0].Element(Atom + "content"));
        Assert.All(entries, e => Assert.NotNull(e.Element(Atom + "updated")));
    }

    [Fact]
    public async Task Without_a_store_the_board_shows_the_versions_alone()
    {
        using var terms = new TermsApplication();
        using var reader = terms.CreateClient();

        var page = await Read(reader, "/notices");

        Assert.Contains("id=\"free-membership-2025-04-01\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"posted\"", page, StringComparison.Ordinal);
        Assert.Contains("A restatement, not the operator’s official text.", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains("urn:terms:notice:free-membership:2025-04-01:en", await Read(reader, "/notices/feed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_of_a_notice_are_whole_in_every_language()
    {
        using var terms = DeliveryApplication.New();
        await terms.SendNotices();

        Assert.All(terms.Store().Notices.OnBoard(), n =>
        {
            var words = Encoding.UTF8.GetString(n.Notice.Bytes.AsSpan());
            Assert.DoesNotMatch(Brace(), words + n.Notice.Subject);
            Assert.Contains("https://terms.example/agreements/lamp-hire/2025-07-01", words, StringComparison.Ordinal);
            Assert.Contains(n.Notice.TextDigest.Value, words, StringComparison.Ordinal);
            Assert.Contains("2025-07-01", n.Notice.Subject, StringComparison.Ordinal);
        });
        Assert.Equal(4, terms.Store().Notices.OnBoard().Select(n => n.Notice.Digest).Distinct().Count());
    }

    [Fact]
    public async Task A_posting_counts_for_everybody_if_the_agreement_lets_it()
    {
        using var terms = DeliveryApplication.New();
        await terms.SendNotices();
        var corpus = terms.Of<Terms.Web.Hosting.CurrentCatalogue>().Now.Corpus;
        var version = corpus.Catalogue.Find("lamp-hire")!.Versions[^1];

        var receipt = Storage.ReceivedNotices.First(terms.Store(), corpus, version, "anybody");

        Assert.NotNull(receipt);
        Assert.Equal(NoticeReceipt.Of(terms.Store().Notices.OnBoard()[0].Notice, terms.Store().Notices.OnBoard()[0].State, corpus.Knowledge(version.Agreement.Versions[^2].States[^1]).Facts, corpus.Catalogue.Zone).Because, receipt.Because);
    }

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Brace();
}
