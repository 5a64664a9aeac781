using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Terms.Catalogue;
using Terms.Import;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>Every step of a draft goes through the workbench: it is taken or refused, and kept.</summary>
public sealed class WorkbenchTests : IDisposable
{
    private const string Terms = "terms.en.md";
    private static readonly AgreementId Lamps = new("lamp-hire");
    private static readonly Editor Anna = new("anna", [new(EditorRole.Drafter)]);
    private static readonly Editor Boris = new("boris", [new(EditorRole.Reviewer, Lamps)]);
    private static readonly Editor Clara = new("clara", [new(EditorRole.Publisher), new(EditorRole.Drafter)]);
    private static readonly Editor Stranger = new("dora", [new(EditorRole.Drafter, new("lamp-care"))]);

    private readonly AcceptanceApplication application = new();

    private Workbench Workbench => application.Services.GetRequiredService<Workbench>();

    private DraftAnswers Answers => application.Services.GetRequiredService<DraftAnswers>();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task A_draft_goes_its_whole_way_and_every_step_is_kept()
    {
        var draft = await Settled();

        Taken(await Workbench.Submit(Anna, draft.Id, draft.Digest));
        Taken(await Workbench.Comment(Boris, draft.Id, "1.1", "Why lights?"));
        Taken(await Workbench.SendBack(Boris, draft.Id, "Say lamps."));
        draft = Taken(await Workbench.Edit(Anna, draft.Id, draft.Revision, "other words", d => Put(d, "assents", "consents"))).Draft!;
        draft = await Settle(draft);
        Taken(await Workbench.Submit(Anna, draft.Id, draft.Digest));
        Taken(await Workbench.Approve(Boris, draft.Id, draft.Digest, "Read it."));
        Taken(await Workbench.Schedule(Clara, draft.Id, draft.Digest, new(new(2025, 6, 2), new(2025, 9, 1))));

        var standing = Workbench.Find(Anna, draft.Id)!;
        Assert.Equal(["Drafted", "Submitted", "Commented", "SentBack", "Submitted", "Approved", "Scheduled"], standing.Events.Select(e => e.Step.GetType().Name).Where(n => n != "Edited"));
        Assert.Equal(PublicationStage.Scheduled, standing.State.Stage);
        Assert.Equal(standing.Events.Select(e => e.Step), application.Store().Drafts.Events(draft.Id).Select(e => e.Step));
        Assert.Equal(Enumerable.Range(1, draft.Revision), Enumerable.Range(1, draft.Revision).Select(r => Workbench.Revision(standing, r)!.Revision));
        Assert.Null(Workbench.Revision(standing, draft.Revision + 1));
    }

    [Fact]
    public async Task After_a_restart_everything_stands_as_before()
    {
        var draft = await Settled();
        Taken(await Workbench.Submit(Anna, draft.Id, draft.Digest));
        var again = new Workbench(application.Services.GetRequiredService<ServedStore>(), application.Services.GetRequiredService<CurrentCatalogue>(), application.Services.GetRequiredService<DraftReports>(), application.Clock);

        Assert.Equal(Workbench.Find(Anna, draft.Id)!.Events.Select(e => e.Number), again.Find(Anna, draft.Id)!.Events.Select(e => e.Number));
        Assert.Equal(draft.Digest, again.Newest(again.Find(Anna, draft.Id)!).Digest);
    }

    [Fact]
    public async Task A_refusal_is_kept_with_its_reason()
    {
        var draft = await Settled();

        Assert.Equal("The draft is not before a reviewer. Submit it first.", Denied(await Workbench.Approve(Boris, draft.Id, draft.Digest, "Read it.")));
        Assert.Equal("anna is no reviewer for lamp-hire.", Denied(await Workbench.Approve(Anna, draft.Id, draft.Digest, "I wrote it.")));
        Assert.Equal("boris is no drafter for lamp-hire.", Denied(await Workbench.Edit(Boris, draft.Id, draft.Revision, "words", d => Put(d, "assents", "consents"))));

        Assert.Equal(["Approved", "Approved", "Edited"], Workbench.Find(Anna, draft.Id)!.Events.Select(e => e.Step).OfType<Refused>().Select(r => r.Step));
        Assert.Equal(["boris", "anna", "boris"], application.Logged(new(Kind: "refused")).Select(e => e.Who));
    }

    [Fact]
    public async Task Nobody_approves_what_they_have_written_in_whatever_their_roles()
    {
        var both = new Editor("emil", [new(EditorRole.Drafter), new(EditorRole.Reviewer), new(EditorRole.Publisher)]);
        var draft = await Settled(both);
        Taken(await Workbench.Submit(both, draft.Id, draft.Digest));

        Assert.Equal("Nobody approves a draft that they have written in. Ask somebody else.", Denied(await Workbench.Approve(both, draft.Id, draft.Digest, "Fine.")));
    }

    [Fact]
    public async Task What_stands_against_a_draft_keeps_it_from_being_submitted()
    {
        var draft = await Started(Anna);
        draft = Taken(await Workbench.Edit(Anna, draft.Id, 1, "a hole", d => d.With(d.Files.With("rules.yaml", "parties: 7\n")))).Draft!;

        Assert.Contains("rules.yaml", string.Join(' ', (await Workbench.Report(draft)).Obstacles.Select(o => o.File)), StringComparison.Ordinal);
        Assert.NotEmpty(Denied(await Workbench.Submit(Anna, draft.Id, draft.Digest)));
        Assert.Equal(PublicationStage.Draft, Workbench.Find(Anna, draft.Id)!.State.Stage);
    }

    [Fact]
    public async Task A_notice_floor_or_a_day_that_is_over_keeps_it_from_being_scheduled()
    {
        application.AddToContent("notice-floors.yaml", "- { id: fifteen-days, source: an invented law, who: any, from: editorial, starts: notice, days: 15 }");
        var draft = await Settled();
        Taken(await Workbench.Submit(Anna, draft.Id, draft.Digest));
        Taken(await Workbench.Approve(Boris, draft.Id, draft.Digest, "Read it."));

        Assert.Contains("which has begun. Choose a later day.", Denied(await Workbench.Schedule(Clara, draft.Id, draft.Digest, new(new(2025, 5, 1), new(2025, 6, 1)))), StringComparison.Ordinal);
        Assert.Equal(
            "The version would bind customers on 2025-09-01, fewer than 15 days after its announcement on 2025-08-20 (an invented law). Choose 2025-09-05 or later for those who are customers already.",
            Denied(await Workbench.Schedule(Clara, draft.Id, draft.Digest, new(new(2025, 8, 20), new(2025, 9, 1)))));
        Assert.Contains("A version of lamp-hire takes effect on 2025-06-20 or later", Denied(await Workbench.Schedule(Clara, draft.Id, draft.Digest, new(new(2025, 6, 2), new(2025, 6, 20)))), StringComparison.Ordinal);
        Taken(await Workbench.Schedule(Clara, draft.Id, draft.Digest, new(new(2025, 8, 20), new(2025, 9, 1), new(2025, 9, 5))));
    }

    [Fact]
    public async Task Whoever_saves_second_is_told_who_saved_first_and_loses_nothing()
    {
        var draft = await Started(Anna);
        var theirs = Taken(await Workbench.Edit(Clara, draft.Id, 1, "clause 1", d => Put(d, "agrees", "assents"))).Draft!;

        var overtaken = Assert.IsType<StepOutcome.Overtaken>(await Workbench.Edit(Anna, draft.Id, 1, "clause 1", d => Put(d, "agrees", "consents")));

        Assert.Equal(theirs.Digest, overtaken.Newest.Digest);
        Assert.Equal([("clara", "clause 1", 2)], overtaken.Since.Select(e => (e.Who, e.What, e.Revision)));
        var refused = Assert.IsType<Refused>(Workbench.Find(Anna, draft.Id)!.Events[2].Step);
        Assert.Equal(("anna", "Edited", "It was made from revision 1, and clara has saved revision 2 meanwhile. Nothing was overwritten."), (refused.Who, refused.Step, refused.Because));
        Assert.Equal((2, theirs.Digest), (Workbench.Find(Anna, draft.Id)!.State.Revision, Workbench.Find(Anna, draft.Id)!.State.Digest));
        var merge = DraftMerge.Of(draft.Files, Put(draft, "agrees", "consents").Files, overtaken.Newest.Files);
        Taken(await Workbench.Edit(Anna, draft.Id, 2, "merged", d => d.With(merge.Files(c => c.Mine!))));
    }

    [Fact]
    public async Task Of_many_who_save_at_once_each_is_taken_or_told()
    {
        var draft = await Started(Anna);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Workbench.Edit(Anna, draft.Id, 1, $"edit {i}", d => Put(d, "agrees", $"agrees {i}")))));

        Assert.Single(outcomes.OfType<StepOutcome.Taken>());
        Assert.Equal(19, outcomes.OfType<StepOutcome.Overtaken>().Count());
        Assert.Equal(19, Workbench.Find(Anna, draft.Id)!.Events.Count(e => e.Step is Refused));
        Assert.Equal(2, Workbench.Find(Anna, draft.Id)!.State.Revision);
    }

    [Fact]
    public async Task Remarks_made_at_once_are_all_kept()
    {
        var draft = await Started(Anna);

        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(async () => Taken(await Workbench.Comment(Anna, draft.Id, null, $"remark {i}")))));

        Assert.Equal(Enumerable.Range(0, 6).Select(i => $"remark {i}"), Workbench.Find(Anna, draft.Id)!.Events.Select(e => e.Step).OfType<Commented>().Select(c => c.Words).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Saving_what_is_there_makes_no_revision()
    {
        var draft = await Started(Anna);

        Assert.IsType<StepOutcome.Unchanged>(await Workbench.Edit(Anna, draft.Id, 1, "nothing", d => d.With(d.Files)));
        Assert.Single(Workbench.Find(Anna, draft.Id)!.Events);
    }

    [Fact]
    public async Task What_was_changed_is_kept_in_at_most_300_characters_and_cut_between_two()
    {
        var draft = await Started(Anna);

        Taken(await Workbench.Edit(Anna, draft.Id, 1, "a" + string.Concat(Enumerable.Repeat("💡", 200)), d => Put(d, "agrees", "assents")));

        Assert.Equal("a" + string.Concat(Enumerable.Repeat("💡", 149)) + "…", Assert.IsType<Edited>(Workbench.Find(Anna, draft.Id)!.Events[^1].Step).What);
    }

    [Fact]
    public async Task A_draft_is_hidden_from_those_without_a_role_for_its_agreement()
    {
        var draft = await Started(Anna);

        Assert.Null(Workbench.Find(Stranger, draft.Id));
        Assert.Empty(Workbench.All(Stranger));
        Assert.IsType<StepOutcome.NotFound>(await Workbench.Comment(Stranger, draft.Id, null, "Hello"));
        Assert.IsType<StepOutcome.NotFound>(await Workbench.Comment(Stranger, "lamp-hire-abcdefgh", null, "Hello"));
        Assert.Equal(["dora"], application.Logged(new(Kind: "refused")).Select(e => e.Who)); // The one that exists was refused to her, and that is kept.
    }

    [Fact]
    public async Task A_draft_of_an_agreement_without_the_role_is_refused()
    {
        Assert.Equal("dora is no drafter for lamp-hire.", Denied(await Workbench.Start(Stranger, InForce)));
        Assert.Empty(Workbench.All(Anna));
        Assert.Equal(["refused"], application.Logged().Select(e => e.Kind));
    }

    [Fact]
    public async Task What_is_said_of_a_draft_is_about_the_revision_that_somebody_has_read()
    {
        var draft = await Started(Anna);
        draft = Taken(await Workbench.Edit(Anna, draft.Id, 1, "words", d => Put(d, "agrees", "assents"))).Draft!;
        var change = (await Workbench.Report(draft)).Changes.First(c => c.NeedsPerson);

        Assert.IsType<StepOutcome.Overtaken>(await Answers.Classify(Anna, draft.Id, 1, [new(change.Key, ChangeClass.Clarification, "Same.")]));
        const string gone = "Something that was chosen is not open any more. Look at the page again.";
        Assert.Equal(gone, Assert.IsType<StepOutcome.Malformed>(await Answers.Classify(Anna, draft.Id, 2, [new("en.1 9>9", ChangeClass.Clarification, "Same.")])).Because);
        Assert.Equal(gone, Assert.IsType<StepOutcome.Malformed>(await Answers.Confirm(Anna, draft.Id, 2, ["facts/nothing"], "Same.")).Because);
        Assert.Equal(gone, Assert.IsType<StepOutcome.Malformed>(await Answers.AcceptGaps(Anna, draft.Id, 2, ["0123456789abcdef"], "Same.")).Because);
        draft = Taken(await Answers.Classify(Anna, draft.Id, 2, [new(change.Key, ChangeClass.Clarification, "Same.")])).Draft!;
        Assert.Equal("anna", draft.Classifications[change.Key].Who);
    }

    [Fact]
    public async Task A_reason_without_words_is_no_step()
    {
        var draft = await Started(Anna);

        foreach (var why in new[] { "", "   ", "a\0b", "half a sign: \uD800", new string('x', 4001) })
        {
            Assert.Equal("Give a reason in words, of at most 4000 characters.", Assert.IsType<StepOutcome.Malformed>(await Workbench.Withdraw(Anna, draft.Id, why)).Because);
        }
        Assert.Single(Workbench.Find(Anna, draft.Id)!.Events);
    }

    [Fact]
    public async Task A_draft_is_given_up_and_stays_readable()
    {
        var draft = await Started(Anna);

        Taken(await Workbench.Withdraw(Anna, draft.Id, "No longer wanted."));

        Assert.Equal("The draft has been withdrawn. Make a new one.", Denied(await Workbench.Edit(Anna, draft.Id, 1, "words", d => Put(d, "agrees", "assents"))));
        Assert.Equal(draft.Digest, Workbench.Newest(Workbench.Find(Anna, draft.Id)!).Digest);
    }

    [Fact]
    public async Task Pasted_text_becomes_a_draft_of_a_new_agreement()
    {
        var document = DocumentImporter.Import("pasted.md", Encoding.UTF8.GetBytes("# Lamp sale agreement\n\n## 1 Sale\n\n1.1 The shop sells lamps.\n\n1.2 The buyer pays.\n"));

        var taken = Taken(await Workbench.Start(Anna, document, document.Versions, null));

        Assert.Equal(document.Versions[0].SuggestedId, taken.Draft!.Agreement);
        Assert.Contains("The shop sells lamps.", taken.Draft.Files.Text(Terms), StringComparison.Ordinal);
        Assert.IsType<StepOutcome.Malformed>(await Workbench.Start(Anna, document, [], null));
    }

    private AgreementVersion InForce => application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1];

    private async Task<Draft> Started(Editor who) => Taken(await Workbench.Start(who, InForce)).Draft!;

    /// <summary>A draft with other words, in which everything is confirmed, classified and accepted.</summary>
    private async Task<Draft> Settled(Editor? who = null)
    {
        var draft = await Started(who ?? Anna);
        draft = Taken(await Workbench.Edit(who ?? Anna, draft.Id, 1, "words", d => Put(d, "agrees", "assents"))).Draft!;
        return await Settle(draft, who);
    }

    private async Task<Draft> Settle(Draft draft, Editor? by = null)
    {
        var who = by ?? Anna;
        var report = await Workbench.Report(draft);
        if (report.Facts.Where(f => f.Confirmed is null).Select(f => f.Key).ToList() is { Count: > 0 } facts)
        {
            draft = Taken(await Answers.Confirm(who, draft.Id, draft.Revision, facts, "It says the same.")).Draft!;
        }
        if (report.Changes.Where(c => c.Class is null).Select(c => new DraftAnswers.Choice(c.Key, c.Suggested, "As suggested.")).ToList() is { Count: > 0 } changes)
        {
            draft = Taken(await Answers.Classify(who, draft.Id, draft.Revision, changes)).Draft!;
        }
        if (report.Obstacles.Where(o => o.Kind == ObstacleKind.Gap).Select(DraftAnswers.Name).ToList() is { Count: > 0 } gaps)
        {
            draft = Taken(await Answers.AcceptGaps(who, draft.Id, draft.Revision, gaps, "So the text says.")).Draft!;
        }
        var version = draft.Files.Text(Draft.VersionFile)!;
        var findings = (await Workbench.Report(draft)).Obstacles.Where(o => o.Kind == ObstacleKind.Finding).ToList();
        return findings.Count == 0 ? draft : Taken(await Workbench.Edit(who, draft.Id, draft.Revision, "findings accepted", d => d.With(d.Files.With(
            Draft.VersionFile, version + "accepted:\n" + string.Concat(findings.Select(f => $"  - {{ code: {f.Key}, clause: \"{f.Clause}\", why: \"So the text is.\" }}\n")))))).Draft!;
    }

    private static Draft Put(Draft draft, string words, string by)
    {
        var text = draft.Files.Text(Terms)!;
        Assert.Contains(words, text, StringComparison.Ordinal);
        return draft.With(draft.Files.With(Terms, text.Replace(words, by, StringComparison.Ordinal)));
    }

    private static StepOutcome.Taken Taken(StepOutcome outcome) => outcome as StepOutcome.Taken ?? throw new Xunit.Sdk.XunitException($"Not taken: {outcome}");

    private static string Denied(StepOutcome outcome) => Assert.IsType<StepOutcome.Denied>(outcome).Because;
}
