using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Notices;
using Terms.Resolution;

namespace Terms.Storage;

/// <summary>A notice that somebody had of a version, beside an act of theirs on the same version.</summary>
/// <param name="Kept">The notice, and what became of it.</param>
/// <param name="Receipt">Whether it counts as received, by the agreement's own rule.</param>
/// <param name="IsBefore">Whether it was sent before the act, or at the same instant; null if it was not sent, or nobody knows when the act was done.</param>
public sealed record JoinedNotice(KeptNotice Kept, NoticeReceipt Receipt, bool? IsBefore);

/// <summary>
/// Joins notices and acts. They belong together if they have the subject, the version and the digest of its words in common: a version that was taken back and published anew under its day is another.
/// What was posted for everybody is joined to nobody.
/// </summary>
public static class JoinedNotices
{
    /// <summary>The notices that the subject of an act had of the versions that it names, the first first.</summary>
    /// <param name="corpus">The facts by which notices count as received.</param>
    /// <param name="record">The act.</param>
    /// <param name="told">What the subject was told (<see cref="StoredNotices.OfSubject"/>).</param>
    public static ImmutableArray<JoinedNotice> Of(Corpus corpus, AcceptanceRecord record, IReadOnlyList<KeptNotice> told) =>
        [.. told.Where(n => Names(record, n.Notice)).Select(n => new JoinedNotice(n, ReceivedNotices.Of(corpus, n), n.State.SentAt is { } sent && record.Acted is { } acted ? sent <= acted : null))];

    /// <summary>The first acceptance of the version that its subject gave after a notice was sent, withdrawn since or not; null if there is none.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="acts">The acts of its recipient.</param>
    public static RecordedAct? Followed(KeptNotice notice, IEnumerable<RecordedAct> acts) => notice.State.SentAt is not { } sent ? null
        : acts.Where(a => a.Record.Kind.IsAcceptance() && a.Record.Acted >= sent && Names(a.Record, notice.Notice)).MinBy(a => a.Record.Acted);

    private static bool Names(AcceptanceRecord record, Notice notice) =>
        record.Subject == notice.Recipient && record.Agreements.Any(a => $"{a.Agreement}/{a.Version}" == notice.Version && a.TextDigest == notice.TextDigest.Value);
}
