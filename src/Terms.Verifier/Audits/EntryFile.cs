namespace Terms.Verifier.Audits;

/// <summary>
/// What has to be known of an earlier entry when a later one cites it: 64 bytes each, in a temporary file that is gone when the audit ends, so that memory stays as it is
/// however long the log.
/// </summary>
internal sealed class EntryFile : IDisposable
{
    public const int RowSize = 64;
    private const int BufferedRows = 4096;

    private readonly FileStream _file = new(
        Path.Combine(Path.GetTempPath(), $"terms-audit-{Path.GetRandomFileName()}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 0, FileOptions.DeleteOnClose);

    private readonly byte[] _buffer = new byte[RowSize * BufferedRows];
    private long _written;
    private int _buffered;

    /// <summary>How many entries there are, without a gap.</summary>
    public long Count => _written + _buffered;

    /// <summary>Room for the next entry, to be filled.</summary>
    public Span<byte> Next()
    {
        if (_buffered == BufferedRows)
        {
            RandomAccess.Write(_file.SafeFileHandle, _buffer, _written * RowSize);
            (_written, _buffered) = (_written + _buffered, 0);
        }
        return _buffer.AsSpan(RowSize * _buffered++, RowSize);
    }

    /// <summary>What was put down for an entry.</summary>
    public byte[] Row(long entry)
    {
        var row = new byte[RowSize];
        if (entry >= _written)
        {
            _buffer.AsSpan((int)(entry - _written) * RowSize, RowSize).CopyTo(row);
        }
        else if (RandomAccess.Read(_file.SafeFileHandle, row, entry * RowSize) != RowSize)
        {
            throw new IOException("The temporary file of the audit cannot be read back.");
        }
        return row;
    }

    public void Dispose() => _file.Dispose();
}
