using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary><c>/api/v1/applicable</c>: which agreements, version, company, law and forum apply. On the path of every question, so nothing is made anew here.</summary>
internal sealed class ApplicableEndpoint(CurrentCatalogue current, AnswerBytes bytes, TimeProvider clock)
{
    private const int MostQuestions = 1000;
    private const int LongestSubject = 200;
    private const string SubjectSent = "subject=";

    /// <summary>One question, in the query string.</summary>
    public async Task Get(HttpContext context)
    {
        if (context.Request.QueryString.Value!.Contains(SubjectSent, StringComparison.Ordinal) && Subject(context.Request.Query) is { } subject)
        {
            await GetFor(context, subject);
            return;
        }
        var served = current.Now;
        var question = Read(served.Catalogue, context.Request.QueryString.Value, clock.GetUtcNow());
        var tail = bytes.Tail(question, served.Resolver);
        var head = ArrayPool<byte>.Shared.Rent(AnswerBytes.LargestHead);
        try
        {
            var length = AnswerBytes.WriteHead(head, question, served.Catalogue.Zone.Id);
            var response = context.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.CacheControl = "no-cache";
            response.ContentLength = length + tail.Length;
            // Straight into the buffers of the connection. One that is gone swallows them; to listen for that would cost an object each time.
            await response.StartAsync(CancellationToken.None);
            if (HttpMethods.IsHead(context.Request.Method))
            {
                return;
            }
            response.BodyWriter.Write(head.AsSpan(0, length));
            await response.BodyWriter.WriteAsync(tail, CancellationToken.None);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    /// <summary>One question about a subject that the calling service names. It is answered with the versions that bind this subject, and nothing of it is kept.</summary>
    private async Task GetFor(HttpContext context, string subject)
    {
        var subjects = Subjects(context);
        var others = QueryString.Create(context.Request.Query.Where(q => q.Key != "subject").SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v))));
        var question = Read(subjects.Served.Catalogue, others.Value, clock.GetUtcNow());
        context.Response.ContentType = "application/json; charset=utf-8";
        Answer(context.Response.BodyWriter, subjects, subject, question);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private static void Answer(PipeWriter output, SubjectAnswers subjects, string subject, Question question)
    {
        var tail = AnswerBytes.Tail(subjects.Served.Corpus, question, subjects.Of(subject, question));
        output.Advance(AnswerBytes.WriteHead(output.GetSpan(AnswerBytes.LargestHead), question, subjects.Served.Catalogue.Zone.Id));
        output.Write(tail);
    }

    /// <summary>What is known of subjects is for services whose key may read it.</summary>
    private static SubjectAnswers Subjects(HttpContext context)
    {
        Callers.Require(context, "read");
        context.Response.Headers.CacheControl = "no-store";
        return context.RequestServices.GetRequiredService<SubjectAnswers>();
    }

    private static bool NamesSubject(JsonElement question) => question.ValueKind == JsonValueKind.Object && question.TryGetProperty("subject", out var named) && named.ValueKind != JsonValueKind.Null;

    private static string? Subject(IQueryCollection query) => !query.TryGetValue("subject", out var sent) ? null
        : sent is [{ } subject] ? JsonBody.Checked(() => PlainText.Checked(subject, LongestSubject, "subject"))
        : throw ApiException.Parameter("\"subject\" was sent twice. Send it once.");

    /// <summary>Up to 1,000 questions in an array, answered in order; a bad one gets a problem in its place.</summary>
    public async Task Post(HttpContext context)
    {
        using var body = await ReadBody(context);
        JsonBody.RequireUnicode(JsonMarshal.GetRawUtf8Value(body.RootElement));
        var served = current.Now;
        if (body.RootElement.ValueKind != JsonValueKind.Array)
        {
            throw ApiException.Parameter("The body is not an array. Send [{\"residence\":\"FR\",\"role\":\"buyer\"}, …].");
        }
        var count = body.RootElement.GetArrayLength();
        if (count > MostQuestions)
        {
            throw new ApiException(413, "too-large", $"The body has {count:#,0} questions. Send at most 1,000 in one call.");
        }
        var subjects = body.RootElement.EnumerateArray().Any(NamesSubject) ? Subjects(context) : null;
        context.Response.ContentType = "application/json; charset=utf-8";
        var output = context.Response.BodyWriter;
        output.Write("["u8);
        var position = 0;
        foreach (var element in body.RootElement.EnumerateArray())
        {
            if (position++ > 0)
            {
                output.Write(","u8);
            }
            Answer(output, subjects, served, element);
            if (output.UnflushedBytes > 256 * 1024)
            {
                await output.FlushAsync(context.RequestAborted);
            }
        }
        output.Write("]"u8);
        await output.FlushAsync(context.RequestAborted);
    }

    private void Answer(PipeWriter output, SubjectAnswers? subjects, ServedCatalogue served, JsonElement element)
    {
        try
        {
            if (NamesSubject(element))
            {
                var named = element.GetProperty("subject");
                var subject = JsonBody.Checked(() => PlainText.Checked(named.ValueKind == JsonValueKind.String ? named.GetString() : null, LongestSubject, "subject"));
                Answer(output, subjects!, subject, Read(subjects!.Served.Catalogue, element, clock.GetUtcNow()));
                return;
            }
            var question = Read(served.Catalogue, element, clock.GetUtcNow());
            output.Advance(AnswerBytes.WriteHead(output.GetSpan(AnswerBytes.LargestHead), question, served.Catalogue.Zone.Id));
            output.Write(bytes.Tail(question, served.Resolver));
        }
        catch (ApiException refused)
        {
            using var json = new Utf8JsonWriter(output);
            Problems.Write(json, refused.Problem);
        }
    }

    /// <summary>A question in a query string.</summary>
    internal static Question Read(AgreementCatalogue catalogue, string? query, DateTimeOffset now)
    {
        var reader = new QuestionReader(catalogue);
        foreach (var pair in new QueryStringEnumerable(query))
        {
            var name = pair.DecodeName();
            var value = pair.DecodeValue();
            Check(ref reader, reader.Take(name.Span, Parameters.PlusRestored(value).Span));
        }
        return reader.Finish(now, out var error) ?? throw ApiException.Parameter(error!);
    }

    /// <summary>A question as an object of JSON.</summary>
    internal static Question Read(AgreementCatalogue catalogue, JsonElement element, DateTimeOffset now)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.Parameter("A question is not an object. Send {\"residence\":\"FR\",\"role\":\"buyer\"}.");
        }
        var reader = new QuestionReader(catalogue);
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind == JsonValueKind.Null || property.NameEquals("subject"))
            {
                continue;
            }
            Check(ref reader, reader.Take(property.Name, Text(property)));
        }
        return reader.Finish(now, out var error) ?? throw ApiException.Parameter(error!);
    }

    private static string Text(JsonProperty property) => property.Value.ValueKind switch
    {
        JsonValueKind.String => property.Value.GetString()!,
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Array when property.Name == "member" && property.Value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String) =>
            property.Value.GetArrayLength() == 0 ? "none" : string.Join(',', property.Value.EnumerateArray().Select(v => v.GetString())),
        _ => throw ApiException.Parameter($"\"{Parameters.Shown(property.Name)}\" has to be a text. Send the same words as in the query string; member may be an array of them."),
    };

    private static void Check(ref QuestionReader reader, string? error)
    {
        if (error is not null)
        {
            throw reader.IsUnknownAgreement ? new ApiException(404, "unknown-agreement", error) : ApiException.Parameter(error);
        }
    }

    private static async Task<JsonDocument> ReadBody(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(415, "invalid-parameter", "The body is not declared as JSON. Send Content-Type: application/json.");
        }
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, context.RequestAborted);
        }
        catch (JsonException)
        {
            throw ApiException.Parameter("The body is not well-formed JSON. Send an array of questions in UTF-8.");
        }
    }
}
