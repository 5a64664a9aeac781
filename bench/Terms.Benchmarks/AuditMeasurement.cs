using System.Diagnostics;
using System.Text.Json;
using Terms.Verifier.Audits;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>
/// A full audit of invented ledgers, each in a fresh process: records by second of processor time, whatever thread spends it, and the most memory that the process held.
/// </summary>
internal static class AuditMeasurement
{
    private const int Records = 1_000_000;
    private const int Few = 100_000;
    private const int AskedRate = 200_000;
    private const double AskedMegabytes = 256;

    private static readonly (int Batch, bool IsAsked)[] Batches = [(64, true), (512, true), (1, false)];

    public static IEnumerable<Measurement> Run()
    {
        foreach (var (batch, isAsked) in Batches)
        {
            var count = isAsked ? Records : Few;
            var file = Repository.Scratch($"audit-{batch}.jsonl");
            using (var export = File.Create(file, 1 << 20))
            {
                SyntheticLedger.WriteExport(export, count, batch);
            }
            var length = new FileInfo(file).Length / count;
            yield return Row($"audit of an export, {count:#,0} records (line {length} bytes), {batch} by checkpoint", Audited(file), isAsked);
            File.Delete(file);
        }
        var folder = Repository.Scratch("audit-store");
        SyntheticLedger.WriteStore(folder, Records, 64, hasAnnex: true);
        yield return Row($"audit of a store with annex, {Records:#,0} records, 64 by checkpoint", Audited(folder), isAsked: true);
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Audits what stands at a path, and says what it took.</summary>
    public static void Audit(string path)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        var start = Stopwatch.GetTimestamp();
        AuditReport report;
        if (Directory.Exists(path))
        {
            report = LedgerAudit.OfStore(path);
        }
        else
        {
            using var export = File.OpenRead(path);
            report = LedgerAudit.OfExport(export);
        }
        var wall = Stopwatch.GetElapsedTime(start).TotalSeconds;
        using var self = Process.GetCurrentProcess();
        if (!report.IsClean)
        {
            throw new InvalidOperationException($"The invented ledger is not clean: {report.Findings[0]}");
        }
        var processor = (self.TotalProcessorTime - before).TotalSeconds;
        Console.WriteLine(FormattableString.Invariant($"audited {{\"entries\":{report.Logs[0].Entries},\"processor\":{processor},\"wall\":{wall},\"megabytes\":{self.PeakWorkingSet64 / 1048576.0}}}"));
    }

    private static Measurement Row(string what, (double Rate, double Wall, double Megabytes) audited, bool isAsked) => new(
        $"{what}, by second of processor time", Text(audited.Rate, "#,0"), $"{Text(audited.Wall, "#,0")} by the clock", Text(audited.Megabytes, "0", " MiB"),
        isAsked ? $"{Text(AskedRate, "#,0")}, {Text(AskedMegabytes, "0", " MiB")}" : "", !isAsked || (audited.Rate >= AskedRate && audited.Megabytes <= AskedMegabytes));

    private static (double Rate, double Wall, double Megabytes) Audited(string path)
    {
        using var child = Child.Start(Environment.ProcessPath!, [Environment.GetCommandLineArgs()[0], "audited", path], null, ("DOTNET_gcServer", "0"), ("DOTNET_TieredPGO", "0")); // As `terms` is set.
        using var said = JsonDocument.Parse(child.ReadUntil("audited "));
        double Of(string name) => said.RootElement.GetProperty(name).GetDouble();
        return (Of("entries") / Of("processor"), Of("entries") / Of("wall"), Of("megabytes"));
    }
}
