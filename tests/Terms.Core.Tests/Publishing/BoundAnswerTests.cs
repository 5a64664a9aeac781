using Terms.Catalogue;
using Terms.Export;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>Which version binds one subject, and from when.</summary>
public sealed class BoundAnswerTests
{
    private const string FifteenDays = "- { id: a-law, source: an invented law, who: any, from: clarification, starts: notice, days: 15 }\n";
    private static readonly Editor Cai = new("Cai", [new(EditorRole.Publisher)]);
    private static readonly DateTimeOffset July = new(2025, 7, 5, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Without_floor_and_cohort_the_version_of_the_calendar_binds()
    {
        var bound = Of(Published(), July, new(_ => Hire.Now, _ => null, _ => null));

        Assert.Equal(("2025-07-01", false), (bound.Answer.Version!.Id.Value, bound.IsHeld));
        Assert.Equal("The version takes effect on 2025-07-01.", bound.Effect!.Because);
    }

    [Fact]
    public void While_a_notice_is_owed_the_version_before_goes_on_binding_and_the_next_says_why()
    {
        var bound = Of(Published(FifteenDays), July, new(_ => Hire.Now, _ => null, _ => null));

        Assert.Equal(("2025-01-01", "2025-07-01", true), (bound.Answer.Version!.Id.Value, bound.Upcoming!.Id.Value, bound.IsHeld));
        Assert.Null(bound.UpcomingEffect!.Instant);
        Assert.Equal("Notice is owed (an invented law) and has not been received; the version does not bind before it is, and 15 days after.", bound.UpcomingEffect.Because);
    }

    [Theory]
    [InlineData("2025-07-25", "2025-01-01")]
    [InlineData("2025-07-26", "2025-07-01")]
    public void After_the_notice_and_the_days_of_the_floor_it_binds(string day, string version)
    {
        var at = Instants.StartOf(Hire.Day(day), Hire.Published.Corpus.Catalogue.Zone);
        var bound = Of(Published(FifteenDays), at, new(_ => Hire.Now, v => v.Id.Value == "2025-07-01" ? Hire.Day("2025-07-10") : null, _ => null));

        Assert.Equal(version, bound.Answer.Version!.Id.Value);
        Assert.Equal(Instants.StartOf(Hire.Day("2025-07-26"), Hire.Published.Corpus.Catalogue.Zone), (bound.IsHeld ? bound.UpcomingEffect : bound.Effect)!.Instant);
    }

    [Fact]
    public void Before_its_day_the_announced_version_says_from_when_it_will_bind()
    {
        var bound = Of(Published(FifteenDays), Hire.Now.AddDays(1), new(_ => Hire.Now, _ => Hire.Day("2025-06-02"), _ => null));

        Assert.Equal(("2025-01-01", "2025-07-01", false), (bound.Answer.Version!.Id.Value, bound.Upcoming!.Id.Value, bound.IsHeld));
        Assert.Equal(Instants.StartOf(Hire.Day("2025-07-01"), Hire.Published.Corpus.Catalogue.Zone), bound.UpcomingEffect!.Instant);
    }

    [Fact]
    public void Customers_from_before_are_bound_from_their_own_day_and_new_ones_at_once()
    {
        var published = Published(plan: Hire.Plan("2025-06-01", "2025-07-01", "2025-10-01"));
        var nothing = new SubjectKnowledge(_ => Hire.Now, _ => null, _ => null);

        Assert.Equal("2025-01-01", Of(published, July, nothing).Answer.Version!.Id.Value);
        Assert.Equal("The version binds those who were customers before it took effect from 2025-10-01.", Of(published, July, nothing).UpcomingEffect!.Because);
        Assert.Equal("2025-01-01", Of(published, July, nothing, Hire.Day("2025-06-30")).Answer.Version!.Id.Value);
        Assert.Equal("2025-07-01", Of(published, July, nothing, Hire.Day("2025-07-01")).Answer.Version!.Id.Value);
        Assert.Equal("2025-07-01", Of(published, July.AddMonths(3), nothing).Answer.Version!.Id.Value);
        Assert.Contains("  Cohorts   binds those who were customers before 2025-07-01 from 2025-10-01", AnswerSentences.Lines(published.Resolve(Hire.Buyer, July, July)));
    }

    [Fact]
    public void Whoever_accepted_the_version_is_bound_without_waiting()
    {
        var accepted = Of(Published(FifteenDays), July, new(_ => Hire.Now, _ => null, v => v.Id.Value == "2025-07-01" ? July.AddHours(-1) : null));

        Assert.Equal(("2025-07-01", July.AddHours(-1)), (accepted.Answer.Version!.Id.Value, accepted.Effect!.Instant!.Value));
        Assert.Equal("The version was accepted at 2025-07-04T23:00:00Z, and binds from then on, though not before 2025-07-01.", accepted.Effect.Because);
        Assert.Equal(EffectiveReasonKind.Accepted, accepted.Effect.Reasons[^1].Kind);
    }

    [Fact]
    public void An_acceptance_before_its_day_binds_from_the_day()
    {
        var early = Of(Published(FifteenDays), July, new(_ => Hire.Now, _ => null, v => v.Id.Value == "2025-07-01" ? Hire.Now : null));

        Assert.Equal(Instants.StartOf(Hire.Day("2025-07-01"), Hire.Published.Corpus.Catalogue.Zone), early.Effect!.Instant);
    }

    [Fact]
    public void Floors_do_not_count_for_what_was_in_force_when_the_store_first_saw_it_or_was_never_seen()
    {
        var published = Published(FifteenDays);

        Assert.Equal("2025-07-01", Of(published, July, new(_ => July, _ => null, _ => null)).Answer.Version!.Id.Value);
        Assert.Equal("2025-07-01", Of(published, July, new(_ => null, _ => null, _ => null)).Answer.Version!.Id.Value);
    }

    [Fact]
    public void An_agreement_without_a_version_in_force_and_an_undated_one_have_no_day()
    {
        var nothing = new SubjectKnowledge(_ => null, _ => null, _ => null);

        Assert.Null(Of(Published(), new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), nothing).Effect);
        var care = BoundAnswer.Of(Hire.Published, Hire.Published.Corpus.Catalogue.Find("lamp-care")!, Hire.Buyer, nothing, July, July);
        Assert.Equal(("undated", null), (care.Answer.Version!.Id.Value, care.Effect));
    }

    [Fact]
    public void A_floor_that_is_switched_off_in_its_file_holds_nothing_back()
    {
        var bound = Of(Published(FifteenDays.Replace("days: 15", "days: 15, enabled: false", StringComparison.Ordinal)), July, new(_ => Hire.Now, _ => null, _ => null));

        Assert.Equal(("2025-07-01", "The version takes effect on 2025-07-01."), (bound.Answer.Version!.Id.Value, bound.Effect!.Because));
    }

    [Theory]
    [InlineData("NO", false)]
    [InlineData("DK", true)]
    public void A_floor_counts_where_the_subject_lives(string residence, bool binds)
    {
        var floor = FifteenDays.Replace("who: any", "places: [\"NO\"], who: any", StringComparison.Ordinal);
        var published = Published(floor);
        var customer = Hire.Buyer with { Residence = Place.Parse(residence) };

        var bound = BoundAnswer.Of(published, published.Corpus.Catalogue.Find("lamp-hire")!, customer, new(_ => Hire.Now, _ => null, _ => null), July, July);

        Assert.Equal(binds, !bound.IsHeld);
    }

    private static BoundAnswer Of(Resolver published, DateTimeOffset at, SubjectKnowledge subject, DateOnly? registered = null) =>
        BoundAnswer.Of(published, published.Corpus.Catalogue.Find("lamp-hire")!, Hire.Buyer with { Registered = registered }, subject, at, at);

    private static Resolver Published(string floors = "", PublicationPlan? plan = null)
    {
        var days = plan ?? Hire.Plan("2025-06-01", "2025-07-01");
        var before = floors.Length == 0 ? Hire.Published : Hire.With(f => f.With("notice-floors.yaml", floors));
        var (draft, state) = Hire.Scheduled(days, published: before);
        var next = NextCatalogue.Publish(draft, state, before, Cai, Hire.Now);
        return next.Resolver ?? throw new InvalidOperationException(((Refused)next.Step).Because);
    }
}
