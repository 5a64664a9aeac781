using System.Collections.Immutable;
using System.Security.Cryptography;
using Terms.Acceptance;

namespace Terms.Tests.Acceptance;

/// <summary>Records for tests.</summary>
internal static class Acts
{
    public static readonly string Digest = "sha256:" + new string('a', 64);

    public static readonly DateTimeOffset At = new(2026, 5, 3, 10, 0, 0, TimeSpan.Zero);

    public static AcceptedVersion Version(string agreement = "free-membership", string version = "2025-04-01", string? digest = null) => new(agreement, version, digest ?? Digest, "en", "1");

    public static ShownAs Shown(DateTimeOffset? presented = null, string? digest = null) => new("a-aaaaaaaaaaaaaaaa", digest ?? Digest, Digest, "en", "signup-web", presented ?? At);

    public static AcceptanceRecord Agree(
        DateTimeOffset? at = null, string subject = "member-17", AcceptanceKind kind = AcceptanceKind.Agree, string? actor = null, string? authority = null, ShownAs? shown = null,
        ImmutableSortedDictionary<string, string>? details = null, params AcceptedVersion[] versions) =>
        new(kind, subject, actor, authority, versions.Length == 0 ? [Version()] : [.. versions], shown ?? Shown(at), AcceptanceChannel.Page, at ?? At, details, null, null, "shop-web");

    public static AcceptanceRecord Withdraw(AcceptanceId which, DateTimeOffset at, params AcceptedVersion[] versions) =>
        new(AcceptanceKind.Withdraw, "member-17", null, null, [.. versions], null, AcceptanceChannel.Api, at, null, which, null, "shop-web");

    public static AcceptanceRecord Import(DateTimeOffset? agreed, DateTimeOffset at, params AcceptedVersion[] versions) =>
        new(AcceptanceKind.Imported, "member-17", null, null, [.. versions], null, AcceptanceChannel.Import, at, null, null, new Provenance("old-shop", "r-1", agreed, null), "importer");

    /// <summary>The records as entries of a log, from 0 on.</summary>
    public static IReadOnlyList<RecordedAct> Log(params AcceptanceRecord[] records) => [.. records.Select((r, i) => new RecordedAct(Id(r, i), r))];

    /// <summary>The name of a record at a place in the log.</summary>
    public static AcceptanceId Id(AcceptanceRecord record, long entry) => AcceptanceId.Of(entry, SHA256.HashData([0, .. record.Bytes()]));
}
