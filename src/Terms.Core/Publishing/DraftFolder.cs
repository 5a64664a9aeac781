using System.Collections.Immutable;
using Terms.Catalogue;
using Terms.Resolution;

namespace Terms.Publishing;

/// <summary>
/// A draft as a folder, for teams who keep their texts in a Git working tree: the files of the version, <c>events.jsonl</c> with its steps and <c>said.jsonl</c> with what people have
/// confirmed, classified and accepted. Lines are only ever added. Steps are decided as in the workbench; who somebody is, and which roles they have, is for the team to see to.
/// </summary>
public sealed class DraftFolder : IDisposable
{
    /// <summary>The file of the steps.</summary>
    public const string EventsFile = "events.jsonl";

    /// <summary>The file of what people have said.</summary>
    public const string SaidFile = "said.jsonl";

    private const string Unsaved = "The files were changed since the last step. Say first who has written them, with `terms publish save`.";
    private const int LargestFile = 16 * 1024 * 1024;
    private static readonly ImmutableArray<Grant> AllRoles = [new(EditorRole.Drafter), new(EditorRole.Reviewer), new(EditorRole.Publisher)];

    private readonly FileStream events;
    private readonly FileStream said;
    private readonly List<PublishingEvent> steps;

    private DraftFolder(string path, ContentFiles files, FileStream events, FileStream said)
    {
        (Path, this.events, this.said) = (path, events, said);
        steps = [.. Lines(events, EventsFile).Select((l, i) => Read(EventsFile, i, () => PublishingEventJson.Parse(l)))];
        State = steps is [Drafted, ..]
            ? Read(EventsFile, null, () => Publication.Of(steps))
            : throw new DraftFolderException($"{EventsFile} in {path} does not begin with a draft. Take the file from the last commit, or begin a draft with `terms publish start`.");
        Draft = ReadDraft(files);
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>The draft as its files are now.</summary>
    public Draft Draft { get; private set; }

    /// <summary>How far it has come.</summary>
    public Publication State { get; private set; }

    /// <summary>Its steps, refusals among them.</summary>
    public IReadOnlyList<PublishingEvent> Steps => steps;

    /// <summary>Whether files were changed since the last step that says who has written them.</summary>
    public bool HasUnsaved => Draft.Digest != State.Digest;

    /// <summary>Begins a draft in a folder that is not there yet, or is empty; or takes over the files of a version that stand in it.</summary>
    /// <param name="path">The folder; its name is the draft's.</param>
    /// <param name="agreement">The agreement.</param>
    /// <param name="from">The version that it is made from; null for a new agreement, whose files have to be there.</param>
    /// <param name="who">Who begins it.</param>
    /// <param name="at">Now.</param>
    /// <param name="published">What is published.</param>
    /// <returns>What a person should know before going on, in sentences.</returns>
    /// <exception cref="DraftFolderException">There is a draft already, or files without a version.</exception>
    /// <exception cref="ArgumentException">A name or a file has no place in a draft.</exception>
    public static ImmutableArray<string> Start(string path, AgreementId agreement, AgreementVersion? from, string who, DateTimeOffset at, Corpus published)
    {
        var id = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)));
        if (File.Exists(System.IO.Path.Combine(path, EventsFile)))
        {
            throw new DraftFolderException($"{path} has a draft already. Go on with it, or name another folder.");
        }
        var there = Directory.Exists(path) ? ContentFiles.Load(path) : ContentFiles.Empty;
        var started = there.Paths.Any() ? new StartedDraft(new Draft(id, agreement, from?.Id, who, there), [])
            : from is null ? throw new DraftFolderException($"{path} has no files. Put the texts of the new agreement there, with {Draft.VersionFile} and {Draft.AgreementFile}; or name the version that the draft is made from.")
            : DraftStart.From(id, who, from, published.Files);
        var step = Workflow.Decide(Publication.None, new Drafted(id, who, at, agreement, from?.Id, started.Draft.Digest), EditorOf(who), [], agreement, published.Catalogue.Zone);
        if (!there.Paths.Any())
        {
            started.Draft.Files.WriteTo(path);
        }
        using var file = new FileStream(System.IO.Path.Combine(path, EventsFile), FileMode.CreateNew, FileAccess.Write);
        Append(file, PublishingEventJson.Bytes(step));
        return started.Notes;
    }

    /// <summary>Opens a draft; nobody else can open it meanwhile.</summary>
    /// <exception cref="DraftFolderException">There is none, it is open elsewhere, or a line cannot be read; the message says which.</exception>
    public static DraftFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, EventsFile);
        if (!File.Exists(file))
        {
            throw new DraftFolderException($"There is no draft in {path}: it has no {EventsFile}. Begin one with `terms publish start`.");
        }
        FileStream? events = null, said = null;
        try
        {
            var files = ContentFiles.Load(path);
            events = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            said = new FileStream(System.IO.Path.Combine(path, SaidFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new DraftFolder(path, files, events, said);
        }
        catch (Exception failed)
        {
            events?.Dispose();
            said?.Dispose();
            var cause = failed is AggregateException { InnerException: { } first } ? first : failed; // Files are read side by side.
            throw cause is IOException or UnauthorizedAccessException ? new DraftFolderException($"{path} cannot be opened: {cause.Message}") : failed;
        }
    }

    /// <summary>What stands against the draft now.</summary>
    /// <param name="published">What is published.</param>
    /// <param name="at">Now.</param>
    /// <param name="plan">Days to judge it by; null for those that are set.</param>
    public DraftReport Report(Resolver published, DateTimeOffset at, PublicationPlan? plan = null) => DraftReport.Of(Draft, published, at, plan ?? State.Plan);

    /// <summary>Takes a step that leaves the draft as it is, and the catalogue too. It is added, or its refusal is.</summary>
    /// <param name="step">The step; whoever it names takes it.</param>
    /// <param name="published">What is published.</param>
    /// <exception cref="ArgumentException">The step changes the draft or the catalogue, and has a way of its own.</exception>
    public PublishingEvent Take(PublishingEvent step, Resolver published)
    {
        if (step is Drafted or Edited or Published || (step is Withdrawn && State.Publishing is not null))
        {
            throw new ArgumentException($"A {step.GetType().Name} changes files. Use the method that writes them.", nameof(step));
        }
        if (HasUnsaved && step is Submitted or Approved or Scheduled)
        {
            return Added(Refused.Of(step, "The files were changed since the last step. Say who has written them with `terms publish save`."));
        }
        var against = step is Submitted or Approved or Scheduled ? Report(published, step.At, (step as Scheduled)?.Plan).Obstacles : [];
        return Added(Workflow.Decide(State, step, EditorOf(step.Who), against, Draft.Agreement, published.Corpus.Catalogue.Zone));
    }

    /// <summary>Says who has written what was changed in the files.</summary>
    public PublishingEvent Save(string who, DateTimeOffset at, string what, TimeZoneInfo zone) =>
        HasUnsaved ? Edit(Draft, who, at, what, [], zone) : throw new DraftFolderException("Nothing was changed since the last step.");

    /// <summary>
    /// Merges the draft with the version that was published since it was made: its files change, and it is a change of that version from then on. If the machine stops between the files and the event, the
    /// draft has something unsaved, and says so.
    /// </summary>
    /// <param name="who">Who merges.</param>
    /// <param name="at">Now.</param>
    /// <param name="published">What is published.</param>
    /// <param name="choose">Says what comes of what both have changed; null if nobody does.</param>
    /// <returns>The step; or its refusal, if there is nothing to merge with, something is unsaved, or nobody chooses between two changes of the same words.</returns>
    public PublishingEvent Merge(string who, DateTimeOffset at, Corpus published, Func<MergeConflict, string>? choose)
    {
        if (HasUnsaved)
        {
            return Added(Refused.Edit(Draft.Id, who, at, Unsaved));
        }
        if (NewerVersion.Of(Draft, State, published) is not { } newer)
        {
            return Added(Refused.Edit(Draft.Id, who, at, Draft.Base is { } from
                ? $"No version has taken the place of {Draft.Agreement}/{from}, from which the draft was made. There is nothing to merge." : "A draft of a new agreement is merged with nothing."));
        }
        if (choose is null && newer.Merge.Conflicts.ToList() is { Count: > 0 } open)
        {
            return Added(Refused.Edit(Draft.Id, who, at, $"""
                The draft and {newer.Newer.Path} have both changed {string.Join(", ", open.Select(c => c.Clause is { } clause ? $"clause {clause} ({c.File})" : c.File).Distinct())}. Nothing was merged.
                Say with `--take draft` or `--take version` whose words stay there; the others are in {newer.Newer.Path}, and in the last commit of the draft. Then write what has to be written, and `save` it.
                """));
        }
        var merged = newer.On(Draft, choose);
        var step = Workflow.Decide(State, new Edited(Draft.Id, who, at, State.Revision + 1, merged.Digest, $"merged with {newer.Newer.Path}", merged.Base), EditorOf(who), [], Draft.Agreement, published.Catalogue.Zone);
        if (step is Edited)
        {
            Write(merged.Files);
            Draft = merged;
        }
        return Added(step);
    }

    /// <summary>Confirms a fact.</summary>
    public PublishingEvent Say(FactConfirmation said, TimeZoneInfo zone) => Edit(Draft.With(said), said.Who, said.At, $"confirmed {said.Key}", DraftStatement.Bytes(said), zone);

    /// <summary>Classifies a change.</summary>
    public PublishingEvent Say(ClauseClassification said, TimeZoneInfo zone) => Edit(Draft.With(said), said.Who, said.At, $"classified {said.Key} as {said.Class.Word()}", DraftStatement.Bytes(said), zone);

    /// <summary>Accepts a conflict or gap.</summary>
    public PublishingEvent Say(AcceptedGap said, TimeZoneInfo zone) => Edit(Draft.With(said), said.Who, said.At, Person.Shortened($"accepted {said.Key}"), DraftStatement.Bytes(said), zone);

    /// <summary>Publishes the draft: its version is written into the content folder, whose commit is the publication. The next start of a server puts it into the log.</summary>
    /// <param name="who">Who publishes.</param>
    /// <param name="at">Now.</param>
    /// <param name="published">What is published.</param>
    /// <param name="content">The content folder that it was read from.</param>
    public PublishingEvent Publish(string who, DateTimeOffset at, Resolver published, string content)
    {
        var next = NextCatalogue.Publish(Draft, State, published, EditorOf(who), at);
        if (next.Version is { } version)
        {
            new ContentChange(published.Corpus.Files, next.Resolver!.Corpus.Files).WriteTo(content, $"agreements/{version.Agreement}");
        }
        return Added(next.Step);
    }

    /// <summary>Gives the draft up, or takes its version back before it takes effect: then its <c>version.yaml</c> says so.</summary>
    /// <param name="step">The withdrawal.</param>
    /// <param name="published">What is published.</param>
    /// <param name="content">The content folder that it was read from.</param>
    public PublishingEvent Withdraw(Withdrawn step, Resolver published, string content)
    {
        if (State.Publishing is null)
        {
            return Take(step, published);
        }
        var next = NextCatalogue.Withdraw(State, step, published, EditorOf(step.Who));
        if (next.Version is { } version)
        {
            new ContentChange(published.Corpus.Files, next.Resolver!.Corpus.Files).WriteTo(content, $"agreements/{version.Agreement}");
        }
        return Added(next.Step);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        events.Dispose();
        said.Dispose();
    }

    /// <summary>Statements are written before the event: if the machine stops between them, the draft has something unsaved, and says so.</summary>
    private PublishingEvent Edit(Draft changed, string who, DateTimeOffset at, string what, byte[] statement, TimeZoneInfo zone)
    {
        if (statement.Length > 0 && HasUnsaved)
        {
            return Added(Refused.Edit(Draft.Id, who, at, Unsaved));
        }
        var step = Workflow.Decide(State, new Edited(Draft.Id, who, at, State.Revision + 1, changed.Digest, what), EditorOf(who), [], Draft.Agreement, zone);
        if (step is Edited && statement.Length > 0)
        {
            Append(said, statement);
            Draft = changed;
        }
        return Added(step);
    }

    private void Write(ContentFiles files)
    {
        foreach (var path in files.Paths.Where(p => !Draft.Files.Contains(p) || !Draft.Files.Bytes(p).Span.SequenceEqual(files.Bytes(p).Span)))
        {
            File.WriteAllBytes(System.IO.Path.Combine(Path, path), files.Bytes(path).ToArray());
        }
        foreach (var gone in Draft.Files.Paths.Where(p => !files.Contains(p)))
        {
            File.Delete(System.IO.Path.Combine(Path, gone));
        }
    }

    private PublishingEvent Added(PublishingEvent step)
    {
        Append(events, PublishingEventJson.Bytes(step));
        steps.Add(step);
        State = Publication.Of(steps);
        return step;
    }

    private Draft ReadDraft(ContentFiles files)
    {
        var begun = (Drafted)steps[0];
        var draft = Draft.Kept(begun.Draft, begun.Agreement, State.Base, begun.Who, State.Revision, files.Without(EventsFile).Without(SaidFile), [], [], []);
        return Read(SaidFile, null, () => DraftStatement.On(draft, Lines(said, SaidFile)));
    }

    private static Editor EditorOf(string who) => new(who, AllRoles);

    private T Read<T>(string file, int? line, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception wrong) when (wrong is FormatException or InvalidOperationException)
        {
            throw new DraftFolderException($"{System.IO.Path.Combine(Path, file)}{(line is { } l ? $", line {l + 1}" : "")} cannot be read: {wrong.Message} Lines are only ever added; take the file from the last commit.");
        }
    }

    private List<ReadOnlyMemory<byte>> Lines(FileStream file, string name)
    {
        if (file.Length > LargestFile)
        {
            throw new DraftFolderException($"{System.IO.Path.Combine(Path, name)} is larger than {LargestFile / 1024 / 1024} MB.");
        }
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        var lines = new List<ReadOnlyMemory<byte>>();
        for (var start = 0; start < bytes.Length;)
        {
            var end = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (end < 0)
            {
                throw new DraftFolderException($"{System.IO.Path.Combine(Path, name)}, line {lines.Count + 1}, has no end: it was cut off while it was written. Remove what stands there, and take the step again.");
            }
            lines.Add(bytes.AsMemory(start, end));
            start += end + 1;
        }
        return lines;
    }

    private static void Append(FileStream file, byte[] line)
    {
        file.Seek(0, SeekOrigin.End);
        file.Write([.. line, (byte)'\n']);
        file.Flush(flushToDisk: true);
    }
}

/// <summary>A draft's folder cannot be worked with; the message says why, and what to do.</summary>
public sealed class DraftFolderException(string message) : Exception(message);
