using System.Text;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>A draft as a folder in a working tree, from its beginning to a version in the content folder.</summary>
public sealed class DraftFolderTests : IDisposable
{
    private static readonly PublicationPlan Plan = Hire.Plan("2025-06-01", "2025-07-01");
    private readonly string root = Path.Combine(Repository.Folder("artifacts/drafts"), Guid.NewGuid().ToString("N"));
    private readonly string content;

    public DraftFolderTests()
    {
        content = Path.Combine(root, "content");
        Hire.Published.Corpus.Files.WriteTo(content);
    }

    private string Draft => Path.Combine(root, "lamps-in-the-dark");

    private Resolver Published => new(Corpus.Load(content));

    private TimeZoneInfo Zone => Published.Corpus.Catalogue.Zone;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void A_draft_goes_from_a_folder_to_a_version_in_the_content_folder()
    {
        Ready();
        using var folder = DraftFolder.Open(Draft);

        var step = Assert.IsType<Published>(folder.Publish("Cai", Hire.Now, Published, content));

        var version = Published.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-07-01")!;
        Assert.Equal(("lamp-hire/2025-07-01", version.TextDigest, ChangeClass.Substantive), (step.Version, step.TextDigest, step.Class));
        Assert.Equal(PublicationStage.Published, folder.State.Stage);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(content, "*", SearchOption.AllDirectories), p => p.EndsWith(".new", StringComparison.Ordinal) || p.EndsWith(".partial", StringComparison.Ordinal));
        Assert.Contains("lamp-hire/2025-07-01", File.ReadAllText(Path.Combine(content, "parties.yaml")), StringComparison.Ordinal);
        Assert.Equal(["drafted", "edited", "edited", "edited", "submitted", "approved", "scheduled", "published"], folder.Steps.Select(PublishingEventJson.Word));
    }

    [Fact]
    public void Its_version_is_taken_back_before_it_takes_effect_and_not_after()
    {
        Ready();
        using var folder = DraftFolder.Open(Draft);
        folder.Publish("Cai", Hire.Now, Published, content);

        Assert.Equal("The version has been in force since 2025-07-01. Publish another in its place.", Refusal(folder.Withdraw(new("lamps-in-the-dark", "Cai", Hire.Now.AddMonths(2), "Late."), Published, content)));
        Assert.IsType<Withdrawn>(folder.Withdraw(new("lamps-in-the-dark", "Cai", Hire.Now.AddDays(1), "The figure is wrong."), Published, content));

        Assert.Equal("The figure is wrong.", Published.Corpus.Catalogue.Find("lamp-hire")!.Version("2025-07-01")!.Details.Withdrawn!.Why);
        Assert.Equal(PublicationStage.Withdrawn, folder.State.Stage);
    }

    [Fact]
    public void A_step_that_changes_files_is_taken_with_them_or_not_at_all()
    {
        Ready();
        using var folder = DraftFolder.Open(Draft);
        var digest = folder.Draft.Digest;

        foreach (var step in new PublishingEvent[]
        {
            new Published("lamps-in-the-dark", "Cai", Hire.Now, digest, "lamp-hire/2025-07-01", digest, null), new Edited("lamps-in-the-dark", "Cai", Hire.Now, 5, digest, "nothing"),
        })
        {
            Assert.StartsWith($"A {step.GetType().Name} changes files. Use the method that writes them.", Assert.Throws<ArgumentException>(() => folder.Take(step, Published)).Message, StringComparison.Ordinal);
        }
        Assert.Equal(PublicationStage.Scheduled, folder.State.Stage);
    }

    [Fact]
    public void Nobody_approves_what_they_have_written_confirmed_or_classified()
    {
        Ready(until: "submitted");
        using var folder = DraftFolder.Open(Draft);

        foreach (var writer in new[] { "Anna", "Dora", "Eva" })
        {
            Assert.Equal("Nobody approves a draft that they have written in. Ask somebody else.", Refusal(folder.Take(new Approved("lamps-in-the-dark", writer, Hire.Now, folder.Draft.Digest, "Mine."), Published)));
        }
        Assert.IsType<Approved>(folder.Take(new Approved("lamps-in-the-dark", "Bo", Hire.Now, folder.Draft.Digest, "Read it all."), Published));
    }

    [Fact]
    public void What_was_changed_in_the_files_has_to_be_somebodys()
    {
        Ready(until: "submitted");
        Mend("unless nobody noticed", "unless it was dark");
        using var folder = DraftFolder.Open(Draft);
        Assert.True(folder.HasUnsaved);

        Assert.Equal(
            "The files were changed since the last step. Say who has written them with `terms publish save`.",
            Refusal(folder.Take(new Approved("lamps-in-the-dark", "Bo", Hire.Now, folder.Draft.Digest, "Fine."), Published)));
        Assert.IsType<Edited>(folder.Save("Bo", Hire.Now, "the exception", Zone));
        Assert.Equal((PublicationStage.Draft, false), (folder.State.Stage, folder.HasUnsaved));
        Assert.Contains("Bo", folder.State.Writers);
        Assert.Throws<DraftFolderException>(() => folder.Save("Bo", Hire.Now, "again", Zone));
    }

    [Fact]
    public void A_draft_can_be_opened_again_after_a_refusal_that_quotes_more_than_an_event_holds()
    {
        Start();
        var facts = Path.Combine(Draft, "facts.yaml");
        File.WriteAllText(facts, File.ReadAllText(facts).Replace("kind: cap", $"kind: {new string('x', 70_000)}", StringComparison.Ordinal));
        using (var folder = DraftFolder.Open(Draft))
        {
            Assert.Throws<ArgumentException>(() => folder.Save("Anna", Hire.Now, new string('x', 70_000), Zone));
            folder.Save("Anna", Hire.Now, "another kind", Zone);
            Assert.StartsWith("`kind: xxx", Refusal(folder.Take(new Submitted("lamps-in-the-dark", "Anna", Hire.Now, folder.Draft.Digest), Published)), StringComparison.Ordinal);
        }

        using var again = DraftFolder.Open(Draft);
        Assert.Equal(["drafted", "edited", "refused"], again.Steps.Select(PublishingEventJson.Word));
    }

    [Fact]
    public void What_stands_against_a_draft_stops_it_here_as_in_the_workbench()
    {
        Start();
        Mend("within three days.", "within three days, unless nobody noticed.");
        using var folder = DraftFolder.Open(Draft);
        folder.Save("Anna", Hire.Now, "clause 2.2", Zone);
        folder.Take(new Submitted("lamps-in-the-dark", "Anna", Hire.Now, folder.Draft.Digest), Published);

        Assert.StartsWith("The words under `facts/report` have changed.", Refusal(folder.Take(new Approved("lamps-in-the-dark", "Bo", Hire.Now, folder.Draft.Digest, "Fine."), Published)), StringComparison.Ordinal);
        Assert.Equal("refused", PublishingEventJson.Word(folder.Steps[^1]));
    }

    [Fact]
    public void The_files_of_a_new_agreement_are_taken_as_they_stand()
    {
        Hire.Draft().Files.With("agreement.yaml", Published.Corpus.Files.Text("agreements/lamp-hire/agreement.yaml")!).WriteTo(Draft);
        DraftFolder.Start(Draft, new AgreementId("lamp-lease"), null, "Anna", Hire.Now, Published.Corpus);
        using (var begun = DraftFolder.Open(Draft))
        {
            foreach (var gap in begun.Report(Published, Hire.Now).Obstacles.Where(o => o.Kind == ObstacleKind.Gap))
            {
                begun.Say(new AcceptedGap(gap.Key, "Anna", Hire.Now, "So the text says."), Zone);
            }
        }
        Advance("Bo", d => new Submitted(d.Id, "Bo", Hire.Now, d.Digest), d => new Approved(d.Id, "Cai", Hire.Now, d.Digest, "Read it all."), d => new Scheduled(d.Id, "Cai", Hire.Now, d.Digest, Plan));
        using var folder = DraftFolder.Open(Draft);

        Assert.IsType<Published>(folder.Publish("Cai", Hire.Now, Published, content));

        Assert.Equal("2025-07-01", Assert.Single(Published.Corpus.Catalogue.Find("lamp-lease")!.Versions).Id.Value);
    }

    [Fact]
    public void A_draft_is_begun_once_and_a_folder_without_one_says_how()
    {
        Start();

        Assert.Equal($"{Draft} has a draft already. Go on with it, or name another folder.", Assert.Throws<DraftFolderException>(Start).Message);
        Assert.Equal($"There is no draft in {content}: it has no events.jsonl. Begin one with `terms publish start`.", Assert.Throws<DraftFolderException>(() => DraftFolder.Open(content)).Message);
        Assert.Contains("has no files", Assert.Throws<DraftFolderException>(() => DraftFolder.Start(Path.Combine(root, "other"), new AgreementId("new"), null, "Anna", Hire.Now, Published.Corpus)).Message, StringComparison.Ordinal);
        using var open = DraftFolder.Open(Draft);
        Assert.Contains("cannot be opened", Assert.Throws<DraftFolderException>(() => DraftFolder.Open(Draft)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("events.jsonl", "{\"cut\":", "line 2, has no end: it was cut off while it was written. Remove what stands there, and take the step again.")]
    [InlineData("events.jsonl", "{}\n", "line 2 cannot be read: The event has no `schema`. Lines are only ever added; take the file from the last commit.")]
    [InlineData("said.jsonl", "{}\n", "cannot be read: The given key was not present in the dictionary. Lines are only ever added; take the file from the last commit.")]
    [InlineData("notes.md", "words", "`notes.md` has no place in a draft.")]
    public void What_cannot_be_read_is_named(string file, string words, string says)
    {
        Start();
        File.AppendAllText(Path.Combine(Draft, file), words);

        Assert.Contains(says, Assert.ThrowsAny<Exception>(() => DraftFolder.Open(Draft)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Events_that_cannot_have_happened_are_refused()
    {
        Start();
        using (var folder = DraftFolder.Open(Draft))
        {
            File.WriteAllBytes(Path.Combine(root, "line"), [.. PublishingEventJson.Bytes(new Approved("lamps-in-the-dark", "Bo", Hire.Now, folder.Draft.Digest, "Fine.")), (byte)'\n']);
        }
        File.AppendAllText(Path.Combine(Draft, "events.jsonl"), File.ReadAllText(Path.Combine(root, "line"), Encoding.UTF8));

        Assert.Contains("Event 2 of draft lamps-in-the-dark, Approved, cannot have happened: The draft is not before a reviewer.", Assert.Throws<DraftFolderException>(() => DraftFolder.Open(Draft)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_content_folder_that_holds_the_version_meanwhile_is_not_written_over()
    {
        Ready();
        using var folder = DraftFolder.Open(Draft);
        var before = Published;
        Directory.CreateDirectory(Path.Combine(content, "agreements/lamp-hire/2025-07-01"));
        File.WriteAllText(Path.Combine(content, "agreements/lamp-hire/2025-07-01/terms.en.md"), "somebody else's");

        Assert.Throws<IOException>(() => folder.Publish("Cai", Hire.Now, before, content));

        Assert.Equal(PublicationStage.Scheduled, folder.State.Stage);
        Assert.Equal("somebody else's", File.ReadAllText(Path.Combine(content, "agreements/lamp-hire/2025-07-01/terms.en.md")));
        Assert.DoesNotContain("2025-07-01", File.ReadAllText(Path.Combine(content, "parties.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_draft_is_merged_with_the_version_that_was_published_since_and_choices_are_asked_for()
    {
        Ready();
        Newer(d => d.Mend("for any one lamp", "for any one lantern").Mend("The page on lamp care", "The page on the care of lamps"));
        Mend("for any one lamp", "for any one candle");
        using var folder = DraftFolder.Open(Draft);
        Assert.StartsWith("The files were changed since the last step.", Refusal("Anna"), StringComparison.Ordinal);
        folder.Save("Anna", Hire.Now, "candles", Zone);
        Assert.Contains(folder.Report(Published, Hire.Now).Obstacles, o => o is { Kind: ObstacleKind.Base, Remedy: "Merge the draft with it." });

        var refused = Refusal("Anna");
        Assert.StartsWith("The draft and lamp-hire/2025-06-15 have both changed clause 2.1 (terms.en.md). Nothing was merged.", refused, StringComparison.Ordinal);
        Assert.Contains("Say with `--take draft` or `--take version` whose words stay there", refused, StringComparison.Ordinal);
        var step = Assert.IsType<Edited>(folder.Merge("Eva", Hire.Now, Published.Corpus, c => c.Mine!));

        Assert.Equal(("merged with lamp-hire/2025-06-15", new VersionId("2025-06-15")), (step.What, step.Base));
        Assert.Contains("for any one candle", File.ReadAllText(Path.Combine(Draft, Hire.Terms)), StringComparison.Ordinal);
        Assert.Contains("the care of lamps", File.ReadAllText(Path.Combine(Draft, Hire.Terms)), StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Report(Published, Hire.Now).Obstacles, o => o.Kind == ObstacleKind.Base);
        Assert.Contains("There is nothing to merge.", Refusal("Eva"), StringComparison.Ordinal);
        folder.Dispose();
        using var again = DraftFolder.Open(Draft);
        Assert.Equal((new VersionId("2025-06-15"), false), (again.Draft.Base, again.HasUnsaved));
        Assert.Equal(["Anna", "Anna", "Eva"], again.Steps.OfType<Refused>().Where(r => r.Step == nameof(Edited)).Select(r => r.Who));

        string Refusal(string who) => Assert.IsType<Refused>(folder.Merge(who, Hire.Now, Published.Corpus, null)).Because;
    }

    /// <summary>Somebody else's version comes into the content folder.</summary>
    private void Newer(Func<Draft, Draft> change)
    {
        var laid = LaidDraft.Over(change(Hire.Draft("Eva", Published)), Published.Corpus, Hire.Plan("2025-06-01", "2025-06-15"), Hire.Now, ChangeClass.Substantive);
        Directory.Delete(content, recursive: true);
        laid.WriteTo(content);
    }

    private void Start() => DraftFolder.Start(Draft, Hire.Agreement, Published.Corpus.Catalogue.Find("lamp-hire")!.Versions[^1], "Anna", Hire.Now, Published.Corpus);

    private void Mend(string words, string by)
    {
        var file = Path.Combine(Draft, Hire.Terms);
        File.WriteAllText(file, File.ReadAllText(file).Replace(words, by, StringComparison.Ordinal));
    }

    /// <summary>A draft by Anna with a fact that Dora has confirmed and a change that Eva has classified, brought on until a step.</summary>
    private void Ready(string until = "scheduled")
    {
        Start();
        Mend("within three days.", "within three days, unless nobody noticed.");
        using (var folder = DraftFolder.Open(Draft))
        {
            folder.Save("Anna", Hire.Now, "clause 2.2", Zone);
            var report = folder.Report(Published, Hire.Now);
            folder.Say(new FactConfirmation(Assert.Single(report.Facts).Key, report.Facts[0].Wording, "Dora", Hire.Now, "It says the same."), Zone);
            var change = Assert.Single(report.Changes, c => c.NeedsPerson);
            folder.Say(new ClauseClassification(change.Key, change.Wording, ChangeClass.Substantive, "Eva", Hire.Now, "A duty has an exception."), Zone);
        }
        Advance(until == "submitted" ? null : "Bo", d => new Submitted(d.Id, "Anna", Hire.Now, d.Digest), d => new Approved(d.Id, "Bo", Hire.Now, d.Digest, "Read it all."), d => new Scheduled(d.Id, "Cai", Hire.Now, d.Digest, Plan));
    }

    private void Advance(string? beyondSubmission, params Func<Draft, PublishingEvent>[] steps)
    {
        foreach (var step in beyondSubmission is null ? steps.Take(1) : steps)
        {
            using var folder = DraftFolder.Open(Draft);
            var taken = folder.Take(step(folder.Draft), Published);
            Assert.True(taken is not Refused, (taken as Refused)?.Because);
        }
    }

    private static string Refusal(PublishingEvent step) => Assert.IsType<Refused>(step).Because;
}
