using System.Buffers;
using System.Text.Unicode;

namespace Terms.Verifier.Json;

/// <summary>
/// Reads a JSON text once, member after member, and refuses every byte that RFC 8785 would have written otherwise. Whoever reads asks for the members in their sorted
/// order, so that a member that is missing, there twice, unknown or out of order is found without a list of names; nothing is copied and nothing recurses.
/// </summary>
internal ref struct CanonicalReader
{
    /// <summary>What ends a text or has to be looked at: the quote, the backslash, and control characters.</summary>
    private static readonly SearchValues<byte> Stops = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private readonly ReadOnlySpan<byte> _json;
    private int _at;

    public CanonicalReader(ReadOnlySpan<byte> json)
    {
        if (!Utf8.IsValid(json))
        {
            throw new MalformedException("it is not UTF-8");
        }
        _json = json;
    }

    /// <summary>The place of the next byte.</summary>
    public readonly int At => _at;

    /// <summary>What stands from a place up to here.</summary>
    public readonly ReadOnlySpan<byte> Since(int start) => _json[start.._at];

    public void OpenObject() => Take((byte)'{');

    public void OpenList() => Take((byte)'[');

    /// <summary>The end of an object whose members have all been read.</summary>
    public void CloseObject()
    {
        if (Next == ',')
        {
            throw new MalformedException($"the member `{Peek()}` is unknown, there twice, or out of order");
        }
        Take((byte)'}');
    }

    /// <summary>Nothing may stand behind the end.</summary>
    public readonly void End()
    {
        if (_at != _json.Length)
        {
            throw new MalformedException($"something stands behind its end, at byte {_at}");
        }
    }

    /// <summary>The next member, which has to have this name.</summary>
    public void Member(ReadOnlySpan<byte> name)
    {
        var start = _at + (_json[_at - 1] == '{' ? 0 : 1);
        var end = start + name.Length + 3;
        if (end <= _json.Length && (start == _at || _json[_at] == ',') && _json[start] == '"' && _json.Slice(start + 1, name.Length).SequenceEqual(name)
            && _json[end - 2] == '"' && _json[end - 1] == ':')
        {
            _at = end;
            return;
        }
        throw Unlike(name);
    }

    /// <summary>Whether the object has another member; then its name, which has to come after the one before.</summary>
    public bool AnyMember(ref ReadOnlySpan<byte> name)
    {
        var isFirst = _json[_at - 1] == '{';
        if (Next == '}')
        {
            return false;
        }
        if (!isFirst)
        {
            Take((byte)',');
        }
        var next = Text();
        if (!isFirst && next.SequenceCompareTo(name) <= 0)
        {
            throw new MalformedException($"the member `{Quoted.Text(next)}` is there twice or out of order");
        }
        name = next;
        Take((byte)':');
        return true;
    }

    /// <summary>Whether the list has another item.</summary>
    public bool AnyItem()
    {
        if (Next == ']')
        {
            _at++;
            return false;
        }
        if (_json[_at - 1] != '[')
        {
            Take((byte)',');
        }
        return true;
    }

    /// <summary>Whether <c>null</c> stands here; it is read if so.</summary>
    public bool Null()
    {
        if (!_json[_at..].StartsWith("null"u8))
        {
            return false;
        }
        _at += 4;
        return true;
    }

    /// <summary>A text, as it stands between its quotes.</summary>
    public ReadOnlySpan<byte> Text()
    {
        Take((byte)'"');
        var start = _at;
        while (true)
        {
            var stop = _json[_at..].IndexOfAny(Stops);
            if (stop < 0)
            {
                throw new MalformedException("it ends in the middle of a text");
            }
            _at += stop;
            if (_json[_at] == '"')
            {
                return _json[start.._at++];
            }
            Escape();
        }
    }

    /// <summary>A text, or nothing where <c>null</c> stands.</summary>
    public bool TextOrNull(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (Null())
        {
            return false;
        }
        text = Text();
        return true;
    }

    private readonly int Next => _at < _json.Length ? _json[_at] : -1;

    private void Take(byte expected)
    {
        if (Next != expected)
        {
            throw Next < 0
                ? new MalformedException("it ends too early")
                : new MalformedException($"at byte {_at} stands {(Next is ' ' or '\n' or '\r' or '\t' ? "white space" : $"`{Quoted.Text(_json.Slice(_at, 1))}`")}, where the canonical form has `{(char)expected}`");
        }
        _at++;
    }

    /// <summary>RFC 8785, section 3.2.2.2: the short escapes, and <c>\u00xx</c> in lower case for the other control characters; nothing else is escaped.</summary>
    private void Escape()
    {
        var rest = _json[_at..];
        if (rest.Length > 1 && rest[0] == '\\' && rest[1] is (byte)'"' or (byte)'\\' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            _at += 2;
        }
        else if (rest.Length > 5 && rest.StartsWith("\\u00"u8) && rest[4] is (byte)'0' or (byte)'1' && Hex(rest[5]) is >= 0 and var low
            && (((rest[4] - '0') << 4) | low) is not ('\b' or '\t' or '\n' or '\f' or '\r'))
        {
            _at += 6;
        }
        else
        {
            throw new MalformedException($"the text at byte {_at} is not escaped as the canonical form has it");
        }
    }

    private static int Hex(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };

    private readonly MalformedException Unlike(ReadOnlySpan<byte> expected)
    {
        var name = Quoted.Text(expected);
        if (Next == '}')
        {
            return new MalformedException($"the member `{name}` is missing");
        }
        return Peek() is { } found
            ? new MalformedException(string.CompareOrdinal(found, name) > 0
                ? $"the member `{name}` is missing or out of order; `{found}` stands in its place"
                : $"the member `{found}` is unknown, there twice, or out of order; `{name}` should stand in its place")
            : new MalformedException($"the member `{name}` does not stand at byte {_at} as the canonical form has it");
    }

    /// <summary>The name of the next member, if there is one in the canonical form.</summary>
    private readonly string? Peek()
    {
        var ahead = this;
        try
        {
            if (ahead.Next == ',')
            {
                ahead._at++;
            }
            return Quoted.Text(ahead.Text());
        }
        catch (MalformedException)
        {
            return null;
        }
    }
}
