using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using Terms.Catalogue;

namespace Terms.Comparison;

/// <summary>A text cut into words, clause by clause. It is made once for a text and kept as long as the text.</summary>
internal sealed class ComparedText
{
    private static readonly ConditionalWeakTable<TermsText, ComparedText> Kept = [];

    private readonly Dictionary<string, int> exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> plain = new(StringComparer.Ordinal);
    private readonly List<string> words = [];
    private readonly List<string> plainWords = [];
    private readonly List<int> plainOf = [];
    private readonly List<WordTraits> traits = [];
    private readonly HashSet<int> inLowerCase = [];

    private ComparedText(TermsText text)
    {
        var clauses = new List<Clause>();
        var parents = new List<int>();
        var tops = new List<int>();
        void Add(Clause clause, int parent, int top)
        {
            var place = clauses.Count;
            clauses.Add(clause);
            parents.Add(parent);
            tops.Add(top < 0 ? place : top);
            foreach (var child in clause.Children)
            {
                Add(child, place, tops[place]);
            }
        }
        foreach (var clause in text.Clauses)
        {
            Add(clause, -1, -1);
        }
        Clauses = [.. clauses];
        Parents = [.. parents];
        Tops = [.. tops];
        Wordings = [.. clauses.Select(Wording)];
        First = new int[Clauses.Length + 1];
        var (ids, starts, ends) = (new List<int>(), new List<int>(), new List<int>());
        for (var i = 0; i < Clauses.Length; i++)
        {
            First[i] = ids.Count;
            Cut(Wordings[i], ids, starts, ends);
            ByWording.TryAdd(Wordings[i], []);
            ByWording[Wordings[i]].Add(i);
            ByLabel[Clauses[i].Label.Value] = i;
        }
        First[^1] = ids.Count;
        (Ids, Starts, Ends) = ([.. ids], [.. starts], [.. ends]);
        PlainIds = [.. ids.Select(id => plainOf[id])];
        (DistinctFirst, DistinctIds, DistinctCounts) = Distinct();
        ClausesWith = new int[plainWords.Count];
        foreach (var id in DistinctIds)
        {
            ClausesWith[id]++;
        }
        Key = [.. Clauses.Select((_, i) => ByWording[Wordings[i]][0])];
    }

    /// <summary>Every clause, in the order of the text.</summary>
    public Clause[] Clauses { get; }

    /// <summary>The clause that each belongs to; -1 at the top.</summary>
    public int[] Parents { get; }

    /// <summary>The section or other clause at the top that each belongs to.</summary>
    public int[] Tops { get; }

    /// <summary>What of each clause is compared: heading, then words.</summary>
    public string[] Wordings { get; }

    /// <summary>The first word of each clause; one more at the end.</summary>
    public int[] First { get; }

    /// <summary>Each word as a number; equal words have equal numbers.</summary>
    public int[] Ids { get; }

    /// <summary>The same, case and punctuation apart.</summary>
    public int[] PlainIds { get; }

    /// <summary>The first of the different words of each clause, case and punctuation apart; one more at the end.</summary>
    public int[] DistinctFirst { get; }

    /// <summary>The different words of each clause.</summary>
    public int[] DistinctIds { get; }

    /// <summary>How often each of them occurs in its clause.</summary>
    public int[] DistinctCounts { get; }

    /// <summary>How many clauses have each word, case and punctuation apart.</summary>
    public int[] ClausesWith { get; }

    /// <summary>Where each word begins in the wording of its clause.</summary>
    public int[] Starts { get; }

    /// <summary>Where each word ends.</summary>
    public int[] Ends { get; }

    /// <summary>The words by number.</summary>
    public IReadOnlyList<string> Words => words;

    /// <summary>What each word says about where it stands, by number.</summary>
    public IReadOnlyList<WordTraits> Traits => traits;

    /// <summary>The words without case and punctuation, by number.</summary>
    public IReadOnlyList<string> PlainWords => plainWords;

    /// <summary>The clauses of each wording.</summary>
    public Dictionary<string, List<int>> ByWording { get; } = new(StringComparer.Ordinal);

    /// <summary>The clause of each label.</summary>
    public Dictionary<string, int> ByLabel { get; } = new(StringComparer.Ordinal);

    /// <summary>The first clause of the same wording.</summary>
    public int[] Key { get; }

    /// <summary>The words of a text, kept with it.</summary>
    public static ComparedText Of(TermsText text) => Kept.TryGetValue(text, out var known) ? known : Kept.GetValue(text, t => new ComparedText(t));

    /// <summary>What of a clause is compared: its heading, and in a new line its own words.</summary>
    public static string Wording(Clause clause) => clause switch
    {
        { Heading: null } => clause.Text,
        { Text: "" } => clause.Heading,
        _ => $"{clause.Heading}\n{clause.Text}",
    };

    /// <summary>The words of a clause.</summary>
    public int Count(int clause) => First[clause + 1] - First[clause];

    /// <summary>The number of a word, or -1.</summary>
    public int IdOf(string word) => exact.GetValueOrDefault(word, -1);

    /// <summary>The number of a word without case and punctuation, or -1.</summary>
    public int PlainIdOf(string word) => plain.GetValueOrDefault(word, -1);

    /// <summary>Whether a word, given without case and punctuation, begins with a small letter anywhere. A name never does.</summary>
    public bool IsInLowerCase(string word) => plain.TryGetValue(word, out var id) && inLowerCase.Contains(id);

    /// <summary>A word without case and without the punctuation around and inside it; marks between digits, and signs that mean something, stay.</summary>
    public static string Plain(ReadOnlySpan<char> word)
    {
        var kept = word.Length <= 256 ? stackalloc char[word.Length] : new char[word.Length];
        return kept[..Plain(word, kept)].ToString();
    }

    /// <summary>The same, written into a room that is as long as the word; gives the length.</summary>
    public static int Plain(ReadOnlySpan<char> word, Span<char> room)
    {
        var length = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
            {
                room[length++] = c;
            }
            else if (char.IsAsciiLetterUpper(c))
            {
                room[length++] = (char)(c | 0x20);
            }
            else if (!char.IsWhiteSpace(c) && (!char.IsPunctuation(c) || Means(word, i)) && char.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
            {
                room[length++] = char.ToLowerInvariant(c);
            }
        }
        return length;
    }

    private (int[] First, int[] Ids, int[] Counts) Distinct()
    {
        var (first, ids, counts) = (new int[Clauses.Length + 1], new List<int>(), new List<int>());
        var place = new int[plainWords.Count];
        Array.Fill(place, -1);
        for (var clause = 0; clause < Clauses.Length; clause++)
        {
            first[clause] = ids.Count;
            for (var i = First[clause]; i < First[clause + 1]; i++)
            {
                ref var at = ref place[PlainIds[i]];
                if (at < first[clause])
                {
                    at = ids.Count;
                    ids.Add(PlainIds[i]);
                    counts.Add(0);
                }
                counts[at]++;
            }
        }
        first[^1] = ids.Count;
        return (first, [.. ids], [.. counts]);
    }

    private static bool Means(ReadOnlySpan<char> word, int i) =>
        word[i] is '%' or '‰' or '&' or '#' or '@' or '§'
        || (i + 1 < word.Length && char.IsDigit(word[i + 1]) && (word[i] == '-' || (i > 0 && char.IsDigit(word[i - 1]))));

    private void Cut(string wording, List<int> ids, List<int> starts, List<int> ends)
    {
        for (var i = 0; i < wording.Length;)
        {
            if (char.IsWhiteSpace(wording[i]))
            {
                i++;
                continue;
            }
            var start = i++;
            while (i < wording.Length && !char.IsWhiteSpace(wording[i]) && !StandsAlone(wording[i]) && !StandsAlone(wording[i - 1]))
            {
                i++;
            }
            ids.Add(Number(wording[start..i]));
            starts.Add(start);
            ends.Add(i);
        }
    }

    /// <summary>Chinese and Japanese have no spaces between words: each sign counts as one.</summary>
    private static bool StandsAlone(char c) => c is >= '\u3001' and <= '\u30FF' or >= '\u3400' and <= '\u9FFF' or >= '\uFF01' and <= '\uFF65';

    private int Number(string word)
    {
        if (!exact.TryGetValue(word, out var id))
        {
            id = words.Count;
            exact.Add(word, id);
            words.Add(word);
            var bare = Plain(word);
            if (!plain.TryGetValue(bare, out var plainId))
            {
                plainId = plainWords.Count;
                plain.Add(bare, plainId);
                plainWords.Add(bare);
            }
            plainOf.Add(plainId);
            traits.Add(Sentences.Of(word));
            if (bare.Length > 0 && word[word.AsSpan().IndexOfAny(bare[0], char.ToUpperInvariant(bare[0]))] == bare[0])
            {
                inLowerCase.Add(plainId);
            }
        }
        return id;
    }
}
