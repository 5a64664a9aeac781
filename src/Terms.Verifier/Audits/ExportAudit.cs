using System.Buffers.Text;
using System.Globalization;
using Terms.Verifier.Json;
using Terms.Verifier.Notes;

namespace Terms.Verifier.Audits;

/// <summary>Audits an export <c>terms-export/1</c>: JSON lines, of which those with entries have the record in its canonical form.</summary>
internal static class ExportAudit
{
    private const int LongestLine = LogAudit.LargestRecord + 1024;
    private const int EntriesBetweenReports = 10_000;
    private const string Meaning = "It is not a whole export of this system, or it was changed or cut afterwards.";

    public static AuditReport Run(Stream export, IReadOnlyList<VerifierKey> keys, IProgress<long>? progress)
    {
        var findings = new FindingList();
        var lines = new LineReader(export, LongestLine);
        var number = 1L;
        AuditedLog? audited = null;
        try
        {
            if (!lines.TryRead(out var first))
            {
                throw new MalformedException("it is empty");
            }
            var (log, key, size) = Head(first, keys, findings);
            using var acceptances = log == "acceptances" ? new AcceptanceAudit(findings) : null;
            var audit = new LogAudit(log, key, acceptances ?? (RecordAudit)new PublicationAudit(findings), findings);
            try
            {
                for (number++; lines.TryRead(out var line); number++)
                {
                    Line(line, audit, log, findings, number);
                    if (audit.Entries % EntriesBetweenReports == 0)
                    {
                        progress?.Report(audit.Entries);
                    }
                }
            }
            finally
            {
                audited = audit.End(size);
            }
            if (!lines.IsWhole)
            {
                findings.Add(log, string.Create(CultureInfo.InvariantCulture, $"Line {number - 1} is cut off: it does not end in a line feed."), Meaning);
            }
        }
        catch (MalformedException wrong)
        {
            findings.Add("store", string.Create(CultureInfo.InvariantCulture, $"The export cannot be read on from line {number}: {wrong.Message}."), Meaning);
        }
        return findings.Report(audited is null ? [] : [audited], keys.Count > 0);
    }

    private static (string Log, VerifierKey Key, long Size) Head(ReadOnlySpan<byte> line, IReadOnlyList<VerifierKey> keys, FindingList findings)
    {
        if (StrictJson.Parse(line).Members("the first line", "schema", "log", "publicKey", "size") is not [var schema, var log, var publicKey, var size] || schema.Text("`schema`") != "terms-export/1")
        {
            throw new MalformedException("its `schema` is not terms-export/1");
        }
        var name = log.Text("`log`");
        if (name is not ("acceptances" or "catalogue"))
        {
            throw new MalformedException($"`log` is `{Quoted.Text(name)}`, which is neither acceptances nor catalogue");
        }
        var own = VerifierKey.Read(publicKey.Text("`publicKey`"));
        if (!own.Name.EndsWith($"/{name}", StringComparison.Ordinal))
        {
            throw new MalformedException($"the key is for `{Quoted.Text(own.Name)}`, which is not a log `{name}`");
        }
        var given = keys.FirstOrDefault(k => k.Text == own.Text) ?? keys.FirstOrDefault(k => k.Name.EndsWith($"/{name}", StringComparison.Ordinal)) ?? (keys.Count > 0 ? keys[0] : null);
        if (given is not null && given.Text != own.Text)
        {
            findings.Add(name, $"The key in the first line, {Quoted.Text(own.Text)}, is not the one that was given.", "The export is of another log, or its key was changed; the signatures are checked with the key that was given.");
        }
        return (name, given ?? own, size.Count("`size`"));
    }

    private static void Line(ReadOnlySpan<byte> line, LogAudit audit, string log, FindingList findings, long number)
    {
        if (TryEntry(line, out var entry, out var record))
        {
            audit.Entry(entry, record);
            return;
        }
        if (!line.StartsWith("{\"checkpoint\":"u8))
        {
            findings.Add(log, string.Create(CultureInfo.InvariantCulture, $"Line {number} is neither an entry nor a checkpoint."), Meaning);
            return;
        }
        try
        {
            if (StrictJson.Parse(line).Members("the line", "checkpoint", "at") is [var checkpoint, var at])
            {
                audit.Checkpoint(audit.Next, checkpoint.Text("`checkpoint`"), at.Text("`at`"));
            }
        }
        catch (MalformedException wrong)
        {
            findings.Add(log, string.Create(CultureInfo.InvariantCulture, $"The checkpoint in line {number} cannot be read: {wrong.Message}."), Meaning);
        }
    }

    /// <summary>Entries have one spelling: <c>{"entry":N,"record":R}</c>.</summary>
    private static bool TryEntry(ReadOnlySpan<byte> line, out long entry, out ReadOnlySpan<byte> record)
    {
        entry = 0;
        record = default;
        var head = "{\"entry\":"u8;
        var middle = ",\"record\":"u8;
        if (!line.StartsWith(head) || !line.EndsWith("}"u8) || !Utf8Parser.TryParse(line[head.Length..], out entry, out var digits) || entry < 0 || !char.IsAsciiDigit((char)line[head.Length])
            || (digits > 1 && line[head.Length] == '0'))
        {
            return false;
        }
        var rest = line[(head.Length + digits)..];
        if (!rest.StartsWith(middle) || rest.Length <= middle.Length)
        {
            return false;
        }
        record = rest[middle.Length..^1];
        return true;
    }
}
