using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Web.Tests;

/// <summary>Drafts of the invented agreement on the hire of lamps that are ready to be published.</summary>
internal static class ScheduledDraft
{
    public static readonly Editor Publisher = new("Cai", [new(EditorRole.Publisher)]);

    /// <summary>A draft from the latest version with other words, approved and with its days; and its events.</summary>
    public static (Draft Draft, IReadOnlyList<PublishingEvent> Events) Of(Resolver published, string id, PublicationPlan plan, DateTimeOffset at, string words = "unless nobody noticed")
    {
        var draft = DraftStart.From(id, "Anna", published.Corpus.Catalogue.Find("lamp-hire")!.Versions.Last(v => v.Details.Withdrawn is null), published.Corpus.Files).Draft;
        var text = draft.Files.Text("terms.en.md")!;
        draft = draft.With(draft.Files.With("terms.en.md", text.Replace("are reported within three days", $"are reported within three days, {words}", StringComparison.Ordinal)
            .Replace("are reported within four days", $"are reported within four days, {words}", StringComparison.Ordinal)));
        var report = DraftReport.Of(draft, published, at, plan);
        draft = report.Facts.Aggregate(draft, (d, f) => d.With(new FactConfirmation(f.Key, f.Wording, "Anna", at, "It says the same.")));
        draft = report.Changes.Where(c => c.NeedsPerson).Aggregate(draft, (d, c) => d.With(new ClauseClassification(c.Key, c.Wording, ChangeClass.Substantive, "Anna", at, "A duty changes.")));
        var findings = string.Concat(report.Obstacles.Where(o => o.Kind == ObstacleKind.Finding && o.Key.Length > 0).Select(o => $"  - {{ code: {o.Key}, clause: \"{o.Clause}\", why: \"So it says.\" }}\n"));
        draft = findings.Length == 0 ? draft : draft.With(draft.Files.With("version.yaml", draft.Files.Text("version.yaml") + "accepted:\n" + findings));
        draft = report.Obstacles.Where(o => o.Kind == ObstacleKind.Gap).Aggregate(draft, (d, o) => d.With(new AcceptedGap(o.Key, "Anna", at, "So the text says.")));
        Assert.Empty(DraftReport.Of(draft, published, at, plan).Obstacles);
        return (draft,
        [
            new Drafted(id, "Anna", at, draft.Agreement, draft.Base, draft.Digest), new Submitted(id, "Anna", at, draft.Digest), new Approved(id, "Bo", at, draft.Digest, "Read it all."),
            new Scheduled(id, "Cai", at, draft.Digest, plan),
        ]);
    }

    public static PublicationPlan Plan(string announced, string effective, string? existing = null) => new(Day(announced), Day(effective), existing is null ? null : Day(existing));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
