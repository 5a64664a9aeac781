using System.Globalization;
using Terms.Catalogue;

namespace Terms.Facts;

/// <summary>Checks that the words quoted for a fact contain the figure that the fact states, in digits or in English words.</summary>
internal static class Figures
{
    private static readonly string[] Units =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    public static void Check(Fact fact, YamlMap map)
    {
        if (fact.Origin.Quote is not { } quote)
        {
            return;
        }
        var (key, figure) = fact switch
        {
            CapFact { Amount: { } amount } => ("amount", amount),
            LiquidatedDamagesFact { Amount: { } amount } => ("amount", amount),
            LiquidatedDamagesFact { Rate: { } rate } => ("rate", rate * 100),
            TimeLimitFact { Value: { } value } => ("value", value),
            AmountFact { Value: { } value } => ("value", value),
            NoticeFact { Days: > 0 and var days } => ("days", days), // None at all is said in many words.
            AmendmentFact { Days: > 0 and var days } => ("days", days),
            _ => ("", -1m),
        };
        if (figure >= 0 && !Spellings(figure).Any(s => ContainsWord(quote, s)))
        {
            map.Problem(ContentForms.Figure, key, fact.Id, figure.ToString("0.####", CultureInfo.InvariantCulture));
        }
        if (fact is TimeLimitFact { Date: { } date } && !(ContainsWord(quote, date.Year.ToString(CultureInfo.InvariantCulture))
            && ContainsWord(quote, date.Day.ToString(CultureInfo.InvariantCulture)) && quote.Contains(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month), StringComparison.OrdinalIgnoreCase)))
        {
            map.Problem(ContentForms.Date, "date", fact.Id, date.ToFullDate());
        }
    }

    private static IEnumerable<string> Spellings(decimal figure)
    {
        yield return figure.ToString("0.####", CultureInfo.InvariantCulture);
        yield return figure.ToString("#,##0.####", CultureInfo.InvariantCulture);
        if (figure == 0)
        {
            yield return "at once";
            yield return "immediately";
        }
        if (figure == decimal.Truncate(figure) && figure < 1000)
        {
            yield return Words((int)figure);
        }
    }

    private static string Words(int n) => n switch
    {
        < 20 => Units[n],
        < 100 => Tens[n / 10] + (n % 10 == 0 ? "" : "-" + Units[n % 10]),
        _ => $"{Units[n / 100]} hundred" + (n % 100 == 0 ? "" : $" and {Words(n % 100)}"),
    };

    private static bool ContainsWord(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]) || char.IsAsciiDigit(word[0]) && char.IsLetter(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }
        return false;
    }
}
