using Terms.Storage;

namespace Terms.Web.Hosting;

/// <summary>Forgets, once an hour, what nobody needs any more.</summary>
internal sealed partial class Housekeeping(ServedStore stored, TimeProvider clock, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!stored.IsThere)
        {
            return;
        }
        using var timer = new PeriodicTimer(Every, clock);
        do
        {
            try
            {
                if (await stored.Store.ForgetPresentations(clock.GetUtcNow()) is > 0 and var forgotten)
                {
                    Forgotten(log, forgotten);
                }
            }
            catch (StoreException later)
            {
                Failed(log, later);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Information, "Forgot {Presentations} presentations that nobody answered in time")]
    private static partial void Forgotten(ILogger log, int presentations);

    [LoggerMessage(LogLevel.Warning, "Old presentations could not be forgotten; it is tried again in an hour")]
    private static partial void Failed(ILogger log, Exception failure);
}
