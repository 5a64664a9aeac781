using System.CommandLine;
using System.Security.Cryptography;
using Terms.Catalogue;
using Terms.People;
using Terms.Storage;
using Terms.Webhooks;

namespace Terms.Cli;

/// <summary><c>terms webhook</c>: who is told of events.</summary>
internal static class WebhookCommand
{
    public static Command Create(TimeProvider clock) => new("webhook", "Addresses that are told of events, signed, in order, and again until they take it. May run beside a server.")
    {
        Add(clock), List(), Disable(clock), Replay(clock),
    };

    private static Command Add(TimeProvider clock)
    {
        var folder = new DataFolder();
        var id = new Option<string?>("--id") { Description = "Its name: lower-case letters, digits and hyphens. Default: a random one." };
        var url = new Option<string>("--url") { Description = "Where it is told: an https address. Networks that are not public have to be named in the server's setting Terms:Webhooks:AllowedNetworks.", Required = true };
        var events = new Option<string[]>("--event") { Description = $"Of what it is told, once for each: {string.Join(", ", Webhook.KnownEvents)}.", Required = true };
        events.AcceptOnlyFromAmong([.. Webhook.KnownEvents]);
        var command = new Command("add", "Makes a webhook and prints the secret that its messages are signed with, once. The secret is kept in the folder of keys, in a file that its owner alone can read. It is an event of the workbench.") { id, url, events };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            Webhook webhook;
            try
            {
                webhook = new Webhook(parsed.GetValue(id) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), parsed.GetRequiredValue(url), [.. parsed.GetRequiredValue(events)], clock.GetUtcNow());
            }
            catch (ArgumentException e)
            {
                throw new WrongCallException(e.Message);
            }
            var secret = WebhookSecret.New();
            new WebhookRegister(folder.Of(parsed)).Add(webhook, secret, Me);
            Console.Error.WriteLine($"The webhook {webhook.Id}. Its secret is shown this once; give it to the receiver.");
            Console.WriteLine(secret);
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        var folder = new DataFolder();
        var command = new Command("list", "Lists all webhooks, disabled ones too.");
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            foreach (var webhook in new WebhookRegister(folder.Of(parsed)).All())
            {
                Console.WriteLine($"{webhook.Id}  {webhook.Address}  {string.Join(",", webhook.Events)}  made {webhook.Created.ToRfc3339()}{(webhook.Disabled is { } disabled ? $", disabled {disabled.ToRfc3339()}" : "")}");
            }
            return 0;
        });
        return command;
    }

    private static Command Disable(TimeProvider clock)
    {
        var folder = new DataFolder();
        var id = new Argument<string>("ID") { Description = "The name of the webhook." };
        var command = new Command("disable", "Disables a webhook for good. What waits for it is not sent any more. It is an event of the workbench.") { id };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            new WebhookRegister(folder.Of(parsed)).Disable(parsed.GetRequiredValue(id), Me, clock.GetUtcNow());
            Console.WriteLine($"Disabled {parsed.GetRequiredValue(id)}.");
            return 0;
        });
        return command;
    }

    private static Command Replay(TimeProvider clock)
    {
        var folder = new DataFolder();
        var id = new Argument<string>("ID") { Description = "The name of the webhook." };
        var message = new Option<string?>("--message") { Description = "One message by its id, such as msg_0f3a…." };
        var since = new Option<string?>("--since") { Description = "All messages that were written from an instant on, such as 2026-05-01T00:00:00Z. Default, without --message: all that were given up." };
        var command = new Command("replay", "Has messages sent again, under the ids that they had: receivers know by the id what they have already. It is an event of the workbench.") { id, message, since };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var from = parsed.GetValue(since) is not { } text ? (DateTimeOffset?)null
                : Instants.TryParse(text, out var instant) ? instant
                : throw new WrongCallException($"\"{text}\" is not an instant. Write RFC 3339, such as 2026-05-01T00:00:00Z.");
            if (parsed.GetValue(message) is not null && from is not null)
            {
                throw new WrongCallException("Name either --message or --since.");
            }
            var replayed = new WebhookRegister(folder.Of(parsed)).Replay(parsed.GetRequiredValue(id), new ReplayChoice(parsed.GetValue(message), from), Me, clock.GetUtcNow());
            Console.WriteLine(replayed == 0 ? "No such message was sent or given up." : $"{replayed} to be sent again.");
            return replayed == 0 ? 1 : 0;
        });
        return command;
    }

    private static string Me => PersonEvent.Operator(Environment.UserName);
}
