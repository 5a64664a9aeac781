using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Web.Pages;

/// <summary>Which versions and renderings are compared, and what of it is shown.</summary>
/// <param name="Known">The versions of the agreement that can be chosen, the oldest first.</param>
/// <param name="From">The old version.</param>
/// <param name="FromText">Its rendering.</param>
/// <param name="To">The new version.</param>
/// <param name="ToText">Its rendering.</param>
/// <param name="All">Whether clauses that did not change are shown too.</param>
/// <param name="Cosmetic">Whether changes of spacing, quotes, case, punctuation or emphasis alone are shown.</param>
public sealed record Compared(
    ImmutableArray<AgreementVersion> Known, AgreementVersion From, TermsText FromText, AgreementVersion To, TermsText ToText, bool All, bool Cosmetic)
{
    /// <summary>The draft that the new side is; null if it is a version of the catalogue.</summary>
    public string? Draft { get; init; }

    /// <summary>Whether there is a rendering to choose.</summary>
    public bool HasRenderings => Known.Any(v => v.Texts.Length > 1);

    /// <summary>Whether the two texts are renderings of one version.</summary>
    public bool IsOneVersion => From == To;

    /// <summary>The key of the words for the old side.</summary>
    public string OldWord => IsOneVersion ? "Compare.Old.Rendering" : "Compare.Old";

    /// <summary>The key of the words for the new side.</summary>
    public string NewWord => IsOneVersion ? "Compare.New.Rendering" : "Compare.New";

    /// <summary>Whether a change is left out because only its looks changed. In a clause on law, forum, company, cap, exclusion or time for claims nothing is left out.</summary>
    public bool Hides(ClauseChange change) => !Cosmetic && change is { Kind: ChangeKind.Changed, IsCosmetic: true, IsCritical: false, LinksChanged: false };

    /// <summary>The address of the same comparison with more or less of it shown.</summary>
    public string Address(bool all, bool cosmetic) => (Draft is null ? $"/agreements/{From.Agreement.Id}/compare" : $"/workbench/drafts/{Draft}/problems") + QueryString.Create(new Dictionary<string, string?>
    {
        ["from"] = From.Id.Value,
        ["to"] = To.Id.Value,
        ["fromRendering"] = From.Texts.Length > 1 ? FromText.Number.ToString(CultureInfo.InvariantCulture) : null,
        ["toRendering"] = To.Texts.Length > 1 ? ToText.Number.ToString(CultureInfo.InvariantCulture) : null,
        ["show"] = all ? "all" : null,
        ["cosmetic"] = cosmetic ? "shown" : null,
    }.Where(p => p.Value is not null));

    /// <summary>The address of a clause: in the text, or in the editor of the draft.</summary>
    public string Address(AgreementVersion version, TermsText text, Clause clause) => Draft is not null && version == To
        ? Editing.ClauseAddress.Of(Draft, clause.Label.Value, text.File[(text.File.LastIndexOf('/') + 1)..])
        : $"{Address(version, text)}#{clause.Label.Anchor}";

    /// <summary>The address of one of the texts.</summary>
    internal static string Address(AgreementVersion version, TermsText text) =>
        $"/agreements/{version.Path}" + (text == version.Texts[0] ? "" : $"?lang={text.Language}&rendering={text.Number}");

    /// <summary>The address of the comparison of a version with the one before it, or of its renderings if it is the first; null if it has neither.</summary>
    internal static string? Address(AgreementVersion version, DateTimeOffset now) =>
        Versions(version.Agreement, now) is var known && known.IndexOf(version) is > 0 and var place
            ? $"/agreements/{version.Agreement.Id}/compare?from={known[place - 1].Id}&to={version.Id}"
            : version.Texts.Length > 1 ? $"/agreements/{version.Agreement.Id}/compare?from={version.Id}&to={version.Id}" : null;

    /// <summary>The version before another, as far as known; null if there is none.</summary>
    internal static AgreementVersion? Before(AgreementVersion version, DateTimeOffset now) =>
        Versions(version.Agreement, now) is var known && known.IndexOf(version) is > 0 and var place ? known.Take(place).LastOrDefault(v => !v.IsWithdrawn(now)) : null;

    /// <summary>Reads an address. Without versions: the one in force against the one before it; of one version alone, its renderings.</summary>
    internal static Compared? Read(IQueryCollection query, Agreement agreement, AgreementCatalogue catalogue, DateTimeOffset now, out (int Status, string Words) refusal)
    {
        var known = Versions(agreement, now);
        refusal = (404, "Refusal.Version");
        if (!Find("to", out var to) || !Find("from", out var from))
        {
            return null;
        }
        to ??= Timeline.Of(agreement, catalogue.Zone, now).Last(s => s.From is null || s.From <= now).Version ?? known.LastOrDefault();
        if (to is null)
        {
            return null;
        }
        from ??= Before(to, now) ?? (to.Texts.Length > 1 ? to : null);
        if (from is null)
        {
            refusal = (404, "Refusal.Comparison");
            return null;
        }
        refusal = (404, "Refusal.Text");
        return Rendering("fromRendering", from, 1) is { } fromText && Rendering("toRendering", to, from == to && fromText.Number == 1 ? 2 : 1) is { } toText
            ? new Compared(known, from, fromText, to, toText, query["show"] == "all", query["cosmetic"] == "shown")
            : null;

        bool Find(string name, out AgreementVersion? version)
        {
            var sent = query[name].ToString();
            version = known.FirstOrDefault(v => v.Id.Value == sent);
            return sent.Length == 0 || version is not null;
        }

        TermsText? Rendering(string name, AgreementVersion version, int otherwise)
        {
            var sent = query[name].ToString();
            return sent.Length == 0
                ? version.Rendering(otherwise) ?? version.Texts[0]
                : int.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? version.Rendering(number) : null;
        }
    }

    private static ImmutableArray<AgreementVersion> Versions(Agreement agreement, DateTimeOffset now) => [.. agreement.Versions.Where(v => v.StateAt(now) is not null)];
}
