using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Terms.Storage;
using Terms.Webhooks;

namespace Terms.Web.Tests.Delivery;

/// <summary>What a receiver got.</summary>
internal sealed record Received(string Id, bool IsGenuine, byte[] Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string Type => Json.Text("type");

    public JsonElement Data => Json.GetProperty("data");
}

/// <summary>A real HTTP server that verifies signatures with the example of docs/webhooks.md, and answers as it is told.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly string secret = WebhookSecret.New().ToString();
    private readonly Func<DateTimeOffset> now;

    private Receiver(WebApplication app, Func<DateTimeOffset> now) => (this.app, this.now) = (app, now);

    /// <summary>Everything that came, in order.</summary>
    public ConcurrentQueue<Received> All { get; } = new();

    /// <summary>What is answered to each request; 204 when there is nothing left.</summary>
    public ConcurrentQueue<Func<HttpContext, Task>> Answers { get; } = new();

    public string Address => app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();

    public static async Task<Receiver> Start(AcceptanceApplication terms)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var receiver = new Receiver(app, () => terms.Now);
        app.MapPost("/{**path}", receiver.Take);
        await app.StartAsync();
        return receiver;
    }

    public Receiver Answer(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            Answers.Enqueue(context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.Location = status is >= 300 and < 400 ? Address + "/elsewhere" : null;
                return Task.CompletedTask;
            });
        }
        return this;
    }

    /// <summary>Registers this receiver as a webhook of a store.</summary>
    public void Register(AcceptanceApplication terms, string id, params string[] events) =>
        new WebhookRegister(new StoreFolders(terms.Data)).Add(new Webhook(id, Address + "/terms", [.. events], terms.Now), WebhookSecret.Parse(secret), "operator test");

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Take(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        All.Enqueue(new Received(context.Request.Headers["webhook-id"].ToString(), ExampleReceiver.IsGenuine(context.Request.Headers, body.ToArray(), secret, now()), body.ToArray()));
        if (Answers.TryDequeue(out var answer))
        {
            await answer(context);
            return;
        }
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
