using System.Text;
using Terms.Catalogue;
using Terms.Export;
using Terms.Rendering;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Agreements, versions, texts and clauses.</summary>
internal static class AgreementEndpoints
{
    private static readonly string[] Formats = ["html", "markdown", "text", "json", "docx"];

    /// <summary>All agreements with title, kind, sites, roles and versions.</summary>
    public static IResult List(HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        new Parameters(context, served, clock).Only();
        IReadOnlyList<AgreementDocument> all = [.. served.Catalogue.Agreements.Select(a => CatalogueDocuments.Document(served.Catalogue, a, clock.GetUtcNow()))];
        return TaggedAnswer.Json(all, TermsJson.Plain.IReadOnlyListAgreementDocument);
    }

    /// <summary>One agreement with its timeline; with Accept-Datetime, 302 to the version in force then (RFC 7089).</summary>
    public static IResult One(string agreement, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only();
        var found = parameters.Agreement(agreement);
        return Memento.Redirect(context, served, found, clock.GetUtcNow(), v => $"/api/v1/agreements/{found.Id}/versions/{v.Id}")
            ?? TaggedAnswer.Json(CatalogueDocuments.Document(served.Catalogue, found, clock.GetUtcNow()), TermsJson.Plain.AgreementDocument);
    }

    /// <summary>Metadata, digests, renderings and links of a version.</summary>
    public static IResult Version(string agreement, string version, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("knownAt");
        var found = parameters.Version(agreement, version);
        var knownAt = parameters.Instant("knownAt");
        if (found.StateAt(knownAt) is null)
        {
            throw new ApiException(404, "unknown-version", $"The catalogue learnt of {found.Path} at {found.Details.Recorded.ToRfc3339()}. Send a later knownAt.");
        }
        Memento.Describe(context, served, found, "/api/v1/agreements/");
        return TaggedAnswer.Json(CatalogueDocuments.Document(served.Catalogue, found, knownAt), TermsJson.Plain.VersionDocument);
    }

    /// <summary>The text: a tree of clauses, or HTML, Markdown, plain text or a Word file.</summary>
    public static IResult Text(string agreement, string version, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("lang", "rendering", "format");
        var found = parameters.Version(agreement, version);
        var text = Rendering(parameters, found);
        Memento.Describe(context, served, found, "/api/v1/agreements/");
        context.Response.Headers.ContentLanguage = text.Language;
        return (parameters.OneOf("format", Formats) ?? "json") switch
        {
            "html" => Page(context, TextRenderer.Html(found, text)),
            "markdown" => Words(TextRenderer.Markdown(found, text), "text/markdown; charset=utf-8"),
            "text" => Words(TextRenderer.PlainText(found, text), "text/plain; charset=utf-8"),
            "docx" => WordFile(context, WordExport.Docx(found, text), WordExport.FileName(found, text)),
            _ => TaggedAnswer.Json(CatalogueDocuments.Document(found, text), TermsJson.Plain.TextDocument, TaggedAnswer.Immutable),
        };

        static TaggedAnswer Page(HttpContext context, string page)
        {
            context.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; style-src {TextRenderer.StyleSource}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
            return Words(page, "text/html; charset=utf-8");
        }

        static TaggedAnswer Words(string words, string type) => new(Encoding.UTF8.GetBytes(words), type, TaggedAnswer.Immutable);
    }

    /// <summary>One clause with the facts and rules that cite it and the editor's notes.</summary>
    public static IResult Clause(string agreement, string version, string label, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("lang", "rendering", "knownAt");
        var found = parameters.Version(agreement, version);
        var text = Rendering(parameters, found);
        var clause = text.Find(label) ?? text.All.FirstOrDefault(c => c.Label.Anchor == label)
            ?? throw new ApiException(404, "unknown-clause",
                $"{found.Path} has no clause \"{Parameters.Shown(label)}\". Labels look like 6.7, 1.1(c) or 2.1 ¶3, percent-encoded in an address; the text in format=json lists them.");
        Memento.Describe(context, served, found, "/api/v1/agreements/");
        var knownAt = parameters.Instant("knownAt");
        return found.StateAt(knownAt) is null
            ? throw new ApiException(404, "unknown-version", $"The catalogue learnt of {found.Path} at {found.Details.Recorded.ToRfc3339()}. Send a later knownAt.")
            : TaggedAnswer.Json(CatalogueDocuments.Document(served.Corpus, found, text, clause, knownAt), TermsJson.Plain.ClauseAnswerDocument);
    }

    /// <summary>A Word file to be saved under a name.</summary>
    internal static TaggedAnswer WordFile(HttpContext context, byte[] file, string name)
    {
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        return new TaggedAnswer(file, WordExport.MediaType, TaggedAnswer.Immutable);
    }

    private static TermsText Rendering(Parameters parameters, AgreementVersion version)
    {
        var language = parameters.Text("lang") ?? version.Texts[0].Language;
        var number = parameters.Text("rendering") ?? "1";
        return int.TryParse(number, out var n) && version.Text(language, n) is { } text
            ? text
            : throw ApiException.Parameter($"{version.Path} has no rendering {Parameters.Shown(number)} in \"{Parameters.Shown(language)}\". Send one of: {string.Join("; ", version.Texts.Select(t => $"lang={t.Language}&rendering={t.Number}"))}.");
    }
}
