using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>A draft and a version that was published after it was made.</summary>
public sealed class NewerVersionTests
{
    private static readonly PublicationPlan Plan = Hire.Plan("2025-06-01", "2025-07-01");

    /// <summary>The catalogue after somebody has published a version with other words in clause 2.1.</summary>
    private static readonly Resolver Newer = Published(Hire.Draft("Eva").Mend("at most 40 krone for any one lamp", "at most 40 krone for any one lantern"));

    private static Resolver Published(Draft draft) => new(Corpus.Load(LaidDraft.Over(draft, Hire.Published.Corpus, Plan, Hire.Now, ChangeClass.Substantive)));

    private static Publication State(Draft draft) => Publication.Of(Hire.Events(draft, Plan).Take(1));

    private static NewerVersion Merge(Draft draft) => NewerVersion.Of(draft, State(draft), Newer.Corpus)!;

    [Fact]
    public void What_only_one_of_them_changed_is_taken_and_the_draft_goes_on_from_the_newer_version()
    {
        var draft = Hire.Draft().Mend("within three days.", "within three days, unless nobody noticed.");
        Assert.Equal(["lamp-hire/2025-07-01 has been published since the draft was made from 2025-01-01. Merge the draft with it."], draft.Report(published: Newer).Of(ObstacleKind.Base));

        var newer = Merge(draft);
        var merged = newer.On(draft);

        Assert.Empty(newer.Merge.Conflicts);
        Assert.Equal((new VersionId("2025-07-01"), draft.Revision + 1), (merged.Base, merged.Revision));
        Assert.Contains("for any one lantern", merged.Files.Text(Hire.Terms), StringComparison.Ordinal);
        Assert.Contains("unless nobody noticed", merged.Files.Text(Hire.Terms), StringComparison.Ordinal);
        var report = merged.Report(published: Newer);
        Assert.Empty(report.Of(ObstacleKind.Base));
        Assert.Equal(["2.2"], report.Changes.Where(c => c.NeedsPerson).Select(c => c.To)); // What the newer version says is no change of the draft any more.
    }

    [Fact]
    public void What_was_said_of_words_that_have_stayed_counts_further()
    {
        var draft = Hire.Draft().Mend("within three days.", "within three days, unless nobody noticed.").Settled();

        var report = Merge(draft).On(draft).Report(published: Newer);

        Assert.All(report.Changes.Where(c => c.NeedsPerson), c => Assert.NotNull(c.Confirmed));
        Assert.All(report.Facts, f => Assert.NotNull(f.Confirmed));
    }

    [Fact]
    public void Between_two_changes_of_the_same_words_a_person_chooses()
    {
        var draft = Hire.Draft().Mend("at most 40 krone for any one lamp", "at most 40 krone for any one candle");

        var newer = Merge(draft);

        Assert.Equal(("2.1", true, true), Assert.Single(newer.Merge.Conflicts) is var c ? (c.Clause, c.Mine!.Contains("candle", StringComparison.Ordinal), c.Theirs!.Contains("lantern", StringComparison.Ordinal)) : default);
        Assert.Throws<InvalidOperationException>(() => newer.On(draft));
        Assert.Contains("candle", newer.On(draft, c => c.Mine!).Files.Text(Hire.Terms), StringComparison.Ordinal);
        Assert.DoesNotContain("candle", newer.On(draft, c => c.Theirs!).Files.Text(Hire.Terms), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_of_a_version_that_was_taken_back_is_merged_with_the_one_in_force()
    {
        var version = Newer.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-07-01")!;
        var draft = DraftStart.From("draft-2", "Anna", version, Newer.Corpus.Files).Draft.Mend("within three days.", "within three days, unless nobody noticed.");
        var file = "agreements/lamp-hire/2025-07-01/version.yaml";
        var back = new Resolver(Corpus.Load(Newer.Corpus.Files.With(file, new Withdrawal(Hire.Now, "Cai", "A mistake.").On(Newer.Corpus.Files.Text(file)!))));

        var merged = NewerVersion.Of(draft, State(draft), back.Corpus)!.On(draft);

        Assert.Equal(new VersionId("2025-01-01"), merged.Base);
        Assert.Contains("for any one lamp.", merged.Files.Text(Hire.Terms), StringComparison.Ordinal);
        Assert.Contains("unless nobody noticed", merged.Files.Text(Hire.Terms), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_of_the_last_version_and_one_of_a_new_agreement_have_nothing_to_merge()
    {
        var draft = Hire.Draft();

        Assert.Null(NewerVersion.Of(draft, State(draft), Hire.Published.Corpus));
        Assert.Null(NewerVersion.Than(Hire.Agreement, null, Newer.Corpus.Catalogue));
        Assert.Null(NewerVersion.Than(new AgreementId("lamp-sale"), new VersionId("2025-01-01"), Newer.Corpus.Catalogue));
    }

    [Fact]
    public void The_merge_is_an_edit_that_says_from_when_the_draft_is_a_change_of_what()
    {
        var draft = Hire.Draft().Mend("within three days.", "within three days, unless nobody noticed.");
        var merged = Merge(draft).On(draft);
        var later = Hire.Now.AddDays(1);

        var state = Publication.Of([.. Hire.Events(draft, Plan).Take(3), new Edited(draft.Id, "Anna", later, 2, merged.Digest, "merged", merged.Base)]);

        Assert.Equal((PublicationStage.Draft, merged.Base, later, 2), (state.Stage, state.Base, state.BasedAt, state.Revision));
        Assert.Null(state.Approval);
        Assert.Equal((draft.Base, Hire.Now), State(draft) is var before ? (before.Base, before.BasedAt) : default);
    }
}
