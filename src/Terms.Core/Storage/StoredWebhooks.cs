using Terms.Catalogue;
using Terms.Notices;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>A message that is due at a webhook: the first that this webhook has not had of its agreement.</summary>
/// <param name="Webhook">Where it goes.</param>
/// <param name="Agreement">The agreement.</param>
/// <param name="Number">Its place in the outbox.</param>
/// <param name="Id">Its id.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record DueMessage(Webhook Webhook, string Agreement, long Number, string Id, ReadOnlyMemory<byte> Body, int Attempts);

/// <summary>What a receiver said.</summary>
/// <param name="IsTaken">Whether it has taken the message.</param>
/// <param name="IsLasting">Whether trying again is of no use.</param>
/// <param name="Status">The HTTP status; null if there was no answer.</param>
/// <param name="Words">What happened, in words.</param>
public sealed record DeliveryResult(bool IsTaken, bool IsLasting, int? Status, string Words);

/// <summary>A message on its way to a webhook, for people.</summary>
/// <param name="Webhook">The webhook.</param>
/// <param name="Number">Its place in the outbox.</param>
/// <param name="Id">Its id.</param>
/// <param name="Agreement">The agreement.</param>
/// <param name="Sequence">Its place among what was told of the agreement.</param>
/// <param name="Type">What it tells.</param>
/// <param name="Created">When it was written.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Due">When it is tried next, if it waits.</param>
/// <param name="Attempts">Every attempt, the first first.</param>
public sealed record Delivery(
    string Webhook, long Number, string Id, string Agreement, long Sequence, string Type, DateTimeOffset Created, DeliveryState State, DateTimeOffset Due, IReadOnlyList<DeliveryAttempt> Attempts);

/// <summary>One attempt.</summary>
/// <param name="At">When it began.</param>
/// <param name="Ended">When it ended; null if nobody knows.</param>
/// <param name="Status">The HTTP status; null if there was none.</param>
/// <param name="Words">What happened.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, DateTimeOffset? Ended, int? Status, string? Words);

/// <summary>The webhooks of an open store, and what is on its way to them.</summary>
public sealed class StoredWebhooks
{
    private readonly Readers readers;
    private readonly LedgerWriter writer;

    internal StoredWebhooks(Readers readers, LedgerWriter writer) => (this.readers, this.writer) = (readers, writer);

    /// <summary>All webhooks, oldest first, disabled ones too.</summary>
    public IReadOnlyList<Webhook> All() => readers.Read(WebhookRows.All);

    /// <summary>The webhook that notices are sent on by; null if there is none.</summary>
    public Webhook? OfNotices() => All().FirstOrDefault(w => w.Disabled is null && w.Events.Contains(Webhook.NoticeSend));

    /// <summary>For each webhook and agreement the first message that it has not had, if that is due. So each receiver has what concerns one agreement in order.</summary>
    public IReadOnlyList<DueMessage> Due(DateTimeOffset now) => readers.Read(database =>
    {
        var webhooks = WebhookRows.All(database).Where(w => w.Disabled is null).ToDictionary(w => w.Id, StringComparer.Ordinal);
        return database.Statement("SELECT webhook, agreement FROM webhook_lanes").All(r => (Webhook: r.Text(0), Agreement: r.Text(1)))
            .Select(l => webhooks.TryGetValue(l.Webhook, out var webhook) ? First(database, webhook, l.Agreement, now) : null).OfType<DueMessage>().ToList();
    });

    /// <summary>The message behind one, for the same webhook and about the same agreement; null if there is none, or it is not due.</summary>
    public DueMessage? Next(DueMessage message, DateTimeOffset now) => readers.Read(database =>
        WebhookRows.Find(database, message.Webhook.Id) is { Disabled: null } webhook ? First(database, webhook, message.Agreement, now) : null);

    /// <summary>An attempt begins; it is on the disk before the first byte leaves.</summary>
    /// <returns>The attempt's number; null if the message is not open any more.</returns>
    public Task<long?> Begin(DueMessage message, RetryPolicy policy, double spread, DateTimeOffset at) => writer.Run(new BeginDelivery(message, policy, spread, at));

    /// <summary>An attempt has ended.</summary>
    public Task End(DueMessage message, long attempt, DeliveryResult result, RetryPolicy policy, double spread, DateTimeOffset at) =>
        writer.Run(new EndDelivery(message, attempt, result, policy, spread, at));

    /// <summary>Lets messages be sent anew, as <see cref="WebhookRegister.Replay"/> does; that there are none is kept by whoever asks.</summary>
    public Task<int> Replay(string webhook, ReplayChoice choice, string by, DateTimeOffset at) => writer.Run(new ReplayDeliveries(webhook, choice, by, at));

    /// <summary>Messages on their way to a webhook or done with, the newest first.</summary>
    /// <param name="webhook">The webhook.</param>
    /// <param name="before">Only those below this place in the outbox; null for the newest.</param>
    /// <param name="count">How many at most.</param>
    public IReadOnlyList<Delivery> Deliveries(string webhook, long? before, int count) => readers.Read(database => database.Statement(
            "SELECT number, id, o.agreement, sequence, type, created, state, due FROM outbox o JOIN deliveries d ON d.message = number AND d.agreement = o.agreement AND d.webhook = ? WHERE number < ? ORDER BY number DESC LIMIT ?")
        .Bind(1, webhook).Bind(2, before ?? long.MaxValue).Bind(3, count)
        .All(r => (Number: r.Long(0), Id: r.Text(1), Agreement: r.Text(2), Sequence: r.Long(3), Type: r.Text(4), Created: Settings.Instant(r.Text(5)), State: (DeliveryState)r.Long(6), Due: DateTimeOffset.FromUnixTimeMilliseconds(r.Long(7))))
        .ConvertAll(d => new Delivery(webhook, d.Number, d.Id, d.Agreement, d.Sequence, d.Type, d.Created, d.State, d.Due, Attempts(database, webhook, d.Number))));

    /// <summary>Tells of the versions that have taken effect and were not told of before. The first time, those that are in force are taken as told.</summary>
    /// <param name="effective">All versions that have taken effect.</param>
    /// <param name="at">Now.</param>
    /// <returns>The versions that were told of.</returns>
    public Task<IReadOnlyList<string>> TellEffective(IReadOnlyList<AgreementVersion> effective, DateTimeOffset at) => writer.Run(new TellEffectiveOperation(effective, at));

    private static DueMessage? First(Database database, Webhook webhook, string agreement, DateTimeOffset now)
    {
        var first = database.Statement("SELECT message, attempts, due FROM deliveries WHERE webhook = ? AND agreement = ? AND state < 2 ORDER BY message LIMIT 1").Bind(1, webhook.Id).Bind(2, agreement)
            .First(r => ((long Number, int Attempts, long Due)?)(r.Long(0), (int)r.Long(1), r.Long(2)));
        if (first is not { } found || found.Due > now.ToUnixTimeMilliseconds())
        {
            return null;
        }
        var (id, body) = database.Statement("SELECT id, body FROM outbox WHERE number = ?").Bind(1, found.Number).First(r => (r.Text(0), r.Blob(1)));
        return new DueMessage(webhook, agreement, found.Number, id!, body, found.Attempts);
    }

    private static List<DeliveryAttempt> Attempts(Database database, string webhook, long message) =>
        database.Statement("SELECT at, ended, status, words FROM delivery_attempts WHERE webhook = ? AND message = ? ORDER BY number").Bind(1, webhook).Bind(2, message)
            .All(r => new DeliveryAttempt(Settings.Instant(r.Text(0)), r.TextOrNull(1) is { } ended ? Settings.Instant(ended) : null, r.IsNull(2) ? null : (int)r.Long(2), r.TextOrNull(3)));
}

internal sealed class BeginDelivery(DueMessage message, RetryPolicy policy, double spread, DateTimeOffset at) : Operation<long?>
{
    public override int Bytes => 256;

    protected override long? Do(Batch batch)
    {
        var attempts = message.Attempts + 1;
        var wait = policy.Wait(attempts, spread) is { } next && next > policy.Doubt ? next : policy.Doubt;
        batch.Database.Statement("UPDATE deliveries SET state = 1, attempts = ?, due = ? WHERE webhook = ? AND agreement = ? AND message = ? AND state < 2 AND attempts = ?")
            .Bind(1, attempts).Bind(2, (at + wait).ToUnixTimeMilliseconds()).Bind(3, message.Webhook.Id).Bind(4, message.Agreement).Bind(5, message.Number).Bind(6, message.Attempts).Run();
        if (batch.Database.Changes == 0)
        {
            return null;
        }
        batch.Database.Statement("INSERT INTO delivery_attempts(webhook, message, at) VALUES (?, ?, ?)").Bind(1, message.Webhook.Id).Bind(2, message.Number).Bind(3, at.ToRfc3339()).Run();
        return batch.Database.LastRow;
    }
}

internal sealed class EndDelivery(DueMessage message, long attempt, DeliveryResult result, RetryPolicy policy, double spread, DateTimeOffset at) : Operation<bool>
{
    public override int Bytes => 512;

    protected override bool Do(Batch batch)
    {
        var status = batch.Database.Statement("UPDATE delivery_attempts SET ended = ?, status = ?, words = ? WHERE number = ?").Bind(1, at.ToRfc3339()).Bind(3, result.Words).Bind(4, attempt);
        (result.Status is { } code ? status.Bind(2, code) : status.Bind(2, (string?)null)).Run();
        var wait = result.IsTaken || result.IsLasting ? null : policy.Wait(message.Attempts + 1, spread);
        var state = result.IsTaken ? DeliveryState.Delivered : wait is null ? DeliveryState.GivenUp : DeliveryState.Waiting;
        batch.Database.Statement("UPDATE deliveries SET state = ?, due = ? WHERE webhook = ? AND agreement = ? AND message = ? AND state = 1 AND attempts = ?")
            .Bind(1, (long)state).Bind(2, (at + (wait ?? TimeSpan.Zero)).ToUnixTimeMilliseconds()).Bind(3, message.Webhook.Id).Bind(4, message.Agreement).Bind(5, message.Number).Bind(6, message.Attempts + 1).Run();
        return true;
    }
}

internal sealed class ReplayDeliveries(string webhook, ReplayChoice choice, string by, DateTimeOffset at) : Operation<int>
{
    public override int Bytes => 512;

    protected override int Do(Batch batch) => WebhookRows.Replay(batch.Database, webhook, choice, by, at);
}

internal sealed class TellEffectiveOperation(IReadOnlyList<AgreementVersion> effective, DateTimeOffset at) : Operation<IReadOnlyList<string>>
{
    public override int Bytes => 256;

    protected override IReadOnlyList<string> Do(Batch batch)
    {
        var database = batch.Database;
        var isFirst = !database.Statement("SELECT 1 FROM settings WHERE name = ?").Bind(1, Settings.EffectiveTold).First(_ => true);
        var told = new List<string>();
        foreach (var version in effective)
        {
            database.Statement("INSERT OR IGNORE INTO told_effective(version, at) VALUES (?, ?)").Bind(1, version.Path).Bind(2, at.ToRfc3339()).Run();
            if (database.Changes > 0 && !isFirst)
            {
                batch.Outbox.Add(WebhookMessage.Effective(version, at));
                told.Add(version.Path);
            }
        }
        if (isFirst)
        {
            Settings.Write(database, Settings.EffectiveTold, at.ToRfc3339());
        }
        return told;
    }
}
