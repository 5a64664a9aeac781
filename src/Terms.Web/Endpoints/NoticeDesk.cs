using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Terms.Acceptance;
using Terms.Comparison;
using Terms.Facts;
using Terms.Notices;
using Terms.Resolution;
using Terms.Storage;
using Terms.Web.Delivery;
using Terms.Web.Hosting;

namespace Terms.Web.Endpoints;

/// <summary>
/// Takes the recipients of notices, decides who needs to be told, writes the words and keeps the notices to be sent. Each recipient gets an answer, in order. The name of a notice follows from the
/// service's key, its Idempotency-Key, the version, the subject and the channel, so that a request that broke off can be sent again and tells nobody twice.
/// </summary>
internal sealed class NoticeDesk(
    ServedCatalogue served, ServedStore stored, Announcements announcements, NoticeSentences sentences, PublicAddress address, MailCarrier mail, TimeProvider clock)
{
    /// <summary>The largest body of JSON lines: 64 MB.</summary>
    public const int LargestStream = 64 * 1024 * 1024;

    /// <summary>The most recipients in one object.</summary>
    public const int MostRecipients = 10_000;

    private const int LargestObject = 8 * 1024 * 1024;
    private const int Together = 256;
    private const int MostKept = 4096;
    private const int LongestAddress = 1000;

    /// <summary>Takes a request: an object, or lines of which the first says the version and each further one is a recipient.</summary>
    public async Task Post(HttpContext context)
    {
        var key = Callers.Require(context, "notices");
        var idempotency = AcceptanceEndpoints.IdempotencyKey(context);
        switch (context.Request.ContentType?.Split(';')[0].Trim())
        {
            case "application/json":
                using (var body = await JsonBody.Object(context, LargestObject))
                {
                    body.RootElement.Only("version", "carrier", "audience", "recipients");
                    await Answer(context, Read(body.RootElement, key, idempotency), Recipients(body.RootElement).ToAsyncEnumerable());
                }
                break;
            case "application/jsonl" or "application/x-ndjson":
                await using (var lines = TransferEndpoints.Lines(context).GetAsyncEnumerator(context.RequestAborted))
                {
                    if (!await lines.MoveNextAsync())
                    {
                        throw ApiException.Parameter("The body is empty. Send {\"version\": …, \"carrier\": …} on the first line, and a recipient on each further one.");
                    }
                    using var head = JsonBody.Parse(lines.Current);
                    head.RootElement.Only("version", "carrier", "audience");
                    await Answer(context, Read(head.RootElement, key, idempotency), Rest(lines));
                }
                break;
            default:
                throw new ApiException(415, "invalid-parameter", "The body is neither declared as JSON nor as JSON lines. Send Content-Type: application/json, or application/jsonl.");
        }
    }

    private static async IAsyncEnumerable<Func<JsonElement>> Rest(IAsyncEnumerator<ReadOnlyMemory<byte>> lines)
    {
        while (true)
        {
            Func<JsonElement> recipient;
            var goesOn = true;
            try
            {
                if (!await lines.MoveNextAsync())
                {
                    yield break;
                }
                var line = lines.Current;
                recipient = () =>
                {
                    using var parsed = JsonBody.Parse(line);
                    return parsed.RootElement.Clone();
                };
            }
            catch (ApiException broken) // What cannot be read any further is the last refusal; what came before stands.
            {
                (recipient, goesOn) = (() => throw broken, false);
            }
            yield return recipient;
            if (!goesOn)
            {
                yield break;
            }
        }
    }

    private static List<Func<JsonElement>> Recipients(JsonElement json)
    {
        if (!json.TryGetProperty("recipients", out var recipients) || recipients.ValueKind != JsonValueKind.Array)
        {
            throw ApiException.Parameter("\"recipients\" is missing or no list. Send [{\"subject\": \"member-17\", \"channel\": \"email\", \"address\": \"…\", \"language\": \"en\"}].");
        }
        return recipients.GetArrayLength() <= MostRecipients
            ? [.. recipients.EnumerateArray().Select(r => new Func<JsonElement>(() => r))]
            : throw new ApiException(413, "too-large", string.Create(CultureInfo.InvariantCulture, $"There are more than {MostRecipients:#,0} recipients. Send them in several calls, or as JSON lines."));
    }

    /// <summary>What the request says of all recipients.</summary>
    private sealed record Telling(Announcement News, NoticeCarrier Carrier, string Key, string Idempotency, DateTimeOffset Now, Resolver Resolver)
    {
        public Dictionary<(string Language, Customer? Customer), (bool IsTold, string Subject, ImmutableArray<byte> Bytes)> Written { get; } = [];
    }

    /// <summary>A recipient that was decided on: a notice to keep, or what is answered instead.</summary>
    private sealed record Decided(string? Subject, NewNotice? Notice, string Outcome, string? Because);

    private Telling Read(JsonElement json, ServiceKey key, string idempotency)
    {
        var now = clock.GetUtcNow();
        var path = json.Required("version");
        var resolver = served.Resolver;
        var version = path.Split('/') is [var agreement, var id] && resolver.Corpus.Catalogue.Find(agreement)?.Version(id) is { } found && found.Details.Recorded <= now
            ? found
            : throw new ApiException(404, "unknown-version", $"There is no version \"{Parameters.Shown(path)}\". Send agreement/version, such as free-membership/2025-04-01.");
        if (address.Root is null)
        {
            throw new ApiException(503, "no-address", "This server does not know its public address, which a notice has to name. Set Terms:Address (or the environment variable Terms__Address).");
        }
        var carrier = json.Required("carrier") switch
        {
            "webhook" when stored.Store.Webhooks.OfNotices() is not null => NoticeCarrier.Webhook,
            "webhook" => throw new ApiException(409, "no-carrier", "No webhook sends notices on. Make one with `terms webhook add --event notice.send`."),
            "smtp" when mail.Sender is not null => NoticeCarrier.Smtp,
            "smtp" => throw new ApiException(409, "no-carrier", "There is no mail server. Set Terms:Smtp:Host and Terms:Smtp:From, or use the carrier webhook."),
            var other => throw ApiException.Parameter($"\"carrier\": \"{Parameters.Shown(other)}\" is not known. Send webhook or smtp."),
        };
        var news = JsonBody.Checked(() => announcements.Of(resolver, version, now));
        news = json.Optional("audience") switch
        {
            null => news,
            "everybody" => news with { Audience = new Audience(AudienceKind.Everybody, "The request says so.") },
            var other => throw ApiException.Parameter($"\"audience\": \"{Parameters.Shown(other)}\" is not known. Send everybody, or leave it out to tell those whom the change calls for."),
        };
        return new Telling(news, carrier, key.Id, idempotency, now, resolver);
    }

    private async Task Answer(HttpContext context, Telling telling, IAsyncEnumerable<Func<JsonElement>> recipients)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        var output = context.Response.BodyWriter;
        await using var json = new Utf8JsonWriter(output, JsonAnswer.Plain);
        json.WriteStartObject();
        json.WriteString("version", telling.News.Version.Path);
        json.WriteStartObject("audience");
        json.WriteString("kind", telling.News.Audience.Kind.ToString().ToLowerInvariant());
        json.WriteString("because", telling.News.Audience.Because);
        json.WriteEndObject();
        json.WriteStartArray("results");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["queued"] = 0, ["repeated"] = 0, ["not-needed"] = 0, ["refused"] = 0 };
        var some = new List<Decided>(Together);
        await foreach (var recipient in recipients.WithCancellation(context.RequestAborted))
        {
            some.Add(Decide(telling, recipient));
            if (some.Count == Together)
            {
                await Write();
            }
        }
        await Write();
        json.WriteEndArray();
        json.WriteNumber("queued", counts["queued"]);
        json.WriteNumber("repeated", counts["repeated"]);
        json.WriteNumber("notNeeded", counts["not-needed"]);
        json.WriteNumber("refused", counts["refused"]);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
        await output.FlushAsync(context.RequestAborted);

        async Task Write()
        {
            foreach (var (subject, outcome, notice, because) in await Keep(some, telling))
            {
                counts[outcome]++;
                json.WriteStartObject();
                json.WriteString("subject", subject);
                json.WriteString("outcome", outcome);
                json.WriteString("notice", notice);
                json.WriteString("because", because);
                json.WriteEndObject();
            }
            some.Clear();
            await json.FlushAsync(context.RequestAborted);
            await output.FlushAsync(context.RequestAborted);
        }
    }

    private async Task<List<NoticeResultDocument>> Keep(List<Decided> decided, Telling telling)
    {
        IReadOnlyList<NoticeAddition> additions;
        try
        {
            additions = await stored.Store.Notices.Add([.. decided.Select(d => d.Notice).OfType<NewNotice>()], telling.Now);
        }
        catch (StoreException failed) // The answer has begun: those who were not kept are told so one by one.
        {
            return decided.ConvertAll(d => d.Notice is null ? new NoticeResultDocument(d.Subject, d.Outcome, null, d.Because)
                : new NoticeResultDocument(d.Subject, "refused", null, failed is StoreBusyException ? "Too much waits to be written. Send it again in a second." : "The store cannot do that now. Send it again later."));
        }
        var next = 0;
        return decided.ConvertAll(d => d.Notice is not { } notice ? new NoticeResultDocument(d.Subject, d.Outcome, null, d.Because) : additions[next++] switch
        {
            NoticeAddition.Added => new NoticeResultDocument(d.Subject, "queued", notice.Notice.Id, d.Because),
            NoticeAddition.Repeated => new NoticeResultDocument(d.Subject, "repeated", notice.Notice.Id, "The same was asked before."),
            _ => new NoticeResultDocument(d.Subject, "refused", null, "The same Idempotency-Key was sent for this subject and channel with another language, carrier or other facts. Send a new one for a new request."),
        });
    }

    private Decided Decide(Telling telling, Func<JsonElement> recipient)
    {
        string? subject = null;
        try
        {
            var json = recipient();
            json.Only("subject", "channel", "address", "language", "customer");
            subject = Parameters.Shown(json.Required("subject"), 128);
            return Decide(telling, json, json.Required("subject"));
        }
        catch (ApiException refused)
        {
            return new Decided(subject, null, "refused", refused.Message);
        }
    }

    private Decided Decide(Telling telling, JsonElement json, string subject)
    {
        var (channel, to, language) = (json.Required("channel"), json.Required("address"), json.Required("language"));
        if (subject == Notice.Everybody)
        {
            throw ApiException.Parameter("\"*\" stands for everybody on the public board. Send the subject as your service calls them.");
        }
        if (!TermsHost.Languages.Contains(language))
        {
            throw ApiException.Parameter($"\"language\": \"{Parameters.Shown(language)}\" is not known. Send one of: {string.Join(", ", TermsHost.Languages)}.");
        }
        if (channel == "site-posting" || !FactReader.Channels.Contains(channel))
        {
            throw ApiException.Parameter($"\"channel\": \"{Parameters.Shown(channel)}\" is not known. Send one of: {string.Join(", ", FactReader.Channels.Where(c => c != "site-posting"))}. The board is posted to by this server itself.");
        }
        JsonBody.Checked(() => PlainText.Checked(to, LongestAddress, "address"));
        if (telling.Carrier == NoticeCarrier.Smtp && (channel != "email" || !MailSender.IsAddress(to)))
        {
            throw ApiException.Parameter(channel != "email" ? "The carrier smtp takes the channel email alone. Send the others with the carrier webhook." : "\"address\" is not one mail address. Send it without a name, such as reader@example.org.");
        }
        var customer = Customer(telling, json);
        var (isTold, title, bytes) = Words(telling, language, customer);
        if (!isTold)
        {
            return new Decided(subject, null, "not-needed", telling.News.Audience.Kind == AudienceKind.Nobody ? telling.News.Audience.Because
                : telling.News.Audience.Kind == AudienceKind.Affected ? $"Nothing changes for this customer. {telling.News.Audience.Because}"
                : "The agreement is not for this customer.");
        }
        var (version, facts) = (telling.News.Version, customer is { } c ? CustomerFacts.Digest(c) : "");
        var id = "n-" + Hash(telling.Key, telling.Idempotency, version.Path, subject, channel)[..40];
        var notice = JsonBody.Checked(() => new Notice(id, subject, version.Path, version.TextDigest, channel, language, title, bytes));
        return new Decided(subject, new NewNotice(notice, telling.Carrier, to, Hash(StoredNotices.Word(telling.Carrier), language, facts)), "queued",
            customer is null && telling.News.Audience.Kind == AudienceKind.Affected ? "No facts about the customer were sent, so that it is not known whether they are affected." : null);
    }

    private static Customer? Customer(Telling telling, JsonElement json)
    {
        if (!json.TryGetProperty("customer", out var customer) || customer.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        customer.Only("residence", "role", "accessFrom", "site", "service", "member", "business", "registered");
        return ApplicableEndpoint.Read(telling.Resolver.Corpus.Catalogue, customer, telling.Now).Customer;
    }

    /// <summary>Whether a customer is told, and in which words; found once for each kind of customer.</summary>
    private (bool IsTold, string Subject, ImmutableArray<byte> Bytes) Words(Telling telling, string language, Customer? customer)
    {
        if (telling.Written.TryGetValue((language, customer), out var written))
        {
            return written;
        }
        var news = telling.News;
        var (isTold, changes) = customer is { } known ? news.Tells(telling.Resolver, known, telling.Now) : (news.Audience.Kind != AudienceKind.Nobody, ImmutableArray<Impact>.Empty);
        var (subject, bytes) = isTold ? sentences.Write(language, news, changes, address.Of(news.Version)) : ("", []);
        if (telling.Written.Count >= MostKept)
        {
            telling.Written.Clear();
        }
        return telling.Written[(language, customer)] = (isTold, subject, bytes);
    }

    /// <summary>A hash over parts that cannot be mistaken for one another.</summary>
    private static string Hash(params string[] parts)
    {
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part.Length}:{part}");
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
