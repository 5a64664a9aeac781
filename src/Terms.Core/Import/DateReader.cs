using System.Globalization;
using System.Text.RegularExpressions;

namespace Terms.Import;

/// <summary>The days of announcement and of effect that a line gives.</summary>
/// <param name="Announced">When it was published or updated.</param>
/// <param name="Effective">From when it binds.</param>
/// <param name="Bare">A day of which no word says what it is.</param>
/// <param name="Doubtful">A day that can be read in two ways.</param>
internal sealed record DatesFound(DateOnly? Announced, DateOnly? Effective, DateOnly? Bare, string? Doubtful)
{
    public bool IsAny => Announced is not null || Effective is not null || Bare is not null || Doubtful is not null;
}

/// <summary>Reads days in words and figures, and the words that say what they are.</summary>
internal static partial class DateReader
{
    private static readonly Dictionary<string, int> Months = MonthNames();

    [GeneratedRegex(@"(?<![\d.])(?:(?<y>\d{4})\s*[年년]\s*(?<m>\d{1,2})\s*[月월]\s*(?<d>\d{1,2})\s*[日일]|(?<y>\d{4})[-/.](?<m>\d{1,2})[-/.](?<d>\d{1,2})(?!\d)|(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.\s?(?<y>\d{4})(?!\d)|(?<a>\d{1,2})[/-](?<b>\d{1,2})[/-](?<y>\d{4})(?!\d)|(?<d>\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?(?:\s+day)?[\s-]*(?:of\s+|de\s+)?(?<n>\p{L}{3,12})\.?,?[\s-]*(?:de\s+|del\s+)?(?<y>\d{4})(?!\d))|(?<n>\p{L}{3,12})\.?\s*(?<d>\d{1,2})(?:st|nd|rd|th)?\s*[,，]?\s*(?<y>\d{4})(?!\d)|(?<![\d.])(?<y>\d{4})\.?,?\s+(?<n>\p{L}{3,12})\.?\s+(?<d>\d{1,2})(?!\d)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Day();

    [GeneratedRegex(@"effective|entered into (?:as of|on|this)|\bmade (?:as of|and entered)|in effect|takes? effect|into effect|in force|into force|appl(?:y|ies) from|valid (?:from|as of)|commenc|вступ|действует с|действительн|gültig|gilt ab|ab dem|in kraft|wirksam|en vigueur|prend effet|applicables? (?:à|a)|à compter du|en vigor|vigente|vigencia|a partir del?|in vigore|em vigor|van kracht|geldig|obowiązuj|wchodz|gäller|gælder|gjelder|yürürlü|účinn|platn|hatály|în vigoare|voimaan|чинн|набира|生效|施行|起执行|시행|적용일|효력", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EffectiveCue();

    [GeneratedRegex(@"updated?|posted|published|publication|revis(?:ed|ion)|modified|amended|issued?|dated?\b|announced|released?|last change|changed|обновл|опубликован|редакци|изменен|stand\b|aktualisiert|veröffentlicht|mise? à jour|publi[ée]|actualiz|modificad|aggiornat|atualizad|bijgewerkt|aktualizac|zaktualizow|uppdatera|opdater|oppdater|güncelle|aktualiz|frissít|actualizat|päivitet|оновл|更新|发布|發布|公布|修订|修訂|개정|공고|업데이트|게시|\bby\b|\bversion (?:of|dated|date)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AnnouncedCue();

    /// <summary>The days that a text gives, each with the word that stands nearest before it, or close behind it.</summary>
    /// <param name="plain">The words.</param>
    /// <param name="nearest">How far before the day its word may stand.</param>
    public static DatesFound Read(string plain, int nearest = 60)
    {
        DateOnly? announced = null;
        DateOnly? effective = null;
        DateOnly? bare = null;
        string? doubtful = null;
        var from = 0;
        foreach (Match match in Day().Matches(plain))
        {
            if (Value(match) is not { } day)
            {
                if (match.Groups["a"].Success)
                {
                    doubtful ??= match.Value;
                }
                continue;
            }
            var start = Math.Max(from, match.Index - nearest);
            var before = plain[start..match.Index];
            var end = match.Index + match.Length;
            var after = plain[end..Math.Min(plain.Length, end + 24)];
            var (isEffective, isAnnounced) = (Last(EffectiveCue(), before), Last(AnnouncedCue(), before));
            // "Effective date: …" has both words, and the stronger one counts.
            if (isEffective >= 0 && (isEffective > isAnnounced || plain.AsSpan(start + isEffective, match.Index - start - isEffective).Contains("date", StringComparison.OrdinalIgnoreCase)))
            {
                effective ??= day;
            }
            else if (isAnnounced >= 0)
            {
                announced ??= day;
            }
            else if (EffectiveCue().Match(after) is { Success: true })
            {
                effective ??= day;
            }
            else if (AnnouncedCue().Match(after) is { Success: true })
            {
                announced ??= day;
            }
            else
            {
                bare ??= day;
            }
            from = end;
        }
        return new DatesFound(announced, effective, bare, doubtful);
    }

    /// <summary>Where the word stands that gives a day of effect or announcement, with the day close behind it; -1 if there is none.</summary>
    public static int CueBeforeDay(string plain, out int end)
    {
        foreach (Match match in Day().Matches(plain))
        {
            var start = Math.Max(0, match.Index - 30);
            var before = plain[start..match.Index];
            var cue = First(EffectiveCue(), before) is >= 0 and var e ? e : First(AnnouncedCue(), before);
            if (Value(match) is not null && cue >= 0)
            {
                end = match.Index + match.Length;
                return start + cue;
            }
        }
        end = -1;
        return -1;
    }

    /// <summary>Whether the words are hardly more than a day and what it is.</summary>
    public static bool IsDateLine(string plain) => plain.Length <= 160 && Read(plain) is { IsAny: true };

    private static int Last(Regex cue, string text)
    {
        var last = -1;
        foreach (var match in cue.EnumerateMatches(text))
        {
            last = match.Index;
        }
        return last;
    }

    private static int First(Regex cue, string text)
    {
        foreach (var match in cue.EnumerateMatches(text))
        {
            return match.Index;
        }
        return -1;
    }

    private static DateOnly? Value(Match match)
    {
        int Of(string group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);
        var year = Of("y");
        if (match.Groups["a"].Success)
        {
            var (a, b) = (Of("a"), Of("b"));
            return a == b || a > 12 ? Day(year, b, a) : b > 12 ? Day(year, a, b) : null;
        }
        var month = match.Groups["n"].Success ? Months.GetValueOrDefault(match.Groups["n"].Value.ToLowerInvariant()) : Of("m");
        // 07.16.2026 can only be the month first.
        return month > 12 && Of("d") <= 12 ? Day(year, Of("d"), month) : Day(year, month, Of("d"));

        static DateOnly? Day(int year, int month, int day) =>
            year is >= 1900 and <= 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static Dictionary<string, int> MonthNames()
    {
        string[] languages =
        [
            "january february march april may june july august september october november december",
            "jan feb mar apr may jun jul aug sep oct nov dec", "- - - - - - - - sept - - -",
            "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
            "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
            "januar februar märz april mai juni juli august september oktober november dezember",
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
            "januari februari maart april mei juni juli augustus september oktober november december",
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "januari februari mars april maj juni juli augusti september oktober november december",
            "januar februar marts april maj juni juli august september oktober november december",
            "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
            "ledna února března dubna května června července srpna září října listopadu prosince",
            "január február március április május június július augusztus szeptember október november december",
            "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
            "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta",
            "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
        ];
        var months = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var language in languages)
        {
            var names = language.Split(' ');
            for (var i = 0; i < 12; i++)
            {
                months[names[i]] = i + 1;
            }
        }
        months.Remove("-");
        return months;
    }
}
