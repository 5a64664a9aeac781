using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Endpoints;

/// <summary>More waits to be written than is taken: said with 503 and <c>Retry-After</c>, and nothing is lost of what was taken.</summary>
public sealed class BusyStoreTests : IDisposable
{
    private const int Most = 4;

    private readonly AcceptanceApplication application = new() { Settings = { ["Terms:MostWaiting"] = $"{Most}" } };

    [Fact]
    public async Task A_busy_store_asks_to_come_back_and_takes_what_waits_when_it_can_write_again()
    {
        using var service = application.Service();
        await service.Present("member-17"); // What is made once is made; the ledger is kept from the writer for ten seconds at most.
        var store = application.Services.GetRequiredService<ServedStore>().Store;
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(application.Data, "ledger.db"), out var other));
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "BEGIN IMMEDIATE"));
        var waiting = new List<Task<long>>();
        for (var isBusy = false; !isBusy || waiting.Count <= Most; isBusy = !IsTaken(store, waiting))
        {
            // Until the writer has taken some, and waits for the file with them, and as many more wait as may.
        }

        using var refused = await service.PostAsJsonAsync(new Uri("/api/v1/presentations", UriKind.Relative), new { subject = "member-17", customer = ServiceCalls.Buyer, surface = "signup-web" });
        var problem = await ServiceCalls.Answer(refused, 503);
        Assert.EndsWith("store-busy", problem.Text("type"), StringComparison.Ordinal);
        Assert.Equal("Too much waits to be written, and nothing of this was recorded. Send it again in a second.", problem.Text("detail"));
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter!.Delta);

        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, "ROLLBACK"));
        raw.sqlite3_close(other);
        Assert.Equal(waiting.Count, (await Task.WhenAll(waiting)).Distinct().Count());
        await service.Present("member-17");
    }

    private static bool IsTaken(Store store, List<Task<long>> waiting)
    {
        try
        {
            waiting.Add(store.AddPresentation("{}"u8.ToArray()));
            return true;
        }
        catch (StoreBusyException)
        {
            return false;
        }
    }

    public void Dispose() => application.Dispose();
}
