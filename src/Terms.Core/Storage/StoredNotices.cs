using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>Who carries a notice to its recipient.</summary>
public enum NoticeCarrier
{
    /// <summary>Nobody: it is posted on the public board for everybody.</summary>
    Board,

    /// <summary>The platform's own mail system, by webhook. It knows a repetition by the notice's name.</summary>
    Webhook,

    /// <summary>A mail server. It does not know a repetition.</summary>
    Smtp,
}

/// <summary>A notice to be kept and sent.</summary>
/// <param name="Notice">The notice.</param>
/// <param name="Carrier">Who carries it.</param>
/// <param name="Address">Where to; null on the board. It is a personal detail and can be erased.</param>
/// <param name="Request">The digest of what was asked, without the address: the same name with another digest is another request.</param>
public sealed record NewNotice(Notice Notice, NoticeCarrier Carrier, string? Address, string Request);

/// <summary>What came of a <see cref="NewNotice"/>.</summary>
public enum NoticeAddition
{
    /// <summary>It is kept and waits to be sent; on the board it is posted.</summary>
    Added,

    /// <summary>It was kept before, by the same request.</summary>
    Repeated,

    /// <summary>Its name was used for another request; nothing was done.</summary>
    Conflict,
}

/// <summary>A notice as it is kept.</summary>
/// <param name="Number">Its place.</param>
/// <param name="Notice">The notice.</param>
/// <param name="Carrier">Who carries it.</param>
/// <param name="Events">What became of it, in order.</param>
public sealed record KeptNotice(long Number, Notice Notice, NoticeCarrier Carrier, ImmutableArray<NoticeEvent> Events)
{
    /// <summary>How far it has come.</summary>
    public NoticeState State => NoticeState.Of(Events);

    /// <summary>Whether its carrier knows a repetition.</summary>
    public bool IsRepeatable => Carrier == NoticeCarrier.Webhook;
}

/// <summary>What people were told, in an open store. Words are kept once by their digest, addresses apart so that they can be erased; notices and events are only ever added.</summary>
public sealed class StoredNotices
{
    private const string Columns = "SELECT number, id, subject, version, text_digest, channel, carrier, language, title, digest FROM notices ";
    private static readonly ImmutableArray<string> Carriers = ["board", "webhook", "smtp"];

    private readonly Readers readers;
    private readonly LedgerWriter writer;

    internal StoredNotices(Readers readers, LedgerWriter writer) => (this.readers, this.writer) = (readers, writer);

    /// <summary>The word for a carrier.</summary>
    public static string Word(NoticeCarrier carrier) => Carriers[(int)carrier];

    /// <summary>Keeps notices. Those for the board are posted by that; the others wait to be sent.</summary>
    /// <returns>What came of each, in order.</returns>
    public Task<IReadOnlyList<NoticeAddition>> Add(IReadOnlyList<NewNotice> notices, DateTimeOffset at) => writer.Run(new AddNotices(notices, at));

    /// <summary>Adds an event, if it can happen now, and sets when the notice is looked at next. Whoever wants to know of failures is told in the same transaction.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="policy">When attempts are made again.</param>
    /// <param name="spread">From 0 to 1, as <see cref="RetryPolicy.Next"/> takes it.</param>
    /// <returns>The notice with the event; without it if it could not have happened; null if there is no such notice.</returns>
    public Task<KeptNotice?> Note(NoticeEvent happened, RetryPolicy policy, double spread) => writer.Run(new NoteNotice(happened, policy, spread));

    /// <summary>Leaves a notice of which nobody knows whether it was sent to a person.</summary>
    public Task LeaveToPerson(KeptNotice notice, DateTimeOffset at) => writer.Run(new LeaveNotice(notice, at));

    /// <summary>Notices that are due to be sent or looked after, those that wait longest first.</summary>
    public IReadOnlyList<KeptNotice> Due(DateTimeOffset now, int count) => readers.Read(database =>
        database.Statement("SELECT notice FROM notice_due WHERE due <= ? ORDER BY due LIMIT ?").Bind(1, now.ToUnixTimeMilliseconds()).Bind(2, count).All(r => r.Long(0)).ConvertAll(n => At(database, n)));

    /// <summary>A notice by its name; null if there is none.</summary>
    public KeptNotice? Find(string id) => readers.Read(database => Find(database, id));

    /// <summary>What a subject was told, the first first. What was posted for everybody is not among it.</summary>
    public IReadOnlyList<KeptNotice> OfSubject(string subject) => readers.Read(database => Read(database, database.Statement(Columns + "WHERE subject = ? ORDER BY number").Bind(1, subject)));

    /// <summary>What a subject was told of one version, the first first.</summary>
    public IReadOnlyList<KeptNotice> OfVersion(string version, string subject) => readers.Read(database =>
        Read(database, database.Statement(Columns + "WHERE subject = ? AND version = ? ORDER BY number").Bind(1, subject).Bind(2, version)));

    /// <summary>What was posted for everybody, the first first.</summary>
    public IReadOnlyList<KeptNotice> OnBoard() => OfSubject(Notice.Everybody);

    /// <summary>How many of a version went to recipients, by channel and by how they stand; the board is not counted.</summary>
    public ImmutableArray<NoticeCount> Counts(string version) => readers.Read(database => NoticeCounts.Of(database, version));

    /// <summary>Notices that a person has to look after, the newest first.</summary>
    public IReadOnlyList<KeptNotice> Troubles(int count) => readers.Read(database =>
        database.Statement("SELECT notice FROM notice_troubles ORDER BY notice DESC LIMIT ?").Bind(1, count).All(r => r.Long(0)).ConvertAll(n => At(database, n)));

    /// <summary>Where a notice goes; null if that was erased, or there is no address.</summary>
    public string? Address(KeptNotice notice) => readers.Read(database => database.Statement("SELECT address FROM notice_addresses WHERE notice = ?").Bind(1, notice.Number).First(r => r.Text(0)));

    internal static KeptNotice? Find(Database database, string id) => Read(database, database.Statement(Columns + "WHERE id = ?").Bind(1, id)).FirstOrDefault();

    internal static KeptNotice At(Database database, long number) => Read(database, database.Statement(Columns + "WHERE number = ?").Bind(1, number))[0];

    /// <summary>Whether the ledger has a notice of a name, by its place.</summary>
    internal static long? NumberOf(Database database, string id) => database.Statement("SELECT number FROM notices WHERE id = ?").Bind(1, id).First(r => (long?)r.Long(0));

    private static List<KeptNotice> Read(Database database, Statement rows) => rows
        .All(r => (Number: r.Long(0), Id: r.Text(1), Subject: r.Text(2), Version: r.Text(3), TextDigest: r.Text(4), Channel: r.Text(5), Carrier: r.Text(6), Language: r.Text(7), Title: r.Text(8), Digest: r.Text(9)))
        .ConvertAll(n => new KeptNotice(
            n.Number,
            new Notice(n.Id, n.Subject, n.Version, Digest.Parse(n.TextDigest), n.Channel, n.Language, n.Title, Words(database, n.Digest)),
            (NoticeCarrier)Carriers.IndexOf(n.Carrier),
            [.. database.Statement("SELECT event FROM notice_events WHERE notice = ? ORDER BY number").Bind(1, n.Number).All(r => NoticeJson.Read(r.Blob(0)))]));

    private static ImmutableArray<byte> Words(Database database, string digest) => [.. database.Statement("SELECT content FROM shown WHERE digest = ?").Bind(1, digest).First(r => r.Blob(0))
        ?? throw new StoreException($"The words of a notice, {digest}, are not kept in {database.File}. Restore the last backup with `terms restore`.")];
}

/// <summary>Keeps notices, each once.</summary>
internal sealed class AddNotices(IReadOnlyList<NewNotice> notices, DateTimeOffset at) : Operation<IReadOnlyList<NoticeAddition>>
{
    public override int Bytes => notices.Count * 2048;

    protected override IReadOnlyList<NoticeAddition> Do(Batch batch) => [.. notices.Select(n => Add(batch.Database, n))];

    private NoticeAddition Add(Database database, NewNotice added)
    {
        var notice = added.Notice;
        if (database.Statement("SELECT request FROM notices WHERE id = ?").Bind(1, notice.Id).First(r => r.Text(0)) is { } earlier)
        {
            return earlier == added.Request ? NoticeAddition.Repeated : NoticeAddition.Conflict;
        }
        database.Statement("INSERT OR IGNORE INTO shown(digest, media, content) VALUES (?, 'text/plain; charset=utf-8', ?)").Bind(1, notice.Digest.Value).Bind(2, notice.Bytes.AsSpan()).Run();
        database.Statement("INSERT INTO notices(id, subject, version, text_digest, channel, carrier, language, title, digest, request) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .Bind(1, notice.Id).Bind(2, notice.Recipient).Bind(3, notice.Version).Bind(4, notice.TextDigest.Value).Bind(5, notice.Channel).Bind(6, StoredNotices.Word(added.Carrier))
            .Bind(7, notice.Language).Bind(8, notice.Subject).Bind(9, notice.Digest.Value).Bind(10, added.Request).Run();
        var number = database.LastRow;
        if (added.Address is { } address)
        {
            database.Statement("INSERT INTO notice_addresses(notice, address) VALUES (?, ?)").Bind(1, number).Bind(2, address).Run();
        }
        NoteNotice.Insert(database, number, new NoticeQueued(notice.Id, at));
        NoticeCounts.Add(database, added);
        if (added.Carrier == NoticeCarrier.Board)
        {
            NoteNotice.Insert(database, number, new NoticeAttempted(notice.Id, at));
            NoteNotice.Insert(database, number, new NoticeSent(notice.Id, at, null));
        }
        else
        {
            NoteNotice.SetDue(database, number, at);
        }
        return NoticeAddition.Added;
    }
}

/// <summary>Adds an event to a notice.</summary>
internal sealed class NoteNotice(NoticeEvent happened, RetryPolicy policy, double spread) : Operation<KeptNotice?>
{
    public override int Bytes => 512;

    public static void Insert(Database database, long notice, NoticeEvent happened) =>
        database.Statement("INSERT INTO notice_events(notice, event) VALUES (?, ?)").Bind(1, notice).Bind(2, NoticeJson.Bytes(happened)).Run();

    public static void SetDue(Database database, long notice, DateTimeOffset? due)
    {
        if (due is { } at)
        {
            database.Statement("INSERT INTO notice_due(notice, due) VALUES (?, ?) ON CONFLICT(notice) DO UPDATE SET due = excluded.due").Bind(1, notice).Bind(2, at.ToUnixTimeMilliseconds()).Run();
        }
        else
        {
            database.Statement("DELETE FROM notice_due WHERE notice = ?").Bind(1, notice).Run();
        }
    }

    protected override KeptNotice? Do(Batch batch)
    {
        if (StoredNotices.Find(batch.Database, happened.Notice) is not { } notice || !notice.State.Allows(happened))
        {
            return StoredNotices.Find(batch.Database, happened.Notice);
        }
        var before = NoticeCounts.Standing(batch.Database, notice);
        Insert(batch.Database, notice.Number, happened);
        notice = notice with { Events = notice.Events.Add(happened) };
        var state = notice.State;
        // Where no attempt follows one whose end is not known yet, the notice is looked at when the time of doubt is over.
        SetDue(batch.Database, notice.Number, policy.Next(state, notice.IsRepeatable, spread) ?? (state.Stage == NoticeStage.Attempted ? state.Since + policy.Doubt : null));
        if (policy.NeedsPerson(state, notice.IsRepeatable, happened.At))
        {
            LeaveNotice.Leave(batch, notice, state, happened.At);
        }
        else
        {
            batch.Database.Statement("DELETE FROM notice_troubles WHERE notice = ?").Bind(1, notice.Number).Run();
        }
        NoticeCounts.Move(batch.Database, notice, before, NoticeCounts.Standing(batch.Database, notice));
        return notice;
    }
}

/// <summary>Leaves a notice to a person.</summary>
internal sealed class LeaveNotice(KeptNotice notice, DateTimeOffset at) : Operation<bool>
{
    public override int Bytes => 256;

    public static void Leave(Batch batch, KeptNotice notice, NoticeState state, DateTimeOffset at)
    {
        NoteNotice.SetDue(batch.Database, notice.Number, null);
        batch.Database.Statement("INSERT OR IGNORE INTO notice_troubles(notice) VALUES (?)").Bind(1, notice.Number).Run();
        if (batch.Database.Changes > 0)
        {
            batch.Outbox.Add(WebhookMessage.Failed(notice.Notice, state, at));
        }
    }

    protected override bool Do(Batch batch)
    {
        if (StoredNotices.Find(batch.Database, notice.Notice.Id) is { State: { Stage: NoticeStage.Attempted } state } found)
        {
            var before = NoticeCounts.Standing(batch.Database, found);
            Leave(batch, found, state, at);
            NoticeCounts.Move(batch.Database, found, before, NoticeCounts.Standing(batch.Database, found));
        }
        return true;
    }
}
