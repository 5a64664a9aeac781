using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Comparison;

namespace Terms.Publishing;

/// <summary>How a person has classified one change. It holds for one wording, before and after.</summary>
public sealed record ClauseClassification
{
    /// <summary>Checks the parts.</summary>
    /// <exception cref="ArgumentException">Name or reason are empty, too long, or hold control characters.</exception>
    public ClauseClassification(string key, Digest wording, ChangeClass @class, string who, DateTimeOffset at, string why) =>
        (Key, Wording, Class, Who, At, Why) = (key, wording, @class, Person.Checked(who), at, Person.Reason(why));

    /// <summary>The change: <see cref="ChangeToClassify.Key"/>.</summary>
    public string Key { get; }

    /// <summary>The digest of the words before and after.</summary>
    public Digest Wording { get; }

    /// <summary>How grave it is.</summary>
    public ChangeClass Class { get; }

    /// <summary>Who said so.</summary>
    public string Who { get; }

    /// <summary>When.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Why.</summary>
    public string Why { get; }
}

/// <summary>How grave a change seems, and why.</summary>
/// <param name="Class">The class.</param>
/// <param name="Because">Why: of a form among <see cref="SuggestionForms.All"/>.</param>
public sealed record Suggestion(ChangeClass Class, Message Because)
{
    /// <summary>The impact that tells; null if something else does. The message has it in English words; an interface says it in its own.</summary>
    public Impact? Impact { get; init; }

    /// <summary>The facts that tell; empty if something else does. The message has them in English words.</summary>
    public ImmutableArray<FactChange> Facts { get; init; } = [];
}

/// <summary>A changed clause, what is suggested for it, and what a person has said.</summary>
/// <param name="Key">Its name: rendering, old and new label.</param>
/// <param name="From">The label before; null if the clause is new.</param>
/// <param name="To">The label now; null if it is gone.</param>
/// <param name="Wording">What a classification has to cite.</param>
/// <param name="Suggestion">What the comparison suggests.</param>
/// <param name="NeedsPerson">False where no word differs: such a change is editorial by itself.</param>
/// <param name="Confirmed">What a person has said of this wording; null if nobody has.</param>
public sealed record ChangeToClassify(
    string Key, string? From, string? To, Digest Wording, Suggestion Suggestion, bool NeedsPerson, ClauseClassification? Confirmed)
{
    /// <summary>The class that the comparison suggests.</summary>
    public ChangeClass Suggested => Suggestion.Class;

    /// <summary>Why, in English.</summary>
    public string Because => Suggestion.Because.What;

    /// <summary>What counts: the person's word, or editorial where none is needed; null if it is still open.</summary>
    public ChangeClass? Class => Confirmed?.Class ?? (NeedsPerson ? null : ChangeClass.Editorial);
}

/// <summary>What follows from the class of a version.</summary>
/// <param name="Class">The class.</param>
/// <param name="NeedsNotice">Whether those whom it binds are told one by one.</param>
/// <param name="NeedsAcceptance">Whether they are asked to accept again.</param>
public sealed record ClassConsequences(ChangeClass Class, bool NeedsNotice, bool NeedsAcceptance)
{
    /// <summary>What follows from a class.</summary>
    public static ClassConsequences Of(ChangeClass change) => new(change, change >= ChangeClass.Clarification, change >= ChangeClass.Substantive);

    /// <summary>The class of a version: the gravest of its changes; null while one is open. A version without changes is editorial.</summary>
    public static ChangeClass? Gravest(ImmutableArray<ChangeToClassify> changes) =>
        changes.Any(c => c.Class is null) ? null : changes.Select(c => c.Class!.Value).DefaultIfEmpty(ChangeClass.Editorial).Max();
}
