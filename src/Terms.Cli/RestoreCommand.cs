using System.CommandLine;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms restore</c>: makes a store from a backup.</summary>
internal static class RestoreCommand
{
    public static Command Create(TimeProvider clock)
    {
        var folder = new DataFolder();
        var backup = new Argument<string>("BACKUP") { Description = "The folder that `terms backup` wrote." };
        var command = new Command("restore", "Checks a backup entirely and puts it in place, unless what is there is newer. What was erased since is erased again, and the result is audited.") { backup };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var folders = folder.Of(parsed);
            var restored = Backup.Restore(Path.GetFullPath(parsed.GetRequiredValue(backup)), folders, clock.GetUtcNow());
            Console.WriteLine($"Restored {restored.Acceptances} acceptances and {restored.Publications} publications to {folders.Data}; erased again: {restored.Erased}.");
            Console.WriteLine("Holds and keys of services are those of the backup. What was put on hold or revoked since has to be put on hold or revoked again.");
            if (!folders.HasSecretKeys)
            {
                Console.WriteLine($"The secret keys are not in {folders.Keys}. Put them there before a server opens the store.");
            }
            return AuditCommand.Audited(folders.Data);
        });
        return command;
    }
}
