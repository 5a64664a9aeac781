using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>What the checks of a draft say themselves. Findings of the linter and problems of content have forms of their own.</summary>
public static class ObstacleForms
{
    private static readonly MessageForms forms = new("Obstacle");

    internal static readonly MessageForm BaseNewer = forms.Make("Base.Newer", "{0} has been published since the draft was made from {1}", "Merge the draft with it.");
    internal static readonly MessageForm BaseWithdrawn = forms.Make("Base.Withdrawn", "{0}, from which the draft was made, has been withdrawn", "Merge the draft with {1}.");
    internal static readonly MessageForm DayBehind = forms.Make("Day.Behind", "A version of {0} takes effect on {1} or later", "Choose a day after it.");
    internal static readonly MessageForm DayWithdrawn = forms.Make("Day.Withdrawn", "A version of {0} that was withdrawn bears the day {1} as its name", "Choose another day.");
    internal static readonly MessageForm ChangeOfClause = forms.Make("Change.Clause", "The change of clause {0} is not classified", "Say how grave it is, and why. Suggested: {1}.");
    internal static readonly MessageForm ChangeOfText = forms.Make("Change.Text", "The change of {0} is not classified", "Say how grave it is, and why. Suggested: {1}.");
    internal static readonly MessageForm QuoteGone = forms.Make("Fact.QuoteGone", "The words quoted for `{0}` do not stand in its clauses any more", "Mend the fact, then confirm it.");
    internal static readonly MessageForm FactDropped = forms.Make("Fact.Dropped", "`{0}` of the base is not in the draft", "Put it back, or confirm that the text says it no longer.");
    internal static readonly MessageForm WordsChanged = forms.Make("Fact.WordsChanged", "The words under `{0}` have changed", "Read them, mend the fact if it says otherwise, and confirm it.");
    internal static readonly MessageForm Floor = forms.Make(
        "Floor", "The version would bind customers on {0}, fewer than {1} days after its announcement on {2} ({3})", "Choose {4} or later for those who are customers already.");

    /// <summary>Every form.</summary>
    public static IReadOnlyList<MessageForm> All => forms.All;
}
