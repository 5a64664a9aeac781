using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Terms.Acceptance;

namespace Terms.Web.Endpoints;

/// <summary>Reads bodies strictly: members that are unknown, sent twice or of another kind are refused with words that say what to send.</summary>
internal static class JsonBody
{
    private const int EscapeLength = 6; // \uD83D

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>A body that is one object.</summary>
    public static async Task<JsonDocument> Object(HttpContext context, int largest)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ApiException(415, "invalid-parameter", "The body is not declared as JSON. Send Content-Type: application/json.");
        }
        return Parse(await Bytes(context, largest));
    }

    /// <summary>A text as one object.</summary>
    public static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        RequireUnicode(bytes.Span);
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes, Options);
        }
        catch (JsonException)
        {
            throw ApiException.Parameter("The body is not well-formed JSON, or has a member twice. Send one object in UTF-8.");
        }
        return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw ApiException.Parameter("The body is not an object. Send {…}.");
    }

    /// <summary>Refuses names and texts that are no Unicode: JSON may hold half of a surrogate pair, and nothing that reads it may.</summary>
    public static void RequireUnicode(ReadOnlySpan<byte> bytes)
    {
        var isUnicode = Utf8.IsValid(bytes);
        for (var at = 0; isUnicode && bytes[at..].IndexOf((byte)'\\') is >= 0 and var next;)
        {
            at += next;
            var (first, second) = (Escaped(bytes[at..]), Escaped(bytes[Math.Min(at + EscapeLength, bytes.Length)..]));
            var isPair = char.IsSurrogatePair(first, second);
            isUnicode = isPair || !char.IsSurrogate(first);
            at += isPair ? 2 * EscapeLength : 2;
        }
        if (!isUnicode)
        {
            throw ApiException.Parameter("The body holds half of a surrogate pair, or bytes that are no UTF-8. Send well-formed Unicode.");
        }
    }

    /// <summary>Refuses every member but the named ones.</summary>
    public static void Only(this JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.Parameter("An object is expected. Send {…}.");
        }
        foreach (var member in element.EnumerateObject())
        {
            if (!names.Contains(member.Name))
            {
                throw ApiException.Parameter($"\"{Parameters.Shown(member.Name)}\" is not known. Send only: {string.Join(", ", names.ToArray())}.");
            }
        }
    }

    /// <summary>A text that has to be there.</summary>
    public static string Required(this JsonElement element, string name) => element.Optional(name) ?? throw ApiException.Parameter($"\"{name}\" is missing. Send it as a text.");

    /// <summary>A text; null if it is absent or null.</summary>
    public static string? Optional(this JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw ApiException.Parameter($"\"{name}\" is not a text. Send \"{name}\": \"…\".");
    }

    /// <summary>A list of texts; null if it is absent or null.</summary>
    public static IReadOnlyList<string>? Texts(this JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : throw ApiException.Parameter($"\"{name}\" is not a list of texts. Send \"{name}\": [\"…\"].");
    }

    /// <summary>Personal details; each under a new salt.</summary>
    public static PersonalDetails Details(this JsonElement element)
    {
        if (!element.TryGetProperty("details", out var details) || details.ValueKind == JsonValueKind.Null)
        {
            return PersonalDetails.None;
        }
        details.Only([.. PersonalDetail.Names]);
        return Checked(() => new PersonalDetails(details.EnumerateObject().Where(d => d.Value.ValueKind != JsonValueKind.Null).Select(d => PersonalDetail.Salted(d.Name, details.Required(d.Name)))));
    }

    /// <summary>What the domain refuses, as a refusal of the request.</summary>
    public static T Checked<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (ArgumentException refused)
        {
            throw ApiException.Parameter(refused.Message);
        }
    }

    private static async ValueTask<byte[]> Bytes(HttpContext context, int largest)
    {
        if (context.Request.ContentLength > largest)
        {
            throw TooLarge(largest);
        }
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            if (read.Buffer.Length > largest)
            {
                throw TooLarge(largest);
            }
            if (read.IsCompleted)
            {
                var bytes = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return bytes;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The character that an escape with four digits at the head stands for; none if there is no such escape.</summary>
    private static char Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u' && ushort.TryParse(json[2..EscapeLength], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\0';

    private static ApiException TooLarge(int largest) => new(413, "too-large", $"The body is larger than {largest / 1024} KB. Send less in one call.");
}
