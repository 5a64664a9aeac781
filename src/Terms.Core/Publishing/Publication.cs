using System.Collections.Immutable;
using Terms.Catalogue;

namespace Terms.Publishing;

/// <summary>How far a draft has come.</summary>
public enum PublicationStage
{
    /// <summary>It does not exist yet.</summary>
    None,

    /// <summary>It is written.</summary>
    Draft,

    /// <summary>It waits for a reviewer.</summary>
    InReview,

    /// <summary>Somebody else has approved it.</summary>
    Approved,

    /// <summary>Its days are set.</summary>
    Scheduled,

    /// <summary>The version is in the catalogue, and takes or has taken effect.</summary>
    Published,

    /// <summary>It was taken back before it took effect, or given up.</summary>
    Withdrawn,

    /// <summary>A later version has taken its place.</summary>
    Superseded,
}

/// <summary>A remark, and what was answered to it.</summary>
/// <param name="Number">Its name in the draft: how many remarks there were, answers included, when it was made, counted from 1.</param>
/// <param name="Remarks">The remark and its answers, in order.</param>
/// <param name="Settled">Who has settled it; null while it is open.</param>
public sealed record CommentThread(int Number, ImmutableArray<Commented> Remarks, Settled? Settled)
{
    /// <summary>The clause that it is about; null for the whole.</summary>
    public string? Clause => Remarks[0].Clause;
}

/// <summary>The state of a draft, as its events make it.</summary>
public sealed record Publication
{
    /// <summary>Before the first event.</summary>
    public static readonly Publication None = new();

    private Publication()
    {
    }

    /// <summary>How far it has come.</summary>
    public PublicationStage Stage { get; private init; }

    /// <summary>The draft's name.</summary>
    public string Draft { get; private init; } = "";

    /// <summary>The agreement.</summary>
    public AgreementId? Agreement { get; private init; }

    /// <summary>The digest of the draft as it is now.</summary>
    public Digest? Digest { get; private init; }

    /// <summary>The revision of the draft.</summary>
    public int Revision { get; private init; }

    /// <summary>The version that it is a change of; null for a new agreement.</summary>
    public VersionId? Base { get; private init; }

    /// <summary>When it was made from that version, or merged with it.</summary>
    public DateTimeOffset BasedAt { get; private init; }

    /// <summary>Everybody who has written in it, confirmed or classified; none of them may approve it.</summary>
    public ImmutableSortedSet<string> Writers { get; private init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The approval of the draft as it is now; null if there is none.</summary>
    public Approved? Approval { get; private init; }

    /// <summary>The remarks, in the order in which their threads began.</summary>
    public ImmutableArray<CommentThread> Threads { get; private init; } = [];

    /// <summary>The days, once they are set.</summary>
    public PublicationPlan? Plan { get; private init; }

    /// <summary>The publication, once it has happened.</summary>
    public Published? Publishing { get; private init; }

    /// <summary><c>agreement/version</c> of the version that has taken the place of the published one; null if none has.</summary>
    public string? SupersededBy { get; private init; }

    /// <summary>The state after some events of one draft, in order.</summary>
    /// <exception cref="InvalidOperationException">An event could not have happened; the store has been changed. The message says which.</exception>
    public static Publication Of(IEnumerable<PublishingEvent> events)
    {
        var (state, number) = (None, 0);
        foreach (var step in events)
        {
            number++;
            state = state.Refusal(step) is { } because
                ? throw new InvalidOperationException($"Event {number} of draft {step.Draft}, {step.GetType().Name}, cannot have happened: {because}")
                : state.After(step);
        }
        return state;
    }

    /// <summary>Why a step is not open in this state; null if it is. Roles are asked by <see cref="Workflow"/>.</summary>
    public string? Refusal(PublishingEvent step) => step switch
    {
        Refused => null,
        Drafted => Stage == PublicationStage.None ? null : "The draft exists already. Choose another name.",
        _ when Stage == PublicationStage.None => "There is no such draft.",
        _ when step.Draft != Draft => $"The step is about draft {step.Draft}, not {Draft}.",
        Commented { ReplyTo: null } => null,
        Commented answer => Thread(answer.ReplyTo.Value) is null ? NoThread(answer.ReplyTo.Value) : answer.Clause is null ? null : "An answer names no clause: it stands where its thread stands.",
        Settled settled => Thread(settled.Thread) is not { } thread ? NoThread(settled.Thread) : thread.Settled is null ? null : StepRefusals.Settled,
        Edited edited => IsOpen ? edited.Revision == Revision + 1 ? null : $"The draft is at revision {Revision} and was changed since you read it. Merge your edit with it." : Over,
        Submitted submitted => Stage != PublicationStage.Draft ? IsOpen ? StepRefusals.InReview : Over : Same(submitted.Digest),
        Approved approved => Stage != PublicationStage.InReview ? StepRefusals.NotSubmitted
            : Writers.Contains(approved.Who) ? StepRefusals.OwnDraft
            : Same(approved.Digest),
        SentBack => Stage is PublicationStage.InReview or PublicationStage.Approved or PublicationStage.Scheduled ? null : StepRefusals.NotInReview,
        Scheduled scheduled => Stage is not (PublicationStage.Approved or PublicationStage.Scheduled) ? StepRefusals.NotApproved : Same(scheduled.Digest),
        Published published => Stage != PublicationStage.Scheduled ? StepRefusals.NoDays : Same(published.Digest),
        Withdrawn => Stage is PublicationStage.Withdrawn or PublicationStage.Superseded ? Over : null,
        Superseded => Stage == PublicationStage.Published ? null : "The draft has not been published.",
        _ => throw new ArgumentException($"A {step.GetType().Name} is no step of a draft.", nameof(step)),
    };

    /// <summary>Whether it can still be written in.</summary>
    public bool IsOpen => Stage is PublicationStage.Draft or PublicationStage.InReview or PublicationStage.Approved or PublicationStage.Scheduled;

    private string Over => Stage switch
    {
        PublicationStage.Published => StepRefusals.Published,
        PublicationStage.Superseded => StepRefusals.Superseded,
        _ => StepRefusals.Withdrawn,
    };

    private int Remarks => Threads.Sum(t => t.Remarks.Length);

    private CommentThread? Thread(int number) => Threads.FirstOrDefault(t => t.Number == number);

    private static string NoThread(int number) => $"There is no remark {number} that began a thread. Look at the remarks again.";

    private Publication Changed(int thread, Func<CommentThread, CommentThread> change) => this with { Threads = [.. Threads.Select(t => t.Number == thread ? change(t) : t)] };

    private string? Same(Digest digest) => digest == Digest ? null : StepRefusals.Changed;

    private Publication After(PublishingEvent step) => step switch
    {
        Drafted drafted => None with { Stage = PublicationStage.Draft, Draft = drafted.Draft, Agreement = drafted.Agreement, Digest = drafted.Digest, Revision = 1, Base = drafted.Base, BasedAt = drafted.At, Writers = Writers.Add(drafted.Who) },
        Edited { Base: { } onto } edited => (this with { Base = onto, BasedAt = edited.At }).After(edited with { Base = null }),
        Edited edited => this with { Stage = PublicationStage.Draft, Digest = edited.Digest, Revision = edited.Revision, Writers = Writers.Add(edited.Who), Approval = null, Plan = null },
        Submitted => this with { Stage = PublicationStage.InReview },
        Commented { ReplyTo: null } remark => this with { Threads = Threads.Add(new CommentThread(Remarks + 1, [remark], null)) },
        Commented answer => Changed(answer.ReplyTo.Value, t => t with { Remarks = t.Remarks.Add(answer), Settled = null }),
        Settled settled => Changed(settled.Thread, t => t with { Settled = settled }),
        SentBack => this with { Stage = PublicationStage.Draft, Approval = null, Plan = null },
        Approved approved => this with { Stage = PublicationStage.Approved, Approval = approved },
        Scheduled scheduled => this with { Stage = PublicationStage.Scheduled, Plan = scheduled.Plan },
        Published published => this with { Stage = PublicationStage.Published, Publishing = published },
        Withdrawn => this with { Stage = PublicationStage.Withdrawn },
        Superseded superseded => this with { Stage = PublicationStage.Superseded, SupersededBy = superseded.By },
        _ => this,
    };
}
