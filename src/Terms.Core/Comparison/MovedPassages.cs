using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>A sentence or provision that has gone from inside one clause into another.</summary>
/// <param name="Old">The clause that it was in.</param>
/// <param name="OldWords">Its words there.</param>
/// <param name="New">The clause that it is in.</param>
/// <param name="NewWords">Its words there.</param>
/// <param name="ShareOfOld">How much of the old clause it was, from 0 to 1.</param>
/// <param name="ShareOfNew">How much of the new clause it is.</param>
internal sealed record Passage(int Old, WordRange OldWords, int New, WordRange NewWords, float ShareOfOld, float ShareOfNew)
{
    private const float Most = 0.6f;

    /// <summary>Whether the old clause had hardly anything else.</summary>
    public bool IsMostOfOld => ShareOfOld >= Most;

    /// <summary>Whether the new clause has hardly anything else.</summary>
    public bool IsMostOfNew => ShareOfNew >= Most;
}

/// <summary>Looks among the words that go for sentences that come elsewhere.</summary>
internal static class MovedPassages
{
    private const int LeastWords = 8;
    private const float Alike = 0.6f;
    private const float Nearly = 0.75f;

    private readonly record struct Unit(int Clause, WordRange Words);

    public static List<Passage> Find(ComparedPair pair, ClauseMatching matching, bool[] deleted, bool[] inserted)
    {
        var olds = Units(pair.Old, deleted, matching.NewOf);
        var news = olds.Count == 0 ? [] : Units(pair.New, inserted, matching.OldOf);
        if (news.Count == 0)
        {
            return [];
        }
        using var phrases = new PhraseIndex(news.Sum(n => n.Words.Length));
        for (var i = 0; i < news.Count; i++)
        {
            phrases.Add(ComparedPair.Plain(pair.NewPlain, news[i].Words), i);
        }
        var found = new List<(Unit Old, Unit New, float Shared)>();
        foreach (var old in olds)
        {
            var words = ComparedPair.Plain(pair.OldPlain, old.Words);
            if (phrases.Find(words) is >= 0 and var at && matching.NewOf[old.Clause] != news[at].Clause)
            {
                var other = ComparedPair.Plain(pair.NewPlain, news[at].Words);
                var shared = pair.Shared(words, other);
                if (shared >= Alike * MathF.Min(pair.Weight(words), pair.Weight(other)))
                {
                    found.Add((old, news[at], shared));
                }
            }
        }
        var passages = new List<Passage>();
        foreach (var (old, @new, _) in found.OrderByDescending(f => f.Shared).ThenBy(f => f.Old.Words.Start).ThenBy(f => f.New.Words.Start))
        {
            if (!passages.Exists(p => Meet(p.OldWords, old.Words) || Meet(p.NewWords, @new.Words)))
            {
                passages.Add(new Passage(old.Clause, old.Words, @new.Clause, @new.Words, 0, 0));
            }
        }
        return [.. Joined(passages).Select(p => Weighed(p, pair)).Where(p => Math.Max(p.ShareOfOld, p.ShareOfNew) >= Nearly || Number(pair.Old.Clauses[p.Old]) != Number(pair.New.Clauses[p.New]))];
    }

    /// <summary>Sentences that follow each other on both sides are one passage.</summary>
    private static List<Passage> Joined(List<Passage> passages)
    {
        var joined = new List<Passage>();
        foreach (var passage in passages.OrderBy(p => p.OldWords.Start))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Old == passage.Old && last.New == passage.New
                && last.OldWords.End == passage.OldWords.Start && last.NewWords.End == passage.NewWords.Start)
            {
                joined[^1] = last with { OldWords = new(last.OldWords.Start, passage.OldWords.End), NewWords = new(last.NewWords.Start, passage.NewWords.End) };
            }
            else
            {
                joined.Add(passage);
            }
        }
        return joined;
    }

    /// <summary>The number of the clause that a paragraph or an item belongs to: words that move inside it have not gone into another.</summary>
    private static string Number(Clause clause) => clause.Label.Value.Split(" ¶")[0].Split('(')[0];

    private static Passage Weighed(Passage passage, ComparedPair pair)
    {
        var shared = pair.Shared(ComparedPair.Plain(pair.OldPlain, passage.OldWords), ComparedPair.Plain(pair.NewPlain, passage.NewWords));
        return passage with
        {
            ShareOfOld = shared / pair.Weight(ComparedPair.Plain(pair.OldPlain, pair.OldWords(passage.Old))),
            ShareOfNew = shared / pair.Weight(ComparedPair.Plain(pair.NewPlain, pair.NewWords(passage.New))),
        };
    }

    private static bool Meet(WordRange a, WordRange b) => a.Start < b.End && b.Start < a.End;

    /// <summary>The sentences and items of which most words go, or come.</summary>
    private static List<Unit> Units(ComparedText text, bool[] marked, int[] partner)
    {
        var units = new List<Unit>();
        for (var clause = 0; clause < partner.Length; clause++)
        {
            var (start, end) = (text.First[clause], text.First[clause + 1]);
            if (end - start < LeastWords || !marked.AsSpan(start, end - start).Contains(true))
            {
                continue;
            }
            var before = units.Count;
            var from = start;
            for (var i = start + 1; i <= end; i++)
            {
                if (i == end || Sentences.BeginAt(text, start, i))
                {
                    var count = marked.AsSpan(from, i - from).Count(true);
                    if (i - from >= LeastWords && 5 * count >= 3 * (i - from))
                    {
                        units.Add(new Unit(clause, new WordRange(from, i)));
                    }
                    from = i;
                }
            }
            if (partner[clause] < 0 && (units.Count == before || units[^1].Words.Length < end - start))
            {
                units.Add(new Unit(clause, new WordRange(start, end)));
            }
        }
        return units;
    }
}
