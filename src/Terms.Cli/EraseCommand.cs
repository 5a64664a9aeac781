using System.CommandLine;
using Terms.Acceptance;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms erase</c>: erases personal details; records and proofs stay.</summary>
internal static class EraseCommand
{
    public static Command Create(TimeProvider clock)
    {
        var folder = new DataFolder();
        var acceptance = new Option<string?>("--acceptance") { Description = "The details of one acceptance, by its id." };
        var subject = new Option<string?>("--subject") { Description = "The details of all acceptances of a subject." };
        var command = new Command("erase", "Erases personal details (name, e-mail, network address, user agent; of a subject, the addresses of its notices too). Records and proofs stay valid. May run beside a server.") { acceptance, subject };
        folder.AddTo(command);
        command.SetAction(parsed =>
        {
            var annex = new Annex(folder.Of(parsed));
            var erased = (parsed.GetValue(acceptance), parsed.GetValue(subject)) switch
            {
                ({ } id, null) => annex.Erase(AcceptanceId.TryParse(id, out var read) ? read : throw new WrongCallException($"\"{id}\" is not the id of an acceptance, such as a17-0f3a and 16 more digits."), clock.GetUtcNow()),
                (null, { } whose) => annex.EraseSubject(whose, clock.GetUtcNow()),
                _ => throw new WrongCallException("Name either --acceptance ID or --subject SUBJECT."),
            };
            Console.WriteLine(erased.Acceptances.Count + erased.Notices.Count == 0 ? "There were no details to erase." : $"Erased the details of {string.Join(", ", erased.Acceptances.Select(a => a.ToString()).Concat(erased.Notices))}.");
            if (!erased.IsGoneFromDisk)
            {
                Console.WriteLine("Somebody is reading the store for long, so the words still stand in its write-ahead log; they go when the log is next emptied.");
            }
            return 0;
        });
        return command;
    }
}
