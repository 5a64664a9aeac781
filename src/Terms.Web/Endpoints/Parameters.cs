using System.Globalization;
using Terms.Catalogue;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Reads the parameters of requests; what is unknown or malformed is refused with words that say what to send instead.</summary>
internal sealed class Parameters(HttpContext context, ServedCatalogue served, TimeProvider clock)
{
    /// <summary>Refuses every query parameter but the named ones, and any that is sent twice.</summary>
    public void Only(params string[] names)
    {
        foreach (var (name, values) in context.Request.Query)
        {
            if (!names.Contains(name))
            {
                throw ApiException.Parameter($"The parameter \"{Shown(name)}\" is not known. Send only: {(names.Length == 0 ? "none" : string.Join(", ", names))}.");
            }
            if (values.Count > 1)
            {
                throw ApiException.Parameter($"\"{name}\" was sent twice. Send it once.");
            }
        }
    }

    /// <summary>The value of a query parameter, or null if it is absent or empty.</summary>
    public string? Text(string name) => context.Request.Query.TryGetValue(name, out var values) && values[0] is { Length: > 0 } text ? text : null;

    /// <summary>The value of a query parameter that has to be there.</summary>
    public string Required(string name, string example) => Text(name) ?? throw ApiException.Parameter($"\"{name}\" is missing. Send {name}={example}.");

    /// <summary>One of a closed set of words.</summary>
    public string? OneOf(string name, IReadOnlyCollection<string> known) => Text(name) is not { } text
        ? null
        : known.Contains(text) ? text : throw ApiException.Parameter($"\"{name}={Shown(text)}\" is not known. Send one of: {string.Join(", ", known)}.");

    /// <summary>An instant; the start of the day in the catalogue's zone for a bare date; now if absent.</summary>
    public DateTimeOffset Instant(string name) => Text(name) is { } text ? Instant(name, text) : clock.GetUtcNow();

    /// <summary>An instant that has to be there.</summary>
    public DateTimeOffset RequiredInstant(string name) => Instant(name, Required(name, "2025-04-01T00:00:00Z"));

    private DateTimeOffset Instant(string name, string text) => Instants.TryParse(PlusRestored(text.AsMemory()).Span, served.Catalogue.Zone, out var instant)
        ? instant
        : throw ApiException.Parameter($"\"{name}={Shown(text)}\" is not an instant. Send RFC 3339, such as 2025-04-01T00:00:00Z, or a date, which is the start of that day in {served.Catalogue.Zone.Id}.");

    /// <summary>A number that is not negative, with a full stop as decimal point.</summary>
    public decimal? Amount(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw ApiException.Parameter($"\"{name}={Shown(text)}\" is not an amount. Send digits with a full stop as decimal point, such as 12.50.");
    }

    /// <summary>The agreement with a name.</summary>
    public Agreement Agreement(string id) => served.Catalogue.Find(id) ?? throw new ApiException(404, "unknown-agreement", QuestionReader.UnknownAgreement(served.Catalogue, id));

    /// <summary>A version of an agreement, as known now.</summary>
    public AgreementVersion Version(string agreement, string version)
    {
        var found = Agreement(agreement);
        return found.Version(version) is { } v && v.Details.Recorded <= clock.GetUtcNow()
            ? v
            : throw new ApiException(404, "unknown-version", $"{found.Id} has no version \"{Shown(version)}\". Send one of: {string.Join(", ", found.Versions.Select(x => x.Id.Value))}.");
    }

    /// <summary>The version in force at an instant, as known at another.</summary>
    public static AgreementVersion InForce(ServedCatalogue served, Agreement agreement, DateTimeOffset at, DateTimeOffset knownAt)
    {
        var spans = Timeline.Of(agreement, served.Catalogue.Zone, knownAt);
        return spans.Last(s => s.From is null || s.From <= at).Version
            ?? throw new ApiException(404, "no-version-at-instant",
                $"No version of {agreement.Id} is known to have been in force at {at.ToRfc3339()}. " + (spans.FirstOrDefault(s => s.Version is not null)?.From is { } first
                    ? $"Send an instant from {first.ToRfc3339()} on."
                    : "The catalogue knew of none then; send a later knownAt."));
    }

    /// <summary>A value as it can be repeated in an answer: short, and without control characters.</summary>
    public static string Shown(string value, int longest = 40) => new([.. (value.Length > longest ? value[..longest] + "…" : value).Select(c => char.IsControl(c) ? '\uFFFD' : c)]);

    /// <summary>An instant's plus sign, which an address turns into a space, restored.</summary>
    public static ReadOnlyMemory<char> PlusRestored(ReadOnlyMemory<char> value)
    {
        if (value.Length < 20 || value.Span[^6] != ' ')
        {
            return value;
        }
        return string.Concat(value.Span[..^6], "+", value.Span[^5..]).AsMemory();
    }
}
