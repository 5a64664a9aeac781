using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Terms.Client;

/// <summary>What a protected endpoint asks for, and of whom.</summary>
public sealed class RequireTermsOptions
{
    /// <summary>The subject of a request, as this service names it; null for nobody in particular, who is let through (what only members may see is not a matter of terms).</summary>
    public required Func<HttpContext, string?> Subject { get; set; }

    /// <summary>The facts about the subject.</summary>
    public required Func<HttpContext, Customer> Customer { get; set; }

    /// <summary>Where the form is shown, as this service names it.</summary>
    public required string Surface { get; set; }

    /// <summary>Where the reader returns after the form; registered for the key. Null for nowhere.</summary>
    public Func<HttpContext, string?> ReturnTo { get; set; } = _ => null;

    /// <summary>Who need not accept anything, such as accounts of programs.</summary>
    public Func<HttpContext, bool> IsExempt { get; set; } = _ => false;

    /// <summary>Whether a browser that opens a page is sent to the form (303) instead of being told.</summary>
    public bool RedirectsBrowsers { get; set; }

    /// <summary>Whether requests are let through while the terms service cannot be asked. They are refused with 503 by default.</summary>
    public bool LetsPassWhenUnavailable { get; set; }

    /// <summary>For how long it is remembered that a subject has accepted everything; 30 s by default, zero for not at all. A new version is asked for that much later.</summary>
    public TimeSpan RememberAccepted { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>The problem with which an endpoint answers that needs terms to be accepted first (RFC 9457).</summary>
/// <param name="Type">Ends in <c>terms-required</c>.</param>
/// <param name="Title">The same in words.</param>
/// <param name="Status">403.</param>
/// <param name="Detail">What to do.</param>
/// <param name="Link">Where the reader accepts.</param>
/// <param name="Required">What has to be accepted, and why.</param>
public sealed record TermsRequiredProblem(string Type, string Title, int Status, string Detail, string Link, IReadOnlyList<RequiredAgreement> Required);

/// <summary>Protects endpoints.</summary>
public static class RequireTermsExtensions
{
    /// <summary>
    /// Lets a request through if its subject has accepted everything that applies to it. Else the answer is 403 with a <see cref="TermsRequiredProblem"/> whose link leads to the form, and the
    /// endpoint does not run.
    /// </summary>
    public static TBuilder RequireTerms<TBuilder>(this TBuilder endpoints, RequireTermsOptions options)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.AddEndpointFilter<TBuilder>((invocation, next) => new TermsFilter(options).Invoke(invocation, next));
}

/// <summary>Asks before an endpoint runs.</summary>
internal sealed partial class TermsFilter(RequireTermsOptions options)
{
    public async ValueTask<object?> Invoke(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (options.IsExempt(context) || options.Subject(context) is not { } subject)
        {
            return await next(invocation).ConfigureAwait(false);
        }
        try
        {
            if (await Required(context, subject).ConfigureAwait(false) is { } refusal)
            {
                return refusal;
            }
        }
        catch (Exception e) when (IsUnavailable(e, context.RequestAborted))
        {
            var log = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Terms.Client");
            if (!options.LetsPassWhenUnavailable)
            {
                Refused(log, e);
                return Results.Problem("It cannot be asked at the moment whether the terms are accepted. Try again in a while.", statusCode: 503, title: "terms unavailable", type: "/problems/terms-unavailable");
            }
            LetPass(log, e);
        }
        return await next(invocation).ConfigureAwait(false);
    }

    /// <summary>The refusal, if something has to be accepted.</summary>
    private async Task<IResult?> Required(HttpContext context, string subject)
    {
        var client = context.RequestServices.GetRequiredService<TermsClient>();
        var accepted = context.RequestServices.GetRequiredService<AcceptedSubjects>();
        var customer = options.Customer(context);
        if (accepted.Has(subject, customer))
        {
            return null;
        }
        var status = await client.Status(subject, customer, context.RequestAborted).ConfigureAwait(false);
        if (status.IsComplete)
        {
            accepted.Add(subject, customer, options.RememberAccepted);
            return null;
        }
        var presentation = await client.Present(
            new PresentationRequest(subject, customer, options.Surface) { Agreements = [.. status.Required.Select(r => r.Agreement)], ReturnTo = options.ReturnTo(context) },
            context.RequestAborted).ConfigureAwait(false);
        context.Response.Headers.CacheControl = "no-store";
        if (options.RedirectsBrowsers && HttpMethods.IsGet(context.Request.Method) && context.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html"))
        {
            context.Response.Headers.Location = presentation.Url;
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }
        var problem = new TermsRequiredProblem(
            "/problems/terms-required", "terms required", StatusCodes.Status403Forbidden,
            $"Terms have to be accepted first: {string.Join(", ", status.Required.Select(r => r.Title))}. Open the link, accept, and send the request again.", presentation.Url, status.Required);
        return Results.Json(problem, ClientJson.Default.TermsRequiredProblem, "application/problem+json", problem.Status);
    }

    /// <summary>Whether the service could not be asked: not reached, too slow, broken. A refusal of what this service sent is a mistake here, and is not hidden.</summary>
    private static bool IsUnavailable(Exception e, CancellationToken aborted) => e switch
    {
        TermsProblemException problem => (int)problem.Status >= 500 || (int)problem.Status == StatusCodes.Status429TooManyRequests,
        HttpRequestException => true,
        OperationCanceledException => !aborted.IsCancellationRequested,
        _ => false,
    };

    [LoggerMessage(LogLevel.Error, "The terms service cannot be asked; the request is refused")]
    private static partial void Refused(ILogger log, Exception failure);

    [LoggerMessage(LogLevel.Error, "The terms service cannot be asked; the request is let through, as configured")]
    private static partial void LetPass(ILogger log, Exception failure);
}
