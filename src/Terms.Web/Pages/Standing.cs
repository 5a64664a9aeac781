using System.Globalization;
using Microsoft.Extensions.Localization;
using Terms.Catalogue;

namespace Terms.Web.Pages;

/// <summary>Says in words when a version applies.</summary>
internal static class Standing
{
    /// <summary>A day as the interface's language writes it.</summary>
    public static string Day(this IStringLocalizer<Wording> words, DateOnly day) => day.ToString(words["DayFormat"], CultureInfo.CurrentCulture);

    /// <summary>Whether a version applies at an instant, and since when or until when.</summary>
    public static string Of(IStringLocalizer<Wording> words, TimelineSpan span, TimeZoneInfo zone, DateTimeOffset now)
    {
        var from = span.From?.DateIn(zone);
        var until = span.Until?.DateIn(zone);
        return (from, until) switch
        {
            ({ } start, _) when span.From > now => words["Standing.Coming", words.Day(start)],
            ({ } start, { } end) when span.Until <= now => words["Standing.Past", words.Day(start), words.Day(end)],
            (null, { } end) when span.Until <= now => words["Standing.PastUndated", words.Day(end)],
            ({ } start, { } end) => words["Standing.Ending", words.Day(start), words.Day(end)],
            ({ } start, null) => words["Standing.InForce", words.Day(start)],
            _ => words["Standing.Undated"],
        };
    }

    /// <summary>The word for a value of the interface, or the value itself where there is none.</summary>
    public static string Word(this IStringLocalizer<Wording> words, string group, string value)
    {
        var word = words[$"{group}.{value}"];
        return word.ResourceNotFound ? value : word.Value;
    }
}
