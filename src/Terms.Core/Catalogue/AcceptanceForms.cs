using System.Globalization;

namespace Terms.Catalogue;

/// <summary>What is said of an entry under <c>accepted</c> that accepts nothing, or does not say which of several findings it means.</summary>
public static class AcceptanceForms
{
    private const string TakeOut = "Take the entry out, or mend its code, clause or words.", OneForEach = "Write one entry for each, with `words:` from its message.";

    private static readonly MessageForms forms = new("Lint.Accepted");

    private static readonly MessageForm None = forms.Make("None", "`accepted` names {0}, which does not occur", TakeOut);
    private static readonly MessageForm NoneInClause = forms.Make("None.Clause", "`accepted` names {0} in clause {1}, which does not occur", TakeOut);
    private static readonly MessageForm NoneWithWords = forms.Make("None.Words", "`accepted` names {0} with the words “{1}”, which does not occur", TakeOut);
    private static readonly MessageForm NoneInClauseWithWords = forms.Make("None.Clause.Words", "`accepted` names {0} in clause {1} with the words “{2}”, which does not occur", TakeOut);
    private static readonly MessageForm Several = forms.Make("Several", "`accepted` names {0}, which occurs {1} times", OneForEach);
    private static readonly MessageForm SeveralInClause = forms.Make("Several.Clause", "`accepted` names {0} in clause {1}, which occurs {2} times", OneForEach);

    /// <summary>Every form.</summary>
    public static IReadOnlyList<MessageForm> All => forms.All;

    /// <summary>What is said of an entry.</summary>
    /// <param name="entry">The entry; one with words means every finding that has them.</param>
    /// <param name="times">How often in one text a finding occurs that it could mean.</param>
    public static Message Of(AcceptedFinding entry, int times) => (entry, times) switch
    {
        ({ Clause: null, Words: null }, 0) => new(None, entry.Code),
        ({ Clause: { } clause, Words: null }, 0) => new(NoneInClause, entry.Code, clause),
        ({ Clause: null, Words: { } words }, _) => new(NoneWithWords, entry.Code, words),
        ({ Clause: { } clause, Words: { } words }, _) => new(NoneInClauseWithWords, entry.Code, clause, words),
        ({ Clause: null }, _) => new(Several, entry.Code, times.ToString(CultureInfo.InvariantCulture)),
        ({ Clause: { } clause }, _) => new(SeveralInClause, entry.Code, clause, times.ToString(CultureInfo.InvariantCulture)),
    };
}
