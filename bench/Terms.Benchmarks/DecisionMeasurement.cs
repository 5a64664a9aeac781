using System.Text.Json;
using BenchmarkDotNet.Running;
using Terms.Resolution;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>One question about one agreement in process, against json-rules-engine.</summary>
internal static class DecisionMeasurement
{
    private const int PeerRounds = 7;

    public static IEnumerable<Measurement> Run()
    {
        var resolver = new Resolver(Corpus.Load(Repository.Content));
        var questions = new Questions(resolver.Corpus.Catalogue);
        var file = Repository.Scratch("questions.json");
        questions.WriteJson(file);

        using var peer = Child.Start("node", [Path.Combine(Repository.Root, "bench", "node", "decide.mjs"), file, $"{PeerRounds}"]);
        using var said = JsonDocument.Parse(peer.ReadToEnd());
        var theirs = said.RootElement.GetProperty("results").EnumerateArray().Select(r => r.GetString()).ToArray();
        var ours = questions.Customers.Select(c => Questions.Line(resolver.Resolve(questions.Agreement, c, questions.At, Questions.KnownAt))).ToArray();
        var same = ours.Zip(theirs, (a, b) => a == b).Count(equal => equal);
        for (var (i, shown) = (0, 0); i < ours.Length && shown < 5; i++)
        {
            if (ours[i] != theirs[i])
            {
                shown++;
                Console.Error.WriteLine($"{questions.Customers[i]}: ours {ours[i]}, theirs {theirs[i]}");
            }
        }
        yield return new Measurement(
            $"same company, law and forum for {questions.Customers.Length:#,0} customers ({ours.Distinct().Count()} different results)", $"{ours.Length}", $"{theirs.Length}", $"{same} equal",
            $"{Questions.Count}", same == Questions.Count && theirs.Length == Questions.Count);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var decided = 0;
        foreach (ref readonly var customer in questions.Customers.AsSpan())
        {
            decided += resolver.Resolve(questions.Agreement, customer, questions.At, Questions.KnownAt).Outcome == Outcome.Decided ? 1 : 0;
        }
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        GC.KeepAlive(decided);
        yield return new Measurement($"bytes allocated by {Questions.Count:#,0} questions asked before", $"{allocated} B", "", $"{allocated} B", "0 B", allocated == 0);

        var summary = BenchmarkRunner.Run<ResolutionBenchmarks>(ResolutionBenchmarks.Config);
        var report = summary.Reports.Single(r => r.BenchmarkCase.Descriptor.WorkloadMethod.Name == nameof(ResolutionBenchmarks.OneAgreement));
        var mean = report.ResultStatistics!.Mean;
        var nanoseconds = Median(said.RootElement.GetProperty("nanoseconds").EnumerateArray().Select(n => n.GetDouble()));
        yield return new Measurement(
            "a question about one agreement, in process", Text(mean, "0.0", " ns"), Text(nanoseconds, "#,0", " ns"), Text(nanoseconds / mean, "#,0", " times"), "100 times", nanoseconds >= 100 * mean);
        var perOperation = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? -1;
        yield return new Measurement("the same, as BenchmarkDotNet counts its allocation", $"{perOperation} B", "", $"{perOperation} B", "0 B", perOperation == 0);
    }
}
