using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Resolution;

/// <summary>Which version answers when.</summary>
public sealed class TimelineTests
{
    private static ContentFolder TwoVersions() => new ContentFolder().Over(Repository.Folder("tests/catalogues/good/two-versions"));

    [Theory]
    [InlineData("2024-11-30T15:59:59Z", null, null)]
    [InlineData("2024-11-30T16:00:00Z", null, "2025-01-01")]
    [InlineData("2024-12-31T15:59:59Z", null, "2025-01-01")]
    [InlineData("2024-12-31T16:00:00Z", "2025-01-01", null)]
    [InlineData("2025-05-31T15:59:59Z", "2025-01-01", null)]
    [InlineData("2025-05-31T16:00:00Z", "2025-01-01", "2025-07-01")]
    [InlineData("2025-06-30T15:59:59Z", "2025-01-01", "2025-07-01")]
    [InlineData("2025-06-30T16:00:00Z", "2025-07-01", null)]
    public void The_next_version_is_upcoming_from_its_announcement_until_it_takes_effect(string at, string? version, string? upcoming)
    {
        using var folder = TwoVersions();
        var answer = Lamps.Ask(folder.Load(), "NO", at);

        Assert.Equal((version, upcoming), (answer.Version?.Id.Value, answer.Upcoming?.Id.Value));
    }

    [Fact]
    public void A_version_ends_where_the_next_begins()
    {
        using var folder = TwoVersions();
        var corpus = folder.Load();
        var spans = Timeline.Of(corpus.Catalogue.Find("lamp-hire")!, corpus.Catalogue.Zone, DateTimeOffset.MaxValue);

        Assert.Equal([null, "2025-01-01", "2025-07-01"], spans.Select(s => s.Version?.Id.Value));
        Assert.Equal(["2024-12-31T16:00:00Z", "2025-06-30T16:00:00Z"], spans.Skip(1).Select(s => s.From!.Value.ToRfc3339()));
        Assert.Equal(spans.Skip(1).Select(s => s.From), spans.Take(2).Select(s => s.Until));
        Assert.Null(spans[^1].Until);
    }

    [Theory]
    [InlineData("2025-08-31T15:59:59Z", Outcome.Decided)]
    [InlineData("2025-08-31T16:00:00Z", Outcome.NoVersion)]
    [InlineData("2030-01-01T00:00:00Z", Outcome.NoVersion)]
    public void A_withdrawn_agreement_has_no_version_from_that_day(string at, Outcome outcome)
    {
        using var folder = new ContentFolder().Mend(Lamps.Agreement, "kind: contract", "kind: contract\nwithdrawn: 2025-09-01");
        var answer = Lamps.Ask(folder.Load(), "NO", at);

        Assert.Equal(outcome, answer.Outcome);
        Assert.Equal(outcome == Outcome.NoVersion ? "The agreement was withdrawn on 2025-09-01." : null, answer.Because);
    }

    [Fact]
    public void A_version_that_would_begin_after_the_withdrawal_never_takes_effect()
    {
        using var folder = TwoVersions().Mend(Lamps.Agreement, "kind: contract", "kind: contract\nwithdrawn: 2025-06-15");
        var corpus = folder.Load();

        Assert.Equal(Outcome.NoVersion, Lamps.Ask(corpus, "NO", "2025-08-01").Outcome);
        Assert.Null(Lamps.Ask(corpus, "NO", "2025-06-10").Upcoming);
    }

    [Fact]
    public void A_version_recorded_later_was_not_upcoming_before()
    {
        using var folder = TwoVersions().Mend("agreements/lamp-hire/2025-07-01/version.yaml", "recorded: 2025-02-01", "recorded: 2025-06-20");
        var corpus = folder.Load();

        Assert.Null(Lamps.Ask(corpus, "NO", "2025-06-10", "2025-06-19T23:59:59Z").Upcoming);
        Assert.Equal("2025-07-01", Lamps.Ask(corpus, "NO", "2025-06-10", "2025-06-20T00:00:00Z").Upcoming?.Id.Value);
        Assert.Equal("2025-01-01", Lamps.Ask(corpus, "NO", "2025-08-01", "2025-06-19T23:59:59Z").Version?.Id.Value);
    }

    [Fact]
    public void In_March_2025_the_new_membership_agreement_was_upcoming()
    {
        var answer = Shipped.Ask("free-membership", "FR", "buyer", "2025-03-01");

        Assert.Equal(("2024-07-12", "2025-04-01"), (answer.Version!.Id.Value, answer.Upcoming!.Id.Value));
        Assert.Equal("2025-03-31T16:00:00Z", answer.Span.Until!.Value.ToRfc3339());
    }
}
