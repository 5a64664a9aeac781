using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Terms.Catalogue;
using Terms.Export;
using Terms.Import;
using Terms.Resolution;
using static Terms.Benchmarks.Measurement;

namespace Terms.Benchmarks;

/// <summary>A redline written and proved, against both texts written as plain Word files, in turn. Validation, which is the Open XML SDK's, is reported apart.</summary>
internal static partial class RedlineMeasurement
{
    private const double Limit = 5;
    private const int Rounds = 60;
    private const int Copies = 10;

    public static IEnumerable<Measurement> Run()
    {
        var shipped = Corpus.Load(Repository.Content).Catalogue;
        var (from, to) = Pair(shipped);
        var own = Measured("redline of 2020 → 2025 written, accepted and rejected; peer: both plain documents", from, from.Texts[0], to, to.Texts[0], Rounds);
        yield return own;
        if (Imported() is { } catalogue)
        {
            var (original, originalTo) = Pair(catalogue);
            yield return Measured("the same of the originals as imported", original, original.Texts[0], originalTo, originalTo.Texts[0], Rounds);
        }
        var (many, manyTo) = (Copied(from.Texts[0]), Copied(to.Texts[0]));
        yield return Measured($"the same of {Copies} copies of the pair", from, many, to, manyTo, Rounds / 6);

        var redline = Redline.ProvedInWords(from, from.Texts[0], to, to.Texts[0]);
        var validation = Text(Median(Times(() => WordValidity.Check(redline), Rounds / 3)), "0.0", " ms");
        yield return new Measurement("validation of the redline by the Open XML SDK, once for a pair of texts", validation, "", validation, "", true);
    }

    private static Measurement Measured(string what, AgreementVersion from, TermsText old, AgreementVersion to, TermsText @new, int rounds)
    {
        List<double> ours = [], theirs = [];
        for (var round = -rounds / 2; round < rounds; round++)
        {
            var plain = Time(() =>
            {
                WordExport.Docx(from, old);
                WordExport.Docx(to, @new);
            });
            var redline = Time(() => Redline.ProvedInWords(from, old, to, @new));
            if (round >= 0)
            {
                theirs.Add(plain);
                ours.Add(redline);
            }
        }
        var (mine, peer) = (Median(ours), Median(theirs));
        return new Measurement(what, Text(mine, "0.00", " ms"), Text(peer, "0.00", " ms"), Text(mine / peer, "0.0", " times"), Text(Limit, "0", " times at most"), mine <= Limit * peer);
    }

    private static double Time(Action action)
    {
        var start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static IEnumerable<double> Times(Action action, int rounds) => [.. Enumerable.Range(0, rounds * 2).Select(_ => Time(action)).Skip(rounds)];

    private static (AgreementVersion From, AgreementVersion To) Pair(AgreementCatalogue catalogue)
    {
        AgreementVersion Of(string day) => catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Id.Value == day);
        return (Of("2020-10-17"), Of("2025-01-30"));
    }

    /// <summary>The originals, imported and read; null where they are not there.</summary>
    private static AgreementCatalogue? Imported()
    {
        var folder = Path.Combine(Environment.GetEnvironmentVariable("TERMS_SEEDS") ?? Path.Combine(Repository.Root, "..", "shared"), "seeds");
        if (!Directory.Exists(folder))
        {
            Console.Error.WriteLine($"The originals are absent ({folder}); their redline is not measured.");
            return null;
        }
        var content = Repository.Scratch("imported");
        if (Directory.Exists(content))
        {
            Directory.Delete(content, recursive: true);
        }
        ContentWriter.Write(content, [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(f => DocumentImporter.Import(Path.GetFileName(f), File.ReadAllBytes(f)))], DateTimeOffset.UnixEpoch);
        return CatalogueReader.Read(content, new ProblemList());
    }

    /// <summary>A text put together from copies of another; each begins its sections a hundred further on.</summary>
    private static TermsText Copied(TermsText text)
    {
        return new TermsText(text.File, text.Language, text.Number, text.Title, [.. Enumerable.Range(0, Copies).SelectMany(n => text.Clauses.Select(c => Copy(c, n)))]);

        static Clause Copy(Clause clause, int copy) => clause with { Label = new ClauseLabel(Label(clause.Label.Value, copy)), Children = [.. clause.Children.Select(c => Copy(c, copy))] };

        static string Label(string label, int copy) => copy == 0 ? label
            : Numbered().Match(label) is { Success: true } match ? string.Create(CultureInfo.InvariantCulture, $"{match.Groups[1]}{(100 * copy) + int.Parse(match.Groups[2].ValueSpan, CultureInfo.InvariantCulture)}{match.Groups[3]}")
            : string.Create(CultureInfo.InvariantCulture, $"{(100 * copy)} ¶ {label}");
    }

    [GeneratedRegex(@"^(§?)(\d+)(.*)$")]
    private static partial Regex Numbered();
}
