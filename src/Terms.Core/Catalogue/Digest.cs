using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Terms.Catalogue;

/// <summary>A SHA-256 digest (FIPS 180-4), written <c>sha256:</c> and 64 lower-case hexadecimal digits.</summary>
public sealed partial record Digest
{
    private Digest(string value) => Value = value;

    /// <summary>The digest as it is written.</summary>
    public string Value { get; }

    /// <summary>The digest of a canonical value: texts, lists and mappings, serialized as RFC 8785 says.</summary>
    public static Digest Of(object canonical) => new("sha256:" + Convert.ToHexStringLower(SHA256.HashData(CanonicalJson.Bytes(canonical))));

    /// <summary>The digest of bytes as they are.</summary>
    public static Digest OfBytes(ReadOnlySpan<byte> bytes) => new("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Reads a digest as it is written.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Digest Parse(string text) => Written().IsMatch(text) ? new(text) : throw new FormatException("A digest is `sha256:` and 64 lower-case hexadecimal digits.");

    /// <inheritdoc/>
    public override string ToString() => Value;

    [GeneratedRegex(@"^sha256:[0-9a-f]{64}\z")]
    private static partial Regex Written();
}

/// <summary>JSON in the canonical form of RFC 8785 for texts, lists and mappings: sorted keys, no spaces, shortest escapes, UTF-8.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical bytes. Texts are brought to Unicode NFC first, so that equal words have equal bytes.</summary>
    /// <exception cref="ArgumentException">The value holds something other than texts, lists and mappings.</exception>
    public static byte[] Bytes(object value)
    {
        var json = new StringBuilder();
        Write(json, value);
        return Encoding.UTF8.GetBytes(json.ToString());
    }

    private static void Write(StringBuilder json, object? value)
    {
        switch (value)
        {
            case null:
                json.Append("null");
                break;
            case string text:
                Write(json, text);
                break;
            case IReadOnlyDictionary<string, object> map:
                json.Append('{');
                var first = true;
                foreach (var (key, child) in map.OrderBy(m => m.Key.Normalize(NormalizationForm.FormC), StringComparer.Ordinal))
                {
                    json.Append(first ? "" : ",");
                    first = false;
                    Write(json, key);
                    json.Append(':');
                    Write(json, child);
                }
                json.Append('}');
                break;
            case IEnumerable<object> list:
                json.Append('[');
                var position = 0;
                foreach (var child in list)
                {
                    json.Append(position++ == 0 ? "" : ",");
                    Write(json, child);
                }
                json.Append(']');
                break;
            default:
                throw new ArgumentException($"A {value.GetType().Name} has no canonical form here; write it as text.", nameof(value));
        }
    }

    private static void Write(StringBuilder json, string text)
    {
        json.Append('"');
        foreach (var c in text.Normalize(NormalizationForm.FormC))
        {
            json.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => $"\\u{(int)c:x4}",
                _ => c.ToString(),
            });
        }
        json.Append('"');
    }
}
