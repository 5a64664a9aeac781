using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Storage;

/// <summary>A step of a draft with its place among all events.</summary>
/// <param name="Number">Its place.</param>
/// <param name="Step">The step.</param>
/// <param name="Agreement">The agreement of the draft.</param>
public sealed record DraftEvent(long Number, PublishingEvent Step, AgreementId Agreement);

/// <summary>Drafts with all their revisions and events. Nothing is overwritten.</summary>
public sealed class StoredDrafts
{
    private readonly Readers readers;
    private readonly LedgerWriter writer;

    internal StoredDrafts(Readers readers, LedgerWriter writer) => (this.readers, this.writer) = (readers, writer);

    /// <summary>The steps of a draft in order; none if there is no such draft.</summary>
    public ImmutableArray<DraftEvent> Events(string draft) => readers.Read(r => Events(r, draft));

    /// <summary>The steps of all drafts after a number, in order.</summary>
    public ImmutableArray<DraftEvent> EventsAfter(long number) => readers.Read<ImmutableArray<DraftEvent>>(r =>
        [.. r.Statement("SELECT number, event, agreement FROM workbench_events WHERE number > ? AND draft IS NOT NULL ORDER BY number").Bind(1, number).All(ReadEvent)]);

    /// <summary>The newest revision of a draft; null if there is none.</summary>
    /// <exception cref="StoreException">It is not what was kept.</exception>
    public Draft? Newest(string draft) => readers.Read(r => Read(r, r.Statement("SELECT digest, content FROM draft_revisions WHERE draft = ? ORDER BY revision DESC LIMIT 1").Bind(1, draft)));

    /// <summary>A revision of a draft; null if there is none.</summary>
    /// <exception cref="StoreException">It is not what was kept.</exception>
    public Draft? Revision(string draft, int revision) =>
        readers.Read(r => Read(r, r.Statement("SELECT digest, content FROM draft_revisions WHERE draft = ? AND revision = ?").Bind(1, draft).Bind(2, revision)));

    /// <summary>Adds a step, and the revision that it gives if it gives one, unless something has happened to the draft meanwhile.</summary>
    /// <param name="step">The step as <see cref="Workflow.Decide"/> gives it, a refusal included.</param>
    /// <param name="agreement">The agreement of the draft.</param>
    /// <param name="after">The number of the last event of the draft that the step was decided on; 0 if there was none.</param>
    /// <param name="revision">What a <see cref="Drafted"/> or <see cref="Edited"/> is about; null for other steps.</param>
    /// <returns>The number of the step; null if the draft has a later event, and nothing was written.</returns>
    /// <exception cref="ArgumentException">Step and revision do not belong together, or a text holds half a sign.</exception>
    public Task<long?> Append(PublishingEvent step, AgreementId agreement, long after, Draft? revision = null)
    {
        var operation = new AppendStep(new DraftStepRows(step, agreement, after, revision));
        writer.Enqueue(operation);
        return operation.Done;
    }

    /// <summary>Adds the refusal of an edit, which stands whatever has happened to the draft meanwhile.</summary>
    /// <returns>The number of the event.</returns>
    public async Task<long> Refuse(Refused step, AgreementId agreement)
    {
        var operation = new AppendStep(new DraftStepRows(step, agreement, null));
        writer.Enqueue(operation);
        return (await operation.Done)!.Value;
    }

    /// <summary>A step that is written in one transaction with a publication, or a withdrawal of one, unless something has happened to the draft meanwhile.</summary>
    /// <param name="step">The step.</param>
    /// <param name="agreement">The agreement of the draft.</param>
    /// <param name="after">The number of the last event of the draft that the step was decided on.</param>
    public static FurtherWrite Further(PublishingEvent step, AgreementId agreement, long after)
    {
        var rows = new DraftStepRows(step, agreement, after);
        return new FurtherWrite(rows.Bytes, database => rows.Write(database) is null ? "Something has happened to the draft meanwhile. Look at it again." : null);
    }

    internal static ImmutableArray<DraftEvent> Events(Database database, string draft) =>
        [.. database.Statement("SELECT number, event, agreement FROM workbench_events WHERE draft = ? ORDER BY number").Bind(1, draft).All(ReadEvent)];

    private static DraftEvent ReadEvent(Statement row) => new(row.Long(0), Step(row), new AgreementId(row.Text(2)));

    private static PublishingEvent Step(Statement row)
    {
        try
        {
            return PublishingEventJson.Parse(row.Blob(1));
        }
        catch (FormatException wrong)
        {
            throw new StoreException($"Event {row.Long(0)} of the workbench is not what was kept: {wrong.Message} Stop the server, keep the file as it is, and restore the last backup with `terms restore`.", wrong);
        }
    }

    private static Draft? Read(Database database, Statement found)
    {
        var (digest, content) = found.First(s => (s.Text(0), s.Blob(1)));
        if (content is null)
        {
            return null;
        }
        var draft = DraftForm.Read(content, d => database.Statement("SELECT content FROM draft_files WHERE digest = ?").Bind(1, d).First(s => s.Blob(0)));
        return draft.Digest.Value == digest ? draft
            : throw new StoreException($"Revision {draft.Revision} of draft {draft.Id} is not what was kept. Stop the server, keep the file as it is, and restore the last backup with `terms restore`.");
    }

    private sealed class AppendStep(DraftStepRows rows) : Operation<long?>
    {
        public override int Bytes => rows.Bytes;

        protected override long? Do(Batch batch) => rows.Write(batch.Database);
    }
}
