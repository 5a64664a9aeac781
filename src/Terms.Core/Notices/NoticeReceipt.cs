using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Facts;

namespace Terms.Notices;

/// <summary>Whether a notice counts as received, and from which day.</summary>
/// <param name="Day">The day in the catalogue's zone; null if it does not count, or not yet.</param>
/// <param name="Because">Why, in words.</param>
/// <param name="Clauses">The clauses of the agreement that say so.</param>
public sealed record NoticeReceipt(DateOnly? Day, string Because, ImmutableArray<string> Clauses)
{
    /// <summary>
    /// Applies the agreement's own rule on notices to the customer. Where the text has none for the channel, or makes receipt decide, the channel's word that it has
    /// arrived counts. What failed or came back never counts, whatever the text deems.
    /// </summary>
    /// <param name="notice">The notice.</param>
    /// <param name="state">What became of it.</param>
    /// <param name="facts">The facts of the version in force when it was sent: the one that is to be changed.</param>
    /// <param name="zone">The zone in which days are counted.</param>
    public static NoticeReceipt Of(Notice notice, NoticeState state, ImmutableArray<Fact> facts, TimeZoneInfo zone)
    {
        if (state.Stage is NoticeStage.Failed or NoticeStage.Bounced)
        {
            return new(null, $"The notice {(state.Stage == NoticeStage.Failed ? "could not be sent" : "came back")}: {state.Why}", []);
        }
        if (state.SentAt is not { } sent)
        {
            return new(null, "The notice has not been sent.", []);
        }
        var deemed = ReceiptAnswer.Of(facts, "to-user", notice.Channel, sent, zone);
        return deemed switch
        {
            { Outcome: "not-permitted" } => new(null, deemed.Because, deemed.Clauses),
            { Outcome: "determined", Date: { } day } => new(day, deemed.Because, deemed.Clauses),
            _ when state.DeliveredAt is { } delivered => new(delivered.DateIn(zone), $"{deemed.Because} The channel says that it has arrived.", deemed.Clauses),
            _ => new(null, $"{deemed.Because} The channel has not said that it has arrived.", deemed.Clauses),
        };
    }

    /// <summary>The first day on which one of several notices of the same version counts as received.</summary>
    public static NoticeReceipt? First(IEnumerable<NoticeReceipt> receipts) => receipts.OrderBy(r => r.Day is null).ThenBy(r => r.Day).FirstOrDefault();
}
