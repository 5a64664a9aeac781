using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terms.Publishing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Endpoints;

/// <summary>The version that binds one subject, in answers, status and forms: customers from before are bound by the autumn version from November on.</summary>
public sealed class BoundVersionTests : IAsyncLifetime, IDisposable
{
    private const string Question = "/api/v1/applicable?" + ServiceCalls.BuyerQuery;
    private static readonly string[] Hires = ["lamp-hire"];
    private static readonly DateTimeOffset October = new(2025, 10, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly object OneAgreement = new { agreements = Hires };
    private readonly AcceptanceApplication application = new();
    private readonly HttpClient shop;

    public BoundVersionTests() => shop = application.Service("read", "present", "record");

    public async Task InitializeAsync()
    {
        application.Now = new DateTimeOffset(2025, 7, 2, 0, 0, 0, TimeSpan.Zero);
        await shop.Accept("anna");
        application.Now = application.Now.AddHours(1);
        var current = application.Services.GetRequiredService<CurrentCatalogue>();
        var (draft, events) = ScheduledDraft.Of(current.Now.Resolver, "draft-1", ScheduledDraft.Plan("2025-07-02", "2025-09-01", "2025-11-01"), application.Now);
        Assert.IsType<Published>(await current.Publish(() => (draft, Publication.Of(events)), ScheduledDraft.Publisher, application.Now, _ => []));
        application.Now = October;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        shop.Dispose();
        application.Dispose();
    }

    [Fact]
    public async Task Without_a_subject_the_calendar_answers_and_says_where_cohorts_differ()
    {
        var version = Hire(await application.CreateClient().Get(Question)).GetProperty("version");

        Assert.Equal(("2025-09-01", "2025-11-01"), (version.Text("id"), version.Text("existingCustomersFrom")));
        foreach (var page in new[] { $"/applicable?{ServiceCalls.BuyerQuery}", "/agreements/lamp-hire" })
        {
            Assert.Contains("Customers from before are bound from 1 November 2025.", await application.CreateClient().GetStringAsync(new Uri(page, UriKind.Relative)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_subject_is_answered_with_the_version_that_binds_it_and_with_why()
    {
        var hire = Hire(await shop.Get(Question + "&subject=anna"));

        Assert.Equal(("2025-07-01", "2025-10-31T16:00:00Z"), (hire.GetProperty("version").Text("id"), hire.GetProperty("version").Text("until")));
        Assert.Equal("The version takes effect on 2025-07-01.", hire.GetProperty("effectiveFor").Text("because"));
        var next = hire.GetProperty("upcoming").GetProperty("effectiveFor");
        Assert.Equal(
            ("2025-09-01", "2025-10-31T16:00:00Z", "2025-11-01", "The version binds those who were customers before it took effect from 2025-11-01."),
            (next.Text("version"), next.Text("instant"), next.Text("notBefore"), next.Text("because")));
        Assert.Equal("existing-customers", next.GetProperty("reasons")[0].Text("kind"));
        Assert.Equal("2025-09-01", Hire(await shop.Get(Question + "&subject=bo&registered=2025-09-10")).GetProperty("version").Text("id"));
        Assert.Equal("2025-09-01", Hire(await shop.Get(Question + "&subject=anna&at=2025-11-01")).GetProperty("version").Text("id"));
        Assert.Equal("2025-07-01", Hire(await shop.Get(Question + "&agreement=lamp-hire&subject=anna")).GetProperty("version").Text("id"));
    }

    [Fact]
    public async Task Many_questions_at_once_may_name_subjects()
    {
        object[] questions =
        [
            new { residence = "NO", role = "buyer", site = "easy-buy", subject = "anna" }, new { residence = "NO", role = "buyer", site = "easy-buy" },
            new { residence = "NO", role = "buyer", site = "easy-buy", subject = 7 },
        ];
        var address = new Uri("/api/v1/applicable", UriKind.Relative);

        var answers = await ServiceCalls.Answer(await shop.PostAsJsonAsync(address, questions), 200);

        Assert.Equal(["2025-07-01", "2025-09-01"], answers.EnumerateArray().Take(2).Select(a => Hire(a).GetProperty("version").Text("id")));
        Assert.Contains("subject", answers[2].Text("detail"), StringComparison.Ordinal);
        await application.CreateClient().PostAsJsonAsync(address, questions).Refused(401, "not-allowed", "needs the key of a service");
    }

    [Fact]
    public async Task What_is_known_of_a_subject_is_for_services_that_may_read_it()
    {
        await application.CreateClient().GetAsync(new Uri(Question + "&subject=anna", UriKind.Relative)).Refused(401, "not-allowed", "needs the key of a service");
        await application.Service("present").GetAsync(new Uri(Question + "&subject=anna", UriKind.Relative)).Refused(403, "not-allowed", "does not have the scope read");
        await shop.GetAsync(new Uri(Question + "&subject=a&subject=b", UriKind.Relative)).Refused(400, "invalid-parameter", "\"subject\" was sent twice. Send it once.");
        await shop.GetAsync(new Uri(Question + "&subject=%00", UriKind.Relative)).Refused(400, "invalid-parameter", "control character");
        Assert.Equal("no-store", (await shop.GetAsync(new Uri(Question + "&subject=anna", UriKind.Relative))).Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Nothing_is_asked_of_a_customer_before_the_new_version_binds_them()
    {
        var before = await shop.Status("anna");

        Assert.DoesNotContain(before.GetProperty("required").EnumerateArray(), r => r.Text("agreement") == "lamp-hire");
        var accepted = before.GetProperty("accepted").EnumerateArray().Single(a => a.Text("agreement") == "lamp-hire");
        Assert.Equal(("2025-07-01", "2025-10-31T16:00:00Z"), (accepted.Text("version"), accepted.GetProperty("upcoming").GetProperty("effectiveFor").Text("instant")));

        application.Now = new DateTimeOffset(2025, 10, 31, 16, 0, 0, TimeSpan.Zero);
        var required = (await shop.Status("anna")).GetProperty("required").EnumerateArray().Single(r => r.Text("agreement") == "lamp-hire");
        Assert.Equal(("2025-09-01", "new-version", "2025-10-31T16:00:00Z"), (required.Text("version"), required.Text("because"), required.GetProperty("effectiveFor").Text("instant")));
    }

    [Fact]
    public async Task Whoever_never_accepted_is_asked_to_accept_what_binds_new_customers_and_is_bound_by_it()
    {
        Assert.Equal("2025-09-01", Required(await shop.Status("new")));

        var accepted = await shop.Accept("new");

        Assert.Equal("2025-09-01", accepted.GetProperty("record").GetProperty("agreements").EnumerateArray().Single(a => a.Text("agreement") == "lamp-hire").Text("version"));
        Assert.Equal("2025-09-01", Hire(await shop.Get(Question + "&subject=new")).GetProperty("version").Text("id"));
        Assert.Equal("accepted", Hire(await shop.Get(Question + "&subject=new")).GetProperty("effectiveFor").GetProperty("reasons").EnumerateArray().Last().Text("kind"));
    }

    [Fact]
    public async Task A_form_shows_the_version_that_binds_and_is_stale_once_another_does()
    {
        var shown = await shop.Present("anna", OneAgreement);
        Assert.Equal("2025-07-01", shown.GetProperty("shown").GetProperty("agreements")[0].Text("version"));

        application.Now = new DateTimeOffset(2025, 10, 31, 15, 59, 0, TimeSpan.Zero);
        var late = await shop.Present("anna", OneAgreement);
        application.Now = application.Now.AddMinutes(2);

        await shop.Post(new { kind = "agree", token = late.Text("token") }).Refused(409, "stale-presentation", "What applies has changed since the form was shown.");
    }

    private static JsonElement Hire(JsonElement answer) => answer.GetProperty("agreements").EnumerateArray().Single(a => a.Text("agreement") == "lamp-hire");

    private static string Required(JsonElement status) => status.GetProperty("required").EnumerateArray().Single(r => r.Text("agreement") == "lamp-hire").Text("version");
}
