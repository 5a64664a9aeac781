using Microsoft.Extensions.Localization;
using Terms.Catalogue;

namespace Terms.Web.Pages;

/// <summary>What the program says of content, in the language of the interface.</summary>
internal static class MessageWords
{
    /// <summary>What is so, as a sentence.</summary>
    public static string What(this IStringLocalizer<Wording> words, Message said) => Sentence(words[said.Form.Name, Arguments(words, said)]);

    /// <summary>What to do about it.</summary>
    public static string Remedy(this IStringLocalizer<Wording> words, Message said) => Sentence(words[said.Form.Name + ".Remedy", Arguments(words, said)]);

    /// <summary>A sentence that ends with the full stop of an abbreviation, such as that of a company's name, has no second one.</summary>
    private static string Sentence(string words) => words.EndsWith("..", StringComparison.Ordinal) ? words[..^1] : words;

    /// <summary>Classes of changes have names in each language; everything else is the same in all.</summary>
    private static object[] Arguments(IStringLocalizer<Wording> words, Message said) =>
        [.. said.Arguments.Select(a => said.Form.Name.StartsWith("Obstacle.Change.", StringComparison.Ordinal) && ChangeClasses.Of(a) is not null ? words["Class." + a].Value : a)];
}
