using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>Instants as RFC 3339 writes them, and local dates of a zone turned into instants: the one place where that is done.</summary>
public static partial class Instants
{
    private const int LongestRfc3339 = 28;

    private static readonly KeptStart?[] kepts = new KeptStart?[256];

    /// <summary>Reads an RFC 3339 instant (section 5.6): date, <c>T</c>, time, and <c>Z</c> or an offset. Anything else is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        if (text is [_, _, _, _, '-', _, _, '-', _, _, 'T', _, _, ':', _, _, ':', _, _, .. var rest] && Fraction(rest) is var ticks and >= 0
            && Number(text[..4]) is var year and >= 1 && Number(text[5..7]) is var month and >= 1 and <= 12
            && Number(text[8..10]) is var day and >= 1 && day <= DateTime.DaysInMonth(year, month)
            && Number(text[11..13]) is var hour and >= 0 and < 24 && Number(text[14..16]) is var minute and >= 0 and < 60 && Number(text[17..19]) is var second and >= 0 and < 60)
        {
            instant = new DateTimeOffset(new DateTime(year, month, day, hour, minute, second).Ticks + ticks, TimeSpan.Zero); // As most write it: nothing to search for.
            return true;
        }
        instant = default;
        return Rfc3339().IsMatch(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out instant);
    }

    /// <summary>Reads an instant, or a bare date, which is the start of that day in the zone.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, TimeZoneInfo zone, out DateTimeOffset instant)
    {
        if (text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            instant = StartOf(date, zone);
            return true;
        }
        return TryParse(text, out instant);
    }

    /// <summary>The first instant of a day in a zone, in UTC. Where the clocks skip midnight, the first instant after the gap. Of the days that are asked for again and again it is kept.</summary>
    public static DateTimeOffset StartOf(DateOnly date, TimeZoneInfo zone)
    {
        ref var kept = ref kepts[date.DayNumber & (kepts.Length - 1)];
        if (kept is not { } known || known.Date != date || known.Zone != zone)
        {
            kept = known = new KeptStart(date, zone, FindStart(date, zone));
        }
        return known.Start;
    }

    private static DateTimeOffset FindStart(DateOnly date, TimeZoneInfo zone)
    {
        var local = date.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        var ticks = local.Ticks - offset.Ticks;
        var start = new DateTimeOffset(Math.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), TimeSpan.Zero);
        return date.Year is 1 or 9999 || (start.DateIn(zone) == date && start.AddTicks(-1).DateIn(zone) < date) ? start : Search(date, zone, start);
    }

    /// <summary>The first instant of a day by bisection, for the days on which a zone moves its standard time, which .NET reports as neither invalid nor ambiguous.</summary>
    private static DateTimeOffset Search(DateOnly date, TimeZoneInfo zone, DateTimeOffset near)
    {
        var (before, from) = (near.AddHours(-26), near.AddHours(26));
        while (from.Ticks - before.Ticks > 1)
        {
            var middle = before.AddTicks((from.Ticks - before.Ticks) / 2);
            (before, from) = middle.DateIn(zone) < date ? (middle, from) : (before, middle);
        }
        return from;
    }

    /// <summary>The day of an instant in a zone.</summary>
    public static DateOnly DateIn(this DateTimeOffset instant, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>A day as RFC 3339 writes it (section 5.6, <c>full-date</c>), such as <c>2025-04-01</c>, whichever calendar the culture of the machine counts by.</summary>
    public static string ToFullDate(this DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The instant in UTC as RFC 3339 writes it, with fractions of a second only if there are any.</summary>
    public static string ToRfc3339(this DateTimeOffset instant)
    {
        Span<char> text = stackalloc char[LongestRfc3339];
        return Rfc3339(instant, text).ToString();
    }

    /// <summary>Whether a text is what <see cref="ToRfc3339"/> writes for an instant.</summary>
    internal static bool IsRfc3339(this DateTimeOffset instant, ReadOnlySpan<char> text)
    {
        Span<char> written = stackalloc char[LongestRfc3339];
        return text.SequenceEqual(Rfc3339(instant, written));
    }

    private static ReadOnlySpan<char> Rfc3339(DateTimeOffset instant, Span<char> text)
    {
        var time = instant.UtcDateTime;
        Write(text[..4], time.Year);
        Write(text[5..7], time.Month);
        Write(text[8..10], time.Day);
        Write(text[11..13], time.Hour);
        Write(text[14..16], time.Minute);
        Write(text[17..19], time.Second);
        (text[4], text[7], text[10], text[13], text[16]) = ('-', '-', 'T', ':', ':');
        var end = 19;
        if ((int)(time.Ticks % TimeSpan.TicksPerSecond) is not 0 and var fraction)
        {
            text[19] = '.';
            Write(text[20..27], fraction);
            end = text[..27].TrimEnd('0').Length;
        }
        text[end] = 'Z';
        return text[..(end + 1)];
    }

    private static void Write(Span<char> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            digits[i] = (char)('0' + digit);
        }
    }

    /// <summary>The ticks of what stands behind the seconds: <c>Z</c>, or a fraction of 1 to 7 digits and <c>Z</c>; -1 if it is anything else.</summary>
    private static int Fraction(ReadOnlySpan<char> rest)
    {
        if (rest is ['Z'])
        {
            return 0;
        }
        if (rest is not ['.', .. var digits, 'Z'] || digits.Length is 0 or > 7)
        {
            return -1;
        }
        var ticks = Number(digits);
        for (var i = digits.Length; i < 7 && ticks > 0; i++)
        {
            ticks *= 10;
        }
        return ticks;
    }

    /// <summary>The number that some digits write; -1 if they are not digits.</summary>
    private static int Number(ReadOnlySpan<char> digits)
    {
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return -1;
            }
            number = (number * 10) + digit - '0';
        }
        return number;
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt]([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,7})?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)\z")]
    private static partial Regex Rfc3339();

    private sealed record KeptStart(DateOnly Date, TimeZoneInfo Zone, DateTimeOffset Start);
}
