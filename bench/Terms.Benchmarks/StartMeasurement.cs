using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>From the start of the published program to the first answer to a question, and how long it says that reading the catalogue took.</summary>
internal static partial class StartMeasurement
{
    private const int Starts = 10;

    public static IEnumerable<Measurement> Run()
    {
        _ = Once();
        var all = Enumerable.Range(0, Starts).Select(_ => Once()).ToList();
        var first = Median(all.Select(a => a.First));
        var load = Median(all.Select(a => a.Load));
        yield return new Measurement($"start to first answer, published ReadyToRun (median of {Starts})", Text(first, "0", " ms"), "", Text(first, "0", " ms"), "500 ms", first < 500);
        yield return new Measurement("of that, reading the whole catalogue", Text(load, "0", " ms"), "", Text(load, "0", " ms"), "300 ms", load < 300);
    }

    private static (double First, double Load) Once()
    {
        var port = FreePort();
        var request = "GET /api/v1/applicable?residence=FR&role=buyer HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"u8.ToArray();
        var start = Stopwatch.GetTimestamp();
        using var program = Child.Start(
            "dotnet", [Path.Combine(Repository.Published, "Terms.Web.dll")], Repository.Published, ("URLS", $"http://127.0.0.1:{port}"), ("DOTNET_TieredPGO", "1"));
        while (Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(30))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(IPAddress.Loopback, port);
            }
            catch (SocketException)
            {
                Thread.Sleep(1); // Nobody listens yet. The program needs the processor more than this loop does; the figure is exact to a millisecond.
                continue;
            }
            socket.Send(request);
            var answer = new byte[256 * 1024];
            var length = socket.Receive(answer);
            var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!answer.AsSpan(0, length).StartsWith("HTTP/1.1 200"u8))
            {
                break;
            }
            return (first, double.Parse(LoadTime().Match(program.Stop()).Groups[1].Value, CultureInfo.InvariantCulture));
        }
        throw new InvalidOperationException("The published program did not answer.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"Read \d+ agreements from .* in ([\d.]+) ms")]
    private static partial Regex LoadTime();
}
