using System.Text.RegularExpressions;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>A clause while its file is edited.</summary>
internal sealed partial class ClausePart(string label, string? old, string source)
{
    /// <summary>The label that it bears now.</summary>
    public string Label { get; set; } = label;

    /// <summary>The label that it bore before the edit; null if it is new.</summary>
    public string? Old { get; } = old;

    /// <summary>The clause whose words it was cut from; null if it was not.</summary>
    public string? CutFrom { get; init; }

    /// <summary>The piece of the file.</summary>
    public string Source { get; set; } = source;

    public ClausePlace Place => ClausePlace.Of(Label);

    /// <summary>Where number, heading and words stand in the piece.</summary>
    public Layout Laid
    {
        get
        {
            var end = LineEnd(Source, 0);
            var heading = Hashes().Match(Source);
            if (!heading.Success)
            {
                var (from, to, mark) = Mark(Source[..end], 0);
                return new Layout(from, to, mark, mark, mark, BlockEnd(Source, 0));
            }
            var number = Mark(Source[..end], heading.Length);
            var words = end;
            while (words < Source.Length)
            {
                words = SkipBlank(Source, words);
                if (words >= Source.Length || Source[words] != '>')
                {
                    break;
                }
                words = BlockEnd(Source, words);
            }
            return new Layout(number.From, number.To, number.End, end, words < Source.Length ? words : end, words < Source.Length ? BlockEnd(Source, words) : end);
        }
    }

    /// <summary>Places in a piece.</summary>
    /// <param name="NumberStart">Where the number begins.</param>
    /// <param name="NumberEnd">Where it ends; the same as its beginning if there is none.</param>
    /// <param name="MarkEnd">Where the heading, or else the words, begin.</param>
    /// <param name="HeadingEnd">Where the heading ends; the same as <paramref name="MarkEnd"/> if there is none.</param>
    /// <param name="WordsStart">Where the words begin.</param>
    /// <param name="WordsEnd">Where they end.</param>
    public readonly record struct Layout(int NumberStart, int NumberEnd, int MarkEnd, int HeadingEnd, int WordsStart, int WordsEnd)
    {
        public bool HasHeading => HeadingEnd > MarkEnd;
    }

    /// <summary>The words as they are written, without number and heading.</summary>
    public string Words => Source[Laid.WordsStart..Laid.WordsEnd];

    /// <summary>Gives it another label, and writes the number if it bears one.</summary>
    public void Relabel(string label)
    {
        var place = ClausePlace.Of(label);
        var number = place.Kind switch
        {
            ClauseKind.Section => place.Own + place.Again,
            ClauseKind.Numbered => label,
            ClauseKind.Item => label[label.IndexOf('(', StringComparison.Ordinal)..],
            _ => null,
        };
        if (number is not null)
        {
            var laid = Laid;
            Source = string.Concat(Source.AsSpan(0, laid.NumberStart), number, Source.AsSpan(laid.NumberEnd));
        }
        Label = label;
    }

    /// <summary>Puts other words in the place of its own.</summary>
    public void Write(string words)
    {
        var laid = Laid;
        var between = laid.WordsStart == laid.WordsEnd && laid.HasHeading && words.Length > 0 ? LineEndOf(Source) + LineEndOf(Source) : "";
        Source = string.Concat(Source.AsSpan(0, laid.WordsStart), between, words, Source.AsSpan(laid.WordsEnd));
    }

    /// <summary>Puts another heading in the place of its own.</summary>
    public void WriteHeading(string heading)
    {
        var laid = Laid;
        Source = string.Concat(Source.AsSpan(0, laid.MarkEnd), heading, Source.AsSpan(laid.HeadingEnd));
    }

    /// <summary>Ends it with an empty line, as it has to be where something follows.</summary>
    public void EndWithEmptyLine()
    {
        var body = Source.TrimEnd('\r', '\n');
        var end = LineEndOf(Source);
        if (Source.Length - body.Length < 2 * end.Length)
        {
            Source = body + end + end;
        }
    }

    /// <summary>The line end that a text uses.</summary>
    public static string LineEndOf(string source) => source.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";

    private static (int From, int To, int End) Mark(string line, int from)
    {
        var words = line[from..];
        if (from > 0 && ClauseHeads.Section().Match(words) is { Success: true } section)
        {
            return (from + section.Groups[1].Index, from + NumberEnd(section), from + (section.Groups[4].Success ? section.Groups[4].Index : section.Length));
        }
        if (Footnote().Match(words) is { Success: true } footnote)
        {
            return (from, from, from + footnote.Length);
        }
        if (ClauseHeads.ExplicitLabel().Match(words) is { Success: true } explicitly)
        {
            return (from, from, from + explicitly.Length);
        }
        foreach (var regex in new[] { ClauseHeads.Clause(), ClauseHeads.Item() })
        {
            if (regex.Match(words) is { Success: true } number)
            {
                return (from + number.Groups[1].Index, from + NumberEnd(number), from + number.Length);
            }
        }
        return (from, from, from);
    }

    /// <summary>Behind the number, and behind <c>[2nd]</c> if it bears that.</summary>
    private static int NumberEnd(Match match) => match.Groups[3].Success ? match.Groups[3].Index + match.Groups[3].Length + 1 : match.Groups[1].Index + match.Groups[1].Length;

    private static int LineEnd(string source, int from) => source.AsSpan(from).IndexOfAny('\r', '\n') is var end && end < 0 ? source.Length : from + end;

    /// <summary>The end of the last line in a row that is not empty.</summary>
    private static int BlockEnd(string source, int from)
    {
        var end = LineEnd(source, from);
        while (end < source.Length)
        {
            var next = end + (source.AsSpan(end).StartsWith("\r\n") ? 2 : 1);
            var nextEnd = LineEnd(source, next);
            if (string.IsNullOrWhiteSpace(source[next..nextEnd]) || source[next] is '>' or '#')
            {
                break;
            }
            end = nextEnd;
        }
        return end;
    }

    private static int SkipBlank(string source, int from)
    {
        while (from < source.Length && source[from] is '\r' or '\n' or ' ' or '\t')
        {
            from++;
        }
        return from;
    }

    [GeneratedRegex(@"^ {0,3}#{2,3}[ \t]+")]
    private static partial Regex Hashes();

    [GeneratedRegex(@"^ {0,3}\[\^[^\]]+\]:[ \t]*")]
    private static partial Regex Footnote();
}
