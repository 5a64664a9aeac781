using System.Text.Json;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary><c>POST /api/v1/acceptances</c> over the loopback, driven by wrk, each acknowledged on disk: against an endpoint of the same program that reads the body and answers with as many bytes.</summary>
internal static class AcceptanceHttpMeasurement
{
    private const int Connections = 64;
    private const int Seconds = 4;

    private sealed record Load(double PerSecond, double P50, double P99, double P999, long Errors);

    public static IEnumerable<Measurement> Run()
    {
        var folder = Repository.Scratch("acceptances");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        using var host = Child.Self("serve-acceptances", folder);
        var said = host.ReadUntil("listening ").Split(' ');
        Drive(said, folder, 0, AcceptanceHost.Constant, 3);
        Drive(said, folder, 0, AcceptanceHost.Acceptances, 7);
        var (ours, constant) = (new List<Load>(), new List<Load>());
        for (var round = 1; round < AcceptanceHost.Rounds; round++)
        {
            constant.Add(Drive(said, folder, round, AcceptanceHost.Constant, Seconds));
            ours.Add(Drive(said, folder, round, AcceptanceHost.Acceptances, Seconds));
        }
        var ratio = Median(ours.Zip(constant, (a, b) => a.PerSecond / b.PerSecond));
        yield return new Measurement(
            $"acceptances over HTTP, {Connections} connections ({said[1]} B)", Text(Median(ours.Select(l => l.PerSecond)), "#,0", "/s"), Text(Median(constant.Select(l => l.PerSecond)), "#,0", "/s"),
            Text(ratio, "0.00"), "0.4", ratio >= 0.4);
        foreach (var (name, of, most) in new (string, Func<Load, double>, double)[] { ("p50", l => l.P50, 10), ("p99", l => l.P99, 10), ("p99.9", l => l.P999, 50) })
        {
            var time = Median(ours.Select(of));
            yield return new Measurement($"{name} of an acceptance over HTTP", Text(time, "0.00", " ms"), Text(Median(constant.Select(of)), "0.00", " ms"), Text(time, "0.00", " ms"), $"{most} ms", time < most);
        }
        var errors = ours.Concat(constant).Sum(l => l.Errors);
        yield return new Measurement("acceptances over HTTP that failed", $"{errors}", "", $"{errors}", "0", errors == 0);
    }

    private static Load Drive(string[] said, string folder, int round, string path, int seconds)
    {
        using var wrk = Child.Start(
            "wrk", ["-t1", $"-c{Connections}", $"-d{seconds}s", "-s", Path.Combine(Repository.Root, "bench", "acceptances.lua"), said[0], "--", Path.Combine(folder, $"tokens-{round}.txt"), path, said[2]]);
        var line = wrk.ReadToEnd().Split('\n').Last(l => l.StartsWith('{'));
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        return new Load(
            root.GetProperty("requests").GetDouble() / root.GetProperty("seconds").GetDouble(), root.GetProperty("p50").GetDouble(), root.GetProperty("p99").GetDouble(), root.GetProperty("p999").GetDouble(),
            root.GetProperty("errors").GetInt64());
    }
}
