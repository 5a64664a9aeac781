using System.Net;
using System.Text.RegularExpressions;
using Terms.Web.Tests.Delivery;

namespace Terms.Web.Tests.Editing;

/// <summary>What follows from a draft, on its pages: for whom it changes what, whether it is to be accepted again, and from when it binds whom.</summary>
public sealed class DraftConsequencesTests : IDisposable
{
    private readonly AcceptanceApplication application = DeliveryApplication.NotStarted();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task From_the_classes_follow_acceptance_notice_and_who_is_touched_and_a_table_of_places_and_roles_says_for_whom()
    {
        application.AddToContent("notice-floors.yaml", "- { id: fifteen-days, source: an invented law, who: any, from: clarification, starts: notice, days: 15 }");
        var desk = new DraftDesk(application);
        var draft = await desk.IslesToNorth();
        var anna = await application.Person("anna", "drafter");
        await desk.Workbench.Report(draft);
        Assert.DoesNotContain("<dt>Is acceptance asked again?", await anna.Page($"/workbench/drafts/{draft.Id}/changes"), StringComparison.Ordinal); // Not before all is classified.

        draft = await desk.Settled(draft);
        await desk.Workbench.Report(draft);
        var changes = Words(await anna.Page($"/workbench/drafts/{draft.Id}/changes"));
        var problems = Words(await anna.Page($"/workbench/drafts/{draft.Id}/problems"));

        Assert.Contains(
            "Is acceptance asked again? Yes Are customers told one by one, and how long before? Yes 15 days For everybody. Counted from the receipt of notice. an invented law "
            + "Who is touched The contracting company changes for: residents of the Isles The governing law changes for: residents of the Isles", changes, StringComparison.Ordinal);
        Assert.Contains("residents of the Isles visitor the agreement is not for them buyer Contracting company Governing law Disputes seller Contracting company", problems, StringComparison.Ordinal);
        Assert.Contains("residents of Northland visitor the agreement is not for them buyer no change seller no change", problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_day_for_customers_from_before_that_is_set_in_the_form_counts_in_answers()
    {
        var desk = new DraftDesk(application);
        var draft = await desk.Approved(await desk.Settled(await desk.Put(await desk.Started(), "agrees", "assents")));
        var clara = await application.Person("clara", "publisher");
        var page = $"/workbench/drafts/{draft.Id}/schedule";
        using (var scheduled = await clara.Fill(page + "?announced=2025-06-01&effective=2025-09-01&existing=2025-11-01", page))
        {
            Assert.Equal(HttpStatusCode.SeeOther, scheduled.StatusCode);
        }
        using (var published = await clara.Fill(page, page + "/publish"))
        {
            Assert.Equal(HttpStatusCode.SeeOther, published.StatusCode);
        }
        var service = application.Service();
        const string question = $"/api/v1/applicable?{ServiceCalls.BuyerQuery}&agreement=lamp-hire&at=2025-09-10&subject=member-17&registered=";

        Assert.Equal("2025-07-01", await Version("2025-08-31"));
        Assert.Equal("2025-09-01", await Version("2025-09-01"));

        async Task<string> Version(string registered) => (await service.Get(question + registered)).GetProperty("agreements")[0].GetProperty("version").Text("id");
    }

    /// <summary>What stands on the page, as one line.</summary>
    private static string Words(string html) => Regex.Replace(WebUtility.HtmlDecode(Regex.Replace(html, "<[^>]*>", " ")), @"\s+", " ");
}
