using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary><c>/acceptances/{link}</c>: what somebody has agreed to, opened by a signed link that the service gives to its user.</summary>
internal sealed class AcceptancesPages(ServedStore stored, ServedCatalogue served, Recorder recorder, TimeProvider clock)
{
    /// <summary>For so long the question whether to withdraw can be answered.</summary>
    private static readonly TimeSpan Answerable = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        const string list = "/acceptances/{link}", act = list + "/{id}";
        app.MapMethods(list, PageMap.Reading, (string link, HttpContext context, AcceptancesPages pages) => pages.List(link, context)).ExcludeFromDescription();
        app.MapMethods(act, PageMap.Reading, (string link, string id, AcceptancesPages pages) => pages.Receipt(link, id)).ExcludeFromDescription();
        app.MapMethods(act + "/receipt.json", PageMap.Reading, (string link, string id, AcceptancesPages pages) => pages.ReceiptFile(link, id)).ExcludeFromDescription();
        app.MapMethods(act + "/shown", PageMap.Reading, (string link, string id, AcceptancesPages pages) => pages.Shown(link, id)).ExcludeFromDescription();
        app.MapMethods(act + "/shown.html", PageMap.Reading, (string link, string id, AcceptancesPages pages) => pages.ShownFile(link, id)).ExcludeFromDescription();
        app.MapMethods(act + "/withdraw", PageMap.Reading, (string link, string id, AcceptancesPages pages) => pages.AskToWithdraw(link, id)).ExcludeFromDescription();
        app.MapPost(act + "/withdraw", (string link, string id, HttpContext context, AcceptancesPages pages) => pages.Withdraw(link, id, context)).ExcludeFromDescription();
    }

    /// <summary>Every act, the newest first.</summary>
    public RazorComponentResult List(string link, HttpContext context)
    {
        if (Refusal(link, out var opened) is { } closed)
        {
            return closed;
        }
        var last = Math.Max(1, (opened.Acts.Count + KeptActs.PageSize - 1) / KeptActs.PageSize);
        var number = int.TryParse(context.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, last) : 1;
        return PageMap.Page<AcceptancesPage>(200, new()
        {
            [nameof(AcceptancesPage.Address)] = Address(link),
            [nameof(AcceptancesPage.Acts)] = opened.Acts.Page(number),
            [nameof(AcceptancesPage.Count)] = opened.Acts.Count,
            [nameof(AcceptancesPage.Number)] = number,
            [nameof(AcceptancesPage.Last)] = last,
            [nameof(AcceptancesPage.Until)] = opened.Until,
        });
    }

    /// <summary>One act as a receipt to read and to print.</summary>
    public IResult Receipt(string link, string id) => With(link, id, (act, _) => PageMap.Page<ReceiptPage>(200, new()
    {
        [nameof(ReceiptPage.Act)] = act,
        [nameof(ReceiptPage.Receipt)] = Receipts.Of(stored.Store, act.Entry, withDetails: true),
        [nameof(ReceiptPage.Address)] = $"{Address(link)}/{act.Id}",
        [nameof(ReceiptPage.List)] = Address(link),
    }));

    /// <summary>The same as a file.</summary>
    public IResult ReceiptFile(string link, string id) => With(link, id, (act, _) => PersonalPages.File(Receipts.Of(stored.Store, act.Entry, withDetails: true)));

    /// <summary>What was shown then, inside a page that says what it is.</summary>
    public IResult Shown(string link, string id) => With(link, id, (act, _) => act.Html(stored.Store) is { } html
        ? PageMap.Page<ShownPage>(200, new()
        {
            [nameof(ShownPage.Act)] = act,
            [nameof(ShownPage.Html)] = html,
            [nameof(ShownPage.Address)] = $"{Address(link)}/{act.Id}",
            [nameof(ShownPage.List)] = Address(link),
        })
        : PageMap.Refuse(404, "Refusal.Act"));

    /// <summary>The bytes alone, as a file: they are never a page of their own.</summary>
    public IResult ShownFile(string link, string id) => With(link, id, (act, _) => act.Html(stored.Store) is { } html
        ? TypedResults.File(html, "text/html; charset=utf-8", $"shown-{act.Id}.html")
        : PageMap.Refuse(404, "Refusal.Act"));

    /// <summary>Says what withdrawing means, and asks.</summary>
    public IResult AskToWithdraw(string link, string id) => With(link, id, (act, opened) => act.CanBeWithdrawn ? Question(link, act, opened, 200) : PageMap.Refuse(409, "Refusal.Withdrawal"));

    /// <summary>
    /// Withdraws. The link in the address is a secret that another site does not know; the token shows, besides, that the reader had the question about this acceptance before them.
    /// </summary>
    public async Task<IResult> Withdraw(string link, string id, HttpContext context)
    {
        if (Refusal(link, id, out var act, out var opened) is { } closed)
        {
            return closed;
        }
        if (await PersonalPages.Form(context) is not { } form)
        {
            return PageMap.Refuse(400, "Refusal.Form");
        }
        var state = stored.Tokens.Read(form["token"], clock.GetUtcNow(), out WithdrawalClaims? claims);
        if (claims is null || claims.Subject != opened.Acts.Subject || claims.Acceptance != act.Id.ToString())
        {
            return PageMap.Refuse(403, "Refusal.Form");
        }
        if (!act.CanBeWithdrawn)
        {
            return PageMap.Refuse(409, "Refusal.Withdrawal");
        }
        if (state == TokenState.Expired)
        {
            return Question(link, act, opened, 409);
        }
        try
        {
            var (entry, _) = await recorder.Withdraw(
                act.Record.Subject, act.Id.ToString(), PersonalPages.Details(context), AcceptanceChannel.Page, act.Record.Key, idempotency: null);
            return new SeeOther($"{Address(link)}/{entry.Id}");
        }
        catch (ApiException refused) when (refused.Problem.Type == "cannot-withdraw")
        {
            return PageMap.Refuse(409, "Refusal.Withdrawal");
        }
    }

    private RazorComponentResult Question(string link, KeptAct act, Opened opened, int status)
    {
        var end = clock.GetUtcNow() + Answerable;
        return PageMap.Page<WithdrawPage>(status, new()
        {
            [nameof(WithdrawPage.Act)] = act,
            [nameof(WithdrawPage.Token)] = stored.Tokens.Sign(new WithdrawalClaims(opened.Acts.Subject, act.Id.ToString(), end < opened.Until ? end : opened.Until)),
            [nameof(WithdrawPage.List)] = Address(link),
            [nameof(WithdrawPage.IsLate)] = status == 409,
        });
    }

    private IResult With(string link, string id, Func<KeptAct, Opened, IResult> then) => Refusal(link, id, out var act, out var opened) ?? then(act, opened);

    /// <summary>Opens a link; what does not open is refused with words that say how to get a new one.</summary>
    private RazorComponentResult? Refusal(string link, out Opened opened)
    {
        opened = null!;
        if (!stored.IsThere)
        {
            return PageMap.Refuse(503, "Refusal.Store");
        }
        var state = stored.Tokens.Read(link, clock.GetUtcNow(), out LinkClaims? claims);
        if (state != TokenState.Valid)
        {
            return state == TokenState.Expired ? PageMap.Refuse(410, "Refusal.LinkLate") : PageMap.Refuse(403, "Refusal.Link");
        }
        opened = new Opened(new KeptActs(stored.Store, served.Corpus, claims!.Subject), claims.Expires);
        return null;
    }

    private RazorComponentResult? Refusal(string link, string id, out KeptAct act, out Opened opened)
    {
        act = null!;
        if (Refusal(link, out opened) is { } closed)
        {
            return closed;
        }
        if (opened.Acts.Find(id) is not { } found)
        {
            return PageMap.Refuse(404, "Refusal.Act");
        }
        act = found;
        return null;
    }

    private static string Address(string link) => $"/acceptances/{link}";

    /// <summary>What a link opens, and until when.</summary>
    private sealed record Opened(KeptActs Acts, DateTimeOffset Until);
}
