using System.Collections.Frozen;

namespace Terms.Publishing;

/// <summary>Refusals whose words are always the same. They are kept in English; an interface that has words of its own finds them by a code.</summary>
public static class StepRefusals
{
    internal const string OwnDraft = "Nobody approves a draft that they have written in. Ask somebody else.";
    internal const string NotApproved = "The draft is not approved. Somebody who has not written in it has to approve it first.";
    internal const string NotSubmitted = "The draft is not before a reviewer. Submit it first.";
    internal const string NotInReview = "The draft is not before a reviewer.";
    internal const string InReview = "The draft is before a reviewer already.";
    internal const string NoDays = "The days of the draft are not set. Schedule it first.";
    internal const string Settled = "The remark is settled already.";
    internal const string Changed = "The draft was changed since you read it. Read it again.";
    internal const string Published = "The draft has been published, and its words do not change any more. Make a new draft from the version.";
    internal const string Superseded = "The version has been superseded. Make a new draft from the one in force.";
    internal const string Withdrawn = "The draft has been withdrawn. Make a new one.";

    private static readonly FrozenDictionary<string, string> Codes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [OwnDraft] = nameof(OwnDraft),
        [NotApproved] = nameof(NotApproved),
        [NotSubmitted] = nameof(NotSubmitted),
        [NotInReview] = nameof(NotInReview),
        [InReview] = nameof(InReview),
        [NoDays] = nameof(NoDays),
        [Settled] = nameof(Settled),
        [Changed] = nameof(Changed),
        [Published] = nameof(Published),
        [Superseded] = nameof(Superseded),
        [Withdrawn] = nameof(Withdrawn),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All codes.</summary>
    public static IEnumerable<string> All => Codes.Values;

    /// <summary>The code of a refusal; null if its words have parts of their own.</summary>
    /// <param name="because">The words: <see cref="Refused.Because"/>.</param>
    public static string? CodeOf(string because) => Codes.GetValueOrDefault(because);

    /// <summary>The words of a code.</summary>
    /// <exception cref="KeyNotFoundException">There is no such code.</exception>
    public static string Words(string code) => Codes.First(c => c.Value == code).Key;
}
