using Terms.Web.Hosting;

namespace Terms.Web.Delivery;

/// <summary>Sends notices and messages beside the requests, every few seconds. When the server stops, what was begun is brought to its end, and nothing more is begun; all else waits in the store.</summary>
internal sealed partial class DeliveryService(
    ServedStore stored, NoticeBoard board, EffectiveVersions effective, NoticeSender notices, WebhookSender webhooks, DeliveryTimes times, ILogger<DeliveryService> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!stored.IsThere || times.Every <= TimeSpan.Zero)
        {
            return;
        }
        await Task.WhenAll(
            Repeat("notices", async () => { await board.Pass(); await notices.Pass(stoppingToken); }, stoppingToken),
            Repeat("webhooks", async () => { await effective.Pass(); webhooks.Begin(stoppingToken); }, stoppingToken));
        await webhooks.Idle();
    }

    private async Task Repeat(string what, Func<Task> pass, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            var wait = times.Every;
            try
            {
                await pass();
            }
            catch (Exception failed)
            {
                Failed(log, failed, what);
                wait = AfterFailure;
            }
            await Task.Delay(wait, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(LogLevel.Error, "Sending {What} failed; it is tried again")]
    private static partial void Failed(ILogger log, Exception failure, string what);
}

/// <summary>How the time of sending is measured out.</summary>
/// <param name="Every">How often the server looks for something to send; never if zero.</param>
/// <param name="Patience">How long a webhook may take to answer.</param>
internal sealed record DeliveryTimes(TimeSpan Every, TimeSpan Patience);
