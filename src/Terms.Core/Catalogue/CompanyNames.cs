using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>A company's name where it stands in a clause.</summary>
/// <param name="Name">As it is written; a final stop that may end the sentence is left out.</param>
/// <param name="Key">The same for every spelling of one company.</param>
/// <param name="IsStopOpen">Whether a stop behind it may be the sentence's or the name's.</param>
/// <param name="Clause">Where it stands.</param>
internal sealed record CompanyName(string Name, string Key, bool IsStopOpen, Clause Clause);

/// <summary>Finds names of companies in words, by their legal form: <c>Ltd.</c>, <c>Limited</c>, <c>Corporation</c>, <c>GmbH</c> …</summary>
internal static partial class CompanyNames
{
    /// <summary>Words in capitals that stand in front of a name without being part of it.</summary>
    private static readonly HashSet<string> Outside = new(
        [
            "IF", "YOU", "YOUR", "CONTRACT", "CONTRACTS", "CONTRACTING", "WITH", "OR", "AND", "THE", "IS", "ARE", "TO", "OF", "BY", "BETWEEN", "THAT", "THEN", "AGREEMENT", "AGREEMENTS", "NEITHER", "NOR", "ANY", "A", "AN", "FROM", "FOR",
            "IN", "ON", "WITHIN", "AGAINST", "EITHER", "WHEN", "WHERE", "WHEREAS", "AS", "SINGLY", "CALLED", "UNDER", "WE", "COMPANY", "NAMELY", "LEGAL", "DEPARTMENT", "BOTH", "BE", "NOT",
        ],
        StringComparer.Ordinal);

    public static IEnumerable<CompanyName> In(TermsText text) => text.All.SelectMany(In);

    public static IEnumerable<CompanyName> In(Clause clause)
    {
        var words = TextLinter.WithoutAddresses(clause.Text);
        var after = 0;
        foreach (Match form in LegalForm().Matches(words))
        {
            var start = Start(words, form.Index, after);
            after = form.Index + form.Length;
            if (start >= form.Index)
            {
                continue;
            }
            var rest = words.AsSpan(after);
            var stop = form.Value.EndsWith('.');
            var endsSentence = rest.Length == 0 || (rest.Length > 1 && rest[0] == ' ' && char.IsUpper(rest[1])) || rest[0] is ')' or '”' or '"';
            var name = words[start..after];
            yield return new CompanyName(stop && endsSentence ? name[..^1] : name, KeyOf(name), stop && endsSentence, clause);
        }
    }

    /// <summary>What remains of a name when capitals, signs, articles and the ways to write a legal form are taken off.</summary>
    public static string KeyOf(string name)
    {
        var key = Signs().Replace(Domain().Replace(name.ToLowerInvariant(), ""), " ");
        key = Spaces().Replace(key, " ").Trim();
        key = PrivateLimited().Replace(key, "pte ltd");
        return Limited().Replace(Corporation().Replace(key, "corp"), "ltd");
    }

    /// <summary>Walks back over the words that a name can consist of.</summary>
    private static int Start(string words, int end, int from)
    {
        var start = end;
        for (var (at, count) = (end, 0); at > from && count < 12; count++)
        {
            var wordEnd = at;
            while (wordEnd > from && words[wordEnd - 1] == ' ')
            {
                wordEnd--;
            }
            if (at == end && wordEnd > from && words[wordEnd - 1] == ',')
            {
                wordEnd--;
            }
            var wordStart = wordEnd;
            while (wordStart > from && words[wordStart - 1] is not (' ' or '/' or '“' or '"'))
            {
                wordStart--;
            }
            var word = words[wordStart..wordEnd];
            if (word.Length == 0 || word[^1] is ',' or ';' or ':' or '”' || (word[^1] == '.' && start != end))
            {
                break;
            }
            var bare = word.Trim('(', ')');
            if (bare.Length == 0 || (!char.IsUpper(bare[0]) && bare != "&") || Outside.Contains(bare.ToUpperInvariant()))
            {
                break;
            }
            if (word.StartsWith('(') && !word.EndsWith(')') && !words[wordStart..end].Contains(')', StringComparison.Ordinal))
            {
                return wordStart + 1;
            }
            start = wordStart;
            at = wordStart;
            if (wordStart > from && words[wordStart - 1] is '/' or '“' or '"')
            {
                break;
            }
        }
        return start;
    }

    [GeneratedRegex(@"\b(?:(?:Co|CO|Company|COMPANY)\.?,? ?)?(?:(?:Pte|PTE|Pvt|PVT|Private|PRIVATE|Pty|PTY)\.? )?(?:Ltd|LTD|Limited|LIMITED)\b(?! (?:to|TO|by|BY|in|IN)\b)\.?|\b(?:Corporation|CORPORATION|Inc|INC|LLC|GmbH|GMBH|PLC|Corp|CORP)\b\.?|\bS\.[AL]\.(?: ?r\.l\.)?|\bS\.(?:A\.S\.|p\.A\.|r\.l\.|à r\.l\.)|\b(?:B|N)\.V\.|(?<!, ?)\b(?:AB|AG|BV|KG|SAS|SARL|SpA|Srl|Oyj?|OÜ|ASA|ApS|A/S|LLP|Kft)\b|\b(?:d\.o\.o|s\.r\.o|Sp\. z o\.o)\.")]
    private static partial Regex LegalForm();

    [GeneratedRegex(@"\.(?:com|cn|ru|net|org)\b")]
    private static partial Regex Domain();

    [GeneratedRegex(@"[^\p{L}\d]+")]
    private static partial Regex Signs();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\b(?:private|pte|pvt|pty) (?:limited|ltd)\b")]
    private static partial Regex PrivateLimited();

    [GeneratedRegex(@"\blimited\b")]
    private static partial Regex Limited();

    [GeneratedRegex(@"\bcorporation\b")]
    private static partial Regex Corporation();
}
