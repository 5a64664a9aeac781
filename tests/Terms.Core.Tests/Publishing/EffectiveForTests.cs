using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Tests.Publishing;

/// <summary>From when a version binds one recipient.</summary>
public sealed class EffectiveForTests
{
    private static readonly TimeZoneInfo HongKong = TimeZoneInfo.FindSystemTimeZoneById("Asia/Hong_Kong");
    private static readonly Recipient Known = new(Place.Parse("FR"), true, new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private static EffectiveFor Of(PublicationPlan plan, Recipient recipient, string? noticed, params NoticeFloor[] floors) =>
        EffectiveFor.Of(plan, [.. floors], ChangeClass.Substantive, recipient, plan.Announced, noticed is null ? null : Hire.Day(noticed), HongKong);

    [Fact]
    public void Without_floors_it_is_the_scheduled_day_from_its_start_in_the_zone()
    {
        var answer = Of(Hire.Plan("2025-06-02", "2025-07-01"), Known, null);

        Assert.Equal(new DateTimeOffset(2025, 6, 30, 16, 0, 0, TimeSpan.Zero), answer.Instant);
        Assert.Equal("The version takes effect on 2025-07-01.", answer.Because);
    }

    [Theory]
    [InlineData("2025-06-10", "2025-07-01", "The version takes effect on 2025-07-01.")]
    [InlineData("2025-06-15", "2025-07-01", "The version takes effect on 2025-07-01.")]
    [InlineData("2025-06-16", "2025-07-02", "Notice was received on 2025-06-16, and 15 days have to pass (an invented law); the version binds from 2025-07-02.")]
    [InlineData("2025-08-01", "2025-08-17", "Notice was received on 2025-08-01, and 15 days have to pass (an invented law); the version binds from 2025-08-17.")]
    public void It_is_the_later_of_the_scheduled_day_and_notice_plus_floor(string noticed, string day, string because)
    {
        var answer = Of(Hire.Plan("2025-06-02", "2025-07-01"), Known, noticed, Hire.Floor(15));

        Assert.Equal((Hire.Day(day), because), (answer.Day!.Value, answer.Because));
        Assert.Equal([EffectiveReasonKind.Scheduled, EffectiveReasonKind.Floor], answer.Reasons.Select(r => r.Kind));
    }

    [Fact]
    public void Without_the_notice_that_is_owed_it_does_not_bind_at_all()
    {
        var answer = Of(Hire.Plan("2025-06-02", "2025-07-01"), Known, null, Hire.Floor(15), Hire.Floor(7, starts: FloorStart.Publication));

        Assert.Null(answer.Instant);
        Assert.Null(answer.Day);
        Assert.Equal(Hire.Day("2025-07-01"), answer.NotBefore);
        Assert.Equal("Notice is owed (an invented law) and has not been received; the version does not bind before it is, and 15 days after.", answer.Because);
    }

    [Fact]
    public void A_floor_from_publication_needs_no_notice()
    {
        var answer = Of(Hire.Plan("2025-06-02", "2025-06-03"), Known, null, Hire.Floor(7, starts: FloorStart.Publication));

        Assert.Equal((Hire.Day("2025-06-10"), "Published on 2025-06-02, and 7 days have to pass (an invented law); the version binds from 2025-06-10."), (answer.Day!.Value, answer.Because));
    }

    [Fact]
    public void Who_becomes_a_customer_afterwards_is_bound_at_once_and_customers_from_their_own_day()
    {
        var plan = Hire.Plan("2025-06-02", "2025-06-03", "2025-09-01");
        var newcomer = Known with { CustomerSince = new DateTimeOffset(2025, 6, 2, 16, 0, 0, TimeSpan.Zero) };

        Assert.Equal((Hire.Day("2025-06-03"), "Whoever becomes a customer on or after 2025-06-03 concludes the contract on this version."), Said(Of(plan, newcomer, null, Hire.Floor(15))));
        Assert.Equal(Hire.Day("2025-09-01"), Of(plan, newcomer with { CustomerSince = newcomer.CustomerSince.Value.AddTicks(-1) }, "2025-06-03", Hire.Floor(15)).Day);
        Assert.Equal(Hire.Day("2025-09-01"), Of(plan, newcomer with { CustomerSince = null }, "2025-06-03", Hire.Floor(15)).Day);

        static (DateOnly, string) Said(EffectiveFor answer) => (answer.Day!.Value, answer.Because);
    }

    [Theory]
    [InlineData("FR", true, true)]
    [InlineData("FR", false, false)]
    [InlineData("US", true, false)]
    [InlineData(null, true, true)]
    [InlineData("FR", null, true)]
    [InlineData(null, null, true)]
    public void A_floor_covers_those_it_names_and_those_of_whom_it_is_not_known(string? place, bool? business, bool isCovered)
    {
        var answer = Of(Hire.Plan("2025-06-02", "2025-06-03"), new Recipient(place is null ? null : Place.Parse(place), business, null), "2025-06-02", Hire.Floor(15, FloorAudience.Business, places: "FR"));

        Assert.Equal(Hire.Day(isCovered ? "2025-06-18" : "2025-06-03"), answer.Day);
    }

    [Fact]
    public void A_floor_that_is_switched_off_or_of_graver_changes_does_not_count()
    {
        Assert.Equal(Hire.Day("2025-06-03"), Of(Hire.Plan("2025-06-02", "2025-06-03"), Known, null, Hire.Floor(15, enabled: false)).Day);
        Assert.Equal(Hire.Day("2025-06-03"), Of(Hire.Plan("2025-06-02", "2025-06-03"), Known, null, Hire.Floor(15) with { From = ChangeClass.NeedsAdaptation }).Day);
    }

    [Fact]
    public void The_shipped_floors_say_their_sources_and_their_days()
    {
        var floors = Repository.Content.Catalogue.NoticeFloors;

        Assert.Equal(
            ["eu-business-users: Regulation (EU) 2019/1150, article 3(2); 15 days from Notice, Business", "china-platform-rules: E-Commerce Law of the People's Republic of China, article 34; 7 days from Publication, Any"],
            floors.Select(f => $"{f.Id}: {f.Source}; {f.Days} days from {f.Starts}, {f.Who}"));
        Assert.Equal(27, floors[0].Places!.Count);
        Assert.All(floors, f => Assert.True(f.IsSecondary && f.IsEnabled));
    }
}
