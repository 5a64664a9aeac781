using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>What is known of one subject beside the facts about the customer. Each is asked only if it decides something.</summary>
/// <param name="FirstSeen">When the catalogue's log first had a version; null if it has none. Floors count only for versions that were there before they took effect.</param>
/// <param name="Noticed">The day on which notice of a version counts as received; null if none does.</param>
/// <param name="Accepted">When the subject accepted exactly this version, an acceptance that still stands; null if it has not.</param>
public sealed record SubjectKnowledge(Func<AgreementVersion, DateTimeOffset?> FirstSeen, Func<AgreementVersion, DateOnly?> Noticed, Func<AgreementVersion, DateTimeOffset?> Accepted);

/// <summary>The answer of one agreement for one subject: with the version that binds this subject, which may be an earlier one than the calendar's.</summary>
/// <param name="Answer">The answer, with the version that binds.</param>
/// <param name="Effect">From when that version binds; null without one, or if it is undated.</param>
/// <param name="Upcoming">The next version: one that binds others already and not yet this subject, else the one that is announced; null if there is none.</param>
/// <param name="UpcomingEffect">From when the next version will bind the subject.</param>
/// <param name="IsHeld">Whether the next version binds others already.</param>
public sealed record BoundAnswer(AgreementAnswer Answer, EffectiveFor? Effect, AgreementVersion? Upcoming, EffectiveFor? UpcomingEffect, bool IsHeld)
{
    /// <summary>The answer of one agreement for one subject.</summary>
    /// <param name="resolver">The catalogue.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="customer">The facts about the customer.</param>
    /// <param name="subject">What is known of the subject.</param>
    /// <param name="at">The moment asked about.</param>
    /// <param name="knownAt">What counts is what was known then.</param>
    public static BoundAnswer Of(Resolver resolver, Agreement agreement, in Customer customer, SubjectKnowledge subject, DateTimeOffset at, DateTimeOffset knownAt)
    {
        var answer = resolver.Resolve(agreement, customer, at, knownAt);
        var effects = new Effects(resolver.Corpus, customer, subject, knownAt);
        var (upcoming, upcomingEffect) = (answer.Upcoming, answer.Upcoming is { } next ? effects.Of(next) : null);
        var isHeld = false;
        while (answer.Version is { } version)
        {
            var effect = effects.Of(version);
            if (effect is null || effect.Instant <= at)
            {
                return new BoundAnswer(answer, effect, upcoming, upcomingEffect, isHeld);
            }
            (upcoming, upcomingEffect, isHeld) = (version, effect, true);
            answer = resolver.Resolve(agreement, customer, answer.Span.From!.Value.AddTicks(-1), knownAt);
        }
        return new BoundAnswer(answer, null, upcoming, upcomingEffect, isHeld);
    }

    /// <summary>From when versions bind the subject.</summary>
    private sealed class Effects(Corpus corpus, Customer customer, SubjectKnowledge subject, DateTimeOffset knownAt)
    {
        private readonly TimeZoneInfo zone = corpus.Catalogue.Zone;

        /// <summary>From when one version binds; null if it is undated.</summary>
        public EffectiveFor? Of(AgreementVersion version)
        {
            if (version.Id.Effective is not { } effective)
            {
                return null;
            }
            var plan = new PublicationPlan(version.Details.Announced < effective ? version.Details.Announced.Value : effective, effective, version.Details.ExistingFrom);
            var start = Instants.StartOf(effective, zone);
            var seen = subject.FirstSeen(version);
            var change = seen < start ? ChangeClasses.Of(version.Details.Classification) : null;
            var floors = change is { } grave && version.Before is { } before ? NoticeFloors.Of(corpus.Catalogue, corpus.Knowledge(before.StateAt(knownAt) ?? before.States[0]).Facts, grave) : [];
            var recipient = new Recipient(customer.Residence, customer.IsBusiness, customer.Registered is { } day ? Instants.StartOf(day, zone) : null);
            var covered = floors.Any(f => f.Starts == FloorStart.Notice && f.Covers(recipient.Residence, recipient.IsBusiness, change!.Value));
            var effect = EffectiveFor.Of(plan, floors, change ?? ChangeClass.Editorial, recipient, (seen ?? start).DateIn(zone), covered ? subject.Noticed(version) : null, zone);
            return effect.Instant != start && subject.Accepted(version) is { } accepted ? effect.OrAccepted(accepted, plan, zone) : effect;
        }
    }
}
