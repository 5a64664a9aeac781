using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Notices;
using Terms.Rendering;

namespace Terms.Acceptance;

/// <summary>One act for the pack: its receipt, and the HTML that was sent, byte for byte.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Html">The HTML of the form; null for what this server did not show.</param>
public sealed record EvidencedAct(Receipt Receipt, ReadOnlyMemory<byte>? Html);

/// <summary>A notice for the pack.</summary>
/// <param name="Notice">The notice, with its exact bytes.</param>
/// <param name="Carrier">Who carried it: <c>board</c>, <c>webhook</c> or <c>smtp</c>.</param>
/// <param name="Events">What became of it, in order.</param>
/// <param name="Receipt">Whether it counts as received, by the agreement's own rule.</param>
public sealed record EvidencedNotice(Notice Notice, string Carrier, ImmutableArray<NoticeEvent> Events, NoticeReceipt Receipt);

/// <summary>
/// Everything on one subject and one agreement in one ZIP: records, receipts, texts, what was shown, notices, proofs, how to verify, and words for a court. The same acts give
/// the same bytes: no clock enters.
/// </summary>
public sealed class EvidencePack
{
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // The first that a ZIP can write.

    private readonly string subject;
    private readonly Agreement agreement;
    private readonly ImmutableArray<EvidencedAct> acts;
    private readonly ImmutableArray<EvidencedNotice> notices;

    /// <summary>Gathers the acts of a subject that name an agreement.</summary>
    /// <param name="subject">Whom the acts bind.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="acts">The acts, oldest first; at least one.</param>
    /// <param name="notices">The notices that the subject had of the agreement's versions, oldest first, and those posted for everybody.</param>
    /// <exception cref="ArgumentException">There is no act, or an act or notice is of another subject or agreement.</exception>
    public EvidencePack(string subject, Agreement agreement, ImmutableArray<EvidencedAct> acts, ImmutableArray<EvidencedNotice> notices)
    {
        this.subject = subject;
        this.agreement = agreement;
        this.acts = !acts.IsDefaultOrEmpty && acts.All(a => a.Receipt.Record.Subject == subject && a.Receipt.Record.Version(agreement.Id.Value) is not null)
            ? acts
            : throw new ArgumentException($"A pack needs acts of the one subject that name {agreement.Id}.");
        this.notices = notices.All(n => (n.Notice.Recipient == subject || n.Notice.Recipient == Notice.Everybody) && n.Notice.Agreement == agreement.Id.Value)
            ? notices
            : throw new ArgumentException($"A pack takes notices of the one subject, or of everybody, that tell of {agreement.Id}.");
    }

    /// <summary>Writes the ZIP, file by file.</summary>
    public async Task Write(Stream output, CancellationToken cancellation)
    {
        var contents = new List<(string Path, string Digest)>();
        using var buffer = new PackBuffer();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8))
        {
            foreach (var (path, content) in Files())
            {
                contents.Add((path, Digests.Of(content.Span)));
                Add(zip, path, content.Span);
                await buffer.SendTo(output, cancellation);
            }
            Add(zip, "SHA256SUMS", Encoding.UTF8.GetBytes(string.Concat(contents.Select(c => $"{c.Digest["sha256:".Length..]}  {c.Path}\n"))));
        }
        await buffer.SendTo(output, cancellation);
    }

    private IEnumerable<(string Path, ReadOnlyMemory<byte> Content)> Files()
    {
        yield return Text("README.txt", EvidenceWords.ForCourt(subject, agreement, acts, Texts().Select(t => (t.Version, t.Found is not null))));
        yield return Text("certification-draft.txt", EvidenceWords.Certification(subject, agreement, acts));
        yield return Text("VERIFY.txt", EvidenceWords.HowToVerify(acts));
        foreach (var act in acts)
        {
            var receipt = act.Receipt;
            var folder = $"acceptances/{receipt.Id}";
            yield return ($"{folder}/record.json", receipt.Record.Bytes());
            yield return ($"{folder}/receipt.json", receipt.Bytes());
            if (receipt.Shown is { } shown)
            {
                yield return ($"{folder}/shown.json", shown);
            }
            if (act.Html is { } html)
            {
                yield return ($"{folder}/shown.html", html);
            }
        }
        foreach (var found in Texts().Select(t => t.Found).OfType<AgreementVersion>())
        {
            foreach (var text in found.Texts)
            {
                var name = $"texts/{found.Agreement.Id}-{found.Id}-{text.Language}{(text.Number == 1 ? "" : $"-{text.Number}")}";
                yield return Text($"{name}.html", TextRenderer.Html(found, text));
                yield return Text($"{name}.md", TextRenderer.Markdown(found, text));
                yield return ($"{name}.json", JsonSerializer.SerializeToUtf8Bytes(CatalogueDocuments.Document(found, text), TermsJson.Indented.TextDocument));
            }
        }
        yield return Text("notices/README.txt", notices.IsEmpty ? EvidenceWords.NoNotices : EvidenceWords.Notices(notices));
        foreach (var notice in notices)
        {
            var folder = $"notices/{notice.Notice.Id}";
            yield return ($"{folder}/notice.json", NoticeJson.Bytes(notice.Notice, notice.Carrier));
            yield return ($"{folder}/words.txt", notice.Notice.Bytes.AsMemory());
            yield return Text($"{folder}/events.jsonl", string.Concat(notice.Events.Select(e => Encoding.UTF8.GetString(NoticeJson.Bytes(e)) + "\n")));
        }
        yield return Text("log/checkpoint.txt", acts[^1].Receipt.Proof.Checkpoint);
        yield return Text("log/public-key.txt", acts[^1].Receipt.Proof.PublicKey + "\n");

        static (string Path, ReadOnlyMemory<byte> Content) Text(string path, string words) => (path, Encoding.UTF8.GetBytes(words));
    }

    /// <summary>The versions that the acts name, with those in the catalogue whose words have the digest that the records cite.</summary>
    private IEnumerable<(AcceptedVersion Version, AgreementVersion? Found)> Texts() => acts.Select(a => a.Receipt.Record.Version(agreement.Id.Value)!)
        .DistinctBy(v => (v.Version, v.TextDigest)).Select(v => (v, agreement.Version(v.Version) is { } found && found.TextDigest.Value == v.TextDigest ? found : null));

    private static void Add(ZipArchive zip, string path, ReadOnlySpan<byte> content)
    {
        var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Fixed;
        using var stream = entry.Open();
        stream.Write(content);
    }
}
