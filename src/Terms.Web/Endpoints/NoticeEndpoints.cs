using System.Globalization;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Storage;
using Terms.Web.Delivery;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Notices as they are kept, and what the platform's mail system says became of them.</summary>
internal static class NoticeEndpoints
{
    private const int LargestBody = 8 * 1024;
    private const int LongestWords = 500;

    /// <summary>One notice.</summary>
    public static Task One(string id, HttpContext context, ServedStore stored, ServedCatalogue served, RetryPolicy policy, TimeProvider clock)
    {
        var key = Callers.Require(context, "notices");
        var notice = stored.Store.Notices.Find(id) ?? throw Unknown();
        return JsonAnswer.Send(context, 200, Document(stored.Store, served, notice, Acts(stored.Store, key, notice.Notice.Recipient), policy, clock.GetUtcNow()), NoticeJsonContext.Plain.NoticeDocument);
    }

    /// <summary>What one subject was told, the first first.</summary>
    public static Task OfSubject(HttpContext context, ServedStore stored, ServedCatalogue served, RetryPolicy policy, TimeProvider clock)
    {
        var key = Callers.Require(context, "notices");
        var subject = SubjectEndpoints.Subject(context);
        var acts = Acts(stored.Store, key, subject);
        return JsonAnswer.Send(
            context, 200, [.. stored.Store.Notices.OfSubject(subject).Select(n => Document(stored.Store, served, n, acts, policy, clock.GetUtcNow()))],
            NoticeJsonContext.Plain.IReadOnlyListNoticeDocument);
    }

    /// <summary>Notes that a notice has arrived or come back. The same said again changes nothing.</summary>
    public static async Task Report(string id, HttpContext context, ServedStore stored, ServedCatalogue served, RetryPolicy policy, TimeProvider clock)
    {
        var key = Callers.Require(context, "notices");
        using var body = await JsonBody.Object(context, LargestBody);
        var json = body.RootElement;
        json.Only("event", "proof", "why");
        var now = clock.GetUtcNow();
        NoticeEvent happened = json.Required("event") switch
        {
            "delivered" => new NoticeDelivered(id, now, JsonBody.Checked(() => PlainText.OptionalChecked(json.Optional("proof"), LongestWords, "proof"))),
            "bounced" => new NoticeBounced(id, now, JsonBody.Checked(() => PlainText.Checked(json.Required("why"), LongestWords, "why"))),
            var other => throw ApiException.Parameter($"\"event\": \"{Parameters.Shown(other)}\" is not known. Send delivered or bounced."),
        };
        var address = stored.Store.Notices.Address(stored.Store.Notices.Find(id) ?? throw Unknown());
        var notice = await stored.Store.Notices.Note(NoticeSender.Without(address, happened), policy, 0) ?? throw Unknown();
        if (notice.Events[^1].GetType() != happened.GetType())
        {
            throw new ApiException(409, "notice-state", $"The notice is {Stage(notice.State)}, and cannot be {json.Required("event")} now. Only what was sent arrives or comes back.");
        }
        await JsonAnswer.Send(context, 200, Document(stored.Store, served, notice, Acts(stored.Store, key, notice.Notice.Recipient), policy, now), NoticeJsonContext.Plain.NoticeDocument);
    }

    /// <summary>A notice beside an act.</summary>
    public static JoinedNoticeDocument Joined(JoinedNotice joined)
    {
        var (notice, state) = (joined.Kept.Notice, joined.Kept.State);
        return new JoinedNoticeDocument(
            notice.Id, notice.Version, notice.Channel, StoredNotices.Word(joined.Kept.Carrier), notice.Language, notice.Subject, notice.Digest.Value, Stage(state), state.SentAt?.ToRfc3339(),
            state.DeliveredAt?.ToRfc3339(), Received(joined.Receipt), joined.IsBefore);
    }

    /// <summary>The acts of a subject, the oldest first, if a key may read them.</summary>
    private static List<RecordedAct> Acts(Store store, ServiceKey key, string subject) =>
        key.Allows("read") && subject != Notice.Everybody ? [.. store.EntriesOf(subject).Select(e => new RecordedAct(e.Id, AcceptanceRecord.Parse(e.Record)))] : [];

    private static ApiException Unknown() => new(404, "unknown-notice", "There is no notice of that name. Send one as it was given, such as n-0f3a….");

    private static string Stage(NoticeState state) => state.Stage.ToString().ToLowerInvariant();

    private static NoticeReceivedDocument Received(NoticeReceipt receipt) => new(receipt.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), receipt.Because, receipt.Clauses);

    private static NoticeDocument Document(Store store, ServedCatalogue served, KeptNotice kept, IReadOnlyList<RecordedAct> acts, RetryPolicy policy, DateTimeOffset now)
    {
        var (notice, state, followed) = (kept.Notice, kept.State, JoinedNotices.Followed(kept, acts));
        return new NoticeDocument(
            notice.Id, notice.Recipient, notice.Version, notice.TextDigest.Value, notice.Channel, StoredNotices.Word(kept.Carrier), store.Notices.Address(kept), notice.Language, notice.Subject,
            System.Text.Encoding.UTF8.GetString(notice.Bytes.AsSpan()), notice.Digest.Value, Stage(state), state.Attempts, state.SentAt?.ToRfc3339(), state.DeliveredAt?.ToRfc3339(), state.Why,
            policy.NeedsPerson(state, kept.IsRepeatable, now), Received(ReceivedNotices.Of(served.Corpus, kept)), [.. kept.Events.Select(Event)],
            followed is null ? null : new FollowingAcceptanceDocument(
                followed.Id.ToString(), followed.Record.Kind.Word(), followed.Record.Acted?.ToRfc3339(), followed.Record.Recorded.ToRfc3339(), $"/api/v1/acceptances/{followed.Id}/receipt"));
    }

    private static NoticeEventDocument Event(NoticeEvent happened)
    {
        var at = happened.At.ToRfc3339();
        return happened switch
        {
            NoticeQueued => new("queued", at, null, null, null),
            NoticeAttempted => new("attempted", at, null, null, null),
            NoticeSent sent => new("sent", at, sent.Proof, null, null),
            NoticeDelivered delivered => new("delivered", at, delivered.Proof, null, null),
            NoticeFailed failed => new("failed", at, null, failed.Why, failed.IsLasting),
            NoticeBounced bounced => new("bounced", at, null, bounced.Why, null),
            _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event of a notice."),
        };
    }
}
