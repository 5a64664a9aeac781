using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Publishing;

/// <summary>The floors that stand between a change of an agreement and its effect: those of the law, and those that the agreement sets itself.</summary>
public static class NoticeFloors
{
    /// <summary>The floors that are switched on for a change.</summary>
    /// <param name="catalogue">The floors of the law.</param>
    /// <param name="facts">The facts of the version that the change takes the place of; it says how it may be amended.</param>
    /// <param name="change">How grave the change is.</param>
    public static ImmutableArray<NoticeFloor> Of(AgreementCatalogue catalogue, ImmutableArray<Fact> facts, ChangeClass change) =>
        [.. catalogue.NoticeFloors.Concat(facts.Select(OfText).OfType<NoticeFloor>()).Where(f => f.IsEnabled && change >= f.From)];

    /// <summary>The earliest day on which a version may bind those who were customers before, if all of them are told on the day of its announcement.</summary>
    /// <param name="floors">The floors.</param>
    /// <param name="announced">That day.</param>
    public static DateOnly Earliest(ImmutableArray<NoticeFloor> floors, DateOnly announced) => floors.Select(f => After(f, announced)).DefaultIfEmpty(announced).Max();

    /// <summary>
    /// The first day on which a text may bind when a floor runs from a day: that day is not counted, and the text binds when the last day is over
    /// (Regulation (EEC, Euratom) 1182/71, article 3, which is taken for all floors). A floor of no days allows the day itself. A floor that ends behind the last day of the calendar allows that day.
    /// </summary>
    public static DateOnly After(NoticeFloor floor, DateOnly start) =>
        floor.Days == 0 ? start : DateOnly.FromDayNumber((int)Math.Min(start.DayNumber + (long)floor.Days + 1, DateOnly.MaxValue.DayNumber));

    /// <summary>A floor that the text sets: the days of a fact on its own amendment, or on notice of it. Counted from the least change that is told at all.</summary>
    private static NoticeFloor? OfText(Fact fact) => fact switch
    {
        { Origin.NotStated: not null } => null,
        AmendmentFact { Days: { } days } amendment => Floor(amendment, days, FloorStart.Notice, null),
        NoticeFact { Direction: "to-user", Event: "amendment", Days: { } days } notice =>
            Floor(notice, notice.DayType == "working" ? Calendar(days) : days, notice.Channels is ["site-posting"] ? FloorStart.Publication : FloorStart.Notice,
                notice.DayType == "working" ? "The text counts working days. Public holidays are not known here; two days of every seven are taken as free." : null),
        _ => null,
    };

    private static decimal Calendar(decimal working) => decimal.Ceiling(working) + (2 * decimal.Ceiling(working / 5));

    private static NoticeFloor Floor(Fact fact, decimal days, FloorStart starts, string? note) => new(
        fact.Id, string.Create(CultureInfo.InvariantCulture, $"{fact.Origin.Version.Path}, clause {string.Join(", ", fact.Clauses)}: “{fact.Origin.Quote}”"), false, null, FloorAudience.Any,
        ChangeClass.Clarification, starts, (int)decimal.Ceiling(Math.Clamp(days, 0, 100_000)), true, note);
}
