using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Terms.Verifier.Json;

/// <summary>Writes JSON in the canonical form of RFC 8785.</summary>
internal static class CanonicalJson
{
    /// <summary>The canonical bytes of a value.</summary>
    public static byte[] Bytes(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().Select(m => (Name: StrictJson.Name(m), m.Value)).OrderBy(m => m.Name, StringComparer.Ordinal); // By UTF-16 units: section 3.2.3.
                Sequence('{', members, '}', text, (member, to) =>
                {
                    Write(member.Name, to);
                    to.Append(':');
                    Write(member.Value, to);
                });
                break;
            case JsonValueKind.Array:
                Sequence('[', value.EnumerateArray(), ']', text, Write);
                break;
            case JsonValueKind.String:
                Write(value.Text("a value"), text);
                break;
            case JsonValueKind.Number:
                text.Append(Number(value));
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Sequence<T>(char open, IEnumerable<T> items, char close, StringBuilder text, Action<T, StringBuilder> write)
    {
        text.Append(open);
        var isFirst = true;
        foreach (var item in items)
        {
            if (!isFirst)
            {
                text.Append(',');
            }
            isFirst = false;
            write(item, text);
        }
        text.Append(close);
    }

    /// <summary>Section 3.2.2.2: only what has to be escaped is, in the shortest way.</summary>
    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }
        text.Append('"');
    }

    /// <summary>Section 3.2.2.3: the shortest digits that mean the same double, laid out as ECMAScript does.</summary>
    private static string Number(JsonElement element)
    {
        if (!element.TryGetDouble(out var value) || !double.IsFinite(value))
        {
            throw new MalformedException($"the number {Quoted.Text(element.GetRawText())} is greater than a double holds");
        }
        if (value == 0)
        {
            return "0";
        }
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var digits = shortest.Split('E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('0').TrimEnd('0');
        var point = shortest.Split('E') is [_, var exponent] ? int.Parse(exponent, CultureInfo.InvariantCulture) + 1 : PointOf(shortest);
        var text = point switch
        {
            > 0 and <= 21 when digits.Length <= point => digits.PadRight(point, '0'),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{(digits.Length > 1 ? "." : "")}{digits[1..]}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1)}"),
        };
        return value < 0 ? "-" + text : text;
    }

    /// <summary>How many digits stand before the point, counted from the first that is not 0; negative for zeros behind the point.</summary>
    private static int PointOf(string plain)
    {
        var parts = plain.Split('.');
        var whole = parts[0].TrimStart('0');
        return whole.Length > 0 ? whole.Length : -(parts[1].Length - parts[1].TrimStart('0').Length);
    }
}
