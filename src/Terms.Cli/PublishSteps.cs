using System.CommandLine;
using System.Globalization;
using Terms.Catalogue;
using Terms.Publishing;
using Terms.Resolution;

namespace Terms.Cli;

/// <summary>What the verbs of <c>terms publish</c> have in common.</summary>
internal sealed class PublishSteps(TimeProvider clock)
{
    public static Argument<string> DraftArgument() => new("folder") { Description = "The folder of the draft." };

    public static Option<string> By() => new("--by") { Description = "The name of whoever takes the step.", Required = true };

    public static Option<string> Why(string says) => new("--why") { Description = says, Required = true };

    /// <summary>Now, to the second: so it stands in the events, which people read.</summary>
    public static DateTimeOffset At(TimeProvider clock) => DateTimeOffset.FromUnixTimeSeconds(clock.GetUtcNow().ToUnixTimeSeconds());

    /// <summary>A step that changes neither the draft nor the catalogue.</summary>
    public Command Simple(string verb, string does, string? why, Func<Draft, string, DateTimeOffset, string, PublishingEvent> step) => Simple(verb, does, why, (d, who, at, reason, _) => step(d, who, at, reason));

    /// <summary>The same with options of its own.</summary>
    public Command Simple(string verb, string does, string? why, Func<Draft, string, DateTimeOffset, string, ParseResult, PublishingEvent> step, Action<Command>? options = null) =>
        Verb(verb, does, why, options, (folder, who, at, reason, published, _, parsed) => folder.Take(step(folder.Draft, who, at, reason, parsed), published));

    /// <summary>A step that changes the content folder.</summary>
    public Command Changing(string verb, string does, string? why, Func<DraftFolder, string, DateTimeOffset, string, Resolver, string, PublishingEvent> step) =>
        Verb(verb, does, why, null, (folder, who, at, reason, published, content, _) => step(folder, who, at, reason, published, content));

    /// <summary>What cannot be done with the folder, or is malformed, is a wrong call.</summary>
    public static int Guarded(Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception refused) when (refused is DraftFolderException or ArgumentException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new WrongCallException(refused is ArgumentException { ParamName: { } name } ? refused.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : refused.Message);
        }
    }

    /// <summary>Prints a step; a refusal is status 1.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">The draft after it.</param>
    public static int Told(PublishingEvent step, Publication state)
    {
        Console.WriteLine(Line(step, state));
        return step is Refused ? 1 : 0;
    }

    /// <summary>A step on one line.</summary>
    /// <param name="step">The step.</param>
    /// <param name="state">The draft after it, or after any later step.</param>
    public static string Line(PublishingEvent step, Publication state)
    {
        var says = step switch
        {
            Edited edited => $"revision {edited.Revision}: {edited.What}",
            Commented { ReplyTo: { } thread } answer => $"answer to remark {thread}: {answer.Words}",
            Commented remark => $"remark {Place(state.Threads.First(t => ReferenceEquals(t.Remarks[0], remark)))}: {remark.Words}",
            Settled settled => $"remark {settled.Thread}",
            Scheduled { Plan: var plan } => $"announced {plan.Announced.ToFullDate()}, effective {plan.Effective.ToFullDate()}{(plan.ExistingFrom is { } existing ? $", existing customers from {existing.ToFullDate()}" : "")}",
            Published published => $"{published.Version} {published.TextDigest}{(published.Class is { } change ? $" {change.Word()}" : "")}",
            Refused refused => $"{refused.Step}: {refused.Because}",
            _ => step.Why ?? "",
        };
        return OneLine($"{step.At.ToRfc3339()}  {PublishingEventJson.Word(step),-10} {step.Who}  {says}");
    }

    /// <summary>The number of a remark, and the clause that it is about.</summary>
    public static string Place(CommentThread thread) => string.Create(CultureInfo.InvariantCulture, $"{thread.Number}{(thread.Clause is { } clause ? $" on {clause}" : "")}");

    /// <summary>Line ends and other control characters in what people wrote become spaces.</summary>
    public static string OneLine(string words) => new string([.. words.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).TrimEnd();

    private Command Verb(string verb, string does, string? why, Action<Command>? options, Func<DraftFolder, string, DateTimeOffset, string, Resolver, string, ParseResult, PublishingEvent> step)
    {
        var (draft, by, content) = (DraftArgument(), By(), Folder.Option());
        var reason = why is null ? null : Why(why);
        var command = new Command(verb, does) { draft, by, content };
        if (reason is not null)
        {
            command.Add(reason);
        }
        options?.Invoke(command);
        command.SetAction(parsed => Guarded(() =>
        {
            using var folder = DraftFolder.Open(parsed.GetRequiredValue(draft));
            var path = Folder.Find(parsed.GetValue(content));
            return Told(step(folder, parsed.GetRequiredValue(by), At(clock), reason is null ? "" : parsed.GetRequiredValue(reason), new Resolver(Corpus.Load(path)), path, parsed), folder.State);
        }));
        return command;
    }
}

/// <summary>The days of a version as options.</summary>
internal sealed class PublishDays(bool isRequired)
{
    private readonly Option<DateOnly?> announced = new("--announced") { Description = "The day on which it is announced: 2026-05-03, in the catalogue's zone.", Required = isRequired, CustomParser = Day };
    private readonly Option<DateOnly?> effective = new("--effective") { Description = "The day from which it binds.", Required = isRequired, CustomParser = Day };
    private readonly Option<DateOnly?> existing = new("--existing-customers-from") { Description = "The later day from which it binds those who were customers before. Default: the same day.", CustomParser = Day };

    public void AddTo(Command command)
    {
        command.Add(announced);
        command.Add(effective);
        command.Add(existing);
    }

    /// <summary>The days; null if none were given.</summary>
    public PublicationPlan? Of(ParseResult parsed) => (parsed.GetValue(announced), parsed.GetValue(effective)) switch
    {
        ({ } first, { } second) => new PublicationPlan(first, second, parsed.GetValue(existing)),
        (null, null) when parsed.GetValue(existing) is null => null,
        _ => throw new WrongCallException("Send --announced and --effective together."),
    };

    private static DateOnly? Day(System.CommandLine.Parsing.ArgumentResult result)
    {
        if (DateOnly.TryParseExact(result.Tokens[0].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }
        result.AddError($"{result.Tokens[0].Value} is not a day. Write it as 2026-05-03.");
        return null;
    }
}
