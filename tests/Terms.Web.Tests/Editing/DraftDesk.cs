using Microsoft.Extensions.DependencyInjection;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>Brings drafts of the invented agreement on the hire of lamps on their way, as people do through the pages.</summary>
internal sealed class DraftDesk(AcceptanceApplication application)
{
    private const string Terms = "terms.en.md";
    public static readonly Editor Anna = new("anna", [new(EditorRole.Drafter)]);
    private static readonly Editor Boris = new("boris", [new(EditorRole.Reviewer)]);
    private static readonly Editor Clara = new("clara", [new(EditorRole.Publisher)]);

    public Workbench Workbench => application.Services.GetRequiredService<Workbench>();

    private DraftAnswers Answers => application.Services.GetRequiredService<DraftAnswers>();

    public AgreementCatalogue Catalogue => application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue;

    public DraftStanding Standing(Draft draft) => Workbench.Find(Anna, draft.Id)!;

    /// <summary>A draft from the last version.</summary>
    public async Task<Draft> Started() => Taken(await Workbench.Start(Anna, Catalogue.Find("lamp-hire")!.Versions[^1]));

    /// <summary>The draft with other words.</summary>
    public async Task<Draft> Put(Draft draft, string words, string by, string file = Terms)
    {
        Assert.Contains(words, draft.Files.Text(file), StringComparison.Ordinal);
        return Taken(await Workbench.Edit(Anna, draft.Id, draft.Revision, $"{by} for {words}", d => d.With(d.Files.With(file, d.Files.Text(file)!.Replace(words, by, StringComparison.Ordinal)))));
    }

    /// <summary>A draft in which borrowers from the Isles get the company of Northland, by the words and by the rule.</summary>
    public async Task<Draft> IslesToNorth()
    {
        var draft = await Put(await Started(), "borrowers from the Isles with Lantern Isles Ltd.", "borrowers from the Isles with Lantern North Ltd.");
        return await Put(draft, "    parties: [lantern-isles]\n    clauses: [\"1.1\"]", "    parties: [lantern-north]\n    clauses: [\"1.1\"]", "rules.yaml");
    }

    /// <summary>The draft with everything confirmed, classified and accepted.</summary>
    public async Task<Draft> Settled(Draft draft)
    {
        var report = await Workbench.Report(draft);
        if (report.Facts.Where(f => f.Confirmed is null).Select(f => f.Key).ToList() is { Count: > 0 } facts)
        {
            draft = Taken(await Answers.Confirm(Anna, draft.Id, draft.Revision, facts, "It says the same."));
        }
        if (report.Changes.Where(c => c.Class is null).Select(c => new DraftAnswers.Choice(c.Key, ChangeClass.Substantive, "A duty changes.")).ToList() is { Count: > 0 } changes)
        {
            draft = Taken(await Answers.Classify(Anna, draft.Id, draft.Revision, changes));
        }
        if (report.Obstacles.Where(o => o.Kind == ObstacleKind.Gap).Select(DraftAnswers.Name).ToList() is { Count: > 0 } gaps)
        {
            draft = Taken(await Answers.AcceptGaps(Anna, draft.Id, draft.Revision, gaps, "So the text says."));
        }
        if ((await Workbench.Report(draft)).Obstacles.Where(o => o is { Kind: ObstacleKind.Finding, Key.Length: > 0 }).Select(DraftAnswers.Name).ToList() is { Count: > 0 } findings)
        {
            draft = Taken(await Answers.AcceptFindings(Anna, draft.Id, draft.Revision, findings, "So the text is."));
        }
        return draft;
    }

    /// <summary>Submits and approves a draft against which nothing stands.</summary>
    public async Task<Draft> Approved(Draft draft)
    {
        var submitted = await Workbench.Submit(Anna, draft.Id, draft.Digest);
        Assert.True(submitted is StepOutcome.Taken, (submitted as StepOutcome.Denied)?.Because);
        Assert.IsType<StepOutcome.Taken>(await Workbench.Approve(Boris, draft.Id, draft.Digest, "Read it all."));
        return draft;
    }

    /// <summary>Submits, approves and schedules a draft against which nothing stands.</summary>
    public async Task<Draft> Scheduled(Draft draft, string announced, string effective)
    {
        await Approved(draft);
        Assert.IsType<StepOutcome.Taken>(await Workbench.Schedule(Clara, draft.Id, draft.Digest, ScheduledDraft.Plan(announced, effective)));
        return draft;
    }

    /// <summary>Publishes a draft whose days are set.</summary>
    public async Task Published(Draft draft) => Assert.IsType<StepOutcome.Taken>(await Workbench.Publish(Clara, draft.Id));

    private static Draft Taken(StepOutcome outcome) => (outcome as StepOutcome.Taken ?? throw new Xunit.Sdk.XunitException($"Not taken: {outcome}")).Draft!;
}
