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
    private readonly int[] counts;
    private readonly float[] weights;
    private readonly int[] frequency;

    public ComparedPair(TermsText old, TermsText @new)
    {
        (Old, New) = (ComparedText.Of(old), ComparedText.Of(@new));
        NewIds = Renumber(New.Ids, New.Words, Old.IdOf, Old.Words.Count);
        NewPlain = Renumber(New.PlainIds, New.PlainWords, Old.PlainIdOf, Old.PlainWords.Count);
        frequency = new int[Old.PlainWords.Count + New.PlainWords.Count];
        Tally(Old, Old.PlainIds, frequency);
        Tally(New, NewPlain, frequency);
        weights = [.. frequency.Select(f => f == 0 ? 0 : 1 / (1 + MathF.Log(f)))];
        counts = new int[frequency.Length];
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
    public int PlainCount => frequency.Length;

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
        var a = Plain(OldPlain, OldWords(old));
        var b = Plain(NewPlain, NewWords(@new));
        var all = Weight(a) + Weight(b);
        return all == 0 ? 0 : 2 * Shared(a, b) / all;
    }

    public static ReadOnlySpan<int> Plain(int[] ids, WordRange range) => ids.AsSpan(range.Start, range.Length);

    private static int[] Renumber(int[] ids, IReadOnlyList<string> words, Func<string, int> known, int next)
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
        return result;
    }

    private static void Tally(ComparedText text, int[] plain, int[] frequency)
    {
        var seen = new int[frequency.Length];
        for (var clause = 0; clause < text.Clauses.Length; clause++)
        {
            for (var i = text.First[clause]; i < text.First[clause + 1]; i++)
            {
                if (seen[plain[i]] != clause + 1)
                {
                    seen[plain[i]] = clause + 1;
                    frequency[plain[i]]++;
                }
            }
        }
    }
}
