using System.Diagnostics;
using System.Globalization;
using DiffPlex;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Resolution;

namespace Terms.Benchmarks;

/// <summary>
/// The whole comparison of two texts against DiffPlex, word by word on the whole texts. Both get what they would have in service: here the tokens of a
/// published text, which are kept; there the text.
/// </summary>
internal static class ComparisonBenchmarks
{
    private static readonly (string From, string To)[] Pairs =
    [
        ("free-membership/2024-07-12", "free-membership/2025-04-01"), ("terms-of-use/2025-01-30", "terms-of-use/2025-04-01"),
        ("alibaba-terms-of-use/2020-05-06", "alibaba-terms-of-use/2020-10-17"), ("alibaba-terms-of-use/2020-10-17", "terms-of-use/2025-01-30"),
    ];

    /// <summary>Prints, for each pair, the medians, their ratio, and the edit against the shortest.</summary>
    public static void Run(string content)
    {
        var catalogue = Corpus.Load(content).Catalogue;
        TermsText Text(string path) => catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path).Texts[0];
        foreach (var (from, to) in Pairs)
        {
            Measure($"{from} → {to}", Text(from), Text(to), 100);
        }
        var merchant = catalogue.Find("merchant-service")!.Versions[0];
        Measure($"{merchant.Path}, renderings 1 → 2", merchant.Rendering(1)!, merchant.Rendering(2)!, 100);
        Measure("2020 → 2025, ten copies", Copies(Text(Pairs[3].From), 10), Copies(Text(Pairs[3].To), 10), 20);
    }

    private static void Measure(string name, TermsText from, TermsText to, int times)
    {
        var (old, @new) = (Words(from), Words(to));
        var differ = new Differ();
        var ours = Median(() => TextComparison.Of(from, to), times);
        var theirs = Median(() => differ.CreateWordDiffs(old, @new, ignoreWhitespace: false, ignoreCase: false, [' ']), Math.Max(3, times / 10));
        var comparison = TextComparison.Of(from, to);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name}: {ours:0.00} ms, DiffPlex {theirs:0.0} ms, {theirs / ours:0.0} times faster; {comparison.DeletedWords + comparison.InsertedWords} words edited, shortest {Shortest(old, @new)}"));
    }

    private static double Median(Action action, int times)
    {
        for (var i = 0; i < times / 2; i++)
        {
            action();
        }
        var elapsed = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            elapsed.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        elapsed.Sort();
        return elapsed[times / 2];
    }

    private static string Words(TermsText text) => string.Join(' ', text.All.Select(ComparedText.Wording)).ReplaceLineEndings(" ");

    private static int Shortest(string old, string @new)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] Numbers(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(w => numbers.TryGetValue(w, out var n) ? n : numbers[w] = numbers.Count)];
        var (a, b) = (Numbers(old), Numbers(@new));
        var (deleted, inserted) = (new bool[a.Length], new bool[b.Length]);
        ShortestEdit.Mark(a, b, deleted, inserted);
        return deleted.Count(d => d) + inserted.Count(i => i);
    }

    private static TermsText Copies(TermsText text, int count)
    {
        Clause Copy(Clause clause, int copy) => clause with { Label = new ClauseLabel($"{copy}-{clause.Label}"), Children = [.. clause.Children.Select(c => Copy(c, copy))] };
        return new TermsText(text.File, text.Language, text.Number, text.Title, [.. Enumerable.Range(1, count).SelectMany(n => text.Clauses.Select(c => Copy(c, n)))]);
    }
}
