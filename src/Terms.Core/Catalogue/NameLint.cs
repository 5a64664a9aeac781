using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Companies and names that are not spelt alike throughout a text.</summary>
internal static partial class NameLint
{
    public static void Find(TermsText text, LintList found)
    {
        FindCompanies(text, found);
        FindNames(text, found);
    }

    private static void FindCompanies(TermsText text, LintList found)
    {
        foreach (var company in CompanyNames.In(text).GroupBy(n => n.Key))
        {
            var spellings = new List<CompanyName>();
            foreach (var name in company.OrderBy(n => n.IsStopOpen))
            {
                if (!spellings.Exists(s => IsAlike(s, name)))
                {
                    spellings.Add(name);
                }
            }
            foreach (var other in spellings.Skip(1))
            {
                found.Add(LintForms.CompanySpellings, other.Clause, other.Name, spellings[0].Name, spellings[0].Clause.Label.Value);
            }
        }
    }

    private static bool IsAlike(CompanyName one, CompanyName other) =>
        IsAlike(one.Name, other.Name) || (other.IsStopOpen && IsAlike(one.Name, other.Name + ".")) || (one.IsStopOpen && IsAlike(one.Name + ".", other.Name));

    private static bool IsAlike(string one, string other) =>
        one == other || ((IsCapitals(one) || IsCapitals(other)) && string.Equals(one, other, StringComparison.OrdinalIgnoreCase));

    private static bool IsCapitals(string name) => !name.Any(char.IsLower);

    /// <summary>Names with capitals inside, such as those of sites and brands: other capitals, or one or two letters amiss.</summary>
    private static void FindNames(TermsText text, LintList found)
    {
        var uses = text.All
            .SelectMany(c => Name().Matches(TextLinter.WithoutAddresses(c.Text)).Select(m => (Word: m.Value, Clause: c)))
            .Where(u => !IsCapitals(u.Word)).ToList();
        var spellings = uses.GroupBy(u => u.Word).Select(g => (Word: g.Key, Count: g.Count(), g.First().Clause)).ToList();
        var brands = spellings.Where(s => IsBrand(s.Word)).GroupBy(s => s.Word.ToUpperInvariant())
            .Select(g => g.MaxBy(s => s.Count)).ToDictionary(s => s.Word.ToUpperInvariant());
        foreach (var spelling in spellings)
        {
            var upper = spelling.Word.ToUpperInvariant();
            if (brands.TryGetValue(upper, out var usual))
            {
                if (usual.Word != spelling.Word && (usual.Count > spelling.Count || string.CompareOrdinal(usual.Word, spelling.Word) < 0) && char.IsUpper(spelling.Word[0]))
                {
                    Report(spelling, usual.Word);
                }
            }
            else if (spelling.Count <= 2 && char.IsUpper(spelling.Word[0])
                && brands.Values.FirstOrDefault(b => b.Count >= 5 && IsNear(upper, b.Word.ToUpperInvariant())) is { Word: { } near })
            {
                Report(spelling, near);
            }
        }
        // A misspelling with capitals inside is a brand of its own above: it is rare, and another is near.
        foreach (var rare in brands.Values.Where(b => b.Count <= 2))
        {
            var upper = rare.Word.ToUpperInvariant();
            if (brands.Values.FirstOrDefault(b => b.Count >= 5 && b.Word != rare.Word && IsNear(upper, b.Word.ToUpperInvariant())) is { Word: { } near })
            {
                Report(rare, near);
            }
        }

        void Report((string Word, int Count, Clause Clause) spelling, string usual) =>
            found.Add(LintForms.NameSpellings, spelling.Clause, spelling.Word, usual);
    }

    /// <summary>A capital behind a small letter, or a hyphened name with a capital in front.</summary>
    private static bool IsBrand(string word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && (char.IsLower(word[i - 1]) || (i + 1 < word.Length && char.IsLower(word[i + 1]) && char.IsUpper(word[i - 1]))))
            {
                return true;
            }
        }
        return word.Contains('-', StringComparison.Ordinal) && char.IsUpper(word[0]) && !word.Split('-')[1..].Any(p => p.Length > 0 && char.IsUpper(p[0]));
    }

    /// <summary>Whether one or, in longer words, two letters have to be put in, left out or exchanged. A plural or a possessive does not count.</summary>
    private static bool IsNear(string word, string name)
    {
        if (Math.Min(word.Length, name.Length) < 6 || word + "S" == name || name + "S" == word)
        {
            return false;
        }
        return Distance(word, name) <= (Math.Min(word.Length, name.Length) >= 8 ? 2 : 1);
    }

    private static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2)
        {
            return int.MaxValue;
        }
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[^1];
    }

    [GeneratedRegex(@"(?<![\w@./-])\p{L}[\p{L}]{2,}(?:-\p{L}+)?(?![\w@]|\.[a-z]*/)")]
    private static partial Regex Name();
}
