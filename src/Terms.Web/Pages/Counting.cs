using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Terms.Web.Pages;

/// <summary>Words that go with a number. Each has three forms in the resources; a language that has fewer repeats them.</summary>
public static class Counting
{
    /// <summary>The form for a number: <c>One</c>, <c>Few</c> or <c>Many</c> (Unicode CLDR, plural rules for whole numbers).</summary>
    public static string Form(int number) => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName switch
    {
        "ru" => (number % 10, number % 100) switch
        {
            (1, not 11) => "One",
            (>= 2 and <= 4, not (12 or 13 or 14)) => "Few",
            _ => "Many",
        },
        "en" => number == 1 ? "One" : "Many",
        _ => "Many",
    };

    /// <summary>The words for a number in the form that goes with it.</summary>
    public static string Counted(this IStringLocalizer<Wording> words, string key, int number, params object[] further) => words[$"{key}.{Form(number)}", [number, .. further]];
}
