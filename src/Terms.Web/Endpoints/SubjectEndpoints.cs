using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Export;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>What concerns one subject: what it must accept, what it has accepted, its link, its evidence, its hold.</summary>
internal static class SubjectEndpoints
{
    private const string Root = "/api/v1/subjects/";
    private const int LargestBody = 8 * 1024;
    private const int LongestWhy = 500;

    /// <summary>What a subject must accept now, and why. The subject is the path's; the facts come as <c>/applicable</c> takes them.</summary>
    public static Task Status(HttpContext context, SubjectAnswers subjects, TimeProvider clock)
    {
        Callers.Require(context, "read");
        var subject = Subject(context);
        var question = ApplicableEndpoint.Read(subjects.Served.Catalogue, context.Request.QueryString.Value, clock.GetUtcNow());
        var answers = subjects.ToAccept(subject, question).ToDictionary(b => b.Answer);
        var status = SubjectStatus.Of(subjects.Acts(subject), [.. answers.Keys], question.At);
        return JsonAnswer.Send(context, 200, new StatusDocument(
            subject, question.At.ToRfc3339(),
            [.. status.Required.Select(r => new RequiredDocument(
                r.Answer.Agreement.Id.Value, r.Answer.Version!.Id.Value, r.Answer.Version.TextDigest.Value, r.Answer.Version.Texts[0].Title, SubjectStatus.Reasons[(int)r.Because],
                r.Classification, r.Explanation, r.Last is { } last ? new LastActDocument(last.Id.ToString(), last.Record.Version(r.Answer.Agreement.Id.Value)!.Version, last.Record.Recorded.ToRfc3339()) : null,
                answers[r.Answer].Effect is { } effect ? AnswerDocuments.Document(r.Answer.Version, effect) : null))],
            [.. status.Accepted.Select(a => new AcceptedDocument(
                a.Answer.Agreement.Id.Value, a.By.Record.Version(a.Answer.Agreement.Id.Value)!.Version, a.By.Id.ToString(), a.By.Record.Recorded.ToRfc3339(), a.Until?.ToRfc3339(),
                answers[a.Answer].Upcoming is { } next ? AnswerDocuments.UpcomingOf(next, answers[a.Answer].UpcomingEffect) : null))]),
            AcceptanceJson.Plain.StatusDocument);
    }

    /// <summary>Every act of a subject, oldest first, without personal details.</summary>
    public static Task Acceptances(HttpContext context, ServedStore stored, ServedCatalogue served)
    {
        Callers.Require(context, "read");
        var subject = Subject(context);
        var told = stored.Store.Notices.OfSubject(subject);
        return JsonAnswer.Send(
            context, 200,
            [.. stored.Store.EntriesOf(subject).Select(e => AcceptanceEndpoints.Document(stored.Store, e, withDetails: false, JoinedNotices.Of(served.Corpus, AcceptanceRecord.Parse(e.Record), told)))],
            AcceptanceJson.Plain.IReadOnlyListAcceptanceDocument);
    }

    /// <summary>A signed link that opens the subject's acceptances to whoever has it, for a while.</summary>
    public static Task Link(HttpContext context, ServedStore stored, ServedCatalogue served, TimeProvider clock)
    {
        Callers.Require(context, "read");
        Callers.Require(context, "present"); // The page lets an acceptance be withdrawn, which reading alone does not.
        var parameters = new Parameters(context, served, clock);
        parameters.Only("minutes");
        var minutes = parameters.Text("minutes") is not { } text ? 60
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 24 * 60 ? number
            : throw ApiException.Parameter("\"minutes\" is not a whole number from 1 to 1440, which is a day.");
        var claims = JsonBody.Checked(() => new LinkClaims(Subject(context), clock.GetUtcNow().AddMinutes(minutes)));
        return JsonAnswer.Send(
            context, 200, new LinkDocument($"{context.Request.Scheme}://{context.Request.Host}/acceptances/{stored.Tokens.Sign(claims)}", claims.Expires.ToRfc3339()), AcceptanceJson.Plain.LinkDocument);
    }

    /// <summary>Everything on the subject and one agreement in one ZIP.</summary>
    public static async Task Evidence(HttpContext context, ServedStore stored, ServedCatalogue served, TimeProvider clock)
    {
        Callers.Require(context, "read");
        var parameters = new Parameters(context, served, clock);
        parameters.Only("agreement");
        var agreement = parameters.Agreement(parameters.Required("agreement", "free-membership"));
        var pack = Receipts.Pack(stored.Store, served.Corpus, Subject(context), agreement)
            ?? throw new ApiException(404, "unknown-acceptance", $"The subject has no act on {agreement.Id}. GET /api/v1/subjects/{{subject}}/acceptances lists all.");
        var response = context.Response;
        response.ContentType = "application/zip";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"evidence-{agreement.Id}.zip\"";
        await pack.Write(response.Body, context.RequestAborted);
    }

    /// <summary>Puts the subject's personal details on hold: they are not erased while it lasts.</summary>
    public static async Task Hold(HttpContext context, ServedStore stored, TimeProvider clock)
    {
        Callers.Require(context, "hold");
        using var body = await JsonBody.Object(context, LargestBody);
        body.RootElement.Only("why");
        var why = JsonBody.Checked(() => PlainText.Checked(body.RootElement.Required("why"), LongestWhy, "why"));
        await stored.Store.Hold(Subject(context), why, clock.GetUtcNow());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>Releases every hold on the subject.</summary>
    public static async Task Release(HttpContext context, ServedStore stored, TimeProvider clock)
    {
        Callers.Require(context, "hold");
        await stored.Store.Release(Subject(context), clock.GetUtcNow());
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>
    /// The subject in the path. It is taken from the request line, because the server leaves an encoded slash as it is and decodes the rest, so that <c>%2F</c> and <c>%252F</c> look
    /// the same afterwards.
    /// </summary>
    public static string Subject(HttpContext context)
    {
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var subject = raw.StartsWith(Root, StringComparison.Ordinal) ? Uri.UnescapeDataString(raw[Root.Length..].Split('/', '?')[0]) : (string)context.Request.RouteValues["subject"]!;
        return JsonBody.Checked(() => PlainText.Checked(subject, 200, "subject"));
    }
}
