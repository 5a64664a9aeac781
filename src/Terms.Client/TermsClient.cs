using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Terms.Client;

/// <summary>
/// Asks the terms service. Every call ends with an answer, with a <see cref="TermsProblemException"/> that says what the service refused, or with the exception
/// of <see cref="HttpClient"/> if it could not be reached in time. Safe for use by many threads.
/// </summary>
public sealed class TermsClient
{
    /// <summary>An answer that is longer than this is refused: 4 MB.</summary>
    public const int LongestAnswer = 4 * 1024 * 1024;

    private readonly HttpClient http;

    /// <summary>Asks over an HTTP client whose base address is that of the service, and which sends the key.</summary>
    /// <param name="http">The client; <see cref="TermsServices.AddTermsClient"/> makes one.</param>
    /// <exception cref="ArgumentException">It has no base address.</exception>
    public TermsClient(HttpClient http)
    {
        this.http = http.BaseAddress is null ? throw new ArgumentException("The HTTP client has no base address. Set it to that of the terms service.", nameof(http)) : http;
    }

    /// <summary>What applies to a customer.</summary>
    /// <param name="customer">The facts asked about.</param>
    /// <param name="agreement">One agreement; null for all that apply.</param>
    /// <param name="at">The moment asked about; null for now.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<Applicable> Applicable(Customer customer, string? agreement = null, DateTimeOffset? at = null, CancellationToken cancellation = default) =>
        Get($"api/v1/applicable{customer.Query()}{Parameter("agreement", agreement)}{Parameter("at", at)}", ClientJson.Default.Applicable, cancellation);

    /// <summary>What applies to up to 1,000 customers, in their order. A question that the service refuses fails the call; it says which.</summary>
    public async Task<IReadOnlyList<Applicable>> Applicable(IReadOnlyList<Customer> customers, string? agreement = null, DateTimeOffset? at = null, CancellationToken cancellation = default)
    {
        IReadOnlyList<QuestionBody> body =
            [.. customers.Select(c => new QuestionBody(c.Residence, c.Role, c.AccessFrom, c.Site, c.Service, c.Member, c.Business, c.Registered, agreement, at))];
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("api/v1/applicable")) { Content = JsonContent.Create(body, ClientJson.Default.IReadOnlyListQuestionBody) };
        using var json = JsonDocument.Parse(await Bytes(request, cancellation).ConfigureAwait(false));
        var answers = new List<Applicable>();
        foreach (var answer in json.RootElement.EnumerateArray())
        {
            answers.Add(answer.TryGetProperty("agreements", out _)
                ? answer.Deserialize(ClientJson.Default.Applicable)!
                : throw Problem(HttpStatusCode.BadRequest, answer.Deserialize(ClientJson.Default.ProblemBody), $"Question {answers.Count + 1}: ", null));
        }
        return answers;
    }

    /// <summary>What a cap comes to.</summary>
    /// <param name="agreement">The agreement.</param>
    /// <param name="feesPaid">The fees paid, if the cap depends on them.</param>
    /// <param name="currency">Their currency (ISO 4217).</param>
    /// <param name="at">The moment asked about; null for now.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<CapAnswer> Cap(string agreement, decimal? feesPaid = null, string? currency = null, DateTimeOffset? at = null, CancellationToken cancellation = default) =>
        Get($"api/v1/facts/cap?agreement={Uri.EscapeDataString(agreement)}{Parameter("feesPaid", feesPaid?.ToString(CultureInfo.InvariantCulture))}{Parameter("currency", currency)}{Parameter("at", at)}",
            ClientJson.Default.CapAnswer, cancellation);

    /// <summary>What a subject must accept now. Needs the scope <c>read</c>.</summary>
    public Task<SubjectStatus> Status(string subject, Customer customer, CancellationToken cancellation = default) =>
        Get($"api/v1/subjects/{Uri.EscapeDataString(subject)}/status{customer.Query()}", ClientJson.Default.SubjectStatus, cancellation);

    /// <summary>Has terms shown to somebody. Needs the scope <c>present</c>.</summary>
    public Task<Presentation> Present(PresentationRequest presentation, CancellationToken cancellation = default) =>
        Send(new HttpRequestMessage(HttpMethod.Post, Address("api/v1/presentations")) { Content = JsonContent.Create(presentation, ClientJson.Default.PresentationRequest) }, ClientJson.Default.Presentation, cancellation);

    /// <summary>Records the answer to a form that the service showed itself. Needs the scope <c>record</c>.</summary>
    /// <param name="token">The token of the presentation.</param>
    /// <param name="kind"><c>agree</c>, <c>acknowledge</c> or <c>decline</c>.</param>
    /// <param name="details">Personal details to keep beside the record: <c>name</c>, <c>email</c>, <c>network-address</c>, <c>user-agent</c>.</param>
    /// <param name="idempotencyKey">The same for every try of one act; null for a new one, which is kept over the tries of this call.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<RecordedAcceptance> Record(
        string token, string kind = "agree", IReadOnlyDictionary<string, string>? details = null, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        Record(new AcceptanceBody(kind, token, Details: details), idempotencyKey, cancellation);

    /// <summary>Withdraws an acceptance. Needs the scope <c>record</c>.</summary>
    public Task<RecordedAcceptance> Withdraw(string subject, string acceptance, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        Record(new AcceptanceBody("withdraw", Subject: subject, Withdraws: acceptance), idempotencyKey, cancellation);

    /// <summary>One acceptance. Needs the scope <c>read</c>.</summary>
    public Task<Acceptance> Acceptance(string id, CancellationToken cancellation = default) =>
        Get($"api/v1/acceptances/{Uri.EscapeDataString(id)}", ClientJson.Default.Acceptance, cancellation);

    /// <summary>Every act of a subject, oldest first. Needs the scope <c>read</c>.</summary>
    public Task<IReadOnlyList<Acceptance>> Acceptances(string subject, CancellationToken cancellation = default) =>
        Get($"api/v1/subjects/{Uri.EscapeDataString(subject)}/acceptances", ClientJson.Default.IReadOnlyListAcceptance, cancellation);

    /// <summary>The receipt, byte for byte, as a file for <c>terms verify</c>. Needs the scope <c>read</c>.</summary>
    public async Task<byte[]> Receipt(string id, bool withDetails = true, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Address($"api/v1/acceptances/{Uri.EscapeDataString(id)}/receipt{(withDetails ? "" : "?details=false")}"));
        return await Bytes(request, cancellation).ConfigureAwait(false);
    }

    /// <summary>A link for the subject's own eyes. Needs the scope <c>read</c>.</summary>
    public Task<SubjectLink> Link(string subject, CancellationToken cancellation = default) =>
        Send(new HttpRequestMessage(HttpMethod.Post, Address($"api/v1/subjects/{Uri.EscapeDataString(subject)}/link")), ClientJson.Default.SubjectLink, cancellation);

    private Task<RecordedAcceptance> Record(AcceptanceBody body, string? idempotencyKey, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Address("api/v1/acceptances")) { Content = JsonContent.Create(body, ClientJson.Default.AcceptanceBody) };
        request.Headers.Add("Idempotency-Key", idempotencyKey ?? Guid.NewGuid().ToString("N"));
        return Send(request, ClientJson.Default.RecordedAcceptance, cancellation);
    }

    private Task<T> Get<T>(string address, JsonTypeInfo<T> type, CancellationToken cancellation) => Send(new HttpRequestMessage(HttpMethod.Get, Address(address)), type, cancellation);

    private async Task<T> Send<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using (request)
        {
            var bytes = await Bytes(request, cancellation).ConfigureAwait(false);
            try
            {
                return JsonSerializer.Deserialize(bytes, type) ?? throw new JsonException("The answer is null.");
            }
            catch (JsonException wrong)
            {
                throw new TermsProblemException(HttpStatusCode.BadGateway, "unreadable", $"The answer is none that the terms service gives: {wrong.Message}", null, null);
            }
        }
    }

    private async Task<byte[]> Bytes(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        var bytes = await Read(response.Content, cancellation).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? bytes : throw Problem(response.StatusCode, ProblemOf(bytes), "", RetryAfter(response));
    }

    /// <summary>The body, unless it is longer than any answer.</summary>
    private static async Task<byte[]> Read(HttpContent content, CancellationToken cancellation)
    {
        using var body = await content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int length; (length = await body.ReadAsync(buffer, cancellation).ConfigureAwait(false)) > 0;)
        {
            read.Write(buffer, 0, length);
            if (read.Length > LongestAnswer)
            {
                throw new TermsProblemException(HttpStatusCode.BadGateway, "unreadable", string.Create(CultureInfo.InvariantCulture, $"The answer is longer than {LongestAnswer:#,0} bytes, which none of the terms service is."), null, null);
            }
        }
        return read.ToArray();
    }

    private static ProblemBody? ProblemOf(byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize(bytes, ClientJson.Default.ProblemBody);
        }
        catch (JsonException)
        {
            return null; // Not from the service, but from something in front of it; the status says the rest.
        }
    }

    private static TermsProblemException Problem(HttpStatusCode status, ProblemBody? problem, string where, TimeSpan? retryAfter) => problem is { Type: { } type }
        ? new(status, type[(type.LastIndexOf('/') + 1)..], where + problem.Detail, problem.Reason, retryAfter)
        : new(status, "unreadable", $"{where}The answer with status {(int)status} is no problem document. Is the address that of the terms service?", null, retryAfter);

    internal static TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter?.Delta;

    private static Uri Address(string relative) => new(relative, UriKind.Relative);

    private static string Parameter(string name, string? value) => value is null ? "" : $"&{name}={Uri.EscapeDataString(value)}";

    private static string Parameter(string name, DateTimeOffset? instant) =>
        Parameter(name, instant?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
}
