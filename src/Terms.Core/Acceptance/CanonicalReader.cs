using System.Collections.Immutable;
using System.Text.Json;
using Terms.Catalogue;

namespace Terms.Acceptance;

/// <summary>Reads what <see cref="CanonicalWriter"/> has written, strictly: every member once, none missing, none unknown.</summary>
internal static class CanonicalReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>Reads bytes with a function and makes sure that the value is written as the same bytes again.</summary>
    /// <exception cref="FormatException">They are not JSON, not of the shape expected, or not in canonical form.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, string what, Func<JsonElement, T> read, Func<T, byte[]> write)
    {
        T value;
        try
        {
            using var document = JsonDocument.Parse(bytes, Options);
            value = read(document.RootElement);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or ArgumentException)
        {
            throw new FormatException($"The {what} cannot be read: {wrong.Message}", wrong);
        }
        return write(value).AsSpan().SequenceEqual(bytes.Span) ? value : throw new FormatException($"The {what} is not in the canonical form of RFC 8785.");
    }

    /// <summary>Makes sure that an object has these members and no others.</summary>
    public static void Only(this JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("An object is expected.");
        }
        foreach (var name in names)
        {
            if (!element.TryGetProperty(name, out _))
            {
                throw new FormatException($"The member `{name}` is missing.");
            }
        }
        if (element.GetPropertyCount() != names.Length)
        {
            foreach (var member in element.EnumerateObject())
            {
                if (!names.Contains(member.Name))
                {
                    throw new FormatException($"The member `{(member.Name.Length > 40 ? member.Name[..40] : member.Name)}` is not known.");
                }
            }
        }
    }

    /// <summary>A text.</summary>
    public static string Text(this JsonElement element, string name) => element.OptionalText(name) ?? throw new FormatException($"`{name}` must not be null.");

    /// <summary>A text, or null.</summary>
    public static string? OptionalText(this JsonElement element, string name) => element.GetProperty(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Null } => null,
        _ => throw new FormatException($"`{name}` is neither a text nor null."),
    };

    /// <summary>An instant.</summary>
    public static DateTimeOffset Instant(this JsonElement element, string name) => element.OptionalInstant(name) ?? throw new FormatException($"`{name}` must not be null.");

    /// <summary>An instant, or null.</summary>
    public static DateTimeOffset? OptionalInstant(this JsonElement element, string name) => element.OptionalText(name) switch
    {
        null => null,
        { } text when Instants.TryParse(text, out var instant) => instant,
        _ => throw new FormatException($"`{name}` is not an instant of RFC 3339."),
    };

    /// <summary>An object, or null.</summary>
    public static JsonElement? OptionalObject(this JsonElement element, string name) =>
        element.GetProperty(name) is { ValueKind: not JsonValueKind.Null } member ? member : null;

    /// <summary>A list read item by item.</summary>
    public static ImmutableArray<T> List<T>(this JsonElement element, string name, Func<JsonElement, T> read) => [.. element.GetProperty(name).EnumerateArray().Select(read)];

    /// <summary>A list of texts.</summary>
    public static ImmutableArray<string> Texts(this JsonElement element, string name) =>
        element.List(name, item => item.GetString() ?? throw new FormatException($"`{name}` holds null."));
}
