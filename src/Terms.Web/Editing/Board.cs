using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.People;
using Terms.Publishing;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>What a draft waits for.</summary>
public enum Waiting
{
    /// <summary>That it is written and submitted.</summary>
    Submission,

    /// <summary>That it is merged with the version that was published since it was made.</summary>
    Merge,

    /// <summary>That it is mended after it was given back, and submitted again.</summary>
    Mending,

    /// <summary>The word of a reviewer who has not written in it.</summary>
    Approval,

    /// <summary>Its days.</summary>
    Days,

    /// <summary>Its publication.</summary>
    Publication,

    /// <summary>Other days: those that were set are over.</summary>
    OtherDays,

    /// <summary>The day from which it binds.</summary>
    Effect,

    /// <summary>Nothing.</summary>
    Nothing,
}

/// <summary>One draft on the board.</summary>
/// <param name="Standing">How it stands.</param>
/// <param name="Title">The agreement's title, or its id while it is not in the catalogue.</param>
/// <param name="Waits">What it waits for.</param>
/// <param name="For">The names of those of whom one can do it, for people; empty if nobody can, or need.</param>
/// <param name="Obstacles">How many things stand against it; null where nobody has asked yet.</param>
public sealed record BoardRow(DraftStanding Standing, string Title, Waiting Waits, ImmutableArray<string> For, int? Obstacles);

/// <summary>An agreement on the board with what is in force.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="InForce">The version in force; null if none is.</param>
/// <param name="Next">The version that comes next; null if none is known.</param>
public sealed record BoardAgreement(Agreement Agreement, AgreementVersion? InForce, AgreementVersion? Next);

/// <summary>Everything that is under way, and what is in force, as one person may see it.</summary>
/// <param name="Rows">The drafts, the one with the newest event first.</param>
/// <param name="Agreements">The agreements.</param>
public sealed record Board(ImmutableArray<BoardRow> Rows, ImmutableArray<BoardAgreement> Agreements)
{
    /// <summary>The board at an instant.</summary>
    /// <param name="editor">Who looks at it.</param>
    /// <param name="drafts">The drafts that they may see.</param>
    /// <param name="accounts">All accounts: those whom something waits for are among them.</param>
    /// <param name="served">What is published.</param>
    /// <param name="reports">The reports that have been made.</param>
    /// <param name="now">The instant.</param>
    public static Board Of(Editor editor, ImmutableArray<DraftStanding> drafts, ImmutableArray<EditorAccount> accounts, ServedCatalogue served, DraftReports reports, DateTimeOffset now)
    {
        var catalogue = served.Catalogue;
        return new(
            [.. drafts.Select(d => Row(d, catalogue, accounts, reports, now))],
            [.. catalogue.Agreements.Where(a => Rights.MayRead(editor, a.Id)).Select(a => Standing(a, catalogue.Zone, now))]);
    }

    /// <summary>One row.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="catalogue">What is published.</param>
    /// <param name="accounts">All accounts.</param>
    /// <param name="reports">The reports that have been made.</param>
    /// <param name="now">The instant.</param>
    public static BoardRow Row(DraftStanding draft, AgreementCatalogue catalogue, ImmutableArray<EditorAccount> accounts, DraftReports reports, DateTimeOffset now)
    {
        var (state, zone) = (draft.State, catalogue.Zone);
        var waits = state.Stage switch
        {
            _ when state.IsOpen && NewerVersion.Than(draft.Agreement, state.Base, catalogue) is not null => Waiting.Merge,
            PublicationStage.Draft when draft.Events.Last(e => e.Step is not (Commented or Settled or Refused)).Step is SentBack => Waiting.Mending,
            PublicationStage.Draft => Waiting.Submission,
            PublicationStage.InReview => Waiting.Approval,
            PublicationStage.Approved => Waiting.Days,
            PublicationStage.Scheduled when now.DateIn(zone) > state.Plan!.Announced => Waiting.OtherDays,
            PublicationStage.Scheduled => Waiting.Publication,
            PublicationStage.Published when now < Instants.StartOf(state.Plan!.Effective, zone) => Waiting.Effect,
            _ => Waiting.Nothing,
        };
        EditorRole? role = waits switch
        {
            Waiting.Submission or Waiting.Merge or Waiting.Mending => EditorRole.Drafter,
            Waiting.Approval => EditorRole.Reviewer,
            Waiting.Days or Waiting.Publication or Waiting.OtherDays => EditorRole.Publisher,
            _ => null,
        };
        ImmutableArray<string> whom = role is { } needed
            ? [.. accounts.Where(a => a.Disabled is null && a.Editor.Is(needed, draft.Agreement) && (needed != EditorRole.Reviewer || !state.Writers.Contains(a.Name))).Select(a => a.DisplayName)]
            : [];
        return new(draft, catalogue.Find(draft.Agreement.Value)?.Title ?? draft.Agreement.Value, waits, whom, state.IsOpen && state.Digest is { } digest ? reports.IfMade(digest, state.Plan)?.Obstacles.Length : null);
    }

    private static BoardAgreement Standing(Agreement agreement, TimeZoneInfo zone, DateTimeOffset now)
    {
        var spans = Timeline.Of(agreement, zone, now);
        return new(agreement, spans.LastOrDefault(s => s.From is null || s.From <= now)?.Version, spans.FirstOrDefault(s => s.From > now && s.Version is not null)?.Version);
    }
}
