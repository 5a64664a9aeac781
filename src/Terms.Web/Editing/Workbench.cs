using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Terms.Catalogue;
using Terms.Import;
using Terms.Publishing;
using Terms.Storage;
using Terms.Web.Hosting;

namespace Terms.Web.Editing;

/// <summary>
/// The one way for every step of a draft. A step is decided on the draft's events (<see cref="Workflow"/>) and kept together with the revision that it gives, unless something has happened
/// meanwhile; then it is decided anew. Refusals are kept as well.
/// </summary>
public sealed class Workbench(ServedStore stored, CurrentCatalogue current, DraftReports reports, TimeProvider clock)
{
    private const int Tries = 8;
    private const string IdSigns = "abcdefghjkmnpqrstuvwxyz23456789";
    private const int LongestWhat = 300;
    private const int LongestLabel = 80;

    /// <summary>The most characters that somebody may choose for the name of a draft.</summary>
    public const int LongestName = 55;

    private readonly Lock gate = new();
    private readonly Dictionary<string, ImmutableArray<DraftEvent>.Builder> events = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DraftStanding> standings = new(StringComparer.Ordinal);
    private long read;

    /// <summary>Every draft that somebody may see, the one with the newest event first.</summary>
    public ImmutableArray<DraftStanding> All(Editor editor)
    {
        lock (gate)
        {
            ReadOn();
            return [.. standings.Values.Where(s => s.State.Stage != PublicationStage.None && Rights.MayRead(editor, s.Agreement)).OrderByDescending(s => s.Last)];
        }
    }

    /// <summary>Every draft that has come so far and no further.</summary>
    internal ImmutableArray<DraftStanding> At(PublicationStage stage)
    {
        lock (gate)
        {
            ReadOn();
            return [.. standings.Values.Where(s => s.State.Stage == stage)];
        }
    }

    /// <summary>A draft; null if there is none that they may see.</summary>
    public DraftStanding? Find(Editor editor, string draft) => Standing(draft) is { State.Stage: not PublicationStage.None } found && Rights.MayRead(editor, found.Agreement) ? found : null;

    /// <summary>The newest revision of a draft that exists.</summary>
    public Draft Newest(DraftStanding standing) => stored.Store.Drafts.Newest(standing.Id) ?? throw new StoreException($"Draft {standing.Id} has events and no revision.");

    /// <summary>A revision of a draft; null if it never had one with this number.</summary>
    public Draft? Revision(DraftStanding standing, int revision) => stored.Store.Drafts.Revision(standing.Id, revision);

    /// <summary>What is to be said about a draft.</summary>
    /// <param name="draft">The draft.</param>
    /// <param name="plan">Its days, if they are proposed.</param>
    public Task<DraftReport> Report(Draft draft, PublicationPlan? plan = null) => reports.Of(draft, plan);

    /// <summary>Makes a draft that says what a version says.</summary>
    /// <param name="editor">Who.</param>
    /// <param name="version">The version.</param>
    /// <param name="name">What the draft's name begins with: characters that nobody can guess are added to it. Null for the name of the agreement.</param>
    public Task<StepOutcome> Start(Editor editor, AgreementVersion version, string? name = null) => Start(editor, version.Agreement.Id, name, id => DraftStart.From(id, editor.Name, version, current.Now.Corpus.Files));

    /// <summary>Makes a draft with imported texts, from an upload or pasted: of a new version if <paramref name="base"/> is given, of a new agreement if not.</summary>
    public Task<StepOutcome> Start(Editor editor, ImportedDocument document, ImmutableArray<ImportedVersion> texts, AgreementVersion? @base, string? name = null) =>
        texts.IsEmpty ? Task.FromResult<StepOutcome>(new StepOutcome.Malformed("Choose at least one text of the document."))
            : Start(editor, @base?.Agreement.Id ?? texts[0].SuggestedId, name, id => DraftStart.From(id, editor.Name, document, texts, @base, current.Now.Corpus.Files));

    /// <summary>Saves an edit.</summary>
    /// <param name="editor">Who.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="from">The revision that it was made from.</param>
    /// <param name="what">What was changed, in words.</param>
    /// <param name="change">Gives the draft with the edit, from the revision that it was made from.</param>
    public Task<StepOutcome> Edit(Editor editor, string draft, int from, string what, Func<Draft, Draft> change) => Take(editor, draft, (standing, at) =>
    {
        var now = Newest(standing);
        if (standing.State.IsOpen && now.Revision != from && editor.Is(EditorRole.Drafter, standing.Agreement))
        {
            return new Wish(Refused.Edit(draft, editor.Name, at, Overtaken(standing, from, now)), now, from);
        }
        var revised = change(now);
        return new Wish(new Edited(draft, editor.Name, at, now.Revision + 1, revised.Digest, WellFormed.Shortened(what, LongestWhat), revised.Base == now.Base ? null : revised.Base), revised);
    });

    /// <summary>Keeps that an edit could not be made at all: that it names what is not there, say, or that a choice was left open.</summary>
    /// <param name="editor">Who wanted it; they may see the draft.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="because">Why not.</param>
    public Task<StepOutcome> RefuseEdit(Editor editor, string draft, string because) => Take(editor, draft, (_, at) => new Wish(Refused.Edit(draft, editor.Name, at, because)));

    /// <summary>Puts a draft before a reviewer.</summary>
    /// <param name="editor">Who.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="digest">The digest of the draft that they have read.</param>
    public Task<StepOutcome> Submit(Editor editor, string draft, Digest digest) => Take(editor, draft, (_, at) => new Wish(new Submitted(draft, editor.Name, at, digest)));

    /// <summary>Remarks on a clause, or on the whole if none is named.</summary>
    public Task<StepOutcome> Comment(Editor editor, string draft, string? clause, string words) =>
        Take(editor, draft, (_, at) => new Wish(new Commented(draft, editor.Name, at, clause is null ? null : Label(clause), words)));

    /// <summary>Answers a remark.</summary>
    public Task<StepOutcome> Answer(Editor editor, string draft, int thread, string words) => Take(editor, draft, (_, at) => new Wish(new Commented(draft, editor.Name, at, null, words, thread)));

    /// <summary>Says that what a remark asked for is done, or needs nothing.</summary>
    public Task<StepOutcome> Settle(Editor editor, string draft, int thread) => Take(editor, draft, (_, at) => new Wish(new Settled(draft, editor.Name, at, thread)));

    /// <summary>Approves exactly the draft with this digest.</summary>
    public Task<StepOutcome> Approve(Editor editor, string draft, Digest digest, string why) => Take(editor, draft, (_, at) => new Wish(new Approved(draft, editor.Name, at, digest, why)));

    /// <summary>Gives a draft back, with the reason.</summary>
    public Task<StepOutcome> SendBack(Editor editor, string draft, string why) => Take(editor, draft, (_, at) => new Wish(new SentBack(draft, editor.Name, at, why)));

    /// <summary>Sets the days of an approved draft.</summary>
    public Task<StepOutcome> Schedule(Editor editor, string draft, Digest digest, PublicationPlan plan) => Take(editor, draft, (_, at) => new Wish(new Scheduled(draft, editor.Name, at, digest, plan)));

    /// <summary>Publishes a draft whose days are set: the version, its leaf in the log and the event are written together, and from then on the catalogue has it.</summary>
    public Task<StepOutcome> Publish(Editor editor, string draft) => InCatalogue(editor, draft, standing =>
    {
        var last = standing.Last;
        return current.Publish(
            () =>
            {
                var now = Standing(draft)!;
                last = now.Last;
                return (Newest(now), now.State);
            },
            editor, clock.GetUtcNow(), published => [StoredDrafts.Further(published, standing.Agreement, last)]);
    });

    /// <summary>Gives up a draft; or, if it has been published, takes the version back before it takes effect.</summary>
    public Task<StepOutcome> Withdraw(Editor editor, string draft, string why) => Standing(draft) is { State.Stage: not PublicationStage.Published }
        ? Take(editor, draft, (s, at) => new Wish(new Withdrawn(draft, editor.Name, at, why), Because: s.State.Stage == PublicationStage.Published ? "It has been published meanwhile. Look at it again." : null))
        : InCatalogue(editor, draft, standing =>
        {
            var last = standing.Last;
            return current.Withdraw(
                () =>
                {
                    var now = Standing(draft)!;
                    last = now.Last;
                    return now.State;
                },
                new Withdrawn(draft, editor.Name, clock.GetUtcNow(), why), editor, withdrawn => [StoredDrafts.Further(withdrawn, standing.Agreement, last)]);
        });

    /// <summary>Notes of a published draft that a later version has taken the place of its own. What is noted already, or was taken back, stays as it is.</summary>
    internal async Task Supersede(string draft, AgreementVersion by)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            var standing = Standing(draft)!;
            var step = new Superseded(draft, Superseded.Clock, clock.GetUtcNow(), by.Path);
            if (standing.State.Refusal(step) is not null || await stored.Store.Drafts.Append(step, standing.Agreement, standing.Last) is not null)
            {
                return;
            }
        }
        throw Crowded(draft);
    }

    /// <summary>Notes of a draft that the server could not publish it on its day: once for the days that are set. A draft that is not scheduled any more stays as it is.</summary>
    internal async Task NoteUnpublished(string draft)
    {
        const string because = "The server could not publish it, and tries again every minute. Its log says why; ask whoever runs it.";
        for (var tries = 0; tries < Tries; tries++)
        {
            var standing = Standing(draft)!;
            var isNoted = standing.Events.Reverse().Select(e => e.Step).TakeWhile(s => s is not Scheduled).Any(s => s is Refused { Who: Superseded.Clock });
            if (isNoted || standing.State.Stage != PublicationStage.Scheduled
                || await stored.Store.Drafts.Append(new Refused(draft, Superseded.Clock, clock.GetUtcNow(), nameof(Published), because), standing.Agreement, standing.Last) is not null)
            {
                return;
            }
        }
        throw Crowded(draft);
    }

    /// <summary>A step that changes the catalogue. It is written by who changes it; only its refusal is left to be kept here.</summary>
    private async Task<StepOutcome> InCatalogue(Editor editor, string draft, Func<DraftStanding, Task<PublishingEvent>> take)
    {
        if (Standing(draft) is not { State.Stage: not PublicationStage.None } standing)
        {
            return new StepOutcome.NotFound(IsThere: false);
        }
        try
        {
            if (await take(standing) is not Refused refused)
            {
                return new StepOutcome.Taken(Standing(draft)!.Events[^1].Step, null, []);
            }
            for (var tries = 0; tries < Tries; tries++)
            {
                if (await stored.Store.Drafts.Append(refused, standing.Agreement, Standing(draft)!.Last) is not null)
                {
                    return Rights.MayRead(editor, standing.Agreement) ? new StepOutcome.Denied(refused.Because, []) : new StepOutcome.NotFound(IsThere: true);
                }
            }
        }
        catch (ArgumentException malformed)
        {
            return new StepOutcome.Malformed(malformed.Words());
        }
        throw Crowded(draft);
    }

    /// <summary>What the name of a draft may begin with: agreement and month.</summary>
    public string ProposedName(AgreementId agreement) => string.Create(CultureInfo.InvariantCulture, $"{Cut(agreement, LongestName - 8)}-{clock.GetUtcNow().DateIn(current.Now.Catalogue.Zone):yyyy-MM}");

    private async Task<StepOutcome> Start(Editor editor, AgreementId agreement, string? name, Func<string, StartedDraft> make)
    {
        if (name is not null && (name.Length > LongestName || !Draft.IsName(name)))
        {
            return new StepOutcome.Malformed($"`{name}` cannot be a draft's name. Use lower-case letters, digits and hyphens, at most {LongestName}.");
        }
        for (var tries = 0; tries < Tries; tries++)
        {
            var id = $"{name ?? Cut(agreement, LongestName)}-{RandomNumberGenerator.GetString(IdSigns, 8)}"; // Nobody learns of a draft that they may not see by trying its name.
            try
            {
                var (draft, notes) = make(id);
                var step = Workflow.Decide(Publication.None, new Drafted(id, editor.Name, clock.GetUtcNow(), draft.Agreement, draft.Base, draft.Digest), editor, [], draft.Agreement, current.Now.Catalogue.Zone);
                if (await stored.Store.Drafts.Append(step, draft.Agreement, 0, step is Drafted ? draft : null) is not null)
                {
                    return step is Refused refused ? new StepOutcome.Denied(refused.Because, []) : new StepOutcome.Taken(step, draft, notes);
                }
            }
            catch (ArgumentException malformed)
            {
                return new StepOutcome.Malformed(malformed.Words());
            }
        }
        throw Crowded(agreement.Value);
    }

    private async Task<StepOutcome> Take(Editor editor, string draft, Func<DraftStanding, DateTimeOffset, Wish> want)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (Standing(draft) is not { State.Stage: not PublicationStage.None } standing)
            {
                return new StepOutcome.NotFound(IsThere: false);
            }
            try
            {
                var wish = want(standing, clock.GetUtcNow());
                var step = wish.Step;
                if (step is Edited edited && edited.Digest == standing.State.Digest && standing.State.IsOpen && editor.Is(EditorRole.Drafter, standing.Agreement))
                {
                    return new StepOutcome.Unchanged(Newest(standing));
                }
                if (step is Refused certain)
                {
                    await stored.Store.Drafts.Refuse(certain, standing.Agreement);
                    return wish.OvertakenFrom is { } from ? new StepOutcome.Overtaken(wish.Revision!, Since(standing, from, wish.Revision!)) : new StepOutcome.Denied(certain.Because, []);
                }
                var (decided, against) = await Decide(editor, standing, step, wish.Because);
                if (await stored.Store.Drafts.Append(decided, standing.Agreement, standing.Last, decided is Edited ? wish.Revision : null) is not null)
                {
                    return decided is not Refused refused ? new StepOutcome.Taken(decided, decided is Edited ? wish.Revision : null, [])
                        : Rights.MayRead(editor, standing.Agreement) ? new StepOutcome.Denied(refused.Because, against)
                        : new StepOutcome.NotFound(IsThere: true);
                }
            }
            catch (ArgumentException malformed)
            {
                return new StepOutcome.Malformed(malformed.Words());
            }
        }
        throw Crowded(draft);
    }

    /// <summary>The report is made only for a step that nothing else stands against: it takes its time.</summary>
    private async Task<(PublishingEvent Decided, ImmutableArray<Obstacle> Against)> Decide(Editor editor, DraftStanding standing, PublishingEvent step, string? because)
    {
        var (zone, decided) = (current.Now.Catalogue.Zone, Workflow.Decide(standing.State, step, editor, [], standing.Agreement, current.Now.Catalogue.Zone));
        if (decided is Refused)
        {
            return (decided, []);
        }
        if (because is not null)
        {
            return (Refused.Of(step, because), []);
        }
        if (step is not (Submitted or Approved or Scheduled))
        {
            return (decided, []);
        }
        var against = Workflow.Blocking(step, (await reports.Of(Newest(standing), (step as Scheduled)?.Plan)).Obstacles);
        return (Workflow.Decide(standing.State, step, editor, against, standing.Agreement, zone), against);
    }

    private DraftStanding? Standing(string draft)
    {
        lock (gate)
        {
            ReadOn();
            return standings.GetValueOrDefault(draft);
        }
    }

    /// <summary>Brings what is known of all drafts up to the last event. The store is read from the last known event on, so that a page costs what has happened since.</summary>
    private void ReadOn()
    {
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var found in stored.Store.Drafts.EventsAfter(read))
        {
            if (!events.TryGetValue(found.Step.Draft, out var known))
            {
                events[found.Step.Draft] = known = ImmutableArray.CreateBuilder<DraftEvent>();
            }
            known.Add(found);
            touched.Add(found.Step.Draft);
            read = found.Number;
        }
        foreach (var draft in touched)
        {
            standings[draft] = new DraftStanding(events[draft].ToImmutable());
        }
    }

    /// <exception cref="ArgumentException">It is no label; the message says what one looks like.</exception>
    private static string Label(string clause) => clause is { Length: > 0 and <= LongestLabel } && clause.All(c => char.IsLetterOrDigit(c) || "()[]. -§¶".Contains(c, StringComparison.Ordinal))
        ? clause
        : throw new ArgumentException("The clause is to be named as the text names it, such as 2.1 or 3.3(b).", nameof(clause));

    private static ImmutableArray<Edited> Since(DraftStanding standing, int from, Draft newest) => [.. standing.Events.Select(e => e.Step).OfType<Edited>().Where(e => e.Revision > from && e.Revision <= newest.Revision)];

    private static string Overtaken(DraftStanding standing, int from, Draft newest) => string.Create(
        CultureInfo.InvariantCulture, $"It was made from revision {from}, and {Since(standing, from, newest).LastOrDefault()?.Who ?? "somebody"} has saved revision {newest.Revision} meanwhile. Nothing was overwritten.");

    private static string Cut(AgreementId agreement, int longest) => agreement.Value.Length <= longest ? agreement.Value : agreement.Value[..longest].TrimEnd('-');

    private static StoreBusyException Crowded(string what) => new($"So much happens to {what} at once that the step could not be taken. Try again in a second.");

    /// <summary>A step that somebody wants to take.</summary>
    /// <param name="Step">The step, or the refusal that is certain already.</param>
    /// <param name="Revision">The draft that it gives, or the one that is there.</param>
    /// <param name="OvertakenFrom">The revision that an overtaken edit was made from; null if nobody else has saved meanwhile.</param>
    /// <param name="Because">Why it cannot be taken, beyond what the workflow knows.</param>
    private sealed record Wish(PublishingEvent Step, Draft? Revision = null, int? OvertakenFrom = null, string? Because = null);
}
