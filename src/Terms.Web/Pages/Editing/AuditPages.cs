using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Catalogue;
using Terms.People;
using Terms.Storage;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/audit</c>: everything that happened in the workbench, for auditors; as a list, and as a file.</summary>
internal sealed class AuditPages(ServedStore stored, TimeProvider clock)
{
    /// <summary>The address of the list.</summary>
    public const string Address = "/audit";

    private const int PageSize = 50;
    private const int LongestQuestion = 200;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage(Address, (context, who) => IfAuditor(context, who, (question, _) => Task.FromResult<IResult>(Pages(context).List(question, who))));
        app.MapPage(Address + "/events.csv", (context, who) => IfAuditor(context, who, (question, filter) => Pages(context).File(context, who, question, "csv", new EventFile(Pages(context).Events, filter, EventFile.Csv))));
        app.MapPage(Address + "/events.jsonl", (context, who) => IfAuditor(context, who, (question, filter) => Pages(context).File(context, who, question, "jsonl", new EventFile(Pages(context).Events, filter, EventFile.JsonLines))));

        static AuditPages Pages(HttpContext context) => context.RequestServices.GetRequiredService<AuditPages>();
    }

    private WorkbenchEvents Events => stored.Store.Events;

    private static Task<IResult> IfAuditor(HttpContext context, SignedIn who, Func<AuditQuestion, EventFilter, Task<IResult>> then)
    {
        if (!who.IsAuditor)
        {
            RefusalNote.Denied(context);
            return Task.FromResult<IResult>(PageMap.Refuse(404, "Refusal.Page"));
        }
        var question = AuditQuestion.Read(context.Request.Query);
        return then(question, question.Filter(who));
    }

    private RazorComponentResult List(AuditQuestion question, SignedIn who)
    {
        var isWrong = question.IsFromWrong || question.IsUntilWrong;
        IReadOnlyList<LoggedEvent> found = isWrong ? [] : Events.Newest(question.Filter(who), question.Before, PageSize + 1);
        return PageMap.Page<AuditPage>(isWrong ? 400 : 200, new()
        {
            [nameof(AuditPage.Who)] = who,
            [nameof(AuditPage.Question)] = question,
            [nameof(AuditPage.Found)] = found.Take(PageSize).ToList(),
            [nameof(AuditPage.HasMore)] = found.Count > PageSize,
        });
    }

    /// <summary>A file of all events that were asked for. That it was read out is an event as well; a request for its head alone reads nothing out.</summary>
    private async Task<IResult> File(HttpContext context, SignedIn who, AuditQuestion question, string form, EventFile file)
    {
        if (question.IsFromWrong || question.IsUntilWrong)
        {
            return PageMap.Refuse(400, "Refusal.Instant");
        }
        var (now, isHead) = (clock.GetUtcNow(), HttpMethods.IsHead(context.Request.Method));
        if (!isHead)
        {
            await Events.Add(new PersonEvent(PersonStep.Exported, who.Account.Name, now, who.Account.Name, $"{form}, {WellFormed.Shortened(question.ToString(), LongestQuestion)}"));
        }
        return TypedResults.Stream(isHead ? _ => Task.CompletedTask : file.WriteTo, form == "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8", $"events-{now:yyyy-MM-dd}.{form}");
    }
}
