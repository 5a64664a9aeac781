using System.Collections.Concurrent;
using Terms.Notices;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>Sends the messages of the outbox. Each webhook has what concerns one agreement in order, one message after the other; nobody waits for another's webhook.</summary>
internal sealed class WebhookSender(ServedStore stored, SignedPost post, RetryPolicy policy, TimeProvider clock)
{
    private readonly ConcurrentDictionary<(string Webhook, string Agreement), Task> running = [];

    /// <summary>Begins to send what is due. It returns at once; <see cref="Idle"/> waits for the end.</summary>
    /// <param name="stopping">No further message is begun once this is cancelled; one that was begun is brought to its end.</param>
    public void Begin(CancellationToken stopping)
    {
        foreach (var first in stored.Store.Webhooks.Due(clock.GetUtcNow()))
        {
            var lane = (first.Webhook.Id, first.Agreement);
            if (!running.TryGetValue(lane, out var task) || task.IsCompleted)
            {
                if (task is { Exception: { } failed })
                {
                    running.TryRemove(lane, out _);
                    throw failed;
                }
                running[lane] = Task.Run(() => Send(first, stopping), CancellationToken.None);
            }
        }
    }

    /// <summary>Waits until everything that was begun has ended.</summary>
    public Task Idle() => Task.WhenAll(running.Values);

    private async Task Send(DueMessage first, CancellationToken stopping)
    {
        for (var message = first; message is not null && !stopping.IsCancellationRequested; message = stored.Store.Webhooks.Next(message, clock.GetUtcNow()))
        {
            if (await stored.Store.Webhooks.Begin(message, policy, Random.Shared.NextDouble(), clock.GetUtcNow()) is not { } attempt)
            {
                return;
            }
            var result = await post.Send(message.Webhook, message.Id, message.Body);
            await stored.Store.Webhooks.End(message, attempt, result, policy, Random.Shared.NextDouble(), clock.GetUtcNow());
        }
    }
}
