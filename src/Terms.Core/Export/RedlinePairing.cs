using System.Collections.Immutable;

namespace Terms.Export;

/// <summary>Finds which paragraphs of two texts belong together.</summary>
internal sealed class RedlinePairing(IReadOnlyList<WordParagraph> oldText, IReadOnlyList<WordParagraph> newText)
{
    /// <summary>Paragraphs with fewer characters are not followed to another place: too many are alike.</summary>
    private const int ShortestMove = 24;

    /// <summary>The old paragraph of each new one; -1 for none.</summary>
    private readonly int[] oldOf = [.. Enumerable.Repeat(-1, newText.Count)];

    private readonly bool[] isTaken = new bool[oldText.Count];

    public ImmutableArray<RedlineParagraph> Pairs()
    {
        var byLabel = ByKey(p => p.Label);
        Match(byLabel, (n, o) => n.Label is { } label && o.Text == n.Text && o.Label == label, p => p.Label);
        Match(ByKey(p => p.Text), (n, o) => n.Text.Length >= ShortestMove, p => p.Text);
        Match(byLabel, (n, o) => o.Kind == n.Kind && IsAlike(o.Text, n.Text), p => p.Label);
        MatchNeighbours();
        return Merged(InOrder());
    }

    /// <summary>Pairs what is left between two pairs, if it is alike.</summary>
    private void MatchNeighbours()
    {
        for (var (n, o) = (0, 0); n < newText.Count; n++)
        {
            if (oldOf[n] >= 0)
            {
                o = oldOf[n] + 1;
                continue;
            }
            for (var i = o; i < oldText.Count && !isTaken[i]; i++)
            {
                if (oldText[i].Kind == newText[n].Kind && IsAlike(oldText[i].Text, newText[n].Text))
                {
                    oldOf[n] = i;
                    isTaken[i] = true;
                    o = i + 1;
                    break;
                }
            }
        }
    }

    private Dictionary<string, List<int>> ByKey(Func<WordParagraph, string?> key)
    {
        var found = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < oldText.Count; i++)
        {
            if (key(oldText[i]) is { } value)
            {
                (found.TryGetValue(value, out var list) ? list : found[value] = []).Add(i);
            }
        }
        return found;
    }

    private void Match(Dictionary<string, List<int>> candidates, Func<WordParagraph, WordParagraph, bool> fits, Func<WordParagraph, string?> key)
    {
        for (var n = 0; n < newText.Count; n++)
        {
            if (oldOf[n] >= 0 || key(newText[n]) is not { } value || !candidates.TryGetValue(value, out var found))
            {
                continue;
            }
            var o = found.FindIndex(i => !isTaken[i] && fits(newText[n], oldText[i]));
            if (o >= 0)
            {
                oldOf[n] = found[o];
                isTaken[found[o]] = true;
            }
        }
    }

    /// <summary>Whether two paragraphs share so many words that changing one into the other is easier to read than two paragraphs.</summary>
    private static bool IsAlike(string a, string b)
    {
        var words = Words(a).CountBy(w => w).ToDictionary();
        var (total, shared) = (words.Values.Sum(), 0);
        foreach (var word in Words(b))
        {
            total++;
            if (words.TryGetValue(word, out var left) && left > 0)
            {
                words[word] = left - 1;
                shared += 2;
            }
        }
        return shared * 3 >= total;

        static string[] Words(string text) => text.ToLowerInvariant().Split([' ', ',', '.', ';', ':', '(', ')'], StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Whether each pair keeps its place among the others: a longest increasing subsequence of the old places.</summary>
    private bool[] InOrder()
    {
        var tails = new List<int>();
        var before = new int[newText.Count];
        for (var n = 0; n < newText.Count; n++)
        {
            if (oldOf[n] < 0)
            {
                continue;
            }
            var (low, high) = (0, tails.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = oldOf[tails[middle]] < oldOf[n] ? (middle + 1, high) : (low, middle);
            }
            before[n] = low > 0 ? tails[low - 1] : -1;
            if (low == tails.Count)
            {
                tails.Add(n);
            }
            else
            {
                tails[low] = n;
            }
        }
        var stays = new bool[newText.Count];
        for (var n = tails.Count > 0 ? tails[^1] : -1; n >= 0; n = before[n])
        {
            stays[n] = true;
        }
        return stays;
    }

    /// <summary>Both texts as one list: what went stands before what came in its place.</summary>
    private ImmutableArray<RedlineParagraph> Merged(bool[] stays)
    {
        var newOf = new int[oldText.Count];
        Array.Fill(newOf, -1);
        for (var n = 0; n < newText.Count; n++)
        {
            if (oldOf[n] >= 0)
            {
                newOf[oldOf[n]] = n;
            }
        }
        var merged = ImmutableArray.CreateBuilder<RedlineParagraph>();
        var (at, came) = (0, 0);
        for (var n = 0; n <= newText.Count; n++)
        {
            if (n < newText.Count && !stays[n])
            {
                continue;
            }
            for (var end = n < newText.Count ? oldOf[n] : oldText.Count; at < end; at++)
            {
                merged.Add(new RedlineParagraph(oldText[at], null, newOf[at] >= 0 ? newOf[at] : null));
            }
            for (; came < n; came++)
            {
                merged.Add(new RedlineParagraph(null, newText[came], oldOf[came] >= 0 ? came : null));
            }
            if (n < newText.Count)
            {
                merged.Add(new RedlineParagraph(oldText[at++], newText[came++]));
            }
        }
        return merged.ToImmutable();
    }
}
