using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.Localization;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Resolution;
using Terms.Web.Endpoints;
using Terms.Web.Hosting;

namespace Terms.Web.Pages;

/// <summary>What a form puts before a reader. It depends on the class of the customer, never on the person: the same for all has the same HTML.</summary>
/// <param name="Act">What the button does.</param>
/// <param name="Language">The language of the interface.</param>
/// <param name="Surface">Where it is shown, as the service names it.</param>
/// <param name="Agreements">The agreements, in order.</param>
/// <param name="Controls">The controls to tick, each with its sentence.</param>
/// <param name="Button">The words of the button that agrees.</param>
/// <param name="Decline">The words of the button that declines.</param>
public sealed record Offer(
    AcceptanceKind Act, string Language, string Surface, ImmutableArray<OfferedAgreement> Agreements, ImmutableArray<ShownControl> Controls, string Button, string Decline)
{
    /// <summary>The name of the control for all agreements that share one.</summary>
    public const string Shared = "all";

    /// <summary>Puts an offer together, in the language of the current culture.</summary>
    /// <param name="served">The catalogue.</param>
    /// <param name="words">The words of the interface.</param>
    /// <param name="act">What is asked for.</param>
    /// <param name="surface">Where it is shown.</param>
    /// <param name="answers">What applies; each has a version.</param>
    /// <param name="since">By agreement, the version accepted before.</param>
    /// <param name="at">Now.</param>
    internal static Offer Of(
        ServedCatalogue served, IStringLocalizer<Wording> words, AcceptanceKind act, string surface, ImmutableArray<AgreementAnswer> answers,
        IReadOnlyDictionary<string, string> since, DateTimeOffset at)
    {
        var language = CultureInfo.CurrentUICulture.Name;
        var button = words["Accept.Button." + act.Word()].Value;
        ImmutableArray<OfferedAgreement> agreements = [.. answers.Select(a => OfferedAgreement.Of(served, a, language, since.GetValueOrDefault(a.Agreement.Id.Value), at))];
        var controls = agreements.GroupBy(a => a.Answer.Agreement.HasOwnControl ? a.Answer.Agreement.Id.Value : Shared).Select(control => new ShownControl(
            control.Key,
            words["Accept.Sentence." + act.Word(), button, string.Join("; ", control.Select(a => $"{a.Text.Title} ({Name(words, a.Answer.Version!)})"))],
            [.. control.Select(a => a.Answer.Agreement.Id.Value)]));
        return new Offer(act, language, surface, agreements, [.. controls], button, words["Accept.Decline"]);
    }

    /// <summary>What is kept of it, once its HTML has a digest.</summary>
    internal Shown Shown(string html) => new(
        Act, Language, Surface,
        [
            .. Agreements.Select(a => new ShownVersion(
                new AcceptedVersion(
                    a.Answer.Agreement.Id.Value, a.Answer.Version!.Id.Value, a.Answer.Version.TextDigest.Value, a.Text.Language, a.Text.Number.ToString(CultureInfo.InvariantCulture)),
                a.Text.Title, a.Answer.Version.Details.IsOfficial ? "official" : "restatement", a.Changes?.From.Id.Value)),
        ],
        Controls, Button, Decline, new ResolvedAnswer([.. Agreements.Select(a => a.Answer)]), html);

    /// <summary>A version as a reader calls it.</summary>
    internal static string Name(IStringLocalizer<Wording> words, AgreementVersion version) =>
        version.Id.Effective is { } day ? words["Version.Of", words.Day(day)] : words["Version.Undated"];
}

/// <summary>An agreement that is put before a reader.</summary>
/// <param name="Answer">What applies; it has a version.</param>
/// <param name="Text">The rendering that is shown: in the language of the interface if there is one, else the first.</param>
/// <param name="Changes">What changed since the version accepted before; null if there was none, or it is the same.</param>
public sealed record OfferedAgreement(AgreementAnswer Answer, TermsText Text, VersionComparison? Changes)
{
    internal static OfferedAgreement Of(ServedCatalogue served, AgreementAnswer answer, string language, string? since, DateTimeOffset at)
    {
        var version = answer.Version!;
        var before = since is null || since == version.Id.Value ? null : answer.Agreement.Version(since);
        return new OfferedAgreement(
            answer, version.Text(language, 1) ?? version.Texts[0],
            before?.StateAt(at) is null ? null : CompareEndpoint.Compare(served, before, before.Texts[0], version, version.Texts[0], at));
    }
}
