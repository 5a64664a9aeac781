using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary>
/// <c>/accept/{presentation}</c>: the form, its answer, and what was recorded. Whoever has the address has 80 random bits, and the form's token is signed over what the page showed: another
/// site can neither guess the one nor read the other, and no cookie acts in the reader's name. So the token is the protection against forged requests too.
/// </summary>
internal sealed class AcceptPages(ServedStore stored, Presenter presenter, Recorder recorder, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder app)
    {
        const string form = "/accept/{presentation}";
        app.MapMethods(form, PageMap.Reading, (string presentation, AcceptPages pages) => pages.Show(presentation)).ExcludeFromDescription();
        app.MapPost(form, (string presentation, HttpContext context, AcceptPages pages) => pages.Answer(presentation, context)).ExcludeFromDescription();
        app.MapMethods(form + "/receipt", PageMap.Reading, (string presentation, AcceptPages pages) => pages.Receipt(presentation)).ExcludeFromDescription();
        app.MapMethods(form + "/receipt.json", PageMap.Reading, (string presentation, AcceptPages pages) => pages.ReceiptFile(presentation)).ExcludeFromDescription();
    }

    /// <summary>Shows a presentation as it stands now, or what was answered.</summary>
    public Task<IResult> Show(string presentation) => With(presentation, (id, found, usedBy) => usedBy is { } entry ? Task.FromResult<IResult>(Done(id, found, entry)) : Open(id, found, 200));

    /// <summary>Takes the answer of a form. What is refused is explained above the form, which is shown anew.</summary>
    public Task<IResult> Answer(string presentation, HttpContext context) => With(presentation, async (id, found, _) =>
    {
        if (await PersonalPages.Form(context) is not { } form)
        {
            return PageMap.Refuse(400, "Refusal.Form");
        }
        var declines = form["action"] == "decline";
        var token = form["token"].ToString();
        if (stored.Tokens.Read(token, clock.GetUtcNow(), out PresentationClaims? claims) == TokenState.Foreign || claims!.Presentation != presentation)
        {
            return PageMap.Refuse(403, "Refusal.Presentation");
        }
        try
        {
            var missing = declines || await presenter.Form(found, claims.Language) is not { } shown || shown.Shown.Digest != claims.Shown
                ? []
                : shown.Shown.Controls.ExceptBy(form["control"].OfType<string>(), c => c.Name).ToImmutableArray();
            if (!missing.IsEmpty)
            {
                return await Open(id, found, 422, "Accept.Error.Tick", missing);
            }
            var (entry, _) = await recorder.Answer(
                new FormAnswer(token, declines ? AcceptanceKind.Decline : found.Act, null, PersonalPages.Details(context), AcceptanceChannel.Page), key: null, idempotency: null);
            return new SeeOther(Return(id, found, entry.Id, declines) ?? $"/accept/{id}");
        }
        catch (ApiException refused) when (refused.Problem is { Type: "stale-presentation", Reason: Stale.Late or Stale.Changed })
        {
            return await Open(id, found, 409, $"Accept.Stale.{refused.Problem.Reason}");
        }
        catch (ApiException refused) when (refused.Problem.Reason == Stale.Used && presenter.Find(presentation, out PresentationId _, out var usedBy) is not null)
        {
            return Done(id, found, usedBy!.Value, isAgain: true);
        }
        catch (ApiException refused)
        {
            return PageMap.Refuse(refused.Problem.Status, "Refusal.Presentation");
        }
    });

    /// <summary>The receipt, without personal details: whoever has the address of the form needs not know more than it showed.</summary>
    public Task<IResult> Receipt(string presentation) => With(presentation, (id, found, usedBy) => Task.FromResult(Entry(found, usedBy) is { } entry
        ? PageMap.Page<ReceiptPage>(200, new()
        {
            [nameof(ReceiptPage.Act)] = KeptAct.Of(stored.Store, entry, AcceptanceRecord.Parse(entry.Record), null),
            [nameof(ReceiptPage.Receipt)] = Receipts.Of(stored.Store, entry, withDetails: false),
            [nameof(ReceiptPage.Address)] = $"/accept/{id}",
            [nameof(ReceiptPage.HasLanguages)] = found.Language is null,
        })
        : (IResult)PageMap.Refuse(404, "Refusal.Act")));

    /// <summary>The same as a file.</summary>
    public Task<IResult> ReceiptFile(string presentation) => With(presentation, (_, found, usedBy) => Task.FromResult(Entry(found, usedBy) is { } entry
        ? PersonalPages.File(Receipts.Of(stored.Store, entry, withDetails: false))
        : PageMap.Refuse(404, "Refusal.Act")));

    /// <summary>Finds a presentation, and answers in the language that the service asked for.</summary>
    private async Task<IResult> With(string presentation, Func<PresentationId, Presentation, long?, Task<IResult>> answer)
    {
        if (!stored.IsThere)
        {
            return PageMap.Refuse(503, "Refusal.Store");
        }
        if (presenter.Find(presentation, out var id, out var usedBy) is not { } found)
        {
            return PageMap.Refuse(404, "Refusal.Presentation");
        }
        var page = await answer(id, found, usedBy);
        return found.Language is { } language ? new InLanguage(language, page) : page;
    }

    private async Task<IResult> Open(PresentationId id, Presentation presentation, int status, string? error = null, ImmutableArray<ShownControl> missing = default)
    {
        if (clock.GetUtcNow() >= presentation.Expires)
        {
            return PageMap.Refuse(error is null ? 410 : status, "Refusal.PresentationLate");
        }
        if (await presenter.Show(id, presentation, presentation.Language ?? CultureInfo.CurrentUICulture.Name) is not { } presented)
        {
            return PageMap.Refuse(error is null ? 410 : status, "Refusal.Presentation");
        }
        var page = PageMap.Page<AcceptPage>(status, new()
        {
            [nameof(AcceptPage.Presented)] = presented,
            [nameof(AcceptPage.Error)] = error,
            [nameof(AcceptPage.Missing)] = missing.IsDefault ? [] : missing,
            [nameof(AcceptPage.HasLanguages)] = presentation.Language is null,
        });
        return presentation.ReturnTo is { } address ? new LeadingTo(address, page) : page;
    }

    private RazorComponentResult Done(PresentationId id, Presentation presentation, long usedBy, bool isAgain = false)
    {
        if (Entry(presentation, usedBy) is not { } entry)
        {
            return PageMap.Refuse(isAgain ? 409 : 410, "Refusal.PresentationLate");
        }
        var act = KeptAct.Of(stored.Store, entry, AcceptanceRecord.Parse(entry.Record), null);
        return PageMap.Page<AcceptedPage>(isAgain ? 409 : 200, new()
        {
            [nameof(AcceptedPage.Act)] = act,
            [nameof(AcceptedPage.IsAgain)] = isAgain,
            [nameof(AcceptedPage.Continue)] = Return(id, presentation, act.Id, act.Record.Kind == AcceptanceKind.Decline),
            [nameof(AcceptedPage.Receipt)] = $"/accept/{id}/receipt",
            [nameof(AcceptedPage.Until)] = presentation.Created + Presentation.Longest,
            [nameof(AcceptedPage.HasLanguages)] = presentation.Language is null,
        });
    }

    /// <summary>What answered a presentation, for a week from its making; null if nothing did, or the week is over.</summary>
    private LedgerEntry? Entry(Presentation presentation, long? usedBy) =>
        usedBy is { } entry && clock.GetUtcNow() < presentation.Created + Presentation.Longest ? stored.Store.Entry(entry) : null;

    /// <summary>Where the reader goes afterwards: the address that was registered, with the outcome; null if the service named none.</summary>
    private static string? Return(PresentationId id, Presentation presentation, AcceptanceId acceptance, bool declined) => presentation.ReturnTo is { } address
        ? $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}presentation={id}&outcome={(declined ? "declined" : presentation.Act == AcceptanceKind.Acknowledge ? "acknowledged" : "agreed")}&acceptance={acceptance}"
        : null;

    /// <summary>A form whose answer leads to another site. Browsers hold the redirect to the same rule as the form itself.</summary>
    private sealed class LeadingTo(string address, IResult page) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            SecurityHeaders.AllowFormTo(httpContext, new Uri(address).GetLeftPart(UriPartial.Authority));
            return page.ExecuteAsync(httpContext);
        }
    }
}
