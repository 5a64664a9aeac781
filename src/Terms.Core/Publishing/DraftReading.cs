using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>
/// A draft read as a version beside the others of its agreement, and no other agreement: enough to say what its facts and rules say, in a fraction of the time of a
/// <see cref="DraftReport"/>.
/// </summary>
/// <param name="Version">The draft as a version; null if it cannot be read.</param>
/// <param name="Base">The version that it was made from, read with it; null for a new agreement, or if it is not in the catalogue.</param>
/// <param name="Problems">What is wrong with its facts and rules, with the files called by their names in the version.</param>
public sealed record DraftReading(AgreementVersion? Version, AgreementVersion? Base, ImmutableArray<Problem> Problems)
{
    /// <summary>Reads a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="published">What is published.</param>
    /// <param name="now">The moment of reading; it stands for the days that the draft does not have yet.</param>
    public static DraftReading Of(Draft draft, Corpus published, DateTimeOffset now)
    {
        var own = $"agreements/{draft.Agreement}";
        var files = published.Files.Paths.Where(p => !p.Contains('/') || p.StartsWith(own + "/", StringComparison.Ordinal))
            .Aggregate(ContentFiles.Empty, (some, path) => some.With(path, published.Files.Bytes(path).Span));
        var plan = PublicationPlan.Provisional(published.Catalogue, draft.Agreement, now);
        var problems = new ProblemList();
        var known = published.Catalogue.Agreements.SelectMany(a => a.Versions).SelectMany(v => v.States).Select(s => s.KnownFrom).Append(now).Max();
        var read = Corpus.Read(LaidDraft.Version(draft, plan, known, null).Over(files), problems).Catalogue.Find(draft.Agreement.Value);
        var folder = draft.Folder(plan) + "/";
        return new DraftReading(
            read?.Version(plan.Effective.ToFullDate()),
            draft.Base is { } before ? read?.Version(before.Value) : null,
            [.. problems.Sorted().Where(p => p.File == folder + DraftEntries.FactsFile || p.File == folder + DraftEntries.RulesFile).Select(p => p with { File = p.File[folder.Length..] })]);
    }

    /// <summary>The facts and rules of the base that the draft leaves in doubt; none while it cannot be read.</summary>
    public ImmutableArray<FactToConfirm> ToConfirm(Draft draft) => Version is null || Base is null ? [] : FactConfirming.Find(Base, Version, draft.Confirmations);
}
