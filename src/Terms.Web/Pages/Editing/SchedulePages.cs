using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary><c>/workbench/drafts/{draft}/schedule</c>: the days of a version, its publication, and its withdrawal.</summary>
internal static class SchedulePages
{
    private const string Form = "yyyy-MM-dd";

    public static void Map(IEndpointRouteBuilder app)
    {
        DraftViews.MapPage(app, DraftTabs.Schedule, Show);
        MapStep("", (workbench, who, draft, form) => Plan(n => form[n].ToString(), out var wrong) is { } plan
            ? workbench.Schedule(who, draft, ReviewPages.Read(form), plan)
            : Task.FromResult<StepOutcome>(new StepOutcome.Malformed(wrong ?? "Choose the day of the announcement and the day from which the version binds.")));
        MapStep("/publish", (workbench, who, draft, _) => workbench.Publish(who, draft));
        MapStep("/withdraw", (workbench, who, draft, form) => workbench.Withdraw(who, draft, ProblemsPages.Reason(form)));

        void MapStep(string step, Func<Workbench, Editor, string, IFormCollection, Task<StepOutcome>> take) =>
            DraftViews.MapStep(app, DraftTabs.Schedule, step, (context, who, draft, form) => ReviewPages.Try(() => take(context.RequestServices.GetRequiredService<Workbench>(), who.Editor, draft, form)), Show);
    }

    /// <summary>The days that were written; null if they are none, with what is wrong.</summary>
    private static PublicationPlan? Plan(Func<string, string> days, out string? wrong)
    {
        wrong = null;
        if (days("announced").Length == 0 && days("effective").Length == 0)
        {
            return null;
        }
        if (!Day("announced", out var announced) || !Day("effective", out var effective) || (!Day("existing", out var existing) && days("existing").Length > 0))
        {
            wrong = "A day is missing, or is not written like 2026-05-03. Write the day of the announcement, and the day from which the version binds.";
            return null;
        }
        try
        {
            return new PublicationPlan(announced, effective, days("existing").Length > 0 ? existing : null);
        }
        catch (ArgumentException order)
        {
            wrong = order.Words();
            return null;
        }

        bool Day(string name, out DateOnly day) => DateOnly.TryParseExact(days(name), Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
    }

    private static async Task<IResult> Show(DraftView view, HttpContext context)
    {
        var services = context.RequestServices;
        var zone = services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Zone;
        var (today, set) = (services.GetRequiredService<TimeProvider>().GetUtcNow().DateIn(zone), view.State.Plan);
        var plan = Plan(Sent, out var wrong);
        var days = wrong is null ? plan ?? set : null;
        var report = days is not null && view.State.IsOpen ? await services.GetRequiredService<DraftViews>().Report(view.Draft, days) : null;
        var notices = services.GetRequiredService<DraftNotices>();
        return DraftViews.Page<SchedulePage>(view, context, new()
        {
            [nameof(SchedulePage.Zone)] = zone.Id,
            [nameof(SchedulePage.Days)] = (Func<string, string>)(name => Asked(name) ?? name switch
            {
                "announced" => Written(set?.Announced ?? today),
                "effective" => Written(set?.Effective),
                _ => Written(set?.ExistingFrom),
            }),
            [nameof(SchedulePage.Proposed)] = plan,
            [nameof(SchedulePage.DaysProblem)] = view.Sent is null ? wrong : null,
            [nameof(SchedulePage.ProposedReport)] = plan is null ? null : report,
            [nameof(SchedulePage.Notice)] = view.State.Publishing is { } published ? notices.Of(published) : report is null ? null : notices.Of(report, days!),
            [nameof(SchedulePage.HasDays)] = days is not null,
            [nameof(SchedulePage.IsJudging)] = report is null && days is not null && view.State.IsOpen,
            [nameof(SchedulePage.IsBefore)] = view.State.IsOpen || (view.State.Stage == PublicationStage.Published && set is not null && today < set.Effective),
        });

        string Sent(string name) => Asked(name) ?? "";

        string? Asked(string name) => view.Sent is { } form ? (form.ContainsKey(name) ? form[name].ToString() : null) : context.Request.Query.ContainsKey(name) ? context.Request.Query[name].ToString() : null;

        static string Written(DateOnly? day) => day?.ToString(Form, CultureInfo.InvariantCulture) ?? "";
    }
}
