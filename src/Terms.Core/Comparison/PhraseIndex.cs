using System.Buffers;
using System.Numerics;

namespace Terms.Comparison;

/// <summary>Remembers where phrases of four words stand; the first place of each is enough to begin a search.</summary>
internal sealed class PhraseIndex : IDisposable
{
    private readonly int[] places;
    private readonly int mask;
    private readonly Dictionary<int, int> votes = [];

    public PhraseIndex(int words)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, 2 * words));
        mask = size - 1;
        places = ArrayPool<int>.Shared.Rent(size);
        places.AsSpan(0, size).Clear();
    }

    public void Dispose() => ArrayPool<int>.Shared.Return(places);

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
        return (int)(hash & (uint)mask);
    }
}
