using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;

namespace Terms.Facts;

/// <summary>The most that has to be paid, as far as the text and the fees paid tell.</summary>
/// <param name="Outcome"><c>determined</c> or <c>undetermined</c>.</param>
/// <param name="Amount">The cap, if determined.</param>
/// <param name="AtLeast">What the cap is at least, if only that is certain.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="Because">Why, in words.</param>
/// <param name="Clauses">The clauses that say so.</param>
public sealed record CapAnswer(string Outcome, decimal? Amount, decimal? AtLeast, string? Currency, string Because, ImmutableArray<string> Clauses)
{
    /// <summary>Computes the cap of a version.</summary>
    /// <param name="facts">All facts of the version.</param>
    /// <param name="feesPaid">The fees paid in the cap's period, if known; not negative.</param>
    /// <param name="currency">The currency of those fees.</param>
    public static CapAnswer Of(ImmutableArray<Fact> facts, decimal? feesPaid, string? currency)
    {
        var caps = facts.OfType<CapFact>().Where(c => c.Origin.NotStated is null).ToList();
        return caps switch
        {
            [] => new("undetermined", null, null, null, facts.OfType<CapFact>().FirstOrDefault()?.Origin.NotStated ?? "The text sets no cap on liability.", []),
            [{ Basis: "fixed" } cap] => new("determined", cap.Amount, cap.Amount, cap.Currency, $"The text fixes the amount{Period(cap)}, for {cap.Scope}.", cap.Clauses),
            [{ Basis: "fees-paid" } cap] when feesPaid is { } fees => new("determined", fees, fees, currency, $"The cap equals the fees collected{Period(cap)}; it is for {cap.Scope} only.", cap.Clauses),
            [{ Basis: "fees-paid" } cap] => new("undetermined", null, null, currency, "The cap equals the fees collected. Send feesPaid and currency.", cap.Clauses),
            [var cap] => new("undetermined", null, feesPaid, currency,
                "The cap is the greater of the fees paid" + Period(cap) + " and the most that the law permits. That second amount is not known here"
                + (feesPaid is null ? ", nor are the fees: send feesPaid and currency." : ", so only the fees are certain."), cap.Clauses),
            _ => new("undetermined", null, null, null, "The text sets several caps: see facts of kind cap.", [.. caps.SelectMany(c => c.Clauses).Distinct()]),
        };
    }

    private static string Period(CapFact cap) => cap.Period switch { "calendar-year" => " in the calendar year", "agreement" => " over the whole agreement", _ => "" };
}

/// <summary>When a notice counts as received.</summary>
/// <param name="Outcome"><c>determined</c>, <c>undetermined</c> or <c>not-permitted</c>.</param>
/// <param name="Instant">The instant, if the text fixes one.</param>
/// <param name="Date">The day in the catalogue's zone.</param>
/// <param name="Because">Why, in words.</param>
/// <param name="Clauses">The clauses that say so.</param>
public sealed record ReceiptAnswer(string Outcome, DateTimeOffset? Instant, DateOnly? Date, string Because, ImmutableArray<string> Clauses)
{
    /// <summary>Applies a version's rules on notices to a channel and a moment of sending (or posting).</summary>
    /// <param name="facts">All facts of the version.</param>
    /// <param name="direction">Who sends to whom.</param>
    /// <param name="channel">By what.</param>
    /// <param name="sentAt">When it was sent or posted.</param>
    /// <param name="zone">The zone in which days are counted.</param>
    public static ReceiptAnswer Of(ImmutableArray<Fact> facts, string direction, string channel, DateTimeOffset sentAt, TimeZoneInfo zone)
    {
        var rules = facts.OfType<NoticeFact>().Where(n => n.Direction == direction && n.Origin.NotStated is null && (n.Event == "general" || !n.Deemed.IsEmpty)).ToList();
        if (rules.Count == 0)
        {
            return new("undetermined", null, null, "The text has no general rule on notices in this direction.", []);
        }
        var answers = rules.SelectMany(rule => rule.Deemed.Where(d => d.Channels.Contains(channel)).Select(d => (rule, d))).ToList();
        if (answers.Count == 0)
        {
            var permitted = rules.SelectMany(r => r.Channels).Distinct().ToList();
            ImmutableArray<string> clauses = [.. rules.SelectMany(r => r.Clauses).Distinct()];
            return permitted.Contains(channel)
                ? new("undetermined", null, null, "The text permits the channel but does not say when such a notice counts as received.", clauses)
                : new("not-permitted", null, null, $"The text permits only {string.Join(", ", permitted)}.", clauses);
        }
        var distinct = answers.Select(a => (a.d.On, a.d.Days)).Distinct().ToList();
        ImmutableArray<string> cited = [.. answers.SelectMany(a => a.rule.Clauses).Distinct()];
        var day = sentAt.DateIn(zone);
        return distinct switch
        {
            { Count: > 1 } => new("undetermined", null, null, "The text gives several rules for this channel that differ.", cited),
            [("receipt", _)] => new("undetermined", null, null, "The notice takes effect when it is received; the moment of sending does not tell when that was.", cited),
            [(var on, 0)] => new("determined", sentAt, day, on == "posting" ? "A posted notice counts as received at once." : "The notice counts as received when it is sent, if the sending can be shown.", cited),
            [var (_, days)] when days > DateOnly.MaxValue.DayNumber - day.DayNumber => new("undetermined", null, null, "The day of receipt lies beyond the year 9999.", cited),
            [var (_, days)] => new("determined", null, day.AddDays(days), string.Create(CultureInfo.InvariantCulture, $"The notice counts as received {days} days after the day of sending, {day.ToFullDate()}."), cited),
            _ => throw new InvalidOperationException("A list of rules is empty, or has one item, or more."),
        };
    }
}

/// <summary>The last day of a time limit.</summary>
/// <param name="Outcome"><c>determined</c> or <c>undetermined</c>.</param>
/// <param name="LastDay">The last day, if determined.</param>
/// <param name="NotBefore">The day before which the limit certainly does not end, if only that is certain.</param>
/// <param name="Because">Why, in words.</param>
/// <param name="Clauses">The clauses that say so.</param>
/// <param name="Limits">Each limit of the clause by itself.</param>
public sealed record LimitAnswer(string Outcome, DateOnly? LastDay, DateOnly? NotBefore, string Because, ImmutableArray<string> Clauses, ImmutableArray<LimitAnswer.Limit> Limits)
{
    /// <summary>One time limit, computed.</summary>
    /// <param name="Fact">The fact's id.</param>
    /// <param name="Rendering">The rendering that states it.</param>
    /// <param name="What">What has to be done.</param>
    /// <param name="Starts">The event that starts it.</param>
    /// <param name="LastDay">Its last day, if determined.</param>
    /// <param name="NotBefore">The day before which it certainly does not end.</param>
    /// <param name="Because">Why, in words.</param>
    public sealed record Limit(string Fact, int Rendering, string? What, string? Starts, DateOnly? LastDay, DateOnly? NotBefore, string Because);

    /// <summary>
    /// Computes the limits of a clause. The day of the starting event is not counted: a period of seven days from 1 May ends on 8 May.
    /// A period of months or years ends on the day of the same number, or on the last day of a shorter month.
    /// </summary>
    /// <param name="facts">All facts of the version.</param>
    /// <param name="clause">The label of the clause.</param>
    /// <param name="start">The day of the starting event.</param>
    /// <param name="id">One fact of the clause, if it has several limits.</param>
    public static LimitAnswer Of(ImmutableArray<Fact> facts, string clause, DateOnly start, string? id)
    {
        var found = facts.OfType<TimeLimitFact>().Where(f => f.Clauses.Contains(clause) && (id is null || f.Id == id)).ToList();
        ImmutableArray<Limit> limits = [.. found.Select(f => Compute(f, start))];
        ImmutableArray<string> clauses = [.. found.SelectMany(f => f.Clauses).Distinct()];
        if (limits.IsEmpty)
        {
            return new("undetermined", null, null, $"Clause {clause} states no time limit.", [], []);
        }
        var days = limits.Select(l => (l.LastDay, l.NotBefore)).Distinct().ToList();
        if (days is [var (last, notBefore)])
        {
            return new(last is null ? "undetermined" : "determined", last, notBefore, limits[0].Because, clauses, limits);
        }
        var because = found.Any(f => !f.Origin.ConflictsWith.IsEmpty)
            ? "Two renderings of the text contradict each other; each limit is given with its rendering."
            : "The clause has several limits with different starts; each is given under limits. Send id to ask for one.";
        return new("undetermined", null, null, because, clauses, limits);
    }

    private static Limit Compute(TimeLimitFact fact, DateOnly start)
    {
        Limit Result(DateOnly? last, DateOnly? notBefore, string because) => new(fact.Id, fact.Origin.Rendering, fact.What, fact.Starts, last, notBefore, because);
        if (fact.Date is { } date)
        {
            return Result(date, date, "The text names the day.");
        }
        if (fact.Value is not { } value || value != decimal.Truncate(value) || value is < 0 or > 100_000)
        {
            return Result(null, null, fact.Open ?? fact.Origin.NotStated ?? "The text gives no figure.");
        }
        DateOnly end;
        try
        {
            end = fact.Unit switch
            {
                "months" => start.AddMonths((int)value),
                "years" => start.AddYears((int)value),
                "working-days" => AddWeekdays(start, (int)value),
                _ => start.AddDays((int)value),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return Result(null, null, "The last day lies beyond the year 9999.");
        }
        var unit = fact.Unit!.Replace('-', ' ');
        return fact switch
        {
            { Unit: "working-days" } => Result(null, end, $"{value:0} working days; public holidays are not known here, so the limit ends on this day or later."),
            { IsOrLonger: true } => Result(null, end, $"{value:0} {unit}, or a longer period where the law gives one; which law that is, is not known here."),
            { IsAtLeast: true } => Result(null, end, $"At least {value:0} {unit}; the text allows longer."),
            _ => Result(end, end, $"{value:0} {unit} after {fact.Starts ?? "the starting event"}; the day of that event is not counted."),
        };
    }

    private static DateOnly AddWeekdays(DateOnly day, int count)
    {
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0 : 1;
        }
        return day;
    }
}
