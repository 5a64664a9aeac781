using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Terms.Comparison;

/// <summary>
/// Marks the segments in which an amount, a period, another number or a company's name differs, so that they stand out from mere wording. A name that a
/// text uses in every other clause ("AliExpress will notify you" for "you will be notified") tells only where it stands for another party.
/// </summary>
internal sealed class TellingWords
{
    private const int ShareOfClauses = 8;

    private static readonly SearchValues<char> Signs = SearchValues.Create("%$€£¥₽₩");

    private static readonly FrozenSet<string> Figures = (
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
        + "hundred thousand million half double triple thousandths percent daily weekly monthly yearly annual annually hour hours day days week weeks month months year years "
        + "usd rmb cny eur gbp hkd rub krw dollar dollars yuan euro euros").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> CommonInNames = (
        "company limited private corporation holding incorporated commerce ecommerce technology network advertising services international united states america china "
        + "singapore korea hong kong people republic bank easy ltd pte inc one the and").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Parties = "company party ltd inc llc plc gmbh".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> References =
        "clause clauses section sections article articles paragraph paragraphs part item items regulation regulations directive".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsFigure = Figures.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsParty = Parties.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> IsReference = References.GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ComparedPair pair;
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private readonly HashSet<string> everyday = new(StringComparer.Ordinal);
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> isName;

    /// <summary>Looks for numbers, and for the words of some names.</summary>
    public TellingWords(ComparedPair pair, IReadOnlyCollection<string> companies)
    {
        this.pair = pair;
        isName = names.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var company in companies)
        {
            foreach (var range in company.AsSpan().Split(' '))
            {
                var word = ComparedText.Plain(company.AsSpan(range));
                if (word.Length >= 3 && !CommonInNames.Contains(word) && names.Add(word) && ShareOfClauses * pair.ClausesWith(word) >= pair.Old.Clauses.Length + pair.New.Clauses.Length)
                {
                    everyday.Add(word);
                }
            }
        }
    }

    /// <summary>The segments, marked. What goes in one place of a clause and comes in another does not differ.</summary>
    public ImmutableArray<Segment> Marked(ImmutableArray<Segment> segments)
    {
        List<(int Segment, string Word)>? found = null;
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Kind != SegmentKind.Equal)
            {
                Find(segments, i, ref found);
            }
        }
        if (found is null)
        {
            return segments;
        }
        var balance = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (segment, word) in found)
        {
            balance[word] = balance.GetValueOrDefault(word) + (segments[segment].Kind == SegmentKind.Insert ? 1 : -1);
        }
        var differs = new bool[segments.Length];
        foreach (var (segment, word) in found)
        {
            differs[segment] |= balance[word] != 0;
        }
        bool IsBesides(int i) => i >= 0 && i < segments.Length && segments[i].Kind != SegmentKind.Equal && differs[i];
        return [.. segments.Select((s, i) => s.Kind != SegmentKind.Equal && (differs[i] || IsBesides(i - 1) || IsBesides(i + 1)) ? s with { Figures = true } : s)];
    }

    private void Find(ImmutableArray<Segment> segments, int at, ref List<(int Segment, string Word)>? found)
    {
        var text = segments[at].Text.AsSpan();
        var before = LastWord(segments, at);
        Span<char> room = stackalloc char[64];
        Span<char> roomBefore = stackalloc char[64];
        foreach (var range in Words(text))
        {
            var word = text[range];
            if (word.IndexOfAnyInRange('0', '9') is >= 0 and var digit)
            {
                if (!IsListMark(word) && !IsReference.Contains(Plain(before, roomBefore)))
                {
                    (found ??= []).Add((at, ComparedText.Plain(word[Math.Min(digit, First(word))..])));
                }
            }
            else if (word.ContainsAny(Signs))
            {
                (found ??= []).Add((at, ComparedText.Plain(word)));
            }
            else if (Plain(word, room) is { Length: >= 3 } plain)
            {
                if (IsFigure.Contains(plain) || (HasCapital(word) && (IsSuffix(word, plain) || (isName.TryGetValue(plain, out var name) && (!everyday.Contains(name) || StandsForAnother(segments, at, name))))))
                {
                    (found ??= []).Add((at, plain.ToString()));
                }
            }
            before = word;
        }

        static int First(ReadOnlySpan<char> word) => word.IndexOfAny(Signs) is >= 0 and var sign ? sign : int.MaxValue;
    }

    /// <summary>Whether what stands in the same place on the other side names somebody else.</summary>
    private bool StandsForAnother(ImmutableArray<Segment> segments, int at, string name)
    {
        var other = segments[at].Kind == SegmentKind.Delete ? at + 1 : at - 1;
        if (other < 0 || other >= segments.Length || segments[other].Kind == SegmentKind.Equal || segments[other].Kind == segments[at].Kind)
        {
            return false;
        }
        var text = segments[other].Text.AsSpan();
        var before = LastWord(segments, other);
        Span<char> room = stackalloc char[64];
        var found = false;
        foreach (var range in Words(text))
        {
            var word = text[range];
            var plain = Plain(word, room);
            if (plain.SequenceEqual(name))
            {
                return false;
            }
            found |= plain.Length > 0 && (IsParty.Contains(plain) || (HasCapital(word) && word.IndexOfAnyInRange('0', '9') < 0 && (!EndsSentence(before) || IsNeverInLowerCase(plain))));
            before = word;
        }
        return found;
    }

    private bool IsNeverInLowerCase(ReadOnlySpan<char> plain) => plain.ToString() is var word && !pair.Old.IsInLowerCase(word) && !pair.New.IsInLowerCase(word);

    private static bool EndsSentence(ReadOnlySpan<char> word) => word.IsEmpty || word[^1] is '.' or '?' or '!' or ':' or ';' or '。';

    private static bool IsSuffix(ReadOnlySpan<char> word, ReadOnlySpan<char> plain) => plain is "ltd" or "pte" or "inc" or "llc" or "plc" or "gmbh" && char.IsUpper(word.TrimStart("(“\"'")[0]);

    private static bool IsListMark(ReadOnlySpan<char> word) => word.Length <= 4 && word[^1] == ')' && word.TrimStart('(')[..^1] is { Length: 1 or 2 } inside && !inside.ContainsAnyExceptInRange('0', '9');

    private static bool HasCapital(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.IsUpper(c))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>The words of a text, without the white space.</summary>
    private static WordRanges Words(ReadOnlySpan<char> text) => new(text);

    private ref struct WordRanges(ReadOnlySpan<char> text)
    {
        private readonly ReadOnlySpan<char> text = text;
        private int at;

        public Range Current { get; private set; }

        public readonly WordRanges GetEnumerator() => this;

        public bool MoveNext()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            Current = start..at;
            return at > start;
        }
    }

    /// <summary>A word without case and punctuation; empty if it is too long to be one.</summary>
    private static ReadOnlySpan<char> Plain(ReadOnlySpan<char> word, Span<char> room) => word.Length > room.Length ? default : room[..ComparedText.Plain(word, room)];

    private static ReadOnlySpan<char> LastWord(ImmutableArray<Segment> segments, int at)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            if (segments[i].Kind == SegmentKind.Equal)
            {
                var text = segments[i].Text.AsSpan().TrimEnd();
                return text[(text.LastIndexOfAny(" \n") + 1)..];
            }
        }
        return default;
    }
}
