namespace Terms.Verifier.Records;

/// <summary>Instants in UTC as RFC 3339 writes them: <c>2026-05-03T10:00:00Z</c>, with up to seven digits of a second behind a point.</summary>
internal static class Instant
{
    /// <summary>Reads an instant as ticks of 100 ns since the year 1.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out long ticks)
    {
        ticks = 0;
        if (text.Length is < 20 or > 28 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[^1] != 'Z'
            || !TryNumber(text[..4], out var year) || !TryNumber(text[5..7], out var month) || !TryNumber(text[8..10], out var day)
            || !TryNumber(text[11..13], out var hour) || !TryNumber(text[14..16], out var minute) || !TryNumber(text[17..19], out var second)
            || year == 0 || month is 0 or > 12 || day == 0 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }
        ticks = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks;
        if (text.Length == 20)
        {
            return true;
        }
        if (text[19] != '.' || text.Length == 21 || !TryNumber(text[20..^1], out var fraction))
        {
            return false;
        }
        for (var digits = text.Length - 21; digits < 7; digits++)
        {
            fraction *= 10;
        }
        ticks += fraction;
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }
            number = (number * 10) + digit - '0';
        }
        return true;
    }
}
