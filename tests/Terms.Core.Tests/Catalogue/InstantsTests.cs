using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Terms.Catalogue;

namespace Terms.Tests.Catalogue;

public sealed class InstantsTests
{
    private static readonly Arbitrary<DateTimeOffset> AnyInstant =
        (from day in Gen.Choose(0, DateOnly.MaxValue.DayNumber)
         from second in Gen.Choose(0, 24 * 60 * 60 - 1)
         from fraction in Gen.Choose(0, (int)TimeSpan.TicksPerSecond - 1)
         from scale in Gen.Elements(1, 10, 10_000, (int)TimeSpan.TicksPerSecond)
         select new DateTimeOffset(day * TimeSpan.TicksPerDay + second * TimeSpan.TicksPerSecond + fraction / scale * scale, TimeSpan.Zero)).ToArbitrary();

    private static readonly Arbitrary<(TimeZoneInfo Zone, DateOnly Day)> AnyDay =
        (from zone in Gen.Elements(TimeZoneInfo.GetSystemTimeZones().ToArray())
         from day in Gen.Choose(DateOnly.FromDateTime(new DateTime(1900, 1, 1)).DayNumber, DateOnly.FromDateTime(new DateTime(2100, 1, 1)).DayNumber)
         select (zone, DateOnly.FromDayNumber(day))).ToArbitrary();

    [Fact]
    public void An_instant_that_was_written_is_read_again() => Prop.ForAll(AnyInstant, instant =>
        Instants.TryParse(instant.ToRfc3339(), out var read) && read == instant && read.Offset == TimeSpan.Zero).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_day_begins_within_itself_in_every_zone_unless_the_zone_left_it_out() => Prop.ForAll(AnyDay, d =>
    {
        var start = Instants.StartOf(d.Day, d.Zone);
        var (before, from) = (start.AddTicks(-1).DateIn(d.Zone), start.DateIn(d.Zone));
        var isLeftOut = before == d.Day.AddDays(-1) && from == d.Day.AddDays(1);
        return ((before < d.Day && from == d.Day) || isLeftOut).Label($"{d.Zone.Id} {d.Day:yyyy-MM-dd} begins at {start.ToRfc3339()}");
    }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Theory]
    [InlineData("Asia/Hong_Kong", "2025-04-01", "2025-03-31T16:00:00Z")]
    [InlineData("Africa/Cairo", "2024-04-26", "2024-04-25T22:00:00Z")] // the clocks skip midnight
    [InlineData("America/Havana", "2024-11-03", "2024-11-03T04:00:00Z")] // the clocks repeat midnight
    [InlineData("America/Rio_Branco", "2008-06-24", "2008-06-24T05:00:00Z")] // standard time moves at midnight
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")] // a day that never was
    [InlineData("Pacific/Kiritimati", "2025-01-01", "2024-12-31T10:00:00Z")]
    [InlineData("UTC", "0001-01-01", "0001-01-01T00:00:00Z")]
    public void The_first_instant_of_a_day(string zone, string day, string instant) =>
        Assert.Equal(instant, Instants.StartOf(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById(zone)).ToRfc3339());

    [Theory]
    [InlineData("2025-04-01T00:00:00+08:00", "2025-03-31T16:00:00Z")]
    [InlineData("2025-04-01t00:00:00.1234567z", "2025-04-01T00:00:00.1234567Z")]
    [InlineData("2025-04-01", "2025-03-31T16:00:00Z")]
    [InlineData("2025-04-01T00:00:00-00:00", "2025-04-01T00:00:00Z")]
    public void An_instant_is_read_as_RFC_3339_writes_it(string text, string instant)
    {
        Assert.True(Instants.TryParse(text, Repository.Content.Catalogue.Zone, out var read));
        Assert.Equal(instant, read.ToRfc3339());
    }

    [Theory]
    [InlineData("2025-04-01T00:00:00")]
    [InlineData("2025-04-01 00:00:00Z")]
    [InlineData("2025-4-1")]
    [InlineData("2025-02-29")]
    [InlineData("2025-02-29T00:00:00Z")]
    [InlineData("2025-04-01T24:00:00Z")]
    [InlineData("2025-04-01T00:00Z")]
    [InlineData("2025-04-01T00:00:00+15:00")]
    [InlineData("2025-04-01T00:00:00Z\n")]
    [InlineData("٢٠٢٥-04-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+08:00")]
    [InlineData("tomorrow")]
    [InlineData("")]
    public void Anything_else_is_refused(string text) => Assert.False(Instants.TryParse(text, Repository.Content.Catalogue.Zone, out _));
}
