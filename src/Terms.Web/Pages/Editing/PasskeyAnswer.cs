using Microsoft.Extensions.Localization;
using Terms.Web.Editing;

namespace Terms.Web.Pages.Editing;

/// <summary>What the script of passkeys is told: the options for the device, as the framework writes them, or why there are none.</summary>
internal static class PasskeyAnswer
{
    /// <summary>What came of asking for a challenge.</summary>
    /// <param name="context">The request.</param>
    /// <param name="outcome">What came of it.</param>
    /// <param name="words">The words of the interface.</param>
    /// <param name="refusal">The words for a refusal.</param>
    public static IResult Of(HttpContext context, SignInOutcome outcome, IStringLocalizer<Wording> words, string refusal)
    {
        if (outcome.Wait is { } wait)
        {
            SignInPages.AskToWait(context, wait);
            return Refused(429, words["SignIn.Wait"]);
        }
        return outcome.Given is { } options ? TypedResults.Content(options, "application/json") : Refused(403, words[refusal]);
    }

    /// <summary>Why there are none, in words to be shown.</summary>
    public static IResult Refused(int status, string message) => TypedResults.Json(new Refusal(message), statusCode: status);

    private sealed record Refusal(string Message);
}
