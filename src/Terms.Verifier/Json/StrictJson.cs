using System.Text.Json;
using System.Text.Unicode;

namespace Terms.Verifier.Json;

/// <summary>Reads JSON as RFC 8259 has it and no more: UTF-8 without a byte order mark, no member twice, no comments, nothing behind the end, no lone surrogate, bounded depth.</summary>
internal static class StrictJson
{
    private const int DeepestLevel = 64;

    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = DeepestLevel };

    /// <summary>Reads a text; the message of <see cref="MalformedException"/> says what is wrong with it.</summary>
    public static JsonElement Parse(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new MalformedException("it is not UTF-8");
        }
        try
        {
            using var document = JsonDocument.Parse(json.ToArray(), Options);
            return document.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new MalformedException($"it is not JSON with each member once: {Quoted.Text(e.Message)}");
        }
    }

    /// <summary>The members of an object that has exactly these names.</summary>
    public static JsonElement[] Members(this JsonElement element, string what, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw new MalformedException($"{what} is not an object");
        }
        var values = new JsonElement[names.Length];
        foreach (var member in element.EnumerateObject())
        {
            var at = names.IndexOf(Name(member));
            if (at < 0)
            {
                throw new MalformedException($"{what} has the member `{Quoted.Text(Name(member))}`, which is not known");
            }
            values[at] = member.Value;
        }
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].ValueKind == JsonValueKind.Undefined)
            {
                throw new MalformedException($"{what} has no `{names[i]}`");
            }
        }
        return values;
    }

    /// <summary>The name of a member.</summary>
    public static string Name(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw new MalformedException("the name of a member has a surrogate without its other half");
        }
    }

    /// <summary>A text.</summary>
    public static string Text(this JsonElement element, string what)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String ? element.GetString()! : throw new MalformedException($"{what} is not a text");
        }
        catch (InvalidOperationException)
        {
            throw new MalformedException($"{what} has a surrogate without its other half");
        }
    }

    /// <summary>A whole number from 0 on, written in digits alone.</summary>
    public static long Count(this JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var count) && count >= 0 && element.GetRawText().All(char.IsAsciiDigit)
            ? count
            : throw new MalformedException($"{what} is not a whole number from 0 on");
}
