using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>A step of a draft on its way to a version in force. Events are only ever added.</summary>
public abstract record PublishingEvent
{
    private protected PublishingEvent(string draft, string who, DateTimeOffset at, string? why) => (Draft, Who, At, Why) = (draft, Person.Checked(who), at, why is null ? null : Person.Reason(why));

    /// <summary>The draft.</summary>
    public string Draft { get; }

    /// <summary>Who did it.</summary>
    public string Who { get; }

    /// <summary>When, by the clock of the server.</summary>
    public DateTimeOffset At { get; }

    /// <summary>Why, in their words; null where nobody is asked.</summary>
    public string? Why { get; }
}

/// <summary>The draft was made.</summary>
public sealed record Drafted(string Draft, string Who, DateTimeOffset At, AgreementId Agreement, VersionId? Base, Digest Digest) : PublishingEvent(Draft, Who, At, null);

/// <summary>Something in the draft was changed: words, facts, a confirmation, a classification. Whatever was approved is not approved any more.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="Revision">The revision that it gave.</param>
/// <param name="Digest">The digest of the draft since then.</param>
/// <param name="What">What was changed, in words.</param>
/// <param name="Base">The version that the draft is a change of since then; null if that stayed as it was.</param>
public sealed record Edited(string Draft, string Who, DateTimeOffset At, int Revision, Digest Digest, string What, VersionId? Base = null) : PublishingEvent(Draft, Who, At, null)
{
    /// <summary>What was changed, in words: 1 to 4,000 characters.</summary>
    public string What { get; } = Person.Change(What);
}

/// <summary>The draft was put before a reviewer.</summary>
public sealed record Submitted(string Draft, string Who, DateTimeOffset At, Digest Digest) : PublishingEvent(Draft, Who, At, null);

/// <summary>Somebody remarked on a clause, or on the draft as a whole.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="Clause">The label of the clause; null for the whole.</param>
/// <param name="Words">The remark.</param>
/// <param name="ReplyTo">The number of the remark that it answers (<see cref="CommentThread.Number"/>); null if it begins a thread. An answer stands where its thread stands, and names no clause.</param>
public sealed record Commented(string Draft, string Who, DateTimeOffset At, string? Clause, string Words, int? ReplyTo = null) : PublishingEvent(Draft, Who, At, Words)
{
    /// <summary>The label of the clause; null for the whole.</summary>
    public string? Clause { get; } = Clause is null ? null : new ClauseLabel(Clause).Value;
}

/// <summary>What a remark asked for is done, or needs nothing. A further answer opens the thread again.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="Thread">The number of the remark that began the thread.</param>
public sealed record Settled(string Draft, string Who, DateTimeOffset At, int Thread) : PublishingEvent(Draft, Who, At, null);

/// <summary>A reviewer gave the draft back, with the reason.</summary>
public sealed record SentBack(string Draft, string Who, DateTimeOffset At, string Reason) : PublishingEvent(Draft, Who, At, Reason);

/// <summary>Somebody who had no hand in it approved exactly this draft.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="Digest">What was approved.</param>
/// <param name="Reason">Why.</param>
public sealed record Approved(string Draft, string Who, DateTimeOffset At, Digest Digest, string Reason) : PublishingEvent(Draft, Who, At, Reason);

/// <summary>The days were set; a later one takes the place of an earlier.</summary>
public sealed record Scheduled(string Draft, string Who, DateTimeOffset At, Digest Digest, PublicationPlan Plan) : PublishingEvent(Draft, Who, At, null);

/// <summary>The version is in the catalogue; it takes effect on its day.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="Digest">The digest of the draft.</param>
/// <param name="Version"><c>agreement/version</c>.</param>
/// <param name="TextDigest">The digest of its words.</param>
/// <param name="Class">How grave the change is; null for a new agreement.</param>
public sealed record Published(string Draft, string Who, DateTimeOffset At, Digest Digest, string Version, Digest TextDigest, ChangeClass? Class) : PublishingEvent(Draft, Who, At, null);

/// <summary>The version was taken back before it took effect; or the draft was given up.</summary>
public sealed record Withdrawn(string Draft, string Who, DateTimeOffset At, string Reason) : PublishingEvent(Draft, Who, At, Reason);

/// <summary>A later version took its place. No person takes this step: the clock does.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="By"><c>agreement/version</c> of that one.</param>
public sealed record Superseded(string Draft, string Who, DateTimeOffset At, string By) : PublishingEvent(Draft, Who, At, null)
{
    /// <summary>The name under which the clock writes it. No account can bear it.</summary>
    public const string Clock = "the server";
}

/// <summary>Somebody tried a step that was not open to them. It changes nothing and is kept.</summary>
/// <param name="Draft"><inheritdoc cref="PublishingEvent.Draft" path="/summary"/></param>
/// <param name="Who"><inheritdoc cref="PublishingEvent.Who" path="/summary"/></param>
/// <param name="At"><inheritdoc cref="PublishingEvent.At" path="/summary"/></param>
/// <param name="Step">The step.</param>
/// <param name="Because">Why it was refused.</param>
public sealed record Refused(string Draft, string Who, DateTimeOffset At, string Step, string Because) : PublishingEvent(Draft, Who, At, null)
{
    /// <summary>The refusal of a step. What stands against it may quote the text of a draft, and is cut where it would be longer than an event may be.</summary>
    /// <param name="step">The step.</param>
    /// <param name="because">Why it is refused.</param>
    public static Refused Of(PublishingEvent step, string because) => new(step.Draft, step.Who, step.At, step.GetType().Name, Person.Shortened(because));

    /// <summary>The refusal of an edit that could not be made at all. Why may quote what somebody typed.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="who">Who wanted it.</param>
    /// <param name="at">When.</param>
    /// <param name="because">Why not.</param>
    public static Refused Edit(string draft, string who, DateTimeOffset at, string because) => new(draft, who, at, nameof(Edited), Person.Shortened(WellFormed.OneLine(because)));
}
