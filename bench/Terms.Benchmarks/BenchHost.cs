using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Terms.Web.Hosting;

namespace Terms.Benchmarks;

/// <summary>
/// The program as it is served, built by the same method, with two routes more: they answer with a constant as long as the answers are on average. They
/// come after the same middleware, are asked with the same query strings on addresses of the same length, and send the same headers.
/// </summary>
internal static class BenchHost
{
    public const string Applicable = "/api/v1/applicable";
    public const string ConstantForOne = "/bench/v1/same-one";
    public const string ConstantForAll = "/bench/v1/same-all";

    /// <summary>Serves on a free port of the loopback. Before it says where, it asks itself every question once, to see that they are answered and how long the answers are.</summary>
    public static async Task Serve()
    {
        await using var app = TermsHost.Build([$"--contentRoot={Repository.Published}", "--urls=http://127.0.0.1:0", "--Terms:RequestsPerMinute=0", "--Logging:LogLevel:Default=Warning"]);
        var one = new Constant();
        var all = new Constant();
        app.MapGet(ConstantForOne, one.Get);
        app.MapGet(ConstantForAll, all.Get);
        await app.StartAsync();
        var address = app.Urls.Single();

        using var client = new HttpClient { BaseAddress = new Uri(address) };
        var questions = new Questions(app.Services.GetRequiredService<CurrentCatalogue>().Now.Catalogue);
        one.Body = new byte[await MeanLength(questions.Queries(aboutOne: true))];
        all.Body = new byte[await MeanLength(questions.Queries(aboutOne: false))];
        one.Body.AsSpan().Fill((byte)'x');
        all.Body.AsSpan().Fill((byte)'x');
        Console.WriteLine($"listening {address} {one.Body.Length} {all.Body.Length}");
        await app.WaitForShutdownAsync();

        async Task<int> MeanLength(IEnumerable<string> queries)
        {
            long sum = 0;
            foreach (var query in queries)
            {
                sum += (await client.GetByteArrayAsync(new Uri($"{Applicable}?{query}", UriKind.Relative))).Length;
            }
            return (int)(sum / Questions.Count);
        }
    }

    private sealed class Constant
    {
        public byte[] Body { get; set; } = [];

        public async Task Get(HttpContext context)
        {
            var response = context.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.CacheControl = "no-cache";
            response.ContentLength = Body.Length;
            await response.BodyWriter.WriteAsync(Body, CancellationToken.None);
        }
    }
}
