using System.CommandLine;
using Terms.Catalogue;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms hold</c>: holds that prevent erasing.</summary>
internal static class HoldCommand
{
    public static Command Create(TimeProvider clock) => new("hold", "Holds that prevent the details of a subject from being erased. May run beside a server.") { Add(clock), Release(clock), List() };

    private static Command Add(TimeProvider clock)
    {
        var (folder, subject) = (new DataFolder(), Subject());
        var why = new Option<string>("--why") { Description = "Why, in your words, such as the number of a case.", Required = true };
        var command = new Command("add", "Puts a subject on hold.") { subject, why };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            new Annex(folder.Of(parsed)).Hold(parsed.GetRequiredValue(subject), parsed.GetRequiredValue(why), clock.GetUtcNow());
            Console.WriteLine($"The details of {parsed.GetRequiredValue(subject)} are on hold.");
            return 0;
        });
        return command;
    }

    private static Command Release(TimeProvider clock)
    {
        var (folder, subject) = (new DataFolder(), Subject());
        var command = new Command("release", "Releases every hold on a subject.") { subject };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var released = new Annex(folder.Of(parsed)).Release(parsed.GetRequiredValue(subject), clock.GetUtcNow());
            Console.WriteLine(released == 0 ? $"There was no hold on {parsed.GetRequiredValue(subject)}." : $"Released {released}.");
            return released == 0 ? 1 : 0;
        });
        return command;
    }

    private static Command List()
    {
        var folder = new DataFolder();
        var command = new Command("list", "Lists all holds, past ones too.");
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            foreach (var hold in new Annex(folder.Of(parsed)).Holds())
            {
                Console.WriteLine($"{hold.Subject}  since {hold.At.ToRfc3339()}{(hold.Released is { } released ? $", released {released.ToRfc3339()}" : "")}  {hold.Why}");
            }
            return 0;
        });
        return command;
    }

    private static Option<string> Subject() => new("--subject") { Description = "Whose details.", Required = true };
}
