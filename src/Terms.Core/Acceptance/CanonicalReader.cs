using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Terms.Catalogue;

namespace Terms.Acceptance;

/// <summary>
/// Reads what <see cref="CanonicalWriter"/> has written, member after member in the same order, and nothing else: JSON in the canonical form of RFC 8785, every
/// member once, none missing, none unknown. There is one way to write a value, so that what was read need not be written again to be compared.
/// </summary>
internal sealed class CanonicalReader
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>What a text in canonical form does not hold as it is: control characters, the quotation mark, the backslash; and what is not ASCII, which has to be decoded.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 32).Concat(['"', '\\']).Concat(Enumerable.Range(128, 128)).Select(b => (byte)b)]);

    private readonly byte[] bytes;
    private readonly int start;
    private readonly int end;
    private int at;
    private bool isFirst = true;

    private CanonicalReader(ReadOnlyMemory<byte> memory)
    {
        var segment = MemoryMarshal.TryGetArray(memory, out var array) ? array : new ArraySegment<byte>(memory.ToArray());
        (bytes, start, end) = (segment.Array!, segment.Offset, segment.Offset + segment.Count);
        at = start;
    }

    private ReadOnlySpan<byte> Rest => bytes.AsSpan(at, end - at);

    /// <summary>Reads an object.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="read">Takes every member, in the order of their names.</param>
    /// <exception cref="FormatException">The bytes are not of the shape expected, or not in canonical form.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> bytes, string what, Func<CanonicalReader, T> read)
    {
        try
        {
            var json = new CanonicalReader(bytes);
            json.Expect((byte)'{');
            var value = read(json);
            json.EndObject();
            return json.at == json.end ? value : throw json.Malformed();
        }
        catch (ArgumentException wrong)
        {
            throw new FormatException($"The {what} cannot be read: {wrong.Message}", wrong);
        }
        catch (FormatException wrong)
        {
            throw new FormatException($"The {what} cannot be read: {wrong.Message}", wrong);
        }
    }

    /// <summary>A member with a text.</summary>
    public string Text(string name) => OptionalText(name) ?? throw new FormatException($"`{name}` must not be null.");

    /// <summary>A member with a text, or null.</summary>
    public string? OptionalText(string name)
    {
        Name(name);
        return IsNull() ? null : Value();
    }

    /// <summary>A member with an instant.</summary>
    public DateTimeOffset Instant(string name) => OptionalInstant(name) ?? throw new FormatException($"`{name}` must not be null.");

    /// <summary>A member with an instant, or null.</summary>
    public DateTimeOffset? OptionalInstant(string name) => OptionalText(name) switch
    {
        null => null,
        { } text when Instants.TryParse(text, out var instant) && instant.IsRfc3339(text) => instant,
        _ => throw new FormatException($"`{name}` is not an instant in the canonical form: RFC 3339, in UTC, without needless digits."),
    };

    /// <summary>A member with an object; its bytes.</summary>
    public ReadOnlyMemory<byte> Object(string name, Action<CanonicalReader> read)
    {
        Name(name);
        var from = at;
        ReadObject(read);
        return bytes.AsMemory(from, at - from);
    }

    /// <summary>A member with an object, or null.</summary>
    public T? OptionalObject<T>(string name, Func<CanonicalReader, T> read) where T : class
    {
        Name(name);
        if (IsNull())
        {
            return null;
        }
        T? value = null;
        ReadObject(json => value = read(json));
        return value;
    }

    /// <summary>A member with an object whose members have names that are not known beforehand; each is read with its name.</summary>
    public void Map(string name, Action<string> read)
    {
        Name(name);
        ReadObject(_ => Members(read));
    }

    /// <summary>The members of this object, whose names are not known beforehand; each is read with its name.</summary>
    public void Members(Action<string> read)
    {
        string? before = null;
        while (!Rest.StartsWith("}"u8))
        {
            var place = (at, isFirst);
            Comma();
            var name = Value();
            if (before is not null && string.CompareOrdinal(before, name) >= 0)
            {
                throw Malformed();
            }
            before = name;
            (at, isFirst) = place;
            read(name);
        }
    }

    /// <summary>A member with a list of objects.</summary>
    public ImmutableArray<T> List<T>(string name, Func<CanonicalReader, T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        Items(name, () => ReadObject(json => items.Add(read(json))));
        return items.DrainToImmutable();
    }

    /// <summary>A member with a list of texts.</summary>
    public ImmutableArray<string> Texts(string name)
    {
        var items = ImmutableArray.CreateBuilder<string>();
        Items(name, () => items.Add(Value()));
        return items.DrainToImmutable();
    }

    private void Items(string name, Action read)
    {
        Name(name);
        Expect((byte)'[');
        isFirst = true;
        while (!Rest.StartsWith("]"u8))
        {
            Comma();
            read();
        }
        at++;
        isFirst = false;
    }

    private void ReadObject(Action<CanonicalReader> read)
    {
        Expect((byte)'{');
        isFirst = true;
        read(this);
        EndObject();
    }

    private void EndObject()
    {
        if (!Rest.StartsWith("}"u8))
        {
            Comma();
            throw Unknown(Value());
        }
        at++;
        isFirst = false;
    }

    private void Name(string name)
    {
        var rest = Rest;
        if (rest.StartsWith("}"u8))
        {
            throw Missing(name);
        }
        Comma();
        rest = Rest;
        if (rest.Length > name.Length + 2 && rest[0] == '"' && rest[name.Length + 1] == '"' && Ascii.Equals(rest.Slice(1, name.Length), name))
        {
            at += name.Length + 2;
            Expect((byte)':');
            return;
        }
        var found = Value();
        if (found == name)
        {
            Expect((byte)':');
            return;
        }
        throw string.CompareOrdinal(found, name) < 0 ? Unknown(found) : Missing(name);
    }

    private bool IsNull()
    {
        if (!Rest.StartsWith("null"u8))
        {
            return false;
        }
        at += 4;
        return true;
    }

    private string Value()
    {
        Expect((byte)'"');
        var rest = Rest;
        var length = rest.IndexOfAny(Special);
        if (length >= 0 && rest[length] == '"')
        {
            at += length + 1;
            return Encoding.ASCII.GetString(rest[..length]);
        }
        return Escaped();
    }

    private string Escaped()
    {
        var text = new StringBuilder();
        while (true)
        {
            var rest = Rest;
            var length = rest.IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0 || rest[..length].ContainsAnyInRange((byte)0, (byte)31))
            {
                throw Malformed();
            }
            text.Append(Strict.GetString(rest[..length]));
            at += length + 1;
            if (rest[length] == '"')
            {
                return text.ToString();
            }
            text.Append(Escape());
        }
    }

    /// <summary>What stands behind a backslash, if RFC 8785 writes that character so.</summary>
    private char Escape()
    {
        var rest = Rest;
        var (length, c) = rest switch
        {
            [(byte)'"' or (byte)'\\', ..] => (1, (char)rest[0]),
            [(byte)'b', ..] => (1, '\b'),
            [(byte)'t', ..] => (1, '\t'),
            [(byte)'n', ..] => (1, '\n'),
            [(byte)'f', ..] => (1, '\f'),
            [(byte)'r', ..] => (1, '\r'),
            [(byte)'u', (byte)'0', (byte)'0', (byte)'0' or (byte)'1', (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'f'), ..]
                when (char)Convert.ToInt32(Encoding.ASCII.GetString(rest[1..5]), 16) is var control and not ('\b' or '\t' or '\n' or '\f' or '\r') => (5, control),
            _ => throw Malformed(),
        };
        at += length;
        return c;
    }

    private void Comma()
    {
        if (!isFirst)
        {
            Expect((byte)',');
        }
        isFirst = false;
    }

    private void Expect(byte sign)
    {
        if (at >= end || bytes[at] != sign)
        {
            throw Malformed();
        }
        at++;
    }

    private FormatException Malformed() => new($"it is not in the canonical form of RFC 8785, or not of the shape expected, at byte {at - start}.");

    private static FormatException Missing(string name) => new($"The member `{name}` is missing.");

    private static FormatException Unknown(string name) => new($"The member `{(name.Length > 40 ? name[..40] : name)}` is not known.");
}
