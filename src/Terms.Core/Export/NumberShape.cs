using System.Collections.Immutable;
using System.Globalization;

namespace Terms.Export;

/// <summary>By what a list counts.</summary>
internal enum NumberFormat
{
    Decimal,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
}

/// <summary>How a number is built: <c>6.7</c> of two decimals, <c>(c)</c> of a lower-case letter in brackets.</summary>
/// <param name="Depth">How many decimals with full stops between them; 0 for a marker.</param>
/// <param name="ItemDepth">For a marker, how deep in lists it stands.</param>
/// <param name="Before">What stands before the number: an opening bracket or nothing.</param>
/// <param name="Format">By what it counts.</param>
/// <param name="After">What stands after it: a closing bracket, a full stop or nothing.</param>
internal sealed record NumberShape(int Depth, int ItemDepth, string Before, NumberFormat Format, string After)
{
    /// <summary>The number as Word's <c>w:numFmt</c> names its format.</summary>
    public string WordFormat => Format switch
    {
        NumberFormat.LowerLetter => "lowerLetter",
        NumberFormat.UpperLetter => "upperLetter",
        NumberFormat.LowerRoman => "lowerRoman",
        NumberFormat.UpperRoman => "upperRoman",
        _ => "decimal",
    };
}

/// <summary>A number taken apart.</summary>
/// <param name="Shape">How it is built; null if Word cannot count so, and it has to be written out.</param>
/// <param name="Values">Its values from the left; one for a marker.</param>
internal readonly record struct ShapedNumber(NumberShape? Shape, ImmutableArray<int> Values);

/// <summary>Takes numbers apart in the order of the text, because only the neighbours say whether <c>(i)</c> is a letter or a Roman one.</summary>
internal sealed class NumberReader
{
    private readonly Dictionary<(int ItemDepth, NumberFormat Format), int> last = [];

    /// <summary>The shapes of the numbers of a text, paragraph by paragraph.</summary>
    public static ImmutableArray<ShapedNumber> Read(IEnumerable<WordParagraph> paragraphs)
    {
        var reader = new NumberReader();
        return [.. paragraphs.Select(p => reader.Next(p.Number, p.ItemDepth))];
    }

    private ShapedNumber Next(string? number, int itemDepth)
    {
        if (number is null)
        {
            return default;
        }
        if (itemDepth == 0)
        {
            last.Clear();
            return Dotted(number);
        }
        foreach (var deeper in last.Keys.Where(k => k.ItemDepth > itemDepth).ToList())
        {
            last.Remove(deeper);
        }
        var before = number.StartsWith('(') ? "(" : "";
        var after = number is [.., ')' or '.'] ? number[^1..] : "";
        var core = number[before.Length..^after.Length];
        foreach (var (format, value) in Meanings(core, itemDepth))
        {
            last[(itemDepth, format)] = value;
            return new ShapedNumber(new NumberShape(0, itemDepth, before, format, after), [value]);
        }
        return default;
    }

    private static ShapedNumber Dotted(string number)
    {
        var after = number.EndsWith('.') ? "." : "";
        var parts = number[..^after.Length].Split('.');
        var values = ImmutableArray.CreateBuilder<int>(parts.Length);
        foreach (var part in parts)
        {
            if (Decimal(part) is not { } value)
            {
                return default;
            }
            values.Add(value);
        }
        return parts.Length > 7 ? default : new ShapedNumber(new NumberShape(parts.Length, 0, "", NumberFormat.Decimal, after), values.ToImmutable());
    }

    /// <summary>What a marker can mean, the likelier meaning first: the one that goes on counting, then the one that begins.</summary>
    private IEnumerable<(NumberFormat Format, int Value)> Meanings(string core, int itemDepth)
    {
        if (Decimal(core) is { } number)
        {
            return [(NumberFormat.Decimal, number)];
        }
        var isLower = core.All(char.IsAsciiLetterLower);
        if (core.Length == 0 || (!isLower && !core.All(char.IsAsciiLetterUpper)))
        {
            return [];
        }
        var (letter, roman) = isLower ? (NumberFormat.LowerLetter, NumberFormat.LowerRoman) : (NumberFormat.UpperLetter, NumberFormat.UpperRoman);
        var found = new List<(NumberFormat Format, int Value)>();
        var lower = core.ToLowerInvariant();
        if (lower.All(c => c == lower[0]))
        {
            found.Add((letter, (26 * (lower.Length - 1)) + lower[0] - 'a' + 1));
        }
        if (Array.IndexOf(Romans, lower) is var at && at >= 0)
        {
            found.Add((roman, at + 1));
        }
        return found.OrderBy(f => last.TryGetValue((itemDepth, f.Format), out var before) && before == f.Value - 1 ? 0 : f.Value == 1 ? 1 : 2).ThenBy(f => f.Format);
    }

    private static int? Decimal(string text) =>
        text.Length is > 0 and <= 4 && text.All(char.IsAsciiDigit) && text[0] != '0' ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static readonly string[] Romans = [.. Enumerable.Range(1, 60).Select(Roman)];

    private static string Roman(int number)
    {
        var roman = "";
        foreach (var (value, letters) in new[] { (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i") })
        {
            for (; number >= value; number -= value)
            {
                roman += letters;
            }
        }
        return roman;
    }
}
