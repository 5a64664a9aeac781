using System.Collections.Immutable;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Terms.Catalogue;
using Terms.Export;
using Terms.Rendering;

namespace Terms.Acceptance;

/// <summary>One act for the pack: its receipt, and the HTML that was sent, byte for byte.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Html">The HTML of the form; null for what this server did not show.</param>
public sealed record EvidencedAct(Receipt Receipt, ReadOnlyMemory<byte>? Html);

/// <summary>
/// Everything on one subject and one agreement in one ZIP: records, receipts, texts, what was shown, proofs, how to verify, and words for a court. The same acts give
/// the same bytes: no clock enters.
/// </summary>
public sealed class EvidencePack
{
    private static readonly DateTimeOffset Fixed = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero); // The first that a ZIP can write.

    private readonly string subject;
    private readonly Agreement agreement;
    private readonly ImmutableArray<EvidencedAct> acts;
    private readonly List<(string Path, string Digest)> contents = [];

    /// <summary>Gathers the acts of a subject that name an agreement.</summary>
    /// <param name="subject">Whom the acts bind.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="acts">The acts, oldest first; at least one.</param>
    /// <exception cref="ArgumentException">There is none, or one is of another subject or names another agreement.</exception>
    public EvidencePack(string subject, Agreement agreement, ImmutableArray<EvidencedAct> acts)
    {
        this.subject = subject;
        this.agreement = agreement;
        this.acts = !acts.IsDefaultOrEmpty && acts.All(a => a.Receipt.Record.Subject == subject && a.Receipt.Record.Version(agreement.Id.Value) is not null)
            ? acts
            : throw new ArgumentException($"A pack needs acts of the one subject that name {agreement.Id}.");
    }

    /// <summary>Writes the ZIP; nothing of it is held back in memory but the file being written.</summary>
    public async Task Write(Stream output, CancellationToken cancellation)
    {
        contents.Clear();
        await using var zip = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8, cancellation);
        await Add(zip, "README.txt", EvidenceWords.ForCourt(subject, agreement, acts, Texts().Select(t => (t.Version, t.Found is not null))), cancellation);
        await Add(zip, "certification-draft.txt", EvidenceWords.Certification(subject, agreement, acts), cancellation);
        await Add(zip, "VERIFY.txt", EvidenceWords.HowToVerify(acts), cancellation);
        foreach (var act in acts)
        {
            await AddAct(zip, act, cancellation);
        }
        foreach (var (_, found) in Texts())
        {
            foreach (var text in found?.Texts ?? [])
            {
                var name = $"texts/{found!.Agreement.Id}-{found.Id}-{text.Language}{(text.Number == 1 ? "" : $"-{text.Number}")}";
                await Add(zip, $"{name}.html", TextRenderer.Html(found, text), cancellation);
                await Add(zip, $"{name}.md", TextRenderer.Markdown(found, text), cancellation);
                await Add(zip, $"{name}.json", JsonSerializer.SerializeToUtf8Bytes(CatalogueDocuments.Document(found, text), TermsJson.Indented.TextDocument), cancellation);
            }
        }
        await Add(zip, "notices/README.txt", EvidenceWords.NoNotices, cancellation);
        await Add(zip, "log/checkpoint.txt", acts[^1].Receipt.Proof.Checkpoint, cancellation);
        await Add(zip, "log/public-key.txt", acts[^1].Receipt.Proof.PublicKey + "\n", cancellation);
        var list = string.Concat(contents.Select(c => $"{c.Digest["sha256:".Length..]}  {c.Path}\n"));
        await Add(zip, "SHA256SUMS", list, cancellation);
    }

    private async Task AddAct(ZipArchive zip, EvidencedAct act, CancellationToken cancellation)
    {
        var receipt = act.Receipt;
        var folder = $"acceptances/{receipt.Id}";
        await Add(zip, $"{folder}/record.json", receipt.Record.Bytes(), cancellation);
        await Add(zip, $"{folder}/receipt.json", receipt.Bytes(), cancellation);
        if (receipt.Shown is { } shown)
        {
            await Add(zip, $"{folder}/shown.json", shown, cancellation);
        }
        if (act.Html is { } html)
        {
            await Add(zip, $"{folder}/shown.html", html, cancellation);
        }
    }

    /// <summary>The versions that the acts name, with those in the catalogue whose words have the digest that the records cite.</summary>
    private IEnumerable<(AcceptedVersion Version, AgreementVersion? Found)> Texts() => acts.Select(a => a.Receipt.Record.Version(agreement.Id.Value)!)
        .DistinctBy(v => (v.Version, v.TextDigest)).Select(v => (v, agreement.Version(v.Version) is { } found && found.TextDigest.Value == v.TextDigest ? found : null));

    private Task Add(ZipArchive zip, string path, string text, CancellationToken cancellation) => Add(zip, path, Encoding.UTF8.GetBytes(text), cancellation);

    private async Task Add(ZipArchive zip, string path, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        contents.Add((path, Digests.Of(content.Span)));
        var entry = zip.CreateEntry(path, CompressionLevel.Optimal);
        entry.LastWriteTime = Fixed;
        await using var stream = await entry.OpenAsync(cancellation);
        await stream.WriteAsync(content, cancellation);
    }
}
