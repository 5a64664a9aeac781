using Microsoft.Extensions.Localization;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Web.Pages.Editing;

/// <summary>A fact or rule of a draft in a few words.</summary>
internal static class EntryWords
{
    private static readonly string[] Sentences = ["summary", "not-stated", "says", "because"];
    private static readonly string[] Results = ["law", "forum", "parties"];

    /// <summary>Its kind.</summary>
    public static string Kind(IStringLocalizer<Wording> words, YamlEntry entry) =>
        entry.Section == DraftEntries.Facts && entry.Texts("kind").FirstOrDefault() is { } kind ? words.Word("Kind", kind) : words["Edit.Section." + entry.Section];

    /// <summary>What it says, as far as it says it in a sentence; else its id.</summary>
    public static string Summary(YamlEntry entry) =>
        Sentences.Select(k => entry.Texts(k).FirstOrDefault()).FirstOrDefault(s => s is not null)
        ?? $"{entry.Id}: {string.Join(", ", Results.SelectMany(k => entry.Texts(k)))}";
}
