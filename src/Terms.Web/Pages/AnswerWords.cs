using System.Collections.Immutable;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Web.Pages;

/// <summary>Companies, laws and forums of an answer in the language of the interface.</summary>
internal sealed class AnswerWords(IStringLocalizer<Wording> words, AgreementCatalogue catalogue, AgreementAnswer answer)
{
    public string Names(ImmutableArray<NamedParty> parties) => string.Join(words["And"], parties.Select(p =>
        (p.Name ?? words["Party.Unnamed"].Value) + (p.Part is null ? "" : $" ({words.Word("Service", p.Part)})")));

    public string Laws(ImmutableArray<LawResult> laws) => laws.IsEmpty ? words["Law.NoRule"] : string.Join("; ", laws.Select(l =>
        Law(l.Rule.Law, l.Name) + (l.Rule.Excludes.IsEmpty ? "" : $" ({words["Law.Without", string.Join(", ", l.Rule.Excludes.Select(PlaceOrCode))]})") + For(l.Party)));

    public string Forums(ImmutableArray<ForumResult> forums) => forums.IsEmpty ? words["Forum.NoRule"] : string.Join("; ", forums.Select(Forum));

    public string Forum(ForumResult forum) =>
        (words["Forum." + forum.Rule.Forum] is { ResourceNotFound: false } word ? word.Value : forum.Name)
        + (forum.Rule.IsExclusive == true ? $" ({words["Forum.Exclusive"]})" : "") + For(forum.Party);

    private string Law(string code, string name) => words["Law." + code] is { ResourceNotFound: false } word ? word.Value : name;

    private string For(string? party) => party is null ? "" : " " + words["ForCompany", catalogue.Parties.GetValueOrDefault(party)?.NameIn(answer.Version!) ?? party];

    private static string PlaceOrCode(string code) => Place.TryParse(code, out var place) ? PlaceNames.Of(place) : code;
}
