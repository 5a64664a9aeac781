using System.Globalization;

namespace Terms.Catalogue;

/// <summary>Sections, clauses and items of a level follow each other without gaps, save those that the original itself leaves out.</summary>
/// <param name="file">The name used in problems.</param>
/// <param name="seen">The labels of the text, with the lines that they are first on; negative for a label that appears twice.</param>
/// <param name="missing">Labels that the original itself leaves out of its numbering.</param>
/// <param name="problems">Where mistakes are noted.</param>
internal sealed class DraftNumbering(string file, IReadOnlyDictionary<string, int> seen, IReadOnlyCollection<string> missing, ProblemList problems)
{
    /// <summary>Notes every gap, and every clause out of order.</summary>
    /// <param name="top">What stands in no other clause.</param>
    /// <param name="numbered">The clauses with numbers of several parts.</param>
    public void Check(IReadOnlyCollection<ClauseDraft> top, IEnumerable<ClauseDraft> numbered)
    {
        Check(top.Where(t => t.Label.Value.StartsWith('§')), label => int.Parse(label[1..].Split(' ')[0], CultureInfo.InvariantCulture), n => $"§{n}");
        foreach (var draft in numbered.Concat(top.Where(t => t.Label.Value.StartsWith('§'))))
        {
            var prefix = draft.Label.Value.Split(" [")[0].TrimStart('§') + ".";
            Check(
                draft.Children.Where(c => c.Label.Value.StartsWith(prefix, StringComparison.Ordinal) && c.Label.Value.AsSpan(prefix.Length).IndexOfAny('(', '.') < 0 && !c.Label.Value.Contains('¶')),
                label => int.Parse(label[prefix.Length..].Split(' ')[0], CultureInfo.InvariantCulture),
                n => $"{prefix}{n}");
            CheckItems(draft);
        }
    }

    private void Check(IEnumerable<ClauseDraft> siblings, Func<string, int> index, Func<int, string> name)
    {
        var expected = 1;
        foreach (var draft in siblings)
        {
            var found = index(draft.Label.Value);
            for (; expected < found; expected++)
            {
                if (!missing.Contains(name(expected)) && !seen.ContainsKey(name(expected)))
                {
                    problems.Add(file, draft.Line, ContentForms.ClauseMissing, name(expected), draft.Label.Value);
                }
            }
            // Where a number is used again, its place is the original's.
            if (found < expected && seen[draft.Label.Value] > 0 && !draft.Label.Value.EndsWith(']'))
            {
                problems.Add(file, draft.Line, ContentForms.ClauseDisorder, draft.Label.Value);
            }
            expected = Math.Max(expected, found + 1);
        }
    }

    private static string? MarkerOf(string label)
    {
        label = label.Split(" [")[0];
        var open = label.LastIndexOf('(');
        return label.EndsWith(')') && open >= 0 ? label[(open + 1)..^1] : null;
    }

    private void CheckItems(ClauseDraft parent)
    {
        foreach (var list in parent.Children.Where(c => MarkerOf(c.Label.Value) is not null).GroupBy(c => ListOf(c.Label.Value)))
        {
            CheckList(list.Key, [.. list]);
        }
    }

    /// <summary>What the items of one list share: <c>1.1</c> for <c>1.1(c)</c>, <c>1.1(c)</c> for <c>1.1(c)(ii)</c>.</summary>
    private static string ListOf(string label) => label[..label.LastIndexOf('(')];

    private void CheckList(string of, List<ClauseDraft> items)
    {
        string Name(string marker) => $"{of}({marker})";
        bool IsMarked(ClauseDraft item, Func<char, bool> kind) => kind(MarkerOf(item.Label.Value)![0]);

        Check(items.Where(i => IsMarked(i, char.IsAsciiDigit)), l => int.Parse(MarkerOf(l)!, CultureInfo.InvariantCulture), n => Name(n.ToString(CultureInfo.InvariantCulture)));
        foreach (var letters in new[] { items.Where(i => IsMarked(i, char.IsAsciiLetterUpper)).ToList(), items.Where(i => IsMarked(i, char.IsAsciiLetterLower)).ToList() })
        {
            var isUpper = letters.Count > 0 && char.IsUpper(MarkerOf(letters[0].Label.Value)![0]);
            var isRoman = !letters.Exists(i => MarkerOf(i.Label.Value) is "a" or "A") && letters.Exists(i => Roman.Contains(MarkerOf(i.Label.Value), StringComparer.OrdinalIgnoreCase));
            Func<int, string> marker = isRoman ? n => Roman.ElementAtOrDefault(n - 1) ?? "?" : n => new string((char)('a' + ((n - 1) % 26)), 1 + ((n - 1) / 26));
            Check(letters, l => isRoman ? RomanValue(MarkerOf(l)!) : LetterValue(MarkerOf(l)!), n => Name(isUpper ? marker(n).ToUpperInvariant() : marker(n)));
        }
    }

    /// <summary>The place of <c>a</c>, <c>z</c>, <c>aa</c>, <c>bb</c> in a list.</summary>
    private static int LetterValue(string marker) => ((marker.Length - 1) * 26) + char.ToLowerInvariant(marker[0]) - 'a' + 1;

    private static int RomanValue(string marker) => Array.FindIndex(Roman, r => r.Equals(marker, StringComparison.OrdinalIgnoreCase)) + 1;

    private static readonly string[] Roman = [.. Enumerable.Range(1, 50).Select(RomanOf)];

    private static string RomanOf(int number)
    {
        var roman = "";
        foreach (var (value, letters) in new[] { (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i") })
        {
            for (; number >= value; number -= value)
            {
                roman += letters;
            }
        }
        return roman;
    }
}
