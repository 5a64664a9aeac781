using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Terms.Verifier.Records;

namespace Terms.Verifier.Audits;

/// <summary>What a store keeps beside the log `acceptances` and the log cites: personal details in the annex, and what was shown, by its digest.</summary>
internal sealed class BesideTheLog(StoreFile store, FindingList findings) : IDisposable
{
    private const string Log = "acceptances";
    private const int MostRemembered = 1 << 16;

    private readonly StoreFile.Rows _annex = store.Query("SELECT entry, details FROM annex ORDER BY entry");
    private readonly HashSet<UInt128> _seen = []; // Half a digest each: enough to tell what this program itself has looked up.
    private long _place;
    private bool _hasAnnex;
    private bool _hasBegun;

    public void Dispose() => _annex.Dispose();

    /// <summary>Checks what a record cites.</summary>
    public void Check(long entry, in AcceptanceFields fields)
    {
        CheckAnnex(entry, fields.Details);
        if (!fields.Shown.IsEmpty)
        {
            CheckShown(entry, fields.Shown);
        }
    }

    /// <summary>Checks that the annex has nothing beyond the log, and that everything shown is what its digest says.</summary>
    public void End()
    {
        CheckAnnex(long.MaxValue, default);
        using var shown = store.Query("SELECT digest, content FROM shown");
        while (shown.Next())
        {
            var digest = shown.Text(0);
            if (digest != $"sha256:{Convert.ToHexStringLower(SHA256.HashData(shown.Bytes(1)))}")
            {
                findings.Add("store", $"What was shown, kept as {Quoted.Text(digest)}, has another digest.", "What is kept is not what was shown; the records still say what its digest was.");
            }
        }
    }

    /// <summary>Both the annex and the log are read in the order of entries.</summary>
    private void CheckAnnex(long entry, ReadOnlySpan<byte> commitments)
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            NextInAnnex();
        }
        for (; _hasAnnex && _place <= entry; NextInAnnex())
        {
            if (_place != entry)
            {
                findings.Add("store", $"The annex has personal details of entry {_place.ToString(CultureInfo.InvariantCulture)}, which is not there or is no record.", "They belong to nothing, and erasing that acceptance would not reach them.");
                continue;
            }
            try
            {
                Commitment.Open(_annex.Bytes(1), commitments);
            }
            catch (MalformedException wrong)
            {
                findings.Add(Log, entry, $"Its personal details in the annex do not open the commitments of the record: {wrong.Message}.", "The annex was changed; the record still holds, and these details are not proved by it.");
            }
        }
    }

    private void NextInAnnex()
    {
        _hasAnnex = _annex.Next();
        _place = _hasAnnex ? _annex.Number(0) : _place;
    }

    private void CheckShown(long entry, ReadOnlySpan<byte> digest)
    {
        Span<byte> half = stackalloc byte[16];
        Convert.FromHexString(digest.Slice(7, 2 * half.Length), half, out _, out _);
        var seen = MemoryMarshal.Read<UInt128>(half);
        if (_seen.Contains(seen))
        {
            return;
        }
        if (!store.Any("SELECT 1 FROM shown WHERE digest = $1", Quoted.Text(digest)))
        {
            findings.Add(Log, entry, $"What was shown, {Quoted.Text(digest)}, is not kept.", "That it was shown is recorded; what it looked like can no longer be shown.");
            return;
        }
        if (_seen.Count == MostRemembered)
        {
            _seen.Clear();
        }
        _seen.Add(seen);
    }
}
