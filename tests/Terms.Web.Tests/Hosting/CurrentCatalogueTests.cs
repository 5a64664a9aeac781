using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Hosting;

/// <summary>Publications while the server runs, and after it was started again.</summary>
public sealed class CurrentCatalogueTests
{
    private const string Question = "/api/v1/applicable?agreement=lamp-hire&" + ServiceCalls.BuyerQuery;
    private static readonly PublicationPlan Autumn = ScheduledDraft.Plan("2025-06-01", "2025-09-01");

    [Fact]
    public async Task A_published_version_is_announced_at_once_and_takes_effect_when_its_day_comes()
    {
        await using var application = new AcceptanceApplication();
        var client = application.CreateClient();
        var step = Assert.IsType<Published>(await Publish(application, Autumn));

        Assert.Equal("lamp-hire/2025-09-01", step.Version);
        Assert.Equal("2025-07-01", (await client.Get(Question)).GetProperty("agreements")[0].GetProperty("upcoming").Text("id"));
        Assert.Equal(step.TextDigest.Value, (await client.Get("/api/v1/agreements/lamp-hire/versions/2025-09-01")).Text("textDigest"));
        Assert.Contains("lamp-hire/2025-09-01", await client.GetStringAsync(new Uri("/feed.atom", UriKind.Relative)), StringComparison.Ordinal);
        application.Now = new DateTimeOffset(2025, 8, 31, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal("2025-09-01", (await client.Get(Question)).GetProperty("agreements")[0].GetProperty("version").Text("id"));
    }

    [Fact]
    public async Task A_server_that_is_started_again_serves_what_was_published_and_what_was_withdrawn()
    {
        await using var first = new AcceptanceApplication();
        var (draft, events) = ScheduledDraft.Of(Now(first).Resolver, "draft-1", Autumn, first.Now);
        var step = Assert.IsType<Published>(await Current(first).Publish(() => (draft, Publication.Of(events)), ScheduledDraft.Publisher, first.Now, _ => []));
        var second = ScheduledDraft.Of(Now(first).Resolver, "draft-2", ScheduledDraft.Plan("2025-06-01", "2025-12-01"), first.Now, "unless it was dark");
        Assert.IsType<Published>(await Current(first).Publish(() => (second.Draft, Publication.Of(second.Events)), ScheduledDraft.Publisher, first.Now, _ => []));
        var back = new Withdrawn("draft-1", "Cai", first.Now, "The figure is wrong.");
        Assert.Equal(back, await Current(first).Withdraw(() => Publication.Of([.. events, step]), back, ScheduledDraft.Publisher, _ => []));
        var answer = await first.CreateClient().GetStringAsync(new Uri(Question + "&at=2026-01-01", UriKind.Relative));

        await using var again = await first.StartedAgain();
        var client = again.CreateClient();

        Assert.Equal(answer, await client.GetStringAsync(new Uri(Question + "&at=2026-01-01", UriKind.Relative)));
        Assert.Equal("2025-07-01", (await client.Get(Question + "&at=2025-10-01")).GetProperty("agreements")[0].GetProperty("version").Text("id"));
        var version = await client.Get("/api/v1/agreements/lamp-hire/versions/2025-09-01");
        Assert.Equal(("The figure is wrong.", step.TextDigest.Value), (version.GetProperty("withdrawn").Text("why"), version.Text("textDigest")));
        Assert.Equal("2025-09-01", Assert.Single((await client.Get("/api/v1/agreements/lamp-hire")).GetProperty("withdrawn").EnumerateArray()).Text("id"));
    }

    [Fact]
    public async Task The_pages_and_the_feed_say_that_a_version_was_withdrawn_and_keep_its_words()
    {
        await using var application = new AcceptanceApplication();
        var client = application.CreateClient();
        var (draft, events) = ScheduledDraft.Of(Now(application).Resolver, "draft-1", Autumn, application.Now);
        var step = Assert.IsType<Published>(await Current(application).Publish(() => (draft, Publication.Of(events)), ScheduledDraft.Publisher, application.Now, _ => []));
        var back = new Withdrawn("draft-1", "Cai", application.Now, "<b>The figure</b> is wrong.");
        await Current(application).Withdraw(() => Publication.Of([.. events, step]), back, ScheduledDraft.Publisher, _ => []);

        var version = await client.GetStringAsync(new Uri("/agreements/lamp-hire/2025-09-01", UriKind.Relative));
        Assert.Contains("Withdrawn on 1 June 2025, before it took effect. It has never been in force.", version, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;The figure&lt;/b&gt; is wrong.", version, StringComparison.Ordinal);
        Assert.Contains("unless nobody noticed", version, StringComparison.Ordinal);
        Assert.Contains("Withdrawn before they took effect", await client.GetStringAsync(new Uri("/agreements/lamp-hire/history", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Contains("Withdrawn at 2025-06-01T12:00:00Z, before it took effect: &lt;b&gt;The figure", await client.GetStringAsync(new Uri("/feed.atom", UriKind.Relative)), StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync(new Uri("/agreements/lamp-hire/compare?from=2025-07-01&to=2025-09-01", UriKind.Relative))).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync(new Uri("/api/v1/agreements/lamp-hire/compare?from=2025-07-01&to=2025-09-01", UriKind.Relative))).StatusCode);
        Assert.DoesNotContain("2025-09-01", await client.GetStringAsync(new Uri(Question, UriKind.Relative)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_has_the_catalogue_before_or_after_and_never_a_mix()
    {
        await using var application = new AcceptanceApplication();
        var client = application.CreateClient();
        using var ended = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = new HashSet<string>();
            while (!ended.IsCancellationRequested)
            {
                seen.Add(string.Join(' ', (await client.Get("/api/v1/agreements/lamp-hire")).GetProperty("versions").EnumerateArray().Select(v => $"{v.Text("id")}-{v.GetProperty("until")}")));
            }
            return seen;
        })).ToList();

        await Publish(application, Autumn);
        await ended.CancelAsync();

        string[] whole =
        [
            "2025-01-01-2025-06-30T16:00:00Z 2025-07-01-", "2025-01-01-2025-06-30T16:00:00Z 2025-07-01-2025-08-31T16:00:00Z 2025-09-01-",
        ];
        Assert.Empty((await Task.WhenAll(readers)).SelectMany(s => s).Except(whole));
    }

    [Fact]
    public async Task Of_two_publications_at_once_the_second_is_judged_against_the_first()
    {
        await using var application = new AcceptanceApplication();
        var resolver = Now(application).Resolver;
        var one = ScheduledDraft.Of(resolver, "draft-1", Autumn, application.Now);
        var two = ScheduledDraft.Of(resolver, "draft-2", ScheduledDraft.Plan("2025-06-01", "2025-10-01"), application.Now, "unless it was dark");

        var steps = await Task.WhenAll(new[] { one, two }.Select(d => Task.Run(() =>
            Current(application).Publish(() => (d.Draft, Publication.Of(d.Events)), ScheduledDraft.Publisher, application.Now, _ => []))));

        var published = Assert.Single(steps.OfType<Published>());
        Assert.Contains($"{published.Version} has been published since the draft was made from 2025-07-01", Assert.Single(steps.OfType<Refused>()).Because, StringComparison.Ordinal);
        Assert.Equal(4, application.Services.GetRequiredService<ServedStore>().Store.Latest(Logs.Catalogue).Size);
    }

    [Fact]
    public async Task What_is_refused_in_the_ledger_leaves_the_catalogue_as_it_was()
    {
        await using var application = new AcceptanceApplication();
        var before = Now(application);
        var (draft, events) = ScheduledDraft.Of(before.Resolver, "draft-1", Autumn, application.Now);
        application.Now = application.Now.AddSeconds(-30);

        var refused = Assert.IsType<Refused>(await Current(application).Publish(() => (draft, Publication.Of(events)), ScheduledDraft.Publisher, application.Now, _ => []));

        Assert.StartsWith("The clock ran backwards", refused.Because, StringComparison.Ordinal);
        Assert.Same(before, Now(application));
    }

    [Fact]
    public async Task Content_with_other_words_for_a_published_version_stops_the_start_and_says_what_to_do()
    {
        await using var first = new AcceptanceApplication();
        await Publish(first, Autumn);
        Write(first, Now(first).Corpus.Files.Below("agreements/lamp-hire/2025-09-01"));
        await using var other = await first.StartedAgain();
        await using (var same = TermsHost.Build([$"--Terms:Content={other.Content}", $"--Terms:Data={other.Data}"]))
        {
            Assert.Equal(4, same.Services.GetRequiredService<ServedStore>().Store.Latest(Logs.Catalogue).Size);
        }
        other.AddToContent("agreements/lamp-hire/2025-09-01/terms.en.md", "\n3.4 More words.");

        string[] settings = [$"--Terms:Content={other.Content}", $"--Terms:Data={other.Data}"];

        var refused = Assert.Throws<PublishedElsewhereException>(() => TermsHost.Build(settings));

        Assert.Contains("the content folder has other files under that name: terms.en.md.", refused.Message, StringComparison.Ordinal);
        var builder = WebApplication.CreateSlimBuilder(settings);
        builder.AddTerms();
        await using var services = builder.Build();
        foreach (var _ in Enumerable.Range(0, 2)) // The start does several things at once, and whichever asks second is told the same.
        {
            Assert.Equal(refused.Message, Assert.Throws<PublishedElsewhereException>(services.Services.GetRequiredService<CurrentCatalogue>).Message);
        }
    }

    private static async Task<PublishingEvent> Publish(AcceptanceApplication application, PublicationPlan plan)
    {
        var (draft, events) = ScheduledDraft.Of(Now(application).Resolver, "draft-1", plan, application.Now);
        return await Current(application).Publish(() => (draft, Publication.Of(events)), ScheduledDraft.Publisher, application.Now, _ => []);
    }

    private static void Write(AcceptanceApplication application, Catalogue.ContentFiles version)
    {
        foreach (var path in version.Paths)
        {
            application.AddToContent($"agreements/lamp-hire/2025-09-01/{path}", version.Text(path)!.TrimEnd('\n'));
        }
    }

    private static CurrentCatalogue Current(AcceptanceApplication application) => application.Services.GetRequiredService<CurrentCatalogue>();

    private static ServedCatalogue Now(AcceptanceApplication application) => Current(application).Now;
}
