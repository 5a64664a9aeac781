using System.Security.Cryptography;
using Terms.Acceptance;

namespace Terms.Storage;

/// <summary>What is to be recorded.</summary>
/// <param name="Record">The canonical bytes of the record: the leaf.</param>
/// <param name="Subject">Whom it binds.</param>
/// <param name="At">Its instant <c>recorded</c>. It must not be more than a second before the latest in the log: that would be a clock that ran backwards.</param>
/// <param name="Idempotency">The service's key and its idempotency key, or the system and reference of what is imported, in one text; null if there is none.</param>
/// <param name="RequestDigest">SHA-256 of what was asked, 32 bytes; null if nothing tells it from another request. The same idempotency key with another digest is refused.</param>
/// <param name="Presentation">The number of the presentation that this uses up; null if it uses none.</param>
/// <param name="Details">The personal details for the annex, a JSON object whose keys are their names; null if there are none.</param>
/// <param name="Withdraws">The place of the acceptance that this withdraws; null if it withdraws none.</param>
public sealed record Recording(
    ReadOnlyMemory<byte> Record, string Subject, DateTimeOffset At, string? Idempotency = null, byte[]? RequestDigest = null, long? Presentation = null, ReadOnlyMemory<byte>? Details = null,
    long? Withdraws = null)
{
    /// <summary>SHA-256 of what was asked, 32 bytes.</summary>
    public byte[]? RequestDigest { get; } = RequestDigest is null or { Length: SHA256.HashSizeInBytes }
        ? RequestDigest
        : throw new ArgumentException($"The digest of a request has {SHA256.HashSizeInBytes} bytes, not {RequestDigest.Length}.", nameof(RequestDigest));
}

/// <summary>What came of a <see cref="Recording"/>.</summary>
public abstract record Recorded
{
    private Recorded()
    {
    }

    /// <summary>What comes of a request under an idempotency key that an entry has: repeated if it asks for the same.</summary>
    internal static Recorded Again(LedgerEntry entry, byte[]? earlierRequest, byte[]? request) => earlierRequest.AsSpan().SequenceEqual(request) ? new Repeated(entry) : new IdempotencyConflict(entry.Entry);

    /// <summary>It is in the log and on the disk.</summary>
    public sealed record Added(LedgerEntry Entry) : Recorded;

    /// <summary>The same request, with the same idempotency key, had been recorded before; this is that entry.</summary>
    public sealed record Repeated(LedgerEntry Entry) : Recorded;

    /// <summary>The presentation had been used up by this entry; nothing was recorded.</summary>
    public sealed record PresentationUsed(long Entry) : Recorded;

    /// <summary>The acceptance had been withdrawn by this entry; nothing was recorded.</summary>
    public sealed record AlreadyWithdrawn(long Entry) : Recorded;

    /// <summary>The idempotency key had been used by this entry for another request; nothing was recorded.</summary>
    public sealed record IdempotencyConflict(long Entry) : Recorded;
}

/// <summary>A leaf of the log of acceptances.</summary>
/// <param name="Entry">Its place, from 0.</param>
/// <param name="Record">Its canonical bytes.</param>
/// <param name="LeafHash">Their hash, 32 bytes.</param>
public sealed record LedgerEntry(long Entry, ReadOnlyMemory<byte> Record, byte[] LeafHash)
{
    /// <summary>The id of the acceptance.</summary>
    public AcceptanceId Id => AcceptanceId.Of(Entry, LeafHash);
}
