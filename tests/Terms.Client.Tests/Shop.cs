using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Terms.Web.Tests;

namespace Terms.Client.Tests;

/// <summary>A service that asks the real terms service, both in this process.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly WebApplication app;

    private Shop(WebApplication app) => (this.app, Http) = (app, app.GetTestClient());

    public HttpClient Http { get; }

    public TermsClient Terms => app.Services.GetRequiredService<TermsClient>();

    /// <summary>Starts a service.</summary>
    /// <param name="key">Its key, as <c>terms key add</c> prints it.</param>
    /// <param name="handler">Answers for the terms service.</param>
    /// <param name="build">Builds the service from a builder that knows address and key.</param>
    /// <param name="clock">The clock of the service.</param>
    public static async Task<Shop> Start(string key, HttpMessageHandler handler, Func<WebApplicationBuilder, WebApplication> build, TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration["Terms:Address"] = "http://localhost";
        builder.Configuration["Terms:Key"] = key;
        builder.Services.AddSingleton(clock ?? TimeProvider.System);
        builder.Services.ConfigureHttpClientDefaults(http => http.ConfigurePrimaryHttpMessageHandler(() => handler));
        var app = build(builder);
        await app.StartAsync();
        return new Shop(app);
    }

    /// <summary>A service that asks a terms service with a new key of all scopes.</summary>
    public static Task<Shop> Start(AcceptanceApplication terms, Func<WebApplicationBuilder, WebApplication> build, TimeProvider? clock = null) =>
        Start(terms.Service().DefaultRequestHeaders.Authorization!.Parameter!, terms.Server.CreateHandler(), build, clock);

    public async Task<HttpResponseMessage> Order(string? member, string? accept = null)
    {
        using var request = new HttpRequestMessage(accept is null ? HttpMethod.Post : HttpMethod.Get, new Uri("/orders", UriKind.Relative));
        if (member is not null)
        {
            request.Headers.Add("X-Member", member);
        }
        if (accept is not null)
        {
            request.Headers.Add("Accept", accept);
        }
        return await Http.SendAsync(request);
    }

    public static async Task<JsonElement> Body(HttpResponseMessage response) => JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

/// <summary>Answers as a test says, and keeps what was asked.</summary>
internal sealed class Stub(Func<HttpRequestMessage, int, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(string Method, string Address, string? Idempotency)> Asked { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Asked.Add((request.Method.Method, request.RequestUri!.PathAndQuery, request.Headers.TryGetValues("Idempotency-Key", out var keys) ? keys.Single() : null));
        return Task.FromResult(answer(request, Asked.Count));
    }
}

/// <summary>A clock that stands until it is moved, and whose waits end at once.</summary>
internal sealed class MovedClock : TimeProvider
{
    private long ticks = 1;

    public List<TimeSpan> Waits { get; } = [];

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Move(TimeSpan time) => ticks += time.Ticks;

    public override long GetTimestamp() => ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime > TimeSpan.Zero)
        {
            Waits.Add(dueTime);
        }
        return System.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
