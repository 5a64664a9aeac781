namespace Terms.Verifier.Audits;

/// <summary>Reads a stream line by line, with memory for one line and no more.</summary>
/// <param name="stream">The stream.</param>
/// <param name="longest">The longest line that is taken, in bytes.</param>
/// <param name="limit">How many bytes of the stream are read at most.</param>
internal sealed class LineReader(Stream stream, int longest, long limit = long.MaxValue)
{
    private readonly byte[] _buffer = new byte[longest + 1];
    private long _left = limit;
    private int _start;
    private int _end;

    /// <summary>Whether the last line that was read ended in a line feed.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>The next line without its line feed; it is good until the one after is read. False at the end of the stream.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        for (var seen = 0; ;)
        {
            var feed = _buffer.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n');
            if (feed >= 0)
            {
                line = _buffer.AsSpan(_start, seen + feed);
                _start += seen + feed + 1;
                return true;
            }
            seen = _end - _start;
            if (_end == _buffer.Length && _start == 0)
            {
                throw new MalformedException($"a line is longer than {longest} bytes");
            }
            if (_end == _buffer.Length)
            {
                _buffer.AsSpan(_start, seen).CopyTo(_buffer);
                (_start, _end) = (0, seen);
            }
            var read = stream.Read(_buffer, _end, (int)Math.Min(_left, _buffer.Length - _end));
            _end += read;
            _left -= read;
            if (read == 0)
            {
                IsWhole &= seen == 0;
                line = _buffer.AsSpan(_start, seen);
                _start = _end;
                return seen > 0;
            }
        }
    }
}
