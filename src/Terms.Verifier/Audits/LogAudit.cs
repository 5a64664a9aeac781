using System.Globalization;
using Terms.Verifier.Notes;
using Terms.Verifier.Records;
using Terms.Verifier.Trees;

namespace Terms.Verifier.Audits;

/// <summary>
/// Rebuilds the tree of one log, entry after entry, and holds every checkpoint against it. Once a signed root differs, later roots differ too, whatever the entries;
/// so they are counted and not listed.
/// </summary>
internal sealed class LogAudit(string name, VerifierKey key, RecordAudit records, FindingList findings, TileComparison.KeptTile? kept = null)
{
    /// <summary>The largest record that is read, in bytes.</summary>
    public const int LargestRecord = 1 << 20;

    private readonly GrowingTree _tree = new();
    private readonly byte[] _leaf = new byte[Hashes.Size];
    private readonly TileComparison? _tiles = kept is null ? null : new TileComparison(kept, (level, tile, hash) => TileDiffers(name, findings, level, tile, hash));
    private long _next;
    private long _covered;
    private long _checkpoints;
    private long _latest = -1;
    private long _uncompared;
    private bool _hasDiffered;
    private bool _hasGap;

    /// <summary>The entry that is expected next.</summary>
    public long Next => _next;

    /// <summary>How many entries have been read.</summary>
    public long Entries { get; private set; }

    /// <summary>The next entry of the log.</summary>
    public void Entry(long entry, ReadOnlySpan<byte> record)
    {
        if (entry != _next)
        {
            Gap(entry);
        }
        _next = entry + 1;
        Entries++;
        if (record.Length > LargestRecord)
        {
            findings.Add(name, entry, string.Create(CultureInfo.InvariantCulture, $"The record has {record.Length} bytes, more than the {LargestRecord} that are read."), Meanings.Record);
            _hasGap = true;
            return;
        }
        Hashes.Leaf(record, _leaf);
        _tree.Append(_leaf, _hasGap ? null : _tiles);
        records.Check(entry, record, _leaf);
    }

    /// <summary>A checkpoint that stands behind as many entries as have been read; <paramref name="size"/> is the size that it is kept under.</summary>
    public void Checkpoint(long size, string note, string at)
    {
        _checkpoints++;
        Checkpoint checkpoint;
        try
        {
            checkpoint = Notes.Checkpoint.Read(note);
        }
        catch (MalformedException wrong)
        {
            Wrong(size, $"is not one: {wrong.Message}");
            return;
        }
        if (!Instant.TryRead(System.Text.Encoding.UTF8.GetBytes(at), out _))
        {
            Wrong(size, "has no instant in UTC beside it");
        }
        if (checkpoint.Size != size)
        {
            Wrong(size, string.Create(CultureInfo.InvariantCulture, $"says that it is of {checkpoint.Size} entries"));
            return;
        }
        if (checkpoint.Size <= _latest)
        {
            Wrong(size, string.Create(CultureInfo.InvariantCulture, $"stands behind one of {_latest} entries"));
            return;
        }
        _latest = size;
        var unsigned = checkpoint.WrongWith(key);
        var isComparable = !_hasGap && !_hasDiffered && size == _tree.Size;
        var isSame = isComparable && HasRoot(checkpoint.Root);
        if (unsigned is not null)
        {
            Wrong(size, $"does not count: {unsigned}{(isComparable && !isSame ? "; nor is its root that of the entries" : "")}");
        }
        else if (isSame)
        {
            _covered = size;
        }
        else if (isComparable)
        {
            _hasDiffered = true;
            findings.Add(
                name, Math.Min(_covered, size - 1), Math.Max(size - 1, 0), string.Create(CultureInfo.InvariantCulture, $"These entries do not make the tree of the checkpoint of {size} entries, which is signed."),
                "At least one of these records, or their order, is not what it was when the log signed. Every checkpoint before them still holds.");
        }
        else if (size > Entries && !_hasGap)
        {
            findings.Add(
                name, Entries, size - 1, string.Create(CultureInfo.InvariantCulture, $"The checkpoint of {size} entries covers these, and they are not there."), Meanings.CutOff);
        }
        else
        {
            _uncompared++;
        }
    }

    /// <summary>The end of the log, which should have <paramref name="size"/> entries if that was said.</summary>
    public AuditedLog End(long? size = null)
    {
        if (size is { } announced && announced != _next)
        {
            findings.Add(
                name, Math.Min(announced, _next), Math.Max(announced, _next) - 1,
                string.Create(CultureInfo.InvariantCulture, $"The first line announces {announced} entries; there are {_next}."), announced > _next ? Meanings.CutOff : "The file was put together by hand, or its first line was changed.");
        }
        if (_uncompared > 0)
        {
            findings.Add(
                name, string.Create(CultureInfo.InvariantCulture, $"{_uncompared:#,0} later {(_uncompared == 1 ? "checkpoint was" : "checkpoints were")} not compared."),
                "They rest on the entries that are wrong above; what they signed cannot be rebuilt.");
        }
        if (!_hasGap && !_hasDiffered && _covered < Entries)
        {
            findings.Add(
                name, _covered, Entries - 1, "No checkpoint covers these entries.",
                "Nobody signed for them: they may have been added by somebody without the key, or a checkpoint was taken away.");
        }
        var root = new byte[Hashes.Size];
        _tree.Root(root);
        return new AuditedLog(name, Entries, _checkpoints, Convert.ToBase64String(root), key.Text);
    }

    private bool HasRoot(ReadOnlySpan<byte> expected)
    {
        Span<byte> root = stackalloc byte[Hashes.Size];
        _tree.Root(root);
        return root.SequenceEqual(expected);
    }

    private void Gap(long entry)
    {
        _hasGap = true;
        if (entry > _next)
        {
            findings.Add(name, _next, entry - 1, "These entries are not there.", "Records were taken out. Checkpoints from here on cannot be compared.");
        }
        else
        {
            findings.Add(name, entry, string.Create(CultureInfo.InvariantCulture, $"This entry stands where entry {_next} should."), "Records were put in another order, or in twice. Checkpoints from here on cannot be compared.");
        }
    }

    private void Wrong(long size, string what) => findings.Add(
        name, string.Create(CultureInfo.InvariantCulture, $"The checkpoint of {size} entries {what}."),
        "It is not what the log signed: it was replaced or damaged, or the key is another's.");

    private static void TileDiffers(string name, FindingList findings, int level, long tile, int? hash)
    {
        var span = 1L << (TileComparison.Height * level);
        var first = tile * TileComparison.Width * span;
        if (hash is { } at)
        {
            findings.Add(
                name, first + (at * span), first + ((at + 1) * span) - 1, string.Create(CultureInfo.InvariantCulture, $"The tile {level}/{tile} has another hash than these entries make."),
                "Either a record was changed after it was put into the tree, or the tile was; the checkpoints tell which.");
        }
        else
        {
            findings.Add(
                name, first, first + (TileComparison.Width * span) - 1, string.Create(CultureInfo.InvariantCulture, $"The tile {level}/{tile} of these entries is not there."),
                "Proofs about these entries cannot be given until it is made anew; the records are not touched by it.");
        }
    }
}
