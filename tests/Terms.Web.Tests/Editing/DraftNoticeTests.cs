using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Terms.Notices;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Tests.Delivery;
using Terms.Webhooks;

namespace Terms.Web.Tests.Editing;

/// <summary>Who is told of a draft's version and in which words, before it is published and after; and what becomes of the version when the next takes effect.</summary>
public sealed partial class DraftNoticeTests
{
    private static string Text(string html) => WebUtility.HtmlDecode(html);

    /// <summary>The words of the notice as the page shows them, in the order of the languages.</summary>
    private static List<string> Words(string html) => [.. Posted().Matches(html).Select(m => Text(m.Groups[1].Value))];

    [Fact]
    public async Task The_words_of_the_notice_are_shown_before_they_are_posted_and_are_those_that_are_posted()
    {
        using var application = DeliveryApplication.New();
        var desk = new DraftDesk(application);
        var clara = await application.Person("clara", "publisher");
        var draft = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        var page = $"/workbench/drafts/{draft.Id}/schedule";
        Assert.Contains("Choose days and check them", await clara.Page(page), StringComparison.Ordinal);

        var tried = await clara.Page(page + "?announced=2025-06-02&effective=2025-09-01&existing=2025-10-01");
        Assert.Equal(4, Words(tried).Count);
        Assert.Contains("It takes effect on 2025-09-01. For those who were customers before, it takes effect on 2025-10-01.", Words(tried)[0], StringComparison.Ordinal);
        Assert.Contains("https://terms.example/agreements/lamp-hire/2025-09-01", Words(tried)[0], StringComparison.Ordinal);
        Assert.Contains("Everybody is told for whom the agreement is.", tried, StringComparison.Ordinal);

        await desk.Scheduled(draft, "2025-06-02", "2025-09-01");
        var scheduled = Words(await clara.Page(page));
        Assert.Contains("2025-09-01부터 시행됩니다", scheduled[3], StringComparison.Ordinal);
        await desk.Published(draft);
        application.Now = application.Now.AddDays(2);
        await application.SendNotices();
        await clara.SignIn("clara");

        var board = application.Store().Notices.OfVersion("lamp-hire/2025-09-01", Notice.Everybody);
        Assert.Equal(4, board.Count);
        Assert.All(scheduled, words => Assert.Contains(words + "\n", board.Select(n => Encoding.UTF8.GetString(n.Notice.Bytes.AsSpan()))));
        var after = await clara.Page(page);
        Assert.Equal(scheduled, Words(after));
        Assert.Contains("href=\"/notices#lamp-hire-2025-09-01\"", after, StringComparison.Ordinal);
        Assert.Contains("Posted here:", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recipients_are_counted_by_channel_and_by_what_became_of_them()
    {
        using var application = DeliveryApplication.New();
        await using var mail = await Receiver.Start(application);
        mail.Register(application, "mail", Webhook.NoticeSend);
        var desk = new DraftDesk(application);
        var clara = await application.Person("clara", "publisher");
        var draft = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        await desk.Published(await desk.Scheduled(draft, "2025-06-02", "2025-09-01"));
        var page = $"/workbench/drafts/{draft.Id}/schedule";
        Assert.Contains("Nobody has been named yet.", await clara.Page(page), StringComparison.Ordinal);
        var service = application.Service();

        await Tell(service, "a", "email", "email", "email", "sms");
        await application.SendNotices();
        await Tell(service, "b", "sms");

        Assert.Equal(["e-mail 3 0 3 0 0", "text message 2 1 1 0 0"], Rows(await clara.Page(page)));
        var next = await desk.Put(await desk.Started(), "assents", "consents");
        var before = await clara.Page($"/workbench/drafts/{next.Id}/schedule?announced=2025-06-02&effective=2025-12-01");
        Assert.Contains("Recipients of the one before: version of 1 September 2025", before, StringComparison.Ordinal);
        Assert.Equal(["e-mail 3 0 3 0 0", "text message 2 1 1 0 0"], Rows(before));
    }

    [Fact]
    public async Task Of_a_change_for_some_those_are_told_whose_position_changes_and_those_of_whom_it_is_not_known()
    {
        using var application = DeliveryApplication.New();
        await using var mail = await Receiver.Start(application);
        mail.Register(application, "mail", Webhook.NoticeSend);
        var desk = new DraftDesk(application);
        await desk.Published(await desk.Scheduled(await desk.Settled(await desk.IslesToNorth()), "2025-06-02", "2025-09-01"));

        var answer = await Asked(application.Service(), "a", new[] { ("isles", "IS"), ("north", "NO"), ("unknown", null) }.Select(r => new
        {
            subject = r.Item1, channel = "email", address = $"{r.Item1}@lamps.example", language = "en", customer = r.Item2 is null ? null : new { residence = r.Item2, role = "buyer", site = "easy-buy" },
        }));

        Assert.Equal("affected", answer.GetProperty("audience").Text("kind"));
        Assert.Equal(
            ["queued", "not-needed Nothing changes for this customer.", "queued No facts about the customer were sent, so that it is not known whether they are affected."],
            answer.GetProperty("results").EnumerateArray().Select(r => $"{r.Text("outcome")} {r.GetProperty("because").GetString()?.Split(" Only")[0]}".Trim()));
        await application.SendNotices();
        Assert.Equal(["isles", "unknown"], mail.All.Select(m => m.Data.Text("subject")).Order());
    }

    [Fact]
    public async Task Without_an_address_of_the_server_the_page_says_that_nothing_is_sent()
    {
        using var application = new AcceptanceApplication();
        var desk = new DraftDesk(application);
        var clara = await application.Person("clara", "publisher");
        var draft = await desk.Started();

        var page = await clara.Page($"/workbench/drafts/{draft.Id}/schedule?announced=2025-06-02&effective=2025-09-01");

        Assert.Contains("This server does not know the address at which readers find it", page, StringComparison.Ordinal);
        Assert.Contains("https://address-not-set.invalid/agreements/lamp-hire/2025-09-01", Words(page)[0], StringComparison.Ordinal);
        var taken = await clara.Page($"/workbench/drafts/{draft.Id}/schedule?announced=2025-06-02&effective=2025-07-01");
        Assert.Contains("The words of the notice cannot be shown", taken, StringComparison.Ordinal);
        Assert.DoesNotContain("Not every change is classified yet.", page, StringComparison.Ordinal);
        draft = await desk.Put(draft, "agrees", "assents");
        Assert.Contains("Not every change is classified yet.", await clara.Page($"/workbench/drafts/{draft.Id}/schedule?announced=2025-06-02&effective=2025-09-01"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_is_superseded_once_when_the_next_takes_effect_also_by_a_server_that_stood_still()
    {
        using var application = new AcceptanceApplication();
        var desk = new DraftDesk(application);
        var first = await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents"));
        await desk.Published(await desk.Scheduled(first, "2025-06-01", "2025-09-01"));
        var second = await desk.Settled(await desk.Put(await desk.Started(), "assents", "consents"));
        await desk.Published(await desk.Scheduled(second, "2025-06-01", "2025-12-01"));
        application.Now = new(2025, 11, 30, 12, 0, 0, TimeSpan.Zero);
        await application.Of<PublishingClock>().NoteSuperseded();
        Assert.Equal(PublicationStage.Published, desk.Standing(first).State.Stage);

        application.Now = new(2025, 12, 3, 12, 0, 0, TimeSpan.Zero);
        using var again = await application.StartedAgain();
        var later = new DraftDesk(again);
        await again.Of<PublishingClock>().NoteSuperseded();
        await again.Of<PublishingClock>().NoteSuperseded();

        var step = Assert.Single(later.Standing(first).Events.Select(e => e.Step).OfType<Superseded>());
        Assert.Equal((Superseded.Clock, again.Now, "lamp-hire/2025-12-01"), (step.Who, step.At, step.By));
        Assert.Equal((PublicationStage.Superseded, PublicationStage.Published), (later.Standing(first).State.Stage, later.Standing(second).State.Stage));
        var anna = await again.Person("anna", "drafter", "auditor");
        Assert.Contains("Superseded: <a href=\"/agreements/lamp-hire/2025-12-01\">", await anna.Page("/workbench"), StringComparison.Ordinal);
        Assert.Contains("A later version took its place,", await anna.Page($"/workbench/drafts/{first.Id}/schedule"), StringComparison.Ordinal);
        Assert.Contains("lamp-hire/2025-12-01", await anna.Page("/audit?kind=superseded"), StringComparison.Ordinal);
    }

    private static async Task Tell(HttpClient service, string key, params string[] channels) =>
        Assert.Equal(channels.Length, (await Asked(service, key, channels.Select((channel, i) => new { subject = $"member-{key}{i}", channel, address = "someone@lamps.example", language = "en" }))).GetProperty("queued").GetInt32());

    /// <summary>What is answered to a service that has recipients told of the version of September.</summary>
    private static async Task<JsonElement> Asked(HttpClient service, string key, IEnumerable<object> recipients)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/notices", UriKind.Relative)) { Content = JsonContent.Create(new { version = "lamp-hire/2025-09-01", carrier = "webhook", recipients }) };
        request.Headers.Add("Idempotency-Key", key);
        return await ServiceCalls.Answer(await service.SendAsync(request), 200);
    }

    /// <summary>The rows of the table of recipients: channel, all, waiting, sent, arrived, failed.</summary>
    private static IEnumerable<string> Rows(string html) =>
        Row().Matches(html).Select(r => string.Join(' ', Cell().Matches(r.Value).Select(c => c.Groups[1].Value)));

    [GeneratedRegex("<p class=\"subject\">.*?<div class=\"posted\">(.*?)</div>", RegexOptions.Singleline)]
    private static partial Regex Posted();

    [GeneratedRegex("<tr>\\s*<th scope=\"row\">.*?</tr>", RegexOptions.Singleline)]
    private static partial Regex Row();

    [GeneratedRegex("(?:<th scope=\"row\">|</span>)([^<]+)</t[hd]>")]
    private static partial Regex Cell();
}
