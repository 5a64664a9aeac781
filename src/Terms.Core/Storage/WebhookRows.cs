using System.Globalization;
using Terms.Catalogue;
using Terms.People;
using Terms.Webhooks;

namespace Terms.Storage;

/// <summary>How far a message has come to a webhook.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its first attempt, or for the next after one that failed.</summary>
    Waiting,

    /// <summary>An attempt has begun and nobody knows how it ended.</summary>
    Attempted,

    /// <summary>The receiver has taken it.</summary>
    Delivered,

    /// <summary>It was given up, and waits for nothing but a replay.</summary>
    GivenUp,
}

/// <summary>Which messages are sent to a webhook anew.</summary>
/// <param name="Message">One message by its id; null for several.</param>
/// <param name="Since">All that were written from then on; null for all that were given up.</param>
public sealed record ReplayChoice(string? Message, DateTimeOffset? Since)
{
    /// <summary>What was chosen, in words.</summary>
    /// <param name="count">How many messages there were.</param>
    public string Words(int count) => Message ?? string.Create(CultureInfo.InvariantCulture, $"{count} {(Since is { } since ? $"written since {since.ToRfc3339()}" : "that had been given up")}");
}

/// <summary>The rows of webhooks, as the writer of the ledger and the command line both use them.</summary>
internal static class WebhookRows
{
    private const string Columns = "SELECT id, address, events, created, disabled FROM webhooks";

    public static List<Webhook> All(Database database) => database.Statement($"{Columns} ORDER BY created, id").All(Read);

    public static Webhook? Find(Database database, string id) => database.Statement($"{Columns} WHERE id = ?").Bind(1, id).First(Read);

    /// <summary>Adds one with its event. That names the host alone: what stands behind it may be a secret.</summary>
    public static void Add(Database database, Webhook webhook, string by)
    {
        if (Find(database, webhook.Id) is not null)
        {
            throw new StepRefusedException($"There is a webhook {webhook.Id} already. `terms webhook list` lists them.");
        }
        if (webhook.Events.Contains(Webhook.NoticeSend) && All(database).FirstOrDefault(w => w.Disabled is null && w.Events.Contains(Webhook.NoticeSend)) is { } other)
        {
            throw new StepRefusedException($"Notices are sent on by the webhook {other.Id}, and by one alone, so that nobody is told twice. Disable it first.");
        }
        database.Statement("INSERT INTO webhooks(id, address, events, created) VALUES (?, ?, ?, ?)")
            .Bind(1, webhook.Id).Bind(2, webhook.Address.AbsoluteUri).Bind(3, string.Join(' ', webhook.Events)).Bind(4, webhook.Created.ToRfc3339()).Run();
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.WebhookAdded, by, webhook.Created, null, PersonEvent.Particulars($"{webhook.Id}: {string.Join(", ", webhook.Events)} to {webhook.Address.Authority}")));
    }

    /// <summary>Disables one with its event.</summary>
    public static void Disable(Database database, string id, string by, DateTimeOffset at)
    {
        database.Statement("UPDATE webhooks SET disabled = ? WHERE id = ? AND disabled IS NULL").Bind(1, at.ToRfc3339()).Bind(2, id).Run();
        if (database.Changes == 0)
        {
            throw new StepRefusedException(Find(database, id) is null ? $"There is no webhook {id}. `terms webhook list` lists them." : $"The webhook {id} is disabled already.");
        }
        WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.WebhookDisabled, by, at, null, id));
    }

    /// <summary>Lets messages wait again, as if they had never been tried, and keeps who wanted it. They keep their ids.</summary>
    /// <returns>How many there are; if there are none, nothing is kept.</returns>
    public static int Replay(Database database, string webhook, ReplayChoice choice, string by, DateTimeOffset at)
    {
        var replayed = PutBack(database, webhook, choice, at);
        if (replayed > 0)
        {
            WorkbenchEvents.Insert(database, new PersonEvent(PersonStep.Replayed, by, at, null, $"{webhook}: {choice.Words(replayed)}"));
        }
        return replayed;
    }

    private static int PutBack(Database database, string webhook, ReplayChoice choice, DateTimeOffset at)
    {
        const string Again = "UPDATE deliveries SET state = 0, attempts = 0, due = ? WHERE webhook = ? AND state >= 2 AND ";
        var due = at.ToUnixTimeMilliseconds();
        switch (choice)
        {
            case { Message: { } message }:
                database.Statement($"{Again} message = (SELECT number FROM outbox WHERE id = ?) AND agreement = (SELECT agreement FROM outbox WHERE id = ?)")
                    .Bind(1, due).Bind(2, webhook).Bind(3, message).Bind(4, message).Run();
                return database.Changes;
            case { Since: { } since }:
                var replayed = 0;
                foreach (var number in database.Statement("SELECT number, created FROM outbox").All(r => (Number: r.Long(0), At: Settings.Instant(r.Text(1)))).Where(m => m.At >= since).Select(m => m.Number))
                {
                    database.Statement($"{Again} message = ? AND agreement = (SELECT agreement FROM outbox WHERE number = ?)").Bind(1, due).Bind(2, webhook).Bind(3, number).Bind(4, number).Run();
                    replayed += database.Changes;
                }
                return replayed;
            default:
                database.Statement($"{Again} state = 3").Bind(1, due).Bind(2, webhook).Run();
                return database.Changes;
        }
    }

    private static Webhook Read(Statement row) => new(row.Text(0), row.Text(1), [.. row.Text(2).Split(' ')], Settings.Instant(row.Text(3)), row.TextOrNull(4) is { } disabled ? Settings.Instant(disabled) : null);
}
