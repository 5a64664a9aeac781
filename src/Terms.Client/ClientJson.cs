using System.Text.Json.Serialization;

namespace Terms.Client;

/// <summary>Bodies as the API takes and gives them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Applicable))]
[JsonSerializable(typeof(CapAnswer))]
[JsonSerializable(typeof(SubjectStatus))]
[JsonSerializable(typeof(PresentationRequest))]
[JsonSerializable(typeof(Presentation))]
[JsonSerializable(typeof(AcceptanceBody))]
[JsonSerializable(typeof(RecordedAcceptance))]
[JsonSerializable(typeof(Acceptance))]
[JsonSerializable(typeof(IReadOnlyList<Acceptance>))]
[JsonSerializable(typeof(IReadOnlyList<QuestionBody>))]
[JsonSerializable(typeof(SubjectLink))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(TermsRequiredProblem))]
internal sealed partial class ClientJson : JsonSerializerContext;

internal sealed record AcceptanceBody(
    string Kind, string? Token = null, IReadOnlyList<string>? Agreements = null, string? Subject = null, string? Withdraws = null, IReadOnlyDictionary<string, string>? Details = null);

internal sealed record QuestionBody(
    string Residence, string Role, string? AccessFrom, string? Site, string? Service, IReadOnlyList<string>? Member, bool? Business, DateOnly? Registered, string? Agreement, DateTimeOffset? At);

internal sealed record ProblemBody(string? Type, string? Detail, string? Reason);
