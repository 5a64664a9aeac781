using System.Diagnostics;
using Terms.Catalogue;
using Terms.Export;
using Terms.Resolution;

namespace Terms.Benchmarks;

internal static class RedlineMeasurement
{
    public static void Profile()
    {
        var catalogue = Corpus.Load(Repository.Content).Catalogue;
        AgreementVersion V(string path) => catalogue.Agreements.SelectMany(a => a.Versions).Single(v => v.Path == path);
        var (a, b) = (V("alibaba-terms-of-use/2020-10-17"), V("terms-of-use/2025-01-30"));
        var (x, y) = (a.Texts[0], b.Texts[0]);
        var frame = new WordFrame("t", "s", "n", "d", "en", "n", [], default, []);
        var file = Redline.Write(RedlineText.Of(x), RedlineText.Of(y), frame);
        string[] sx = ["n", .. RedlineProof.Shown(x)], sy = ["n", .. RedlineProof.Shown(y)];
        var (rx, ry) = (RedlineText.Of(x), RedlineText.Of(y));
        var layout = RedlineLayout.Of(rx, ry);
        var names = new (string, Action)[]
        {
            ("plain", () => { WordExport.Docx(a, x); WordExport.Docx(b, y); }),
            ("paragraphs", () => { RedlineText.Of(x); RedlineText.Of(y); }),
            ("shown", () => { RedlineProof.Shown(x); RedlineProof.Shown(y); }),
            ("compare", () => Terms.Comparison.TextComparison.Of(x, y)),
            ("layout", () => RedlineLayout.Of(rx, ry)),
            ("write", () => new RedlineWriter(layout.Paragraphs, layout.Footnotes, frame).Write()),
            ("check", () => RedlineProof.CheckText(file, sx, sy)),
            ("words", () => Redline.ProvedInWords(a, x, b, y)),
            ("valid", () => WordValidity.Check(file)),
        };
        foreach (var (_, act) in names) for (var i = 0; i < 100; i++) act();
        Thread.Sleep(1000);
        var t = names.ToDictionary(n => n.Item1, _ => new List<double>());
        for (var i = 0; i < 100; i++)
        foreach (var (name, act) in names)
        {
            var s = Stopwatch.GetTimestamp(); act(); t[name].Add(Stopwatch.GetElapsedTime(s).TotalMilliseconds);
        }
        foreach (var (name, l) in t) { l.Sort(); Console.WriteLine($"{name}: {l[50]:0.00} min {l[0]:0.00}"); }
    }
}
