using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SQLitePCL;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Endpoints;

/// <summary>Acceptances in and out in bulk, and the public logs.</summary>
public sealed class TransferTests : IDisposable
{
    private readonly AcceptanceApplication application = new();
    private readonly HttpClient service;

    public TransferTests() => service = application.Service();

    [Fact]
    public async Task The_export_has_every_record_and_each_checkpoint_after_the_record_that_completes_it()
    {
        for (var i = 0; i < 5; i++)
        {
            await service.Accept($"member-{i}");
        }
        using var response = await service.GetAsync(new Uri("/api/v1/acceptances/export", UriKind.Relative));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var head = JsonDocument.Parse(lines[0]).RootElement;

        Assert.Equal("terms-export/1", head.Text("schema"));
        Assert.Equal("acceptances", head.Text("log"));
        Assert.Equal(5, head.GetProperty("size").GetInt64());
        var leaves = new List<byte[]>();
        var checkpoints = 0;
        foreach (var line in lines.Skip(1).Select(l => JsonDocument.Parse(l).RootElement))
        {
            if (line.TryGetProperty("entry", out var entry))
            {
                Assert.Equal(leaves.Count, entry.GetInt64());
                leaves.Add(SHA256.HashData([0, .. Encoding.UTF8.GetBytes(line.GetProperty("record").GetRawText())]));
                continue;
            }
            checkpoints++;
            var note = line.Text("checkpoint");
            Assert.True(ReceiptCheck.IsSigned(note, head.Text("publicKey")));
            Assert.Equal($"{leaves.Count}", note.Split('\n')[1]);
            Assert.Equal(note.Split('\n')[2], Convert.ToBase64String(Root([.. leaves])));
            Assert.NotEmpty(line.Text("at"));
        }
        Assert.Equal(5, leaves.Count);
        Assert.InRange(checkpoints, 1, 5);
    }

    [Fact]
    public async Task The_first_records_of_an_export_arrive_before_the_last_are_read()
    {
        const int many = 5000; // 2 MB: far more than is read at once and waits on the way to a reader who takes nothing.
        var store = application.Services.GetRequiredService<ServedStore>().Store;
        await Task.WhenAll(Enumerable.Range(0, many).Select(n => store.Record(new Recording(
            Encoding.UTF8.GetBytes($$"""{"number":{{n}},"words":"as written at first{{new string(' ', 400)}}"}"""), $"member-{n}", application.Now))));
        using var response = await service.GetAsync(new Uri("/api/v1/acceptances/export", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var head = JsonDocument.Parse((await lines.ReadLineAsync())!).RootElement;
        var first = await lines.ReadLineAsync();

        ReplaceInLastRecords("at first", "just now");
        var records = new List<string> { first! };
        while (await lines.ReadLineAsync() is { } line)
        {
            records.Add(line);
        }
        records.RemoveAll(line => line.StartsWith("{\"checkpoint\"", StringComparison.Ordinal));

        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Equal((many, many), (head.GetProperty("size").GetInt32(), records.Count));
        Assert.StartsWith("""{"entry":0,"record":{"number":0,"words":"as written at first """, first, StringComparison.Ordinal);
        Assert.Contains("\"words\":\"as written just now ", records[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Records_of_an_older_system_come_in_with_their_provenance()
    {
        const string lines =
            """
            {"subject":"old-1","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":"2025-03-01T08:00:00Z","system":"old-shop","reference":"r-1","note":"from the archive"}

            {"subject":"old-2","agreements":[{"agreement":"lamp-hire","version":"2019-01-01"}],"agreed":null,"system":"old-shop","reference":"r-2"}
            {"subject":"old-3","agreements":[{"agreement":"lamp-sale","version":"2025-01-01"}],"agreed":null,"system":"old-shop","reference":"r-3"}
            not json
            {"subject":"old-4","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"system":"old-shop","reference":"r-4"}
            {"subject":"old-5","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":"2031-01-01T00:00:00Z","system":"old-shop","reference":"r-5"}
            {"subject":"old-6","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":null,"system":"old-shop","reference":"r-6","details":{"email":"a@example.org"}}
            """;
        var answers = await Import(lines, "application/jsonl");

        Assert.Equal(7, answers.GetArrayLength());
        Assert.False(answers[0].GetProperty("repeated").GetBoolean());
        Assert.EndsWith("unknown-version", answers[1].Text("type"), StringComparison.Ordinal);
        Assert.Contains("Send one of: 2025-01-01", answers[1].Text("detail"), StringComparison.Ordinal);
        Assert.EndsWith("unknown-agreement", answers[2].Text("type"), StringComparison.Ordinal);
        Assert.Contains("not well-formed JSON", answers[3].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("\"agreed\" is missing", answers[4].Text("detail"), StringComparison.Ordinal);
        Assert.Contains("lies in the future. Send the instant of the act", answers[5].Text("detail"), StringComparison.Ordinal);
        var record = (await service.Get($"/api/v1/acceptances/{answers[0].Text("id")}")).GetProperty("record");
        Assert.Equal(("imported", "import", "old-shop", "r-1", "2025-03-01T08:00:00Z"), (
            record.Text("kind"), record.Text("channel"), record.GetProperty("provenance").Text("system"), record.GetProperty("provenance").Text("reference"), record.GetProperty("provenance").Text("agreed")));
        Assert.Empty((await service.Status("old-1")).GetProperty("required").EnumerateArray());
        ReceiptCheck.Proves((await service.Get($"/api/v1/acceptances/{answers[6].Text("id")}/receipt")).GetRawText());
    }

    [Fact]
    public async Task An_import_sent_again_records_nothing_twice()
    {
        const string array = """[{"subject":"old-1","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":null,"system":"old-shop","reference":"r-1"}]""";
        var first = await Import(array, "application/json");
        var again = await Import(array, "application/json");
        var other = await Import(array.Replace("old-1", "old-2", StringComparison.Ordinal), "application/json");

        Assert.Equal(first[0].Text("id"), again[0].Text("id"));
        Assert.True(again[0].GetProperty("repeated").GetBoolean());
        Assert.Equal(422, other[0].GetProperty("status").GetInt32());
        using var replaced = application.Service("import");
        using var byAnotherKey = await replaced.PostAsync(new Uri("/api/v1/acceptances/import", UriKind.Relative), new StringContent(array, Encoding.UTF8, "application/json"));
        Assert.Contains($"\"id\":\"{first[0].Text("id")}\",\"repeated\":true", await byAnotherKey.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Single((await service.Get("/api/v1/subjects/old-1/acceptances")).EnumerateArray());
    }

    [Fact]
    public async Task A_large_import_is_a_stream()
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 3000; i++)
        {
            lines.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""{"subject":"old-{{i}}","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":null,"system":"old-shop","reference":"r-{{i}}","note":"{{new string('x', 600)}}"}""").Append('\n');
        }
        Assert.True(lines.Length > 2_000_000);

        var answers = await Import(lines.ToString(), "application/x-ndjson");

        Assert.Equal(3000, answers.GetArrayLength());
        Assert.All(answers.EnumerateArray(), a => Assert.StartsWith("a", a.Text("id"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_breaks_off_is_the_last_problem()
    {
        var answers = await Import("""[{"subject":"old-1","agreements":[{"agreement":"lamp-hire","version":"2025-01-01"}],"agreed":null,"system":"s","reference":"r"},{"subject":""", "application/json");

        Assert.Equal("a0", answers[0].Text("id")[..2]);
        Assert.Contains("from here on", answers[1].Text("detail"), StringComparison.Ordinal);
        await service.PostAsync(new Uri("/api/v1/acceptances/import", UriKind.Relative), new StringContent("x", Encoding.UTF8, "text/plain")).Refused(415, "invalid-parameter", "application/jsonl");
    }

    [Fact]
    public async Task The_logs_are_public_and_name_no_subject()
    {
        await service.Accept("member-17");
        using var anybody = application.CreateClient();
        var checkpoint = await anybody.GetStringAsync(new Uri("/log/checkpoint", UriKind.Relative));
        var key = (await anybody.GetStringAsync(new Uri("/log/key", UriKind.Relative))).Trim();
        var tile = await anybody.GetByteArrayAsync(new Uri("/log/tile/0/000.p/1", UriKind.Relative));

        Assert.StartsWith("terms.example/acceptances\n1\n", checkpoint, StringComparison.Ordinal);
        Assert.True(ReceiptCheck.IsSigned(checkpoint, key));
        Assert.Equal(checkpoint.Split('\n')[2], Convert.ToBase64String(tile));
        foreach (var nothing in new[] { "/log/tile/0/000", "/log/tile/0/000.p/2", "/log/tile/0/0.p/1", "/log/tile/8/000.p/1", "/log/tile/0/x000/000.p/1", "/log/tile/entries/000.p/1", "/log/tile/0/000.p/01" })
        {
            using var response = await anybody.GetAsync(new Uri(nothing, UriKind.Relative));
            Assert.True(response.StatusCode == System.Net.HttpStatusCode.NotFound, nothing);
        }
    }

    [Fact]
    public async Task Published_versions_are_in_the_catalogues_log_with_their_digests()
    {
        using var anybody = application.CreateClient();
        var checkpoint = (await anybody.GetStringAsync(new Uri("/catalogue-log/checkpoint", UriKind.Relative))).Split('\n');
        var bundle = await anybody.GetByteArrayAsync(new Uri($"/catalogue-log/tile/entries/000.p/{checkpoint[1]}", UriKind.Relative));
        var entries = new List<byte[]>();
        for (var at = 0; at < bundle.Length; at += 2 + entries[^1].Length)
        {
            entries.Add(bundle[(at + 2)..(at + 2 + ((bundle[at] << 8) | bundle[at + 1]))]);
        }

        Assert.Equal(checkpoint[1], $"{entries.Count}");
        Assert.Equal(checkpoint[2], Convert.ToBase64String(Root([.. entries.Select(e => SHA256.HashData([0, .. e]))])));
        var version = JsonDocument.Parse(entries.Single(e => Encoding.UTF8.GetString(e).Contains("\"2025-01-01\"", StringComparison.Ordinal))).RootElement;
        Assert.Equal((await anybody.Get("/api/v1/agreements/lamp-hire/versions/2025-01-01")).Text("textDigest"), version.Text("textDigest"));
        Assert.Equal("2025-06-01T12:00:00Z", version.Text("published"));
    }

    [Fact]
    public async Task A_link_opens_the_acceptances_of_its_subject_for_a_while()
    {
        var link = await ServiceCalls.Answer(await service.PostAsync(new Uri("/api/v1/subjects/member-17/link?minutes=5", UriKind.Relative), null), 200);

        Assert.StartsWith("http://localhost/acceptances/", link.Text("url"), StringComparison.Ordinal);
        Assert.Equal("2025-06-01T12:05:00Z", link.Text("expires"));
        await service.PostAsync(new Uri("/api/v1/subjects/member-17/link?minutes=1441", UriKind.Relative), null).Refused(400, "invalid-parameter", "from 1 to 1440");
    }

    public void Dispose()
    {
        service.Dispose();
        application.Dispose();
    }

    /// <summary>Replaces words in the last row of acceptances past the server: whoever reads them from then on gets the new ones.</summary>
    private void ReplaceInLastRecords(string words, string by)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(application.Data, "ledger.db"), out var ledger));
        raw.sqlite3_busy_timeout(ledger, 60_000);
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(
            ledger, $"UPDATE acceptance_blocks SET records = unhex(replace(hex(records), hex('{words}'), hex('{by}'))) WHERE first = (SELECT max(first) FROM acceptance_blocks)"));
        raw.sqlite3_close(ledger);
    }

    private async Task<JsonElement> Import(string body, string type) =>
        await ServiceCalls.Answer(await service.PostAsync(new Uri("/api/v1/acceptances/import", UriKind.Relative), new StringContent(body, Encoding.UTF8, type)), 200);

    /// <summary>RFC 9162, section 2.1.1.</summary>
    private static byte[] Root(byte[][] leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }
        var left = 1;
        while (left * 2 < leaves.Length)
        {
            left *= 2;
        }
        return SHA256.HashData([1, .. Root(leaves[..left]), .. Root(leaves[left..])]);
    }
}
