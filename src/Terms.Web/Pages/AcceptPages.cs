using System.Collections.Immutable;
using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Terms.Acceptance;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary><c>/accept/{presentation}</c>: the form, and its answer.</summary>
internal static class AcceptPages
{
    private const int LargestForm = 16 * 1024;

    /// <summary>Shows a presentation as it stands now.</summary>
    public static Task<IResult> Show(string presentation, HttpContext context, ServedStore stored, Presenter presenter, TimeProvider clock) =>
        Show(presentation, context, stored, presenter, clock, 200, null, []);

    /// <summary>Takes the answer of a form. What is refused is explained above the form, which is shown anew.</summary>
    public static async Task<IResult> Answer(string presentation, HttpContext context, ServedStore stored, Presenter presenter, Recorder recorder, TimeProvider clock)
    {
        if (!stored.IsThere)
        {
            return PageMap.Refuse(503, "Refusal.Store");
        }
        if (context.Request.ContentLength is null or > LargestForm || !context.Request.HasFormContentType || presenter.Find(presentation, out _, out _) is not { } found)
        {
            return PageMap.Refuse(404, "Refusal.Presentation");
        }
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var declines = form["action"] == "decline";
        var token = form["token"].ToString();
        if (stored.Tokens.Read(token, clock.GetUtcNow(), out PresentationClaims? claims) == TokenState.Foreign || claims!.Presentation != presentation)
        {
            return PageMap.Refuse(403, "Refusal.Presentation");
        }
        var missing = declines || await presenter.Form(found, claims.Language) is not { } shown
            ? []
            : shown.Shown.Controls.Select(c => c.Name).Except(form["control"].OfType<string>()).ToImmutableArray();
        if (!missing.IsEmpty)
        {
            return await Show(presentation, context, stored, presenter, clock, 422, "Accept.Error.Tick", missing);
        }
        try
        {
            var (entry, _) = await recorder.Answer(
                new FormAnswer(token, declines ? AcceptanceKind.Decline : found.Act, null, Details(context), AcceptanceChannel.Page), key: null, idempotency: null);
            return Done(found, presentation, entry.Id.ToString(), declines);
        }
        catch (ApiException refused) when (refused.Problem is { Type: "stale-presentation", Reason: Stale.Late or Stale.Changed })
        {
            return await Show(presentation, context, stored, presenter, clock, 409, $"Accept.Stale.{refused.Problem.Reason}", []);
        }
        catch (ApiException refused)
        {
            return PageMap.Refuse(refused.Problem.Status, "Refusal.Presentation");
        }
    }

    private static async Task<IResult> Show(
        string id, HttpContext context, ServedStore stored, Presenter presenter, TimeProvider clock, int status, string? error, ImmutableArray<string> missing)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!stored.IsThere)
        {
            return PageMap.Refuse(503, "Refusal.Store");
        }
        if (presenter.Find(id, out var found, out var usedBy) is not { } presentation || usedBy is not null || clock.GetUtcNow() >= presentation.Expires
            || await presenter.Show(found, presentation, presentation.Language ?? CultureInfo.CurrentUICulture.Name) is not { } presented)
        {
            return PageMap.Refuse(404, "Refusal.Presentation");
        }
        if (presentation.ReturnTo is { } address)
        {
            SecurityHeaders.AllowFormTo(context, new Uri(address).GetLeftPart(UriPartial.Authority)); // Browsers hold the answer's redirect to the same rule as the form itself.
        }
        return PageMap.Page<AcceptPage>(status, new()
        {
            [nameof(AcceptPage.Presented)] = presented,
            [nameof(AcceptPage.Error)] = error,
            [nameof(AcceptPage.Missing)] = missing,
        });
    }

    private static IResult Done(Presentation presentation, string id, string acceptance, bool declined)
    {
        if (presentation.ReturnTo is not { } address)
        {
            return PageMap.Page<AcceptedPage>(200, new() { [nameof(AcceptedPage.Acceptance)] = acceptance, [nameof(AcceptedPage.Declined)] = declined });
        }
        var separator = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        return new SeeOther($"{address}{separator}presentation={id}&outcome={(declined ? "declined" : "agreed")}&acceptance={acceptance}");
    }

    /// <summary>Where the answer came from, as commitments in the record.</summary>
    private static PersonalDetails Details(HttpContext context)
    {
        var details = new List<PersonalDetail>();
        if (context.Connection.RemoteIpAddress is { } address)
        {
            details.Add(PersonalDetail.Salted("network-address", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString()));
        }
        var agent = context.Request.Headers.UserAgent.ToString();
        if (agent.Length is > 0 and <= 1000 && PlainText.IsPrintable(agent))
        {
            details.Add(PersonalDetail.Salted("user-agent", agent));
        }
        return new PersonalDetails(details);
    }

    /// <summary>Sends the reader on with a GET (RFC 9110, section 15.4.4).</summary>
    private sealed class SeeOther(string address) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = address;
            return Task.CompletedTask;
        }
    }
}
