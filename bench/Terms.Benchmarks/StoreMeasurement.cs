using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Storage;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>Acceptances recorded by many callers at once, against a bare file; and a store of a million.</summary>
internal static class StoreMeasurement
{
    private const int Rounds = 5;
    private const int Million = 1_000_000;
    private const int Fifth = 200_000;
    private const int Window = 50_000;
    private const int Subjects = 250_000;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);
    private static readonly DateTimeOffset At = new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);
    private static readonly int[] Callers = [1, 8, 64, 512];

    /// <summary>What all records of a burst have in common: texts, answer and what was shown are the same for many.</summary>
    private static readonly string Common = string.Concat("text answer shown".Split(' ').Select(name => $"\"{name}Digest\":\"{Digest(name)}\","));

    /// <summary>Digests that look like any other, so that nothing of them can be packed but their hexadecimal form.</summary>
    private static readonly string[] Digests = [.. Enumerable.Range(0, 1 << 16).Select(n => Digest(n.ToString(CultureInfo.InvariantCulture)))];

    private static readonly byte[][] Asked = [.. Enumerable.Range(1 << 16, 1 << 16).Select(n => SHA256.HashData(BitConverter.GetBytes(n)))];

    public static IEnumerable<Measurement> Run()
    {
        var folder = Repository.Scratch("store");
        Clear(folder);
        foreach (var callers in Callers)
        {
            var (ours, raw, latencies) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                using (var file = new RawLimit(Path.Combine(folder, "raw")))
                {
                    raw.Add(Rate(callers, [], (number, _) => file.Append(Bytes(number))));
                }
                var folders = new StoreFolders(Path.Combine(folder, "data"));
                Store.Create(folders, "terms.example", At);
                var store = Store.Open(folders, At);
                ours.Add(Rate(callers, latencies, (number, _) => store.Record(Recording(number))));
                Close(store);
                Clear(folder);
            }
            var ratio = Median(ours.Zip(raw, (o, r) => o / r));
            latencies.Sort();
            var isAsked = callers >= 64;
            yield return new Measurement(
                $"acceptances/s on disk, {callers} callers (p50 {At99(latencies, 0.5)}, p99 {At99(latencies, 0.99)}, p99.9 {At99(latencies, 0.999)} ms)",
                Text(Median(ours), "#,0", "/s"), Text(Median(raw), "#,0", "/s"), Text(ratio, "0.00"), isAsked ? "0.5" : "-", !isAsked || ratio >= 0.5);
        }
        foreach (var measurement in AMillion(folder))
        {
            yield return measurement;
        }
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<Measurement> AMillion(string folder)
    {
        var folders = new StoreFolders(Path.Combine(folder, "data"));
        Store.Create(folders, "terms.example", At);
        var store = Store.Open(folders, At);
        var windows = new List<double>();
        var memory = new List<long>();
        for (var from = 0; from < Million; from += Window)
        {
            var start = Stopwatch.GetTimestamp();
            Fill(store, from, Window);
            windows.Add(Window / Stopwatch.GetElapsedTime(start).TotalSeconds);
            if ((from + Window) % Fifth == 0)
            {
                memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }
        var (first, last) = (Median(windows.Take(Fifth / Window)), Median(windows.TakeLast(Fifth / Window))); // A disk that stalls once does not decide.
        yield return new Measurement($"append, last {Fifth:#,0} of {Million:#,0} against the first, 512 callers", Text(last, "#,0", "/s"), Text(first, "#,0", "/s"), Text(last / first, "0.00"), "0.9", last / first >= 0.9);
        yield return new Measurement($"managed memory at {Million:#,0} ({string.Join(", ", memory.Select(m => Text(m / 1048576.0, "0")))} MiB)", Text(memory[^1] / 1048576.0, "0", " MiB"), "", "", "128", memory[^1] < 128 << 20);

        var random = new Random(7);
        var reads = Times(10_000, () => store.EntriesOf(Subject(random.Next(Subjects))).Count == Million / Subjects);
        yield return new Measurement($"the acceptances of a subject among {Million:#,0} (p99 {Text(reads[(int)(reads.Count * 0.99)], "0.0")} µs)", Text(Median(reads), "0.0", " µs"), "", "", "100", Median(reads) < 100);
        var proofs = Times(10_000, () => store.InclusionProof(random.Next(Million), Million).Length is >= 15 and <= 20);
        yield return new Measurement($"inclusion proof among {Million:#,0} (p99 {Text(proofs[(int)(proofs.Count * 0.99)], "0")} µs)", Text(Median(proofs), "0", " µs"), "", "", "1,000", Median(proofs) < 1_000);
        Close(store);
        var opening = Stopwatch.GetTimestamp();
        store = Store.Open(folders, At);
        yield return new Measurement($"opening and checking {Million:#,0}", Text(Stopwatch.GetElapsedTime(opening).TotalSeconds, "0.00", " s"), "", "", "-", true);
        Close(store);
    }

    private static double Rate(int callers, List<double> latencies, Func<int, int, Task> record)
    {
        var next = 0;
        var start = Stopwatch.GetTimestamp();
        var all = Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = new List<double>();
            while (Stopwatch.GetElapsedTime(start) < Round)
            {
                var asked = Stopwatch.GetTimestamp();
                await record(Interlocked.Increment(ref next), caller);
                mine.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            }
            return mine;
        })).ToArray();
        Task.WaitAll(all);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        latencies.AddRange(all.SelectMany(t => t.Result));
        return next / seconds;
    }

    private static void Fill(Store store, int from, int count)
    {
        var next = from - 1;
        Task.WaitAll(Enumerable.Range(0, 512).Select(_ => Task.Run(async () =>
        {
            for (int number; (number = Interlocked.Increment(ref next)) < from + count;)
            {
                await store.Record(Recording(number));
            }
        })));
    }

    private static List<double> Times(int count, Func<bool> action)
    {
        var times = new List<double>(count);
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            if (!action())
            {
                throw new InvalidOperationException("A wrong result was timed.");
            }
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        times.Sort();
        return times;
    }

    private static string Subject(int number) => string.Create(CultureInfo.InvariantCulture, $"subject-{number % Subjects:000000}");

    /// <summary>A record of some 585 bytes, of which the commitments to two personal details, 128 of them, stand for 64 bytes that cannot be packed.</summary>
    private static byte[] Bytes(int number) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"{{{Common}\"channel\":\"page\",\"details\":{{\"email\":\"{Digests[number & 0xffff]}\",\"name\":\"{Digests[(number * 7) & 0xffff]}\"}},\"kind\":\"agree\",\"number\":\"{number}\",\"schema\":\"terms-record/1\",\"subject\":\"{Subject(number)}\",\"surface\":\"signup-web\",\"withdraws\":null}}"));

    private static Recording Recording(int number) =>
        new(Bytes(number), Subject(number), At, string.Create(CultureInfo.InvariantCulture, $"service-1 {number}"), Asked[number & 0xffff]);

    private static string Digest(string of) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(of)))}";

    private static string At99(List<double> sorted, double part) => Text(sorted[(int)(sorted.Count * part)], "0.00");

    private static void Close(Store store) => store.DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static void Clear(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
    }
}
