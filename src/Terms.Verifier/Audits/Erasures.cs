using System.Globalization;
using System.Text;
using System.Text.Json;
using Terms.Verifier.Json;
using Terms.Verifier.Records;

namespace Terms.Verifier.Audits;

/// <summary><c>erasures.log</c>: what was erased from the annex has to be gone from it, also after a backup was restored.</summary>
internal static class Erasures
{
    private const int LongestLine = 64 << 10;

    /// <summary>How long the file is now.</summary>
    public static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;

    /// <summary>Checks what stood in the file when it had this length.</summary>
    public static void Check(StoreFile store, string file, long length, FindingList findings)
    {
        if (length == 0)
        {
            return;
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var lines = new LineReader(stream, LongestLine, length);
        var number = 1;
        try
        {
            for (; lines.TryRead(out var line); number++)
            {
                Check(store, line, findings);
            }
        }
        catch (MalformedException wrong)
        {
            findings.Add(
                "store", string.Create(CultureInfo.InvariantCulture, $"erasures.log cannot be read on from line {number}: {wrong.Message}."),
                "What was erased after that line would come back when a backup is restored.");
        }
    }

    private static void Check(StoreFile store, ReadOnlySpan<byte> line, FindingList findings)
    {
        var json = StrictJson.Parse(line);
        if (json.ValueKind == JsonValueKind.Object && json.TryGetProperty("notice", out var notice))
        {
            json.Members("the line", "notice", "details", "at");
            CheckNotice(store, notice.Text("`notice`"), findings);
            return;
        }
        foreach (var (entry, detail) in Acceptance(json))
        {
            Check(store, entry, detail, findings);
        }
    }

    private static void CheckNotice(StoreFile store, string notice, FindingList findings)
    {
        if (store.Any("SELECT 1 FROM notice_addresses WHERE notice = (SELECT number FROM notices WHERE id = $1)", notice))
        {
            findings.Add("store", $"The address of the notice {Quoted.Text(notice)} was erased, and is there again.", "A backup was put back without erasing again what had been erased since.");
        }
    }

    private static void Check(StoreFile store, long entry, string detail, FindingList findings)
    {
        using var annex = store.Query("SELECT details FROM annex WHERE entry = $1", entry);
        if (annex.Next() && annex.Bytes(0).IndexOf(Encoding.UTF8.GetBytes($"\"{detail}\":")) >= 0)
        {
            findings.Add("acceptances", entry, $"Its detail `{Quoted.Text(detail)}` was erased, and is there again.", "A backup was put back without erasing again what had been erased since.");
        }
    }

    private static IEnumerable<(long, string)> Acceptance(JsonElement json)
    {
        if (json.Members("the line", "acceptance", "details", "at") is [var acceptance, { ValueKind: JsonValueKind.Array } details, _]
            && AcceptanceId.TryRead(Encoding.UTF8.GetBytes(acceptance.Text("`acceptance`")), out var entry, out _))
        {
            return [.. details.EnumerateArray().Select(d => (entry, d.Text("a detail")))];
        }
        throw new MalformedException("it does not name an acceptance and a list of details");
    }
}
