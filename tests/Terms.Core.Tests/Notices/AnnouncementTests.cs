using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Publishing;
using Terms.Resolution;
using Terms.Tests.Publishing;

namespace Terms.Tests.Notices;

/// <summary>What there is to tell of versions that are in the catalogue, and when attempts are spread.</summary>
public sealed class AnnouncementTests
{
    private static readonly ImmutableSortedDictionary<string, ClauseClassification> Nothing = ImmutableSortedDictionary<string, ClauseClassification>.Empty;

    private static Announcement Of(string path) => Announcement.Of(Repository.Resolver, Shipped.Version(path), Nothing, Shipped.Later);

    [Fact]
    public void A_version_that_was_published_as_files_is_told_of_with_the_class_that_it_bears_as_a_whole()
    {
        var news = Of("free-membership/2025-04-01");

        Assert.NotNull(news.Before);
        Assert.Equal(ChangeClasses.Of(news.Version.Details.Classification), news.Class);
        Assert.NotEmpty(news.Changes);
        Assert.All(news.Changes.Where(c => c.NeedsPerson), c => Assert.Null(c.Class));
        Assert.NotEqual(AudienceKind.Nobody, news.Audience.Kind);
    }

    [Fact]
    public void A_first_version_is_for_everybody_whom_the_agreement_is_for()
    {
        var first = Repository.Content.Catalogue.Find("vip-membership")!.Versions.First(v => v.Id.Effective is not null);
        var news = Of(first.Path);
        var (buyer, stranger) = (Shipped.Customer("FR", "buyer"), Shipped.Customer("FR", "visitor"));

        Assert.Equal(new Audience(AudienceKind.Everybody, "It is the first version of the agreement."), news.Audience);
        Assert.Equal(Applicability.IsFor(first.Agreement, buyer), news.Tells(Repository.Resolver, buyer, Shipped.Later).IsTold);
        Assert.Equal(Applicability.IsFor(first.Agreement, stranger), news.Tells(Repository.Resolver, stranger, Shipped.Later).IsTold);
    }

    [Fact]
    public void An_undated_version_cannot_be_told_of()
    {
        var undated = Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).First(v => v.Id.Effective is null);

        Assert.StartsWith($"{undated.Path} has no date, so that nobody can be told from when it binds.", Assert.Throws<ArgumentException>(() => Of(undated.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_is_announced_no_later_than_it_takes_effect_whenever_the_catalogue_learnt_of_it() =>
        Assert.All(Repository.Content.Catalogue.Agreements.SelectMany(a => a.Versions).Where(v => v.Id.Effective is not null), v => Assert.True(Of(v.Path).Plan.Announced <= v.Id.Effective));

    [Fact]
    public void What_nobody_has_classified_counts_as_more_than_editorial()
    {
        var draft = Hire.Draft().Mend("The page on lamp care is", "The page on lamp care is not");
        var report = draft.Report();

        Assert.Equal(new Audience(AudienceKind.Everybody, "The change is not classified and is not limited to some customers."), Audience.Of(null, report.Changes, report.Comparison!));
        Assert.Equal(AudienceKind.Nobody, Audience.Of(ChangeClass.Editorial, report.Changes, report.Comparison!).Kind);
    }

    [Fact]
    public void A_change_that_is_in_no_clause_is_named_by_its_key()
    {
        var report = Hire.Draft().Mend("# Lamp Hire Agreement", "# Lamp Lease Agreement").Mend("borrowers from the Isles with Lantern Isles Ltd.", "borrowers from the Isles with Lantern North Ltd.")
            .Mend("    parties: [lantern-isles]\n    clauses: [\"1.1\"]", "    parties: [lantern-north]\n    clauses: [\"1.1\"]", "rules.yaml").Settled().Report();

        Assert.Equal(new Audience(AudienceKind.Everybody, "The change of en.1 title is for everybody."), Audience.Of(report.Changes, report.Comparison!));
    }

    [Fact]
    public void A_draft_is_told_of_in_the_words_in_which_its_version_will_be()
    {
        var plan = Hire.Plan("2025-06-02", "2025-07-01", "2025-08-01");
        var draft = Hire.Draft().Mend("borrowers from the Isles with Lantern Isles Ltd.", "borrowers from the Isles with Lantern North Ltd.")
            .Mend("    parties: [lantern-isles]\n    clauses: [\"1.1\"]", "    parties: [lantern-north]\n    clauses: [\"1.1\"]", "rules.yaml").Settled();
        var report = draft.Report(plan);
        var published = new Resolver(Corpus.Load(LaidDraft.Over(draft, Hire.Published.Corpus, plan, Hire.Now, report.Class)));

        var (before, after) = (Announcement.Of(report, plan)!, Announcement.Of(published, published.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-07-01")!, draft.Classifications, Hire.Now));

        Assert.Equal((after.Class, after.Audience, after.Touched, after.Version.TextDigest), (before.Class, before.Audience, before.Touched, before.Version.TextDigest));
        Assert.Equal(after.Changes.Select(c => (c.Key, c.Class)), before.Changes.Select(c => (c.Key, c.Class)));
        Assert.Equal(after.Tells(published, after.Touched!.Value, Hire.Now).Changes.Select(i => (i.About, i.Before, i.After)), report.Example.Select(i => (i.About, i.Before, i.After)));
        Assert.NotEmpty(report.Example);
        Assert.Null(Announcement.Of(report, Hire.Plan("2025-06-02", "2025-07-02")));
        Assert.Null(Announcement.Of(draft.With(draft.Files.With("rules.yaml", "parties: 7\n")).Report(plan), plan));
    }

    [Fact]
    public void Attempts_are_spread_over_a_fifth_of_their_time_and_never_come_early()
    {
        var random = new Random(17);
        for (var n = 0; n < 1000; n++)
        {
            var waits = Enumerable.Range(0, random.Next(1, 8)).Select(_ => TimeSpan.FromSeconds(random.Next(1, 100_000))).Order().ToImmutableArray();
            var policy = new RetryPolicy(waits, TimeSpan.FromSeconds(random.Next(0, 1000)));
            var attempts = random.Next(1, waits.Length + 2);
            var spread = random.NextDouble();

            if (attempts > waits.Length)
            {
                Assert.Null(policy.Wait(attempts, spread));
                continue;
            }
            Assert.InRange(policy.Wait(attempts, spread)!.Value, waits[attempts - 1], waits[attempts - 1] * 1.2);
            var state = new NoticeState(NoticeStage.Failed, attempts, Hire.Now, null, null, "later", false);
            Assert.Equal(Hire.Now + policy.Wait(attempts, spread), policy.Next(state, false, spread));
        }
    }
}
