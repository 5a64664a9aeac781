using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Terms.Catalogue;
using Terms.Export;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>The differences between two versions as a Word file with tracked changes.</summary>
internal static class RedlineEndpoint
{
    /// <summary>By new text, then by old: texts never change, and so the proof is not made twice. They go when their catalogue does.</summary>
    private static readonly ConditionalWeakTable<TermsText, ConcurrentDictionary<TermsText, byte[]>> Kept = [];

    /// <summary>The redline, proved: accepting all changes gives the new text, rejecting all the old.</summary>
    public static IResult Get(string agreement, HttpContext context, ServedCatalogue served, TimeProvider clock)
    {
        var parameters = new Parameters(context, served, clock);
        parameters.Only("from", "to", "lang", "fromRendering", "toRendering");
        var found = parameters.Agreement(agreement);
        var (from, to) = (Version("from"), Version("to"));
        var language = parameters.Text("lang") ?? to.Texts[0].Language;
        var (oldText, newText) = (Rendering(from, "fromRendering"), Rendering(to, "toRendering"));
        context.Response.Headers.ContentLanguage = newText.Language;
        var name = $"{WordExport.FileName(from, oldText)[..^".docx".Length]}-to-{WordExport.FileName(to, newText)[(agreement.Length + 1)..]}";
        var file = Kept.GetOrCreateValue(newText).GetOrAdd(oldText, _ => Redline.Between(from, oldText, to, newText));
        return AgreementEndpoints.WordFile(context, file, name);

        AgreementVersion Version(string side) => parameters.Version(agreement, parameters.Text(side)
            ?? throw ApiException.Parameter($"`{side}` is missing. Send one of: {string.Join(", ", found.Versions.Select(v => v.Id.Value))}."));

        TermsText Rendering(AgreementVersion version, string side)
        {
            var number = parameters.Text(side) ?? "1";
            return int.TryParse(number, out var n) && version.Text(language, n) is { } text
                ? text
                : throw ApiException.Parameter($"{version.Path} has no rendering {Parameters.Shown(number)} in \"{Parameters.Shown(language)}\". Send one of: {string.Join("; ", version.Texts.Select(t => $"lang={t.Language}&{side}={t.Number}"))}.");
        }
    }
}
