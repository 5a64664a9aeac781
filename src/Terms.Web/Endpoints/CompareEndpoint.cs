using System.Globalization;
using System.Runtime.CompilerServices;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Export;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Two versions compared, or two renderings of one.</summary>
internal static class CompareEndpoint
{
    private static readonly ConditionalWeakTable<Resolver, Kept> Comparisons = [];

    /// <summary>Comparisons made before: versions never change, so each is made once per state of knowledge. Content has few pairs; the oldest go if somebody asks for all.</summary>
    private sealed class Kept
    {
        private const int Most = 64;
        private readonly Dictionary<(TermsText, TermsText, VersionState, VersionState), VersionComparison> made = [];
        private readonly Queue<(TermsText, TermsText, VersionState, VersionState)> order = new();

        public VersionComparison Of(Resolver resolver, AgreementVersion from, TermsText fromText, AgreementVersion to, TermsText toText, DateTimeOffset knownAt)
        {
            var key = (fromText, toText, from.StateAt(knownAt)!, to.StateAt(knownAt)!);
            lock (made)
            {
                if (made.TryGetValue(key, out var known))
                {
                    return known;
                }
            }
            var comparison = VersionComparison.Of(resolver, from, fromText, to, toText, knownAt);
            lock (made)
            {
                if (made.TryAdd(key, comparison))
                {
                    order.Enqueue(key);
                    if (order.Count > Most)
                    {
                        made.Remove(order.Dequeue());
                    }
                }
            }
            return comparison;
        }
    }

    /// <summary>Clauses, words, facts and rules that differ, and for whom the company, law, forum or cap changes.</summary>
    public static IResult Get(string agreement, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("from", "to", "fromRendering", "toRendering", "lang", "knownAt");
        var knownAt = parameters.Instant("knownAt");
        var versions = parameters.Agreement(agreement).Versions;
        var from = Version(parameters, agreement, "from", versions[0], knownAt);
        var to = Version(parameters, agreement, "to", versions[^1], knownAt);
        var (fromText, toText) = (Rendering(parameters, from, "fromRendering"), Rendering(parameters, to, "toRendering"));
        return TaggedAnswer.Json(ComparisonDocuments.Document(Compare(served, from, fromText, to, toText, knownAt)), TermsJson.Plain.ComparisonDocument);
    }

    /// <summary>The comparison, from those made before if it is among them.</summary>
    public static VersionComparison Compare(ServedCatalogue served, AgreementVersion from, TermsText fromText, AgreementVersion to, TermsText toText, DateTimeOffset knownAt) =>
        Comparisons.GetOrCreateValue(served.Resolver).Of(served.Resolver, from, fromText, to, toText, knownAt);

    private static AgreementVersion Version(Parameters parameters, string agreement, string name, AgreementVersion example, DateTimeOffset knownAt)
    {
        var version = parameters.Version(agreement, parameters.Required(name, example.Id.Value));
        return version.StateAt(knownAt) is not null
            ? version
            : throw new ApiException(404, "unknown-version", $"The catalogue learnt of {version.Path} at {version.Details.Recorded.ToRfc3339()}. Send a later knownAt.");
    }

    private static TermsText Rendering(Parameters parameters, AgreementVersion version, string name)
    {
        var language = parameters.Text("lang") ?? version.Texts[0].Language;
        var number = parameters.Text(name) ?? "1";
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && version.Text(language, n) is { } text
            ? text
            : throw ApiException.Parameter($"{version.Path} has no rendering {Parameters.Shown(number)} in \"{Parameters.Shown(language)}\". Send one of: {string.Join("; ", version.Texts.Select(t => $"lang={t.Language}&{name}={t.Number}"))}.");
    }
}
