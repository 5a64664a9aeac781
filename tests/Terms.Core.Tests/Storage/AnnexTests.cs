using System.Runtime.Versioning;
using System.Text;
using Terms.Acceptance;
using Terms.Storage;
using Terms.Tests.Acceptance;
using static Terms.Tests.Storage.StoreFolder;

namespace Terms.Tests.Storage;

/// <summary>Erasing personal details, holds, and keys of services, beside a running server.</summary>
public sealed class AnnexTests
{
    private const string Word = "Ada-Lovelace-1815";
    private const string Details = $$$"""{"name":{"salt":"c2FsdA","value":"{{{Word}}}"},"email":{"salt":"c2FsdA","value":"ada@lamps.example"}}""";

    [Fact]
    public async Task Erased_details_are_gone_from_the_disk_and_every_proof_stays()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var entry = await Add(store, Recording("s1", 0, details: Details));
        await Add(store, Recording("s2", 1, details: Details.Replace("Ada", "Eve", StringComparison.Ordinal)));
        var before = store.Latest(Logs.Acceptances);
        Assert.Equal(Details, Encoding.UTF8.GetString(store.Details(0)!));

        var erased = await store.Erase(entry.Id, Now);

        Assert.Equal([entry.Id], erased.Acceptances);
        Assert.True(erased.IsGoneFromDisk);
        Assert.Null(store.Details(0));
        Assert.NotNull(store.Details(1));
        Assert.All(Directory.GetFiles(folder.Folders.Data), f => Assert.DoesNotContain(Word, Everything(f), StringComparison.Ordinal));
        Assert.Equal(before.Note, store.Latest(Logs.Acceptances).Note);
        Assert.True(Proofs.Includes(entry.LeafHash, 0, 2, store.InclusionProof(0, 2), before.Root));
        Assert.Equal($$"""{"acceptance":"{{entry.Id}}","details":["name","email"],"at":"2026-05-03T10:00:00Z"}""" + "\n", Everything(Path.Combine(folder.Folders.Data, "erasures.log")));
        Assert.Empty((await store.Erase(entry.Id, Now)).Acceptances);
    }

    [Fact]
    public async Task All_details_of_a_subject_are_erased_wherever_its_acceptances_are_found()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open(new StoreLimits { LeastToFreeze = 16, MostToFreeze = 16 });
        for (var n = 0; n < 60; n++)
        {
            await Add(store, Recording($"s{n % 3}", n, details: Details));
        }

        var erased = new Annex(folder.Folders).EraseSubject("s1", Now); // As the command line does it, without the server's memory.

        Assert.Equal(20, erased.Acceptances.Count);
        Assert.All(Enumerable.Range(0, 60), n => Assert.Equal(n % 3 == 1, store.Details(n) is null));
    }

    [Fact]
    public async Task A_hold_prevents_erasing_until_it_is_released()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var entry = await Add(store, Recording("s", 0, details: Details));
        await store.Hold("s", "case 17", Now);

        var refused = await Assert.ThrowsAsync<OnHoldException>(() => store.Erase(entry.Id, Now));
        await Assert.ThrowsAsync<OnHoldException>(() => store.EraseSubject("s", Now));

        Assert.Contains("The details of s are on hold (case 17) and were not erased. Release the hold first", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(store.Details(0));
        Assert.Empty(Everything(Path.Combine(folder.Folders.Data, "erasures.log")));
        Assert.Equal(1, await store.Release("s", Now.AddDays(1)));
        Assert.Equal([new Hold("s", Now, "case 17", Now.AddDays(1))], new Annex(folder.Folders).Holds());
        Assert.Single((await store.Erase(entry.Id, Now)).Acceptances);
    }

    [Fact]
    public async Task An_erasure_that_was_written_down_and_not_carried_out_is_carried_out_on_opening()
    {
        using var folder = new StoreFolder();
        LedgerEntry entry;
        await using (var store = folder.Open())
        {
            entry = await Add(store, Recording("s", 0, details: Details));
        }
        await File.WriteAllTextAsync(Path.Combine(folder.Folders.Data, "erasures.log"), $$"""{"acceptance":"{{entry.Id}}","details":["name"],"at":"2026-05-03T10:00:00Z"}""" + "\n{\"accep");

        await using (var again = folder.Open())
        {
            Assert.Null(again.Details(0));
        }
        Assert.EndsWith("}\n", Everything(Path.Combine(folder.Folders.Data, "erasures.log")), StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(folder.Folders.Data, "erasures.log"), "");
        Assert.Contains("it was shortened or is of another store", Assert.Throws<StoreException>(() => folder.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_acceptance_that_is_not_there_is_not_erased()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        await Add(store, Recording("s", 0, details: Details));

        var refused = await Assert.ThrowsAsync<StoreException>(() => store.Erase(new AcceptanceId(0, new string('0', 20)), Now));

        Assert.Equal("There is no acceptance a0-00000000000000000000.", refused.Message);
        Assert.NotNull(store.Details(0));
    }

    [Fact]
    public async Task A_key_made_and_revoked_beside_the_server_counts_at_once()
    {
        using var folder = new StoreFolder();
        await using var store = folder.Open();
        var keys = new ServiceKeys(folder.Folders);
        var key = new ServiceKeyRow("shop", "Shop", "sha256:" + new string('a', 64), ["present", "record"], ["https://shop.example/welcome"], Now, null);

        keys.Add(key);
        Assert.Equivalent(key, store.ServiceKey("shop"));
        Assert.Equal("There is a key shop already.", Assert.Throws<StoreException>(() => keys.Add(key)).Message);
        keys.Revoke("shop", Now.AddDays(1));

        Assert.Equal(Now.AddDays(1), store.ServiceKey("shop")!.Revoked);
        Assert.Equal("The key shop has been revoked already.", Assert.Throws<StoreException>(() => keys.Revoke("shop", Now)).Message);
        Assert.StartsWith("There is no key other.", Assert.Throws<StoreException>(() => keys.Revoke("other", Now)).Message, StringComparison.Ordinal);
        Assert.Null(store.ServiceKey("other"));
        Assert.Single(keys.All());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Nobody_but_the_owner_can_read_the_store_and_its_keys()
    {
        using var folder = new StoreFolder();
        const UnixFileMode Others = (UnixFileMode)0x3f; // rwxrwx of group and others.

        Assert.All(Directory.GetFileSystemEntries(folder.Folders.Data, "*", SearchOption.AllDirectories).Append(folder.Folders.Data), f => Assert.Equal((UnixFileMode)0, File.GetUnixFileMode(f) & Others));
    }

    /// <summary>What stands in a file, byte for byte, a server beside it or not.</summary>
    private static string Everything(string file)
    {
        if (Path.GetFileName(file) == "ledger.lock")
        {
            return ""; // Held by the server, and empty.
        }
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
