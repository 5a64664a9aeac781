using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>What happened is listed for auditors, and given out as files.</summary>
public sealed class AuditTests : IDisposable
{
    private static readonly Editor Anna = new("anna", [new(EditorRole.Drafter)]);

    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task Events_are_found_by_who_what_draft_and_day()
    {
        var draft = await Draft();
        application.Now = application.Now.AddDays(1);
        await application.Services.GetRequiredService<Workbench>().Comment(Anna, draft, "1.1", "Is this <b>right</b>?");
        var auditor = await application.Person("olga", "auditor");

        Assert.Equal(5, await Count(auditor, "/audit")); // Draft, remark, account, role, signed in.
        Assert.Equal(2, await Count(auditor, "/audit?who=anna"));
        Assert.Equal(1, await Count(auditor, "/audit?kind=commented"));
        Assert.Equal(2, await Count(auditor, $"/audit?draft={draft}"));
        Assert.Equal(4, await Count(auditor, "/audit?from=2025-06-02"));
        Assert.Equal(1, await Count(auditor, "/audit?until=2025-06-01"));
        Assert.Equal(0, await Count(auditor, "/audit?who=anna&until=2025-05-31"));
        Assert.Contains("1.1: Is this &lt;b&gt;right&lt;/b&gt;?", await auditor.Page("/audit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("from=yesterday")]
    [InlineData("until=2025-02-30")]
    public async Task A_day_that_is_none_is_said_at_its_field(string query)
    {
        var auditor = await application.Person("olga", "auditor");

        Assert.Contains("Write a day as 2026-05-03.", await auditor.Page("/audit?" + query, 400), StringComparison.Ordinal);
        await auditor.Page("/audit/events.csv?" + query, 400);
    }

    [Theory]
    [InlineData("who=")]
    [InlineData("who=a")]
    public async Task A_question_that_is_too_long_for_an_event_is_cut_between_two_signs(string query)
    {
        var auditor = await application.Person("olga", "auditor");

        await auditor.Page($"/audit/events.csv?{query}{string.Concat(Enumerable.Repeat("%F0%9F%92%A1", 99))}");

        Assert.Contains("csv, who=", application.Logged().Select(e => Terms.People.PersonEvent.Parse(e.Json)).Single(e => e.Step == People.PersonStep.Exported).What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_long_list_is_shown_in_pages()
    {
        var auditor = await application.Person("olga", "auditor");
        var draft = await Draft();
        for (var i = 0; i < 60; i++)
        {
            await application.Services.GetRequiredService<Workbench>().Comment(Anna, draft, null, $"remark {i}");
        }

        var first = await auditor.Page("/audit?kind=commented");
        Assert.Contains("remark 59", first, StringComparison.Ordinal);
        Assert.DoesNotContain("remark 9<", first, StringComparison.Ordinal);
        var older = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(first, "href=\"([^\"]+)\" rel=\"next\"").Groups[1].Value);
        Assert.Equal(10, await Count(auditor, older));
        Assert.Contains("href=\"/audit?kind=commented\"", await auditor.Page(older), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_no_auditor_finds_nothing_there_and_that_is_kept()
    {
        var drafter = await application.Person("anna", "drafter", "publisher");
        foreach (var page in new[] { "/audit", "/audit/events.csv", "/audit/events.jsonl" })
        {
            await drafter.Page(page, 404);
        }

        Assert.Equal(["anna", "anna", "anna"], application.Logged(new(Kind: "denied")).Select(e => e.Who));
        Assert.DoesNotContain("href=\"/audit\"", await drafter.Page("/workbench"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_of_one_agreement_sees_its_events_and_none_about_people()
    {
        await Draft();
        var (here, elsewhere) = (await application.Person("olga", "auditor:lamp-hire"), await application.Person("pavel", "auditor:lamp-care", "drafter:lamp-hire"));

        Assert.Equal(1, await Count(here, "/audit"));
        Assert.Equal(0, await Count(elsewhere, "/audit"));
        Assert.Equal(2, (await here.Page("/audit/events.csv")).Trim().Split("\r\n").Length);
        Assert.Contains("You see events about: lamp-hire.", await here.Page("/audit"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"https://evil.example\")")]
    [InlineData("+1")]
    [InlineData("-1+2")]
    [InlineData("@SUM(A1)")]
    [InlineData("  =1")]
    [InlineData("\t=1")]
    [InlineData("＝1")]
    public async Task Words_that_a_spreadsheet_would_compute_are_words_in_the_table(string words)
    {
        var auditor = await application.Person("olga", "auditor");
        var draft = await Draft();
        await application.Services.GetRequiredService<Workbench>().SendBack(Anna, draft, words);
        await application.Services.GetRequiredService<Workbench>().Withdraw(Anna, draft, words);

        var cells = Cells((await auditor.Page($"/audit/events.csv?draft={draft}&kind=withdrawn")).TrimStart('\uFEFF'));

        Assert.Equal("particulars", cells[0][7]);
        Assert.Equal("'" + words, cells[1][7]);
    }

    [Fact]
    public async Task A_table_keeps_commas_quotes_and_line_ends()
    {
        var auditor = await application.Person("olga", "auditor");
        var draft = await Draft();
        const string words = "One, \"two\"\nthree";
        await application.Services.GetRequiredService<Workbench>().Comment(Anna, draft, null, words);

        var cells = Cells((await auditor.Page("/audit/events.csv?kind=commented")).TrimStart('\uFEFF'));

        Assert.Equal(["number", "at", "who", "event", "draft", "agreement", "about", "particulars"], cells[0]);
        Assert.Equal([cells[1][0], "2025-06-01T12:00:00Z", "anna", "commented", draft, "lamp-hire", "", words], cells[1]);
    }

    [Fact]
    public async Task Lines_of_JSON_are_the_events_as_they_are_kept_and_reading_them_out_is_one()
    {
        var auditor = await application.Person("olga", "auditor");
        await Draft();
        var before = application.Logged().ToList();

        using var response = await auditor.Get("/audit/events.jsonl?until=2025-06-01");
        var lines = (await response.Content.ReadAsStringAsync()).Trim().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();

        Assert.Equal("attachment; filename=events-2025-06-01.jsonl; filename*=UTF-8''events-2025-06-01.jsonl", response.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal(before.Select(e => e.Number.ToString(CultureInfo.InvariantCulture)).Append($"{before[^1].Number + 1}"), lines.Select(l => l.Text("number")));
        Assert.Equal(before[^1].Json.ToArray(), System.Text.Encoding.UTF8.GetBytes(lines[^2].GetProperty("event").GetRawText()));
        Assert.Equal(("exported", "jsonl, until=2025-06-01"), (lines[^1].GetProperty("event").Text("event"), lines[^1].GetProperty("event").Text("what")));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public async Task The_head_of_a_file_is_the_same_and_reads_nothing_out(string form)
    {
        var auditor = await application.Person("olga", "auditor");

        using var head = await auditor.Send(new HttpRequestMessage(HttpMethod.Head, new Uri($"/audit/events.{form}", UriKind.Relative)));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        Assert.Empty(application.Logged(new(Kind: "exported")));

        using var whole = await auditor.Get($"/audit/events.{form}");
        Assert.Equal((whole.StatusCode, whole.Content.Headers.ContentType, whole.Content.Headers.ContentDisposition), (head.StatusCode, head.Content.Headers.ContentType, head.Content.Headers.ContentDisposition));
        Assert.Single(application.Logged(new(Kind: "exported")));
    }

    private async Task<string> Draft()
    {
        var version = application.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue.Find("lamp-hire")!.Versions[^1];
        return Assert.IsType<StepOutcome.Taken>(await application.Services.GetRequiredService<Workbench>().Start(Anna, version)).Draft!.Id;
    }

    private static async Task<int> Count(Visitor auditor, string address) => (await auditor.Page(address)).Split("<th scope=\"row\">").Length - 1;

    /// <summary>Reads a table as RFC 4180 says.</summary>
    private static List<List<string>> Cells(string csv)
    {
        var (rows, row, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < csv.Length; i++)
        {
            switch (csv[i])
            {
                case '"' when isQuoted && i + 1 < csv.Length && csv[i + 1] == '"':
                    cell.Append('"');
                    i++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !isQuoted:
                    row.Add(cell.ToString());
                    cell.Clear();
                    rows.Add(row);
                    row = [];
                    i++;
                    break;
                default:
                    cell.Append(csv[i]);
                    break;
            }
        }
        return rows;
    }
}
