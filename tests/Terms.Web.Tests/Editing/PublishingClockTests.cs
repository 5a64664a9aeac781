using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SQLitePCL;
using Terms.Publishing;
using Terms.Web.Editing;
using Terms.Web.Hosting;

namespace Terms.Web.Tests.Editing;

/// <summary>What is scheduled is published on its day, whatever becomes of another draft.</summary>
public sealed class PublishingClockTests : IDisposable
{
    private readonly AcceptanceApplication application = new();

    public void Dispose() => application.Dispose();

    [Fact]
    public async Task A_draft_that_cannot_be_read_holds_up_no_other_is_noted_once_and_tried_again()
    {
        var desk = new DraftDesk(application);
        application.AddPerson("clara", "publisher");
        var first = await Scheduled(desk, "assents", "2025-09-01");
        var second = await Scheduled(desk, "consents", "2025-10-01");
        var log = new ClockLog();
        using var clock = new PublishingClock(application.Services.GetRequiredService<ServedStore>(), desk.Workbench, application.Services.GetRequiredService<CurrentCatalogue>(), application.Clock, log);
        Alter($"DROP TRIGGER draft_revisions_stay; UPDATE draft_revisions SET digest = '-' || digest WHERE draft = '{first.Id}'");

        await clock.PublishDue();
        await clock.PublishDue();

        Assert.Equal((PublicationStage.Scheduled, PublicationStage.Published), (desk.Standing(first).State.Stage, desk.Standing(second).State.Stage));
        var noted = Assert.Single(desk.Standing(first).Events.Select(e => e.Step).OfType<Refused>());
        Assert.Equal(("the server", "Published", "The server could not publish it, and tries again every minute. Its log says why; ask whoever runs it."), (noted.Who, noted.Step, noted.Because));
        var failure = $"Draft {first.Id}, scheduled for today, could not be published; it is tried again in a minute";
        Assert.Equal([failure, $"Draft {second.Id}, scheduled for today, was published", failure], log.Lines);
        Assert.All(log.Failures, f => Assert.Contains($"of draft {first.Id} is not what was kept.", f.Message, StringComparison.Ordinal));

        Alter($"UPDATE draft_revisions SET digest = substr(digest, 2) WHERE draft = '{first.Id}'");
        await clock.PublishDue();

        Assert.Equal($"Draft {first.Id}, scheduled for today, was refused", log.Lines[^1]); // The other has overtaken it, and that is what a person is told now.
        Assert.Equal(["the server", "clara"], desk.Standing(first).Events.Select(e => e.Step).OfType<Refused>().Select(r => r.Who));
    }

    private static async Task<Draft> Scheduled(DraftDesk desk, string words, string effective) =>
        await desk.Scheduled(await desk.Settled(await desk.Put(await desk.Started(), "agrees", words)), "2025-06-01", effective);

    /// <summary>Alters the ledger past the server.</summary>
    private void Alter(string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open(Path.Combine(application.Data, "ledger.db"), out var other));
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_exec(other, sql));
        raw.sqlite3_close(other);
    }

    private sealed class ClockLog : ILogger<PublishingClock>
    {
        public List<string> Lines { get; } = [];

        public List<Exception> Failures { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Lines.Add(formatter(state, exception));
            if (exception is not null)
            {
                Failures.Add(exception);
            }
        }
    }
}
