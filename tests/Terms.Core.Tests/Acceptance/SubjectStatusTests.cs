using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Tests.Acceptance;

public sealed class SubjectStatusTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_was_never_accepted_is_asked_for()
    {
        var asked = Assert.Single(Status([("2025-01-01", null)]).Required);

        Assert.Equal(AskedBecause.NeverAccepted, asked.Because);
        Assert.Equal("The subject has not accepted any version of lamp-rules.", asked.Explanation);
        Assert.Null(asked.Last);
    }

    [Theory]
    [InlineData(AcceptanceKind.Agree)]
    [InlineData(AcceptanceKind.Acknowledge)]
    public void What_was_accepted_stands(AcceptanceKind kind)
    {
        var status = Status([("2025-01-01", null)], c => [Acts.Agree(Day, kind: kind, versions: Of(c, "2025-01-01"))]);

        Assert.Empty(status.Required);
        Assert.Equal(kind, Assert.Single(status.Accepted).By.Record.Kind);
        Assert.Null(status.Accepted[0].Until);
    }

    [Theory]
    [InlineData("editorial", false)]
    [InlineData("clarification", false)]
    [InlineData("substantive", true)]
    [InlineData("needs-adaptation", true)]
    [InlineData(null, true)]
    public void The_classification_of_a_new_version_decides_whether_it_is_asked_for(string? classification, bool isAsked)
    {
        var status = Status([("2025-01-01", null), ("2025-07-01", classification)], c => [Acts.Agree(Day, versions: Of(c, "2025-01-01"))]);

        Assert.Equal(isAsked, status.Required.Length == 1);
        Assert.Equal(!isAsked, status.Accepted.Length == 1);
        Assert.True(!isAsked || (status.Required[0].Because, status.Required[0].Classification) == (AskedBecause.NewVersion, classification));
    }

    [Theory]
    [InlineData("editorial", "substantive", "clarification", "substantive")]
    [InlineData("needs-adaptation", "substantive", "editorial", "needs-adaptation")]
    [InlineData("needs-adaptation", null, "editorial", null)]
    public void Of_several_versions_between_the_gravest_counts(string? first, string? second, string? third, string? gravest)
    {
        var asked = Assert.Single(Status(
            [("2025-01-01", null), ("2025-03-01", first), ("2025-05-01", second), ("2025-07-01", third)], c => [Acts.Agree(Day, versions: Of(c, "2025-01-01"))]).Required);

        Assert.Equal(gravest, asked.Classification);
        Assert.Equal(gravest is null
            ? "The subject accepted version 2025-01-01; 2025-07-01 is in force, and nobody has classified the change."
            : $"The subject accepted version 2025-01-01; 2025-07-01 is in force, and the change {(gravest == "substantive" ? "is substantive" : "needs adaptation by the other side")}.", asked.Explanation);
    }

    [Fact]
    public void Versions_before_the_accepted_one_do_not_count() => Assert.Empty(Status(
        [("2025-01-01", null), ("2025-03-01", "needs-adaptation"), ("2025-07-01", "editorial")], c => [Acts.Agree(Day, versions: Of(c, "2025-03-01"))]).Required);

    [Fact]
    public void A_later_version_accepted_beforehand_counts() => Assert.Empty(Status(
        [("2025-01-01", null), ("2027-01-01", "substantive")], c => [Acts.Agree(Day, versions: Of(c, "2027-01-01"))]).Required);

    [Fact]
    public void Another_text_under_the_same_name_is_asked_for()
    {
        var asked = Assert.Single(Status([("2025-01-01", null)], _ => [Acts.Agree(Day, versions: Acts.Version("lamp-rules", "2025-01-01"))]).Required);

        Assert.Equal(AskedBecause.NewVersion, asked.Because);
        Assert.Contains("the text in force under that name is another", asked.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_the_catalogue_does_not_know_does_not_count() =>
        Assert.Equal(AskedBecause.NewVersion, Assert.Single(Status([("2025-01-01", "editorial")], _ => [Acts.Agree(Day, versions: Acts.Version("lamp-rules", "2019-01-01"))]).Required).Because);

    [Fact]
    public void Declining_or_withdrawing_makes_it_asked_for_again()
    {
        var declined = Status([("2025-01-01", null)], c => [Acts.Agree(Day, versions: Of(c, "2025-01-01")), Acts.Agree(Day.AddDays(1), kind: AcceptanceKind.Decline, versions: Of(c, "2025-01-01"))]);
        var withdrawn = Status([("2025-01-01", null)], c => Withdrawing(c, 0));

        Assert.Equal(AskedBecause.Declined, Assert.Single(declined.Required).Because);
        Assert.Equal(AskedBecause.Withdrawn, Assert.Single(withdrawn.Required).Because);
        Assert.Equal("The subject withdrew its acceptance of version 2025-01-01 at 2026-01-12T00:00:00Z.", withdrawn.Required[0].Explanation);
    }

    [Fact]
    public void Withdrawing_an_acceptance_that_was_given_again_since_changes_nothing()
    {
        var status = Status([("2025-01-01", null)], c =>
        {
            var first = Acts.Agree(Day, versions: Of(c, "2025-01-01"));
            return [first, Acts.Agree(Day.AddDays(1), versions: Of(c, "2025-01-01")), Acts.Withdraw(Acts.Id(first, 0), Day.AddDays(2), Of(c, "2025-01-01"))];
        });

        Assert.Equal(1, Assert.Single(status.Accepted).By.Id.Entry);
    }

    [Fact]
    public void Accepting_after_a_withdrawal_counts() =>
        Assert.Empty(Status([("2025-01-01", null)], c => [.. Withdrawing(c, 0), Acts.Agree(Day.AddDays(3), versions: Of(c, "2025-01-01"))]).Required);

    [Fact]
    public void An_acceptance_expires_to_the_tick()
    {
        (string, string?)[] versions = [("2025-01-01", null)];
        SubjectStatus At(DateTimeOffset at) => Status(versions, c => [Acts.Agree(Day, versions: Of(c, "2025-01-01"))], at, days: 30);

        Assert.Equal(Day.AddDays(30), Assert.Single(At(Day.AddDays(30).AddTicks(-1)).Accepted).Until);
        var expired = Assert.Single(At(Day.AddDays(30)).Required);
        Assert.Equal(AskedBecause.Expired, expired.Because);
        Assert.Equal("The acceptance of lamp-rules held for 30 days, until 2026-02-09T00:00:00Z.", expired.Explanation);
    }

    [Fact]
    public void What_was_imported_counts_from_when_it_was_agreed()
    {
        var status = Status([("2025-01-01", null)], c => [Acts.Import(Day.AddDays(-40), Day, Of(c, "2025-01-01"))], Day.AddDays(1), days: 30);
        Assert.Equal(AskedBecause.Expired, Assert.Single(status.Required).Because);

        var undated = Status([("2025-01-01", null)], c => [Acts.Import(null, Day, Of(c, "2025-01-01"))], Day.AddDays(1), days: 30);
        Assert.Contains("does not say when it was given", Assert.Single(undated.Required).Explanation, StringComparison.Ordinal);

        Assert.Empty(Status([("2025-01-01", null)], c => [Acts.Import(null, Day, Of(c, "2025-01-01"))]).Required);
    }

    [Fact]
    public void An_old_acceptance_imported_late_does_not_undo_a_newer_act()
    {
        var status = Status([("2025-01-01", null)], c => [Acts.Agree(Day, kind: AcceptanceKind.Decline, versions: Of(c, "2025-01-01")), Acts.Import(Day.AddDays(-100), Day.AddDays(1), Of(c, "2025-01-01"))]);

        Assert.Equal(AskedBecause.Declined, Assert.Single(status.Required).Because);
    }

    [Fact]
    public void Acts_recorded_after_the_moment_do_not_count() =>
        Assert.Equal(AskedBecause.NeverAccepted, Assert.Single(Status([("2025-01-01", null)], c => [Acts.Agree(Day, versions: Of(c, "2025-01-01"))], Day.AddDays(-1)).Required).Because);

    [Fact]
    public void Acts_on_other_agreements_do_not_count() =>
        Assert.Single(Status([("2025-01-01", null)], _ => [Acts.Agree(Day, versions: Acts.Version())]).Required);

    private static AcceptanceRecord[] Withdrawing(Agreement agreement, long entry)
    {
        var first = Acts.Agree(Day, versions: Of(agreement, "2025-01-01"));
        return [first, Acts.Withdraw(Acts.Id(first, entry), Day.AddDays(2), Of(agreement, "2025-01-01"))];
    }

    private static AcceptedVersion Of(Agreement agreement, string version) => Acts.Version("lamp-rules", version, agreement.Version(version)!.TextDigest.Value);

    /// <summary>The status of a subject with an invented agreement of these versions, each with the classification of its change.</summary>
    private static SubjectStatus Status((string Version, string? Classification)[] versions, Func<Agreement, AcceptanceRecord[]>? acts = null, DateTimeOffset? at = null, int? days = null)
    {
        using var folder = new ContentFolder().With(
            "agreements/lamp-rules/agreement.yaml", $"title: Lamp rules\nkind: contract\nsites: [easy-buy]\nroles: [buyer]\ncontrol: own\n{(days is null ? "" : $"accept-again-after-days: {days}\n")}");
        foreach (var (version, classification) in versions)
        {
            folder.With($"agreements/lamp-rules/{version}/terms.en.md", $"# Lamp rules\n\nTrim the wick as of {version}.\n").With(
                $"agreements/lamp-rules/{version}/version.yaml",
                $"announced:\neffective: {version}\nrecorded: 2025-01-01T00:00:00Z\nedition: official\nextent: excerpt\n{(classification is null ? "" : $"classification: {classification}\n")}");
        }
        var corpus = folder.Load();
        var agreement = corpus.Catalogue.Find("lamp-rules")!;
        var moment = at ?? Day.AddDays(10);
        var customer = new Customer(Place.Parse("FR"), Place.Parse("FR"), Role.Buyer, Site.EasyBuy, Service.None, Memberships.EasyBuy);
        Assert.True(agreement.HasOwnControl);
        return SubjectStatus.Of(Acts.Log(acts?.Invoke(agreement) ?? []), [new Resolver(corpus).Resolve(agreement, customer, moment, moment)], moment);
    }
}
