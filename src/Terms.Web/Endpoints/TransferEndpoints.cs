using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>Acceptances in bulk: the whole log out, and records of older systems in. Both are streams.</summary>
internal static class TransferEndpoints
{
    /// <summary>The largest body of an import: 64 MB.</summary>
    public const int LargestImport = 64 * 1024 * 1024;

    private const int LongestLine = 32 * 1024;
    private const int Together = 256;
    private const int FlushFrom = 64 * 1024;

    /// <summary>The log as <c>terms-export/1</c>: a head, each record, and each checkpoint after the record that completes it.</summary>
    public static async Task Export(HttpContext context, ServedStore stored)
    {
        Callers.Require(context, "export");
        var store = stored.Store;
        var size = store.Latest(Logs.Acceptances).Size;
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var output = context.Response.BodyWriter;
        Line(output, json =>
        {
            json.WriteString("schema", "terms-export/1");
            json.WriteString("log", Logs.Acceptances);
            json.WriteString("publicKey", store.VerifierKey(Logs.Acceptances));
            json.WriteNumber("size", size);
        });
        var checkpoints = new Queue<(long Size, string Note, string At)>();
        foreach (var entry in store.Stream(0))
        {
            if (entry.Entry >= size)
            {
                break;
            }
            Line(output, json =>
            {
                json.WriteNumber("entry", entry.Entry);
                json.WritePropertyName("record");
                json.WriteRawValue(entry.Record.Span, skipInputValidation: true);
            });
            if (checkpoints.Count == 0)
            {
                store.Checkpoints(Logs.Acceptances, entry.Entry, 512).ToList().ForEach(checkpoints.Enqueue);
            }
            if (checkpoints.TryPeek(out var checkpoint) && checkpoint.Size == entry.Entry + 1)
            {
                checkpoints.Dequeue();
                Line(output, json =>
                {
                    json.WriteString("checkpoint", checkpoint.Note);
                    json.WriteString("at", checkpoint.At);
                });
            }
            if (output.UnflushedBytes > FlushFrom)
            {
                await output.FlushAsync(context.RequestAborted);
            }
        }
        await output.FlushAsync(context.RequestAborted);
    }

    /// <summary>Records of an older system, a JSON object on each line or an array of them. Each gets an id or a problem, in order.</summary>
    public static async Task Import(HttpContext context, ServedCatalogue served, Recorder recorder, TimeProvider clock)
    {
        var key = Callers.Require(context, "import");
        var lines = context.Request.ContentType?.Split(';')[0].Trim() switch
        {
            "application/json" => Items(context),
            "application/jsonl" or "application/x-ndjson" => Lines(context),
            _ => throw new ApiException(415, "invalid-parameter", "The body is neither declared as JSON nor as JSON lines. Send Content-Type: application/json with an array, or application/jsonl."),
        };
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var output = context.Response.BodyWriter;
        var waiting = new List<Task<Action<Utf8JsonWriter>>>(Together);
        var written = 0;
        await using var line = lines.GetAsyncEnumerator(context.RequestAborted);
        while (await Next(line))
        {
            if (waiting.Count == Together)
            {
                await Write();
            }
        }
        await Write();
        output.Write(written == 0 ? "[]"u8 : "]"u8);
        await output.FlushAsync(context.RequestAborted);

        // What cannot be read any further is the last problem; what came before stands.
        async Task<bool> Next(IAsyncEnumerator<ReadOnlyMemory<byte>> line)
        {
            try
            {
                if (!await line.MoveNextAsync())
                {
                    return false;
                }
                waiting.Add(ImportOne(line.Current, served, recorder, key, clock.GetUtcNow()));
                return true;
            }
            catch (ApiException broken)
            {
                waiting.Add(Task.FromResult<Action<Utf8JsonWriter>>(json => Problems.Write(json, broken.Problem)));
                return false;
            }
        }

        async Task Write()
        {
            foreach (var answer in await Task.WhenAll(waiting))
            {
                output.Write(written++ == 0 ? "["u8 : ","u8);
                using var json = new Utf8JsonWriter(output, JsonAnswer.Plain);
                answer(json);
            }
            waiting.Clear();
            await output.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task<Action<Utf8JsonWriter>> ImportOne(ReadOnlyMemory<byte> line, ServedCatalogue served, Recorder recorder, ServiceKey key, DateTimeOffset now)
    {
        try
        {
            using var body = JsonBody.Parse(line);
            var json = body.RootElement;
            json.Only("subject", "agreements", "agreed", "system", "reference", "note", "details");
            var from = JsonBody.Checked(() => new Provenance(json.Required("system"), json.Required("reference"), Agreed(json, now), json.Optional("note")));
            var (entry, isRepeated) = await recorder.Import(json.Required("subject"), [.. Versions(json, served.Catalogue, now)], from, json.Details(), key.Id);
            return answer =>
            {
                answer.WriteStartObject();
                answer.WriteString("id", entry.Id.ToString());
                answer.WriteBoolean("repeated", isRepeated);
                answer.WriteEndObject();
            };
        }
        catch (ApiException refused)
        {
            return answer => Problems.Write(answer, refused.Problem);
        }
    }

    private static DateTimeOffset? Agreed(JsonElement json, DateTimeOffset now)
    {
        if (!json.TryGetProperty("agreed", out _))
        {
            throw ApiException.Parameter("\"agreed\" is missing. Send the instant, or null if nobody knows it.");
        }
        return json.Optional("agreed") is not { } text ? null
            : Instants.TryParse(text, out var instant) ? instant <= now ? instant : throw ApiException.Parameter($"\"agreed\": \"{Parameters.Shown(text)}\" lies in the future. Send the instant of the act, or null if nobody knows it.")
            : throw ApiException.Parameter($"\"agreed\": \"{Parameters.Shown(text)}\" is not an instant. Send RFC 3339, such as 2025-04-01T00:00:00Z, or null if nobody knows it.");
    }

    private static IEnumerable<AcceptedVersion> Versions(JsonElement json, AgreementCatalogue catalogue, DateTimeOffset now)
    {
        if (!json.TryGetProperty("agreements", out var agreements) || agreements.ValueKind != JsonValueKind.Array)
        {
            throw ApiException.Parameter("\"agreements\" is missing or no list. Send [{\"agreement\": \"free-membership\", \"version\": \"2025-04-01\"}].");
        }
        foreach (var named in agreements.EnumerateArray())
        {
            named.Only("agreement", "version");
            var (id, version) = (named.Required("agreement"), named.Required("version"));
            var agreement = catalogue.Find(id) ?? throw new ApiException(404, "unknown-agreement", QuestionReader.UnknownAgreement(catalogue, id));
            var found = agreement.Version(version) is { } v && v.Details.Recorded <= now ? v : throw new ApiException(
                404, "unknown-version", $"{agreement.Id} has no version \"{Parameters.Shown(version)}\". Send one of: {string.Join(", ", agreement.Versions.Select(x => x.Id.Value))}.");
            yield return new AcceptedVersion(agreement.Id.Value, found.Id.Value, found.TextDigest.Value, null, null);
        }
    }

    /// <summary>The lines of a body that are not empty.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> Lines(HttpContext context)
    {
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var rest = read.Buffer;
            while (rest.PositionOf((byte)'\n') is { } end)
            {
                if (Trimmed(rest.Slice(0, end)) is { Length: > 0 } line)
                {
                    yield return line;
                }
                rest = rest.Slice(rest.GetPosition(1, end));
            }
            if (rest.Length > LongestLine)
            {
                throw new ApiException(413, "too-large", $"A line is longer than {LongestLine / 1024} KB. Send one record on each line.");
            }
            if (read.IsCompleted)
            {
                if (Trimmed(rest) is { Length: > 0 } last)
                {
                    yield return last;
                }
                yield break;
            }
            reader.AdvanceTo(rest.Start, rest.End);
        }
    }

    private static byte[] Trimmed(in ReadOnlySequence<byte> line) => line.Length > LongestLine
        ? throw new ApiException(413, "too-large", $"A line is longer than {LongestLine / 1024} KB. Send one record on each line.")
        : line.ToArray().AsSpan().Trim(" \t\r"u8).ToArray();

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> Items(HttpContext context)
    {
        var items = JsonSerializer.DeserializeAsyncEnumerable<JsonElement>(context.Request.Body, AcceptanceJson.Plain.JsonElement, context.RequestAborted).GetAsyncEnumerator(context.RequestAborted);
        await using (items)
        {
            while (await MoveOn(items))
            {
                yield return JsonMarshal.GetRawUtf8Value(items.Current).ToArray();
            }
        }
    }

    private static async ValueTask<bool> MoveOn(IAsyncEnumerator<JsonElement> items)
    {
        try
        {
            return await items.MoveNextAsync();
        }
        catch (JsonException)
        {
            throw ApiException.Parameter("The body is not a well-formed JSON array from here on. Send [{…}, …] in UTF-8.");
        }
    }

    private static void Line(PipeWriter output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, JsonAnswer.Plain))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    }
}
