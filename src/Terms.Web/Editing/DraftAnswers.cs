using Terms.Catalogue;
using Terms.Publishing;

namespace Terms.Web.Editing;

/// <summary>What people answer to the report of a draft: facts confirmed, findings and gaps accepted, changes classified. All answers that are sent together are one revision.</summary>
public sealed class DraftAnswers(Workbench workbench, TimeProvider clock)
{
    /// <summary>A class that somebody gives to a change.</summary>
    /// <param name="Key">The change: <see cref="ChangeToClassify.Key"/>.</param>
    /// <param name="Class">How grave it is.</param>
    /// <param name="Why">Why.</param>
    public sealed record Choice(string Key, ChangeClass Class, string Why);

    /// <summary>What stands for an obstacle in a form: its kind, code, clause and message. Two that read alike have one name.</summary>
    public static string Name(Obstacle obstacle) => Digest.Of(new object[] { obstacle.Kind.ToString(), obstacle.Key, obstacle.File ?? "", obstacle.Clause ?? "", obstacle.What }).Value[^16..];

    /// <summary>Says that facts and rules whose words have changed still hold.</summary>
    public Task<StepOutcome> Confirm(Editor editor, string draft, int from, IReadOnlyCollection<string> keys, string why) => Answer(editor, draft, from, keys, "confirmed", report =>
    {
        var chosen = report.Facts.Where(f => f.Confirmed is null && f.Reason != ConfirmReason.QuoteGone && keys.Contains(f.Key)).ToList();
        return (chosen.Count, chosen.Select(f => f.Key), d => chosen.Aggregate(d, (left, f) => left.With(new FactConfirmation(f.Key, f.Wording, editor.Name, clock.GetUtcNow(), why))));
    });

    /// <summary>Says that findings of the linter stay in the text.</summary>
    public Task<StepOutcome> AcceptFindings(Editor editor, string draft, int from, IReadOnlyCollection<string> names, string why) => Answer(editor, draft, from, names, "accepted", report =>
    {
        var chosen = Chosen(report, ObstacleKind.Finding, names);
        return (chosen.Count, chosen.Select(o => $"{o.Key} {o.Clause}".TrimEnd()), d => chosen.Aggregate(d, (left, o) => left.With(FindingAcceptance.Accept(left.Files, o, why))));
    });

    /// <summary>Says that conflicts and gaps of the rules are meant to be there.</summary>
    public Task<StepOutcome> AcceptGaps(Editor editor, string draft, int from, IReadOnlyCollection<string> names, string why) => Answer(editor, draft, from, names, "accepted", report =>
    {
        var chosen = Chosen(report, ObstacleKind.Gap, names);
        return (chosen.Count, chosen.Select(o => o.Key), d => chosen.Aggregate(d, (left, o) => left.With(new AcceptedGap(o.Key, editor.Name, clock.GetUtcNow(), why))));
    });

    /// <summary>Says how grave changes are.</summary>
    public Task<StepOutcome> Classify(Editor editor, string draft, int from, IReadOnlyCollection<Choice> choices) => Answer(editor, draft, from, [.. choices.Select(c => c.Key)], "classified", report =>
    {
        var chosen = report.Changes.Join(choices, c => c.Key, c => c.Key, (change, choice) => (Change: change, Choice: choice)).ToList();
        return (chosen.Count, chosen.Select(c => $"{c.Change.Key} as {c.Choice.Class.Word()}"),
            d => chosen.Aggregate(d, (left, c) => left.With(new ClauseClassification(c.Change.Key, c.Change.Wording, c.Choice.Class, editor.Name, clock.GetUtcNow(), c.Choice.Why))));
    });

    /// <summary>Takes every suggestion that a change is editorial, where nobody has said anything yet.</summary>
    public async Task<StepOutcome> TakeEditorial(Editor editor, string draft, int from, string why) =>
        await Read(editor, draft, from) is not { } report ? await workbench.Edit(editor, draft, from, "classified", d => d)
            : await Classify(editor, draft, from, [.. report.Changes.Where(c => c is { Class: null, Suggested: ChangeClass.Editorial }).Select(c => new Choice(c.Key, ChangeClass.Editorial, why))]);

    private static List<Obstacle> Chosen(DraftReport report, ObstacleKind kind, IReadOnlyCollection<string> names) => [.. report.Obstacles.Where(o => o.Kind == kind && names.Contains(Name(o))).DistinctBy(Name)];

    /// <summary>Edits the draft by what was answered to the report of the revision that the person has read; if there is a newer one, the edit says so.</summary>
    private async Task<StepOutcome> Answer(
        Editor editor, string draft, int from, IReadOnlyCollection<string> asked, string did, Func<DraftReport, (int Found, IEnumerable<string> Done, Func<Draft, Draft> Change)> answer)
    {
        if (asked.Count == 0)
        {
            return new StepOutcome.Malformed("Nothing was chosen. Choose at least one line.");
        }
        if (await Read(editor, draft, from) is not { } report)
        {
            return await workbench.Edit(editor, draft, from, did, d => d);
        }
        var (found, done, change) = answer(report);
        return found < asked.Distinct().Count()
            ? new StepOutcome.Malformed("Something that was chosen is not open any more. Look at the page again.")
            : await workbench.Edit(editor, draft, from, $"{did} {string.Join(", ", done.Distinct())}", d => Once(d, change(d)));
    }

    /// <summary>Several answers as one revision.</summary>
    private static Draft Once(Draft before, Draft after) => Draft.Kept(
        after.Id, after.Agreement, after.Base, after.Author, before.Revision + 1, after.Files, after.Confirmations.Values, after.Classifications.Values, after.AcceptedGaps.Values);

    /// <summary>The report of the newest revision; null if somebody has read another, or may not see the draft.</summary>
    private async Task<DraftReport?> Read(Editor editor, string draft, int revision) =>
        workbench.Find(editor, draft) is { } standing && standing.State.Revision == revision ? await workbench.Report(workbench.Newest(standing)) : null;
}
