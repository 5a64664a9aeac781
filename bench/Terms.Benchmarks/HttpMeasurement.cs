using System.Text.Json;
using Terms.Resolution;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary><c>GET /api/v1/applicable</c> over the loopback, driven by wrk: against a constant in the same program, and against json-rules-engine behind a Node.js server.</summary>
internal static class HttpMeasurement
{
    private const int Rounds = 5;
    private const int Connections = 64;

    private sealed record Load(double PerSecond, double P50, double P99, long Errors);

    public static IEnumerable<Measurement> Run()
    {
        var questions = new Questions(Corpus.Load(Repository.Content).Catalogue);
        var json = Repository.Scratch("questions.json");
        var one = Repository.Scratch("questions-one.txt");
        var all = Repository.Scratch("questions-all.txt");
        questions.WriteJson(json);
        File.WriteAllLines(one, questions.Queries(aboutOne: true));
        File.WriteAllLines(all, questions.Queries(aboutOne: false));

        using var host = Child.Self("serve");
        var said = host.ReadUntil("listening ").Split(' ');
        using var peer = Child.Start("node", [Path.Combine(Repository.Root, "bench", "node", "server.mjs"), json]);
        var peerAddress = peer.ReadUntil("listening ");

        foreach (var (file, path, seconds) in new[] { (one, BenchHost.Applicable, 5), (one, BenchHost.ConstantForOne, 3), (all, BenchHost.Applicable, 3), (all, BenchHost.ConstantForAll, 3) })
        {
            Drive(said[0], file, path, seconds);
        }
        Drive(peerAddress, one, BenchHost.Applicable, 3);

        var (ours, constant, node, oursAll, constantAll) = (new List<Load>(), new List<Load>(), new List<Load>(), new List<Load>(), new List<Load>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(Drive(said[0], one, BenchHost.Applicable, 4));
            constant.Add(Drive(said[0], one, BenchHost.ConstantForOne, 4));
            node.Add(Drive(peerAddress, one, BenchHost.Applicable, 4));
            oursAll.Add(Drive(said[0], all, BenchHost.Applicable, 4));
            constantAll.Add(Drive(said[0], all, BenchHost.ConstantForAll, 4));
        }

        yield return Against("a constant", $"one agreement ({said[1]} B)", ours, constant, 0.9, "0.00");
        yield return Within($"p99 at {Connections} connections, one agreement", ours, constant);
        yield return Against("Node.js with json-rules-engine", "one agreement", ours, node, 6, "0.0");
        yield return Against("a constant", $"all agreements ({said[2]} B)", oursAll, constantAll, 0.9, "0.00");
        yield return Within($"p99 at {Connections} connections, all agreements", oursAll, constantAll);
        var errors = ours.Concat(constant).Concat(node).Concat(oursAll).Concat(constantAll).Sum(l => l.Errors);
        yield return new Measurement("answers over HTTP that failed", $"{errors}", "", $"{errors}", "0", errors == 0);
    }

    private static Measurement Against(string whom, string what, List<Load> ours, List<Load> theirs, double asked, string format)
    {
        var ratio = Median(ours.Zip(theirs, (a, b) => a.PerSecond / b.PerSecond));
        return new Measurement(
            $"applicable over HTTP, {what}, against {whom}", Text(Median(ours.Select(l => l.PerSecond)), "#,0", "/s"), Text(Median(theirs.Select(l => l.PerSecond)), "#,0", "/s"),
            Text(ratio, format), Text(asked, "0.##"), ratio >= asked);
    }

    private static Measurement Within(string what, List<Load> ours, List<Load> theirs)
    {
        var p99 = Median(ours.Select(l => l.P99));
        return new Measurement(what, Text(p99, "0.00", " ms"), Text(Median(theirs.Select(l => l.P99)), "0.00", " ms"), Text(p99, "0.00", " ms"), "2 ms", p99 < 2);
    }

    private static Load Drive(string address, string questions, string path, int seconds)
    {
        using var wrk = Child.Start(
            "wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "-s", Path.Combine(Repository.Root, "bench", "questions.lua"), address, "--", questions, path]);
        var line = wrk.ReadToEnd().Split('\n').Last(l => l.StartsWith('{'));
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new Load(
            root.GetProperty("requests").GetDouble() / root.GetProperty("seconds").GetDouble(), root.GetProperty("p50").GetDouble(), root.GetProperty("p99").GetDouble(),
            root.GetProperty("errors").GetInt64());
    }
}
