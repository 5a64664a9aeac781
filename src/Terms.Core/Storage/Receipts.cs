using Terms.Acceptance;
using Terms.Resolution;

namespace Terms.Storage;

/// <summary>Receipts of what the store has. The proof leads to the first checkpoint over the entry, so that a receipt is the same whenever it is asked for.</summary>
public static class Receipts
{
    /// <summary>The receipt of an entry.</summary>
    /// <param name="store">The store.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="withDetails">Whether the personal details that are still there are given out with it.</param>
    /// <exception cref="StoreException">What was shown is not kept any more.</exception>
    public static Receipt Of(Store store, LedgerEntry entry, bool withDetails)
    {
        var record = AcceptanceRecord.Parse(entry.Record);
        var tree = store.CheckpointOver(Logs.Acceptances, entry.Entry) ?? throw new StoreException($"No checkpoint covers {entry.Id}. Stop the server and run `terms store check`.");
        var proof = new LogProof(tree.Size, store.InclusionProof(entry.Entry, tree.Size), tree.Note, store.VerifierKey(Logs.Acceptances));
        var details = withDetails && store.Details(entry.Entry) is { } kept ? PersonalDetails.Parse(kept) : PersonalDetails.None;
        return new Receipt(entry.Id, record, proof, details, record.Shown is { } shown ? (ReadOnlyMemory<byte>?)Kept(store, shown.Digest, entry.Id) : null);
    }

    /// <summary>An act as an evidence pack takes it: with the HTML that was sent.</summary>
    public static EvidencedAct Evidence(Store store, LedgerEntry entry)
    {
        var receipt = Of(store, entry, withDetails: true);
        return new EvidencedAct(receipt, receipt.Shown is { } shown ? (ReadOnlyMemory<byte>?)Kept(store, Shown.HtmlOf(shown), entry.Id) : null);
    }

    /// <summary>The evidence pack of a subject for an agreement, with the notices that the subject had of its versions and those on the public board; null if the subject has no act on it.</summary>
    /// <param name="store">The store.</param>
    /// <param name="corpus">The facts by which notices count as received.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="agreement">The agreement.</param>
    public static EvidencePack? Pack(Store store, Corpus corpus, string subject, Catalogue.Agreement agreement)
    {
        var entries = store.EntriesOf(subject).Where(e => AcceptanceRecord.Parse(e.Record).Version(agreement.Id.Value) is not null).ToList();
        return entries.Count == 0 ? null : new EvidencePack(
            subject, agreement, [.. entries.Select(e => Evidence(store, e))],
            [.. store.Notices.OfSubject(subject).Concat(store.Notices.OnBoard()).Where(n => n.Notice.Agreement == agreement.Id.Value)
                .Select(n => new EvidencedNotice(n.Notice, StoredNotices.Word(n.Carrier), n.Events, ReceivedNotices.Of(corpus, n)))]);
    }

    private static byte[] Kept(Store store, string digest, AcceptanceId id) =>
        store.Shown(digest) ?? throw new StoreException($"What {id} was shown, {digest}, is not kept in the store. Restore the last backup with `terms restore`.");
}
