using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Terms.Catalogue;

namespace Terms.Acceptance;

/// <summary>
/// Writes JSON in the canonical form of RFC 8785 straight into bytes, for objects whose members are known beforehand: the caller names them in the order of
/// their UTF-16 code units. Texts stay as they came; unlike <see cref="CanonicalJson"/> nothing is normalized, because a record repeats what others sent.
/// </summary>
internal sealed class CanonicalWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 32).Select(c => (char)c), '"', '\\']);

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(2048);
    private int length;
    private bool isFirst = true;

    /// <summary>What was written. It ends the writing: the memory is given back.</summary>
    public byte[] ToArray()
    {
        var written = bytes.AsSpan(0, length).ToArray();
        ArrayPool<byte>.Shared.Return(bytes);
        (bytes, length) = ([], 0);
        return written;
    }

    /// <summary>Begins an object; as a member of another with its name.</summary>
    public CanonicalWriter Object(string? name = null) => Open(name, (byte)'{');

    /// <summary>Begins a list.</summary>
    public CanonicalWriter List(string? name = null) => Open(name, (byte)'[');

    /// <summary>Ends an object.</summary>
    public CanonicalWriter EndObject() => Close((byte)'}');

    /// <summary>Ends a list.</summary>
    public CanonicalWriter EndList() => Close((byte)']');

    /// <summary>A member with a text, or <c>null</c>.</summary>
    public CanonicalWriter Member(string name, string? value)
    {
        Name(name);
        Value(value);
        return this;
    }

    /// <summary>A member with an instant as RFC 3339 writes it, or <c>null</c>.</summary>
    public CanonicalWriter Member(string name, DateTimeOffset? value) => Member(name, value?.ToRfc3339());

    /// <summary>A member with a whole number that a double holds exactly.</summary>
    public CanonicalWriter Member(string name, long value)
    {
        Name(name);
        Plain(value.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>A member with a list of texts.</summary>
    public CanonicalWriter Member(string name, IEnumerable<string> values)
    {
        List(name);
        foreach (var value in values)
        {
            Item(value);
        }
        return EndList();
    }

    /// <summary>A member with a value that is canonical JSON already.</summary>
    public CanonicalWriter Raw(string name, ReadOnlySpan<byte> canonical)
    {
        Name(name);
        canonical.CopyTo(Room(canonical.Length));
        length += canonical.Length;
        isFirst = false;
        return this;
    }

    /// <summary>A text in a list.</summary>
    public CanonicalWriter Item(string value)
    {
        Comma();
        Value(value);
        return this;
    }

    private CanonicalWriter Open(string? name, byte bracket)
    {
        if (name is null)
        {
            Comma();
        }
        else
        {
            Name(name);
        }
        Byte(bracket);
        isFirst = true;
        return this;
    }

    private CanonicalWriter Close(byte bracket)
    {
        Byte(bracket);
        isFirst = false;
        return this;
    }

    private void Comma()
    {
        if (!isFirst)
        {
            Byte((byte)',');
        }
        isFirst = false;
    }

    private void Name(string name)
    {
        Comma();
        Text(name);
        Byte((byte)':');
    }

    private void Value(string? value)
    {
        if (value is not null)
        {
            Text(value);
            return;
        }
        "null"u8.CopyTo(Room(4));
        length += 4;
    }

    private void Text(ReadOnlySpan<char> text)
    {
        Byte((byte)'"');
        while (text.IndexOfAny(Escaped) is var at and >= 0)
        {
            Plain(text[..at]);
            Escape(text[at]);
            text = text[(at + 1)..];
        }
        Plain(text);
        Byte((byte)'"');
    }

    private void Plain(ReadOnlySpan<char> text)
    {
        if (Utf8.FromUtf16(text, Room(text.Length * 3), out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new ArgumentException("A text holds half of a surrogate pair, which is no character. Send well-formed Unicode.");
        }
        length += written;
    }

    private void Escape(char c)
    {
        var escape = c switch
        {
            '"' => "\\\"",
            '\\' => @"\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            _ => $"\\u{(int)c:x4}",
        };
        Plain(escape);
    }

    private void Byte(byte value)
    {
        Room(1)[0] = value;
        length++;
    }

    private Span<byte> Room(int size)
    {
        if (bytes.Length - length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + size));
            bytes.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }
        return bytes.AsSpan(length);
    }
}
