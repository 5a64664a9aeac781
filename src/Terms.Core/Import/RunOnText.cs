using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>
/// A paragraph in which the numbers of the clauses run on is cut into its clauses. The numbers are taken that form the longest sequence an author
/// would have written; references, amounts and dates do not continue it.
/// </summary>
internal static partial class RunOnText
{
    private const int ShortestLength = 300;
    private const int FewestNumbers = 5;

    [GeneratedRegex(@"(?<![\w.])(?<k>(?i:article|chapter|section|clause)|第)\s*(?<n>\d{1,3})(?:[条條章])?(?![\w]|\.\d)|(?<![\w.,$€£¥#/(（:-])(?<v>\d{1,3}(?:\.\d{1,3}){1,5})(?![\d%/]|\.\d|,\d)|(?<![\w.,$€£¥#/(（:-])(?<s>\d{1,3})\\?\.(?=\s*[\p{Lu}""“])", RegexOptions.CultureInvariant)]
    private static partial Regex Candidate();

    [GeneratedRegex(@"(?:\b(?:articles?|clauses?|sections?|paragraphs?|chapters?|items?|no\.?|nos\.?|under|in|with|of|to|by|from|per|see|than|least|over|about|through|at|for|[a-z]+ing to)|(?<![;；.]\s{0,3})\b(?:and|or)|[,，-])\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceBefore();

    [GeneratedRegex(@"[.;:!?)”""’'。；：]\s*(?:and\s+|or\s+|and/or\s+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SentenceBefore();

    [GeneratedRegex(@"^(?:or|and|to|of|shall|will|is|are|does|do|above|below|hereof|hereunder|herein|must|may|[,;.)\]])", RegexOptions.CultureInvariant)]
    private static partial Regex ReferenceAfter();

    [GeneratedRegex(@"(?<=[:：.;。；]\s*)(?:(?<p>\()(?<m>a|A|1|i|I)\)|(?<m>a|A|1|i)\))|(?<=[:：]\s*)(?<b>a)(?=\s+\p{L})", RegexOptions.CultureInvariant)]
    private static partial Regex FirstItem();

    [GeneratedRegex(@"[;.,:!?；。，]\s*(?:and\s+|or\s+|and/or\s+)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ItemBoundary();

    private sealed record Number(int Index, int End, int[] Vector, bool IsKeyword, double Worth)
    {
        public double Score { get; set; }
        public Number? Before { get; set; }
    }

    /// <summary>The clauses of a paragraph, the words before the first of them at the head; null if the paragraph is one clause.</summary>
    /// <param name="block">The paragraph.</param>
    /// <param name="isMostOfDocument">Whether there is little else: then numbers without parts are followed too.</param>
    public static IReadOnlyList<Block>? Cut(Block block, bool isMostOfDocument)
    {
        if (block.Kind != BlockKind.Paragraph || block.Text.Length < ShortestLength)
        {
            return null;
        }
        var chain = Longest(Candidates(block.Text));
        if (chain.Count < FewestNumbers || (chain.Count(n => n.Vector.Length > 1) < 3 && !isMostOfDocument))
        {
            return null;
        }
        var cut = new List<Block>();
        var head = block.Text[..chain[0].Index].Trim();
        if (head.Length > 0)
        {
            cut.Add(block with { Text = head, IsCut = true });
        }
        var clauses = chain.Select((n, i) => block.Text[n.Index..(i + 1 < chain.Count ? chain[i + 1].Index : block.Text.Length)].Trim()).ToList();
        // A text writes its lists in one manner: where some are written `1)` or `a`, an (a) stands inside a sentence.
        var takesBrackets = !clauses.Exists(c => Items(c, takesBrackets: false).Skip(1).Any());
        for (var i = 0; i < chain.Count; i++)
        {
            var text = clauses[i];
            var hasChild = i + 1 < chain.Count && chain[i + 1].Vector.Length == chain[i].Vector.Length + 1;
            var words = InlineMarkdown.Plain(text);
            var isHeading = hasChild && words.Length <= 160 && (chain[i].Vector.Length == 1 || words[^1] is not ('.' or ':' or ';' or '。'));
            if (isHeading)
            {
                cut.Add(block with { Text = text, IsCut = true, IsCutHeading = true });
            }
            else
            {
                cut.AddRange(Items(text, takesBrackets).Select(t => block with { Text = t, IsCut = true }));
            }
        }
        return cut;
    }

    private static List<Number> Candidates(string text)
    {
        var found = new List<Number>();
        foreach (Match match in Candidate().Matches(text))
        {
            var isKeyword = match.Groups["k"].Success;
            var vector = (isKeyword ? match.Groups["n"].Value : match.Groups["v"].Success ? match.Groups["v"].Value : match.Groups["s"].Value)
                .Split('.').Select(p => int.Parse(p, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var before = text[Math.Max(0, match.Index - 24)..match.Index];
            var after = text.AsSpan(match.Index + match.Length).TrimStart();
            var worth = 10.0;
            if (ReferenceBefore().IsMatch(before))
            {
                worth -= 30;
            }
            else if (SentenceBefore().IsMatch(before))
            {
                worth += 2;
            }
            if (after.Length > 0 && ReferenceAfter().IsMatch(after))
            {
                worth -= 15;
            }
            else if (after.Length > 0 && char.IsUpper(after[0]))
            {
                worth += 1;
            }
            if (isKeyword && char.IsLower(match.Value[0]))
            {
                worth -= 15;
            }
            found.Add(new Number(match.Index, match.Index + match.Length, vector, isKeyword, worth));
        }
        var usesKeywords = found.Where(n => n.IsKeyword && n.Worth > 0).Select(n => n.Vector[0]).Distinct().Count() >= 3;
        return [.. found.Where(n => n.Vector.Length > 1 || n.IsKeyword == usesKeywords)];
    }

    /// <summary>The best sequence: each number continues the one before it, as its next sibling, first child, or next sibling of a parent.</summary>
    private static List<Number> Longest(List<Number> candidates)
    {
        var exact = new Dictionary<string, Number>(StringComparer.Ordinal);
        var within = new Dictionary<string, Number>(StringComparer.Ordinal);
        Number? best = null;
        foreach (var number in candidates)
        {
            var vector = number.Vector;
            number.Score = vector.All(v => v == 1) ? 0 : -8;
            var parent = Key(vector.AsSpan(0, vector.Length - 1));
            var last = vector[^1];
            for (var skipped = 0; skipped <= 2 && last - 1 - skipped >= 1; skipped++)
            {
                Follow(number, within.GetValueOrDefault(Key(parent, last - 1 - skipped)), skipped * 6);
            }
            if (parent.Length > 0)
            {
                Follow(number, exact.GetValueOrDefault(parent), (last - 1) * 6);
                if (last == 1 && vector[^2] > 1)
                {
                    Follow(number, within.GetValueOrDefault(Key(Key(vector.AsSpan(0, vector.Length - 2)), vector[^2] - 1)), 4);
                }
            }
            // A number may be used twice, but only where a sentence has ended.
            Follow(number, number.Worth >= 12 ? exact.GetValueOrDefault(Key(vector)) : null, 9);
            number.Score += number.Worth;
            Keep(exact, Key(vector), number);
            for (var length = 1; length <= vector.Length; length++)
            {
                Keep(within, Key(vector.AsSpan(0, length)), number);
            }
            best = best is null || number.Score > best.Score ? number : best;
        }
        var chain = new List<Number>();
        for (; best is not null; best = best.Before)
        {
            chain.Add(best);
        }
        chain.Reverse();
        return chain;
    }

    private static void Follow(Number number, Number? before, double cost)
    {
        if (before is not null && number.Index - before.End >= 2 && before.Score - cost > number.Score)
        {
            (number.Score, number.Before) = (before.Score - cost, before);
        }
    }

    private static void Keep(Dictionary<string, Number> kept, string key, Number number)
    {
        if (!kept.TryGetValue(key, out var other) || number.Score > other.Score)
        {
            kept[key] = number;
        }
    }

    private static string Key(ReadOnlySpan<int> vector)
    {
        var key = "";
        foreach (var part in vector)
        {
            key = Key(key, part);
        }
        return key;
    }

    private static string Key(string parent, int last) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{parent}{last}.");

    /// <summary>The words of a clause, and the items of a list that begins behind a colon.</summary>
    private static IEnumerable<string> Items(string text, bool takesBrackets)
    {
        foreach (Match first in FirstItem().Matches(text))
        {
            var starts = takesBrackets || !first.Groups["p"].Success ? Sequence(text, first) : [];
            if (starts.Count < 2)
            {
                continue;
            }
            yield return text[..starts[0]].Trim();
            for (var i = 0; i < starts.Count; i++)
            {
                var item = text[starts[i]..(i + 1 < starts.Count ? starts[i + 1] : text.Length)].Trim();
                yield return first.Groups["b"].Success ? $"{item[0]})  {item[1..].Trim()}" : item;
            }
            yield break;
        }
        yield return text;
    }

    private static List<int> Sequence(string text, Match first)
    {
        var isBare = first.Groups["b"].Success;
        var marker = isBare ? "a" : first.Groups["m"].Value;
        var starts = new List<int> { first.Index };
        for (var (ordinal, from) = (2, first.Index + first.Length); ; ordinal++)
        {
            var name = Name(marker, ordinal);
            var wanted = isBare ? name : first.Groups["p"].Success ? $"({name})" : $"{name})";
            var at = Find(text, wanted, from, isBare);
            if (name.Length == 0 || at < 0)
            {
                return starts;
            }
            starts.Add(at);
            from = at + wanted.Length;
        }
    }

    private static string Name(string first, int ordinal) => first switch
    {
        "1" => ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture),
        "a" when ordinal <= 26 => ((char)('a' + ordinal - 1)).ToString(),
        "A" when ordinal <= 26 => ((char)('A' + ordinal - 1)).ToString(),
        "i" => Marker.RomanOf(ordinal).ToLowerInvariant(),
        "I" => Marker.RomanOf(ordinal),
        _ => "",
    };

    /// <summary>Where the next item begins: behind a mark of punctuation, or, if it is nowhere behind one, where no reference can be meant.</summary>
    private static int Find(string text, string wanted, int from, bool isBare)
    {
        var found = FindAfter(text, wanted, from, isBare, ItemBoundary(), isWanted: true);
        return found >= 0 || isBare ? found : FindAfter(text, wanted, from, isBare, ReferenceBefore(), isWanted: false);
    }

    private static int FindAfter(string text, string wanted, int from, bool isBare, Regex boundary, bool isWanted)
    {
        for (var at = text.IndexOf(wanted, from, StringComparison.Ordinal); at >= 0 && wanted.Length > 0; at = text.IndexOf(wanted, at + 1, StringComparison.Ordinal))
        {
            var before = text[Math.Max(from, at - 14)..at];
            var end = at + wanted.Length;
            var follows = !isBare || (end + 1 < text.Length && text[end] == ' ' && char.IsUpper(text[end + 1]));
            if (follows && boundary.IsMatch(before) == isWanted && (at == 0 || char.IsWhiteSpace(text[at - 1]) || (isWanted && !isBare)))
            {
                return at;
            }
        }
        return -1;
    }
}
