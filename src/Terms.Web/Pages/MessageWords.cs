using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Publishing;

namespace Terms.Web.Pages;

/// <summary>What the program says of content, in the language of the interface.</summary>
internal static class MessageWords
{
    /// <summary>What is so, as a sentence.</summary>
    public static string What(this IStringLocalizer<Wording> words, Message said) => Message.Sentence(words[said.Form.Name, Arguments(words, said)]);

    /// <summary>What to do about it.</summary>
    public static string Remedy(this IStringLocalizer<Wording> words, Message said) => Message.Sentence(words[said.Form.Name + ".Remedy", Arguments(words, said)]);

    /// <summary>Why a class is suggested for a change.</summary>
    public static string Because(this IStringLocalizer<Wording> words, Suggestion suggestion) => Message.Sentence(words[suggestion.Because.Form.Name, suggestion switch
    {
        { Impact: { } impact } => [words.Who(impact.Group), words.Tells(impact.About, impact.From), words.Tells(impact.About, impact.To)],
        { Facts.IsEmpty: false } => [string.Join(words["Comma"], suggestion.Facts.Select(f => Fact(words, f)))],
        _ => [.. suggestion.Because.Arguments],
    }]);

    private static string Fact(IStringLocalizer<Wording> words, FactChange fact) => words[
        fact.Kind switch { ChangeKind.Added => "Suggestion.Fact.New", ChangeKind.Removed => "Suggestion.Fact.Gone", _ => "Suggestion.Fact.Changed" }, (fact.To ?? fact.From)!.Id];

    /// <summary>Classes of changes have names in each language; everything else is the same in all.</summary>
    private static object[] Arguments(IStringLocalizer<Wording> words, Message said) =>
        [.. said.Arguments.Select(a => said.Form.Name.StartsWith("Obstacle.Change.", StringComparison.Ordinal) && ChangeClasses.Of(a) is not null ? words["Class." + a].Value : a)];
}
