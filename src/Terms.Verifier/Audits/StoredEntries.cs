using System.Buffers.Binary;
using System.Globalization;

namespace Terms.Verifier.Audits;

/// <summary>
/// The entries of a log in the order in which a store keeps them: publications in a row each, acceptances many to a row, each behind its length, the whole packed or not. A store or a backup
/// of an earlier program has acceptances in a row each, too.
/// </summary>
internal sealed class StoredEntries : IDisposable
{
    private readonly StoreFile.Rows _rows;
    private readonly FindingList _findings;
    private readonly bool _isInBlocks;
    private readonly Unpacking _unpacking = new();
    private ReadOnlyMemory<byte>? _unpacked;
    private long _left;
    private int _end;

    public StoredEntries(StoreFile store, string log, FindingList findings)
    {
        _findings = findings;
        _isInBlocks = log == "acceptances" && store.Any("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'acceptance_blocks'");
        _rows = store.Query(_isInBlocks
            ? "SELECT first, count, records FROM acceptance_blocks ORDER BY first"
            : $"SELECT entry, record FROM {(log == "acceptances" ? "acceptance_entries" : "catalogue_entries")} ORDER BY entry");
    }

    /// <summary>The place of the entry.</summary>
    public long Entry { get; private set; }

    /// <summary>Goes to the next entry; false behind the last. Its bytes are good until the one after.</summary>
    public bool Next(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!_isInBlocks)
        {
            if (!_rows.Next())
            {
                return false;
            }
            Entry = _rows.Number(0);
            record = _rows.Bytes(1);
            return true;
        }
        while (true)
        {
            if (_left > 0)
            {
                if (NextInBlock(out record))
                {
                    return true;
                }
                _left = 0; // What cannot be told apart is not there; the numbers then show the gap.
            }
            if (!_rows.Next())
            {
                return false;
            }
            (Entry, _left, _end) = (_rows.Number(0) - 1, _rows.Number(1), 0);
            if (_left < 1 || !_unpacking.TryUnpack(_rows.Bytes(2), out _unpacked))
            {
                _left = 0;
                Wrong();
            }
        }
    }

    public void Dispose() => _rows.Dispose();

    /// <summary>Each record stands behind its length in four bytes; behind the last there is nothing.</summary>
    private bool NextInBlock(out ReadOnlySpan<byte> record)
    {
        record = default;
        var rest = (_unpacked is { } unpacked ? unpacked.Span : _rows.Bytes(2))[_end..];
        var length = rest.Length < sizeof(int) ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - sizeof(int) || (_left == 1 && length != rest.Length - sizeof(int)))
        {
            Wrong();
            return false;
        }
        record = rest.Slice(sizeof(int), (int)length);
        (Entry, _left, _end) = (Entry + 1, _left - 1, _end + sizeof(int) + (int)length);
        return true;
    }

    private void Wrong() => _findings.Add(
        "acceptances", string.Create(CultureInfo.InvariantCulture, $"The row of {_rows.Number(1)} acceptances from {_rows.Number(0)} on does not hold what it says."),
        "The row was changed or damaged: where one record ends and the next begins cannot be told.");
}
