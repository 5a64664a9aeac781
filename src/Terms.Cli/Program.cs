using System.CommandLine;
using Terms.Catalogue;
using Terms.Cli;
using Terms.Export;
using Terms.Import;
using Terms.Publishing;
using Terms.Storage;

var root = new RootCommand("Reads a folder of agreements, and answers which version, company, law and forum apply to whom.")
{
    LintCommand.Create(),
    ImportCommand.Create(TimeProvider.System),
    ResolveCommand.Create(TimeProvider.System),
    FactsCommand.Create(TimeProvider.System),
    ExportCommand.Create(TimeProvider.System),
    PublishCommand.Create(TimeProvider.System),
    CompareCommand.Create(TimeProvider.System),
    RedlineCommand.Create(TimeProvider.System),
    StoreCommand.Create(TimeProvider.System),
    BackupCommand.Create(),
    RestoreCommand.Create(TimeProvider.System),
    KeyCommand.Create(TimeProvider.System),
    UserCommand.Create(TimeProvider.System),
    WebhookCommand.Create(TimeProvider.System),
    EraseCommand.Create(TimeProvider.System),
    HoldCommand.Create(TimeProvider.System),
    EvidenceCommand.Create(TimeProvider.System),
    VerifyCommand.Create(),
    AuditCommand.Create(),
};
try
{
    var parsed = root.Parse(args);
    var status = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? 2 : status;
}
catch (Exception wrong) when (wrong is ContentException or DirectoryNotFoundException or WrongCallException or UnwritableTextException or RedlineException or ImportRefusedException or StoreException or PublishedElsewhereException)
{
    Console.Error.WriteLine(wrong.Message);
    return wrong is ContentException or UnwritableTextException or RedlineException or StoreException or PublishedElsewhereException ? 1 : 2;
}
