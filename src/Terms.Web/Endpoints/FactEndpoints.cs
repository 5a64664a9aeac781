using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Export;
using Terms.Facts;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Facts, and what they compute.</summary>
internal static class FactEndpoints
{
    /// <summary>Typed facts of the versions in force, or of one version, with clause and quote.</summary>
    public static IResult List(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("agreement", "version", "kind", "clause", "party", "at", "knownAt");
        var kind = parameters.OneOf("kind", FactKind.All);
        var party = parameters.OneOf("party", served.Catalogue.Parties.Keys);
        var clause = parameters.Text("clause");
        var versions = Versions(parameters, served).ToList();
        if (clause is not null && !versions.Exists(v => v.HasClause(clause)))
        {
            throw new ApiException(404, "unknown-clause", $"There is no clause \"{Parameters.Shown(clause)}\" in {string.Join(", ", versions.Select(v => v.Path))}.");
        }
        var knownAt = parameters.Instant("knownAt");
        IReadOnlyList<FactDocument> facts =
        [
            .. versions.Where(v => v.StateAt(knownAt) is not null).SelectMany(v => served.Corpus.Knowledge(v.StateAt(knownAt)!).Facts)
                .Where(f => (kind is null || f.Origin.Kind == kind) && (clause is null || f.Clauses.Contains(clause)) && (party is null || (f is NoticeFact n && n.Addressees.Contains(party))))
                .Select(CatalogueDocuments.Document),
        ];
        return TaggedAnswer.Json(facts, TermsJson.Plain.IReadOnlyListFactDocument);
    }

    /// <summary>The cap on liability, as far as the text and the fees paid tell.</summary>
    public static IResult Cap(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("agreement", "at", "feesPaid", "currency", "knownAt");
        var facts = FactsInForce(parameters, served);
        var currency = parameters.Text("currency");
        if (currency is not null && (currency.Length != 3 || !currency.All(char.IsAsciiLetterUpper)))
        {
            throw ApiException.Parameter($"\"currency={Parameters.Shown(currency)}\" is not a currency. Send an ISO 4217 code, such as USD.");
        }
        return TaggedAnswer.Json(CatalogueDocuments.Document(CapAnswer.Of(facts, parameters.Amount("feesPaid"), currency)), TermsJson.Plain.CapAnswerDocument);
    }

    /// <summary>When a notice counts as received.</summary>
    public static IResult DeemedReceipt(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("agreement", "direction", "channel", "sentAt", "at", "knownAt");
        var facts = FactsInForce(parameters, served);
        var direction = parameters.OneOf("direction", FactReader.NoticeDirections) ?? parameters.Required("direction", "to-platform");
        var channel = parameters.OneOf("channel", FactReader.Channels) ?? parameters.Required("channel", "courier");
        var answer = ReceiptAnswer.Of(facts, direction, channel, parameters.RequiredInstant("sentAt"), served.Catalogue.Zone);
        return TaggedAnswer.Json(CatalogueDocuments.Document(answer), TermsJson.Plain.ReceiptAnswerDocument);
    }

    /// <summary>The last day of the time limits of a clause.</summary>
    public static IResult TimeLimit(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("agreement", "clause", "start", "at", "id", "knownAt");
        var version = InForce(parameters, served);
        var clause = parameters.Required("clause", "8.7");
        if (!version.HasClause(clause))
        {
            throw new ApiException(404, "unknown-clause", $"{version.Path} has no clause \"{Parameters.Shown(clause)}\". Labels look like 6.7, 1.1(c) or 2.1 ¶3.");
        }
        var facts = served.Corpus.Knowledge(version.StateAt(parameters.Instant("knownAt"))!).Facts;
        var start = parameters.RequiredInstant("start").DateIn(served.Catalogue.Zone);
        return TaggedAnswer.Json(CatalogueDocuments.Document(LimitAnswer.Of(facts, clause, start, parameters.Text("id"))), TermsJson.Plain.LimitAnswerDocument);
    }

    private static IEnumerable<AgreementVersion> Versions(Parameters parameters, ServedCatalogue served)
    {
        var agreement = parameters.Text("agreement");
        var version = parameters.Text("version");
        if (agreement is null && version is not null)
        {
            throw ApiException.Parameter("\"version\" was sent without \"agreement\". Send both.");
        }
        if (agreement is null)
        {
            var at = parameters.Instant("at");
            return served.Catalogue.Agreements
                .Select(a => Timeline.Of(a, served.Catalogue.Zone, parameters.Instant("knownAt")).Last(s => s.From is null || s.From <= at).Version).OfType<AgreementVersion>();
        }
        return [version is null ? InForce(parameters, served) : parameters.Version(agreement, version)];
    }

    private static AgreementVersion InForce(Parameters parameters, ServedCatalogue served) => Parameters.InForce(
        served, parameters.Agreement(parameters.Required("agreement", "free-membership")), parameters.Instant("at"), parameters.Instant("knownAt"));

    private static ImmutableArray<Fact> FactsInForce(Parameters parameters, ServedCatalogue served) =>
        served.Corpus.Knowledge(InForce(parameters, served).StateAt(parameters.Instant("knownAt"))!).Facts;
}
