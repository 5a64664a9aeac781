using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Numbers and markers that are used again, left out, or out of order.</summary>
internal static partial class NumberingLint
{
    private static readonly string[] Roman =
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix", "xx"];

    public static void Find(TermsText text, LintedText known, LintList found)
    {
        foreach (var siblings in text.All.Select(c => c.Children).Prepend(text.Clauses))
        {
            FindAgain(siblings, found);
        }
        var missing = known.MissingInOriginal.IsDefault ? [] : known.MissingInOriginal;
        foreach (var siblings in text.All.Select(c => c.Children).Prepend(text.Clauses))
        {
            foreach (var run in siblings.Select(Place).OfType<Numbered>().GroupBy(p => (p.Stem, p.Kind)))
            {
                Check([.. run], label => text.Find(label) is not null || missing.Contains(label), found);
            }
        }
    }

    /// <summary>A whole list that begins again is said once, at its first item.</summary>
    private static void FindAgain(IEnumerable<Clause> siblings, LintList found)
    {
        var last = "";
        foreach (var clause in siblings.Where(c => !c.Label.Value.Contains('¶')))
        {
            var ordinal = Ordinal(clause);
            if (ordinal.Length > 0 && (last.Length == 0 || !clause.Label.Value.Contains(')') || First().IsMatch(clause.Label.Value)))
            {
                found.Add(LintForms.NumberAgain, clause, clause.Label.Value[..^(ordinal.Length + 1)]);
            }
            last = ordinal;
        }
    }

    /// <summary><c>[2nd]</c> for <c>1.1(a) [2nd]</c>; empty where a number is used for the first time.</summary>
    private static string Ordinal(Clause clause) => clause.Label.Value.EndsWith(']') && clause.Label.Value.LastIndexOf(" [", StringComparison.Ordinal) is >= 0 and var start ? clause.Label.Value[(start + 1)..] : "";

    [GeneratedRegex(@"\([1aAiI]\) \[[^\]]*\]$")]
    private static partial Regex First();

    private static void Check(List<Numbered> run, Predicate<string> isKnown, LintList found)
    {
        if (run[0].Kind == 'a' && run.TrueForAll(n => Array.IndexOf(Roman, n.Marker) >= 0) && run[0].Marker == "i")
        {
            run = [.. run.Select(n => n with { Value = Array.IndexOf(Roman, n.Marker) + 1, Kind = 'i' })];
        }
        if (run[0].Kind == 'A' && run[0].Marker == "I" && run.TrueForAll(n => Array.IndexOf(Roman, n.Marker.ToLowerInvariant()) >= 0))
        {
            run = [.. run.Select(n => n with { Value = Array.IndexOf(Roman, n.Marker.ToLowerInvariant()) + 1, Kind = 'I' })];
        }
        var expected = 1;
        foreach (var item in run)
        {
            if (item.Value == 1 && Ordinal(item.Clause).Length > 0 && item.Clause.Label.Value.Contains(')'))
            {
                // Another list begins.
                expected = 1;
            }
            if (item.Value < expected - 1)
            {
                found.Add(LintForms.Disorder, item.Clause, item.Clause.Label.Value);
            }
            else if (item.Value > expected)
            {
                var left = Enumerable.Range(expected, Math.Min(item.Value - expected, 100)).Select(item.Name).Where(name => !isKnown(name)).ToList();
                if (left.Count > 0)
                {
                    found.Add(left.Count == 1 ? LintForms.Gap : LintForms.Gaps, item.Clause, string.Join(", ", left.Take(5)) + (left.Count > 5 ? " …" : ""), item.Clause.Label.Value);
                }
            }
            expected = Math.Max(expected, item.Value + 1);
        }
    }

    /// <summary>The last number or marker of a label, as a number, with what stands before and behind it.</summary>
    private static Numbered? Place(Clause clause)
    {
        var ordinal = Ordinal(clause);
        var label = ordinal.Length == 0 ? clause.Label.Value : clause.Label.Value[..^(ordinal.Length + 1)];
        if (label.Contains('¶') || label.StartsWith("fn", StringComparison.Ordinal))
        {
            return null;
        }
        if (label.EndsWith(')') && label.LastIndexOf('(') is var open and >= 0)
        {
            var marker = label[(open + 1)..^1];
            return marker switch
            {
                _ when int.TryParse(marker, NumberStyles.None, CultureInfo.InvariantCulture, out var n) => new(clause, label[..open], '(', marker, n),
                [>= 'a' and <= 'z'] => new(clause, label[..open], 'a', marker, marker[0] - 'a' + 1),
                [>= 'A' and <= 'Z'] => new(clause, label[..open], 'A', marker, marker[0] - 'A' + 1),
                _ when Array.IndexOf(Roman, marker) is var roman and >= 0 => new(clause, label[..open], 'a', marker, roman + 1),
                _ when Array.IndexOf(Roman, marker.ToLowerInvariant()) is var roman and >= 0 => new(clause, label[..open], 'A', marker, roman + 1),
                _ => null,
            };
        }
        var start = label.LastIndexOfAny(['.', '§']) + 1;
        return int.TryParse(label[start..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(clause, label[..start], '1', label[start..], number) : null;
    }

    private sealed record Numbered(Clause Clause, string Stem, char Kind, string Marker, int Value)
    {
        public string Name(int value) => Kind switch
        {
            'a' => $"{Stem}({(char)('a' + value - 1)})",
            'A' => $"{Stem}({(char)('A' + value - 1)})",
            'I' => $"{Stem}({(value <= Roman.Length ? Roman[value - 1].ToUpperInvariant() : "?")})",
            'i' => $"{Stem}({(value <= Roman.Length ? Roman[value - 1] : "?")})",
            '(' => string.Create(CultureInfo.InvariantCulture, $"{Stem}({value})"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{Stem}{value}"),
        };
    }
}
