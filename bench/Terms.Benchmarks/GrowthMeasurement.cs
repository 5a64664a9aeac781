using System.Diagnostics;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Resolution;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>Up to 10,000 invented versions: memory by version, and the time of a question.</summary>
internal static class GrowthMeasurement
{
    private const int VersionsOfAnAgreement = 100;
    private const int Few = 10;
    private static readonly int[] Sizes = [1_000, 2_000, 5_000, 10_000];

    public static IEnumerable<Measurement> Run()
    {
        var sizes = Sizes.Select(size =>
        {
            SyntheticContent.Write(Folder(size), size, size / VersionsOfAnAgreement);
            using var child = Child.Self("held", Folder(size));
            using var said = JsonDocument.Parse(child.ReadUntil("held "));
            return (Size: size, Bytes: said.RootElement.GetProperty("bytes").GetDouble(), Seconds: said.RootElement.GetProperty("seconds").GetDouble());
        }).ToList();
        foreach (var (size, bytes, seconds) in sizes)
        {
            var ratio = bytes / size / (sizes[0].Bytes / sizes[0].Size);
            yield return new Measurement(
                $"memory held by {size:#,0} versions (read in {Text(seconds, "0.0")} s), by version against {sizes[0].Size:#,0}", Text(bytes / size / 1024, "0.0", " KiB"),
                Text(sizes[0].Bytes / sizes[0].Size / 1024, "0.0", " KiB"), Text(ratio, "0.00"), "1.1", ratio <= 1.1);
        }

        SyntheticContent.Write(Folder(Few), Few, 1);
        using var asked = Child.Self("ask", Folder(Few), Folder(Sizes[^1]));
        using var times = JsonDocument.Parse(asked.ReadUntil("asked "));
        var few = times.RootElement.GetProperty("few").GetDouble();
        var many = times.RootElement.GetProperty("many").GetDouble();
        yield return new Measurement(
            $"a question in {Sizes[^1]:#,0} versions against one in {Few}, in process", Text(many, "0.0", " ns"), Text(few, "0.0", " ns"), Text(many / few, "0.00"), "1.1", many <= 1.1 * few);
        foreach (var size in Sizes.Append(Few))
        {
            Directory.Delete(Folder(size), recursive: true);
        }
    }

    private static string Folder(int size) => Repository.Scratch($"content-{size}");

    /// <summary>Reads a folder in a fresh process and says how many managed bytes the result holds.</summary>
    public static void Held(string folder)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        var resolver = new Resolver(Corpus.Load(folder));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        GC.KeepAlive(resolver);
        Console.WriteLine(FormattableString.Invariant($"held {{\"bytes\":{bytes},\"seconds\":{seconds}}}"));
    }

    /// <summary>Asks the same 10,000 questions, about the last version of an agreement in the middle, of a small and of a large catalogue in turn. The fastest of many short rounds counts: whatever else the machine does only adds to it.</summary>
    public static void Ask(string small, string large)
    {
        var (few, many) = (new Asking(small), new Asking(large));
        var (fewTimes, manyTimes) = (new List<double>(), new List<double>());
        for (var round = 0; round < 2_000; round++)
        {
            fewTimes.Add(few.Round());
            manyTimes.Add(many.Round());
        }
        Console.WriteLine(FormattableString.Invariant($"asked {{\"few\":{fewTimes.Min()},\"many\":{manyTimes.Min()}}}"));
    }

    private sealed class Asking
    {
        private readonly Resolver resolver;
        private readonly Agreement agreement;
        private readonly Customer[] customers;
        private readonly DateTimeOffset at;

        public Asking(string folder)
        {
            resolver = new Resolver(Corpus.Load(folder));
            var catalogue = resolver.Corpus.Catalogue;
            agreement = catalogue.Agreements[catalogue.Agreements.Length / 2];
            customers = Questions.Draw(catalogue);
            at = Instants.StartOf(agreement.Versions[^1].Id.Effective!.Value, catalogue.Zone);
        }

        /// <summary>The nanoseconds of one question.</summary>
        public double Round()
        {
            var start = Stopwatch.GetTimestamp();
            var decided = 0;
            foreach (ref readonly var customer in customers.AsSpan())
            {
                decided += resolver.Resolve(agreement, customer, at, Questions.KnownAt).Outcome == Outcome.Decided ? 1 : 0;
            }
            var elapsed = Stopwatch.GetElapsedTime(start).TotalNanoseconds / customers.Length;
            return decided == customers.Length ? elapsed : throw new InvalidOperationException("A question was not decided.");
        }
    }
}
