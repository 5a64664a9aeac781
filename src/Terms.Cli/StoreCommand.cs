using System.CommandLine;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms store</c>: makes a store, and checks one.</summary>
internal static class StoreCommand
{
    public static Command Create(TimeProvider clock) => new("store", "Makes the store of acceptances, or checks it.") { Make(clock), Check() };

    private static Command Make(TimeProvider clock)
    {
        var folder = new DataFolder();
        var origin = new Option<string>("--origin") { Description = "The name of the operator in the signed checkpoints: a host name, such as terms.example. It never changes.", Required = true };
        var command = new Command("create", "Makes an empty store with new keys. The one thing that makes a store; nothing is overwritten.") { origin };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var folders = folder.Of(parsed);
            try
            {
                Store.Create(folders, parsed.GetRequiredValue(origin), clock.GetUtcNow());
            }
            catch (ArgumentException e)
            {
                throw new WrongCallException(e.Message);
            }
            Console.WriteLine($"Made a store in {folders.Data}. Its verifier keys are in {folders.VerifierKeys}; give them to whoever is to check receipts.");
            Console.WriteLine($"Keep a copy of {folders.Keys} in a safe place: without it nothing more can be recorded in this store.");
            return 0;
        });
        return command;
    }

    private static Command Check()
    {
        var folder = new DataFolder();
        var command = new Command("check", "Reads the whole store: SQLite's own check, every entry, tile and checkpoint, the lookups by subject and key, and the head. May run beside a server. Status 1 if something is wrong.");
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var result = StoreCheck.Run(folder.Of(parsed));
            foreach (var finding in result.Findings)
            {
                Console.WriteLine(finding);
            }
            Console.WriteLine($"Read {result.Acceptances} acceptances, {result.Publications} publications and {result.Checkpoints} checkpoints; {(result.Findings.Count == 0 ? "all is as it was recorded" : $"found {result.Findings.Count}")}.");
            return result.Findings.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
