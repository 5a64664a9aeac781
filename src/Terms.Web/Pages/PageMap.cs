using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Catalogue;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;
using Terms.Web.Pages.Editing;

namespace Terms.Web.Pages;

/// <summary>The addresses of the pages. Each reads what was asked, refuses what cannot be answered with words that say what to do, and renders a component.</summary>
internal static class PageMap
{
    internal static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPages(this WebApplication app)
    {
        app.UseWhen(context => !Problems.IsApi(context.Request.Path.Value ?? "") && !context.Request.Path.StartsWithSegments("/health"), pages =>
        {
            pages.Use(InterfaceLanguage.Choose);
            pages.UseRequestLocalization();
            pages.Use(InterfaceLanguage.Mark);
            pages.Use(PersonalPages.Guard);
        });
        SentFile.MapAll(app);
        Map("/", (HttpContext _, ServedCatalogue _, TimeProvider _) => Page<CataloguePage>());
        Map("/agreements/{agreement}", Agreement);
        Map("/agreements/{agreement}/history", History);
        Map("/agreements/{agreement}/compare", Compare);
        Map("/agreements/{agreement}/{version}", Version);
        Map("/applicable", Applicable);
        Map("/facts", Facts);
        Map("/parties", (HttpContext _, ServedCatalogue _, TimeProvider _) => Page<PartiesPage>());
        NoticeBoardPages.Map(app);
        ImportDesk.Map(app);
        var personal = app.MapGroup("").WithMetadata(new DisableCorsAttribute()); // What is one person's is not for the scripts of other sites.
        AcceptPages.Map(personal);
        AcceptancesPages.Map(personal);
        WorkbenchMap.Map(personal);
        app.MapFallback("{*path}", context => Problems.IsApi(context.Request.Path.Value ?? "") ? Unanswered.Refuse(context) : NoPage().ExecuteAsync(context));

        void Map(string address, Func<HttpContext, ServedCatalogue, TimeProvider, RazorComponentResult> page) =>
            app.MapMethods(address, Reading, (HttpContext context, ServedCatalogue served, TimeProvider clock) => page(context, served, clock)).ExcludeFromDescription();
    }

    private static RazorComponentResult Agreement(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (served.Catalogue.Find(Route(context, "agreement")) is not { } agreement)
        {
            return Refuse(404, "Refusal.Agreement");
        }
        var asked = Asked.Read(context.Request.Query, served.Catalogue, now);
        if (asked.ErrorOf("at") is not null || asked.ErrorOf("knownAt") is not null)
        {
            return Refuse(400, "Refusal.Instant", agreement);
        }
        var at = Instant("at") ?? now;
        var knownAt = Instant("knownAt") ?? now;
        var span = Timeline.Of(agreement, served.Catalogue.Zone, knownAt).Last(s => s.From is null || s.From <= at);
        return span.Version is null
            ? Refuse(404, "Refusal.NoVersion", agreement)
            : Text(context, served, span.Version, asked, at, knownAt, now, isInForce: true);

        DateTimeOffset? Instant(string name) => Instants.TryParse(asked[name], served.Catalogue.Zone, out var instant) ? instant : null;
    }

    private static RazorComponentResult Version(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        if (served.Catalogue.Find(Route(context, "agreement")) is not { } agreement)
        {
            return Refuse(404, "Refusal.Agreement");
        }
        if (agreement.Version(Route(context, "version")) is not { } version)
        {
            return Refuse(404, "Refusal.Version", agreement);
        }
        var asked = Asked.Read(context.Request.Query, served.Catalogue, now);
        var ever = Timeline.Of(agreement, served.Catalogue.Zone, now).FirstOrDefault(s => s.Version == version);
        var span = ever ?? new TimelineSpan(null, null, version);
        var isInForce = ever is not null && (span.From is null || span.From <= now) && (span.Until is null || now < span.Until);
        return Text(context, served, version, asked, isInForce ? now : span.From ?? now, now, now, isInForce);
    }

    /// <summary>A version's text, in the language and rendering asked for, and what applies to the reader at an instant.</summary>
    private static RazorComponentResult Text(
        HttpContext context, ServedCatalogue served, AgreementVersion version, Asked asked, DateTimeOffset at, DateTimeOffset knownAt, DateTimeOffset now, bool isInForce)
    {
        var query = context.Request.Query;
        string language = query["lang"].ToString() is { Length: > 0 } sent ? sent : version.Texts[0].Language;
        var number = int.TryParse(query["rendering"], out var n) ? n : query["rendering"].ToString().Length == 0 ? 1 : 0;
        if (version.Text(language, number) is not { } text)
        {
            return Refuse(404, "Refusal.Text", version.Agreement);
        }
        var customer = asked.Question?.Customer;
        var answer = customer is { } c ? served.Resolver.Resolve(version.Agreement, c, at, knownAt) : null;
        return Page<VersionPage>(asked.Errors.Count > 0 ? 400 : 200, new()
        {
            [nameof(VersionPage.Version)] = version,
            [nameof(VersionPage.Text)] = text,
            [nameof(VersionPage.Asked)] = asked,
            [nameof(VersionPage.Answer)] = answer?.Version == version ? answer : null,
            [nameof(VersionPage.KnownAt)] = knownAt,
            [nameof(VersionPage.Now)] = now,
            [nameof(VersionPage.IsInForce)] = isInForce,
        });
    }

    private static RazorComponentResult History(HttpContext context, ServedCatalogue served, TimeProvider clock) =>
        served.Catalogue.Find(Route(context, "agreement")) is { } agreement
            ? Page<HistoryPage>(200, new() { [nameof(HistoryPage.Agreement)] = agreement, [nameof(HistoryPage.Now)] = clock.GetUtcNow() })
            : Refuse(404, "Refusal.Agreement");

    private static RazorComponentResult Compare(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        if (served.Catalogue.Find(Route(context, "agreement")) is not { } agreement)
        {
            return Refuse(404, "Refusal.Agreement");
        }
        var now = clock.GetUtcNow();
        return Compared.Read(context.Request.Query, agreement, served.Catalogue, now, out var refusal) is { } compared
            ? Page<ComparePage>(200, new()
            {
                [nameof(ComparePage.Compared)] = compared,
                [nameof(ComparePage.Comparison)] = CompareEndpoint.Compare(served, compared.From, compared.FromText, compared.To, compared.ToText, now),
                [nameof(ComparePage.KnownAt)] = now,
            })
            : Refuse(refusal.Status, refusal.Words, agreement);
    }

    private static RazorComponentResult Applicable(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var asked = Asked.Read(context.Request.Query, served.Catalogue, clock.GetUtcNow());
        return Page<ApplicablePage>(asked.IsUnknownAgreement ? 404 : asked.Errors.Count > 0 ? 400 : 200, new() { [nameof(ApplicablePage.Asked)] = asked });
    }

    private static RazorComponentResult Facts(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var filter = FactFilter.Read(context.Request.Query, served.Catalogue, out var refusal);
        return refusal is { } r ? Refuse(r.Status, r.Words, filter.Agreement) : Page<FactsPage>(200, new()
        {
            [nameof(FactsPage.Filter)] = filter,
            [nameof(FactsPage.Found)] = filter.Find(served.Corpus, clock.GetUtcNow()),
        });
    }

    private static RazorComponentResult NoPage() => Refuse(404, "Refusal.Page");

    internal static RazorComponentResult Refuse(int status, string words, Agreement? agreement = null) => Page<RefusalPage>(status, new()
    {
        [nameof(RefusalPage.Words)] = words,
        [nameof(RefusalPage.Agreement)] = agreement,
    });

    internal static RazorComponentResult Page<T>(int status = 200, Dictionary<string, object?>? parameters = null) where T : IComponent =>
        new(typeof(T), parameters ?? []) { StatusCode = status, PreventStreamingRendering = true };

    private static string Route(HttpContext context, string name) => context.Request.RouteValues[name] as string ?? "";
}
