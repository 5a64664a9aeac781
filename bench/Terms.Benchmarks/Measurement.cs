using System.Globalization;

namespace Terms.Benchmarks;

/// <summary>One row of the table.</summary>
/// <param name="What">What is measured.</param>
/// <param name="Ours">The figure of the workbench.</param>
/// <param name="Peer">The figure that it is held against, if there is one.</param>
/// <param name="Ratio">The ratio that is asked for, or the bare figure.</param>
/// <param name="Asked">What is asked.</param>
/// <param name="IsMet">Whether it is met.</param>
internal sealed record Measurement(string What, string Ours, string Peer, string Ratio, string Asked, bool IsMet)
{
    public static int PrintTable(IReadOnlyList<Measurement> all)
    {
        string[] heads = ["measurement", "ours", "peer", "ratio", "asked", "met"];
        string[][] rows = [heads, .. all.Select(m => new[] { m.What, m.Ours, m.Peer, m.Ratio, m.Asked, m.IsMet ? "yes" : "NO" })];
        var widths = Enumerable.Range(0, heads.Length).Select(c => rows.Max(r => r[c].Length)).ToArray();
        Console.WriteLine();
        foreach (var (row, i) in rows.Select((r, i) => (r, i)))
        {
            Console.WriteLine(string.Join(" | ", row.Select((cell, c) => c == 0 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
            if (i == 0)
            {
                Console.WriteLine(string.Join("-|-", widths.Select(w => new string('-', w))));
            }
        }
        return all.All(m => m.IsMet) ? 0 : 1;
    }

    public static string Text(double value, string format, string unit = "") => value.ToString(format, CultureInfo.InvariantCulture) + unit;

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
