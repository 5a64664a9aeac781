using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>What a publication, or a withdrawal, makes of the catalogue: decided here, before anything is written.</summary>
/// <param name="Step">The event: the step, or its refusal.</param>
/// <param name="Version">The version as it is published, or as it is taken back; null if the step is refused.</param>
/// <param name="Resolver">The catalogue with it; null if the step is refused.</param>
public sealed record NextCatalogue(PublishingEvent Step, PublishedVersion? Version, Resolver? Resolver)
{
    /// <summary>Publishes a draft whose days are set, if its report, made anew, allows it.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="state">How far it has come.</param>
    /// <param name="published">The catalogue as it is.</param>
    /// <param name="editor">Who publishes.</param>
    /// <param name="at">Now.</param>
    public static NextCatalogue Publish(Draft draft, Publication state, Resolver published, Editor editor, DateTimeOffset at)
    {
        var report = DraftReport.Of(draft, published, at, state.Plan);
        var day = state.Plan?.Effective.ToFullDate() ?? VersionId.Undated.Value;
        var step = new Published(draft.Id, editor.Name, at, draft.Digest, $"{draft.Agreement}/{day}", draft.Digest, report.Class);
        if (Decide(step) is Refused refused)
        {
            return new NextCatalogue(refused, null, null);
        }
        var version = LaidDraft.Version(draft, state.Plan!, at, report.Class);
        var next = new Resolver(Corpus.Load(version.Over(published.Corpus.Files)));
        var made = next.Corpus.Catalogue.Find(draft.Agreement.Value)!.Version(day)!;
        return new NextCatalogue(step with { TextDigest = made.TextDigest }, version, next);

        PublishingEvent Decide(Published wanted) => Workflow.Decide(state, wanted, editor, report.Obstacles, draft.Agreement, published.Corpus.Catalogue.Zone);
    }

    /// <summary>Takes a published version back before it takes effect.</summary>
    /// <param name="state">How far its draft has come.</param>
    /// <param name="step">The withdrawal.</param>
    /// <param name="published">The catalogue as it is.</param>
    /// <param name="editor">Who withdraws.</param>
    /// <exception cref="ArgumentException">The draft has not been published: nothing in the catalogue changes.</exception>
    public static NextCatalogue Withdraw(Publication state, Withdrawn step, Resolver published, Editor editor)
    {
        if (state is not { Publishing: { } publication, Agreement: { } agreement } || published.Corpus.Catalogue.Find(agreement.Value)?.Version(publication.Version[(agreement.Value.Length + 1)..]) is not { } version)
        {
            throw new ArgumentException($"The draft {step.Draft} has not been published; giving it up changes nothing in the catalogue.", nameof(step));
        }
        if (Workflow.Decide(state, step, editor, [], agreement, published.Corpus.Catalogue.Zone) is Refused refused)
        {
            return new NextCatalogue(refused, null, null);
        }
        var files = published.Corpus.Files;
        var withdrawn = new PublishedVersion(step.Draft, publication.Digest, agreement, version.Id, Published(files, version.Path), new Withdrawal(step.At, step.Who, step.Reason));
        return new NextCatalogue(step, withdrawn, new Resolver(Corpus.Load(withdrawn.Over(files))));
    }

    /// <summary>The files of a version in the catalogue, without what was added to it later.</summary>
    private static ContentFiles Published(ContentFiles files, string path)
    {
        var below = files.Below($"agreements/{path}");
        return below.Paths.Where(p => p.StartsWith("corrections/", StringComparison.Ordinal)).ToList().Aggregate(below, (left, p) => left.Without(p));
    }
}
