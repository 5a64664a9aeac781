using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Why a class is suggested for a change: sentences, with nothing to do about them.</summary>
public static class SuggestionForms
{
    private static readonly MessageForms forms = new("Suggestion");
    private static readonly string[] touched = ["party", "law", "forum", "cap"];

    internal static readonly MessageForm TextNew = forms.Make("Text.New", "The text {0}, rendering {1}, is new.");
    internal static readonly MessageForm TextGone = forms.Make("Text.Gone", "The text {0}, rendering {1}, is gone.");
    internal static readonly MessageForm Title = forms.Make("Title", "The title differs.");
    internal static readonly MessageForm Adaptation = forms.Make("Adaptation", "New words speak of “{0}”, to which customers may have to adapt something of their own.");
    internal static readonly MessageForm Facts = forms.Make("Facts", "Facts differ: {0}.");
    internal static readonly MessageForm Rules = forms.Make("Rules", "Rules differ: {0}.");
    internal static readonly MessageForm Figures = forms.Make("Figures", "An amount, a period, another number or a company's name differs.");
    internal static readonly MessageForm CriticalSigns = forms.Make(
        "Critical.Signs", "Only spacing, quotes, case or punctuation differ, but in a clause on company, law, forum, liability or time for claims, where they can carry meaning.");
    internal static readonly MessageForm CriticalWords = forms.Make("Critical.Words", "Words differ in a clause on company, law, forum, liability or time for claims.");
    internal static readonly MessageForm Empty = forms.Make("Empty", "A clause without words came or went.");
    internal static readonly MessageForm New = forms.Make("New", "The clause is new.");
    internal static readonly MessageForm Gone = forms.Make("Gone", "The clause is gone.");
    internal static readonly MessageForm Link = forms.Make("Link", "A link leads elsewhere.");
    internal static readonly MessageForm Signs = forms.Make("Signs", "Only spacing, quotes, case or punctuation differ.");
    internal static readonly MessageForm Place = forms.Make("Place", "No word differs; the clause stands elsewhere or bears another number.");
    internal static readonly MessageForm WordsNotEnglish = forms.Make("Words.NotEnglish", "Words differ, and words of duty, right or exception are known here in English only.");
    internal static readonly MessageForm Duty = forms.Make("Duty", "Words of duty, right or exception differ: “{0}”.");
    internal static readonly MessageForm Words = forms.Make("Words", "Words differ, but no figure, fact, rule, or word of duty, right or exception.");

    private static readonly Dictionary<string, MessageForm> said = About(""), unsaid = About("No word that it rests on differs. ");

    /// <summary>Every form.</summary>
    public static IReadOnlyList<MessageForm> All => forms.All;

    /// <summary>The form for an impact. What goes into it: who is affected, what was, what is.</summary>
    /// <param name="about"><c>party</c>, <c>law</c>, <c>forum</c> or <c>cap</c>.</param>
    /// <param name="isUnsaid">Whether no word that it rests on differs.</param>
    internal static MessageForm Impact(string about, bool isUnsaid) => (isUnsaid ? unsaid : said)[about];

    private static Dictionary<string, MessageForm> About(string first) => touched.ToDictionary(
        about => about, about => forms.Make($"{(first.Length == 0 ? "Impact" : "Unsaid")}.{about}", $"{first}The {(about == "party" ? "company" : about)} changes for {{0}}: from {{1}} to {{2}}."));
}
