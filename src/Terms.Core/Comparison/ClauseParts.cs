namespace Terms.Comparison;

/// <summary>A piece of one clause that is, or was, a clause by itself.</summary>
internal readonly record struct ClausePiece(int Old, WordRange OldWords, int New, WordRange NewWords);

/// <summary>Finds clauses that have become several, and several that have become one. A text that has lost its paragraphs is one clause that was many.</summary>
internal static class ClauseParts
{
    private const int LeastWords = 4;
    private const int LeastKept = 8;

    public static (List<ClausePiece> Splits, List<ClausePiece> Merges) Find(ComparedPair pair, ClauseMatching matching)
    {
        var old = new View(pair.Old, pair.OldIds, pair.OldPlain, matching.NewOf);
        var @new = new View(pair.New, pair.NewIds, pair.NewPlain, matching.OldOf);
        var splits = Groups(old, @new);
        var wholes = splits.Select(s => s.Whole).ToHashSet();
        var parts = splits.SelectMany(s => s.Pieces).Select(p => p.Part).ToHashSet();
        var merges = Groups(@new, old).Where(m => !parts.Contains(m.Whole) && !m.Pieces.Exists(p => wholes.Contains(p.Part)));
        return (
            [.. splits.SelectMany(s => s.Pieces.Select(p => new ClausePiece(s.Whole, p.Words, p.Part, pair.NewWords(p.Part))))],
            [.. merges.SelectMany(m => m.Pieces.Select(p => new ClausePiece(p.Part, pair.OldWords(p.Part), m.Whole, p.Words)))]);
    }

    /// <summary>A text as one side of the search.</summary>
    private sealed record View(ComparedText Text, int[] Ids, int[] Plain, int[] Partner)
    {
        public ReadOnlySpan<int> Of(int clause) => Ids.AsSpan(Text.First[clause], Text.Count(clause));

        public ReadOnlySpan<int> PlainOf(int clause) => Plain.AsSpan(Text.First[clause], Text.Count(clause));
    }

    private static List<(int Whole, List<(WordRange Words, int Part)> Pieces)> Groups(View wholes, View parts)
    {
        var found = Candidates(wholes, parts);
        var groups = new List<(int, List<(WordRange, int)>)>();
        foreach (var (whole, candidates) in found.OrderBy(f => f.Key))
        {
            var row = Row(parts, wholes.Partner[whole], candidates);
            var members = row.Count < 2 ? [] : Members(wholes, whole, parts, row);
            if (members.Count >= 2)
            {
                var pieces = new Alignment(wholes, whole, parts, members).Pieces().ToList();
                if (pieces.TrueForAll(p => p.Words.Length > 0))
                {
                    groups.Add((whole, pieces));
                }
            }
        }
        return groups;
    }

    /// <summary>The clauses that have no partner, by the clause whose phrases they repeat.</summary>
    private static Dictionary<int, List<int>> Candidates(View wholes, View parts)
    {
        var found = new Dictionary<int, List<int>>();
        var left = Enumerable.Range(0, parts.Partner.Length).Where(p => parts.Partner[p] < 0 && parts.Text.Count(p) >= LeastWords).ToList();
        if (left.Count == 0)
        {
            return found;
        }
        using var phrases = new PhraseIndex(wholes.Ids.Length);
        for (var whole = 0; whole < wholes.Partner.Length; whole++)
        {
            if (wholes.Partner[whole] is var partner && (partner < 0 || wholes.Text.Wordings[whole] != parts.Text.Wordings[partner]))
            {
                phrases.Add(wholes.PlainOf(whole), whole);
            }
        }
        foreach (var part in left)
        {
            if (phrases.Find(parts.PlainOf(part)) is >= 0 and var whole)
            {
                found.TryAdd(whole, []);
                found[whole].Add(part);
            }
        }
        return found;
    }

    /// <summary>The candidates, the partner of the whole, and whatever stands between them without a partner; beside the partner, nothing may lie between that has one.</summary>
    private static List<int> Row(View parts, int partner, List<int> candidates)
    {
        var (low, high) = (candidates[0], candidates[^1]);
        if (partner >= 0)
        {
            (low, high) = (partner, partner);
            for (var next = partner + 1; next < parts.Partner.Length && parts.Partner[next] < 0; next++)
            {
                high = candidates.Contains(next) ? next : high;
            }
            for (var before = partner - 1; before >= 0 && parts.Partner[before] < 0; before--)
            {
                low = candidates.Contains(before) ? before : low;
            }
        }
        return [.. Enumerable.Range(low, high - low + 1).Where(p => p == partner || parts.Partner[p] < 0)];
    }

    /// <summary>
    /// The clauses of a row that the whole has gone into: the partner, those that keep whole phrases which the partner does not keep, and what little
    /// stands between and keeps half its words.
    /// </summary>
    private static List<int> Members(View wholes, int whole, View parts, List<int> row)
    {
        var partner = wholes.Partner[whole];
        var byPartner = partner < 0 ? 0 : new Alignment(wholes, whole, parts, [partner]).Kept;
        var together = new Alignment(wholes, whole, parts, row);
        var rest = wholes.Text.Count(whole) - byPartner;
        var (first, last, phrases) = (-1, -1, 0);
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i] == partner || IsPart(i))
            {
                first = first < 0 ? i : first;
                last = i;
                phrases += row[i] == partner ? 0 : together.InPhrases(i);
            }
        }
        return phrases > 2 * (together.Kept - byPartner)
            ? []
            : [.. row.Where((p, i) => p == partner || IsPart(i) || (i > first && i < last && together.KeptBy(i) > 0 && 2 * together.KeptBy(i) >= parts.Text.Count(p)))];

        bool IsPart(int i) => together.InPhrases(i) is var kept && 5 * kept >= Math.Min(parts.Text.Count(row[i]), rest) && (kept >= LeastKept || (kept > 0 && kept == parts.Text.Count(row[i])));
    }

    /// <summary>The shortest edit from one clause to several in a row.</summary>
    private sealed class Alignment
    {
        private const int Phrase = 4;

        private readonly View wholes;
        private readonly List<int> row;
        private readonly int start;
        private readonly int end;
        private readonly int[] borders;

        /// <summary>Where each word of the row stands in the whole; -1 if it does not.</summary>
        private readonly int[] places;

        public Alignment(View wholes, int whole, View parts, List<int> row)
        {
            (this.wholes, this.row) = (wholes, row);
            (start, end) = (wholes.Text.First[whole], wholes.Text.First[whole + 1]);
            borders = new int[row.Count + 1];
            for (var i = 0; i < row.Count; i++)
            {
                borders[i + 1] = borders[i] + parts.Text.Count(row[i]);
            }
            var words = new int[borders[^1]];
            for (var i = 0; i < row.Count; i++)
            {
                parts.Of(row[i]).CopyTo(words.AsSpan(borders[i]));
            }
            var (gone, come) = (new bool[end - start], new bool[words.Length]);
            ShortestEdit.Mark(wholes.Of(whole), words, gone, come);
            places = new int[words.Length];
            var at = 0;
            for (var i = 0; i < words.Length; i++)
            {
                while (!come[i] && gone[at])
                {
                    at++;
                }
                places[i] = come[i] ? -1 : at++;
            }
            Kept = words.Length - places.AsSpan().Count(-1);
        }

        /// <summary>How many words stay.</summary>
        public int Kept { get; }

        /// <summary>How many words of one clause of the row come from the whole.</summary>
        public int KeptBy(int place) => borders[place + 1] - borders[place] - places.AsSpan(borders[place], borders[place + 1] - borders[place]).Count(-1);

        /// <summary>How many of them stand in phrases of four and more.</summary>
        public int InPhrases(int place)
        {
            var (count, run) = (0, 0);
            for (var i = borders[place]; i <= borders[place + 1]; i++)
            {
                if (i < borders[place + 1] && places[i] >= 0 && (run == 0 || places[i] == places[i - 1] + 1))
                {
                    run++;
                    continue;
                }
                count += run >= Phrase ? run : 0;
                run = i < borders[place + 1] && places[i] >= 0 ? 1 : 0;
            }
            return count;
        }

        /// <summary>Cuts the whole where the clauses of the row meet.</summary>
        public IEnumerable<(WordRange Words, int Part)> Pieces()
        {
            var pieceStart = start;
            for (var p = 0; p < row.Count; p++)
            {
                var pieceEnd = end;
                if (p < row.Count - 1)
                {
                    var border = borders[p + 1];
                    var last = Array.FindLastIndex(places, border - 1, i => i >= 0);
                    var next = Array.FindIndex(places, border, i => i >= 0);
                    var low = Math.Max(pieceStart, last < 0 ? start : start + places[last] + 1);
                    var high = next < 0 ? end : start + places[next];
                    pieceEnd = Cut(pieceStart, low, high);
                }
                yield return (new WordRange(pieceStart, pieceEnd), row[p]);
                pieceStart = pieceEnd;
            }
        }

        /// <summary>A place between two words: behind a sentence if one ends there, else behind a comma, else as late as possible.</summary>
        private int Cut(int pieceStart, int low, int high)
        {
            for (var i = Math.Max(low, pieceStart + 1); i <= high; i++)
            {
                if ((wholes.Text.Traits[wholes.Text.Ids[i - 1]] & WordTraits.Stops) != 0)
                {
                    return i;
                }
            }
            for (var i = high; i > Math.Max(low, pieceStart); i--)
            {
                if (wholes.Text.Words[wholes.Text.Ids[i - 1]][^1] == ',')
                {
                    return i;
                }
            }
            return high;
        }
    }
}
