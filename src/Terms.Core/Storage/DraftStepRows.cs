using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Storage;

/// <summary>
/// The rows of a step of a draft, and of the revision that it gives. They are made into bytes on the caller's thread, so that what cannot be written never reaches the writer, and are
/// written inside a transaction: alone, or together with what a publication writes besides.
/// </summary>
internal sealed class DraftStepRows
{
    private readonly PublishingEvent step;
    private readonly AgreementId agreement;
    private readonly long? after;
    private readonly Draft? revision;
    private readonly string? digest;
    private readonly byte[] bytes;
    private readonly byte[] content;
    private readonly IReadOnlyList<(string Digest, byte[] Packed)> files;

    /// <exception cref="ArgumentException">Step and revision do not belong together, or a text holds half a sign.</exception>
    public DraftStepRows(PublishingEvent step, AgreementId agreement, long? after, Draft? revision = null)
    {
        digest = revision?.Digest.Value;
        var belongs = step switch
        {
            Drafted e => revision is { Revision: 1 } && digest == e.Digest.Value && revision.Agreement == e.Agreement,
            Edited e => revision is not null && revision.Revision == e.Revision && digest == e.Digest.Value,
            _ => revision is null,
        };
        if (!belongs || (revision is not null && (revision.Id != step.Draft || revision.Agreement != agreement)))
        {
            throw new ArgumentException($"The step {PublishingEventJson.Word(step)} of {step.Draft} and its revision do not belong together.", nameof(revision));
        }
        (this.step, this.agreement, this.after, this.revision) = (step, agreement, after, revision);
        bytes = PublishingEventJson.Bytes(step);
        (content, files) = revision is null ? ([], []) : (DraftForm.Bytes(revision), DraftForm.Files(revision));
    }

    /// <summary>About how many bytes are written.</summary>
    public int Bytes => bytes.Length + content.Length + files.Sum(f => f.Packed.Length);

    /// <summary>Writes them, unless the draft has an event after the one that the step was decided on; what was decided on none is written in any case.</summary>
    /// <returns>The number of the step; null if nothing was written.</returns>
    public long? Write(Database database)
    {
        if (after is not null && WorkbenchEvents.LastOf(database, step.Draft) != after)
        {
            return null;
        }
        if (revision is not null)
        {
            foreach (var (name, packed) in files)
            {
                database.Statement("INSERT INTO draft_files(digest, content) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM draft_files WHERE digest = ?1)").Bind(1, name).Bind(2, packed).Run();
            }
            database.Statement("INSERT INTO draft_revisions(draft, revision, digest, content) VALUES (?, ?, ?, ?)").Bind(1, revision.Id).Bind(2, revision.Revision).Bind(3, digest).Bind(4, content).Run();
        }
        return WorkbenchEvents.Insert(database, step, bytes, agreement);
    }
}
