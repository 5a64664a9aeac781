using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// Publishes what is scheduled on the day on which it is announced, in the name of the person who set the days and with the rights that they have then; and notes which versions a later one has taken the
/// place of. It looks once a minute and at the start. A refusal is kept, and not repeated on the same day; what could not be published on its day is refused once more, with the reason, and waits for people.
/// </summary>
public sealed partial class PublishingClock(ServedStore stored, Workbench workbench, CurrentCatalogue current, TimeProvider clock, ILogger<PublishingClock> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Publishes what is due now. What has been published is not scheduled any more, so that a further call, or one after a restart, finds nothing to do. Each draft is tried for itself: one that cannot be
    /// read, or whose publication fails, holds up no other. It is tried again with the next call, and its failure is noted among its steps once.
    /// </summary>
    public async Task PublishDue()
    {
        var (today, failed) = (clock.GetUtcNow().DateIn(current.Now.Catalogue.Zone), new List<string>());
        foreach (var draft in workbench.At(PublicationStage.Scheduled).Where(s => s.State.Plan!.Announced <= today && !WasRefused(s, today)))
        {
            try
            {
                Tried(log, draft.Id, await Publish(draft) is StepOutcome.Taken ? "published" : "refused");
            }
            catch (Exception failure) // Whatever is wrong with this one, the others are due as well.
            {
                NotPublished(log, draft.Id, failure);
                failed.Add(draft.Id);
            }
        }
        foreach (var draft in failed) // Noted when all have been tried: a store that takes no note has taken what it could.
        {
            await workbench.NoteUnpublished(draft);
        }
    }

    /// <summary>Notes which versions have been superseded: their day is over because that of the next has come. What has been noted is not published any more, so that a further call finds nothing to do.</summary>
    public async Task NoteSuperseded()
    {
        var (catalogue, now) = (current.Now.Catalogue, clock.GetUtcNow());
        foreach (var draft in workbench.At(PublicationStage.Published))
        {
            if (catalogue.Find(draft.Agreement.Value)?.Version(draft.State.Plan!.Effective.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) is { } version && Timeline.SuccessorOf(version, catalogue.Zone, now) is { } next)
            {
                await workbench.Supersede(draft.Id, next);
                Over(log, version.Path, next.Path);
            }
        }
    }

    /// <inheritdoc/>
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
                await PublishDue();
                await NoteSuperseded();
            }
            catch (Exception failed) // A store that cannot be read is no reason for a server to stop: what is published goes on being served.
            {
                Failed(log, failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private Task<StepOutcome> Publish(DraftStanding draft)
    {
        var by = Scheduler(draft);
        var account = stored.Store.Editors.All().FirstOrDefault(a => a.Name == by);
        return workbench.Publish(new Editor(by, account is { Disabled: null } ? account.Grants : []), draft.Id);
    }

    /// <summary>Whether a publication was refused since the days were set: on the day of the announcement once, and once when it is over.</summary>
    private bool WasRefused(DraftStanding draft, DateOnly today)
    {
        var (zone, announced) = (current.Now.Catalogue.Zone, draft.State.Plan!.Announced);
        return draft.Events.Reverse().Select(e => e.Step).TakeWhile(s => s is not Scheduled).OfType<Refused>()
            .Any(r => r.Step == nameof(Published) && r.Who == Scheduler(draft) && (today == announced) == (r.At.DateIn(zone) == announced) && r.At.DateIn(zone) >= announced);
    }

    private static string Scheduler(DraftStanding draft) => draft.Events.Select(e => e.Step).OfType<Scheduled>().Last().Who;

    [LoggerMessage(LogLevel.Information, "Draft {Draft}, scheduled for today, was {Outcome}")]
    private static partial void Tried(ILogger log, string draft, string outcome);

    [LoggerMessage(LogLevel.Error, "Draft {Draft}, scheduled for today, could not be published; it is tried again in a minute")]
    private static partial void NotPublished(ILogger log, string draft, Exception failure);

    [LoggerMessage(LogLevel.Information, "{Version} was superseded by {Next}")]
    private static partial void Over(ILogger log, string version, string next);

    [LoggerMessage(LogLevel.Error, "What is scheduled could not be published; it is tried again in a minute")]
    private static partial void Failed(ILogger log, Exception failure);
}
