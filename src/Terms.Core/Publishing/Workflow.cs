using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>Decides whether a step is taken. What is refused is an event too.</summary>
public static class Workflow
{
    /// <summary>The step, or the refusal to be kept in its place.</summary>
    /// <param name="state">The state of the draft (<see cref="Publication.Of"/>).</param>
    /// <param name="step">The step that somebody wants to take.</param>
    /// <param name="editor">Who they are, with the roles that they have now.</param>
    /// <param name="against">What stands against the draft (<see cref="DraftReport.Obstacles"/>) as it is now; not needed for steps before a submission.</param>
    /// <param name="agreement">The agreement of a draft that does not exist yet.</param>
    /// <param name="zone">The catalogue's zone.</param>
    /// <exception cref="ArgumentException">The step names somebody else than the editor.</exception>
    public static PublishingEvent Decide(
        Publication state, PublishingEvent step, Editor editor, ImmutableArray<Obstacle> against, AgreementId agreement, TimeZoneInfo zone)
    {
        if (step.Who != editor.Name)
        {
            throw new ArgumentException($"The step names {step.Who}, but {editor.Name} takes it.", nameof(step));
        }
        var because = Forbidden(step, state.Stage, editor, state.Agreement ?? agreement) ?? state.Refusal(step) ?? TooLate(state, step, zone) ?? Blocked(step, against);
        return because is null ? step : Refused.Of(step, because);
    }

    private static string? Forbidden(PublishingEvent step, PublicationStage stage, Editor editor, AgreementId agreement)
    {
        var roles = Rights.For(step, stage);
        return roles.Any(r => editor.Is(r, agreement)) ? null
            : roles.IsEmpty ? "This step is not taken by people."
            : $"{editor.Name} is no {string.Join(" or ", roles.Select(r => r.ToString().ToLowerInvariant()))} for {agreement}.";
    }

    /// <summary>A version is published on the day of its announcement at the latest, before the day on which it binds, and taken back before it does.</summary>
    private static string? TooLate(Publication state, PublishingEvent step, TimeZoneInfo zone)
    {
        var plan = (step as Scheduled)?.Plan ?? state.Plan;
        if (plan is null || step is not (Scheduled or Published or Withdrawn))
        {
            return null;
        }
        var (isBound, isAnnounced) = (step.At >= Instants.StartOf(plan.Effective, zone), step.At.DateIn(zone) > plan.Announced);
        return step switch
        {
            Withdrawn => isBound && state.Stage == PublicationStage.Published ? $"The version has been in force since {plan.Effective.ToFullDate()}. Publish another in its place." : null,
            _ when isBound => $"The version would bind from {plan.Effective.ToFullDate()}, which has begun. Choose a later day.",
            Scheduled when isAnnounced => $"The version would be announced on {plan.Announced.ToFullDate()}, which is over. Choose today or a later day.",
            Published when isAnnounced => $"The version was to be announced on {plan.Announced.ToFullDate()}, which is over. Schedule it anew.",
            _ => null,
        };
    }

    /// <summary>What keeps a draft from a step, of all that stands against it.</summary>
    /// <param name="step">The step.</param>
    /// <param name="against">What stands against the draft.</param>
    public static ImmutableArray<Obstacle> Blocking(PublishingEvent step, ImmutableArray<Obstacle> against)
    {
        PublicationStage? stage = step switch
        {
            Submitted => PublicationStage.InReview,
            Approved => PublicationStage.Approved,
            Scheduled => PublicationStage.Scheduled,
            Published => PublicationStage.Published,
            _ => null,
        };
        return [.. against.Where(o => stage >= o.Blocks)];
    }

    private static string? Blocked(PublishingEvent step, ImmutableArray<Obstacle> against)
    {
        var blocking = Blocking(step, against);
        return blocking.IsEmpty ? null : $"{blocking[0].Sentence} {blocking[0].Remedy}{(blocking.Length > 1 ? $" {blocking.Length - 1} more stand against it." : "")}";
    }
}
