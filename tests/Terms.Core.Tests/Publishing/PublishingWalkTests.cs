using System.Text;
using Terms.Catalogue;
using Terms.Import;
using Terms.Notices;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>The whole way, with the shipped texts of 2020: October over May.</summary>
public sealed class PublishingWalkTests
{
    private const string May = "agreements/alibaba-terms-of-use/2020-05-06";
    private const string October = "agreements/alibaba-terms-of-use/2020-10-17";
    private static readonly DateTimeOffset Now = new(2020, 9, 15, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_October_text_goes_from_an_import_to_a_version_that_binds_each_in_their_time()
    {
        var all = Repository.Content.Files;
        var files = all.Paths.Where(p => p.StartsWith(October, StringComparison.Ordinal)).Aggregate(all, (left, p) => left.Without(p));
        files = files.With("parties.yaml", files.Text("parties.yaml")!.Replace(", alibaba-terms-of-use/2020-10-17", "", StringComparison.Ordinal));
        var published = new Resolver(Corpus.Load(files));
        var may = published.Corpus.Catalogue.Find("alibaba-terms-of-use")!.Versions[^1];
        var zone = published.Corpus.Catalogue.Zone;

        var imported = DocumentImporter.Import("october.md", new MemoryStream(Encoding.UTF8.GetBytes(all.Text($"{October}/terms.en.md")!)));
        var draft = DraftStart.From("october", "Anna", imported, imported.Versions, may, files).Draft;
        Assert.NotEmpty(DraftReport.Of(draft, published, Now).Of(ObstacleKind.Fact));

        draft = draft.With(draft.Files.With("terms.en.md", all.Text($"{October}/terms.en.md")!).With("rules.yaml", all.Text($"{October}/rules.yaml")!)
            .With("facts.yaml", all.Text($"{October}/facts.yaml")!).With("version.yaml", DraftStart.WithoutKeys(all.Text($"{October}/version.yaml")!, DraftStart.Dates)));
        var report = DraftReport.Of(draft, published, Now);
        Assert.Empty(report.Of(ObstacleKind.Problem).Concat(report.Of(ObstacleKind.Finding)).Concat(report.Of(ObstacleKind.Base)));
        Assert.True(report.Changes.Count(c => c.Suggested >= ChangeClass.Substantive) > 10);

        var (anna, bo) = (new Editor("Anna", Hire.All), new Editor("Bo", Hire.All));
        draft = Settle(draft, report);
        report = DraftReport.Of(draft, published, Now);
        Assert.True(report.IsClear, string.Join('\n', report.Obstacles));
        Assert.Equal(ChangeClass.Substantive, report.Class);

        var events = new List<PublishingEvent> { new Drafted("october", "Anna", Now, draft.Agreement, draft.Base, draft.Digest) };
        Take(new Submitted("october", "Anna", Now, draft.Digest), anna, report);
        Assert.IsType<Refused>(Workflow.Decide(Publication.Of(events), new Approved("october", "Anna", Now, draft.Digest, "Mine."), anna, report.Obstacles, draft.Agreement, zone));
        Take(new Approved("october", "Bo", Now, draft.Digest, "Read it all."), bo, report);

        var early = Hire.Plan("2020-09-16", "2020-09-20");
        var refused = Workflow.Decide(Publication.Of(events), new Scheduled("october", "Bo", Now, draft.Digest, early), bo, DraftReport.Of(draft, published, Now, early).Obstacles, draft.Agreement, zone);
        Assert.Contains("fewer than 15 days after its announcement on 2020-09-16 (Regulation (EU) 2019/1150, article 3(2))", Assert.IsType<Refused>(refused).Because, StringComparison.Ordinal);

        var plan = Hire.Plan("2020-09-16", "2020-09-20", "2020-10-17");
        var clear = DraftReport.Of(draft, published, Now, plan);
        Take(new Scheduled("october", "Bo", Now, draft.Digest, plan), bo, clear);
        var catalogue = Corpus.Load(LaidDraft.Over(draft, published.Corpus, plan, Now, report.Class)).Catalogue;
        var version = catalogue.Find("alibaba-terms-of-use")!.Versions[^1];
        Take(new Published("october", "Bo", Now, draft.Digest, version.Path, version.TextDigest, report.Class), bo, clear);
        Assert.Equal(PublicationStage.Published, Publication.Of(events).Stage);
        Assert.Equal(Shipped.Version("alibaba-terms-of-use/2020-10-17").TextDigest, version.TextDigest);

        var told = NoticeState.Of([new NoticeQueued("n", Now), new NoticeAttempted("n", Now), new NoticeSent("n", Now, null), new NoticeDelivered("n", new DateTimeOffset(2020, 10, 10, 3, 0, 0, TimeSpan.Zero), null)]);
        var receipt = NoticeReceipt.Of(new Notice("n", "subject-1", version.Path, version.TextDigest, "email", "en", "New terms", [1]), told, [], zone);
        var french = EffectiveFor.Of(plan, clear.Floors, report.Class!.Value, new Recipient(Place.Parse("FR"), true, null), plan.Announced, receipt.Day, zone);
        Assert.Equal((Hire.Day("2020-10-26"), "Notice was received on 2020-10-10, and 15 days have to pass (Regulation (EU) 2019/1150, article 3(2)); the version binds from 2020-10-26."), (french.Day!.Value, french.Because));
        Assert.Equal(Hire.Day("2020-10-17"), EffectiveFor.Of(plan, clear.Floors, report.Class.Value, new Recipient(Place.Parse("US"), false, null), plan.Announced, null, zone).Day);
        Assert.Equal(AudienceKind.Everybody, Audience.Of(report.Changes, report.Comparison!).Kind);

        void Take(PublishingEvent step, Editor editor, DraftReport standing)
        {
            var decided = Workflow.Decide(Publication.Of(events), step, editor, standing.Obstacles, draft.Agreement, zone);
            Assert.True(decided == step, (decided as Refused)?.Because);
            events.Add(decided);
        }
    }

    private static Draft Settle(Draft draft, DraftReport report)
    {
        draft = report.Facts.Aggregate(draft, (d, f) => d.With(new FactConfirmation(f.Key, f.Wording, "Anna", Now, "Read again.")));
        draft = report.Changes.Where(c => c.NeedsPerson).Aggregate(draft, (d, c) =>
            d.With(new ClauseClassification(c.Key, c.Wording, c.Suggested > ChangeClass.Substantive ? ChangeClass.Substantive : c.Suggested, "Anna", Now, "Read both.")));
        return report.Obstacles.Where(o => o.Kind == ObstacleKind.Gap).Aggregate(draft, (d, o) => d.With(new AcceptedGap(o.Key, "Anna", Now, "So the text says.")));
    }
}
