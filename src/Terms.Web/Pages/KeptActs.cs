using System.Collections.Immutable;
using Terms.Acceptance;
using Terms.Resolution;
using Terms.Storage;

namespace Terms.Web.Pages;

/// <summary>An act as its person reads it.</summary>
/// <param name="Entry">The entry of the log.</param>
/// <param name="Record">The record.</param>
/// <param name="Form">What was shown; null for what was imported or withdrawn.</param>
/// <param name="WithdrawnBy">The act that withdrew it; null if none did.</param>
public sealed record KeptAct(LedgerEntry Entry, AcceptanceRecord Record, KeptForm? Form, RecordedAct? WithdrawnBy)
{
    /// <summary>What the person was told of the versions that it names, the first first; none where the page may not tell of that.</summary>
    public ImmutableArray<JoinedNotice> Notices { get; init; } = [];

    /// <summary>The name of the acceptance.</summary>
    public AcceptanceId Id => Entry.Id;

    /// <summary>Whether it is an acceptance that stands.</summary>
    public bool CanBeWithdrawn => Record.Kind.IsAcceptance() && WithdrawnBy is null;

    /// <summary>One act, with what was shown.</summary>
    /// <exception cref="StoreException">What was shown is not kept any more.</exception>
    internal static KeptAct Of(Store store, LedgerEntry entry, AcceptanceRecord record, RecordedAct? withdrawnBy) =>
        new(entry, record, record.Shown is { } shown ? KeptForm.Parse(Kept(store, shown.Digest, entry.Id)) : null, withdrawnBy);

    /// <summary>The HTML that was sent, byte for byte; null if none was.</summary>
    /// <exception cref="StoreException">It is not kept any more, or was changed.</exception>
    internal byte[]? Html(Store store) => Form is null ? null : Kept(store, Form.Html, Id);

    private static byte[] Kept(Store store, string digest, AcceptanceId id) => store.Shown(digest) is { } kept && Digests.Of(kept) == digest
        ? kept
        : throw new StoreException($"What {id} was shown, {digest}, is not kept in the store, or was changed there. Restore the last backup with `terms restore`.");
}

/// <summary>All acts of a subject, the newest first.</summary>
internal sealed class KeptActs
{
    /// <summary>So many stand on a page.</summary>
    public const int PageSize = 50;

    private readonly Store store;
    private readonly Corpus corpus;
    private readonly ImmutableArray<(LedgerEntry Entry, AcceptanceRecord Record)> all;
    private readonly IReadOnlyList<KeptNotice> told;

    public KeptActs(Store store, Corpus corpus, string subject)
    {
        (this.store, this.corpus, Subject, told) = (store, corpus, subject, store.Notices.OfSubject(subject));
        all = [.. store.EntriesOf(subject).Reverse().Select(e => (e, AcceptanceRecord.Parse(e.Record)))];
    }

    public string Subject { get; }

    public int Count => all.Length;

    /// <summary>A page of the list, from 1.</summary>
    public ImmutableArray<KeptAct> Page(int number) => [.. all.Skip((number - 1) * PageSize).Take(PageSize).Select(Act)];

    /// <summary>The act with an id; null if the subject has none.</summary>
    public KeptAct? Find(string id) => AcceptanceId.TryParse(id, out var wanted) && all.FirstOrDefault(a => a.Entry.Id == wanted) is { Entry: not null } found ? Act(found) : null;

    private KeptAct Act((LedgerEntry Entry, AcceptanceRecord Record) act)
    {
        var by = all.FirstOrDefault(a => a.Record.Withdraws == act.Entry.Id);
        return KeptAct.Of(store, act.Entry, act.Record, by.Entry is null ? null : new RecordedAct(by.Entry.Id, by.Record)) with
        {
            Notices = JoinedNotices.Of(corpus, act.Record, told),
        };
    }
}
