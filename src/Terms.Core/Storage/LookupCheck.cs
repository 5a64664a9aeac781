using System.Runtime.InteropServices;
using System.Text.Json;

namespace Terms.Storage;

/// <summary>
/// Whether every acceptance is found by its subject and its idempotency key. Sums of keyed hashes of what is to be found and of what is in the table are compared, so
/// a ledger of any size is checked in the same memory; that they differ is said, not where.
/// </summary>
internal static class LookupCheck
{
    /// <summary>What is wrong, in words.</summary>
    public static List<string> Find(Database database)
    {
        var findings = new List<string>();
        var (key, end) = (Convert.FromHexString(Settings.Read(database, Settings.LookupKey)), Settings.Number(database, Settings.LookupEnd));
        var lookups = new Lookups(key, 0, 0);
        var (wanted, kept) = (0UL, 0UL);
        using (var cursor = new AcceptanceCursor(database, 0))
        {
            while (cursor.Next())
            {
                if (!Names(cursor.Record, cursor.Subject))
                {
                    findings.Add($"{database.File}: acceptance {cursor.Entry} is kept under another subject than its record names, and is not found by the one that it names.");
                }
                if (cursor.Entry < end)
                {
                    wanted += Mixed(key, new LookupPair(lookups.OfSubject(cursor.Subject), cursor.Entry));
                    wanted += cursor.HasIdempotency ? Mixed(key, new LookupPair(lookups.OfIdempotency(cursor.Idempotency), cursor.Entry)) : 0;
                }
            }
        }
        LookupTable.Read(database, pair => kept += pair.Entry < end ? Mixed(key, pair) : 0);
        if (wanted != kept || !LookupTable.IsInOrder(database))
        {
            findings.Add($"{database.File}: the table lookup is not that of the first {end} acceptances: some of them are not found by their subjects, or by their idempotency keys.");
        }
        return findings;
    }

    private static ulong Mixed(byte[] key, LookupPair pair) => SipHash.Of(key, MemoryMarshal.AsBytes(new ReadOnlySpan<LookupPair>(in pair)));

    /// <summary>Whether a record has a subject as its member. It is canonical: its members stand once, and objects in it end before the next begins.</summary>
    private static bool Names(ReadOnlySpan<byte> record, ReadOnlySpan<byte> subject)
    {
        try
        {
            var json = new Utf8JsonReader(record);
            while (json.Read())
            {
                if (json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("subject"u8))
                {
                    return json.Read() && json.TokenType == JsonTokenType.String && json.ValueTextEquals(subject);
                }
            }
            return false;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
