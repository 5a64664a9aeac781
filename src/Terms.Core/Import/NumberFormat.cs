using System.Globalization;

namespace Terms.Import;

/// <summary>Numbers as word processors and browsers show them.</summary>
internal static class NumberFormat
{
    /// <summary><c>a</c> … <c>z</c>, <c>aa</c>, <c>bb</c> …, as Word counts on.</summary>
    public static string Letters(int value) => value < 1 ? "" : new string((char)('a' + ((value - 1) % 26)), Math.Min(((value - 1) / 26) + 1, 20));

    /// <summary>The letters that Russian lists count with.</summary>
    public const string Russian = "абвгдежзиклмнопрстуфхцчшщэюя";

    /// <summary>The syllables that Korean lists count with.</summary>
    public const string Korean = "가나다라마바사아자차카타파하";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "none", "bullet", "decimal", "lowerLetter", "upperLetter", "lowerRoman", "upperRoman", "decimalZero", "ordinal", "chineseCounting", "chineseCountingThousand", "japaneseCounting",
        "ideographDigital", "taiwaneseCounting", "taiwaneseCountingThousand", "decimalEnclosedCircle", "decimalEnclosedCircleChinese", "decimalFullWidth", "decimalHalfWidth", "numberInDash", "russianLower", "russianUpper", "ganada",
    };

    /// <summary>Whether a number is written in a format just as Word writes it.</summary>
    public static bool IsKnown(string format) => Known.Contains(format);

    /// <summary>A number in one of Word's formats, a plain figure if the format is not known; null if it shows none.</summary>
    public static string? Of(string? format, int value) => format switch
    {
        "none" or "bullet" => null,
        "lowerLetter" => Letters(value),
        "upperLetter" => Letters(value).ToUpperInvariant(),
        "lowerRoman" => Marker.RomanOf(value).ToLowerInvariant(),
        "upperRoman" => Marker.RomanOf(value),
        "decimalZero" => value.ToString("00", CultureInfo.InvariantCulture),
        "ordinal" => value + ((value % 100) is 11 or 12 or 13 ? "th" : (value % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" }),
        "chineseCounting" or "chineseCountingThousand" or "japaneseCounting" or "ideographDigital" or "taiwaneseCounting" or "taiwaneseCountingThousand" => Han(value),
        "numberInDash" => $"- {value} -",
        "russianLower" => Letter(Russian, value),
        "russianUpper" => Letter(Russian, value).ToUpperInvariant(),
        "ganada" => Letter(Korean, value),
        "decimalFullWidth" => string.Concat(value.ToString(CultureInfo.InvariantCulture).Select(c => (char)(c - '0' + '０'))),
        "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" when value is >= 1 and <= 20 => ((char)('①' + value - 1)).ToString(),
        _ => value.ToString(CultureInfo.InvariantCulture),
    };

    private static string Letter(string letters, int value) =>
        value < 1 ? "" : new string(letters[(value - 1) % letters.Length], Math.Min(((value - 1) / letters.Length) + 1, 20));

    private static string Han(int value)
    {
        const string digits = "零一二三四五六七八九";
        return value switch
        {
            < 0 or > 99 => value.ToString(CultureInfo.InvariantCulture),
            < 10 => digits[value].ToString(),
            _ => (value >= 20 ? digits[value / 10].ToString() : "") + "十" + (value % 10 > 0 ? digits[value % 10].ToString() : ""),
        };
    }
}
