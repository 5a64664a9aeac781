using System.CommandLine;
using Terms.Catalogue;
using Terms.Cli;
using Terms.Export;
using Terms.Import;

var root = new RootCommand("Reads a folder of agreements, and answers which version, company, law and forum apply to whom.")
{
    LintCommand.Create(),
    ImportCommand.Create(TimeProvider.System),
    ResolveCommand.Create(TimeProvider.System),
    FactsCommand.Create(TimeProvider.System),
    ExportCommand.Create(TimeProvider.System),
    CompareCommand.Create(TimeProvider.System),
    RedlineCommand.Create(TimeProvider.System),
    VerifyCommand.Create(),
    AuditCommand.Create(),
};
try
{
    var parsed = root.Parse(args);
    var status = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return parsed.Errors.Count > 0 ? 2 : status;
}
catch (Exception wrong) when (wrong is ContentException or DirectoryNotFoundException or WrongCallException or UnwritableTextException or RedlineException or ImportRefusedException)
{
    Console.Error.WriteLine(wrong.Message);
    return wrong is ContentException or UnwritableTextException or RedlineException ? 1 : 2;
}
