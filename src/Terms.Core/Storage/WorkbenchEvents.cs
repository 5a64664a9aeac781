using System.Collections.Immutable;
using System.Text.Json;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;

namespace Terms.Storage;

/// <summary>An event of the workbench as it is kept.</summary>
/// <param name="Number">Its place among all events, from 1.</param>
/// <param name="At">When it was, to the millisecond; the JSON has the exact instant.</param>
/// <param name="Who">Who.</param>
/// <param name="Kind">What, as a word: <c>approved</c>, <c>signed-in</c>.</param>
/// <param name="Draft">The draft; null if it is about none.</param>
/// <param name="Agreement">The agreement; null if it is about none.</param>
/// <param name="Json">The event in canonical JSON.</param>
public sealed record LoggedEvent(long Number, DateTimeOffset At, string Who, string Kind, string? Draft, string? Agreement, ReadOnlyMemory<byte> Json);

/// <summary>Which events are asked for; null leaves a part open.</summary>
/// <param name="Who">Who.</param>
/// <param name="Kind">What.</param>
/// <param name="Draft">The draft.</param>
/// <param name="Agreements">Only events about one of these agreements, and none about people.</param>
/// <param name="From">Not before.</param>
/// <param name="Until">Before.</param>
public sealed record EventFilter(string? Who = null, string? Kind = null, string? Draft = null, ImmutableArray<AgreementId>? Agreements = null, DateTimeOffset? From = null, DateTimeOffset? Until = null);

/// <summary>The events of the workbench: steps of drafts, refusals included, and what happened about accounts. They are only ever added; triggers of the database refuse anything else.</summary>
public sealed class WorkbenchEvents
{
    private const string Columns = "SELECT number, at, who, kind, draft, agreement, event FROM workbench_events";

    private readonly Readers readers;
    private readonly LedgerWriter writer;

    internal WorkbenchEvents(Readers readers, LedgerWriter writer) => (this.readers, this.writer) = (readers, writer);

    /// <summary>The last events, the newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Only those with a lower number; null begins with the newest.</param>
    /// <param name="count">At most so many.</param>
    public IReadOnlyList<LoggedEvent> Newest(EventFilter filter, long? before, int count) =>
        readers.Read(r => Bound(r, filter, $"{Columns} WHERE number < ?1{Where(filter)} ORDER BY number DESC LIMIT ?2").Bind(1, before ?? long.MaxValue).Bind(2, count).All(Read));

    /// <summary>Some events after a number, the oldest first.</summary>
    public IReadOnlyList<LoggedEvent> After(EventFilter filter, long after, int count) =>
        readers.Read(r => Bound(r, filter, $"{Columns} WHERE number > ?1{Where(filter)} ORDER BY number LIMIT ?2").Bind(1, after).Bind(2, count).All(Read));

    /// <summary>Adds an event about an account.</summary>
    public Task<long> Add(PersonEvent step)
    {
        var operation = new AddPersonEvent(step);
        writer.Enqueue(operation);
        return operation.Done;
    }

    /// <summary>Adds a step of a draft, inside a transaction.</summary>
    /// <returns>Its number.</returns>
    internal static long Insert(Database database, PublishingEvent step, ReadOnlySpan<byte> bytes, AgreementId agreement) =>
        Insert(database, step.At, step.Who, PublishingEventJson.Word(step), step.Draft, agreement.Value, bytes);

    /// <summary>Adds an event about an account, inside a transaction.</summary>
    internal static long Insert(Database database, PersonEvent step) => Insert(database, step.At, step.Who, step.Word, null, null, step.Bytes());

    /// <summary>Takes a step in a transaction of its own, beside a server. If it is refused, nothing of it stays but the event that says so.</summary>
    /// <param name="database">A connection.</param>
    /// <param name="take">Takes the step, and adds its event.</param>
    /// <param name="refusal">The event of a refusal; it is decided on what the database has then.</param>
    /// <exception cref="StepRefusedException">The step was refused, and that is kept.</exception>
    internal static void Step(Database database, Action<Database> take, Func<StepRefusedException, PersonEvent> refusal)
    {
        try
        {
            database.Transact(() => take(database));
        }
        catch (StepRefusedException refused)
        {
            database.Transact(() => Insert(database, refusal(refused)));
            throw;
        }
    }

    /// <summary>The number of a draft's last event; 0 if it has none.</summary>
    internal static long LastOf(Database database, string draft) => database.Statement("SELECT coalesce(max(number), 0) FROM workbench_events WHERE draft = ?").Bind(1, draft).First(r => r.Long(0));

    internal static LoggedEvent Read(Statement row) => new(
        row.Long(0), DateTimeOffset.FromUnixTimeMilliseconds(row.Long(1)), row.Text(2), row.Text(3), row.TextOrNull(4), row.TextOrNull(5), row.Blob(6));

    /// <summary>Only the conditions that are asked for, so that an index serves them.</summary>
    private static string Where(EventFilter filter) => string.Concat(Parts(filter).Where(p => p.Value is not null).Select(p => $" AND {p.Condition}"));

    private static Statement Bound(Database database, EventFilter filter, string sql)
    {
        var statement = database.Statement(sql);
        foreach (var (number, value) in Parts(filter).Select((p, i) => (i + 3, p.Value)).Where(p => p.Value is not null))
        {
            _ = value is long instant ? statement.Bind(number, instant) : statement.Bind(number, (string)value!);
        }
        return statement;
    }

    private static (string Condition, object? Value)[] Parts(EventFilter filter) =>
    [
        ("who = ?3", filter.Who), ("kind = ?4", filter.Kind), ("draft = ?5", filter.Draft), ("agreement IN (SELECT value FROM json_each(?6))", filter.Agreements is { } agreements ? JsonSerializer.Serialize(agreements.Select(a => a.Value)) : null),
        ("at >= ?7", filter.From?.ToUnixTimeMilliseconds()), ("at < ?8", filter.Until?.ToUnixTimeMilliseconds()),
    ];

    private static long Insert(Database database, DateTimeOffset at, string who, string kind, string? draft, string? agreement, ReadOnlySpan<byte> bytes)
    {
        database.Statement("INSERT INTO workbench_events(at, who, kind, draft, agreement, event) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, at.ToUnixTimeMilliseconds()).Bind(2, who).Bind(3, kind).Bind(4, draft).Bind(5, agreement).Bind(6, bytes).Run();
        return database.LastRow;
    }

    private sealed class AddPersonEvent(PersonEvent step) : Operation<long>
    {
        public override int Bytes { get; } = step.Bytes().Length; // Made here, so that what cannot be written is refused before it waits.

        protected override long Do(Batch batch) => Insert(batch.Database, step);
    }
}
