using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Events as canonical JSON (RFC 8785): one object without line ends each, every value a text or null. They are kept, listed and exported in this form.</summary>
public static class PublishingEventJson
{
    /// <summary>The longest event, in bytes; reasons and remarks are far shorter.</summary>
    public const int MaximumBytes = 64 * 1024;

    private const string Schema = "terms-publishing-event/1";
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 4, AllowDuplicateProperties = false };
    private static readonly string[] OfAll = ["schema", "event", "draft", "who", "at"];

    /// <summary>The words for all kinds of events, in the order of a draft's way.</summary>
    public static readonly ImmutableArray<string> Words = ["drafted", "edited", "submitted", "commented", "settled", "sent-back", "approved", "scheduled", "published", "withdrawn", "superseded", "refused"];

    /// <summary>The word for a kind of event, as files and answers write it: <c>sent-back</c>.</summary>
    public static string Word(PublishingEvent step) => step switch
    {
        Drafted => "drafted",
        Edited => "edited",
        Submitted => "submitted",
        Commented => "commented",
        Settled => "settled",
        SentBack => "sent-back",
        Approved => "approved",
        Scheduled => "scheduled",
        Published => "published",
        Withdrawn => "withdrawn",
        Superseded => "superseded",
        Refused => "refused",
        _ => throw new ArgumentException($"A {step.GetType().Name} has no word.", nameof(step)),
    };

    /// <summary>The canonical bytes of an event.</summary>
    /// <exception cref="ArgumentException">There would be more of them than are read again.</exception>
    public static byte[] Bytes(PublishingEvent step)
    {
        var json = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["schema"] = Schema,
            ["event"] = Word(step),
            ["draft"] = step.Draft,
            ["who"] = step.Who,
            ["at"] = step.At.ToRfc3339(),
        };
        foreach (var (name, value) in Own(step))
        {
            json[name] = value!;
        }
        var bytes = CanonicalJson.Bytes(json);
        return bytes.Length <= MaximumBytes ? bytes
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The event would have {bytes.Length} bytes, and {MaximumBytes} is the most that is read again. Say it in fewer words."), nameof(step));
    }

    /// <summary>Reads an event strictly: every member that its kind has, none besides, in canonical form.</summary>
    /// <exception cref="FormatException">It is too long, no event, or not in canonical form; the message says what is wrong.</exception>
    public static PublishingEvent Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
        {
            throw new FormatException($"The event has {bytes.Length} bytes, and {MaximumBytes} is the most that is read.");
        }
        PublishingEvent step;
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            step = new Members(document.RootElement).Event();
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The event cannot be read: {wrong.Message}", wrong);
        }
        return Bytes(step).AsSpan().SequenceEqual(bytes.Span) ? step : throw new FormatException("The event is not in the canonical form of RFC 8785.");
    }

    private static (string Name, string? Value)[] Own(PublishingEvent step) => step switch
    {
        Drafted drafted => [("agreement", drafted.Agreement.Value), ("base", drafted.Base?.Value), ("digest", drafted.Digest.Value)],
        Edited { Base: { } onto } edited => [("revision", edited.Revision.ToString(CultureInfo.InvariantCulture)), ("digest", edited.Digest.Value), ("what", edited.What), ("base", onto.Value)],
        Edited edited => [("revision", edited.Revision.ToString(CultureInfo.InvariantCulture)), ("digest", edited.Digest.Value), ("what", edited.What)],
        Submitted submitted => [("digest", submitted.Digest.Value)],
        Commented { ReplyTo: { } thread } answer => [("clause", answer.Clause), ("words", answer.Words), ("reply-to", thread.ToString(CultureInfo.InvariantCulture))],
        Commented commented => [("clause", commented.Clause), ("words", commented.Words)],
        Settled settled => [("thread", settled.Thread.ToString(CultureInfo.InvariantCulture))],
        SentBack sent => [("why", sent.Reason)],
        Approved approved => [("digest", approved.Digest.Value), ("why", approved.Reason)],
        Scheduled scheduled =>
        [
            ("digest", scheduled.Digest.Value), ("announced", scheduled.Plan.Announced.ToFullDate()), ("effective", scheduled.Plan.Effective.ToFullDate()), ("existing-customers-from", scheduled.Plan.ExistingFrom?.ToFullDate()),
        ],
        Published published => [("digest", published.Digest.Value), ("version", published.Version), ("text-digest", published.TextDigest.Value), ("class", published.Class?.Word())],
        Withdrawn withdrawn => [("why", withdrawn.Reason)],
        Superseded superseded => [("by", superseded.By)],
        Refused refused => [("step", refused.Step), ("because", refused.Because)],
        _ => throw new ArgumentException($"A {step.GetType().Name} has no form.", nameof(step)),
    };

    /// <summary>The members of one event while it is read.</summary>
    private sealed class Members(JsonElement json)
    {
        public PublishingEvent Event()
        {
            if (json.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException("An event is an object.");
            }
            if (Text("schema") is var schema && schema != Schema)
            {
                throw new FormatException($"The event is of `{Shown(schema)}`, and {Schema} is read here.");
            }
            var (draft, who, at) = (Text("draft"), Text("who"), Instant("at"));
            PublishingEvent step = Text("event") switch
            {
                "drafted" => new Drafted(draft, who, at, new AgreementId(Text("agreement")), OptionalText("base") is { } version ? new VersionId(version) : null, Digest("digest")),
                "edited" => new Edited(draft, who, at, Number("revision"), Digest("digest"), Text("what"), json.TryGetProperty("base", out _) ? new VersionId(Text("base")) : null),
                "submitted" => new Submitted(draft, who, at, Digest("digest")),
                "commented" => new Commented(draft, who, at, OptionalText("clause"), Text("words"), json.TryGetProperty("reply-to", out _) ? Number("reply-to") : null),
                "settled" => new Settled(draft, who, at, Number("thread")),
                "sent-back" => new SentBack(draft, who, at, Text("why")),
                "approved" => new Approved(draft, who, at, Digest("digest"), Text("why")),
                "scheduled" => new Scheduled(draft, who, at, Digest("digest"), new PublicationPlan(
                    Day("announced") ?? throw Missing("announced"), Day("effective") ?? throw Missing("effective"), Day("existing-customers-from"))),
                "published" => new Published(draft, who, at, Digest("digest"), Text("version"), Digest("text-digest"), Class("class")),
                "withdrawn" => new Withdrawn(draft, who, at, Text("why")),
                "superseded" => new Superseded(draft, who, at, Text("by")),
                "refused" => new Refused(draft, who, at, Text("step"), Text("because")),
                var other => throw new FormatException($"`{Shown(other)}` is no kind of event."),
            };
            var known = Own(step).Select(o => o.Name).Concat(OfAll).ToList();
            return json.EnumerateObject().Select(m => m.Name).FirstOrDefault(n => !known.Contains(n)) is { } foreign ? throw new FormatException($"The member `{Shown(foreign)}` is not known.") : step;
        }

        private string Text(string name) => OptionalText(name) ?? throw Missing(name);

        private string? OptionalText(string name) => !json.TryGetProperty(name, out var value) ? throw Missing(name) : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => throw new FormatException($"`{name}` is neither a text nor null."),
        };

        private DateTimeOffset Instant(string name) => Instants.TryParse(Text(name), out var instant) ? instant : throw new FormatException($"`{name}` is not an instant of RFC 3339.");

        private DateOnly? Day(string name) => OptionalText(name) is not { } text ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day
            : throw new FormatException($"`{name}` is not a day such as 2026-05-03.");

        private int Number(string name) => int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"`{name}` is not a number.");

        private Digest Digest(string name) => Catalogue.Digest.Parse(Text(name));

        private ChangeClass? Class(string name) => OptionalText(name) is { } word ? ChangeClasses.Of(word) ?? throw new FormatException($"`{name}` is not one of {string.Join(", ", ChangeClasses.Words)}.") : null;

        private static FormatException Missing(string name) => new($"The event has no `{name}`.");

        private static string Shown(string text) => text.Length > 40 ? text[..40] : text;
    }
}
