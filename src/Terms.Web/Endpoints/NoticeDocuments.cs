using System.Text.Json;
using System.Text.Json.Serialization;

namespace Terms.Web.Endpoints;

#pragma warning disable CS1591 // docs/notices.md and the OpenAPI document explain the names

/// <summary>Who is to be told of a version. <c>carrier</c> is webhook or smtp; <c>audience</c> is everybody, to tell more people than the change calls for.</summary>
public sealed record NoticeRequest(string Version, string Carrier, IReadOnlyList<NoticeRecipientRequest> Recipients, string? Audience = null);

/// <summary>One recipient. With the facts about the customer it is decided whether they need to be told, and what changes for them is said.</summary>
public sealed record NoticeRecipientRequest(string Subject, string Channel, string Address, string Language, CustomerRequest? Customer = null);

/// <summary>What came of each recipient, in order, and the counts.</summary>
public sealed record NoticesDocument(string Version, AudienceDocument Audience, IReadOnlyList<NoticeResultDocument> Results, int Queued, int Repeated, int NotNeeded, int Refused);

/// <summary>Who is told of the version: nobody, affected or everybody.</summary>
public sealed record AudienceDocument(string Kind, string Because);

/// <summary>What came of one recipient: queued, repeated, not-needed or refused.</summary>
public sealed record NoticeResultDocument(string? Subject, string Outcome, string? Notice, string? Because);

/// <summary>
/// A notice as it is kept. <c>address</c> is null once it was erased. <c>acceptance</c> is the first that the subject gave of the version after the notice was sent; null if there is none, or the key may not read acceptances.
/// </summary>
public sealed record NoticeDocument(
    string Id, string Subject, string Version, string TextDigest, string Channel, string Carrier, string? Address, string Language, string Title, string Text, string Digest, string Stage, int Attempts,
    string? SentAt, string? DeliveredAt, string? Why, bool NeedsPerson, NoticeReceivedDocument Received, IReadOnlyList<NoticeEventDocument> Events,
    FollowingAcceptanceDocument? Acceptance);

/// <summary>The acceptance that followed a notice. <c>acted</c> is when it was given, as far as is known.</summary>
public sealed record FollowingAcceptanceDocument(string Id, string Kind, string? Acted, string Recorded, string Receipt);

/// <summary>From which day it counts as received by the agreement's own rule; null if it does not.</summary>
public sealed record NoticeReceivedDocument(string? Day, string Because, IReadOnlyList<string> Clauses);

public sealed record NoticeEventDocument(string Event, string At, string? Proof, string? Why, bool? Lasting);

/// <summary>What the platform's mail system says: <c>event</c> is delivered, with a proof if there is one, or bounced, with why.</summary>
public sealed record NoticeReportRequest(string Event, string? Proof = null, string? Why = null);

#pragma warning restore CS1591

/// <summary>The JSON of notices: camelCase, unknown values null, characters written as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NoticeDocument))]
[JsonSerializable(typeof(IReadOnlyList<NoticeDocument>))]
internal sealed partial class NoticeJsonContext : JsonSerializerContext
{
    /// <summary>The context with characters outside ASCII unescaped.</summary>
    public static readonly NoticeJsonContext Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
