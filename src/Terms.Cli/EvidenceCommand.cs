using System.CommandLine;
using Terms.Resolution;
using Terms.Storage;

namespace Terms.Cli;

/// <summary><c>terms evidence</c>: everything on one subject and one agreement in one ZIP.</summary>
internal static class EvidenceCommand
{
    public static Command Create(TimeProvider clock)
    {
        var content = Folder.Option();
        var folder = new DataFolder();
        var subject = new Option<string>("--subject") { Description = "The subject, as the service names it.", Required = true };
        var agreement = new Option<string>("--agreement") { Description = "The agreement, such as free-membership.", Required = true };
        var output = new Option<string>("--out") { Description = "The ZIP to write.", Required = true };
        var command = new Command("evidence",
            "Writes records, receipts, texts, forms, proofs and words for a court into one ZIP. It opens the store itself: while a server runs, ask the server (GET /api/v1/subjects/{subject}/evidence).")
        {
            content, subject, agreement, output,
        };
        folder.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var corpus = Folder.Load(parsed.GetValue(content));
            var catalogue = corpus.Catalogue;
            var found = catalogue.Find(parsed.GetRequiredValue(agreement)) ?? throw new WrongCallException(QuestionReader.UnknownAgreement(catalogue, parsed.GetRequiredValue(agreement)));
            await using var store = Store.Open(folder.Of(parsed), clock.GetUtcNow());
            if (Receipts.Pack(store, corpus, parsed.GetRequiredValue(subject), found) is not { } pack)
            {
                Console.Error.WriteLine($"The subject has no act on {found.Id}. Nothing was written.");
                return 1;
            }
            using var zip = new MemoryStream();
            await pack.Write(zip, cancellation);
            Folder.Write(parsed.GetRequiredValue(output), zip.ToArray());
            return 0;
        });
        return command;
    }
}
