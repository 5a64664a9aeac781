using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Terms.Verifier.Records;

namespace Terms.Verifier.Audits;

/// <summary>Checks the records of one log, each by itself and against those before it.</summary>
internal abstract class RecordAudit(string log, FindingList findings)
{
    private const long Slack = TimeSpan.TicksPerSecond;

    private long _latest;

    protected FindingList Findings => findings;

    /// <summary>Checks a record.</summary>
    public void Check(long entry, ReadOnlySpan<byte> record, ReadOnlySpan<byte> leaf)
    {
        try
        {
            var at = Read(entry, record, leaf);
            if (at < _latest - Slack)
            {
                findings.Add(log, entry, "It bears an instant that is more than a second before that of an earlier entry.", Meanings.Order);
            }
            _latest = Math.Max(at, _latest);
        }
        catch (MalformedException wrong)
        {
            findings.Add(log, entry, $"The record does not have the form of a record: {wrong.Message}.", Meanings.Record);
        }
    }

    /// <summary>Reads a record and gives its instant, as ticks.</summary>
    protected abstract long Read(long entry, ReadOnlySpan<byte> record, ReadOnlySpan<byte> leaf);
}

/// <summary>The records of the log <c>acceptances</c>.</summary>
/// <param name="findings">Where findings go.</param>
/// <param name="beside">What a store keeps beside the log; null for an export, which has nothing there.</param>
internal sealed class AcceptanceAudit(FindingList findings, BesideTheLog? beside = null) : RecordAudit("acceptances", findings), IDisposable
{
    private const string Log = "acceptances";
    private const int SubjectAt = AcceptanceId.HashBytes + 1;

    private readonly EntryFile _entries = new();

    public void Dispose() => _entries.Dispose();

    protected override long Read(long entry, ReadOnlySpan<byte> record, ReadOnlySpan<byte> leaf)
    {
        var row = entry == _entries.Count ? _entries.Next() : new byte[EntryFile.RowSize]; // Behind a gap, nothing is remembered.
        row.Clear();
        leaf[..AcceptanceId.HashBytes].CopyTo(row);
        var fields = AcceptanceFields.Read(record);
        Put(row, fields);
        if (fields.WrongOrder is { } wrong)
        {
            Findings.Add(Log, entry, $"The instants of the record are not in order: {wrong}.", Meanings.Record);
        }
        if (!fields.Withdraws.IsEmpty && WrongWithdrawal(entry, row, fields) is { } nothing)
        {
            Findings.Add(Log, entry, $"It withdraws `{Quoted.Text(fields.Withdraws)}`, {nothing}.", "It withdraws nothing that this log has, or not for this subject.");
        }
        beside?.Check(entry, fields);
        return fields.Recorded;
    }

    /// <summary>Ten bytes of the leaf hash, the kind counted from 1, and the subject with its length; of a long subject its digest, which no length marks.</summary>
    private static void Put(Span<byte> row, in AcceptanceFields fields)
    {
        row[AcceptanceId.HashBytes] = (byte)(fields.Kind + 1);
        var place = row[SubjectAt..];
        if (fields.Subject.Length < place.Length)
        {
            place[0] = (byte)fields.Subject.Length;
            fields.Subject.CopyTo(place[1..]);
        }
        else
        {
            SHA256.HashData(fields.Subject, place[1..]);
        }
    }

    private string? WrongWithdrawal(long entry, ReadOnlySpan<byte> own, in AcceptanceFields fields)
    {
        if (!AcceptanceId.TryRead(fields.Withdraws, out var cited, out var hash))
        {
            return "which is not the id of an acceptance";
        }
        if (cited >= entry)
        {
            return "which does not come before it";
        }
        if (cited >= _entries.Count)
        {
            return null; // Behind a gap, which is a finding of its own.
        }
        var row = _entries.Row(cited).AsSpan();
        if (!row.StartsWith(hash))
        {
            return string.Create(CultureInfo.InvariantCulture, $"and entry {cited} has another leaf hash");
        }
        if ((RecordKind)(row[AcceptanceId.HashBytes] - 1) is not (RecordKind.Agree or RecordKind.Acknowledge or RecordKind.Imported))
        {
            return "which is not an acceptance";
        }
        return row[SubjectAt..].SequenceEqual(own[SubjectAt..]) ? null : "which is another subject's";
    }
}

/// <summary>The records of the log <c>catalogue</c>.</summary>
internal sealed class PublicationAudit(FindingList findings) : RecordAudit("catalogue", findings)
{
    /// <summary>More versions than any catalogue has; beyond, memory would no longer be bounded.</summary>
    private const int MostVersions = 1_000_000;

    private readonly Dictionary<string, (long Entry, string Digest)> _versions = new(StringComparer.Ordinal);

    protected override long Read(long entry, ReadOnlySpan<byte> record, ReadOnlySpan<byte> leaf)
    {
        var fields = PublicationFields.Read(record);
        var version = $"{Encoding.UTF8.GetString(fields.Agreement)}/{Encoding.UTF8.GetString(fields.Version)}";
        var digest = Encoding.UTF8.GetString(fields.TextDigest);
        if (_versions.TryGetValue(version, out var earlier))
        {
            Findings.Add(
                "catalogue", entry, string.Create(CultureInfo.InvariantCulture, $"{Quoted.Text(version)} was published before, as entry {earlier.Entry}{(earlier.Digest == digest ? "" : ", with another text")}."),
                earlier.Digest == digest ? "The entry says nothing new; a server puts a version in once." : "The text of a published version was changed: people agreed to the earlier one.");
        }
        else if (_versions.Count < MostVersions)
        {
            _versions.Add(version, (entry, digest));
        }
        else
        {
            throw new MalformedException("there are more versions than any catalogue has, so it was not compared with the earlier ones");
        }
        return fields.Published;
    }
}
