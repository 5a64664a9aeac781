using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Terms.Verifier.Audits;
using Terms.Verifier.Notes;

namespace Terms.Cli;

/// <summary><c>terms audit STORE|EXPORT</c>: rebuilds the trees from the records and compares every checkpoint.</summary>
internal static class AuditCommand
{
    public static Command Create()
    {
        var ledger = new Argument<string>("ledger") { Description = "The data folder of a store, or an export; - reads an export from standard input." };
        var key = KeyFile.Option();
        var json = new Option<bool>("--json") { Description = "Prints what was found as data." };
        var command = new Command("audit", "Rebuilds the whole tree from the records of a store or an export, and compares every checkpoint. Writes nothing; a server may be running.") { ledger, key, json };
        command.SetAction(parsed =>
        {
            var report = Run(parsed.GetValue(ledger)!, KeyFile.Read(parsed.GetValue(key)));
            if (!parsed.GetValue(json))
            {
                return Told(report);
            }
            Console.WriteLine(JsonSerializer.Serialize(report, VerifierJson.Default.AuditReport));
            return Status(report);
        });
        return command;
    }

    /// <summary>Audits a store, says what was found, and gives the status to end with.</summary>
    public static int Audited(string store) => Told(Run(store, null));

    private static int Told(AuditReport report)
    {
        Print(report);
        return Status(report);
    }

    private static int Status(AuditReport report) => report.IsClean ? 0 : 1;

    private static AuditReport Run(string ledger, IReadOnlyList<VerifierKey>? keys)
    {
        var progress = new Progress();
        try
        {
            if (Directory.Exists(ledger))
            {
                return LedgerAudit.OfStore(ledger, keys, progress);
            }
            using var export = ledger == "-" ? Console.OpenStandardInput() : File.OpenRead(ledger);
            return LedgerAudit.OfExport(export, keys, progress);
        }
        catch (AuditRefusedException refused)
        {
            throw new WrongCallException(refused.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WrongCallException($"{ledger} cannot be read: {e.Message}");
        }
    }

    private static void Print(AuditReport report)
    {
        foreach (var log in report.Logs)
        {
            Console.WriteLine($"{log}, root {log.Root}, key {log.Key}");
        }
        foreach (var finding in report.Findings)
        {
            var entries = (finding.From, finding.To) switch
            {
                (null, _) => "",
                var (from, to) when from == to => string.Create(CultureInfo.InvariantCulture, $" entry {from}"),
                var (from, to) => string.Create(CultureInfo.InvariantCulture, $" entries {from} to {to}"),
            };
            Console.WriteLine($"{finding.Log}{entries}: {finding.What} {finding.Meaning}");
        }
        if (report.Unlisted > 0)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Unlisted:#,0} more findings are not listed."));
        }
        Console.WriteLine(report.Verdict);
    }

    /// <summary>Says on standard error how far a long run is, every second at most.</summary>
    private sealed class Progress : IProgress<long>
    {
        private const int MillisecondsBetween = 1000;
        private long _last = Environment.TickCount64;

        public void Report(long value)
        {
            if (Environment.TickCount64 - _last >= MillisecondsBetween)
            {
                _last = Environment.TickCount64;
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value:#,0} entries"));
            }
        }
    }
}
