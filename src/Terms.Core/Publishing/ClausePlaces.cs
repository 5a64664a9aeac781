using System.Collections.Immutable;

namespace Terms.Publishing;

/// <summary>The labels under which a new clause can stand next to another; null where there is no such place.</summary>
/// <param name="Before">Before it: its own label.</param>
/// <param name="Behind">Behind it, in its row.</param>
/// <param name="Clause">Behind the last clause below it.</param>
/// <param name="Item">Behind the last item of its list.</param>
/// <param name="Paragraph">Behind its last paragraph.</param>
public sealed record ClausePlaces(string? Before, string? Behind, string? Clause, string? Item, string? Paragraph)
{
    /// <summary>The places next to a clause.</summary>
    /// <param name="labels">The labels of the text, in its order.</param>
    /// <param name="label">The clause.</param>
    public static ClausePlaces Beside(ImmutableArray<string> labels, string label)
    {
        var places = labels.Select(ClausePlace.Of).ToList();
        var place = ClausePlace.Of(label);
        if (place.Kind == ClauseKind.Other)
        {
            return new(null, null, null, null, null);
        }
        var number = (place.Above + place.Own).TrimStart('§');
        var (isSection, isNumbered) = (place.Kind == ClauseKind.Section, place.Kind == ClauseKind.Numbered);
        return new ClausePlaces(
            label, After([.. places.Where(p => p.IsBeside(place))], place),
            isSection || isNumbered ? Last($"{number}.1") : null,
            isNumbered || place.Kind == ClauseKind.Item ? Last($"{label}({(place.Kind == ClauseKind.Item ? "i" : "a")})") : null,
            isSection || isNumbered ? Last($"{label} ¶{(isSection ? 1 : 2)}") : null);

        string? Last(string first)
        {
            var row = places.Where(p => p.IsBeside(ClausePlace.Of(first))).ToList();
            return row.Count == 0 ? first : After(row, row[^1]);
        }
    }

    private static string? After(List<ClausePlace> row, ClausePlace place)
    {
        var isRoman = ClausePlace.IsRoman(row);
        return (place with { Again = "" }).At(place.Count(isRoman) + 1, isRoman)?.Label;
    }
}
