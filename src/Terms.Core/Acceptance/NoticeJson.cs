using Terms.Notices;

namespace Terms.Acceptance;

/// <summary>Notices and what became of them as canonical JSON, as the store keeps them and evidence packs give them out. The address is no part of either.</summary>
internal static class NoticeJson
{
    /// <summary>The parts of a notice but its words, which its digest names.</summary>
    public static byte[] Bytes(Notice notice, string carrier) => new CanonicalWriter().Object()
        .Member("carrier", carrier).Member("channel", notice.Channel).Member("digest", notice.Digest.Value).Member("language", notice.Language).Member("notice", notice.Id)
        .Member("schema", "terms-notice/1").Member("subject", notice.Recipient).Member("textDigest", notice.TextDigest.Value).Member("title", notice.Subject).Member("version", notice.Version)
        .EndObject().ToArray();

    /// <summary>An event.</summary>
    public static byte[] Bytes(NoticeEvent happened) => new CanonicalWriter().Object()
        .Member("at", happened.At)
        .Member("event", Word(happened))
        .Member("lasting", happened is NoticeFailed failure ? failure.IsLasting ? "true" : "false" : null)
        .Member("notice", happened.Notice)
        .Member("proof", happened switch { NoticeSent sent => sent.Proof, NoticeDelivered delivered => delivered.Proof, _ => null })
        .Member("why", happened switch { NoticeFailed failed => failed.Why, NoticeBounced bounced => bounced.Why, _ => null })
        .EndObject().ToArray();

    /// <summary>Reads an event back.</summary>
    /// <exception cref="FormatException">It is none, or not in canonical form.</exception>
    public static NoticeEvent Read(ReadOnlyMemory<byte> bytes) => CanonicalReader.Read(bytes, "event of a notice", json =>
    {
        var (at, happened, lasting, notice, proof, why) =
            (json.Instant("at"), json.Text("event"), json.OptionalText("lasting"), json.Text("notice"), json.OptionalText("proof"), json.OptionalText("why"));
        return happened switch
        {
            "queued" => (NoticeEvent)new NoticeQueued(notice, at),
            "attempted" => new NoticeAttempted(notice, at),
            "sent" => new NoticeSent(notice, at, proof),
            "delivered" => new NoticeDelivered(notice, at, proof),
            "failed" when why is not null => new NoticeFailed(notice, at, why, lasting == "true"),
            "bounced" when why is not null => new NoticeBounced(notice, at, why),
            _ => throw new FormatException($"The event `{happened}` is not known, or does not say why."),
        };
    });

    /// <summary>What an event is called.</summary>
    public static string Word(NoticeEvent happened) => happened switch
    {
        NoticeQueued => "queued",
        NoticeAttempted => "attempted",
        NoticeSent => "sent",
        NoticeDelivered => "delivered",
        NoticeFailed => "failed",
        NoticeBounced => "bounced",
        _ => throw new ArgumentException($"A {happened.GetType().Name} is no event of a notice.", nameof(happened)),
    };
}
