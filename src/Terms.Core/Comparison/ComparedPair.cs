using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>Some words in a row, by their numbers in a text.</summary>
internal readonly record struct WordRange(int Start, int End)
{
    public int Length => End - Start;
}

/// <summary>Two texts whose words have been given common numbers.</summary>
internal sealed class ComparedPair
{
    private static readonly float[] WeightOf = [0, .. Enumerable.Range(1, 255).Select(f => 1 / (1 + MathF.Log(f)))];

    private readonly int[] counts;
    private readonly float[] weights;
    private readonly int[] newDistinct;
    private readonly float[] oldWeights;
    private readonly float[] newWeights;

    public ComparedPair(TermsText old, TermsText @new)
    {
        (Old, New) = (ComparedText.Of(old), ComparedText.Of(@new));
        (NewIds, _) = Renumber(New.Ids, New.Words, Old.IdOf, Old.Words.Count);
        (NewPlain, var numbers) = Renumber(New.PlainIds, New.PlainWords, Old.PlainIdOf, Old.PlainWords.Count);
        newDistinct = new int[New.DistinctIds.Length];
        for (var i = 0; i < newDistinct.Length; i++)
        {
            newDistinct[i] = numbers[New.DistinctIds[i]];
        }
        counts = new int[Old.PlainWords.Count + New.PlainWords.Count];
        Old.ClausesWith.CopyTo(counts, 0);
        for (var id = 0; id < numbers.Length; id++)
        {
            counts[numbers[id]] += New.ClausesWith[id];
        }
        weights = new float[counts.Length];
        for (var id = 0; id < weights.Length; id++)
        {
            weights[id] = counts[id] < WeightOf.Length ? WeightOf[counts[id]] : 1 / (1 + MathF.Log(counts[id]));
        }
        Array.Clear(counts);
        (oldWeights, newWeights) = (Weights(Old, Old.DistinctIds), Weights(New, newDistinct));
    }

    public ComparedText Old { get; }

    public ComparedText New { get; }

    /// <summary>The words of the old text, by number.</summary>
    public int[] OldIds => Old.Ids;

    /// <summary>The words of the new text, by the same numbers.</summary>
    public int[] NewIds { get; }

    /// <summary>The words of the old text, case and punctuation apart.</summary>
    public int[] OldPlain => Old.PlainIds;

    /// <summary>The words of the new text, case and punctuation apart.</summary>
    public int[] NewPlain { get; }

    /// <summary>How many numbers there are for words without case and punctuation.</summary>
    public int PlainCount => weights.Length;

    /// <summary>How many clauses of both texts have a word, given without case and punctuation.</summary>
    public int ClausesWith(string plain) => ClausesWith(Old, plain) + ClausesWith(New, plain);

    public WordRange OldWords(int clause) => new(Old.First[clause], Old.First[clause + 1]);

    public WordRange NewWords(int clause) => new(New.First[clause], New.First[clause + 1]);

    /// <summary>How much a rare word tells more than a common one.</summary>
    public float Weight(int plain) => weights[plain];

    public float Weight(ReadOnlySpan<int> plain)
    {
        var sum = 0f;
        foreach (var id in plain)
        {
            sum += weights[id];
        }
        return sum;
    }

    /// <summary>The different words of an old clause, case and punctuation apart.</summary>
    public ReadOnlySpan<int> OldDistinct(int clause) => Of(Old.DistinctIds, Old, clause);

    /// <summary>The different words of a new clause, by the same numbers.</summary>
    public ReadOnlySpan<int> NewDistinct(int clause) => Of(newDistinct, New, clause);

    /// <summary>The weight of the words that two rows share, in any order.</summary>
    public float Shared(ReadOnlySpan<int> old, ReadOnlySpan<int> @new)
    {
        foreach (var id in old)
        {
            counts[id]++;
        }
        var shared = 0f;
        foreach (var id in @new)
        {
            if (counts[id]-- > 0)
            {
                shared += weights[id];
            }
        }
        foreach (var id in old)
        {
            counts[id] = 0;
        }
        foreach (var id in @new)
        {
            counts[id] = 0;
        }
        return shared;
    }

    /// <summary>How alike two clauses are, from 0 to 1.</summary>
    public float Likeness(int old, int @new)
    {
        Span<float> likeness = stackalloc float[1];
        Likenesses(old, [@new], likeness);
        return likeness[0];
    }

    /// <summary>How alike an old clause is to each of some new ones: its own words are counted once.</summary>
    public void Likenesses(int old, ReadOnlySpan<int> news, Span<float> likenesses)
    {
        var words = OldDistinct(old);
        var times = Of(Old.DistinctCounts, Old, old);
        for (var i = 0; i < words.Length; i++)
        {
            counts[words[i]] = times[i];
        }
        for (var i = 0; i < news.Length; i++)
        {
            likenesses[i] = oldWeights[old] + newWeights[news[i]] is > 0 and var all ? 2 * SharedWithCounted(news[i]) / all : 0;
        }
        foreach (var id in words)
        {
            counts[id] = 0;
        }
    }

    private float SharedWithCounted(int @new)
    {
        var words = NewDistinct(@new);
        var times = Of(New.DistinctCounts, New, @new);
        var shared = 0f;
        for (var i = 0; i < words.Length; i++)
        {
            shared += weights[words[i]] * Math.Min(counts[words[i]], times[i]);
        }
        return shared;
    }

    private static ReadOnlySpan<int> Of(int[] values, ComparedText text, int clause) => values.AsSpan(text.DistinctFirst[clause], text.DistinctFirst[clause + 1] - text.DistinctFirst[clause]);

    private static int ClausesWith(ComparedText text, string plain) => text.PlainIdOf(plain) is >= 0 and var id ? text.ClausesWith[id] : 0;

    private float[] Weights(ComparedText text, int[] distinct)
    {
        var sums = new float[text.Clauses.Length];
        for (var clause = 0; clause < sums.Length; clause++)
        {
            for (var i = text.DistinctFirst[clause]; i < text.DistinctFirst[clause + 1]; i++)
            {
                sums[clause] += weights[distinct[i]] * text.DistinctCounts[i];
            }
        }
        return sums;
    }

    public static ReadOnlySpan<int> Plain(int[] ids, WordRange range) => ids.AsSpan(range.Start, range.Length);

    private static (int[] Ids, int[] Common) Renumber(int[] ids, IReadOnlyList<string> words, Func<string, int> known, int next)
    {
        var common = new int[words.Count];
        for (var i = 0; i < common.Length; i++)
        {
            var id = known(words[i]);
            common[i] = id >= 0 ? id : next++;
        }
        var result = new int[ids.Length];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = common[ids[i]];
        }
        return (result, common);
    }
}
