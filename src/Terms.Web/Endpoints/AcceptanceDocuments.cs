using System.Text.Json;
using System.Text.Json.Serialization;
using Terms.Export;

namespace Terms.Web.Endpoints;

#pragma warning disable CS1591 // docs/evidence.md and the OpenAPI document explain the names

/// <summary>What a service asks to have shown. <c>agreements</c> is a list of names, or <c>all</c>.</summary>
public sealed record PresentationRequest(
    string Subject, CustomerRequest Customer, string Surface, JsonElement? Agreements = null, string? Act = null, string? Actor = null, string? Authority = null, string? Language = null,
    string? ReturnTo = null, int? Minutes = null);

/// <summary>The facts about a customer, as <c>/applicable</c> takes them. <c>member</c> is a list of sites.</summary>
public sealed record CustomerRequest(
    string Residence, string Role, string? AccessFrom = null, string? Site = null, string? Service = null, IReadOnlyList<string>? Member = null, bool? Business = null, string? Registered = null);

/// <summary>A presentation: where the reader goes, and what a service needs that shows it itself. <c>shown</c> is a <c>terms-shown/1</c>.</summary>
public sealed record PresentationDocument(string Id, string Url, string Token, string Expires, JsonElement Shown);

/// <summary>An act. <c>token</c> for agree, acknowledge and decline; <c>subject</c> and <c>withdraws</c> for withdraw.</summary>
public sealed record AcceptanceRequest(
    string Kind, string? Token = null, IReadOnlyList<string>? Agreements = null, string? Subject = null, string? Withdraws = null, IReadOnlyDictionary<string, string>? Details = null);

/// <summary>What was recorded: the id, the record (<c>terms-record/1</c>), and the address of the receipt.</summary>
public sealed record RecordedDocument(string Id, JsonElement Record, string Receipt);

/// <summary>An acceptance. <c>details</c> are the personal details that are still there; null if there are none any more, or were none. <c>notices</c> are those that the subject had of the versions it names.</summary>
public sealed record AcceptanceDocument(string Id, JsonElement Record, IReadOnlyDictionary<string, string>? Details, string Receipt, IReadOnlyList<JoinedNoticeDocument> Notices);

/// <summary>A notice beside an act on the same version. <c>digest</c> is that of its exact words. <c>before</c> says whether it was sent before the act; null if it was not sent, or the instant of the act is not known.</summary>
public sealed record JoinedNoticeDocument(
    string Id, string Version, string Channel, string Carrier, string Language, string Title, string Digest, string Stage, string? SentAt, string? DeliveredAt, NoticeReceivedDocument Received, bool? Before);

/// <summary>One older record. <c>agreed</c> is an instant, or null if nobody knows.</summary>
public sealed record ImportRequest(
    string Subject, IReadOnlyList<ImportedVersionRequest> Agreements, string? Agreed, string System, string Reference, string? Note = null, IReadOnlyDictionary<string, string>? Details = null);

public sealed record ImportedVersionRequest(string Agreement, string Version);

/// <summary>What came of one line: an id, or a problem.</summary>
public sealed record ImportedDocument(string? Id = null, bool? Repeated = null, string? Type = null, string? Detail = null);

public sealed record StatusDocument(string Subject, string At, IReadOnlyList<RequiredDocument> Required, IReadOnlyList<AcceptedDocument> Accepted);

public sealed record RequiredDocument(
    string Agreement, string Version, string TextDigest, string Title, string Because, string? Classification, string Explanation, LastActDocument? Last,
    EffectiveForDocument? EffectiveFor);

public sealed record LastActDocument(string Id, string Version, string Recorded);

public sealed record AcceptedDocument(string Agreement, string Version, string Acceptance, string Recorded, string? Until, UpcomingDocument? Upcoming);

public sealed record LinkDocument(string Url, string Expires);

public sealed record ErasedDocument(IReadOnlyList<string> Erased, bool GoneFromDisk);

public sealed record HoldRequest(string Why);

#pragma warning restore CS1591

/// <summary>The JSON of acceptances: camelCase, unknown values null, characters written as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(PresentationDocument))]
[JsonSerializable(typeof(AcceptanceDocument))]
[JsonSerializable(typeof(IReadOnlyList<AcceptanceDocument>))]
[JsonSerializable(typeof(StatusDocument))]
[JsonSerializable(typeof(LinkDocument))]
[JsonSerializable(typeof(ErasedDocument))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class AcceptanceJson : JsonSerializerContext
{
    /// <summary>The context with characters outside ASCII unescaped.</summary>
    public static readonly AcceptanceJson Plain = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
