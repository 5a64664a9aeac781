using System.Collections.Immutable;

namespace Terms.Notices;

/// <summary>How far a notice has come.</summary>
public enum NoticeStage
{
    /// <summary>It does not exist yet.</summary>
    None,

    /// <summary>It waits to be sent.</summary>
    Queued,

    /// <summary>An attempt has begun and nobody knows how it ended.</summary>
    Attempted,

    /// <summary>The channel has taken it.</summary>
    Sent,

    /// <summary>It has arrived.</summary>
    Delivered,

    /// <summary>The last attempt failed.</summary>
    Failed,

    /// <summary>It came back.</summary>
    Bounced,
}

/// <summary>How a notice stands for those who only want to know how many have gone out.</summary>
public enum NoticeStanding
{
    /// <summary>It waits to be sent, or to be sent again.</summary>
    Waiting,

    /// <summary>The channel has taken it.</summary>
    Sent,

    /// <summary>It has arrived.</summary>
    Delivered,

    /// <summary>It was given up, came back, or may have been sent: a person has to look after it.</summary>
    Failed,
}

/// <summary>The state of a notice, as its events make it.</summary>
/// <param name="Stage">How far it has come.</param>
/// <param name="Attempts">How many attempts have begun.</param>
/// <param name="Since">When the last event happened.</param>
/// <param name="SentAt">When the channel took it; null if it never did.</param>
/// <param name="DeliveredAt">When it arrived, as the channel says; null if it does not say so.</param>
/// <param name="Why">Why it failed or came back.</param>
/// <param name="IsLasting">Whether trying again is of no use.</param>
public sealed record NoticeState(NoticeStage Stage, int Attempts, DateTimeOffset Since, DateTimeOffset? SentAt, DateTimeOffset? DeliveredAt, string? Why, bool IsLasting)
{
    /// <summary>Before the first event.</summary>
    public static readonly NoticeState None = new(NoticeStage.None, 0, DateTimeOffset.MinValue, null, null, null, false);

    /// <summary>The state after the events of one notice, in order.</summary>
    /// <exception cref="InvalidOperationException">An event could not have happened; the message says which.</exception>
    public static NoticeState Of(IEnumerable<NoticeEvent> events) => events.Aggregate(None, (state, e) => state.Allows(e)
        ? state.After(e)
        : throw new InvalidOperationException($"{e.GetType().Name} of notice {e.Notice} cannot have happened: it was {state.Stage.ToString().ToLowerInvariant()}."));

    /// <summary>Whether an event can happen now. What is on its way is not sent again, and what has arrived stays so.</summary>
    public bool Allows(NoticeEvent next) => next switch
    {
        NoticeQueued => Stage == NoticeStage.None,
        NoticeAttempted => Stage is NoticeStage.Queued or NoticeStage.Attempted || (Stage == NoticeStage.Failed && !IsLasting),
        NoticeSent or NoticeFailed => Stage == NoticeStage.Attempted,
        NoticeDelivered => Stage is NoticeStage.Sent or NoticeStage.Attempted,
        NoticeBounced => Stage is NoticeStage.Sent or NoticeStage.Delivered or NoticeStage.Attempted,
        _ => false,
    };

    private NoticeState After(NoticeEvent next) => next switch
    {
        NoticeQueued => this with { Stage = NoticeStage.Queued, Since = next.At },
        NoticeAttempted => this with { Stage = NoticeStage.Attempted, Since = next.At, Attempts = Attempts + 1 },
        NoticeSent => this with { Stage = NoticeStage.Sent, Since = next.At, SentAt = next.At, Why = null },
        NoticeDelivered => this with { Stage = NoticeStage.Delivered, Since = next.At, SentAt = SentAt ?? Since, DeliveredAt = next.At, Why = null },
        NoticeFailed failed => this with { Stage = NoticeStage.Failed, Since = next.At, Why = failed.Why, IsLasting = failed.IsLasting },
        NoticeBounced bounced => this with { Stage = NoticeStage.Bounced, Since = next.At, Why = bounced.Why, IsLasting = true },
        _ => this,
    };
}

/// <summary>When an attempt is made again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Checks the times.</summary>
    /// <param name="waits">The time before the second attempt, the third, and so on; behind the last, the notice is given up.</param>
    /// <param name="doubt">How long an attempt whose end nobody knows is waited for.</param>
    /// <exception cref="ArgumentException">A time is negative, or shorter than the one before it.</exception>
    public RetryPolicy(ImmutableArray<TimeSpan> waits, TimeSpan doubt)
    {
        if (waits.Append(doubt).Any(w => w < TimeSpan.Zero) || waits.Zip(waits.Skip(1)).Any(w => w.Second < w.First))
        {
            throw new ArgumentException("The times between attempts are not negative, and do not become shorter.", nameof(waits));
        }
        (Waits, Doubt) = (waits, doubt);
    }

    /// <summary>One minute, five, thirty, two hours, eight, a day; ten minutes of doubt.</summary>
    public static RetryPolicy Usual { get; } = new(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(8), TimeSpan.FromDays(1)], TimeSpan.FromMinutes(10));

    /// <summary>The time before the second attempt, the third, and so on.</summary>
    public ImmutableArray<TimeSpan> Waits { get; }

    /// <summary>How long an attempt whose end nobody knows is waited for.</summary>
    public TimeSpan Doubt { get; }

    /// <summary>When the next attempt is due; null if there is none.</summary>
    /// <param name="state">The state of the notice.</param>
    /// <param name="isRepeatable">Whether the channel knows a repetition by the notice's name. If not, an attempt whose end nobody knows is never repeated: nobody is told twice.</param>
    /// <param name="spread">From 0 to 1: how much of a fifth of the time is added, so that what failed together is not tried again at one moment.</param>
    public DateTimeOffset? Next(NoticeState state, bool isRepeatable, double spread = 0) => state.Stage switch
    {
        NoticeStage.Queued => state.Since,
        NoticeStage.Failed when !state.IsLasting && Wait(state.Attempts, spread) is { } wait => state.Since + wait,
        NoticeStage.Attempted when isRepeatable && Wait(state.Attempts, spread) is { } wait => state.Since + (Doubt > wait ? Doubt : wait),
        _ => null,
    };

    /// <summary>The time from one attempt to the next; null if there is no next one.</summary>
    /// <param name="attempts">How many attempts have begun, at least one.</param>
    /// <param name="spread"><inheritdoc cref="Next" path="/param[@name='spread']"/></param>
    public TimeSpan? Wait(int attempts, double spread = 0) => attempts <= Waits.Length ? Waits[attempts - 1] * (1 + (spread / 5)) : null;

    /// <summary>Whether a person has to look after the notice: it was given up, came back, or nobody knows whether it was sent.</summary>
    /// <param name="state">The state of the notice.</param>
    /// <param name="isRepeatable">Whether the channel knows a repetition by the notice's name.</param>
    /// <param name="now">The moment of the question.</param>
    public bool NeedsPerson(NoticeState state, bool isRepeatable, DateTimeOffset now) =>
        state.Stage is NoticeStage.Failed or NoticeStage.Bounced or NoticeStage.Attempted && Next(state, isRepeatable) is null && (state.Stage != NoticeStage.Attempted || now >= state.Since + Doubt);
}
