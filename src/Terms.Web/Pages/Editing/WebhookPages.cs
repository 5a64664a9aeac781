using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.People;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Pages.Editing;

/// <summary>
/// The page of webhooks and their deliveries, and its button that sends a message again. It shows where the platform's systems stand and concerns all agreements: publishers and auditors of all
/// see it, publishers send again.
/// </summary>
internal static class WebhookPages
{
    /// <summary>How many messages of a webhook are shown at a time.</summary>
    public const int Shown = 20;

    private const int MostTroubles = 100;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPage(WebhooksPage.Address, (context, who) => Task.FromResult<IResult>(MaySee(who) ? Show(context, who) : Refuse(context)));
        app.MapStep(WebhooksPage.Address + "/replay", Replay);
    }

    /// <summary>Whether somebody may see the page.</summary>
    public static bool MaySee(SignedIn who) => MayReplay(who) || who.IsAuditorOfAll;

    /// <summary>Whether somebody may have a message sent again.</summary>
    public static bool MayReplay(SignedIn who) => who.Editor.Grants.Contains(new Grant(EditorRole.Publisher));

    private static RazorComponentResult Show(HttpContext context, SignedIn who)
    {
        var (query, store) = (context.Request.Query, context.RequestServices.GetRequiredService<ServedStore>().Store);
        var before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (long?)null;
        var asked = query["webhook"].ToString();
        return PageMap.Page<WebhooksPage>(200, new()
        {
            [nameof(WebhooksPage.Who)] = who,
            [nameof(WebhooksPage.Hooks)] = store.Webhooks.All().Where(w => asked.Length == 0 || w.Id == asked)
                .Select(w => (w, store.Webhooks.Deliveries(w.Id, w.Id == asked ? before : null, Shown))).ToList(),
            [nameof(WebhooksPage.Troubles)] = store.Notices.Troubles(MostTroubles),
            [nameof(WebhooksPage.Replayed)] = int.TryParse(query["replayed"], NumberStyles.None, CultureInfo.InvariantCulture, out var replayed) ? replayed : null,
        });
    }

    private static RazorComponentResult Refuse(HttpContext context)
    {
        RefusalNote.Denied(context);
        return PageMap.Refuse(403, "Refusal.Webhooks");
    }

    private static async Task<IResult> Replay(HttpContext context, SignedIn who, IFormCollection form)
    {
        if (!MayReplay(who))
        {
            return Refuse(context);
        }
        if (form["webhook"] is not [{ Length: > 0 } webhook] || form["message"] is not [{ Length: > 0 } message])
        {
            return PageMap.Refuse(400, "Refusal.Form");
        }
        var (store, now) = (context.RequestServices.GetRequiredService<ServedStore>().Store, context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var replayed = await store.Webhooks.Replay(webhook, new ReplayChoice(message, null), who.Account.Name, now);
        if (replayed == 0)
        {
            await context.RequestServices.GetRequiredService<KeptRefusals>().Keep(PersonStep.RequestRefused, who.Account.Name, $"{WebhooksPage.Address}/replay: {WebhookRegister.NothingToReplay}");
        }
        return new SeeOther(string.Create(CultureInfo.InvariantCulture, $"{WebhooksPage.Address}?replayed={replayed}"));
    }
}
