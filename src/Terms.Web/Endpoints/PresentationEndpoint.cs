using System.Globalization;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>A service asks to have terms shown to somebody.</summary>
internal static class PresentationEndpoint
{
    private const int LargestBody = 16 * 1024;
    private const int MostMinutes = 7 * 24 * 60;

    public static async Task Create(HttpContext context, ServedCatalogue served, Presenter presenter, TimeProvider clock)
    {
        var key = Callers.Require(context, "present");
        using var body = await JsonBody.Object(context, LargestBody);
        var json = body.RootElement;
        json.Only("subject", "actor", "authority", "act", "customer", "agreements", "surface", "language", "returnTo", "minutes");
        var now = clock.GetUtcNow();
        var returnTo = json.Optional("returnTo");
        if (returnTo is not null && !key.MayReturnTo(returnTo))
        {
            throw new ApiException(403, "not-allowed", $"\"returnTo\" is not below an address that is registered for the key {key.Id}. Make a key that has it with `terms key add --return-address`, or send one that is.");
        }
        var language = Language(json);
        var customer = Customer(served, json, now);
        var subject = json.Required("subject");
        var answers = presenter.Agreements(subject, customer, Named(json), now);
        var presentation = JsonBody.Checked(() => new Presentation(
            subject, json.Optional("actor"), json.Optional("authority"), Act(json), customer, [.. answers.Select(a => a.Agreement.Id.Value)], presenter.Since(subject, answers, now),
            json.Required("surface"), language, returnTo, key.Id, PresentationId.NewSecret(), now, now.AddMinutes(Minutes(json))));
        var id = await presenter.Add(presentation);
        var presented = await presenter.Show(id, presentation, language ?? TermsHost.Languages[0])
            ?? throw new InvalidOperationException("What was just found to apply cannot be shown.");
        var request = context.Request;
        await JsonAnswer.Send(context, 201, new PresentationDocument(
            id.ToString(), $"{request.Scheme}://{request.Host}/accept/{id}", presented.Token, presentation.Expires.ToRfc3339(), JsonAnswer.Element(presented.Form.Shown.Bytes)), AcceptanceJson.Plain.PresentationDocument);
    }

    private static AcceptanceKind Act(JsonElement json) => json.Optional("act") switch
    {
        null or "agree" => AcceptanceKind.Agree,
        "acknowledge" => AcceptanceKind.Acknowledge,
        { } other => throw ApiException.Parameter($"\"act\": \"{Parameters.Shown(other)}\" is not known. Send agree or acknowledge."),
    };

    private static string? Language(JsonElement json) => json.Optional("language") is not { } language || TermsHost.Languages.Contains(language)
        ? json.Optional("language")
        : throw ApiException.Parameter($"\"language\": \"{Parameters.Shown(language)}\" is not known. Send one of: {string.Join(", ", TermsHost.Languages)}, or leave it out to follow the reader's browser.");

    private static IReadOnlyList<string>? Named(JsonElement json) => json.TryGetProperty("agreements", out var agreements) && agreements.ValueKind == JsonValueKind.String
        ? json.Optional("agreements") == "all" ? null : throw ApiException.Parameter("\"agreements\" is neither a list of names nor all. Send [\"free-membership\"], or \"all\".")
        : json.Texts("agreements");

    private static int Minutes(JsonElement json)
    {
        if (!json.TryGetProperty("minutes", out var minutes) || minutes.ValueKind == JsonValueKind.Null)
        {
            return 24 * 60;
        }
        return minutes.ValueKind == JsonValueKind.Number && minutes.TryGetInt32(out var number) && number is >= 1 and <= MostMinutes
            ? number
            : throw ApiException.Parameter(string.Create(CultureInfo.InvariantCulture, $"\"minutes\" is not a whole number from 1 to {MostMinutes}, which is a week."));
    }

    private static Customer Customer(ServedCatalogue served, JsonElement json, DateTimeOffset now)
    {
        if (!json.TryGetProperty("customer", out var customer))
        {
            throw ApiException.Parameter("\"customer\" is missing. Send {\"residence\": \"FR\", \"role\": \"buyer\"}.");
        }
        customer.Only("residence", "role", "accessFrom", "site", "service", "member", "business", "registered");
        return ApplicableEndpoint.Read(served.Catalogue, customer, now).Customer;
    }
}
