using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>What a marker is, as far as it can be told from itself.</summary>
internal enum MarkerKind
{
    /// <summary><c>Article 3</c>, <c>第三条</c>.</summary>
    Keyword,

    /// <summary><c>2.1</c>, <c>5.1.2</c>.</summary>
    Dotted,

    /// <summary><c>1.</c>, <c>1 Heading</c>, <c>IV.</c>: a section, an item or a footnote.</summary>
    Number,

    /// <summary><c>(a)</c>, <c>1)</c>, <c>(iv)</c>, <c>a    text</c>.</summary>
    Item,
}

/// <summary>How a marker is written: lists that are written alike can stand in each other if they count differently.</summary>
internal enum MarkerStyle
{
    /// <summary>In brackets.</summary>
    Bracket,

    /// <summary>Before a bracket.</summary>
    HalfBracket,

    /// <summary>In a circle.</summary>
    Circle,

    /// <summary>Before a full stop.</summary>
    Dot,

    /// <summary>By itself.</summary>
    Bare,
}

/// <summary>The number or marker at the head of a block.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Style">How it is written.</param>
/// <param name="Keyword">The word before the number, in lower case; empty if there is none.</param>
/// <param name="Vector">The parts of the number; empty for letters.</param>
/// <param name="Items">The markers of an item, outermost first: <c>a</c>, <c>i</c> for <c>(a)(i)</c>.</param>
/// <param name="Shown">The marker as it stands in the document.</param>
/// <param name="Rest">What follows, as inline Markdown.</param>
/// <param name="IsCertain">Whether the format itself says that this is a number.</param>
/// <param name="IsGlued">Whether the next word follows without a space.</param>
internal sealed partial record Marker(
    MarkerKind Kind, MarkerStyle Style, string Keyword, int[] Vector, string[] Items, string Shown, string Rest, bool IsCertain, bool IsGlued)
{
    private const string Units = "million|billion|thousand|percent|per cent|per|days?|months?|years?|hours?|weeks?|times|USD|EUR|US|x";

    [GeneratedRegex(@"^[*_]{1,3}")]
    private static partial Regex EmphasisStart();

    [GeneratedRegex(@"^(article|chapter|section|clause|rule|madde|artykuł|art\.|sec\.|статья|глава|раздел|artikel|abschnitt|artículo|articulo|cláusula|clausula|artigo|articolo|§)\s*(\d{1,3}|[IVXL]{1,7}|\d(?:er|re|º|ª)|premier|première|primero|primera|primo|prima|primeiro|primeira)(?![\w]|\.\d)\s*(?:\\?[.:：)、]|[-–—](?=\s))?\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex KeywordNumber();

    [GeneratedRegex(@"^(?:第\s*([0-9０-９一二三四五六七八九十百零〇]{1,7})\s*([条條章节節])|제\s*(\d{1,3})\s*([조장절]))\s*[:：、.]?\s*")]
    private static partial Regex EastAsianNumber();

    [GeneratedRegex(@"^(?:(?:section|clause|article|§)\s*)?(\d{1,3}(?:\\?\.\s?\d{1,3}(?!\d)){1,6})(?:\\?[.)：:、])?(?=\s|$|\p{L}|[""“'‘(（\[\\*_<«])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DottedNumber();

    [GeneratedRegex(@"^(?:\.\d|\s*%|\s+(?:" + Units + @")\b)", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    [GeneratedRegex(@"^(?:[(（](\d{1,3})\\?[)）]|(\d{1,3})\\?[)）])\s*")]
    private static partial Regex BracketNumber();

    [GeneratedRegex(@"^(\d{1,3})(?:\\?[.．、](?!\d)|\t)\s*")]
    private static partial Regex DotNumber();

    [GeneratedRegex(@"^(\d{1,3})\s+(?=\p{Lu}|\p{IsCJKUnifiedIdeographs}|\p{IsHangulSyllables})")]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"^([IVXL]{1,7})(?:\\?\.|\s[-–—]|\))\s+")]
    private static partial Regex RomanNumber();

    [GeneratedRegex(@"^((?:\([A-Za-z]{1,5}\\?\)|\(\d{1,3}\\?\)){2,4})\s*")]
    private static partial Regex ItemPath();

    [GeneratedRegex(@"^(?:[(（]([A-Za-z]{1,5})\\?[)）]|([A-Za-z]{1,5})\\?[)）])\s*")]
    private static partial Regex BracketLetter();

    [GeneratedRegex(@"^([A-Za-z]|[ivx]{2,5})(\\?\.\s+|\t\s*|\s{2,})(?=\S)")]
    private static partial Regex OpenLetter();

    [GeneratedRegex(@"^(?:[(（]([а-яА-Я])\\?[)）]|([а-яА-Я])\\?[)）]|([가나다라마바사아자차카타파하])(?:\\?\.\s+|\\?\)\s*))\s*")]
    private static partial Regex NationalLetter();

    [GeneratedRegex(@"^([①-⑳])\s*")]
    private static partial Regex Circled();

    [GeneratedRegex(@"^(?:[(（]([一二三四五六七八九十]{1,3})[)）]|([一二三四五六七八九十]{1,3})、)\s*")]
    private static partial Regex HanNumber();

    /// <summary>The number of a section; 0 if it has none.</summary>
    public int First => Vector.Length > 0 ? Vector[0] : 0;

    /// <summary>Reads the marker at the head of a block, or null.</summary>
    public static Marker? Read(string text, bool isCertain)
    {
        var emphasis = EmphasisStart().Match(text).Value;
        var body = text[emphasis.Length..];
        if (body.Length == 0 || !(char.IsAsciiLetterOrDigit(body[0]) || body[0] is '(' or '（' or '§' or '第' or '제' or >= '①' and <= '⑳' or >= 'А' and <= 'я' or >= '一' and <= '龥' or >= '가' and <= '하' or >= '０' and <= '９'))
        {
            return null;
        }
        return Parse(body, isCertain) is { } read ? read with { Rest = WithoutEmphasis(emphasis, body[read.Shown.Length..]), Shown = read.Shown.Trim() } : null;
    }

    /// <summary>The value of a roman numeral up to 89 in either case; 0 if it is none.</summary>
    public static int Roman(string text)
    {
        var value = 0;
        var upper = text.ToUpperInvariant();
        for (var i = 0; i < upper.Length; i++)
        {
            var digit = RomanDigit(upper[i]);
            value += i + 1 < upper.Length && digit < RomanDigit(upper[i + 1]) ? -digit : digit;
        }
        return value > 0 && string.Equals(RomanOf(value), upper, StringComparison.Ordinal) ? value : 0;
    }

    /// <summary>A number as a roman numeral in capitals.</summary>
    public static string RomanOf(int value)
    {
        ReadOnlySpan<(int Value, string Sign)> signs =
            [(1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
        var text = "";
        foreach (var (worth, sign) in signs)
        {
            for (; value >= worth && text.Length < 32; value -= worth)
            {
                text += sign;
            }
        }
        return text;
    }

    /// <summary>The place of <c>a</c>, <c>z</c>, <c>aa</c>, <c>bb</c> in a list; 0 if it is none.</summary>
    public static int Letter(string text) =>
        text.Length > 0 && text.All(c => c == text[0]) && char.IsAsciiLetter(text[0]) ? ((text.Length - 1) * 26) + char.ToLowerInvariant(text[0]) - 'a' + 1 : 0;

    private static int RomanDigit(char c) => c switch { 'I' => 1, 'V' => 5, 'X' => 10, 'L' => 50, 'C' => 100, 'D' => 500, 'M' => 1000, _ => -10000 };

    private static Marker? Parse(string body, bool isCertain)
    {
        Match match;
        if ((match = KeywordNumber().Match(body)).Success)
        {
            var number = match.Groups[2].Value;
            var value = char.IsAsciiDigit(number[0]) ? Number(number.TrimEnd('e', 'r', 'º', 'ª')) : number[0] is 'p' or 'P' ? 1 : number.Any(char.IsLower) ? 0 : Roman(number);
            return value == 0 && number != "0" ? null : Keyword(match.Groups[1].Value.ToLowerInvariant(), value);
        }
        if ((match = EastAsianNumber().Match(body)).Success)
        {
            var isChinese = match.Groups[1].Success;
            return Keyword(match.Groups[isChinese ? 2 : 4].Value, isChinese ? Han(match.Groups[1].Value) : Number(match.Groups[3].Value));
        }
        if ((match = DottedNumber().Match(body)).Success && !Amount().IsMatch(body.AsSpan(match.Length)))
        {
            var vector = match.Groups[1].Value.Split('.').Select(p => Number(p.Trim('\\', ' '))).ToArray();
            var isSplit = match.Groups[1].Value.Contains(' ');
            if (!isSplit || match.Groups[1].Value.Length < body.Length && char.IsWhiteSpace(body[match.Length]))
            {
                if (vector is [> 0, 0])
                {
                    return New(MarkerKind.Number, MarkerStyle.Dot, match, "", [vector[0]], []); // 2.0 heads what 2.1 and 2.2 are in.
                }
                return New(MarkerKind.Dotted, MarkerStyle.Dot, match, "", vector, []) with { IsGlued = match.Length < body.Length && char.IsLetter(body[match.Length]) };
            }
        }
        if ((match = ItemPath().Match(body)).Success)
        {
            var items = match.Groups[1].Value.Split('(', StringSplitOptions.RemoveEmptyEntries).Select(i => i.TrimEnd(')', '\\')).ToArray();
            if (items.All(IsItem))
            {
                return New(MarkerKind.Item, MarkerStyle.Bracket, match, "", [], items);
            }
        }
        if ((match = BracketNumber().Match(body)).Success)
        {
            var isWhole = match.Groups[1].Success;
            return New(MarkerKind.Item, InBrackets(isWhole), match, "", [], [Number(match.Groups[isWhole ? 1 : 2].Value).ToString(CultureInfo.InvariantCulture)]);
        }
        if ((match = DotNumber().Match(body)).Success)
        {
            return New(MarkerKind.Number, MarkerStyle.Dot, match, "", [Number(match.Groups[1].Value)], []);
        }
        if ((match = RomanNumber().Match(body)).Success && Roman(match.Groups[1].Value) is > 0 and var roman)
        {
            return New(MarkerKind.Number, MarkerStyle.Dot, match, "roman", [roman], [match.Groups[1].Value]);
        }
        if ((match = BareNumber().Match(body)).Success)
        {
            return Amount().IsMatch(body.AsSpan(match.Groups[1].Length)) ? null : New(MarkerKind.Number, MarkerStyle.Bare, match, "", [Number(match.Groups[1].Value)], []);
        }
        if ((match = BracketLetter().Match(body)).Success && (match.Groups[1].Success ? match.Groups[1].Value : match.Groups[2].Value) is var letter && IsItem(letter))
        {
            return New(MarkerKind.Item, InBrackets(match.Groups[1].Success), match, "", [], [letter]);
        }
        if ((match = NationalLetter().Match(body)).Success && NationalOrdinal(match.Groups.Values.Skip(1).First(g => g.Success).Value) is > 0 and var ordinal)
        {
            var style = match.Groups[3].Success && match.Value.Contains('.') ? MarkerStyle.Dot : InBrackets(match.Groups[1].Success);
            return New(MarkerKind.Item, style, match, "", [], [NumberFormat.Letters(ordinal)]);
        }
        if ((match = OpenLetter().Match(body)).Success)
        {
            return New(MarkerKind.Item, match.Groups[2].Value.Contains('.') ? MarkerStyle.Dot : MarkerStyle.Bare, match, "", [], [match.Groups[1].Value]);
        }
        if ((match = Circled().Match(body)).Success)
        {
            return New(MarkerKind.Item, MarkerStyle.Circle, match, "", [], [(body[0] - '①' + 1).ToString(CultureInfo.InvariantCulture)]);
        }
        if ((match = HanNumber().Match(body)).Success)
        {
            return match.Groups[1].Success
                ? New(MarkerKind.Item, MarkerStyle.Bracket, match, "", [], [Han(match.Groups[1].Value).ToString(CultureInfo.InvariantCulture)])
                : New(MarkerKind.Number, MarkerStyle.Dot, match, "", [Han(match.Groups[2].Value)], []);
        }
        return null;

        Marker Keyword(string word, int value) =>
            New(MarkerKind.Keyword, MarkerStyle.Dot, match, word, [value], []) with { IsGlued = char.IsLetterOrDigit(match.Value[^1]) && match.Length < body.Length && char.IsLetter(body[match.Length]) };

        Marker New(MarkerKind kind, MarkerStyle style, Match m, string keyword, int[] vector, string[] items) => new(kind, style, keyword, vector, items, m.Value, "", isCertain, false);
    }

    private static MarkerStyle InBrackets(bool isWhole) => isWhole ? MarkerStyle.Bracket : MarkerStyle.HalfBracket;

    /// <summary>The place of a letter or syllable in the order that Russian and Korean lists count by; 0 if they leave it out.</summary>
    private static int NationalOrdinal(string letter) => Math.Max(NumberFormat.Russian.IndexOf(char.ToLowerInvariant(letter[0])), NumberFormat.Korean.IndexOf(letter[0])) + 1;

    private static bool IsItem(string text) =>
        text.Length == 1 || text.All(char.IsAsciiDigit) || Letter(text) > 0 || (Roman(text) is > 0 and < 40 && (text.All(char.IsLower) || text.All(char.IsUpper)));

    private static int Number(string digits) => int.Parse(digits.Normalize(System.Text.NormalizationForm.FormKC), CultureInfo.InvariantCulture);

    private static int Han(string text)
    {
        text = text.Normalize(System.Text.NormalizationForm.FormKC);
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var digits))
        {
            return digits;
        }
        var value = 0;
        var digit = 0;
        foreach (var c in text)
        {
            switch (c)
            {
                case '十':
                    value += (digit == 0 ? 1 : digit) * 10;
                    digit = 0;
                    break;
                case '百':
                    value += (digit == 0 ? 1 : digit) * 100;
                    digit = 0;
                    break;
                default:
                    digit = Math.Max("零一二三四五六七八九".IndexOf(c), 0);
                    break;
            }
        }
        return Math.Min(value + digit, 999);
    }

    private static string WithoutEmphasis(string emphasis, string rest)
    {
        var words = rest.TrimStart();
        if (emphasis.Length == 0 || words.Length == 0)
        {
            return words;
        }
        return words.StartsWith(emphasis, StringComparison.Ordinal) ? words[emphasis.Length..].TrimStart() : emphasis + words;
    }
}
