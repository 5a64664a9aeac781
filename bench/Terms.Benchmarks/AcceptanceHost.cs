using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terms.Acceptance;
using Terms.Catalogue;
using Terms.Resolution;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Benchmarks;

/// <summary>The program as it is served, with a store of its own and presentations that wait for an answer; and one route more, which reads a body and answers with a constant.</summary>
internal static class AcceptanceHost
{
    public const string Acceptances = "/api/v1/acceptances";
    public const string Constant = "/bench/v1/same-answer";
    public const int Rounds = 3;

    private const int Presentations = 120_000;
    private const int Callers = 64;
    private static readonly string[] Presented = ["free-membership"];

    /// <summary>Serves on a free port of the loopback, and writes a file of tokens for each round before it says where.</summary>
    public static async Task Serve(string folder)
    {
        var folders = new StoreFolders(Path.Combine(folder, "data"));
        Store.Create(folders, "bench.example", DateTimeOffset.UtcNow);
        var secret = ServiceKey.NewSecret();
        new ServiceKeys(folders).Add(new ServiceKeyRow("bench", "The benchmark", ServiceKey.Hash(secret), ServiceKey.KnownScopes, [], DateTimeOffset.UtcNow, null));
        var key = ServiceKey.Token("bench", secret);
        await using var app = TermsHost.Build([
            $"--contentRoot={Repository.Published}", "--urls=http://127.0.0.1:0", $"--Terms:Data={folders.Data}", "--Terms:RequestsPerMinute=0", "--Terms:RequestsPerMinuteAndKey=0",
            "--Logging:LogLevel:Default=Warning"]);
        byte[] constant = [];
        app.MapPost(Constant, async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.StatusCode = 201;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = constant.Length;
            await context.Response.BodyWriter.WriteAsync(constant, CancellationToken.None);
        });
        await app.StartAsync();

        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var presented = await client.PostAsJsonAsync(
            new Uri("/api/v1/presentations", UriKind.Relative), new { subject = "member-0", customer = new { residence = "FR", role = "buyer" }, agreements = Presented, surface = "signup-web" });
        var first = await presented.Content.ReadFromJsonAsync<JsonElement>();
        var stored = app.Services.GetRequiredService<ServedStore>();
        for (var round = 0; round < Rounds; round++)
        {
            await File.WriteAllLinesAsync(Path.Combine(folder, $"tokens-{round}.txt"), await Tokens(stored, first, round));
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Acceptances, UriKind.Relative)) { Content = JsonContent.Create(new { kind = "agree", token = first.GetProperty("token").GetString() }) };
        request.Headers.Add("Idempotency-Key", "first");
        using var recorded = await client.SendAsync(request);
        recorded.EnsureSuccessStatusCode();
        constant = await recorded.Content.ReadAsByteArrayAsync();
        Console.WriteLine($"listening {app.Urls.Single()} {constant.Length} {key}");
        await app.WaitForShutdownAsync();
    }

    private static async Task<string[]> Tokens(ServedStore stored, JsonElement first, int round)
    {
        var place = Place.Parse("FR");
        var customer = new Customer(place, place, Role.Buyer, Site.AliExpress, Service.None, Memberships.AliExpress);
        var shown = Digests.Of(System.Text.Encoding.UTF8.GetBytes(first.GetProperty("shown").GetRawText()));
        var lines = new string[Presentations];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Increment(ref next) is var n && n < lines.Length)
            {
                var now = DateTimeOffset.UtcNow;
                var subject = $"member-{round}-{n}";
                var presentation = new Presentation(
                    subject, null, null, AcceptanceKind.Agree, customer, ["free-membership"], ImmutableSortedDictionary<string, string>.Empty, "signup-web", null, null, "bench",
                    PresentationId.NewSecret(), now, now.AddDays(1));
                var id = new PresentationId(await stored.Store.AddPresentation(presentation.Bytes), presentation.Secret);
                lines[n] = $"{stored.Tokens.Sign(new PresentationClaims(id.ToString(), subject, presentation.CustomerDigest, shown, "en", now, now.AddHours(1)))} {round}-{n}";
            }
        })));
        return lines;
    }
}
