using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Terms.Comparison;

/// <summary>Marks the segments in which an amount, a period, another number or a company's name differs, so that they stand out from mere wording.</summary>
internal sealed partial class TellingWords(IReadOnlyCollection<string> names)
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("%$€£¥₽₩");

    private static readonly FrozenSet<string> Figures = (
        "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
        + "hundred thousand million half double triple thousandths percent daily weekly monthly yearly annual annually hour hours day days week weeks month months year years "
        + "usd rmb cny eur gbp hkd rub krw dollar dollars yuan euro euros").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> CommonInNames = (
        "company limited private corporation holding incorporated commerce ecommerce technology network advertising services international united states america china "
        + "singapore korea hong kong people republic bank easy").Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> References =
        "clause clauses section sections article articles paragraph paragraphs part item items regulation regulations directive".Split(' ').ToFrozenSet(StringComparer.Ordinal);

    private readonly FrozenSet<string> nameWords = names.SelectMany(n => n.Split(' ')).Select(w => ComparedText.Plain(w))
        .Where(w => w.Length >= 3 && !CommonInNames.Contains(w) && w is not ("ltd" or "pte" or "inc" or "one" or "the" or "and")).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The segments, marked. What goes in one place of a clause and comes in another does not differ.</summary>
    public ImmutableArray<Segment> Marked(ImmutableArray<Segment> segments)
    {
        var balance = new Dictionary<string, int>(StringComparer.Ordinal);
        var telling = new List<string>?[segments.Length];
        for (var i = 0; i < segments.Length; i++)
        {
            if (segments[i].Kind != SegmentKind.Equal)
            {
                telling[i] = Telling(segments, i);
                foreach (var word in telling[i]!)
                {
                    balance[word] = balance.GetValueOrDefault(word) + (segments[i].Kind == SegmentKind.Insert ? 1 : -1);
                }
            }
        }
        if (balance.Values.All(b => b == 0))
        {
            return segments;
        }
        bool Differs(int i) => i >= 0 && i < segments.Length && telling[i] is { } words && words.Exists(w => balance[w] != 0);
        bool IsBesides(int i, int other) => other >= 0 && other < segments.Length && segments[i].Kind != SegmentKind.Equal && segments[other].Kind != SegmentKind.Equal && Differs(other);
        return [.. segments.Select((s, i) => Differs(i) || IsBesides(i, i - 1) || IsBesides(i, i + 1) ? s with { Figures = true } : s)];
    }

    private List<string> Telling(ImmutableArray<Segment> segments, int at)
    {
        var found = new List<string>();
        var before = LastWord(segments, at);
        foreach (var word in segments[at].Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var plain = ComparedText.Plain(word);
            if ((word.Any(char.IsDigit) && !References.Contains(before) && !ListMarker().IsMatch(word)) || word.AsSpan().ContainsAny(Signs)
                || Figures.Contains(plain) || (nameWords.Contains(plain) && word.Any(char.IsUpper)))
            {
                found.Add(plain);
            }
            before = plain;
        }
        return found;
    }

    private static string LastWord(ImmutableArray<Segment> segments, int at)
    {
        for (var i = at - 1; i >= 0; i--)
        {
            if (segments[i].Kind == SegmentKind.Equal)
            {
                var text = segments[i].Text.AsSpan().TrimEnd();
                return ComparedText.Plain(text[(text.LastIndexOfAny(" \n") + 1)..]);
            }
        }
        return "";
    }

    [GeneratedRegex(@"^\(?\d{1,2}\)$")]
    private static partial Regex ListMarker();
}
