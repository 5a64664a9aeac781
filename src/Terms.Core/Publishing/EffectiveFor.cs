using System.Collections.Immutable;
using System.Globalization;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Somebody whom a version is to bind.</summary>
/// <param name="Residence">Where they live or are established; null if it is not known.</param>
/// <param name="IsBusiness">Whether they act for a business; null if it is not known.</param>
/// <param name="CustomerSince">When they became a customer; null if they were one before anything known here.</param>
public sealed record Recipient(Place? Residence, bool? IsBusiness, DateTimeOffset? CustomerSince);

/// <summary>What puts the effect of a version on a day, or holds it up.</summary>
public enum EffectiveReasonKind
{
    /// <summary>The day that was scheduled.</summary>
    Scheduled,

    /// <summary>The later day for those who were customers before.</summary>
    ExistingCustomers,

    /// <summary>A floor, counted from notice or publication.</summary>
    Floor,

    /// <summary>A notice that is owed and has not been received.</summary>
    NoticeOwed,

    /// <summary>The recipient accepted the version: then it binds without waiting for anything but its day.</summary>
    Accepted,
}

/// <summary>One thing that the effective day rests on.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Day">The day that it gives by itself; null for a notice that has not been received.</param>
/// <param name="Floor">The floor, if it is one.</param>
/// <param name="Words">The same in a sentence.</param>
public sealed record EffectiveReason(EffectiveReasonKind Kind, DateOnly? Day, NoticeFloor? Floor, string Words);

/// <summary>From when a version binds one recipient.</summary>
/// <param name="Instant">The first instant; null while a notice is owed, for then it does not bind at all.</param>
/// <param name="Day">The same as a day of the catalogue's zone.</param>
/// <param name="NotBefore">The day before which it certainly does not bind.</param>
/// <param name="Because">What decides, in a sentence.</param>
/// <param name="Reasons">Everything that was taken into account.</param>
public sealed record EffectiveFor(DateTimeOffset? Instant, DateOnly? Day, DateOnly NotBefore, string Because, ImmutableArray<EffectiveReason> Reasons)
{
    /// <summary>The later of the scheduled day of the recipient's cohort, and notice received plus floor.</summary>
    /// <param name="plan">The scheduled days.</param>
    /// <param name="floors">The floors that are switched on for the change (<see cref="NoticeFloors.Of"/>).</param>
    /// <param name="change">How grave the change is.</param>
    /// <param name="recipient">The recipient.</param>
    /// <param name="published">The day on which the version was published.</param>
    /// <param name="noticed">The day on which notice counts as received; null if none does.</param>
    /// <param name="zone">The catalogue's zone, whose days these are.</param>
    public static EffectiveFor Of(
        PublicationPlan plan, ImmutableArray<NoticeFloor> floors, ChangeClass change, Recipient recipient, DateOnly published, DateOnly? noticed, TimeZoneInfo zone)
    {
        var scheduled = new EffectiveReason(EffectiveReasonKind.Scheduled, plan.Effective, null, $"The version takes effect on {plan.Effective.ToFullDate()}.");
        if (recipient.CustomerSince is { } since && since >= Instants.StartOf(plan.Effective, zone))
        {
            return Decided([scheduled with { Words = $"Whoever becomes a customer on or after {plan.Effective.ToFullDate()} concludes the contract on this version." }], zone);
        }
        var reasons = ImmutableArray.CreateBuilder<EffectiveReason>();
        reasons.Add(plan.ExistingFrom is { } existing
            ? new EffectiveReason(EffectiveReasonKind.ExistingCustomers, existing, null, $"The version binds those who were customers before it took effect from {existing.ToFullDate()}.")
            : scheduled);
        foreach (var floor in floors.Where(f => f.Covers(recipient.Residence, recipient.IsBusiness, change)))
        {
            var start = floor.Starts == FloorStart.Publication ? published : noticed;
            reasons.Add(start is { } from
                ? new EffectiveReason(EffectiveReasonKind.Floor, NoticeFloors.After(floor, from), floor,
                    string.Create(CultureInfo.InvariantCulture, $"{(floor.Starts == FloorStart.Publication ? "Published" : "Notice was received")} on {from.ToFullDate()}, and {floor.Days} days have to pass ({floor.Source}); the version binds from {NoticeFloors.After(floor, from).ToFullDate()}."))
                : new EffectiveReason(EffectiveReasonKind.NoticeOwed, null, floor,
                    string.Create(CultureInfo.InvariantCulture, $"Notice is owed ({floor.Source}) and has not been received; the version does not bind before it is, and {floor.Days} days after.")));
        }
        return Decided(reasons.ToImmutable(), zone);
    }

    /// <summary>The same for somebody who has accepted the version: it binds from the acceptance, and not before its day, if that is earlier.</summary>
    /// <param name="accepted">When it was accepted.</param>
    /// <param name="plan">The scheduled days.</param>
    /// <param name="zone">The catalogue's zone.</param>
    public EffectiveFor OrAccepted(DateTimeOffset accepted, PublicationPlan plan, TimeZoneInfo zone)
    {
        var start = Instants.StartOf(plan.Effective, zone);
        var instant = accepted > start ? accepted : start;
        if (Instant <= instant)
        {
            return this;
        }
        var reason = new EffectiveReason(EffectiveReasonKind.Accepted, instant.DateIn(zone), null, $"The version was accepted at {accepted.ToRfc3339()}, and binds from then on, though not before {plan.Effective.ToFullDate()}.");
        return new EffectiveFor(instant, reason.Day, reason.Day!.Value, reason.Words, Reasons.Add(reason));
    }

    private static EffectiveFor Decided(ImmutableArray<EffectiveReason> reasons, TimeZoneInfo zone)
    {
        EffectiveReason? latest = null, owed = null;
        foreach (var reason in reasons)
        {
            if (reason.Day is null)
            {
                owed ??= reason;
            }
            else if (latest is null || reason.Day > latest.Day)
            {
                latest = reason;
            }
        }
        return owed is not null
            ? new EffectiveFor(null, null, latest!.Day!.Value, owed.Words, reasons)
            : new EffectiveFor(Instants.StartOf(latest!.Day!.Value, zone), latest.Day, latest.Day.Value, latest.Words, reasons);
    }
}
