namespace Terms.Notices;

/// <summary>Something that became of a notice. Events are only ever added.</summary>
/// <param name="Notice">The notice's name.</param>
/// <param name="At">When, by the clock of the server.</param>
public abstract record NoticeEvent(string Notice, DateTimeOffset At);

/// <summary>It waits to be sent.</summary>
public sealed record NoticeQueued(string Notice, DateTimeOffset At) : NoticeEvent(Notice, At);

/// <summary>An attempt begins. It is on the disk before the first byte leaves, so that after a restart it is known that something may have been sent.</summary>
public sealed record NoticeAttempted(string Notice, DateTimeOffset At) : NoticeEvent(Notice, At);

/// <summary>The channel took it.</summary>
/// <param name="Notice"><inheritdoc cref="NoticeEvent" path="/param[@name='Notice']"/></param>
/// <param name="At"><inheritdoc cref="NoticeEvent" path="/param[@name='At']"/></param>
/// <param name="Proof">What the channel said, such as the number that a mail server gave.</param>
public sealed record NoticeSent(string Notice, DateTimeOffset At, string? Proof) : NoticeEvent(Notice, At);

/// <summary>The channel says that it has arrived.</summary>
/// <param name="Notice"><inheritdoc cref="NoticeEvent" path="/param[@name='Notice']"/></param>
/// <param name="At"><inheritdoc cref="NoticeEvent" path="/param[@name='At']"/></param>
/// <param name="Proof">What the channel said.</param>
public sealed record NoticeDelivered(string Notice, DateTimeOffset At, string? Proof) : NoticeEvent(Notice, At);

/// <summary>An attempt failed.</summary>
/// <param name="Notice"><inheritdoc cref="NoticeEvent" path="/param[@name='Notice']"/></param>
/// <param name="At"><inheritdoc cref="NoticeEvent" path="/param[@name='At']"/></param>
/// <param name="Why">What the channel said.</param>
/// <param name="IsLasting">Whether trying again is of no use.</param>
public sealed record NoticeFailed(string Notice, DateTimeOffset At, string Why, bool IsLasting) : NoticeEvent(Notice, At);

/// <summary>It was taken, and came back.</summary>
/// <param name="Notice"><inheritdoc cref="NoticeEvent" path="/param[@name='Notice']"/></param>
/// <param name="At"><inheritdoc cref="NoticeEvent" path="/param[@name='At']"/></param>
/// <param name="Why">What the channel said.</param>
public sealed record NoticeBounced(string Notice, DateTimeOffset At, string Why) : NoticeEvent(Notice, At);
