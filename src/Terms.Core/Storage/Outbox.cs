using Terms.Catalogue;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>
/// What webhooks are told, written in the transaction of what it tells, so that neither is there without the other. What no webhook wants is not written. The webhooks are read once for each
/// batch, and only if something is told in it.
/// </summary>
internal sealed class Outbox(Database database)
{
    private List<Webhook>? webhooks;

    /// <summary>A new batch begins; webhooks may have been added or disabled since the last.</summary>
    public void Begin() => webhooks = null;

    /// <summary>Whether some webhook is told of events of a type.</summary>
    public bool Wants(string type) => (webhooks ??= [.. WebhookRows.All(database).Where(w => w.Disabled is null)]).Exists(w => w.Events.Contains(type));

    /// <summary>Writes a message for every webhook that wants it.</summary>
    public void Add(WebhookMessage message)
    {
        if (!Wants(message.Type))
        {
            return;
        }
        var sequence = database.Statement("SELECT coalesce(max(sequence), 0) + 1 FROM outbox WHERE agreement = ?").Bind(1, message.Agreement).First(r => r.Long(0));
        var body = message.Bytes(sequence);
        database.Statement("INSERT INTO outbox(id, agreement, sequence, type, body, created) VALUES (?, ?, ?, ?, ?, ?)")
            .Bind(1, WebhookMessage.IdOf(body)).Bind(2, message.Agreement).Bind(3, sequence).Bind(4, message.Type).Bind(5, body).Bind(6, message.At.ToRfc3339()).Run();
        var number = database.LastRow;
        foreach (var webhook in webhooks!.Where(w => w.Events.Contains(message.Type)))
        {
            database.Statement("INSERT OR IGNORE INTO webhook_lanes(webhook, agreement) VALUES (?, ?)").Bind(1, webhook.Id).Bind(2, message.Agreement).Run();
            database.Statement("INSERT INTO deliveries(webhook, agreement, message, state, attempts, due) VALUES (?, ?, ?, ?, 0, ?)")
                .Bind(1, webhook.Id).Bind(2, message.Agreement).Bind(3, number).Bind(4, (long)DeliveryState.Waiting).Bind(5, message.At.ToUnixTimeMilliseconds()).Run();
        }
    }
}
