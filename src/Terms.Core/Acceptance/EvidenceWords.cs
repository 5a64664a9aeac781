using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Terms.Catalogue;
using Terms.Notices;
using Terms.Rendering;

namespace Terms.Acceptance;

/// <summary>The words of an evidence pack, for readers who are no engineers. They claim no more than the files show.</summary>
internal static class EvidenceWords
{
    public const string NoNotices =
        """
        There are no notices in this pack. The store keeps none to the subject about a version of this agreement.
        If the subject was told of a change in some other way, the evidence of that is elsewhere.

        """;

    public static string Notices(ImmutableArray<EvidencedNotice> notices)
    {
        var words = new StringBuilder(
            """
            NOTICES OF CHANGES OF THE AGREEMENT

            notices/…/words.txt     the words, byte for byte as they were sent or posted
            notices/…/notice.json   what else it was: the version and the digest of its text, the channel, who carried it, the digest of words.txt
            notices/…/events.jsonl  what became of it, in order, with the instants of this server's clock

            Notices stand beside the log of acceptances, not in it: no checkpoint covers them. That they were sent is the word of the server that
            kept them; that they arrived is the word of the one who carried them. An address is not given out here.


            """);
        foreach (var notice in notices)
        {
            words.Append(CultureInfo.InvariantCulture, $"  {notice.Notice.Id}{(notice.Notice.Recipient == Notice.Everybody ? ", posted for everybody" : "")}\n");
            words.Append(CultureInfo.InvariantCulture, $"    Version   {notice.Notice.Version} ({notice.Notice.TextDigest})\n");
            words.Append(CultureInfo.InvariantCulture, $"    Channel   {notice.Notice.Channel}, by {notice.Carrier}, in {notice.Notice.Language}\n");
            words.Append(CultureInfo.InvariantCulture, $"    Became    {string.Join("; ", notice.Events.Select(e => $"{NoticeJson.Word(e)} {e.At.ToRfc3339()}"))}\n");
            words.Append(CultureInfo.InvariantCulture, $"    Received  {notice.Receipt.Day?.ToFullDate() ?? "does not count as received"}. {notice.Receipt.Because}{(notice.Receipt.Clauses.IsEmpty ? "" : $" (clauses {string.Join(", ", notice.Receipt.Clauses)})")}\n\n");
        }
        return words.ToString();
    }

    public static string ForCourt(string subject, Agreement agreement, ImmutableArray<EvidencedAct> acts, IEnumerable<(AcceptedVersion Version, bool IsHere)> texts)
    {
        var words = new StringBuilder(
            $"""
            EVIDENCE ON ONE AGREEMENT AND ONE SUBJECT

            Agreement: {agreement.Title} ({agreement.Id})
            Subject:   {subject}
                       This is the name under which the service knows the subject. Who that is, the service has to show;
                       nothing in this pack does.


            WHAT IS RECORDED


            """);
        foreach (var act in acts)
        {
            words.Append(Describe(act, agreement)).Append('\n');
        }
        words.Append(
            """

            WHAT IS HERE

            acceptances/…/record.json    the record, exactly as it was entered into the log
            acceptances/…/receipt.json   the record with its proof; it can be verified without this program's maker
            acceptances/…/shown.json     the wording of sentences and buttons, the versions, and the answer on company, law and
                                         forum, as they stood in the form
            acceptances/…/shown.html     the form's HTML, byte for byte as this server made it. If the act came by a service, that
                                         service showed the terms itself; that it showed this is its word
            texts/…                      the words of each version accepted, in each rendering
            log/…                        the signed state of the log, and the public key
            notices/…                    what the subject was told of versions, and on the public board; notices/README.txt explains
            VERIFY.txt                   how to verify, step by step
            certification-draft.txt      a draft to be completed and signed by a person who knows the facts
            SHA256SUMS                   the SHA-256 digest of every file before it


            """);
        foreach (var (version, isHere) in texts)
        {
            words.Append(isHere
                ? $"The text of version {version.Version} is here. Its digest is the one that the record cites: {version.TextDigest}.\n"
                : $"The text of version {version.Version} is NOT here: the catalogue has no text with the digest that the record cites, {version.TextDigest}.\n");
        }
        return words.Append(
            """


            WHAT THIS PROVES, IF IT VERIFIES

            - The record is in the log, and the log's state was signed with the key given in log/public-key.txt.
            - Neither the record nor what was shown has been changed since that state was signed; a change of one character
              gives another digest.
            - A personal detail that is given opens the commitment that was recorded with the act.

            WHAT IT DOES NOT PROVE

            - Who the person was. The subject is a name given by the service.
            - That the person read the text. The record shows what was sent, and that the form was answered.
            - That the clock was right. The instants are those of the server that recorded the act; no outside authority has
              stamped them. The order of the acts in the log is independent of the clock.
            - That the holder of the key did not make a second log. Compare the checkpoint with one that somebody else kept.
            - That the terms are valid, or have any particular effect in law.


            """).ToString();
    }

    public static string HowToVerify(ImmutableArray<EvidencedAct> acts)
    {
        var words = new StringBuilder(
            """
            HOW TO VERIFY

            With the program (its verifier shares no code with the part that writes):


            """);
        foreach (var act in acts)
        {
            words.Append(CultureInfo.InvariantCulture, $"    terms verify acceptances/{act.Receipt.Id}/receipt.json --key log/public-key.txt\n");
        }
        return words.Append(
            """

            Obtain the public key from somewhere else as well, and compare: a receipt that brings its own key shows only that
            it fits together.

            Without the program, any SHA-256 and any ECDSA P-256 implementation will do:

            1. sha256sum -c SHA256SUMS shows that this pack is whole.
            2. The leaf is SHA-256 over one byte 00 and the bytes of record.json (RFC 9162, section 2.1.1). Its first 20
               hexadecimal digits end the acceptance's id.
            3. Combine the leaf with the hashes of `inclusion` in receipt.json, from left to right, as RFC 9162, section
               2.1.3.2, says, with `index` and `size`. The result is the third line of `checkpoint`, in base64.
            4. The signature in the last line of `checkpoint` is ECDSA on P-256 over SHA-256 of the text before the empty
               line, the line break at its end included. It follows the four bytes of the key's id, in base64. The key stands
               in log/public-key.txt after the byte 02, as SubjectPublicKeyInfo in DER.
            5. SHA-256 over shown.json is `presentation.shown` in the record; SHA-256 over shown.html is `html` in shown.json.
            6. For each of `details`: SHA-256 over {"name":"…","salt":"…","value":"…"} is the commitment in the record.

            """).ToString();
    }

    public static string Certification(string subject, Agreement agreement, ImmutableArray<EvidencedAct> acts)
    {
        var words = new StringBuilder(
            $"""
            DRAFT, NOT SIGNED. To be completed by a person with knowledge of the process, and reviewed by counsel.
            It follows the shape of a certification under Rules 902(13) and 902(14) of the United States Federal Rules of
            Evidence; other courts ask for other forms. Strike out what does not hold.

            CERTIFICATION OF RECORDS GENERATED BY AN ELECTRONIC PROCESS, AND OF DATA COPIED FROM A STORAGE MEDIUM

            I, ______________________, state:

            1. I am ______________________ (position) of ______________________ (organisation). My qualification to make this
               statement is: ______________________________________________________________________________

            2. The organisation operates the program "terms workbench", version ______________________, on ______________________
               (machines, place). It was in regular operation at the instants named below. Known interruptions or faults in
               that time: ____________________ (if none, say how that was established)

            3. The process. On the request of a service that holds a key, the program renders a form with the versions in
               force for the customer, and signs what was rendered. When the form is answered, the program checks the
               signature, the time, and that the versions are still those in force; it writes a record in a fixed form,
               appends its SHA-256 hash to a Merkle tree (RFC 9162), signs the state of the tree, and answers only after
               both are on disk. Records are not altered afterwards; personal details are kept apart, and can be erased
               without altering the record.

            4. That the process gives an accurate result was established by: ________________________________________
               (tests run, audits made with `terms audit`, by whom and when, with their results)

            5. The records named here were made by that process, and copied into this pack by the program. I verified the copy
               on ______________________ with ______________________ (program and version); the result was: ______________

            Agreement: {agreement.Title} ({agreement.Id})
            Subject:   {subject}


            """);
        foreach (var act in acts)
        {
            words.Append(CultureInfo.InvariantCulture, $"   {act.Receipt.Id}\n      recorded {act.Receipt.Record.Recorded.ToRfc3339()}\n      record {Digests.Of(act.Receipt.Record.Bytes())}\n");
        }
        return words.Append(
            """

            6. Personal details not in this pack, and why: ______________________________________________________

            I declare under penalty of perjury that the foregoing is true and correct.

            Date and place: ______________________     Signature: ______________________

            """).ToString();
    }

    private static string Describe(EvidencedAct act, Agreement agreement)
    {
        var record = act.Receipt.Record;
        var version = record.Version(agreement.Id.Value)!;
        var words = new StringBuilder();
        Line("Act", record.Kind switch
        {
            AcceptanceKind.Agree => "agreed",
            AcceptanceKind.Acknowledge => "took note",
            AcceptanceKind.Decline => "declined",
            AcceptanceKind.Withdraw => $"withdrew {record.Withdraws}",
            _ => "imported from an older system; this program saw neither the form nor the act",
        });
        Line("Acceptance", act.Receipt.Id.ToString());
        Line("Version", agreement.Version(version.Version) is { } known ? $"{version.Version}. {EditionNotice.Of(known)}" : version.Version);
        Line("Recorded", record.Recorded.ToRfc3339());
        if (record.Shown is { } shown)
        {
            Line("Shown", $"{shown.Presented.ToRfc3339()}, on {shown.Surface}, in {shown.Language}");
        }
        if (record.Actor != record.Subject)
        {
            Line("Actor", $"{record.Actor}, for the subject; authority as given: {record.Authority}");
        }
        if (record.Provenance is { } from)
        {
            Line("Origin", $"{from.System}, {from.Reference}; agreed: {from.Agreed?.ToRfc3339() ?? "not known"}{(from.Note is null ? "" : $"; note: {from.Note}")}");
        }
        Line("Came by", record.Channel switch { AcceptanceChannel.Page => "a form of this server", AcceptanceChannel.Api => "a service, which says that it showed the form", _ => "import" } + $"; key {record.Key}");
        if (!record.Details.IsEmpty)
        {
            var given = act.Receipt.Details.All.Select(d => d.Name).ToList();
            var missing = record.Details.Keys.Except(given).ToList();
            Line("Details", string.Join("; ", given.Select(n => $"{n}: given").Concat(missing.Select(n => $"{n}: recorded as a commitment; erased or not given out"))));
        }
        return words.ToString();

        void Line(string name, string value) => words.Append(CultureInfo.InvariantCulture, $"  {name,-11} {value}\n");
    }
}
