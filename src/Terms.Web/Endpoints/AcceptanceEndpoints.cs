using System.Buffers;
using System.Text;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Acceptances: recorded, read, proved, and their personal details erased.</summary>
internal static class AcceptanceEndpoints
{
    private const int LargestBody = 32 * 1024;
    private const int LongestIdempotencyKey = 200;

    /// <summary>Records an act. On the path of every acceptance: the form is kept, and the record goes to the store as it was written.</summary>
    public static async Task Record(HttpContext context, Recorder recorder)
    {
        var key = Callers.Require(context, "record");
        var idempotency = IdempotencyKey(context);
        using var body = await JsonBody.Object(context, LargestBody);
        var json = body.RootElement;
        var (entry, isRepeated) = json.Required("kind") switch
        {
            "withdraw" => await Withdraw(recorder, json, key, idempotency),
            "agree" => await Answer(recorder, json, AcceptanceKind.Agree, key, idempotency),
            "acknowledge" => await Answer(recorder, json, AcceptanceKind.Acknowledge, key, idempotency),
            "decline" => await Answer(recorder, json, AcceptanceKind.Decline, key, idempotency),
            var other => throw ApiException.Parameter($"\"kind\": \"{Parameters.Shown(other)}\" is not known. Send agree, acknowledge, decline or withdraw."),
        };
        var id = entry.Id.ToString();
        context.Response.Headers.Location = $"/api/v1/acceptances/{id}";
        await JsonAnswer.Send(context, isRepeated ? 200 : 201, Document(id, entry));
    }

    /// <summary>One acceptance, with the personal details that are still there, and with what its subject was told of the versions that it names.</summary>
    public static Task One(string id, HttpContext context, ServedStore stored, ServedCatalogue served)
    {
        Callers.Require(context, "read");
        var entry = Find(stored.Store, id);
        var record = AcceptanceRecord.Parse(entry.Record);
        var notices = JoinedNotices.Of(served.Corpus, record, stored.Store.Notices.OfSubject(record.Subject));
        return JsonAnswer.Send(context, 200, Document(stored.Store, entry, withDetails: true, notices), AcceptanceJson.Plain.AcceptanceDocument);
    }

    /// <summary>The receipt of one.</summary>
    public static Task Receipt(string id, HttpContext context, ServedStore stored, ServedCatalogue served, TimeProvider clock)
    {
        Callers.Require(context, "read");
        var parameters = new Parameters(context, served, clock);
        parameters.Only("details");
        var entry = Find(stored.Store, id);
        return JsonAnswer.Send(context, 200, Receipts.Of(stored.Store, entry, parameters.OneOf("details", ["true", "false"]) != "false").Bytes());
    }

    /// <summary>Erases the personal details of one. The record and every proof stay.</summary>
    public static async Task EraseDetails(string id, HttpContext context, ServedStore stored, TimeProvider clock)
    {
        Callers.Require(context, "erase");
        var entry = Find(stored.Store, id);
        try
        {
            var erased = await stored.Store.Erase(entry.Id, clock.GetUtcNow());
            await JsonAnswer.Send(context, 200, new ErasedDocument([.. erased.Acceptances.Select(a => a.ToString())], erased.IsGoneFromDisk), AcceptanceJson.Plain.ErasedDocument);
        }
        catch (OnHoldException)
        {
            throw new ApiException(409, "on-hold", "The details of the subject are on hold, and nothing was erased. Release the hold first with DELETE /api/v1/subjects/{subject}/hold.");
        }
    }

    /// <summary>The entry with an id.</summary>
    public static LedgerEntry Find(Store store, string id) => AcceptanceId.TryParse(id, out var acceptance) && store.Entry(acceptance.Entry) is { } entry && entry.Id == acceptance
        ? entry
        : throw new ApiException(404, "unknown-acceptance", "There is no acceptance of that id. Send one as it was given, such as a17-0f3a….");

    /// <summary>An entry as a document.</summary>
    public static AcceptanceDocument Document(Store store, LedgerEntry entry, bool withDetails, IEnumerable<JoinedNotice> notices)
    {
        var details = withDetails && store.Details(entry.Entry) is { } kept ? PersonalDetails.Parse(kept).All.ToDictionary(d => d.Name, d => d.Value) : null;
        return new AcceptanceDocument(entry.Id.ToString(), JsonAnswer.Element(entry.Record), details, $"/api/v1/acceptances/{entry.Id}/receipt", [.. notices.Select(NoticeEndpoints.Joined)]);
    }

    private static Task<(LedgerEntry Entry, bool IsRepeated)> Answer(Recorder recorder, JsonElement json, AcceptanceKind kind, ServiceKey key, string idempotency)
    {
        json.Only("token", "kind", "agreements", "details");
        return recorder.Answer(new FormAnswer(json.Required("token"), kind, json.Texts("agreements"), json.Details(), AcceptanceChannel.Api), key.Id, idempotency);
    }

    private static Task<(LedgerEntry Entry, bool IsRepeated)> Withdraw(Recorder recorder, JsonElement json, ServiceKey key, string idempotency)
    {
        json.Only("kind", "subject", "withdraws", "details");
        return recorder.Withdraw(json.Required("subject"), json.Required("withdraws"), json.Details(), AcceptanceChannel.Api, key.Id, idempotency);
    }

    /// <summary>The name under which a service sends a request, if it repeats it.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public static string IdempotencyKey(HttpContext context) =>
        context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= LongestIdempotencyKey } key] && !key.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? key
            : throw ApiException.Parameter($"The header Idempotency-Key is missing or malformed. Send 1 to {LongestIdempotencyKey} printable ASCII characters without spaces, new ones for each new request.");

    /// <summary>The record as it was written, between its id and the address of its receipt. An id needs no escapes.</summary>
    private static ReadOnlyMemory<byte> Document(string id, LedgerEntry entry)
    {
        var document = new ArrayBufferWriter<byte>(entry.Record.Length + (2 * id.Length) + 80);
        document.Write("{\"id\":\""u8);
        Encoding.ASCII.GetBytes(id, document);
        document.Write("\",\"record\":"u8);
        document.Write(entry.Record.Span);
        document.Write(",\"receipt\":\"/api/v1/acceptances/"u8);
        Encoding.ASCII.GetBytes(id, document);
        document.Write("/receipt\"}"u8);
        return document.WrittenMemory;
    }
}
