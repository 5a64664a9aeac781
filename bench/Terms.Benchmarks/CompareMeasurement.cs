using System.Diagnostics;
using DiffPlex;
using Terms.Catalogue;
using Terms.Comparison;
using Terms.Import;
using Terms.Resolution;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>The whole comparison of two texts against DiffPlex, word by word on the whole texts; the size of the edit against the shortest; the import.</summary>
internal static class CompareMeasurement
{
    private const int Rounds = 15;
    private const double AllowedEdit = 1.05;

    private static readonly Differ Differ = new();

    private sealed record Pair(string Name, TermsText From, TermsText To, double Asked = 1);

    public static IEnumerable<Measurement> Run()
    {
        var pairs = Pairs();
        foreach (var pair in pairs)
        {
            yield return Speed(pair);
        }
        var rewritten = pairs.Single(p => p.Asked > 1);
        yield return Speed(new Pair($"ten copies of {rewritten.Name}", Copies(rewritten.From, 10), Copies(rewritten.To, 10), 100));
        yield return Cold(rewritten);
        foreach (var pair in pairs)
        {
            yield return Edit(pair);
        }
        if (Seeds() is { } seeds)
        {
            yield return Import(seeds);
        }
    }

    /// <summary>The pairs of the collected documents, imported; where there are none, the same of the shipped content.</summary>
    private static List<Pair> Pairs()
    {
        var texts = Seeds() is { } seeds
            ? Imported(seeds).SelectMany(d => d.Versions).Select(v => (Title: v.Title.ToUpperInvariant(), v.Id.Value, v.Text)).ToList()
            : Corpus.Load(Repository.Content).Catalogue.Agreements.SelectMany(a => a.Versions)
                .SelectMany(v => v.Texts.Select(t => (Title: (v.Agreement.Id.Value.Replace('-', ' ') + (v.Agreement.Id.Value == "free-membership" ? " agreement" : "")).ToUpperInvariant(), v.Id.Value, Text: t))).ToList();
        TermsText Text(string title, string day, int rendering = 1) => texts.Single(t => t.Title.Contains(title, StringComparison.Ordinal) && t.Value == day && t.Text.Number == rendering).Text;
        return
        [
            new("2024-07-12 to 2025-04-01, membership", Text("MEMBERSHIP AGREEMENT", "2024-07-12"), Text("MEMBERSHIP AGREEMENT", "2025-04-01")),
            new("2025-01-30 to 2025-04-01, terms of use", Text("TERMS OF USE", "2025-01-30"), Text("TERMS OF USE", "2025-04-01")),
            new("2020-05-06 to 2020-10-17, terms of use", Text("TERMS OF USE", "2020-05-06"), Text("TERMS OF USE", "2020-10-17")),
            new("2020-10-17 to 2025-01-30, terms of use", Text("TERMS OF USE", "2020-10-17"), Text("TERMS OF USE", "2025-01-30"), 10),
            new("the two renderings of the merchant agreement", Text("MERCHANT SERVICE", "2022-01-01"), Text("MERCHANT SERVICE", "2022-01-01", 2)),
        ];
    }

    /// <summary>Both get what they would have in service: here the words of a published text, which are kept; there the text.</summary>
    private static Measurement Speed(Pair pair)
    {
        var (old, @new) = (Joined(pair.From, ' '), Joined(pair.To, ' '));
        var (ours, theirs) = Alternately(() => TextComparison.Of(pair.From, pair.To), () => Differ.CreateWordDiffs(old, @new, ignoreWhitespace: false, ignoreCase: false, [' ']));
        return new Measurement($"comparing {pair.Name}", Text(ours, "0.00", " ms"), Text(theirs, "0.0", " ms"), Text(theirs / ours, "0.0", " times"), Text(pair.Asked, "0", " times"), theirs >= pair.Asked * ours);
    }

    /// <summary>The first comparison of two texts, which cuts them into words.</summary>
    private static Measurement Cold(Pair pair)
    {
        var (old, @new) = (Joined(pair.From, ' '), Joined(pair.To, ' '));
        var fresh = (pair.From, pair.To);
        var (ours, theirs) = Alternately(
            () => TextComparison.Of(fresh.From, fresh.To), () => Differ.CreateWordDiffs(old, @new, ignoreWhitespace: false, ignoreCase: false, [' ']), times: 1,
            before: () => fresh = (Copies(pair.From, 1), Copies(pair.To, 1)));
        return new Measurement($"the same without kept words, {pair.Name}", Text(ours, "0.00", " ms"), Text(theirs, "0.0", " ms"), Text(theirs / ours, "0.0", " times"), "1 times", theirs >= ours);
    }

    private static Measurement Edit(Pair pair)
    {
        var comparison = TextComparison.Of(pair.From, pair.To);
        var ours = comparison.DeletedWords + comparison.InsertedWords;
        var shortest = Differ.CreateCustomDiffs(Joined(pair.From, '\n'), Joined(pair.To, '\n'), ignoreWhiteSpace: false, ignoreCase: false, text => text.Split('\n')).DiffBlocks.Sum(b => b.DeleteCountA + b.InsertCountB);
        return new Measurement($"words of the edit, {pair.Name}", $"{ours}", $"{shortest}", Text((double)ours / shortest, "0.000"), Text(AllowedEdit, "0.00"), ours <= AllowedEdit * shortest);
    }

    private static Measurement Import(string seeds)
    {
        var files = Directory.GetFiles(seeds).Select(f => (Name: Path.GetFileName(f), Bytes: File.ReadAllBytes(f))).ToList();
        var elapsed = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            files.ForEach(f => DocumentImporter.Import(f.Name, f.Bytes));
            elapsed.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        var median = Median(elapsed);
        return new Measurement($"importing the {files.Count} collected documents (first run {Text(elapsed[0], "0")} ms)", Text(median, "0", " ms"), "", Text(median, "0", " ms"), "1000 ms", median < 1000);
    }

    /// <summary>Medians of what each takes, in turn, after both have been warmed up.</summary>
    private static (double Ours, double Theirs) Alternately(Action ours, Action theirs, int times = 20, Action? before = null)
    {
        var slow = Time(theirs, 1) > 500;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(1);)
        {
            before?.Invoke();
            ours();
        }
        for (var i = 0; i < (slow ? 0 : 30); i++)
        {
            theirs();
        }
        var (mine, other) = (new List<double>(), new List<double>());
        for (var round = 0; round < (slow ? 5 : Rounds); round++)
        {
            before?.Invoke();
            mine.Add(Time(ours, times));
            other.Add(Time(theirs, slow ? 1 : 5));
        }
        return (Median(mine), Median(other));
    }

    private static double Time(Action action, int times)
    {
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i < times; i++)
        {
            action();
        }
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / times;
    }

    private static string Joined(TermsText text, char between)
    {
        var cut = ComparedText.Of(text);
        return string.Join(between, cut.Ids.Select(id => cut.Words[id]));
    }

    private static TermsText Copies(TermsText text, int count)
    {
        Clause Copy(Clause clause, int copy) => clause with { Label = count == 1 ? clause.Label : new ClauseLabel($"{copy}-{clause.Label}"), Children = [.. clause.Children.Select(c => Copy(c, copy))] };
        return new TermsText(text.File, text.Language, text.Number, text.Title, [.. Enumerable.Range(1, count).SelectMany(n => text.Clauses.Select(c => Copy(c, n)))]);
    }

    private static List<ImportedDocument> Imported(string seeds) => [.. Directory.GetFiles(seeds).Order(StringComparer.Ordinal).Select(f => DocumentImporter.Import(Path.GetFileName(f), File.ReadAllBytes(f)))];

    /// <summary>The folder of the collected documents, found as the tests find it; null if it is not there.</summary>
    private static string? Seeds() =>
        Path.Combine(Environment.GetEnvironmentVariable("TERMS_SEEDS") ?? Path.Combine(Repository.Root, "..", "shared"), "seeds") is var folder && Directory.Exists(folder) ? folder : null;
}
