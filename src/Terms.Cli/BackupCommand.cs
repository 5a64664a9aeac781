using System.CommandLine;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms backup</c>: copies a store, a server beside it or not.</summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var folder = new DataFolder();
        var target = new Option<string>("--out") { Description = "A new folder for this backup.", Required = true };
        var withKeys = new Option<bool>("--with-keys") { Description = "Copies the secret keys too. Keep such a backup as you keep the keys." };
        var command = new Command("backup", "Copies one state of the store into a new folder. May run beside a server.") { target, withKeys };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var made = Backup.Make(folder.Of(parsed), Path.GetFullPath(parsed.GetRequiredValue(target)), parsed.GetValue(withKeys));
            Console.WriteLine($"Copied {made.Acceptances} acceptances and {made.Publications} publications to {parsed.GetRequiredValue(target)}, {(parsed.GetValue(withKeys) ? "with" : "without")} the secret keys.");
            return 0;
        });
        return command;
    }
}
