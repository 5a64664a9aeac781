using System.Text;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>What publications and withdrawals make of the catalogue, and how what the store keeps is laid over the content folder.</summary>
public sealed class NextCatalogueTests
{
    private const string Folder = "agreements/lamp-hire/2025-07-01";
    private static readonly Editor Cai = new("Cai", [new(EditorRole.Publisher)]);
    private static readonly PublicationPlan Plan = Hire.Plan("2025-06-01", "2025-07-01");

    [Fact]
    public void A_publication_makes_another_catalogue_and_leaves_the_one_before_as_it_was()
    {
        var (draft, state) = Hire.Scheduled(Plan);

        var next = NextCatalogue.Publish(draft, state, Hire.Published, Cai, Hire.Now);

        var version = next.Resolver!.Corpus.Catalogue.Find("lamp-hire")!.Versions[^1];
        Assert.Equal(new Published("draft-1", "Cai", Hire.Now, draft.Digest, "lamp-hire/2025-07-01", version.TextDigest, ChangeClass.Substantive), next.Step);
        Assert.Equal(("substantive", Hire.Now, "2025-01-01"), (version.Details.Classification, version.Details.Recorded, version.Details.Supersedes!.Value));
        Assert.Equal("2025-01-01", Hire.InForce.Id.Value);
    }

    [Fact]
    public void The_draft_is_judged_again_against_what_has_been_published_meanwhile()
    {
        var (draft, state) = Hire.Scheduled(Plan);
        var meanwhile = NextCatalogue.Publish(draft, state, Hire.Published, Cai, Hire.Now).Resolver!;

        var next = NextCatalogue.Publish(draft, state, meanwhile, Cai, Hire.Now);

        Assert.StartsWith("lamp-hire/2025-07-01 has been published since the draft was made from 2025-01-01. Merge the draft with it.", Assert.IsType<Refused>(next.Step).Because, StringComparison.Ordinal);
        Assert.Null(next.Resolver);
    }

    [Fact]
    public void A_draft_without_days_or_a_person_without_the_role_publishes_nothing()
    {
        var (draft, state) = Hire.Scheduled(Plan);
        var drafted = Publication.Of([new Drafted(draft.Id, "Anna", Hire.Now, draft.Agreement, draft.Base, draft.Digest)]);

        Assert.Equal("The days of the draft are not set. Schedule it first.", Assert.IsType<Refused>(NextCatalogue.Publish(draft, drafted, Hire.Published, Cai, Hire.Now).Step).Because);
        Assert.Equal("Anna is no publisher for lamp-hire.", Assert.IsType<Refused>(NextCatalogue.Publish(draft, state, Hire.Published, new Editor("Anna", [new(EditorRole.Drafter)]), Hire.Now).Step).Because);
    }

    [Fact]
    public void A_withdrawn_version_is_never_in_force_and_its_words_stay()
    {
        var (published, state) = Published();
        var back = new Withdrawn("draft-1", "Cai", Hire.Now.AddDays(2), "The figure is wrong.");

        var next = NextCatalogue.Withdraw(state, back, published, Cai);

        var agreement = next.Resolver!.Corpus.Catalogue.Find("lamp-hire")!;
        var version = agreement.Version("2025-07-01")!;
        Assert.Equal(back, next.Step);
        Assert.Equal(new Withdrawal(back.At, "Cai", "The figure is wrong."), version.Details.Withdrawn);
        Assert.Equal(published.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-07-01")!.TextDigest, version.TextDigest);
        Assert.DoesNotContain(Timeline.Of(agreement, published.Corpus.Catalogue.Zone, back.At), s => s.Version == version);
        var later = Hire.Now.AddYears(1);
        Assert.Equal("2025-01-01", next.Resolver.Resolve(agreement, Hire.Buyer, later, later).Version!.Id.Value);
        Assert.Equal("2025-07-01", next.Resolver.Resolve(agreement, Hire.Buyer, later, back.At.AddTicks(-1)).Version!.Id.Value);
        Assert.Equal("2025-07-01", next.Resolver.Resolve(agreement, Hire.Buyer, Hire.Now.AddDays(1), Hire.Now.AddDays(1)).Upcoming!.Id.Value);
        Assert.Null(next.Resolver.Resolve(agreement, Hire.Buyer, Hire.Now.AddDays(3), Hire.Now.AddDays(3)).Upcoming);
    }

    [Fact]
    public void What_is_in_force_is_not_taken_back()
    {
        var (published, state) = Published();

        var next = NextCatalogue.Withdraw(state, new Withdrawn("draft-1", "Cai", new DateTimeOffset(2025, 7, 2, 0, 0, 0, TimeSpan.Zero), "Late."), published, Cai);

        Assert.Equal("The version has been in force since 2025-07-01. Publish another in its place.", Assert.IsType<Refused>(next.Step).Because);
    }

    [Fact]
    public void After_a_withdrawal_the_next_draft_comes_from_the_version_in_force_and_takes_another_day()
    {
        var (published, state) = Published();
        var after = NextCatalogue.Withdraw(state, new Withdrawn("draft-1", "Cai", Hire.Now, "Wrong."), published, Cai).Resolver!;
        var draft = DraftStart.From("draft-2", "Anna", after.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-01-01")!, after.Corpus.Files).Draft;

        Assert.Contains("A version of lamp-hire that was withdrawn bears the day 2025-07-01 as its name. Choose another day.", draft.Report(Plan, after).Of(ObstacleKind.Base));
        Assert.Empty(draft.Report(Hire.Plan("2025-06-01", "2025-06-20"), after).Of(ObstacleKind.Base));
    }

    [Fact]
    public void A_draft_from_a_withdrawn_version_does_not_take_the_withdrawal_over()
    {
        var (published, state) = Published();
        var after = NextCatalogue.Withdraw(state, new Withdrawn("draft-1", "Cai", Hire.Now, "Wrong: \"it\", and: more"), published, Cai).Resolver!;

        var draft = DraftStart.From("draft-2", "Anna", after.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-07-01")!, after.Corpus.Files).Draft;

        Assert.Contains("lamp-hire/2025-07-01, from which the draft was made, has been withdrawn. Merge the draft with lamp-hire/2025-01-01.", draft.Report(null, after).Of(ObstacleKind.Base));
        Assert.DoesNotContain("withdrawn", draft.Files.Text("version.yaml")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_that_was_exported_with_the_version_counts_once()
    {
        var version = NextCatalogue.Publish(Hire.Scheduled(Plan).Draft, Hire.Scheduled(Plan).State, Hire.Published, Cai, Hire.Now).Version!;
        var exported = version.Over(Hire.Published.Corpus.Files).With($"{Folder}/corrections/2025-07-02T10-00-00Z.yaml", "who: Anna\nwhy: A slip.\nremove: [a]\n");

        var again = version.Over(exported);

        Assert.Equal(exported.Paths, again.Paths);
        Assert.All(exported.Paths, p => Assert.True(exported.Bytes(p).Span.SequenceEqual(again.Bytes(p).Span), p));
    }

    [Fact]
    public void Content_that_was_exported_before_a_withdrawal_is_withdrawn_as_well()
    {
        var (draft, state) = Hire.Scheduled(Plan);
        var version = NextCatalogue.Publish(draft, state, Hire.Published, Cai, Hire.Now).Version!;
        var exported = version.Over(Hire.Published.Corpus.Files);
        var back = version with { Withdrawal = new Withdrawal(Hire.Now, "Cai", "Wrong.") };

        var once = back.Over(exported);

        Assert.StartsWith("withdrawn: { at: 2025-06-01T08:00:00Z, who: \"Cai\", why: \"Wrong.\" }\n", once.Text($"{Folder}/version.yaml"), StringComparison.Ordinal);
        Assert.Equal(once.Text($"{Folder}/version.yaml"), back.Over(once).Text($"{Folder}/version.yaml"));
        Assert.NotNull(Corpus.Load(once).Catalogue.Find("lamp-hire")!.Version("2025-07-01")!.Details.Withdrawn);
    }

    [Theory]
    [InlineData("terms.en.md", "more words")]
    [InlineData("notes.md", "a file besides")]
    public void Content_with_other_bytes_under_the_name_of_a_published_version_is_refused(string file, string words)
    {
        var (draft, state) = Hire.Scheduled(Plan);
        var version = NextCatalogue.Publish(draft, state, Hire.Published, Cai, Hire.Now).Version!;
        var content = version.Over(Hire.Published.Corpus.Files);

        var refused = Assert.Throws<PublishedElsewhereException>(() => version.Over(content.With($"{Folder}/{file}", content.Text($"{Folder}/{file}") + words)));

        Assert.Equal($"lamp-hire/2025-07-01 was published through the workbench, and the content folder has other files under that name: {file}. A published version never changes. "
            + "Remove the folder of the version from the content folder, and the store's is served; or write it anew with `terms export --data`. New words are a version of their own.", refused.Message);
    }

    [Fact]
    public void A_published_version_has_the_files_of_a_version_and_no_others()
    {
        Assert.Contains("has a file version.yaml", Assert.Throws<ArgumentException>(() => Of(ContentFiles.Empty)).Message, StringComparison.Ordinal);
        Assert.Contains("`notes.md` has no place in a draft", Assert.Throws<ArgumentException>(() => Of(ContentFiles.Empty.With("version.yaml", "a: b\n").With("notes.md", ""))).Message, StringComparison.Ordinal);

        static PublishedVersion Of(ContentFiles files) => new("d", Digest.OfBytes(Encoding.UTF8.GetBytes("d")), Hire.Agreement, new VersionId("2025-07-01"), files);
    }

    private static (Resolver Published, Publication State) Published()
    {
        var (draft, state) = Hire.Scheduled(Plan);
        var next = NextCatalogue.Publish(draft, state, Hire.Published, Cai, Hire.Now);
        return (next.Resolver!, Publication.Of([.. Hire.Events(draft, Plan), next.Step]));
    }
}
