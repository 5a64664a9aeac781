using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.People;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary>
/// Why somebody did not get what they asked for. A page notes it while it answers, and it is kept as an event before the answer is sent, so that no form is refused without one. What is not noted is kept with
/// the words of the page that refuses. The first note counts. A page that was merely asked for leaves an event only where it is not for this person.
/// </summary>
internal static class RefusalNote
{
    private const int LongestAddress = 150;
    private static readonly object Noted = new();

    /// <summary>Notes why, in English, as events have it.</summary>
    public static void Because(HttpContext context, string why) => Note(context, new(PersonStep.RequestRefused, why));

    /// <summary>Notes why by the words that the page says it with.</summary>
    public static void Says(HttpContext context, string words) => Because(context, English(context, words));

    /// <summary>Notes that it is not for this person, or not there: nobody is told which.</summary>
    public static void Denied(HttpContext context) => Note(context, new(PersonStep.Denied, null));

    /// <summary>Notes why a passkey is not added.</summary>
    public static void Passkey(HttpContext context, PasskeyRefusal why) => Note(context, new(PersonStep.PasskeyRefused, why.Words()));

    /// <summary>Notes that an event tells of it already, or that it is none.</summary>
    public static void IsKept(HttpContext context) => Note(context, new(null, null));

    /// <summary>Notes what came of a step of a draft, if it was not taken.</summary>
    public static StepOutcome Noting(HttpContext context, StepOutcome outcome)
    {
        switch (outcome)
        {
            case { IsKept: true }:
                IsKept(context);
                break;
            case StepOutcome.Malformed malformed:
                Because(context, malformed.Because);
                break;
            case StepOutcome.NotFound:
                Denied(context);
                break;
        }
        return outcome;
    }

    /// <summary>Keeps the event of an answer that refuses something to somebody.</summary>
    /// <param name="context">The request.</param>
    /// <param name="who">Who asked.</param>
    /// <param name="answer">The answer.</param>
    public static Task Keep(HttpContext context, string who, IResult answer)
    {
        if (answer is not IStatusCodeHttpResult { StatusCode: >= 400 and var status })
        {
            return Task.CompletedTask;
        }
        var note = context.Items.TryGetValue(Noted, out var noted) ? (Reason)noted!
            : !HttpMethods.IsPost(context.Request.Method) ? default
            : new Reason(PersonStep.RequestRefused, Words(context, answer) ?? string.Create(CultureInfo.InvariantCulture, $"answered {status}"));
        var address = WellFormed.Shortened(context.Request.Path.ToUriComponent(), LongestAddress);
        return note.Step is { } step
            ? context.RequestServices.GetRequiredService<KeptRefusals>().Keep(step, who, note.Why is { } why ? $"{address}: {why}" : address)
            : Task.CompletedTask;
    }

    /// <summary>Words of the interface in English, the language of events.</summary>
    public static string English(HttpContext context, string words)
    {
        var culture = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
            return context.RequestServices.GetRequiredService<IStringLocalizer<Wording>>()[words];
        }
        finally
        {
            CultureInfo.CurrentUICulture = culture;
        }
    }

    /// <summary>What the page of a refusal says.</summary>
    private static string? Words(HttpContext context, IResult answer) =>
        answer is RazorComponentResult page && page.ComponentType == typeof(RefusalPage) ? English(context, $"{page.Parameters[nameof(RefusalPage.Words)]}.Title") : null;

    private static void Note(HttpContext context, Reason reason) => context.Items.TryAdd(Noted, reason);

    /// <param name="Step">What is kept; null if it is kept already.</param>
    /// <param name="Why">Why; null where the address says all.</param>
    private readonly record struct Reason(PersonStep? Step, string? Why);
}
