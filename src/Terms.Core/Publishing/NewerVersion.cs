using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>A draft and the version that has taken the place of the one that it was made from, brought together: what only one of them changed is taken, the rest is for a person to choose.</summary>
/// <param name="Base">The version that the draft was made from.</param>
/// <param name="Newer">The version that it is to be a change of.</param>
/// <param name="Before">The files that the draft began from.</param>
/// <param name="After">The files that a draft made from the newer version would begin with.</param>
/// <param name="Merge">The two changes; <see cref="MergeConflict.Mine"/> is the draft's, <see cref="MergeConflict.Theirs"/> the newer version's.</param>
public sealed record NewerVersion(AgreementVersion Base, AgreementVersion Newer, ContentFiles Before, ContentFiles After, DraftMerge Merge)
{
    /// <summary>The version that a draft has to be merged with before it goes on: the last one that was published and not taken back, if the draft is a change of another. Null if there is none.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="from">The version that the draft was made from; null for a new agreement.</param>
    /// <param name="published">What is published.</param>
    public static AgreementVersion? Than(AgreementId agreement, VersionId? from, AgreementCatalogue published) =>
        from is { } version && published.Find(agreement.Value) is { } known && known.Version(version.Value) is not null && known.Versions.LastOrDefault(v => v.Details.Withdrawn is null) is { } last && last.Id != version
            ? last
            : null;

    /// <summary>The merge of a draft with the version that it has to be merged with; null if there is none.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="state">How far it has come: it says when the draft was made from its version.</param>
    /// <param name="published">What is published.</param>
    public static NewerVersion? Of(Draft draft, Publication state, Corpus published)
    {
        if (Than(draft.Agreement, draft.Base, published.Catalogue) is not { } newer)
        {
            return null;
        }
        var old = newer.Agreement.Version(draft.Base!.Value)!;
        var before = DraftStart.From(draft.Id, draft.Author, old, published.Files, state.BasedAt).Draft.Files;
        var after = DraftStart.From(draft.Id, draft.Author, newer, published.Files).Draft.Files;
        return new NewerVersion(old, newer, before, after, DraftMerge.Of(before, draft.Files, after));
    }

    /// <summary>The draft as a change of the newer version. What people have said of words that have not changed counts further.</summary>
    /// <param name="draft">The draft, as it was merged.</param>
    /// <param name="choose">Says what comes of a conflict; not needed if there is none.</param>
    /// <exception cref="InvalidOperationException">There is a conflict and nobody who chooses.</exception>
    public Draft On(Draft draft, Func<MergeConflict, string>? choose = null) => draft.Rebased(Newer.Id, Merge.Files(choose));
}
