using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>
/// Which clause of one text is which of the other: the same words first, wherever they stand; then by likeness, with label, heading and
/// neighbours as evidence; then sections by their clauses.
/// </summary>
internal sealed class ClauseMatching
{
    private const float Enough = 0.5f;
    private const float Least = 0.25f;
    private const int Candidates = 6;
    private const int Between = 40;
    private readonly int common;

    private readonly ComparedPair pair;

    public ClauseMatching(ComparedPair pair)
    {
        this.pair = pair;
        NewOf = Enumerable.Repeat(-1, pair.Old.Clauses.Length).ToArray();
        OldOf = Enumerable.Repeat(-1, pair.New.Clauses.Length).ToArray();
        common = 24 + (NewOf.Length / 40);
        MatchEqual();
        MatchAlike();
        MatchParents();
        MatchPlaces();
        MatchBetween();
    }

    /// <summary>The new clause that each old one has become; -1 for none.</summary>
    public int[] NewOf { get; }

    /// <summary>The old clause that each new one was; -1 for none.</summary>
    public int[] OldOf { get; }

    public void Match(int old, int @new) => (NewOf[old], OldOf[@new]) = (@new, old);

    /// <summary>Whether two clauses stand side by side at the top, or below clauses that are each other's.</summary>
    public bool AreBelowTheSame(int old, int @new)
    {
        var (above, aboveNew) = (pair.Old.Parents[old], pair.New.Parents[@new]);
        return above < 0 || aboveNew < 0 ? above == aboveNew : NewOf[above] == aboveNew;
    }

    /// <summary>
    /// The matched clauses that have moved: to another section, or past clauses that kept their order. Of clauses that changed places, the shorter
    /// ones count as moved.
    /// </summary>
    public bool[] Moved()
    {
        var moved = new bool[NewOf.Length];
        var matched = Enumerable.Range(0, NewOf.Length).Where(i => NewOf[i] >= 0).ToList();
        var inOrder = KeepOrder(matched);
        foreach (var siblings in matched.Where(i => AreBelowTheSame(i, NewOf[i])).GroupBy(i => pair.Old.Parents[i]))
        {
            var together = siblings.ToList();
            var kept = KeepOrder(together);
            together.ForEach(i => moved[i] = !kept.Contains(i));
        }
        foreach (var i in matched.Where(i => !AreBelowTheSame(i, NewOf[i])))
        {
            var (top, topNew) = (pair.Old.Tops[i], pair.New.Tops[NewOf[i]]);
            var elsewhere = top != i && topNew != NewOf[i] && NewOf[top] >= 0 && OldOf[topNew] >= 0 && NewOf[top] != topNew;
            moved[i] = elsewhere || !inOrder.Contains(i);
        }
        return moved;
    }

    private void MatchEqual()
    {
        foreach (var (wording, olds) in pair.Old.ByWording)
        {
            if (wording.Length == 0 || !pair.New.ByWording.TryGetValue(wording, out var news))
            {
                continue;
            }
            if (olds.Count == 1 && news.Count == 1)
            {
                Match(olds[0], news[0]);
                continue;
            }
            foreach (var old in olds)
            {
                var same = pair.New.ByLabel.GetValueOrDefault(pair.Old.Clauses[old].Label.Value, -1);
                if (same >= 0 && news.Contains(same))
                {
                    Match(old, same);
                }
            }
            var left = olds.Where(o => NewOf[o] < 0).ToList();
            var leftNew = news.Where(n => OldOf[n] < 0).ToList();
            if (left.Count == leftNew.Count || pair.Old.Count(olds[0]) >= 4)
            {
                foreach (var (old, @new) in left.Zip(leftNew))
                {
                    Match(old, @new);
                }
            }
        }
    }

    private readonly record struct Candidate(int Old, int New, float Likeness);

    private void MatchAlike()
    {
        var candidates = FindCandidates();
        for (var round = 0; round < 3 && candidates.Count > 0; round++)
        {
            var ranked = candidates.Select(c => (c, Total: c.Likeness + Evidence(c.Old, c.New))).Where(c => c.Total >= Enough)
                .OrderByDescending(c => c.Total).ThenBy(c => Distance(c.c.Old, c.c.New)).ThenBy(c => c.c.Old).ThenBy(c => c.c.New).ToList();
            foreach (var (candidate, _) in ranked)
            {
                if (NewOf[candidate.Old] < 0 && OldOf[candidate.New] < 0)
                {
                    Match(candidate.Old, candidate.New);
                }
            }
            candidates.RemoveAll(c => NewOf[c.Old] >= 0 || OldOf[c.New] >= 0);
        }
    }

    /// <summary>Likely pairs of clauses that are left: those with the same label, and those that share the rarest words.</summary>
    private List<Candidate> FindCandidates()
    {
        var (old, @new) = (pair.Old, pair.New);
        var found = new List<Candidate>();
        var news = Enumerable.Range(0, OldOf.Length).Where(n => OldOf[n] < 0).ToList();
        var frequency = new int[pair.PlainCount];
        var seen = new int[pair.PlainCount];
        var distinct = new int[pair.PlainCount];
        foreach (var n in news)
        {
            foreach (var id in Distinct(pair.NewPlain, pair.NewWords(n), seen, n + 1, distinct))
            {
                frequency[id]++;
            }
        }
        var places = new int[pair.PlainCount + 1];
        for (var id = 0; id < pair.PlainCount; id++)
        {
            places[id + 1] = places[id] + (frequency[id] <= common ? frequency[id] : 0);
        }
        var bearers = new int[places[^1]];
        var next = places.ToArray();
        Array.Clear(seen);
        foreach (var n in news)
        {
            foreach (var id in Distinct(pair.NewPlain, pair.NewWords(n), seen, n + 1, distinct))
            {
                if (frequency[id] <= common)
                {
                    bearers[next[id]++] = n;
                }
            }
        }
        Array.Clear(seen);
        var shared = new float[@new.Clauses.Length];
        var touched = new List<int>();
        for (var o = 0; o < NewOf.Length; o++)
        {
            if (NewOf[o] >= 0)
            {
                continue;
            }
            foreach (var id in Distinct(pair.OldPlain, pair.OldWords(o), seen, o + 1, distinct))
            {
                if (frequency[id] > common)
                {
                    continue;
                }
                foreach (var n in bearers.AsSpan(places[id], places[id + 1] - places[id]))
                {
                    if (shared[n] == 0)
                    {
                        touched.Add(n);
                    }
                    shared[n] += pair.Weight(id);
                }
            }
            var same = @new.ByLabel.GetValueOrDefault(old.Clauses[o].Label.Value, -1);
            if (same >= 0 && OldOf[same] < 0 && shared[same] == 0)
            {
                touched.Add(same);
            }
            foreach (var n in Likeliest(touched, shared, o, same))
            {
                if (IsSection(old.Clauses[o]) == IsSection(@new.Clauses[n]) && pair.Likeness(o, n) is var likeness && (likeness >= Least || (likeness >= 0.12f && BeginAlike(o, n))))
                {
                    found.Add(new Candidate(o, n, likeness));
                }
            }
            touched.ForEach(n => shared[n] = 0);
            touched.Clear();
        }
        return found;
    }

    /// <summary>The few clauses that share most with an old one, and the one with its label, in a fixed order.</summary>
    private List<int> Likeliest(List<int> touched, float[] shared, int old, int same)
    {
        var best = new List<int>(Candidates + 1);
        foreach (var n in touched)
        {
            var at = best.Count;
            while (at > 0 && IsLikelier(n, best[at - 1]))
            {
                at--;
            }
            if (at < Candidates)
            {
                best.Insert(at, n);
                if (best.Count > Candidates)
                {
                    best.RemoveAt(Candidates);
                }
            }
        }
        return best;

        bool IsLikelier(int n, int other) =>
            n == same || (other != same && (shared[n] != shared[other] ? shared[n] > shared[other]
                : Distance(old, n) is var far && Distance(old, other) is var farOther && (far != farOther ? far < farOther : n < other)));
    }

    private static ReadOnlySpan<int> Distinct(int[] plain, WordRange range, int[] seen, int mark, int[] distinct)
    {
        var count = 0;
        for (var i = range.Start; i < range.End; i++)
        {
            if (seen[plain[i]] != mark)
            {
                seen[plain[i]] = mark;
                distinct[count++] = plain[i];
            }
        }
        return distinct.AsSpan(0, count);
    }

    private float Evidence(int old, int @new)
    {
        var (a, b) = (pair.Old.Clauses[old], pair.New.Clauses[@new]);
        var evidence = a.Label == b.Label ? 0.12f : 0;
        evidence += a.Heading is not null && a.Heading == b.Heading ? 0.15f : 0;
        evidence += AreBelowTheSame(old, @new) ? 0.08f : 0;
        evidence += BeginAlike(old, @new) ? 0.25f : 0;
        evidence -= IsItem(a) != IsItem(b) ? 0.1f : 0;
        evidence += FollowsTheSame(old - 1, @new - 1) ? 0.06f : 0;
        evidence += FollowsTheSame(old + 1, @new + 1) ? 0.06f : 0;
        return evidence;
    }

    private static bool IsItem(Clause clause) => clause.Label.Value.EndsWith(')');

    /// <summary>Whether it is the heading of a section: two words in common make it no clause.</summary>
    private static bool IsSection(Clause clause) => clause is { Label.Value: ['§', ..], Text: "" };

    /// <summary>Whether the first five words are the same.</summary>
    private bool BeginAlike(int old, int @new)
    {
        var (a, b) = (pair.Old.First[old], pair.New.First[@new]);
        return Math.Min(pair.Old.Count(old), pair.New.Count(@new)) >= 5 && pair.OldPlain.AsSpan(a, 5).SequenceEqual(pair.NewPlain.AsSpan(b, 5));
    }

    private bool FollowsTheSame(int old, int @new) =>
        old < 0 || @new < 0 || old >= NewOf.Length || @new >= OldOf.Length
            ? (old < 0 && @new < 0) || (old >= NewOf.Length && @new >= OldOf.Length)
            : NewOf[old] == @new;

    /// <summary>A section whose own words are too few to tell is the one that most of its clauses stand in now.</summary>
    private void MatchParents()
    {
        for (var old = NewOf.Length - 1; old >= 0; old--)
        {
            if (NewOf[old] >= 0 || pair.Old.Clauses[old].Children.IsEmpty)
            {
                continue;
            }
            var votes = Enumerable.Range(old + 1, NewOf.Length - old - 1).TakeWhile(i => pair.Old.Tops[i] == pair.Old.Tops[old])
                .Where(i => pair.Old.Parents[i] == old && NewOf[i] >= 0).Select(i => pair.New.Parents[NewOf[i]]).ToList();
            var elected = votes.Where(v => v >= 0 && OldOf[v] < 0 && IsSection(pair.Old.Clauses[old]) == IsSection(pair.New.Clauses[v])).GroupBy(v => v).OrderByDescending(g => g.Count()).ThenBy(g => g.Key).FirstOrDefault();
            if (elected is not null && 2 * elected.Count() >= votes.Count && (Math.Min(pair.Old.Count(old), pair.New.Count(elected.Key)) < 12 || pair.Likeness(old, elected.Key) >= 0.15f))
            {
                Match(old, elected.Key);
            }
        }
    }

    /// <summary>What is left and stands between the same neighbours under the same label is the same clause written anew, if anything of it is left.</summary>
    private void MatchPlaces()
    {
        for (var old = 0; old < NewOf.Length; old++)
        {
            if (NewOf[old] < 0 && pair.New.ByLabel.TryGetValue(pair.Old.Clauses[old].Label.Value, out var @new) && OldOf[@new] < 0
                && AreBelowTheSame(old, @new) && pair.Likeness(old, @new) >= (FollowsTheSame(old - 1, @new - 1) && FollowsTheSame(old + 1, @new + 1) ? 0.1f : 0.2f))
            {
                Match(old, @new);
            }
        }
    }

    /// <summary>What is left between two clauses that still follow each other: pairs that share at least some words, the most alike first.</summary>
    private void MatchBetween()
    {
        for (var old = 0; old < NewOf.Length; old++)
        {
            if (NewOf[old] >= 0)
            {
                continue;
            }
            var end = old;
            while (end < NewOf.Length && NewOf[end] < 0)
            {
                end++;
            }
            var (from, to) = (old == 0 ? 0 : NewOf[old - 1] + 1, end == NewOf.Length ? OldOf.Length : NewOf[end]);
            if (from < to && to - from <= Between && end - old <= Between)
            {
                foreach (var (o, n, _) in Enumerable.Range(old, end - old).SelectMany(o => Enumerable.Range(from, to - from).Where(n => OldOf[n] < 0)
                    .Select(n => (Old: o, New: n, Likeness: pair.Likeness(o, n)))).Where(c => c.Likeness >= 0.15f)
                    .OrderByDescending(c => c.Likeness).ThenBy(c => Distance(c.Old, c.New)).ThenBy(c => c.Old).ThenBy(c => c.New).ToList())
                {
                    if (NewOf[o] < 0 && OldOf[n] < 0 && IsItem(pair.Old.Clauses[o]) == IsItem(pair.New.Clauses[n]) && IsSection(pair.Old.Clauses[o]) == IsSection(pair.New.Clauses[n])
                        && 3 * pair.Old.Count(o) >= pair.New.Count(n) && 3 * pair.New.Count(n) >= pair.Old.Count(o))
                    {
                        Match(o, n);
                    }
                }
            }
            old = end;
        }
    }

    /// <summary>How far apart two clauses stand, each measured by its text.</summary>
    private long Distance(int old, int @new) => Math.Abs(((long)old * OldOf.Length) - ((long)@new * NewOf.Length));

    /// <summary>Those of some matched clauses, in the order of the old text, that stand in the same order in the new: as many words as possible.</summary>
    private HashSet<int> KeepOrder(List<int> matched)
    {
        var kept = RisingRow.Heaviest([.. matched.Select(i => NewOf[i])], [.. matched.Select(i => 1 + pair.Old.Count(i))]);
        return [.. matched.Where((_, i) => kept[i])];
    }
}
