using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Notices;

namespace Terms.Webhooks;

/// <summary>Something that happened to an agreement, as webhooks are told of it.</summary>
/// <param name="Type">One of <see cref="Webhook.KnownEvents"/>.</param>
/// <param name="Agreement">The agreement; what is told of one agreement comes in order.</param>
/// <param name="At">When it happened.</param>
/// <param name="Data">What happened, canonical JSON.</param>
public sealed record WebhookMessage(string Type, string Agreement, DateTimeOffset At, ReadOnlyMemory<byte> Data)
{
    /// <summary>A version stands in the catalogue and its log.</summary>
    public static WebhookMessage Published(Publication publication) => new(Webhook.Published, publication.Agreement, publication.Published, new CanonicalWriter().Object()
        .Member("agreement", publication.Agreement).Member("announced", publication.Announced).Member("edition", publication.Edition).Member("effective", publication.Effective)
        .Member("textDigest", publication.TextDigest).Member("version", publication.Version).EndObject().ToArray());

    /// <summary>A version has taken effect.</summary>
    /// <param name="version">The version.</param>
    /// <param name="at">When that was noticed.</param>
    public static WebhookMessage Effective(AgreementVersion version, DateTimeOffset at) => new(Webhook.Effective, version.Agreement.Id.Value, at, new CanonicalWriter().Object()
        .Member("agreement", version.Agreement.Id.Value).Member("effective", version.Id.Value).Member("textDigest", version.TextDigest.Value).Member("version", version.Id.Value).EndObject().ToArray());

    /// <summary>An act was recorded: one message for each agreement that it names.</summary>
    public static IEnumerable<WebhookMessage> Recorded(AcceptanceId id, AcceptanceRecord record) => record.Agreements.Select(version => new WebhookMessage(
        Webhook.Recorded, version.Agreement, record.Recorded, new CanonicalWriter().Object()
            .Member("acceptance", id.ToString()).Member("agreement", version.Agreement).Member("kind", record.Kind.Word()).Member("recorded", record.Recorded).Member("subject", record.Subject)
            .Member("textDigest", version.TextDigest).Member("version", version.Version).Member("withdraws", record.Withdraws?.ToString()).EndObject().ToArray()));

    /// <summary>A notice has to be looked after by a person.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="state">What became of it.</param>
    /// <param name="at">When that was noticed.</param>
    public static WebhookMessage Failed(Notice notice, NoticeState state, DateTimeOffset at) => new(Webhook.NoticeFailed, notice.Agreement, at, new CanonicalWriter().Object()
        .Member("channel", notice.Channel).Member("notice", notice.Id).Member("stage", state.Stage.ToString().ToLowerInvariant()).Member("subject", notice.Recipient)
        .Member("version", notice.Version).Member("why", state.Why ?? "The server stopped while the notice was being sent, and nobody knows whether it was.").EndObject().ToArray());

    /// <summary>A notice for the platform's own mail system: its words as they are to be sent, and where to.</summary>
    public static byte[] Send(Notice notice, string address, DateTimeOffset at) => new CanonicalWriter().Object()
        .Raw("data", new CanonicalWriter().Object()
            .Member("address", address).Member("channel", notice.Channel).Member("digest", notice.Digest.Value).Member("language", notice.Language).Member("notice", notice.Id)
            .Member("subject", notice.Recipient).Member("text", System.Text.Encoding.UTF8.GetString(notice.Bytes.AsSpan())).Member("title", notice.Subject).Member("version", notice.Version)
            .EndObject().ToArray())
        .Member("timestamp", at).Member("type", Webhook.NoticeSend).EndObject().ToArray();

    /// <summary>The body that is sent, always the same bytes: canonical JSON.</summary>
    /// <param name="sequence">Its place among all that was told of the agreement, from 1.</param>
    public byte[] Bytes(long sequence) => new CanonicalWriter().Object()
        .Member("agreement", Agreement).Raw("data", Data.Span).Member("sequence", sequence).Member("timestamp", At).Member("type", Type).EndObject().ToArray();

    /// <summary>The id of a body, the same whenever it is sent: <c>msg_</c> and 32 digits of its digest.</summary>
    public static string IdOf(ReadOnlySpan<byte> body) => "msg_" + Digests.Of(body)["sha256:".Length..][..32];
}
