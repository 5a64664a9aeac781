using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Tests.Publishing;

/// <summary>Drafts of the invented lamp hire agreement of tests/catalogues/base.</summary>
internal static class Hire
{
    public const string Terms = "terms.en.md";
    public static readonly DateTimeOffset Now = new(2025, 6, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly AgreementId Agreement = new("lamp-hire");
    /// <summary>The text gives no address of the second company.</summary>
    public const string Accepted = "accepted:\n  - { code: TW605, clause: \"1.1\", why: \"The text gives none.\" }\n";

    private static readonly Lazy<Resolver> Base = new(() => With(f => f));

    /// <summary>The published content.</summary>
    public static Resolver Published => Base.Value;

    public static AgreementVersion InForce => Published.Corpus.Catalogue.Find("lamp-hire")!.Versions[^1];

    /// <summary>The published content, with files laid over it.</summary>
    public static Resolver With(Func<ContentFiles, ContentFiles> change)
    {
        using var folder = new ContentFolder();
        folder.With("agreements/lamp-hire/2025-01-01/version.yaml", folder.Load().Files.Text("agreements/lamp-hire/2025-01-01/version.yaml") + Accepted);
        return new Resolver(Corpus.Load(change(folder.Load().Files)));
    }

    public static Draft Draft(string author = "Anna", Resolver? published = null) =>
        DraftStart.From("draft-1", author, (published ?? Published).Corpus.Catalogue.Find("lamp-hire")!.Versions[^1], (published ?? Published).Corpus.Files).Draft;

    /// <summary>The draft with words replaced in a file.</summary>
    public static Draft Mend(this Draft draft, string words, string by, string file = Terms)
    {
        var text = draft.Files.Text(file)!;
        Assert.Contains(words, text, StringComparison.Ordinal);
        return draft.With(draft.Files.With(file, text.Replace(words, by, StringComparison.Ordinal)));
    }

    public static DraftReport Report(this Draft draft, PublicationPlan? plan = null, Resolver? published = null) => DraftReport.Of(draft, published ?? Published, Now, plan);

    public static IEnumerable<string> Of(this DraftReport report, ObstacleKind kind) => report.Obstacles.Where(o => o.Kind == kind).Select(o => $"{o.What}. {o.Remedy}");

    /// <summary>The draft with everything confirmed and classified as suggested.</summary>
    public static Draft Settled(this Draft draft, string who = "Anna", Resolver? published = null)
    {
        var report = draft.Report(null, published);
        foreach (var fact in report.Facts)
        {
            draft = draft.With(new FactConfirmation(fact.Key, fact.Wording, who, Now, "It says the same."));
        }
        foreach (var change in report.Changes.Where(c => c.NeedsPerson))
        {
            draft = draft.With(new ClauseClassification(change.Key, change.Wording, change.Suggested, who, Now, "As suggested."));
        }
        return report.Obstacles.Where(o => o.Kind == ObstacleKind.Gap).Aggregate(draft, (d, o) => d.With(new AcceptedGap(o.Key, who, Now, "So the text says.")));
    }

    /// <summary>Somebody who hires lamps.</summary>
    public static readonly Customer Buyer = new(Place.Parse("NO"), Place.Parse("NO"), Role.Buyer, Site.EasyBuy, default, Customer.DefaultMembers(Role.Buyer, Site.EasyBuy), null, null);

    /// <summary>A draft with other words that is approved and has its days, and its state.</summary>
    public static (Draft Draft, Publication State) Scheduled(PublicationPlan plan, string id = "draft-1", Resolver? published = null)
    {
        var from = published ?? Published;
        var draft = DraftStart.From(id, "Anna", from.Corpus.Catalogue.Find("lamp-hire")!.Versions[^1], from.Corpus.Files).Draft;
        draft = draft.Mend("within three days.", "within three days, unless nobody noticed.");
        draft = draft.Settled(published: from);
        return (draft, Publication.Of(Events(draft, plan)));
    }

    /// <summary>The way of a draft until its days are set.</summary>
    public static IReadOnlyList<PublishingEvent> Events(Draft draft, PublicationPlan plan) =>
    [
        new Drafted(draft.Id, "Anna", Now, draft.Agreement, draft.Base, draft.Digest), new Submitted(draft.Id, "Anna", Now, draft.Digest),
        new Approved(draft.Id, "Bo", Now, draft.Digest, "Read it all."), new Scheduled(draft.Id, "Cai", Now, draft.Digest, plan),
    ];

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    public static PublicationPlan Plan(string announced, string effective, string? existing = null) => new(Day(announced), Day(effective), existing is null ? null : Day(existing));

    public static NoticeFloor Floor(int days, FloorAudience who = FloorAudience.Any, FloorStart starts = FloorStart.Notice, bool enabled = true, params string[] places) =>
        new($"floor-{days}", "an invented law", false, places.Length == 0 ? null : System.Collections.Frozen.FrozenSet.ToFrozenSet(places.Select(Place.Parse)), who, ChangeClass.Clarification, starts, days, enabled, null);

    public static ImmutableArray<Grant> All => [new(EditorRole.Drafter), new(EditorRole.Reviewer), new(EditorRole.Publisher)];
}
