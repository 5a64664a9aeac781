namespace Terms.Benchmarks;

/// <summary>The verbs. <c>bench/run</c> builds what they need and asks for <c>all</c>.</summary>
internal static class Entry
{
    private static async Task<int> Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["all"]:
                return Measurement.PrintTable([.. Noted(DecisionMeasurement.Run()), .. Noted(HttpMeasurement.Run()), .. Noted(AcceptanceHttpMeasurement.Run()), .. Noted(StartMeasurement.Run()), .. Noted(GrowthMeasurement.Run()), .. Noted(RedlineMeasurement.Run()), .. Noted(StoreMeasurement.Run()), .. Noted(AuditMeasurement.Run())]);
            case ["decide"]:
                return Measurement.PrintTable([.. DecisionMeasurement.Run()]);
            case ["http"]:
                return Measurement.PrintTable([.. HttpMeasurement.Run()]);
            case ["accept"]:
                return Measurement.PrintTable([.. Noted(AcceptanceHttpMeasurement.Run())]);
            case ["start"]:
                return Measurement.PrintTable([.. StartMeasurement.Run()]);
            case ["growth"]:
                return Measurement.PrintTable([.. GrowthMeasurement.Run()]);
            case ["store"]:
                return Measurement.PrintTable([.. Noted(StoreMeasurement.Run())]);
            case ["audit"]:
                return Measurement.PrintTable([.. Noted(AuditMeasurement.Run())]);
            case ["audited", var path]:
                AuditMeasurement.Audit(path);
                return 0;
            case ["compare", var content]:
                ComparisonBenchmarks.Run(content);
                return 0;
            case ["redline"]:
                return Measurement.PrintTable([.. Noted(RedlineMeasurement.Run())]);
            case ["serve"]:
                await BenchHost.Serve();
                return 0;
            case ["serve-acceptances", var folder]:
                await AcceptanceHost.Serve(folder);
                return 0;
            case ["held", var folder]:
                GrowthMeasurement.Held(folder);
                return 0;
            case ["ask", var few, var many]:
                GrowthMeasurement.Ask(few, many);
                return 0;
            case ["content", var folder, var versions, var agreements]:
                SyntheticContent.Write(folder, int.Parse(versions, System.Globalization.CultureInfo.InvariantCulture), int.Parse(agreements, System.Globalization.CultureInfo.InvariantCulture));
                return 0;
            default:
                Console.Error.WriteLine("Verbs: all, decide, http, accept, start, growth, redline, store, audit, compare CONTENT, serve, content FOLDER VERSIONS AGREEMENTS. See bench/README.md.");
                return 2;
        }
    }

    /// <summary>Says what has been measured, as soon as it has.</summary>
    private static IEnumerable<Measurement> Noted(IEnumerable<Measurement> measurements)
    {
        foreach (var measurement in measurements)
        {
            Console.Error.WriteLine($"{measurement.What}: {measurement.Ratio}");
            yield return measurement;
        }
    }
}
