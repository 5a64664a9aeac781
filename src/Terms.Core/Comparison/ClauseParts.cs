namespace Terms.Comparison;

/// <summary>A piece of one clause that is, or was, a clause by itself.</summary>
internal readonly record struct ClausePiece(int Old, WordRange OldWords, int New, WordRange NewWords);

/// <summary>Finds clauses that have become several, and several that have become one. A text that has lost its paragraphs is one clause that was many.</summary>
internal static class ClauseParts
{
    private const int LeastWords = 4;
    private const float Inside = 0.7f;

    public static (List<ClausePiece> Splits, List<ClausePiece> Merges) Find(ComparedPair pair, ClauseMatching matching)
    {
        var old = new View(pair.Old, pair.OldIds, pair.OldPlain, matching.NewOf);
        var @new = new View(pair.New, pair.NewIds, pair.NewPlain, matching.OldOf);
        var splits = Groups(old, @new, pair);
        var wholes = splits.Select(s => s.Whole).ToHashSet();
        var parts = splits.SelectMany(s => s.Pieces).Select(p => p.Part).ToHashSet();
        var merges = Groups(@new, old, pair).Where(m => !parts.Contains(m.Whole) && !m.Pieces.Exists(p => wholes.Contains(p.Part)));
        return (
            [.. splits.SelectMany(s => s.Pieces.Select(p => new ClausePiece(s.Whole, p.Words, p.Part, pair.NewWords(p.Part))))],
            [.. merges.SelectMany(m => m.Pieces.Select(p => new ClausePiece(p.Part, pair.OldWords(p.Part), m.Whole, p.Words)))]);
    }

    /// <summary>A text as one side of the search.</summary>
    private sealed record View(ComparedText Text, int[] Ids, int[] Plain, int[] Partner)
    {
        public ReadOnlySpan<int> Of(int clause) => Plain.AsSpan(Text.First[clause], Text.Count(clause));
    }

    private static List<(int Whole, List<(WordRange Words, int Part)> Pieces)> Groups(View wholes, View parts, ComparedPair pair)
    {
        var left = Enumerable.Range(0, parts.Partner.Length).Where(p => parts.Partner[p] < 0 && parts.Text.Count(p) >= LeastWords).ToList();
        if (left.Count == 0)
        {
            return [];
        }
        var phrases = new PhraseIndex(wholes.Ids.Length);
        for (var whole = 0; whole < wholes.Partner.Length; whole++)
        {
            if (wholes.Partner[whole] is var partner && (partner < 0 || wholes.Text.Wordings[whole] != parts.Text.Wordings[partner]))
            {
                phrases.Add(wholes.Of(whole), whole);
            }
        }
        var inside = new Dictionary<int, List<int>>();
        foreach (var part in left)
        {
            if (phrases.Find(parts.Of(part)) is >= 0 and var whole && 5 * wholes.Text.Count(whole) >= 6 * parts.Text.Count(part) && Contains(whole, part))
            {
                inside.TryAdd(whole, []);
                inside[whole].Add(part);
            }
        }
        var groups = new List<(int, List<(WordRange, int)>)>();
        foreach (var (whole, found) in inside.OrderBy(i => i.Key))
        {
            var group = wholes.Partner[whole] >= 0 ? Around(wholes.Partner[whole], found) : found;
            var pieces = group.Count < 2 ? [] : Pieces(wholes.Text, wholes.Ids, whole, parts.Text, parts.Ids, group).ToList();
            if (pieces.Count >= 2 && pieces.TrueForAll(p => p.Words.Length > 0))
            {
                groups.Add((whole, pieces));
            }
        }
        return groups;

        bool Contains(int whole, int part)
        {
            var all = wholes.Of(whole);
            var one = parts.Of(part);
            var weight = pair.Weight(one);
            if (weight == 0 || pair.Shared(one, all) < Inside * weight)
            {
                return false;
            }
            // What the partner of the whole still has of it has not gone into the part.
            return wholes.Partner[whole] is not (>= 0 and var partner) || pair.Weight(all) - pair.Shared(all, parts.Of(partner)) >= weight / 2;
        }

        // The parts that stand beside the partner, with nothing but parts between.
        List<int> Around(int partner, List<int> found)
        {
            var group = new List<int> { partner };
            for (var next = partner + 1; found.Contains(next); next++)
            {
                group.Add(next);
            }
            for (var before = partner - 1; found.Contains(before); before--)
            {
                group.Insert(0, before);
            }
            return group;
        }
    }

    /// <summary>Cuts a clause where the parts meet, behind a sentence if there is one between.</summary>
    private static IEnumerable<(WordRange Words, int Part)> Pieces(ComparedText text, int[] ids, int whole, ComparedText partText, int[] partIds, List<int> parts)
    {
        var (start, end) = (text.First[whole], text.First[whole + 1]);
        int[] row = [.. parts.SelectMany(p => partIds[partText.First[p]..partText.First[p + 1]])];
        var (gone, come) = (new bool[end - start], new bool[row.Length]);
        ShortestEdit.Mark(ids.AsSpan(start, end - start), row, gone, come);
        var place = new int[row.Length];
        var old = 0;
        for (var i = 0; i < row.Length; i++)
        {
            while (!come[i] && gone[old])
            {
                old++;
            }
            place[i] = come[i] ? -1 : old++;
        }
        var (pieceStart, border) = (start, 0);
        for (var p = 0; p < parts.Count; p++)
        {
            border += partText.Count(parts[p]);
            var pieceEnd = end;
            if (p < parts.Count - 1)
            {
                var last = Array.FindLastIndex(place, border - 1, i => i >= 0);
                var next = Array.FindIndex(place, border, row.Length - border, i => i >= 0);
                var low = Math.Max(pieceStart - start, last < 0 ? 0 : place[last] + 1);
                var high = next < 0 ? end - start : place[next];
                pieceEnd = start + high;
                for (var i = low; i <= high; i++)
                {
                    if (i > pieceStart - start && Sentences.EndsWith(text.Words[text.Ids[start + i - 1]]))
                    {
                        pieceEnd = start + i;
                        break;
                    }
                }
            }
            yield return (new WordRange(pieceStart, pieceEnd), parts[p]);
            pieceStart = pieceEnd;
        }
    }
}

/// <summary>Remembers where phrases of four words stand; the first place of each is enough to begin a search.</summary>
internal sealed class PhraseIndex
{
    private readonly int[] places;
    private readonly Dictionary<int, int> votes = [];

    public PhraseIndex(int words) => places = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 4 * words))];

    public void Add(ReadOnlySpan<int> words, int place)
    {
        for (var i = 0; i + 4 <= words.Length; i++)
        {
            ref var known = ref places[Slot(words.Slice(i, 4))];
            known = known == 0 ? place + 1 : known;
        }
    }

    /// <summary>The place that shares the most phrases with some words; -1 if none shares any.</summary>
    public int Find(ReadOnlySpan<int> words)
    {
        votes.Clear();
        var best = (Place: -1, Votes: 0);
        for (var i = 0; i + 4 <= words.Length; i++)
        {
            var place = places[Slot(words.Slice(i, 4))] - 1;
            if (place >= 0)
            {
                var count = votes[place] = votes.GetValueOrDefault(place) + 1;
                best = count > best.Votes || (count == best.Votes && place < best.Place) ? (place, count) : best;
            }
        }
        return best.Place;
    }

    private int Slot(ReadOnlySpan<int> phrase)
    {
        var hash = 2166136261u;
        foreach (var word in phrase)
        {
            hash = (hash ^ (uint)word) * 2654435761u;
            hash ^= hash >> 15;
        }
        return (int)(hash & (uint)(places.Length - 1));
    }
}
