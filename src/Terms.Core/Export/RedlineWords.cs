using System.Collections.Immutable;
using System.Text;

namespace Terms.Export;

/// <summary>Word-level differences of two paragraphs.</summary>
internal static class RedlineWords
{
    /// <summary>Larger tables of words are not filled; what differs is then replaced as a whole.</summary>
    private const int MaximumCells = 4_000_000;

    /// <summary>A word, or a sign alone, with the white space in front of it. The last of a paragraph is empty and bears the white space at the end.</summary>
    private readonly record struct Token(string Space, string Word);

    public static ImmutableArray<RedlineSegment> Segments(string oldWords, string newWords)
    {
        if (oldWords == newWords)
        {
            return oldWords.Length == 0 ? [] : [new RedlineSegment(RedlineOperation.Equal, oldWords)];
        }
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var (oldTokens, newTokens) = (Tokens(oldWords), Tokens(newWords));
        int[] a = [.. oldTokens.Select(IdOf)], b = [.. newTokens.Select(IdOf)];
        var start = a.AsSpan().CommonPrefixLength(b);
        var (endA, endB) = (a.Length, b.Length);
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        {
            endA--;
            endB--;
        }
        var grouping = new Grouping();
        var (i, j) = (0, 0);
        Keep(start);
        foreach (var step in Middle(a.AsSpan(start, endA - start), b.AsSpan(start, endB - start)))
        {
            if (step is null)
            {
                Keep(1);
            }
            else if (step.Value)
            {
                grouping.Delete(oldTokens[i].Space + oldTokens[i++].Word);
            }
            else
            {
                grouping.Insert(newTokens[j].Space + newTokens[j++].Word);
            }
        }
        Keep(a.Length - endA);
        return grouping.Segments();

        int IdOf(Token token) => known.TryGetValue(token.Word, out var id) ? id : known[token.Word] = known.Count;

        void Keep(int count)
        {
            for (; count > 0; count--)
            {
                var (before, after) = (oldTokens[i++], newTokens[j++]);
                if (before.Space == after.Space)
                {
                    grouping.Keep(before.Space);
                }
                else
                {
                    grouping.Delete(before.Space);
                    grouping.Insert(after.Space);
                }
                grouping.Keep(before.Word);
            }
        }
    }

    private static List<Token> Tokens(string words)
    {
        var tokens = new List<Token>();
        for (var i = 0; ;)
        {
            var start = i;
            while (i < words.Length && char.IsWhiteSpace(words[i]))
            {
                i++;
            }
            var word = i;
            while (i < words.Length && char.IsLetterOrDigit(words[i]))
            {
                i++;
            }
            if (i == word && i < words.Length)
            {
                i += char.IsHighSurrogate(words[i]) && i + 1 < words.Length ? 2 : 1;
            }
            tokens.Add(new Token(words[start..word], words[word..i]));
            if (word == i)
            {
                return tokens;
            }
        }
    }

    /// <summary>A shortest way from one list to the other: null keeps a word, true deletes one, false inserts one.</summary>
    private static List<bool?> Middle(ReadOnlySpan<int> a, ReadOnlySpan<int> b)
    {
        var steps = new List<bool?>(a.Length + b.Length);
        if (a.IsEmpty || b.IsEmpty || (long)a.Length * b.Length > MaximumCells)
        {
            steps.AddRange(Enumerable.Repeat<bool?>(true, a.Length));
            steps.AddRange(Enumerable.Repeat<bool?>(false, b.Length));
            return steps;
        }
        var width = b.Length + 1;
        var lengths = new int[(a.Length + 1) * width];
        for (var x = a.Length - 1; x >= 0; x--)
        {
            var row = lengths.AsSpan(x * width, width);
            var below = lengths.AsSpan((x + 1) * width, width);
            for (var y = b.Length - 1; y >= 0; y--)
            {
                row[y] = a[x] == b[y] ? below[y + 1] + 1 : Math.Max(below[y], row[y + 1]);
            }
        }
        for (int x = 0, y = 0; x < a.Length || y < b.Length;)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                steps.Add(null);
                x++;
                y++;
            }
            else if (y == b.Length || (x < a.Length && lengths[((x + 1) * width) + y] >= lengths[(x * width) + y + 1]))
            {
                steps.Add(true);
                x++;
            }
            else
            {
                steps.Add(false);
                y++;
            }
        }
        return steps;
    }

    /// <summary>Joins neighbours: between two kept passages there is at most one deletion and one insertion.</summary>
    private sealed class Grouping
    {
        private readonly ImmutableArray<RedlineSegment>.Builder segments = ImmutableArray.CreateBuilder<RedlineSegment>();
        private readonly StringBuilder kept = new();
        private readonly StringBuilder deleted = new();
        private readonly StringBuilder inserted = new();

        public void Keep(string words)
        {
            if (words.Length > 0)
            {
                FlushChanges();
                kept.Append(words);
            }
        }

        public void Delete(string words)
        {
            Flush(kept, RedlineOperation.Equal);
            deleted.Append(words);
        }

        public void Insert(string words)
        {
            Flush(kept, RedlineOperation.Equal);
            inserted.Append(words);
        }

        public ImmutableArray<RedlineSegment> Segments()
        {
            FlushChanges();
            Flush(kept, RedlineOperation.Equal);
            return segments.ToImmutable();
        }

        /// <summary>A deletion and what came in its place share the space in front of them.</summary>
        private void FlushChanges()
        {
            if (deleted.Length > 0 && inserted.Length > 0 && deleted[0] == ' ' && inserted[0] == ' ')
            {
                deleted.Remove(0, 1);
                inserted.Remove(0, 1);
                if (segments is [.., { Operation: RedlineOperation.Equal } before])
                {
                    segments[^1] = before with { Text = before.Text + " " };
                }
                else
                {
                    segments.Add(new RedlineSegment(RedlineOperation.Equal, " "));
                }
            }
            Flush(deleted, RedlineOperation.Delete);
            Flush(inserted, RedlineOperation.Insert);
        }

        private void Flush(StringBuilder words, RedlineOperation operation)
        {
            if (words.Length > 0)
            {
                segments.Add(new RedlineSegment(operation, words.ToString()));
                words.Clear();
            }
        }
    }
}
