using System.CommandLine;
using System.Security.Cryptography;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms key</c>: keys of services.</summary>
internal static class KeyCommand
{
    public static Command Create(TimeProvider clock) => new("key", "Keys with which services present, record and read. May run beside a server.") { Add(clock), List(), Revoke(clock) };

    private static Command Add(TimeProvider clock)
    {
        var folder = new DataFolder();
        var id = new Option<string?>("--id") { Description = "The id in tokens and records: lower-case letters, digits and hyphens. Default: a random one." };
        var name = new Option<string>("--name") { Description = "Whose key it is, in words.", Required = true };
        var scopes = new Option<string[]>("--scope") { Description = $"What it may do, once for each: {string.Join(", ", ServiceKey.KnownScopes)}.", Required = true };
        var addresses = new Option<string[]>("--return-address") { Description = "An https address below which readers may be sent back, once for each." };
        scopes.AcceptOnlyFromAmong([.. ServiceKey.KnownScopes]);
        var command = new Command("add", "Makes a key and prints it, once.") { id, name, scopes, addresses };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var secret = ServiceKey.NewSecret();
            ServiceKey key;
            try
            {
                key = new ServiceKey(parsed.GetValue(id) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), parsed.GetRequiredValue(name), [.. parsed.GetRequiredValue(scopes).Distinct()],
                    ServiceKey.Hash(secret), [.. (parsed.GetValue(addresses) ?? []).Select(a => new ReturnAddress(a))]);
            }
            catch (ArgumentException e)
            {
                throw new WrongCallException(e.Message);
            }
            new ServiceKeys(folder.Of(parsed)).Add(new ServiceKeyRow(key.Id, key.Name, key.SecretHash, key.Scopes, [.. key.ReturnAddresses.Select(a => a.Text)], clock.GetUtcNow(), null));
            Console.Error.WriteLine($"The key {key.Id}. It is shown this once; only its digest is kept.");
            Console.WriteLine(ServiceKey.Token(key.Id, secret));
            return 0;
        });
        return command;
    }

    private static Command List()
    {
        var folder = new DataFolder();
        var command = new Command("list", "Lists all keys, revoked ones too.");
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            foreach (var key in new ServiceKeys(folder.Of(parsed)).All())
            {
                Console.WriteLine($"{key.Id}  {key.Name}  {string.Join(",", key.Scopes)}  made {key.Created.ToRfc3339()}{(key.Revoked is { } revoked ? $", revoked {revoked.ToRfc3339()}" : "")}  {string.Join(' ', key.ReturnAddresses)}".TrimEnd());
            }
            return 0;
        });
        return command;
    }

    private static Command Revoke(TimeProvider clock)
    {
        var folder = new DataFolder();
        var id = new Argument<string>("ID") { Description = "The id of the key." };
        var command = new Command("revoke", "Revokes a key. From the next request on it is refused, by a running server too.") { id };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            new ServiceKeys(folder.Of(parsed)).Revoke(parsed.GetRequiredValue(id), clock.GetUtcNow());
            Console.WriteLine($"Revoked {parsed.GetRequiredValue(id)}.");
            return 0;
        });
        return command;
    }
}
